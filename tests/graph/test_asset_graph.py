from __future__ import annotations

import pytest

from nb_assets import AssetKey, AssetSpec, asset, multi_asset
from nb_assets.errors import CycleError
from nb_assets.graph.asset_graph import AssetGraph


def graph_of(edges: dict[str, str], groups: dict[str, str] | None = None) -> AssetGraph:
    """Build a graph from the names of the assets, each with the names of what it is derived from."""
    by_key = {}
    for name, deps in edges.items():
        made = asset(name=name, deps=deps.split(), group_name=(groups or {}).get(name))(lambda: 1)
        by_key[made.key] = made
    return AssetGraph(by_key)


def names(keys) -> list[str]:
    return [key.to_user_string() for key in keys]


def keys(text: str) -> list[AssetKey]:
    return [AssetKey(name) for name in text.split()]


DIAMOND = {"d": "b c", "c": "a", "b": "a", "a": ""}


def test_each_asset_comes_after_what_it_is_derived_from():
    assert names(graph_of(DIAMOND).keys) == ["a", "c", "b", "d"]


@pytest.mark.parametrize(
    ("edges", "order"),
    [
        ({"a": "", "b": "", "c": ""}, "a b c"),
        ({"c": "", "b": "", "a": ""}, "c b a"),
        ({"a": "z", "b": "", "z": ""}, "b z a"),
        ({"a": "x", "b": "x"}, "a b"),
        ({"b": "a", "a": "", "c": ""}, "a b c"),
    ],
)
def test_equals_keep_the_order_of_their_definition(edges: dict[str, str], order: str):
    assert names(graph_of(edges).keys) == order.split()


def test_neighbours_and_edges():
    graph = graph_of(DIAMOND)
    assert names(graph.upstream(AssetKey("d"))) == ["b", "c"]
    assert set(names(graph.downstream(AssetKey("a")))) == {"b", "c"}
    assert {(up.parts[0], down.parts[0]) for up, down in graph.edges()} == {
        ("b", "d"),
        ("c", "d"),
        ("a", "c"),
        ("a", "b"),
    }


@pytest.mark.parametrize(
    ("of", "depth", "up", "down"),
    [
        ("d", None, "a b c d", "d"),
        ("d", 1, "b c d", "d"),
        ("a", None, "a", "a b c d"),
        ("a", 1, "a", "a b c"),
        ("b c", 0, "b c", "b c"),
        ("b c", None, "a b c", "b c d"),
    ],
)
def test_ancestors_and_descendants(of: str, depth: int | None, up: str, down: str):
    graph = graph_of(DIAMOND)
    assert sorted(names(graph.ancestors(keys(of), depth))) == up.split()
    assert sorted(names(graph.descendants(keys(of), depth))) == down.split()


def test_what_nothing_makes_is_external():
    graph = graph_of({"a": "files api", "b": "a files"})
    assert names(graph.external) == ["files", "api"]
    assert names(graph.keys) == ["a", "b"]
    assert names(graph.downstream(AssetKey("files"))) == ["a", "b"]
    assert graph.group_of(AssetKey("files")) == "default"


@pytest.mark.parametrize(
    ("edges", "chain"),
    [
        ({"a": "b", "b": "a"}, {"a → b → a", "b → a → b"}),
        ({"a": "c", "b": "a", "c": "b", "d": "c"}, {"a → b → c → a", "b → c → a → b", "c → a → b → c"}),
    ],
)
def test_a_circle_is_drawn_as_a_chain(edges: dict[str, str], chain: set[str]):
    with pytest.raises(CycleError) as caught:
        graph_of(edges)
    assert str(caught.value).partition(": ")[2].partition(". ")[0] in chain


def test_an_asset_that_is_derived_from_itself_is_a_circle():
    made = asset(name="a")(lambda: 1)
    looped = made.with_specs(lambda spec: spec.replace_attributes(deps=["a"]))
    with pytest.raises(CycleError, match="a → a"):
        AssetGraph({looped.key: looped})


def test_a_chain_of_ten_thousand_needs_no_recursion():
    graph = graph_of({f"a{n}": f"a{n - 1}" if n else "" for n in range(10_000)})
    assert len(graph.ancestors([AssetKey("a9999")])) == 10_000
    assert names(graph.keys[-2:]) == ["a9998", "a9999"]
    with pytest.raises(CycleError):
        graph_of({f"a{n}": f"a{(n - 1) % 5_000}" for n in range(5_000)})


def test_groups_hold_their_assets_in_order():
    graph = graph_of(DIAMOND, {"a": "raw", "c": "raw"})
    assert {group: names(of) for group, of in graph.groups.items()} == {
        "raw": ["a", "c"],
        "default": ["b", "d"],
    }


def test_networkx_has_the_same_graph():
    graph = graph_of({"b": "a x", "a": ""}).nx
    assert set(graph.nodes) == set(keys("a b x"))
    assert set(graph.edges) == {(AssetKey("a"), AssetKey("b")), (AssetKey("x"), AssetKey("b"))}


def test_the_spec_and_the_definition_of_an_asset():
    graph = graph_of({"a": ""})
    assert isinstance(graph.spec(AssetKey("a")), AssetSpec)
    assert graph.definition(AssetKey("a")).key == AssetKey("a")
    assert (len(graph), AssetKey("a") in graph, list(graph)) == (1, True, [AssetKey("a")])


def test_assets_of_one_function_may_come_before_and_after_another():
    @multi_asset(specs=[AssetSpec("a"), AssetSpec("c", deps=["b"])], can_subset=True)
    def outer(): ...

    @asset(deps=["a"])
    def b(): ...

    definitions = {key: each for each in (outer, b) for key in each.specs_by_key}
    assert [key.to_user_string() for key in AssetGraph(definitions).keys] == ["a", "b", "c"]
    whole = multi_asset(specs=list(outer.specs), name="whole")(outer.compute.fn)
    with pytest.raises(CycleError):
        AssetGraph({key: each for each in (whole, b) for key in each.specs_by_key})
