"""A graph that was worked out from the one before is the graph that would be worked out from nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nb_assets import AssetKey, AssetSpec, asset, multi_asset
from nb_assets.definitions.registry import Origin, Registry
from nb_assets.errors import CycleError
from nb_assets.graph.asset_graph import AssetGraph
from nb_assets.graph.latest_graph import LatestGraph

NAMES = "abcdef"


def defined(name: str, others: str, kind: int):
    """Return a definition of one asset, of two, or of one that is made elsewhere."""
    deps = [other for other in others if other != name]
    if kind == 1:
        specs = [AssetSpec(name, deps=deps), AssetSpec(f"{name}2", deps=deps)]
        return multi_asset(name=name, specs=specs)(lambda: None)
    if kind == 2:
        return AssetSpec(name, deps=deps)

    @asset(name=name, deps=deps)
    def made() -> None: ...

    return made


EDITS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.text(alphabet=NAMES, max_size=2), st.sampled_from([0, 0, 0, 1, 2])),
    max_size=12,
)


def told(graph: AssetGraph) -> list[object]:
    return [
        graph.keys,
        graph.external,
        graph.with_externals,
        list(graph.edges()),
        [graph.downstream(key) for key in graph.with_externals],
        [graph.group_of(key) for key in graph.keys],
        [(key, graph.definition(key)) for key in graph.keys],
        sorted(graph.nx.edges),
    ]


@settings(deadline=None)
@given(EDITS)
def test_whatever_is_defined_anew_the_graph_is_that_of_what_there_is(edits: list[tuple[str, str, int]]):
    registry, latest = Registry(), LatestGraph()
    for name, others, kind in edits:
        definition = defined(name, others, kind)
        if isinstance(definition, AssetSpec):
            registry.remove([AssetKey(name)])
        else:
            try:
                registry.register(Origin(id=name, label=name), [definition], latest.of)
            except CycleError:
                continue
        graph = latest.of(registry.state)
        assert told(graph) == told(AssetGraph.of(registry.state))
        assert latest.of(registry.state) is graph


def test_what_was_refused_leaves_no_graph():
    registry, latest = Registry(), LatestGraph()
    registry.register(Origin(id="a", label="a"), [defined("a", "b", 0)], latest.of)
    with pytest.raises(CycleError):
        registry.register(Origin(id="b", label="b"), [defined("b", "a", 0)], latest.of)
    assert latest.of(registry.state).keys == [AssetKey("a")]
