"""Selection strings: what each means on one graph, and what is said of those that mean nothing."""

from __future__ import annotations

import pytest

from nb_assets import AssetKey, asset
from nb_assets.errors import SelectionError
from nb_assets.graph.asset_graph import AssetGraph
from nb_assets.graph.resolve import select

#   raw/trips ─┬─ clean ─┬─ daily ── report
#   zones ─────┘         └─ model
SPECS = [
    {"key": ["raw", "trips"], "group_name": "ingest", "kinds": {"csv"}, "owners": ["ada@example.com"]},
    {"key": "zones", "group_name": "ingest", "tags": {"layer": "bronze"}},
    {
        "key": "clean",
        "deps": [["raw", "trips"], "zones"],
        "group_name": "prepare",
        "tags": {"layer": "silver", "pii": ""},
    },
    {
        "key": "daily",
        "deps": ["clean"],
        "group_name": "metrics/daily",
        "kinds": {"pandas"},
        "owners": ["team:metrics"],
    },
    {
        "key": "model",
        "deps": ["clean"],
        "group_name": "metrics",
        "kinds": {"sklearn"},
        "tags": {"k": "a:b".replace(":", "_")},
    },
    {"key": "report", "deps": ["daily", "elsewhere"]},
]
ALL = "raw/trips zones clean daily model report"
STATES = {"daily": "stale", "report": "failed", "model": "missing"}


@pytest.fixture(scope="module")
def graph() -> AssetGraph:
    made = [asset(**spec)(lambda: 1) for spec in SPECS]
    return AssetGraph({one.key: one for one in made})


