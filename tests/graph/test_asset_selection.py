"""Selection objects beside selection strings: one tree, one meaning. What each means is compared with Dagster in `oracle`."""

from __future__ import annotations

import pytest

from nb_assets import (
    AssetKey,
    AssetsDefinition,
    AssetSelection,
    AssetSpec,
    Definitions,
    asset,
    define_asset_job,
    materialize,
)
from nb_assets.errors import SelectionError
from nb_assets.graph.asset_graph import AssetGraph
from nb_assets.graph.resolve import select
from nb_assets.graph.selection import parse

S = AssetSelection


@asset(group_name="one", deps=["elsewhere"])
def a(): ...


@asset(group_name="one/more", kinds={"csv"})
def b(a): ...


@asset(owners=["team:x"], tags={"k": "v"})
def c(b): ...


ASSETS = [a, b, c]


@pytest.mark.parametrize(
    ("selection", "text"),
    [
        (S.all(), "*"),
        (S.assets("c").upstream(), '+key:"c"'),
        (S.assets("c").upstream(1), '1+key:"c"'),
        (S.assets("a").downstream(), 'key:"a"+'),
        (S.assets("a").downstream(1).upstream(1), '1+(key:"a"+1)'),
        (S.groups("one"), 'group:"one"'),
        (S.kind("csv"), 'kind:"csv"'),
        (S.kind(None), "kind:<null>"),
        (S.owner(None), "owner:<null>"),
        (S.tag("k", "v"), 'tag:"k"="v"'),
        (S.all() - S.groups("one"), 'not group:"one"'),
        (~S.groups("one"), 'not group:"one"'),
        (~(S.assets("a") | S.assets("b")), 'not (key:"a" or key:"b")'),
        ((S.assets("a") | S.kind("csv")) & S.groups("one"), '(key:"a" or kind:"csv") and group:"one"'),
        (S.assets("c").upstream(include_self=False), '+key:"c" and not key:"c"'),
        (S.all().sinks() | S.all().roots(), "sinks(*) or roots(*)"),
        (S.from_string("status:stale or a"), 'status:"stale" or key:"a"'),
    ],
)
def test_an_object_and_its_text_select_the_same(selection: AssetSelection, text: str):
    graph = AssetGraph({one.key: one for one in ASSETS})
    assert str(selection) == text
    assert select(selection, graph, lambda _: "stale") == select(text, graph, lambda _: "stale")


def test_what_has_no_text_is_shown_as_it_is_made():
    selection = S.key_prefixes("p")
    assert "Prefixes" in str(selection)
    with pytest.raises(SelectionError, match="no words"):
        selection.to_selection_str()


def test_a_text_read_is_the_same_tree():
    assert S.from_string("a and group:one").tree == parse("a and group:one")


def test_not_selects_the_others():
    assert (~S.groups("one")).resolve(ASSETS) == {c.key}


def test_an_object_selects_in_a_run():
    result = materialize(ASSETS, selection=S.assets(a) | S.groups("one/more"))
    assert result.materialized == [a.key, b.key]


def test_what_is_made_elsewhere_can_be_selected_but_not_run():
    assert S.all(include_sources=True).resolve(ASSETS) == {a.key, b.key, c.key, AssetKey("elsewhere")}
    graph = AssetGraph({one.key: one for one in ASSETS})
    assert select(S.all(include_sources=True), graph) == [a.key, b.key, c.key]
    with pytest.raises(SelectionError, match="`elsewhere` is not made here"):
        select(S.assets("elsewhere"), graph)


def test_objects_select_by_status_in_a_session(session, register):
    register(*ASSETS)
    session.materialize(S.groups("one"), echo=False)
    assert session.select(S.from_string("status:missing") & S.all()) == [c.key]
    assert list(session.status(S.assets("a").downstream(1))) == [a.key, b.key]


def test_a_list_mixes_objects_strings_and_definitions():
    graph = AssetGraph({one.key: one for one in ASSETS})
    assert select([S.kind("csv"), "key:a", c], graph) == [a.key, b.key, c.key]
    assert S.from_coercible([S.kind("csv"), a]).resolve(ASSETS) == {a.key, b.key}


def test_the_lineage_takes_objects_and_lists_too(session, register):
    register(*ASSETS)
    assert session.lineage(S.groups("one") - S.kind("csv")).selection == 'group:"one" and not kind:"csv"'
    assert session.lineage([a, "b"]).selection == 'key:"a" or key:"b"'
    assert session.lineage(S.key_prefixes("c")).selection == 'key:"c"'


def test_a_missing_key_is_told_of_with_near_names():
    with pytest.raises(SelectionError, match="no asset is called `bb`"):
        S.assets("bb").resolve(ASSETS)


def test_a_deep_tree_is_resolved():
    selection = S.assets("a")
    for _ in range(200):
        selection = selection.downstream(1)
    assert selection.resolve(ASSETS) == {a.key, b.key, c.key}


def test_a_job_keeps_its_selection():
    job = define_asset_job("j", S.groups("one"))
    assert job.selection == S.groups("one")
    assert Definitions(ASSETS, jobs=[job]).resolve_job_def("j").selected == (a.key, b.key)


def test_what_is_told_of_and_made_elsewhere_is_selected_where_it_is_asked_for():
    earth = AssetSpec("earth", group_name="planets", tags={"kind": "rock"}, kinds={"rock"})
    assets = [*definitions_of(earth)]
    for selection in (
        AssetSelection.groups("planets", include_sources=True),
        AssetSelection.key_substring("art", include_sources=True),
        AssetSelection.tag("kind", "rock", include_sources=True),
        AssetSelection.kind("rock", include_sources=True),
    ):
        assert selection.resolve(assets) == {earth.key}
    assert AssetSelection.kind("rock").resolve(assets) == set()


def definitions_of(*specs):
    return [AssetsDefinition(specs=[spec]) for spec in specs]
