"""The values that a run of a graph is given for the inputs of the graph itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.config.run_config import as_run_config
from nb_assets.errors import InvocationError, near

if TYPE_CHECKING:
    from nb_assets.definitions.graph_definition import GraphDefinition


def inputs_in(run_config: Any) -> dict[str, Any]:
    """Return the values of inputs that stand in a configuration: as they are, or as {"value": …}."""
    written = as_run_config(run_config).get("inputs") or {}
    return {
        name: each["value"] if isinstance(each, Mapping) and each.keys() == {"value"} else each
        for name, each in written.items()
    }


def check_inputs(graph: GraphDefinition, given: Mapping[str, Any]) -> None:
    """Check that the inputs of a graph have their values, and nothing else has one.

    Raises
    ------
    InvocationError
        When one has none, or a value has no input.
    """
    for name in given:
        if name not in graph.inputs:
            raise InvocationError(
                f"the graph `{graph.name}` has no input `{name}`.{near(name, graph.inputs)}"
            )
    for name in graph.inputs:
        if name not in given and name not in graph.optional_inputs:
            raise InvocationError(
                f'the graph `{graph.name}` was given no value for its input `{name}`: input_values={{"{name}": …}}.'
            )
