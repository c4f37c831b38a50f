"""Graphs that are written down as data: nodes, and what each of their inputs depends on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.composition import Invocable, Node
from nb_assets.definitions.naming import checked_name
from nb_assets.definitions.result import DEFAULT_OUTPUT
from nb_assets.definitions.sources import InputRef, OutputRef, Source, parts_of
from nb_assets.errors import DefinitionError, near

if TYPE_CHECKING:
    from nb_assets.definitions.retry import RetryPolicy


@dataclass(frozen=True)
class DependencyDefinition:
    """An input that is the output of a node."""

    node: str
    output: str = DEFAULT_OUTPUT
    description: str | None = None


@dataclass(frozen=True)
class MultiDependencyDefinition:
    """An input that is a list of the outputs of several nodes."""

    dependencies: Sequence[DependencyDefinition]

    def __post_init__(self) -> None:
        for each in self.dependencies:
            if not isinstance(each, DependencyDefinition):
                raise DefinitionError(
                    f"a MultiDependencyDefinition is a list of DependencyDefinition, and has {each!r}."
                )
        if len(set(self.dependencies)) != len(self.dependencies):
            raise DefinitionError(
                "a MultiDependencyDefinition names an output twice: name each of them once."
            )


@dataclass(frozen=True, eq=False)
class NodeInvocation:
    """A node under a name of its own, with tags and a retry policy of its own."""

    name: str
    alias: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    hook_defs: frozenset[Any] | None = None
    retry_policy: RetryPolicy | None = None


@dataclass(frozen=True)
class InputMapping:
    """An input of a graph, and the input of a node that it is."""

    graph_input_name: str
    mapped_node_name: str
    mapped_node_input_name: str
    fan_in_index: int | None = None
    graph_input_description: str | None = None
    dagster_type: Any = None


@dataclass(frozen=True)
class OutputMapping:
    """An output of a graph, and the output of a node that it is."""

    graph_output_name: str
    mapped_node_name: str
    mapped_node_output_name: str
    graph_output_description: str | None = None
    dagster_type: Any = None
    from_dynamic_mapping: bool = False


def nodes_of(
    graph: str,
    definitions: Sequence[Any],
    dependencies: Mapping[Any, Mapping[str, Any]],
    inputs: Sequence[InputMapping] = (),
) -> tuple[Node, ...]:
    """Return the nodes of a graph that is written down, each after those whose outputs it takes.

    Raises
    ------
    DefinitionError
        When something is named that there is not, a node lacks an input, or nodes depend on each other in a circle.
    """
    by_name = _by_name(graph, definitions)
    nodes: dict[str, Node] = {}
    for key, given in dependencies.items():
        invocation = key if isinstance(key, NodeInvocation) else NodeInvocation(str(key))
        if invocation.name not in by_name:
            raise DefinitionError(
                f"the dependencies of the graph `{graph}` name `{invocation.name}`, which is none of its node_defs."
                f"{near(invocation.name, by_name)}"
            )
        name = checked_name(invocation.alias or invocation.name, "node")
        if not isinstance(given, Mapping):
            raise DefinitionError(
                f"the dependencies of `{name}` in the graph `{graph}` are a dict of DependencyDefinition by input, not "
                f"{given!r}."
            )
        sources = {each: _source(graph, name, each, of) for each, of in given.items()}
        nodes[name] = Node(
            name=name,
            definition=by_name[invocation.name],
            inputs=sources,
            retry_policy=invocation.retry_policy,
            tags=dict(invocation.tags),
            hooks=frozenset(invocation.hook_defs or ()),
        )
    called = {node.definition.name for node in nodes.values()}
    nodes |= {
        name: Node(name=name, definition=each, inputs={})
        for name, each in by_name.items()
        if name not in called
    }
    mapped = {name: dict(node.inputs) for name, node in nodes.items()}
    for each in inputs:
        _check_named(graph, each.mapped_node_name, nodes)
        mapped[each.mapped_node_name][each.mapped_node_input_name] = InputRef(each.graph_input_name)
    for name, sources in mapped.items():
        _check_inputs(graph, name, nodes, sources)
    return tuple(_in_order(graph, nodes, mapped))


def outputs_of(graph: str, nodes: Sequence[Node], mappings: Iterable[OutputMapping]) -> dict[str, OutputRef]:
    """Return the outputs of a graph that is written down.

    Raises
    ------
    DefinitionError
        When one is an output that there is not.
    """
    by_name = {node.name: node for node in nodes}
    found: dict[str, OutputRef] = {}
    for each in mappings:
        _check_output(graph, OutputRef(each.mapped_node_name, each.mapped_node_output_name), by_name)
        found[each.graph_output_name] = OutputRef(each.mapped_node_name, each.mapped_node_output_name)
    return found


def _by_name(graph: str, definitions: Sequence[Any]) -> dict[str, Invocable]:
    found: dict[str, Invocable] = {}
    for each in definitions:
        if not isinstance(each, Invocable):
            raise DefinitionError(
                f"the node_defs of the graph `{graph}` are ops and graphs, and {each!r} is none."
            )
        if found.get(each.name, each) is not each:
            raise DefinitionError(
                f"the graph `{graph}` has two different nodes called `{each.name}`: give one of them another name."
            )
        found[each.name] = each
    return found


def _source(graph: str, node: str, name: str, of: Any) -> Source:
    if isinstance(of, MultiDependencyDefinition):
        return tuple(OutputRef(each.node, each.output) for each in of.dependencies)
    if not isinstance(of, DependencyDefinition):
        raise DefinitionError(
            f"in the graph `{graph}`, `{name}` of `{node}` depends on {of!r}: write DependencyDefinition(…)."
        )
    return OutputRef(of.node, of.output)


def _check_inputs(graph: str, name: str, nodes: Mapping[str, Node], sources: Mapping[str, Source]) -> None:
    definition = nodes[name].definition
    for each, source in sources.items():
        if each not in definition.input_names:
            raise DefinitionError(
                f"in the graph `{graph}`, `{name}` has no input `{each}`.{near(each, definition.input_names)}"
            )
        for part in parts_of(source):
            if isinstance(part, OutputRef):
                _check_output(graph, part, nodes)
    for each in definition.input_names:
        if each in sources or each in definition.optional_inputs:
            continue
        if definition.loadable(each) is None:
            raise DefinitionError(
                f"in the graph `{graph}`, the input `{each}` of `{name}` depends on nothing: say on what in "
                "dependencies, or make it an input of the graph with an InputMapping."
            )


def _in_order(
    graph: str, nodes: Mapping[str, Node], inputs: Mapping[str, Mapping[str, Source]]
) -> list[Node]:
    ordered: dict[str, Node] = {}
    waiting = dict(nodes)
    while waiting:
        ready = [name for name in waiting if not _upstream(inputs[name]) & waiting.keys()]
        if not ready:
            circle = _circle(waiting, inputs)
            raise DefinitionError(
                f"in the graph `{graph}`, these nodes depend on each other in a circle, so none of them can run first: "
                f"{' → '.join([*circle, circle[0]])}. Take one of these dependencies out."
            )
        for name in ready:
            node = waiting.pop(name)
            ordered[name] = Node(
                name=name,
                definition=node.definition,
                inputs=inputs[name],
                retry_policy=node.retry_policy,
                tags=node.tags,
                hooks=node.hooks,
            )
    return list(ordered.values())


def _upstream(sources: Mapping[str, Source]) -> set[str]:
    parts = (part for source in sources.values() for part in parts_of(source))
    return {part.node for part in parts if isinstance(part, OutputRef)}


def _circle(waiting: Mapping[str, Node], inputs: Mapping[str, Mapping[str, Source]]) -> list[str]:
    at, seen = next(iter(waiting)), list[str]()
    while at not in seen:
        seen.append(at)
        at = next(iter(_upstream(inputs[at]) & waiting.keys()))
    # Each comes before what takes its output.
    return seen[seen.index(at) :][::-1]


def _check_named(graph: str, name: str, nodes: Mapping[str, Node]) -> None:
    if name not in nodes:
        raise DefinitionError(f"the graph `{graph}` has no node `{name}`.{near(name, nodes)}")


def _check_output(graph: str, ref: OutputRef, nodes: Mapping[str, Node]) -> None:
    _check_named(graph, ref.node, nodes)
    names = nodes[ref.node].definition.output_names
    if ref.output not in names:
        raise DefinitionError(
            f"in the graph `{graph}`, `{ref.node}` has no output `{ref.output}`.{near(ref.output, names)}"
        )
