"""A graph as the ops that it comes down to, with the graphs inside it unfolded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.composition import missing_input
from nb_assets.definitions.graph_definition import GraphDefinition
from nb_assets.definitions.input_loading import LoadedInput
from nb_assets.definitions.op import OpDefinition
from nb_assets.definitions.sources import CollectedRef, InputRef, OutputRef, Source, parts_of
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.definitions.composition import Node
    from nb_assets.definitions.hook import HookDefinition
    from nb_assets.definitions.op import Out
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
    mapped_over
        The dynamic output for each part of which it runs, if it does.
    """

    path: str
    op: OpDefinition
    inputs: Mapping[str, Source]
    retry_policy: RetryPolicy | None
    tags: Mapping[str, Any] = field(default_factory=dict)
    mapped_over: OutputRef | None = None
    hooks: frozenset[HookDefinition] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Unfolded:
    """The ops of a graph, each after those whose outputs it takes, and what each output of the graph is.

    Attributes
    ----------
    known
        What each output of each node is, by the path of the node, the graphs inside it included.
    configs
        The configuration, or how it is made, of the graphs inside it that have one, by path.
    loads
        The inputs whose values the configuration of a run may have, by the names that steps have for them.
    """

    steps: tuple[OpStep, ...]
    results: Mapping[str, OutputRef]
    known: Mapping[tuple[str, str], OutputRef]
    configs: Mapping[str, Any] = field(default_factory=dict)
    loads: Mapping[str, LoadedInput] = field(default_factory=dict)

    def with_loaded(self, given: Mapping[str, Any]) -> Unfolded:
        """Return the same without the inputs that a configuration may have the values of, and has not."""
        missing = self.loads.keys() - given.keys()
        if not missing:
            return self
        steps = tuple(
            replace(
                step,
                inputs={
                    name: source
                    for name, source in step.inputs.items()
                    if not isinstance(source, InputRef) or source.name not in missing
                },
            )
            for step in self.steps
        )
        return replace(self, steps=steps)

    def out_of(self, output: str) -> Out:
        """Return what is said of the output of the op that an output of the graph is."""
        source = self.results[output]
        (out,) = (step.op.outs[source.output] for step in self.steps if step.path == source.node)
        return out

    @property
    def unneeded(self) -> tuple[str, ...]:
        """The paths of the ops that no output comes from."""
        needed = self.needed_for(self.results)
        return tuple(step.path for step in self.steps if step.path not in needed)

    def outputs_for(self, outputs: Iterable[str]) -> dict[str, frozenset[str]]:
        """Return the outputs of each op that some outputs of the graph come from."""
        asked = list(outputs)
        needed = self.needed_for(asked)
        found: dict[str, set[str]] = {path: set() for path in needed}
        sources: list[Source] = [self.results[output] for output in asked]
        sources += [source for step in self.steps if step.path in needed for source in step.inputs.values()]
        for source in sources:
            for part in source if isinstance(source, tuple) else (source,):
                if isinstance(part, OutputRef):
                    found[part.node].add(part.output)
        return {path: frozenset(names) for path, names in found.items()}

    def needed_for(self, outputs: Iterable[str]) -> set[str]:
        """Return the paths of the ops that some outputs come from."""
        by_path = {step.path: step for step in self.steps}
        frontier = [self.results[output].node for output in outputs]
        needed: set[str] = set()
        while frontier:
            path = frontier.pop()
            if path not in needed:
                needed.add(path)
                for source in by_path[path].inputs.values():
                    frontier += [part.node for part in parts_of(source) if isinstance(part, OutputRef)]
        return needed


def unfold(
    graph: GraphDefinition,
    retry_policy: RetryPolicy | None = None,
    *,
    anew: bool = False,
    without: AbstractSet[str] = frozenset(),
    loading: bool = False,
) -> Unfolded:
    """Return the ops that a graph comes down to.

    Parameters
    ----------
    retry_policy
        That of the ops that have none of their own.
    anew
        Compose the graph and those inside it again, of the ops that their names stand for now.
    without
        The inputs that are left out, for which what takes them has a default or needs none.
    loading
        Whether inputs that nothing gives may have their values of the configuration of a run.

    Raises
    ------
    DefinitionError
        When an op has an input that nothing gives.
    """
    unfolding = _Unfolding(anew=anew, loading=loading)
    graph = unfolding.composed(graph)
    inputs: dict[str, Source] = {name: InputRef(name) for name in graph.inputs if name not in without}
    unfolding.add(graph, "", inputs, retry_policy, frozenset())
    results = {name: unfolding.known[source.node, source.output] for name, source in graph.outputs.items()}
    return Unfolded(
        steps=tuple(unfolding.steps),
        results=results,
        known=unfolding.known,
        configs=unfolding.configs,
        loads=unfolding.loads,
    )


def unfolding(graph: GraphDefinition, retry_policy: RetryPolicy | None) -> Callable[[bool], Unfolded]:
    """Return what unfolds the graph of assets: as it is, or told so, composed anew.

    Raises
    ------
    DefinitionError
        When nothing that the graph returns comes from one of its ops: what is returned does.
    """

    def unfolded(anew: bool) -> Unfolded:  # noqa: FBT001 - the one thing there is to say
        ops = unfold(graph, retry_policy, anew=anew)
        if graph.dynamic_outputs:
            raise DefinitionError(
                f"`{graph.name}` returns a dynamic output as it is, and an asset is one value: return what an op makes of its parts, "
                "once they are collected."
            )
        if ops.unneeded:
            raise DefinitionError(
                f"nothing that `{graph.name}` returns comes from its op `{ops.unneeded[-1]}`: pass what it gives to "
                "another op, if only to say that it comes first (`In(Nothing)`), or leave it out."
            )
        return ops

    return unfolded


