"""What a session says of an earlier moment: real history, real edits."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from nb_assets import asset
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.registry import Origin
from nb_assets.errors import UsageError
from nb_assets.session import Session

CELL = Origin(id="cell", label="cell")


@pytest.fixture
def session(tmp_path):
    return Session(tmp_path / ".nb_assets")


def next_moment():
    """Wait until the clock has gone on, and return what it says then."""
    began = time.time()
    while (now := time.time()) <= began:
        time.sleep(0)
    return now


def define(session, *definitions):
    session.register(CELL, definitions)


def marks(changes):
    return {key.to_user_string(): change.marks for key, change in changes.assets.items()}


def edges(found):
    return {(up.to_user_string(), key.to_user_string()) for up, key in found}


@asset
def trips():
    return 1


@asset
def zones():
    return 2


@asset
def total(trips):
    return trips + 1


def test_right_after_a_run_nothing_differs_from_it_and_all_is_new_before_it(session):
    define(session, trips, total)
    session.materialize()
    assert not session.changes_since("run")
    assert marks(session.changes_since("before_run")) == {"trips": ("new",), "total": ("new",)}
    assert edges(session.changes_since("before_run").added) == {("trips", "total")}


def test_an_edit_is_marked_until_it_is_older_than_the_moment(session):
    define(session, trips, total)
    session.materialize()

    @asset(name="trips")
    def edited():
        return 3

    define(session, edited, total)
    assert marks(session.changes_since("run")) == {"trips": ("edited",)}
    session.materialize()
    assert marks(session.changes_since("before_run")) == {"trips": ("edited", "data"), "total": ("data",)}
    assert session.changes_since("before_run").assets[AssetKey("total")].detail == "v1 → v2"
    assert marks(session.changes_since("run")) == {}


def test_dependencies_that_came_and_went_are_told(session):
    define(session, trips, zones, total)
    session.materialize()

    @asset(name="total")
    def otherwise(zones):
        return zones

    define(session, trips, zones, otherwise)
    changes = session.changes_since("run")
    assert (edges(changes.added), edges(changes.removed)) == ({("zones", "total")}, {("trips", "total")})


def test_an_asset_that_was_taken_out_is_removed_and_one_that_came_is_new(session):
    define(session, trips, total)
    session.materialize()
    next_moment()
    define(session, trips, zones)
    changes = session.changes_since("run")
    assert marks(changes) == {"zones": ("new",), "total": ("removed",)}
    assert edges(changes.removed) == {("trips", "total")}
    assert "total: removed" in str(changes)


def test_what_was_there_and_never_made_is_not_new(session):
    define(session, trips)
    assert marks(session.changes_since(next_moment())) == {}
    assert marks(session.changes_since("kernel")) == {"trips": ("new",)}


def test_an_earlier_kernel_is_remembered(tmp_path, session):
    define(session, trips, total)
    session.materialize()
    later = Session(tmp_path / ".nb_assets")
    define(later, trips, total)
    assert marks(later.changes_since("kernel")) == {}
    assert str(later.changes_since("kernel")) == "Nothing changed since the kernel started."


def test_a_run_or_a_time_can_be_picked(session):
    define(session, trips)
    session.materialize()
    session.materialize(force=True)
    first = session.store.history.runs()[-1]
    assert marks(session.changes_since(first.run_id)) == {"trips": ("new",)}
    assert marks(session.changes_since(dt.datetime.now().astimezone())) == {}
    assert [moment.id for moment in session.moments()] == ["before_run", "run", "kernel", first.run_id]


def test_the_last_save_is_known_where_the_front_end_names_the_notebook(session, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notebook.ipynb").write_text("{}", encoding="utf-8")
    monkeypatch.setenv("JPY_SESSION_NAME", "work/notebook.ipynb")
    define(session, trips)
    assert "save" in [moment.id for moment in session.moments()]
    assert session.changes_since("save").since.label == "the notebook was saved"


def test_a_moment_that_is_not_there_is_refused_with_those_that_are(session):
    with pytest.raises(UsageError, match="kernel"):
        session.changes_since("kernal")


@pytest.mark.parametrize("moment", [None, float("nan"), 1e300, ["kernel"]])
def test_what_is_no_moment_is_refused(session, moment):
    with pytest.raises(UsageError, match="no moment"):
        session.changes_since(moment)
