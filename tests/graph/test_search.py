from __future__ import annotations

import pytest

from nb_assets import AssetKey, MetadataValue, asset
from nb_assets.graph.asset_graph import AssetGraph
from nb_assets.graph.search import search

SPECS = [
    {
        "key": ["raw", "trips"],
        "description": "Every trip, as it came.\nFrom the city.",
        "group_name": "ingest",
    },
    {"key": "zones", "tags": {"layer": "bronze", "daily": ""}, "kinds": {"csv"}},
    {"key": "daily", "deps": [["raw", "trips"]], "owners": ["ada@example.com"], "code_version": "v7"},
    {"key": "model", "deps": ["daily"], "metadata": {"notes": MetadataValue.md("of the *city*"), "rows": 12}},
]


@pytest.fixture(scope="module")
def graph() -> AssetGraph:
    made = [asset(**spec)(lambda: 1) for spec in SPECS]
    return AssetGraph({one.key: one for one in made})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("trip", [("raw/trips", "key")]),
        ("DAILY", [("daily", "key"), ("zones", "tag: daily")]),
        (
            "city",
            [
                ("raw/trips", "description: Every trip, as it came. From the city."),
                ("model", "metadata: notes = of the *city*"),
            ],
        ),
        ("came city", [("raw/trips", "description: Every trip, as it came. From the city.")]),
        ("trips city", [("raw/trips", "description: Every trip, as it came. From the city.")]),
        ("ingest", [("raw/trips", "group: ingest")]),
        ("csv", [("zones", "kind: csv")]),
        ("layer=bronze", [("zones", "tag: layer=bronze")]),
        ("ada@", [("daily", "owner: ada@example.com")]),
        ("rows = 12", [("model", "metadata: rows = 12")]),
        ("v7", [("daily", "code version: v7")]),
        ("city zebra", []),
        ("zebra", []),
    ],
)
def test_a_search_finds_these_assets_and_says_where(
    graph: AssetGraph, text: str, found: list[tuple[str, str]]
):
    assert [(each.key.to_user_string(), each.where) for each in search(text, graph)] == found


def test_a_long_text_is_shown_around_what_was_found():
    one = asset(name="one", description="a " * 100 + "needle" + " b" * 100)(lambda: 1)
    (found,) = search("needle", AssetGraph({AssetKey("one"): one}))
    assert found.where.startswith("description: …")
    assert found.where.endswith("…")
    assert "needle" in found.where
    assert len(found.where) < 120


def test_the_metadata_of_the_last_materialization_is_looked_through_too(graph: AssetGraph):
    made = {
        AssetKey("zones"): {"rows": MetadataValue.int(1_234), "source": MetadataValue.path("/data/zones.csv")}
    }
    assert [(each.key.to_user_string(), each.where) for each in search("zones.csv", graph, made)] == [
        ("zones", "metadata: source = /data/zones.csv")
    ]
    assert search("1,234", graph, made)[0].where == "metadata: rows = 1,234"
