"""The past of an asset as the page asks for it."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def many(flights):
    """The session, with three versions of `flights` that differ in their rows."""
    for rows in (10, 30, 31):
        flights.rows = rows
        flights.session.materialize(["flights", "airports", "delay", "report"], force=True)
    return flights


def test_versions_come_a_page_at_a_time(view, flights):
    for _ in range(60):
        flights.session.materialize(["airports"], force=True)
    (first,) = view.say("show_versions", key="airports", partition="", start=0)
    (rest,) = view.say("show_versions", key="airports", partition="", start=50)
    assert [first["total"], rest["total"]] == [60, 60]
    assert [each["version"] for each in first["versions"]] == list(range(60, 10, -1))
    assert [each["version"] for each in rest["versions"]] == list(range(10, 0, -1))
    assert view.say("show_versions", key="airports", partition="", start=600)[0]["versions"] == []


def test_a_version_says_what_made_it(view, many):
    many.redefine("2")
    many.rows = 5
    many.session.materialize()
    (answer,) = view.say("show_version", key="delay", partition="", version=4)
    record = answer["record"]
    assert record["cause"] == "`flights` version 3 → 4"
    assert record["inputs"] == [
        {"key": "flights", "version": 4, "data_version": record["inputs"][0]["data_version"], "changed": True}
    ]
    assert (record["previous"], record["row"]["stored"]) == (3, True)
    (answer,) = view.say("show_version", key="flights", partition="", version=4)
    assert "code" in answer["record"]["cause"]
    assert answer["record"]["row"]["summary"] == "5 rows × 2 columns"
    (first,) = view.say("show_version", key="flights", partition="", version=1)
    assert (first["record"]["previous"], first["record"]["cause"]) == (0, "")


def test_a_version_that_is_not_there_is_an_error(view, many):
    for version in (0, 9):
        (error,) = view.say("show_version", key="flights", partition="", version=version)
        assert error["kind"] == "error"


def test_any_two_versions_are_compared_beside_the_messages(view, many):
    assert view.say("compare", key="flights", partition="", old=1, new=3) == []
    compared = view.wait(lambda message: message["kind"] == "compared")
    assert (compared["old"], compared["new"], compared["rows"]) == (1, 3, 21)
    assert 'data-nb-assets="diff"' in compared["html"]
    assert "+21" in compared["badge"]
    json.dumps(view.heard, allow_nan=False)


def test_versions_that_cannot_be_compared_say_why(view, many):
    view.say("compare", key="flights", partition="", old=1, new=9)
    assert "version 9" in view.wait(lambda message: message["kind"] == "error")["message"]


def test_the_rows_that_differ_are_paged_through(view, many):
    asked = {"key": "flights", "partition": "", "old": 1, "new": 3, "kinds": ["added"], "column": ""}
    view.say("show_differing", **asked, start=20, length=20)
    rows = view.wait(lambda message: message["kind"] == "differing")
    assert (rows["start"], rows["shown"], rows["total"]) == (20, 1, 21)
    assert rows["counts"] == {"changed": 0, "added": 21, "removed": 0}


def test_a_version_is_pinned_and_let_go(view, many):
    (pinned,) = view.say("pin", key="flights", partition="", version=2, pinned=True)
    assert (pinned["version"], pinned["pinned"]) == (2, True)
    (page,) = view.say("show_versions", key="flights", partition="", start=0)
    assert [(each["version"], each["pinned"]) for each in page["versions"]] == [
        (3, False),
        (2, True),
        (1, False),
    ]
    view.say("pin", key="flights", partition="", version=2, pinned=False)
    assert many.session.pinned("flights") == []


def test_a_version_without_a_value_says_so(view, flights):
    for rows in (1, 2):
        flights.rows = rows
        flights.session.materialize(["flights"], force=True)
    for path in (flights.session.store.folder / "values").iterdir():
        path.unlink()
    (page,) = view.say("show_versions", key="flights", partition="", start=0)
    assert {each["stored"] for each in page["versions"]} == {False}
    assert "gone" in view.say("offer", key="flights")[0]["offers"]["load"]
