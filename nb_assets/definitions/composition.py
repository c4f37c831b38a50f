"""Running the body of a graph to learn its steps: calls of ops become nodes, what they return stands for outputs.

No op's function runs here. The graph being composed is a context variable, so that graphs may be composed inside graphs.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.hook import HookDefinition, checked_hooks
from nb_assets.definitions.naming import checked_name, tags_as_text
from nb_assets.definitions.sources import (
    CollectedRef,
    DynamicRef,
    InputRef,
    MappedRef,
    OutputRef,
    OutputRefs,
    Source,
)
from nb_assets.errors import DefinitionError, near

if TYPE_CHECKING:
    from nb_assets.definitions.retry import RetryPolicy

_MAX_SHOWN = 60

_current: ContextVar[Composition | None] = ContextVar("nb_assets_composition", default=None)


class Invocable:
    """What can be a node of a graph: an op or another graph."""

    name: str

    @property
    def input_names(self) -> tuple[str, ...]:
        """The inputs in the order in which a call passes them."""
        raise AttributeError

    @property
    def output_names(self) -> tuple[str, ...]:
        """The outputs in order."""
        raise AttributeError

    @property
    def optional_inputs(self) -> frozenset[str]:
        """The inputs that may be left unconnected."""
        raise AttributeError

    def loadable(self, name: str) -> Any:
        """Return the type of an input whose value the configuration of a run may have; None of any other."""
        del name
        return None

    @property
    def dynamic_outputs(self) -> frozenset[str]:
        """The outputs of which it is known at run time alone how many parts they have."""
        return frozenset()

    def alias(self, name: str) -> Invocation:
        """Return the same step under another name, to be called in a graph."""
        return Invocation(self).alias(name)

    def tag(self, tags: Mapping[str, Any]) -> Invocation:
        """Return the same step with tags, to be called in a graph."""
        return Invocation(self).tag(tags)

    def with_retry_policy(self, retry_policy: RetryPolicy) -> Invocation:
        """Return the same step with another retry policy, to be called in a graph."""
        return Invocation(self).with_retry_policy(retry_policy)

    def with_hooks(self, hook_defs: AbstractSet[HookDefinition]) -> Invocation:
        """Return the same step with hooks that are called after it, to be called in a graph."""
        return Invocation(self).with_hooks(hook_defs)


@dataclass(frozen=True, eq=False)
class Invocation:
    """A step as it is about to be called: the definition with what this one call changes."""

    definition: Invocable
    given_name: str | None = None
    tags: Mapping[str, Any] = field(default_factory=dict)
    retry_policy: RetryPolicy | None = None
    hooks: frozenset[HookDefinition] = frozenset()

    def alias(self, name: str) -> Invocation:
        """Return it under another name."""
        return self._changed(given_name=checked_name(name, "op"))

    def tag(self, tags: Mapping[str, Any]) -> Invocation:
        """Return it with more tags."""
        return self._changed(tags={**self.tags, **tags_as_text(tags)})

    def with_retry_policy(self, retry_policy: RetryPolicy) -> Invocation:
        """Return it with another retry policy."""
        return self._changed(retry_policy=retry_policy)

    def with_hooks(self, hook_defs: AbstractSet[HookDefinition]) -> Invocation:
        """Return it with more hooks that are called after it."""
        return self._changed(hooks=self.hooks | checked_hooks(hook_defs, f"`{self.definition.name}`"))

    def _changed(self, **changes: Any) -> Invocation:
        changed = replace(self, **changes)
        composition = _current.get()
        if composition is not None:
            composition.uncalled.pop(id(self), None)
            composition.uncalled[id(changed)] = changed
        return changed

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Add it to the graph whose body is being run; outside of one, call the op as it is.

        Raises
        ------
        InvocationError
            When it is no op, and called outside of a graph's body.
        """
        composition = _current.get()
        if composition is None:
            call: Any = self.definition
            return call(*args, **kwargs)
        return composition.add(self, args, kwargs)

    def execute_in_process(self, **options: Any) -> Any:
        """Run the graph under its other name, and return what came of it."""
        return self._renamed().execute_in_process(**options)

    def to_job(self, **options: Any) -> Any:
        """Return a job that runs the graph under its other name."""
        return self._renamed().to_job(**options)

    def _renamed(self) -> Any:
        definition: Any = self.definition
        if not hasattr(definition, "execute_in_process"):
            raise DefinitionError(
                f"`{definition.name}` is an op, and what is run by itself is a graph: call it in the body of one."
            )
        return replace(definition, name=self.given_name or definition.name)


@dataclass(frozen=True, kw_only=True)
class Node:
    """A step of a graph: what is called, and where each of its inputs comes from."""

    name: str
    definition: Invocable
    inputs: Mapping[str, Source]
    retry_policy: RetryPolicy | None = None
    tags: Mapping[str, Any] = field(default_factory=dict)
    hooks: frozenset[HookDefinition] = frozenset()


