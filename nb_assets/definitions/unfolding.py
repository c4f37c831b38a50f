"""A graph as the ops that it comes down to, with the graphs inside it unfolded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.composition import InputRef, OutputRef, Source
from nb_assets.definitions.graph_definition import GraphDefinition
from nb_assets.definitions.op import OpDefinition

if TYPE_CHECKING:
    from nb_assets.definitions.retry import RetryPolicy


@dataclass(frozen=True, kw_only=True)
class OpStep:
    """An op of a graph with all graphs inside it unfolded.

    Attributes
    ----------
    path
        Its name with those of the graphs that it is in: "inner.add".
    inputs
        Where each input comes from: the outputs of other steps by path, or the inputs of the outermost graph.
    """

    path: str
    op: OpDefinition
    inputs: Mapping[str, Source]
    retry_policy: RetryPolicy | None
    tags: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Unfolded:
    """The ops of a graph, each after those whose outputs it takes, and what each output of the graph is."""

    steps: tuple[OpStep, ...]
    results: Mapping[str, OutputRef | InputRef]


def unfold(graph: GraphDefinition, retry_policy: RetryPolicy | None = None) -> Unfolded:
    """Return the ops that a graph comes down to.

    Parameters
    ----------
    retry_policy
        That of the ops that have none of their own.
    """
    unfolding = _Unfolding()
    inputs: dict[str, Source] = {name: InputRef(name) for name in graph.inputs}
    unfolding.add(graph, "", inputs, retry_policy)
    results = {
        name: source if isinstance(source, InputRef) else unfolding.known[source.node, source.output]
        for name, source in graph.outputs.items()
    }
    return Unfolded(steps=tuple(unfolding.steps), results=results)


class _Unfolding:
    """Collects the ops of nested graphs under their paths."""

    def __init__(self) -> None:
        self.steps: list[OpStep] = []
        # What an output of a node, by path, is in the end: an output of an op, or an input of the outermost graph.
        self.known: dict[tuple[str, str], OutputRef | InputRef] = {}

    def add(
        self, graph: GraphDefinition, prefix: str, given: Mapping[str, Source], policy: RetryPolicy | None
    ) -> None:
        # A node is composed after those that it is connected to, so what it takes is known by now.
        for node in graph.nodes:
            path = prefix + node.name
            inputs = {name: self._resolved(source, prefix, given) for name, source in node.inputs.items()}
            if isinstance(node.definition, OpDefinition):
                own = node.retry_policy or node.definition.retry_policy or policy
                self.steps.append(
                    OpStep(path=path, op=node.definition, inputs=inputs, retry_policy=own, tags=node.tags)
                )
                self.known.update(
                    {(path, output): OutputRef(path, output) for output in node.definition.outs}
                )
            elif isinstance(node.definition, GraphDefinition):
                self.add(node.definition, f"{path}.", inputs, node.retry_policy or policy)
                for output, source in node.definition.outputs.items():
                    found = self._resolved(source, f"{path}.", inputs)
                    assert not isinstance(found, tuple)
                    self.known[path, output] = found

    def _resolved(self, source: Source, prefix: str, given: Mapping[str, Source]) -> Source:
        if isinstance(source, tuple):
            parts = [self._resolved(part, prefix, given) for part in source]
            return tuple(each for part in parts for each in (part if isinstance(part, tuple) else (part,)))
        return (
            given[source.name]
            if isinstance(source, InputRef)
            else self.known[prefix + source.node, source.output]
        )
