"""Values of assets in variables of the user: under free names alone, unless the user says otherwise."""

from __future__ import annotations

import math

import pytest

from nb_assets import StaticPartitionsDefinition, asset
from nb_assets.definitions.registry import Origin
from tests.widget.conftest import View

ASKED = {"key": "flights", "partition": "", "version": 0}


@asset
def daily():
    return 1


@pytest.fixture
def names():
    return {"taken": 7, "daily": daily, "math": math, "clean": len, "Thing": type("Thing", (), {})}


@pytest.fixture
def view(flights, names):
    for rows in (3, 5):
        flights.rows = rows
        flights.session.materialize(["flights"], force=True)
    opened = View(flights.session, namespace=names)
    yield opened
    opened.conversation.close()


def answer(view, **fields):
    """What an assignment is answered with, in the background or at once."""
    since = len(view.heard)
    view.say("assign", **{**ASKED, "replace": False, **fields})
    view.wait(lambda _: len(view.heard) > since)
    return view.heard[since]


def test_a_value_is_loaded_under_a_free_name(view, names):
    assert answer(view, name="df") == {
        "kind": "assigned",
        "request": view.asked,
        "name": "df",
        "text": "df = 5 rows × 2 columns",
    }
    assert len(names["df"]) == 5


def test_a_version_is_loaded(view, names):
    assert answer(view, name="older", version=1)["text"] == "older = 3 rows × 2 columns"
    assert len(names["older"]) == 3


def test_what_has_the_name_stays_until_the_user_says_otherwise(view, names):
    taken = answer(view, name="taken")
    assert (taken["kind"], taken["text"]) == ("taken", "`taken` is there already: int. Replace it?")
    assert names["taken"] == 7
    assert answer(view, name="taken", replace=True)["kind"] == "assigned"
    assert len(names["taken"]) == 5


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize("name", ["daily", "math", "clean", "Thing"])
def test_definitions_are_never_replaced(view, names, name, replace):
    before = dict(names)
    error = answer(view, name=name, replace=replace)
    assert error["kind"] == "error"
    assert "choose another name" in error["message"]
    assert names == before


@pytest.mark.parametrize(
    "name",
    [
        "",
        "1a",
        "a b",
        "a.b",
        "class",
        "None",
        "__class__",
        "_",
        "_ih",
        "In",
        "get_ipython",
        "list",
        "a" * 200,
    ],
)
def test_what_cannot_be_a_variable_is_refused(view, names, name):
    before = dict(names)
    assert answer(view, name=name, replace=True)["kind"] == "error"
    assert names == before


def test_a_value_that_cannot_be_loaded_leaves_the_name_alone(view, names):
    assert answer(view, name="taken", key="airports", replace=True)["kind"] == "error"
    assert answer(view, name="taken", version=9, replace=True)["kind"] == "error"
    assert names["taken"] == 7


def test_a_free_name_is_suggested(view, names):
    assert view.say("offer", key="flights")[0]["variable"] == "flights"
    names["flights"] = daily
    assert view.say("offer", key="flights")[0]["variable"] == "flights_value"
    names["flights_value"] = 1
    assert view.say("offer", key="flights")[0]["variable"] == "flights_value_2"


def test_of_an_asset_with_partitions_all_come_in_a_dict(flights, names):
    @asset(partitions_def=StaticPartitionsDefinition(["a", "b"]))
    def daily_rows(context):
        return [context.partition_key] * 3

    session = flights.session
    session.register(Origin(id="cell-2", label="cell [2]"), [daily_rows])
    session.materialize(["daily_rows"])
    view = View(session, namespace=names)
    offers = view.say("offer", key="daily_rows")[0]["offers"]
    assert (offers["load"], offers["versions"], offers["newest"]) == ("", 2, 0)
    assert answer(view, key="daily_rows", name="rows")["text"] == "rows = a dict of 2 partitions"
    assert answer(view, key="daily_rows", partition="b", version=1, name="b")["text"] == "b = 3 items"
    assert (names["rows"]["a"], names["b"]) == (["a"] * 3, ["b"] * 3)
    (page,) = view.say("show_versions", key="daily_rows", partition="", start=0)
    assert (page["total"], {each["partition"] for each in page["versions"]}) == (2, {"a", "b"})
    view.say("compare", key="daily_rows", partition="", old=1, new=2)
    assert "partition" in view.wait(lambda message: message["kind"] == "error")["message"]
    view.conversation.close()


def test_without_a_notebook_there_are_no_variables(flights):
    flights.session.materialize(["flights"])
    (error,) = View(flights.session).say("assign", **ASKED, name="df", replace=False)
    assert error["kind"] == "error"
