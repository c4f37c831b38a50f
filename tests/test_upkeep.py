"""Pinning versions and clearing values away, through the session and in a notebook."""

from __future__ import annotations

import os
import time

import pytest

import nb_assets as nba
from nb_assets.definitions.registry import Origin
from nb_assets.errors import UsageError, ValueMissingError


def materialize(session, value):
    @nba.asset(code_version=str(value))
    def daily():
        return [value]

    session.register(Origin(id="a", label="cell [1]"), [daily])
    session.materialize()
    long_ago = time.time() - 7200
    for path in session.store.values.folder.iterdir():
        os.utime(path, (long_ago, long_ago))


@pytest.fixture
def session(tmp_path):
    made = nba.Session(tmp_path / "store")
    for value in range(1, 5):
        materialize(made, value)
    return made


def loadable(session):
    found = set()
    for made in session.history("daily"):
        try:
            found.add(session.load("daily", made.version)[0])
        except ValueMissingError:
            continue
    return found


def test_what_is_pinned_keeps_its_value(session):
    assert session.pin("daily", 2).version == 2
    assert session.pinned("daily") == [2]
    assert len(session.garbage(keep=1)) == 2
    assert len(session.collect_garbage(keep=1)) == 2
    assert loadable(session) == {2, 4}
    assert len(session.history("daily")) == 4


def test_an_edit_taken_back_to_what_was_cleared_away_is_stale_and_never_fresh_without_its_value(session):
    session.collect_garbage(keep=1)

    @nba.asset(code_version="1")
    def daily():
        return ["again"]

    session.register(Origin(id="a", label="cell [1]"), [daily])
    assert session.status("daily")[nba.AssetKey("daily")].state == "stale"
    session.materialize()
    assert session.load("daily") == ["again"]


def test_unpinning_lets_go(session):
    session.pin("daily", 1)
    session.unpin("daily", 1)
    assert session.pinned("daily") == []


def test_a_version_that_is_not_there_cannot_be_pinned(session):
    with pytest.raises(ValueMissingError, match="no version 9"):
        session.pin("daily", 9)


@pytest.mark.parametrize("keep", [0, -1, True, "2"])
def test_one_version_is_the_least(session, keep):
    with pytest.raises(UsageError, match="at least one version"):
        session.garbage(keep=keep)
    assert loadable(session) == {1, 2, 3, 4}
