"""`@graph`: steps that are used as one, composed by calling ops in the body of a function."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, overload

from nb_assets.definitions.composition import Invocable, Invocation, Node, compose, composing
from nb_assets.definitions.config.configured import configured_field
from nb_assets.definitions.config.mapping import ConfigMapping
from nb_assets.definitions.config.own import ANYTHING
from nb_assets.definitions.config.shapes import as_field
from nb_assets.definitions.dependencies import InputMapping, OutputMapping, nodes_of, outputs_of
from nb_assets.definitions.graph_inputs import inputs_within, loadable_within, optional_within
from nb_assets.definitions.naming import checked_name
from nb_assets.definitions.result import DEFAULT_OUTPUT
from nb_assets.definitions.sources import DynamicRef, InputRef, OutputRef, OutputRefs, parts_of
from nb_assets.definitions.upward import execution_module
from nb_assets.errors import DefinitionError, InvocationError, near


@dataclass(frozen=True)
class GraphOut:
    """An output of a graph."""

    description: str | None = None


@dataclass(frozen=True)
class GraphIn:
    """An input of a graph."""

    description: str | None = None


@dataclass(frozen=True, eq=False, init=False)
class GraphDefinition(Invocable):
    """Steps and how they are connected: composed by the body of a function, or written down.

    Parameters
    ----------
    node_defs, dependencies, input_mappings, output_mappings
        The ops and graphs, what the inputs of each depend on, and what the inputs and outputs of the graph are.
    compose_fn, nodes, inputs, outputs, declared, dynamic
        What a body that was run gave in place of these.

    Raises
    ------
    DefinitionError
        When a dependency names what there is not, or an input depends on nothing.
    """

    name: str
    compose_fn: Callable[..., Any] | None
    nodes: tuple[Node, ...]
    inputs: tuple[str, ...]
    outputs: Mapping[str, OutputRef]
    declared: tuple[str, ...] | None
    more_inputs: tuple[str, ...]
    description: str | None
    config: Any
    dynamic: frozenset[str]
    tags: Mapping[str, str]

    def __init__(
        self,
        name: str,
        *,
        description: str | None = None,
        node_defs: Sequence[Any] | None = None,
        dependencies: Mapping[Any, Mapping[str, Any]] | None = None,
        input_mappings: Sequence[InputMapping] | None = None,
        output_mappings: Sequence[OutputMapping] | None = None,
        config: Any = None,
        tags: Mapping[str, str] | None = None,
        compose_fn: Callable[..., Any] | None = None,
        nodes: tuple[Node, ...] | None = None,
        inputs: tuple[str, ...] | None = None,
        outputs: Mapping[str, OutputRef] | None = None,
        declared: tuple[str, ...] | None = None,
        more_inputs: tuple[str, ...] = (),
        dynamic: frozenset[str] = frozenset(),
    ) -> None:
        taken = input_mappings or ()
        if nodes is None:
            checked_name(name, "graph")
            nodes = nodes_of(name, node_defs or (), dependencies or {}, taken)
        values = {
            "name": name,
            "compose_fn": compose_fn,
            "nodes": nodes,
            "inputs": tuple(dict.fromkeys(each.graph_input_name for each in taken))
            if inputs is None
            else inputs,
            "outputs": outputs_of(name, nodes, output_mappings or ()) if outputs is None else outputs,
            "declared": declared,
            "more_inputs": more_inputs,
            "description": description,
            "config": config,
            "dynamic": dynamic,
            "tags": dict(tags or {}),
        }
        for field_name, value in values.items():
            object.__setattr__(self, field_name, value)

    @property
    def dynamic_outputs(self) -> frozenset[str]:
        """The outputs of which it is known at run time alone how many parts they have."""
        return self.dynamic

    @property
    def input_names(self) -> tuple[str, ...]:
        """The inputs in the order of the function's arguments."""
        return self.inputs

    @property
    def output_names(self) -> tuple[str, ...]:
        """The outputs in order."""
        return tuple(self.outputs)

    @property
    def input_defs(self) -> tuple[Any, ...]:
        """The inputs with their names, each as the first op or graph that takes it declares it."""
        return inputs_within(self.inputs, self.nodes)

    @property
    def input_dict(self) -> dict[str, Any]:
        """The inputs by name."""
        return {each.name: each for each in self.input_defs}

    @property
    def optional_inputs(self) -> frozenset[str]:
        """The inputs that may be left unconnected: what takes them needs none of them."""
        return optional_within(self.inputs, self.nodes)

    def loadable(self, name: str) -> Any:
        """Return the type of an input whose value the configuration of a run may have; None of any other."""
        return loadable_within(name, self.nodes)

    def recomposed(self) -> GraphDefinition:
        """Return the graph as its body composes it now, of the ops that its names stand for now."""
        if self.compose_fn is None:
            return self
        return compose_graph(
            self.compose_fn,
            name=self.name,
            outputs=self.declared,
            description=self.description,
            config=self.config,
            more_inputs=self.more_inputs,
        )

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Add the graph as a node to the graph whose body is being run.

        Raises
        ------
        InvocationError
            Outside of a graph's body.
        """
        __tracebackhide__ = True
        composition = compose()
        if composition is None:
            raise InvocationError(
                f"the graph `{self.name}` connects ops and has no value of its own: call it in the body of another "
                "graph, or make an asset of it with `@graph_asset`."
            )
        return composition.add(Invocation(self), args, kwargs)

    def configured(
        self,
        config_or_config_fn: Any,
        name: str,
        config_schema: Any = None,
        description: str | None = None,
    ) -> GraphDefinition:
        """Return the same graph under another name, with the configuration of its mapping given, or made by a function.

        Raises
        ------
        DefinitionError
            When the graph has no `ConfigMapping`, so that there is nothing to configure.
        """
        if not isinstance(self.config, ConfigMapping):
            raise DefinitionError(
                f"the graph `{self.name}` has no ConfigMapping, and so no configuration of its own: configure its ops."
            )
        own = as_field(self.config.config_schema) if self.config.config_schema is not None else ANYTHING
        field = configured_field(own, config_or_config_fn, config_schema, name)
        mapping = ConfigMapping(self.config.config_fn, field, self.config.receive_processed_config_values)
        return replace(
            self,
            name=checked_name(name, "graph"),
            config=mapping,
            description=description or self.description,
        )

    def execute_in_process(self, run_config: Any = None, **options: Any) -> Any:
        """Run the ops in this process, and return what came of it. See `nb_assets.execution.graph_job.execute_graph`."""
        __tracebackhide__ = True
        return execution_module("graph_job").execute_graph(self, run_config, **options)

    def to_job(self, name: str | None = None, **options: Any) -> Any:
        """Return a job that runs the graph. See `nb_assets.execution.graph_job.graph_to_job`."""
        return execution_module("graph_job").graph_to_job(self, name=name, **options)

    def __repr__(self) -> str:
        return f"<GraphDefinition {self.name}: {', '.join(node.name for node in self.nodes)}>"


def compose_graph(
    fn: Callable[..., Any],
    *,
    name: str,
    outputs: tuple[str, ...] | None,
    description: str | None = None,
    config: Any = None,
    tags: Mapping[str, Any] | None = None,
    more_inputs: tuple[str, ...] = (),
) -> GraphDefinition:
    """Run the body of a graph and return its definition.

    Parameters
    ----------
    outputs
        The names of the outputs in order; None for a graph of at most one, whose name is `result`.
    more_inputs
        The inputs that a function with `**kwargs` is handed besides those that it names.

    Raises
    ------
    DefinitionError
        When the body does not connect ops, or does not return what the outputs say.
    """
    __tracebackhide__ = True
    parameters = list(inspect.signature(fn).parameters.values())
    if more_inputs and parameters and parameters[-1].kind is inspect.Parameter.VAR_KEYWORD:
        parameters.pop()
    else:
        more_inputs = ()
    for parameter in parameters:
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD, parameter.POSITIONAL_ONLY):
            raise DefinitionError(
                f"`{name}` takes `{parameter}`: the arguments of a graph stand for values by name."
            )
        if parameter.name == "context":
            raise DefinitionError(
                f"the body of `{name}` connects ops and does not run with them, so there is no context for it: take "
                "`context` in an op."
            )
    named = [parameter.name for parameter in parameters]
    inputs = tuple(dict.fromkeys([*named, *more_inputs]))
    with composing(name) as composition:
        returned = fn(**{each: InputRef(each) for each in inputs})
    _check_used(name, inputs, composition.nodes.values())
    found = _returned(returned, name, outputs)
    composed = GraphDefinition(
        name=name,
        compose_fn=fn,
        nodes=tuple(composition.nodes.values()),
        inputs=inputs,
        outputs={each: OutputRef(ref.node, ref.output) for each, ref in found.items()},
        declared=outputs,
        more_inputs=more_inputs,
        description=description or inspect.getdoc(fn),
        config=config,
        tags=tags,
        dynamic=frozenset(each for each, ref in found.items() if isinstance(ref, DynamicRef)),
    )
    if any(node.definition.dynamic_outputs for node in composed.nodes):
        # What is mapped over what shows with the graphs inside it unfolded alone, which is built on this class.
        importlib.import_module("nb_assets.definitions.unfolding").unfold(composed)
    return composed


def _check_used(name: str, inputs: tuple[str, ...], nodes: Iterable[Node]) -> None:
    used = {part for node in nodes for source in node.inputs.values() for part in parts_of(source)}
    for each in inputs:
        if InputRef(each) not in used:
            raise DefinitionError(
                f"no op of the graph `{name}` takes its argument `{each}`: pass it to one, or leave it out."
            )


def _returned(returned: Any, name: str, outputs: tuple[str, ...] | None) -> dict[str, OutputRef | DynamicRef]:
    if isinstance(returned, dict):
        names = outputs or (DEFAULT_OUTPUT,)
        for each in returned:
            if each not in names:
                raise DefinitionError(
                    f"`{name}` returns `{each}`, which is none of its outputs.{near(str(each), names)} They are "
                    f"{', '.join(names)}."
                )
        found = returned
    elif outputs is not None and len(outputs) != 1:
        values = tuple(returned) if isinstance(returned, (tuple, list)) else (returned,)
        if len(values) != len(outputs):
            raise DefinitionError(
                f"`{name}` returns {len(values)} outputs, and {len(outputs)} are declared: {', '.join(outputs)}."
            )
        found = dict(zip(outputs, values, strict=True))
    elif returned is None:
        found = {}
    else:
        single = outputs[0] if outputs else DEFAULT_OUTPUT
        found = (
            {each.output: each for each in returned}
            if outputs is None and isinstance(returned, OutputRefs)
            else {single: returned}
        )
    _check_returned(found, name)
    missing = [each for each in outputs or () if each not in found]
    if missing:
        raise DefinitionError(
            f"`{name}` returns nothing for its output `{missing[0]}`: return the result of an op for it."
        )
    return dict(found)


def _check_returned(found: Mapping[str, Any], name: str) -> None:
    for each, value in found.items():
        if isinstance(value, InputRef):
            raise DefinitionError(
                f"`{name}` returns its argument `{value.name}` as it is: return what an op makes of it."
            )
        if type(value) not in (OutputRef, DynamicRef):
            raise DefinitionError(
                f"`{name}` returns {value!r} for `{each}`, which is no output of an op. The body of a graph returns "
                "what its ops give: return the result of calling one."
            )


@overload
def graph(compose_fn: Callable[..., Any]) -> GraphDefinition: ...
@overload
def graph(
    *,
    name: str | None = ...,
    description: str | None = ...,
    ins: Mapping[str, GraphIn] | None = ...,
    out: GraphOut | Mapping[str, GraphOut] | None = ...,
    tags: Mapping[str, Any] | None = ...,
    config: Any = ...,
) -> Callable[[Callable[..., Any]], GraphDefinition]: ...
def graph(
    compose_fn: Callable[..., Any] | None = None,
    *,
    name: str | None = None,
    description: str | None = None,
    ins: Mapping[str, GraphIn] | None = None,
    out: GraphOut | Mapping[str, GraphOut] | None = None,
    tags: Mapping[str, Any] | None = None,
    config: Any = None,
) -> GraphDefinition | Callable[[Callable[..., Any]], GraphDefinition]:
    """Make a graph of a function whose body calls ops and returns what they give.

    Parameters
    ----------
    ins
        Descriptions of the inputs, which are the function's arguments.
    out
        The output, or several by name.
    config
        The configuration of its ops by name, or a `ConfigMapping` from a configuration of its own to theirs.

    Raises
    ------
    DefinitionError
        When the body does not connect ops, or returns something else.
    """

    def decorate(fn: Callable[..., Any]) -> GraphDefinition:
        __tracebackhide__ = True
        graph_name = checked_name(name or fn.__name__, "graph")
        for each in ins or {}:
            known = inspect.signature(fn).parameters
            if each not in known:
                raise DefinitionError(
                    f"`ins` of the graph `{graph_name}` names `{each}`, which is no argument.{near(each, known)}"
                )
        outputs = tuple(out) if isinstance(out, Mapping) else None
        return compose_graph(
            fn, name=graph_name, outputs=outputs, description=description, config=config, tags=tags
        )

    return decorate if compose_fn is None else decorate(compose_fn)
