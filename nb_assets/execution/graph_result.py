"""What came of running a graph of ops that makes no asset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.graph_definition import GraphDefinition
from nb_assets.definitions.result import DEFAULT_OUTPUT
from nb_assets.definitions.sources import InputRef, OutputRef
from nb_assets.errors import InvocationError, near
from nb_assets.execution.run import RunResult
from nb_assets.execution.run_queries import unknown_node


@dataclass(frozen=True, kw_only=True, repr=False)
class GraphRunResult(RunResult):
    """What came of running a graph. Its nodes are its ops and the graphs inside it: "op", "inner.op"."""

    graph: GraphDefinition = field(repr=False, compare=False)
    input_values: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def output_for_node(self, node_str: str, output_name: str = DEFAULT_OUTPUT) -> Any:
        """Return the value that an op, or a graph inside this one, gave.

        Raises
        ------
        InvocationError
            When there is no such node or output.
        ValueMissingError
            When it gave no value.
        """
        *inside, last = node_str.split(".")
        graph = self.graph
        for name in inside:
            graph = _inner(graph, name, node_str)
        node = next((each for each in graph.nodes if each.name == last), None)
        if node is None:
            raise unknown_node(node_str, [each.name for each in graph.nodes])
        if output_name not in node.definition.output_names:
            raise InvocationError(
                f"`{node_str}` has no output `{output_name}`.{near(output_name, node.definition.output_names)}"
            )
        if isinstance(node.definition, GraphDefinition):
            source = node.definition.outputs[output_name]
            assert isinstance(source, OutputRef)
            return self.output_for_node(f"{node_str}.{source.node}", source.output)
        return self.keeper.ops.value(AssetKey(self.graph.name), node_str, output_name)

    def output_value(self, output_name: str = DEFAULT_OUTPUT) -> Any:
        """Return an output of the graph itself.

        Raises
        ------
        InvocationError
            When the graph has no such output.
        """
        if output_name not in self.graph.outputs:
            names = self.graph.output_names
            raise InvocationError(
                f"the graph `{self.graph.name}` has no output `{output_name}`.{near(output_name, names)} It has "
                f"{', '.join(names) or 'none'}."
            )
        source = self.graph.outputs[output_name]
        if isinstance(source, InputRef):
            return self.input_values[source.name]
        return self.output_for_node(source.node, source.output)


def _inner(graph: GraphDefinition, name: str, asked: str) -> GraphDefinition:
    for node in graph.nodes:
        if node.name == name and isinstance(node.definition, GraphDefinition):
            return node.definition
    raise unknown_node(asked, [node.name for node in graph.nodes])
