from __future__ import annotations

import json

import pytest

from nb_assets import asset
from nb_assets.definitions.registry import Origin
from nb_assets.session import Session
from nb_assets.views import lineage
from nb_assets.views.lineage import lineage_view
from tests.harness.flights import CELL, Flights


@pytest.fixture
def flights(tmp_path):
    return Flights(tmp_path / ".nb_assets")


def node(view, key):
    return next(node for node in view["nodes"] if node["key"] == key)


def test_assets_groups_and_edges_are_placed(flights):
    view = lineage_view(flights.session)
    assert {node["key"] for node in view["nodes"]} == {"flights", "airports", "delay", "report"}
    assert [group["name"] for group in view["groups"]] == ["raw", "metrics"]
    assert {(edge["source"], edge["target"]) for edge in view["edges"]} == {
        ("flights", "delay"),
        ("delay", "report"),
        ("airports", "report"),
    }
    assert node(view, "flights")["x"] < node(view, "delay")["x"] < node(view, "report")["x"]
    assert json.loads(json.dumps(view)) == view


def test_a_card_says_what_the_value_is(flights):
    flights.session.materialize()
    view = lineage_view(flights.session)
    assert (node(view, "flights")["status"], node(view, "flights")["detail"]) == ("fresh", "10 rows")
    assert node(view, "flights")["kinds"] == ["pandas"]


def test_a_stale_card_says_why(flights):
    flights.session.materialize()
    flights.redefine("2")
    view = lineage_view(flights.session)
    assert node(view, "flights")["reason"] == "code version 1 → 2"
    assert node(view, "delay")["reason"] == "`flights` is stale"
    assert node(view, "airports")["reason"] == ""


def test_a_failed_card_tells_the_error(flights):
    flights.fails = True
    flights.session.materialize(raise_on_error=False)
    failed = node(lineage_view(flights.session), "delay")
    assert (failed["status"], "KeyError" in failed["reason"]) == ("failed", True)


def test_the_last_change_is_a_badge(flights):
    flights.session.materialize()
    flights.rows = 13
    flights.redefine("2")
    flights.session.materialize()
    assert "+3" in node(lineage_view(flights.session), "flights")["badge"]


def test_a_group_rolls_up_its_assets_folded_or_not(flights):
    flights.session.materialize("group:raw")
    for collapsed in ((), ("raw",)):
        group = lineage_view(flights.session, collapsed=collapsed)["groups"][0]
        assert (group["name"], group["count"], group["statuses"]) == ("raw", 2, {"fresh": 2})
        assert group["collapsed"] is bool(collapsed)


def test_the_default_group_has_no_box_of_its_own_when_it_is_the_only_one(tmp_path):
    @asset
    def alone():
        return 1

    @asset(group_name="metrics")
    def grouped():
        return 1

    session = Session(tmp_path)
    session.register(CELL, [alone])
    assert lineage_view(session)["groups"] == []
    assert lineage_view(session)["nodes"][0]["group"] is None
    session.register(Origin(id="cell-2", label="cell [2]"), [grouped])
    assert {group["name"] for group in lineage_view(session)["groups"]} == {"default", "metrics"}


def test_nested_groups_count_in_those_around_them(tmp_path):
    @asset(group_name="a/b")
    def inner():
        return 1

    @asset(group_name="a")
    def outer():
        return 1

    session = Session(tmp_path)
    session.register(CELL, [inner, outer])
    groups = {group["name"]: group for group in lineage_view(session)["groups"]}
    assert (groups["a"]["count"], groups["a/b"]["count"], groups["a/b"]["title"]) == (2, 1, "b")
    assert groups["a/b"]["parent"] == "a"


def test_what_is_made_elsewhere_is_drawn_as_such(tmp_path):
    @asset(deps=[["warehouse", "trips"]])
    def daily():
        return 1

    session = Session(tmp_path)
    session.register(CELL, [daily])
    view = lineage_view(session)
    assert node(view, "warehouse/trips")["external"]
    assert not node(view, "daily")["external"]
    assert [(edge["source"], edge["target"]) for edge in view["edges"]] == [("warehouse/trips", "daily")]


def test_a_selection_shows_only_that(flights):
    view = lineage_view(flights.session, "+delay")
    assert {node["key"] for node in view["nodes"]} == {"flights", "delay"}


def test_many_assets_start_folded(flights, monkeypatch):
    monkeypatch.setattr(lineage, "FOLD_ABOVE", 3)
    view = lineage_view(flights.session)
    assert view["nodes"] == []
    assert all(group["collapsed"] for group in view["groups"])
    assert len(lineage_view(flights.session, collapsed=())["nodes"]) == 4


def test_no_assets_at_all_are_an_empty_picture(tmp_path):
    view = lineage_view(Session(tmp_path))
    assert (view["nodes"], view["groups"], view["edges"]) == ([], [], [])


def test_a_card_counts_all_that_is_up_and_down_of_it_even_where_it_is_not_in_the_picture(flights):
    view = lineage_view(flights.session, "delay")
    assert (node(view, "delay")["upstream"], node(view, "delay")["downstream"]) == (1, 1)
    assert node(lineage_view(flights.session), "report")["upstream"] == 2