def selected(graph: AssetGraph, selection: object) -> set[str]:
    chosen = select(selection, graph, lambda key: STATES.get(key.to_user_string(), "fresh"))
    return {key.to_user_string() for key in chosen}


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("*", ALL),
        ("daily", "daily"),
        ("  daily  ", "daily"),
        ("raw/trips", "raw/trips"),
        ("key:daily", "daily"),
        ('key:"raw/trips"', "raw/trips"),
        ('"daily"', "daily"),
        ("key:raw/*", "raw/trips"),
        ("*a*", "raw/trips clean daily"),
        ("d*", "daily"),
        ('key:"*s"', "raw/trips zones"),
        ("nothing*", ""),
        ("key_substring:LE", "clean"),
        # Steps
        ("+daily", "raw/trips zones clean daily"),
        ("daily+", "daily report"),
        ("+daily+", "raw/trips zones clean daily report"),
        ("1+daily", "clean daily"),
        ("2+daily", "raw/trips zones clean daily"),
        ("clean+1", "clean daily model"),
        ("1+clean+1", "raw/trips zones clean daily model"),
        ("0+clean+0", "clean"),
        ("+key:daily", "raw/trips zones clean daily"),
        ("key:clean+", "clean daily model report"),
        ("1+report", "daily report"),
        ("+group:metrics", "raw/trips zones clean daily model"),
        ("(daily or model)+", "daily model report"),
        ("+(daily and model)", ""),
        # Attributes
        ("group:ingest", "raw/trips zones"),
        ("group:metrics", "daily model"),
        ("group:metrics/daily", "daily"),
        ('group:"metrics/daily"', "daily"),
        ("group:default", "report"),
        ("group:met*", "daily model"),
        ("kind:pandas", "daily"),
        ("kind:*", "raw/trips daily model"),
        ("kind:none", ""),
        ("tag:layer", "zones clean"),
        ("tag:layer=silver", "clean"),
        ('tag:layer="silver"', "clean"),
        ("tag:pii", "clean"),
        ("tag:layer=gold", ""),
        ("owner:ada@example.com", "raw/trips"),
        ("owner:team:metrics", "daily"),
        ('owner:"team:metrics"', "daily"),
        ("owner:*", "raw/trips daily"),
        ("status:stale", "daily"),
        ("status:failed or status:missing", "report model"),
        ("status:fresh", "raw/trips zones clean"),
        # Words
        ("daily or model", "daily model"),
        ("daily OR model", "daily model"),
        ("group:metrics and kind:pandas", "daily"),
        ("not group:ingest", "clean daily model report"),
        ("not not daily", "daily"),
        ("group:ingest and not zones", "raw/trips"),
        ("daily or model and kind:pandas", "daily"),
        ("(daily or model) and kind:sklearn", "model"),
        ("not daily and not model", "raw/trips zones clean report"),
        ("sinks(*)", "model report"),
        ("roots(*)", "raw/trips zones"),
        ("sinks(group:metrics)", "daily model"),
        ("roots(+daily)", "raw/trips zones"),
        ("roots(daily+)", "daily"),
        ("+sinks(*)", ALL),
        ("((((daily))))", "daily"),
    ],
)
def test_a_selection_means_these_assets(graph: AssetGraph, text: str, means: str):
    assert selected(graph, text) == set(means.split())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the selection is empty"),
        ("   ", "the selection is empty"),
        ("dayly", "no asset is called `dayly`. Did you mean `daily`?"),
        ("trips", "no asset is called `trips`. Did you mean `raw/trips`?"),
        ("xyz", "The assets are raw/trips, zones, clean, daily, model, report."),
        ("key:xyz", "no asset is called `xyz`"),
        ("elsewhere", "`elsewhere` is not made here"),
        ("group:metric", "there is no group `metric`. Did you mean `metrics`"),
        ("group:xyz", "The groups are"),
        ("status:stele", "`status:stele` is no status. Did you mean `stale`? There are missing, fresh"),
        ("grp:metrics", "`grp:` is not something to select by. Did you mean `group`? There are key,"),
        ("sink(*)", "`sink` is no function of selections, which are sinks and roots"),
        ("daily model", "put `and` or `or` between them, at daily ⟨here⟩model"),
        ("daily and", "an asset or a group is missing, at daily and⟨here⟩"),
        ("and daily", "an asset or a group is missing, at ⟨here⟩and daily"),
        ("not", "an asset or a group is missing"),
        ("(daily", "a `)` is missing, at (daily⟨here⟩"),
        ("daily)", "`)` was not expected there"),
        ("()", "an asset or a group is missing"),
        ("group:", "`group:` needs a value"),
        ("tag:a=", "`tag:` needs a value"),
        ("+", "an asset or a group is missing"),
        ("daily & model", "`&` has no meaning in it"),
        ("größe", "has no meaning in it. A name with other characters goes in quotes"),
        ('"daily', "has no meaning in it"),
        ("daily ++", "was not expected there"),
        ("(" * 200 + "daily" + ")" * 200, "it nests more than 100 deep"),
        ("not " * 200 + "daily", "it nests more than 100 deep"),
    ],
)
def test_a_selection_that_means_nothing_is_told_why(graph: AssetGraph, text: str, told: str):
    with pytest.raises(SelectionError) as caught:
        selected(graph, text)
    assert told in str(caught.value)


def test_a_long_selection_is_no_deep_one(graph: AssetGraph):
    assert selected(graph, " or ".join(["daily"] * 5_000)) == {"daily"}


@pytest.mark.parametrize(
    "selection",
    [
        AssetKey("daily"),
        [AssetKey("daily")],
        ["daily"],
        ("daily", "key:daily"),
        asset(key="daily")(lambda: 1),
    ],
)
def test_keys_definitions_and_lists_select_too(graph: AssetGraph, selection: object):
    assert selected(graph, selection) == {"daily"}


def test_what_is_selected_comes_in_order(graph: AssetGraph):
    assert [key.to_user_string() for key in select(["report", "daily", "zones"], graph)] == [
        "zones",
        "daily",
        "report",
    ]


@pytest.mark.parametrize("nothing", [3, None, object()])
def test_something_else_selects_nothing(graph: AssetGraph, nothing: object):
    with pytest.raises(SelectionError, match="a selection is a text, a key, an asset or a list of them"):
        selected(graph, nothing)


def test_an_unknown_key_is_told_with_near_names(graph: AssetGraph):
    with pytest.raises(SelectionError, match="Did you mean `model`"):
        selected(graph, AssetKey("modle"))


def test_without_assets_it_says_how_to_make_some():
    with pytest.raises(SelectionError, match="register some with `%%asset`"):
        select("a", AssetGraph({}))
    assert select("*", AssetGraph({})) == []