class _Unfolding:
    """Collects the ops of nested graphs under their paths."""

    def __init__(self, *, anew: bool, loading: bool) -> None:
        self.anew = anew
        self.loading = loading
        self.loads: dict[str, LoadedInput] = {}
        self.steps: list[OpStep] = []
        # What an output of a node, by path, is in the end: an output of an op.
        self.known: dict[tuple[str, str], OutputRef] = {}
        self.configs: dict[str, Any] = {}
        # The dynamic output over which each step that is mapped is mapped, by its path.
        self.mapped: dict[str, OutputRef] = {}
        self.dynamic: set[tuple[str, str]] = set()

    def composed(self, graph: GraphDefinition) -> GraphDefinition:
        return graph.recomposed() if self.anew else graph

    def add(
        self,
        graph: GraphDefinition,
        prefix: str,
        given: Mapping[str, Source],
        policy: RetryPolicy | None,
        hooks: frozenset[HookDefinition],
    ) -> None:
        # A node is composed after those that it is connected to, so what it takes is known by now.
        for node in graph.nodes:
            path = prefix + node.name
            inputs = {
                name: self._resolved(source, prefix, given)
                for name, source in node.inputs.items()
                # What was left out of a call falls back on the default of the op.
                if not isinstance(source, InputRef) or source.name in given
            }
            inputs |= self._loaded(graph.name, path, node)
            if isinstance(node.definition, OpDefinition):
                own = node.retry_policy or node.definition.retry_policy or policy
                over = self._mapped_over(path, inputs)
                self.steps.append(
                    OpStep(
                        path=path,
                        op=node.definition,
                        inputs=inputs,
                        retry_policy=own,
                        mapped_over=over,
                        tags={**node.definition.tags, **node.tags},
                        hooks=hooks | node.hooks,
                    )
                )
                self.dynamic.update((path, output) for output in node.definition.dynamic_outputs)
                self.known.update(
                    {(path, output): OutputRef(path, output) for output in node.definition.outs}
                )
            elif isinstance(node.definition, GraphDefinition):
                inner = self.composed(node.definition)
                if inner.config is not None:
                    self.configs[path] = inner.config
                self.add(inner, f"{path}.", inputs, node.retry_policy or policy, hooks | node.hooks)
                for output, source in inner.outputs.items():
                    self.known[path, output] = self.known[f"{path}.{source.node}", source.output]

    def _loaded(self, graph: str, path: str, node: Node) -> dict[str, Source]:
        """Return the inputs of a node that nothing in the graph gives, as those that a configuration may have."""
        definition = node.definition
        found: dict[str, Source] = {}
        for name in definition.input_names:
            if name in node.inputs:
                continue
            is_required = name not in definition.optional_inputs
            declared = definition.loadable(name) if self.loading else None
            if declared is not None:
                each = LoadedInput(path, name, declared, is_required)
                self.loads[each.reference] = each
                found[name] = InputRef(each.reference)
            elif is_required:
                raise missing_input(graph, node.name, name)
        return found

    def _mapped_over(self, path: str, inputs: Mapping[str, Source]) -> OutputRef | None:
        """Return the dynamic output for each part of which a step runs.

        Raises
        ------
        DefinitionError
            When there is more than one, or the step takes all its parts at once as well.
        """
        over: set[OutputRef] = set()
        collected: set[OutputRef] = set()
        for source in inputs.values():
            for part in parts_of(source):
                if not isinstance(part, OutputRef):
                    continue
                origin = self._origin(path, part)
                if origin is not None:
                    (collected if isinstance(part, CollectedRef) else over).add(origin)
        if len(over) > 1:
            names = " and ".join(sorted(f"`{each.node}`" for each in over))
            raise DefinitionError(
                f"`{path}` would run for each part of two dynamic outputs, of {names}: it runs for those of one. Collect the "
                "parts of the other first."
            )
        for each in over & collected:
            raise DefinitionError(
                f"`{path}` takes both one part of the dynamic output of `{each.node}` and all of them: pass the collected ones "
                "through an op of its own."
            )
        if over:
            self.mapped[path] = next(iter(over))
        return next(iter(over), None)

    def _origin(self, path: str, part: OutputRef) -> OutputRef | None:
        """Return the dynamic output that a part, or a list of parts, comes from in the end."""
        before = self.mapped.get(part.node)
        if (part.node, part.output) not in self.dynamic:
            return before
        if before is not None:
            raise DefinitionError(
                f"`{path}` takes parts of the dynamic output of `{part.node}`, which itself runs for each part of that of "
                f"`{before.node}`: a step is downstream of one dynamic output. Collect the parts of the first one before."
            )
        return OutputRef(part.node, part.output)

    def _resolved(self, source: Source, prefix: str, given: Mapping[str, Source]) -> Source:
        if isinstance(source, tuple):
            return tuple(each for part in source for each in parts_of(self._resolved(part, prefix, given)))
        if isinstance(source, InputRef):
            return given[source.name]
        known = self.known[prefix + source.node, source.output]
        # What is taken of it, one part or all of them, stays the same.
        return type(source)(known.node, known.output)