class Composition:
    """The nodes of a graph whose body is being run."""

    def __init__(self, graph_name: str) -> None:
        self.graph_name = graph_name
        self.nodes: dict[str, Node] = {}
        # Those that were given another name, tags or a policy here, until they are called.
        self.uncalled: dict[int, Invocation] = {}

    def add(self, invocation: Invocation, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        """Add a node; return what stands for its outputs.

        Raises
        ------
        DefinitionError
            When an argument is no output of a step, there is one too many, or one is missing.
        """
        __tracebackhide__ = True
        definition = invocation.definition
        self.uncalled.pop(id(invocation), None)
        name = self._name(invocation)
        names = definition.input_names
        if len(args) > len(names):
            raise DefinitionError(
                f"in the graph `{self.graph_name}`, `{name}` is called with {len(args)} arguments, and it takes "
                f"{len(names)}: {', '.join(names) or 'none'}."
            )
        inputs: dict[str, Source] = {}
        for input_name, value in [*zip(names, args, strict=False), *kwargs.items()]:
            if input_name not in names:
                raise DefinitionError(
                    f"in the graph `{self.graph_name}`, `{name}` is called with `{input_name}`, which is none of its "
                    f"inputs.{near(input_name, names)} It takes {', '.join(names) or 'none'}."
                )
            if input_name in inputs:
                raise DefinitionError(
                    f"in the graph `{self.graph_name}`, `{input_name}` is given twice to `{name}`."
                )
            inputs[input_name] = self._source(value, name, input_name)
        missing = [each for each in names if each not in inputs and each not in definition.optional_inputs]
        missing = [each for each in missing if definition.loadable(each) is None]
        if missing:
            raise missing_input(self.graph_name, name, missing[0])
        self.nodes[name] = Node(
            name=name,
            definition=definition,
            inputs=inputs,
            retry_policy=invocation.retry_policy,
            tags=invocation.tags,
            hooks=invocation.hooks,
        )
        return _handles(name, definition)

    def _name(self, invocation: Invocation) -> str:
        if invocation.given_name is not None:
            if invocation.given_name in self.nodes:
                raise DefinitionError(
                    f"in the graph `{self.graph_name}`, two steps are called `{invocation.given_name}`: give one of "
                    "them another alias."
                )
            return invocation.given_name
        base = invocation.definition.name
        existing = self.nodes.get(base)
        if existing is not None and existing.definition is not invocation.definition:
            raise DefinitionError(
                f"in the graph `{self.graph_name}`, two different ops are called `{base}`: give one of them another "
                "name, or call it as `.alias(…)(…)`."
            )
        name, count = base, 1
        while name in self.nodes:
            count += 1
            name = f"{base}_{count}"
        return name

    def _source(self, value: Any, node: str, input_name: str) -> Source:
        if isinstance(value, (OutputRef, InputRef)):
            return value
        where = f"in the graph `{self.graph_name}`, `{input_name}` of `{node}`"
        if isinstance(value, list):
            for each in value:
                if not isinstance(each, (OutputRef, InputRef)):
                    break
                if isinstance(each, (MappedRef, CollectedRef)):
                    raise DefinitionError(
                        f"{where} is given a list with parts of the dynamic output of `{each.node}`: a list is of what single "
                        "steps give. Pass on all parts at once, with `collect()`."
                    )
            else:
                return tuple(value)
        if isinstance(value, DynamicRef):
            raise DefinitionError(
                f"{where} is given the dynamic output of `{value.node}` as it is: have the op run for each of its parts with "
                "`map(…)`, or pass on a list of them with `collect()`."
            )
        if isinstance(value, OutputRefs):
            outputs = ", ".join(each.output for each in value)
            raise DefinitionError(
                f"{where} is given all outputs of `{value[0].node}` at once: pass on one of them ({outputs})."
            )
        raise DefinitionError(
            f"{where} is given {_shown(value)}. The body of a graph only connects ops: pass the output of an op or an argument "
            "of the graph. A plain value goes into the op's configuration, or is returned by an op of its own."
        )


@contextmanager
def composing(graph_name: str) -> Iterator[Composition]:
    """Collect the calls of ops in the block as nodes."""
    composition = Composition(graph_name)
    token = _current.set(composition)
    try:
        yield composition
        for uncalled in composition.uncalled.values():
            warnings.warn(
                f"in the graph `{graph_name}`, `{uncalled.given_name or uncalled.definition.name}` was given another name, tags, "
                "hooks or a retry policy and never called, so it is no step: call it, as in `.alias(…)(…)`.",
                stacklevel=2,
            )
    finally:
        _current.reset(token)


def compose() -> Composition | None:
    """Return the graph that is being composed, if one is."""
    return _current.get()


def _handles(node: str, definition: Invocable) -> Any:
    dynamic = definition.dynamic_outputs
    handles = [
        DynamicRef(node, output) if output in dynamic else OutputRef(node, output)
        for output in definition.output_names
    ]
    if not handles:
        return None
    if len(handles) == 1:
        return handles[0]
    return OutputRefs(handles)


def _shown(value: Any) -> str:
    text = repr(value)
    return f"{text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + '…'} ({type(value).__name__})"


def missing_input(graph: str, node: str, name: str) -> DefinitionError:
    """Return the error of a node that lacks an input."""
    return DefinitionError(
        f"in the graph `{graph}`, `{node}` is called without its input `{name}`: pass it the output of another op, or an "
        "argument of the graph."
    )
