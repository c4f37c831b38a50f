"""Some nodes of a graph, by what a selection of ops says: names, with `*` or `+` for what is up- or downstream of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.graph_definition import GraphDefinition
from nb_assets.definitions.sources import InputRef, OutputRef, Source, parts_of
from nb_assets.errors import SelectionError, near

if TYPE_CHECKING:
    from nb_assets.definitions.composition import Node

_CLAUSE = re.compile(r"(?P<up>\*|\+*)(?P<name>[A-Za-z0-9_]+)(?P<down>\*|\+*)")


def graph_of_ops(graph: GraphDefinition, selection: Iterable[str]) -> GraphDefinition:
    """Return the part of a graph that a selection names. What its nodes took of others, nothing gives any more.

    Parameters
    ----------
    selection
        Names of ops and graphs, each as `name`, with `*` before or after it for all that is up- or downstream, and with
        a `+` for each step.

    Raises
    ------
    SelectionError
        When it names what there is not.
    """
    if isinstance(selection, str):
        raise SelectionError(f"op_selection is a list of names, not one text: write [{selection!r}].")
    chosen = _chosen(graph, selection)
    nodes = tuple(_alone(node, chosen) for node in graph.nodes if node.name in chosen)
    taken = {
        part.name
        for node in nodes
        for source in node.inputs.values()
        for part in parts_of(source)
        if isinstance(part, InputRef)
    }
    return GraphDefinition(
        graph.name,
        description=graph.description,
        config=graph.config,
        tags=graph.tags,
        nodes=nodes,
        inputs=tuple(name for name in graph.inputs if name in taken),
        outputs={name: ref for name, ref in graph.outputs.items() if ref.node in chosen},
    )


def without_others(
    config: Mapping[str, Any], whole: GraphDefinition, part: GraphDefinition
) -> dict[str, Any]:
    """Return the configuration of a run of a graph as one of a part of it."""
    others = {node.name for node in whole.nodes} - {node.name for node in part.nodes}
    ops = config.get("ops")
    if not isinstance(ops, Mapping):
        return dict(config)
    return {**config, "ops": {name: each for name, each in ops.items() if name not in others}}


def _chosen(graph: GraphDefinition, selection: Iterable[str]) -> set[str]:
    upstream = {node.name: _upstream(node) for node in graph.nodes}
    downstream: dict[str, set[str]] = {name: set() for name in upstream}
    for name, others in upstream.items():
        for other in others:
            downstream[other].add(name)
    chosen: set[str] = set()
    for clause in selection:
        found = _CLAUSE.fullmatch(str(clause))
        if found is None or found["name"] not in upstream:
            name = str(clause) if found is None else found["name"]
            raise SelectionError(
                f"the op_selection of `{graph.name}` has {clause!r}, and there is no op of that name."
                f"{near(name, upstream)}"
            )
        chosen |= _reached(found["name"], upstream, found["up"])
        chosen |= _reached(found["name"], downstream, found["down"])
    return chosen


def _reached(name: str, neighbors: Mapping[str, set[str]], told: str) -> set[str]:
    reached, frontier = {name}, {name}
    steps = len(neighbors) if told == "*" else len(told)
    while frontier and steps:
        frontier = {other for each in frontier for other in neighbors[each]} - reached
        reached |= frontier
        steps -= 1
    return reached


def _upstream(node: Node) -> set[str]:
    parts = (part for source in node.inputs.values() for part in parts_of(source))
    return {part.node for part in parts if isinstance(part, OutputRef)}


def _alone(node: Node, chosen: set[str]) -> Node:
    inputs: dict[str, Source] = {}
    for name, source in node.inputs.items():
        kept = [part for part in parts_of(source) if isinstance(part, InputRef) or part.node in chosen]
        if isinstance(source, tuple) and kept:
            inputs[name] = tuple(kept)
        elif kept:
            inputs[name] = source
    return replace(node, inputs=inputs)
