"""What cards say, and that nothing is worked out twice."""

from __future__ import annotations

import json

import pytest

from nb_assets import asset
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.registry import Origin
from nb_assets.session import Session
from nb_assets.views.cards import Cards
from nb_assets.views.lineage import groups_to_fold, lineage_view
from tests.widget.conftest import View

CELL = Origin(id="cell", label="cell")


@pytest.fixture
def session(tmp_path):
    session = Session(tmp_path / ".nb_assets")

    @asset(kinds={"pandas", "csv"}, owners=["team:data", "ana@example.org"])
    def trips():
        return [1, 2]

    @asset
    def total(trips):
        return sum(trips)

    session.register(CELL, [trips, total])
    return session


def node(session, key):
    return next(node for node in lineage_view(session)["nodes"] if node["key"] == key)


def test_a_card_says_its_kinds_its_owner_and_how_long_its_last_run_took(session):
    assert (node(session, "trips")["kinds"], node(session, "trips")["owner"]) == (
        ["csv", "pandas"],
        "team:data",
    )
    assert node(session, "trips")["duration"] is None
    session.materialize()
    assert node(session, "trips")["duration"] >= 0


def test_a_card_stays_the_same_object_until_it_says_something_else(session):
    cards = Cards(session)
    keys = session.graph.keys
    before = cards.of(keys, session.status())
    again = cards.of(keys, session.status())
    assert all(again[key] is before[key] for key in keys)
    session.materialize(["trips"])
    after = cards.of(keys, session.status())
    assert after[AssetKey("trips")]["status"] == "fresh"
    assert after[AssetKey("trips")] is not before[AssetKey("trips")]


def test_a_reason_is_never_longer_than_a_card_can_use(tmp_path):
    session = Session(tmp_path / ".nb_assets")

    @asset
    def broken():
        raise ValueError("x" * 10_000)

    session.register(CELL, [broken])
    session.materialize(raise_on_error=False)
    assert len(node(session, "broken")["reason"]) <= 300


def test_a_patch_for_one_asset_is_less_than_a_kilobyte_however_many_there_are(tmp_path):
    session = Session(tmp_path / ".nb_assets")

    def made(number):
        @asset(name=f"asset_{number}", group_name=f"group_{number % 20}")
        def one():
            return number

        return one

    session.register(CELL, [made(number) for number in range(1_000)])
    view = View(session)
    view.say("ready")
    conversation = view.conversation
    session.materialize(["asset_7"])
    count = len(view.heard)
    conversation._send_patch()
    patches = [
        message
        for message in view.heard
        if message["kind"] == "patch" and any(each["key"] == "asset_7" for each in message["nodes"])
    ]
    assert len(view.heard) > count
    assert patches
    assert all(len(each["nodes"]) == 1 and len(each["groups"]) == 1 for each in patches)
    assert all(
        len(json.dumps({"nodes": each["nodes"], "groups": each["groups"]})) < 1_000 for each in patches
    )
    assert [message["kind"] for message in view.heard].count("graph") == 1


def chain(count):
    return [(f"a{i}", [f"a{i - 1}"] if i else [], "default") for i in range(count)]


SHAPES = {
    "nothing": [],
    "one": [("a", [], "default")],
    "a deep chain": chain(3_000),
    "a fan": [("hub", [], "default"), *((f"leaf{i}", ["hub"], "leaves") for i in range(2_000))],
    "a circle of groups": [(f"a{i}", [f"a{i - 1}"] if i else [], "xy"[i % 2]) for i in range(40)],
    "many groups": [(f"a{i}", [], f"g{i}") for i in range(3_000)],
    "groups six deep": [(f"a{i}", [], "/".join("abcdef"[: i + 1])) for i in range(6)],
}


@pytest.mark.parametrize("collapsed", [None, ()], ids=["as it opens", "unfolded"])
@pytest.mark.parametrize("shape", SHAPES)
def test_no_shape_of_a_graph_is_refused(tmp_path, shape, collapsed):
    session = Session(tmp_path / ".nb_assets")

    def made(name, inputs, group):
        @asset(name=name, deps=inputs, group_name=group)
        def one():
            return None

        return one

    session.register(CELL, [made(*each) for each in SHAPES[shape]])
    view = lineage_view(session, collapsed=collapsed)
    counted = sum(
        group["count"] for group in view["groups"] if group["collapsed"] and group["parent"] is None
    )
    assert len(view["nodes"]) + counted >= len(SHAPES[shape])
    json.dumps(view, allow_nan=False)


def test_many_groups_start_as_one_box_for_those_they_are_in():
    few = {AssetKey(f"a{i}"): f"all/x{i % 10}" for i in range(400)}
    many = {AssetKey(f"a{i}"): f"all/x{i % 10}/y{i % 100}" for i in range(400)}
    assert groups_to_fold(few) == {f"all/x{i}" for i in range(10)}
    folded = groups_to_fold(many)
    assert {f"all/x{i}" for i in range(10)} <= folded
    assert "all" not in folded
    assert groups_to_fold(dict(list(many.items())[:300])) == set()
