"""What a run would do, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from nb_assets.definitions.dependency_names import missing_input
from nb_assets.definitions.naming import DEFAULT_IO_MANAGER
from nb_assets.errors import DefinitionError
from nb_assets.execution.agenda import agenda
from nb_assets.execution.keeper import OBSERVED
from nb_assets.execution.partition_plan import PartitionPlanner, is_fresh
from nb_assets.staleness.checks import made_partitions

if TYPE_CHECKING:
    from nb_assets.definitions.asset_check import AssetCheckKey
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.staleness import AssetStatus, Reading


@dataclass(frozen=True, kw_only=True)
class Step:
    """One call of a function, the assets that it makes in this run, and the checks: without assets, those alone.

    Attributes
    ----------
    exact
        Whether what it is handed is taken to be there.
    partitions
        The partitions to make, as far as they are not fresh; None where there are none.
    """

    definition: AssetsDefinition
    keys: tuple[AssetKey, ...]
    force: bool
    checks: tuple[AssetCheckKey, ...] = ()
    exact: bool = False
    partitions: tuple[str, ...] | None = None

    @property
    def told_under(self) -> AssetKey:
        """The asset under which is told what the function prints."""
        return self.keys[0] if self.keys else self.checks[0].asset_key


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The steps of a run in order.

    Attributes
    ----------
    keys
        The assets of the steps, each after what it is derived from.
    stale
        Those that a run makes, as far as is known before it: an equal value upstream may spare some of them.
    fresh
        Those that need no run.
    needed
        Those that were not selected, but whose value a selected one needs and does not have.
    checks
        The steps that run checks and make no asset.
    reading
        What reads the partitions behind inputs, where the graph has any.
    to_make
        How many partitions a run makes of each asset that has any, as far as is known before it.
    """

    graph: AssetGraph
    steps: tuple[Step, ...]
    stale: tuple[AssetKey, ...]
    fresh: tuple[AssetKey, ...]
    needed: tuple[AssetKey, ...] = ()
    checks: tuple[Step, ...] = ()
    reading: Reading | None = None
    to_make: Mapping[AssetKey, int] = field(default_factory=dict)

    @cached_property
    def agenda(self) -> tuple[Step, ...]:
        """All steps, those of checks among them, in order."""
        return agenda(self.steps, self.checks)

    @property
    def check_keys(self) -> tuple[AssetCheckKey, ...]:
        """The checks of all steps, in order."""
        return tuple(key for step in self.agenda for key in step.checks)

    @property
    def keys(self) -> tuple[AssetKey, ...]:
        """The assets of all steps, in order."""
        return tuple(key for step in self.steps for key in step.keys)


def make_plan(  # noqa: PLR0913 - all that a plan depends on
    graph: AssetGraph,
    selected: Iterable[AssetKey],
    status: Mapping[AssetKey, AssetStatus],
    *,
    force: bool | Collection[AssetKey] = False,
    upstream: bool = False,
    exact: bool = False,
    checks: Iterable[AssetCheckKey] | None = None,
    partitions: Mapping[AssetKey, tuple[str, ...]] | None = None,
    reading: Reading | None = None,
    has_default: Callable[[AssetsDefinition], bool] | None = None,
) -> Plan:
    """Plan a run of the selected assets.

    Parameters
    ----------
    status
        The status of the selected assets and of all that they are derived from.
    force
        Run the selected ones even when they are fresh, or those of them that are named.
    upstream
        Bring what they are derived from up to date too.
    exact
        Leave out what is not selected, unless its value is passed to a selected one: what only comes first is taken to
        be there.
    checks
        The checks to run; those of the selected assets unless given.
    partitions, reading
        The partitions to make of those selected assets that have any, and what reads those behind inputs.
    has_default
        Tells whether a definition has the default IO manager, which reads what nothing tells of.

    Raises
    ------
    DefinitionError
        When one of them reads an asset that nothing makes.
    """
    selected = list(selected)
    chosen = _with_made_together(graph, selected)
    with_assets: set[AssetCheckKey] = set()
    alone: set[AssetCheckKey] = set()
    if graph.checks:
        for check in graph.checks.of_all(chosen) if checks is None else checks:
            made_together = graph.checks.is_made_with_asset(check)
            (with_assets if made_together else alone).add(check)
            if made_together and not graph.checks.definition(check).can_subset:
                chosen |= graph.checks.definition(check).keys
    parts: dict[AssetKey, tuple[str, ...]] = {}
    if reading is not None and graph.partitioned:
        planner = PartitionPlanner(
            graph,
            reading.view,
            status,
            partitions or {},
            upstream=upstream,
            exact=exact,
            force=bool(force),
        )
        wanted, parts = planner.wanted(chosen)
        needed = set() if upstream else wanted - chosen
    elif upstream:
        wanted = _with_made_together(graph, (key for key in graph.ancestors(chosen) if key in graph))
        needed = set()
    else:
        loaded = (has_default or _has_own_default) if exact else None
        needed = _without_value(graph, chosen, status, loaded)
        wanted = chosen | needed
    _check_inputs(graph, wanted, status, has_default or _has_own_default)
    ordered = graph.in_order(wanted)
    forced = chosen if force is True else chosen.intersection(force or ())
    steps = tuple(
        Step(
            definition=graph.definition(keys[0]),
            keys=tuple(keys),
            force=bool(forced.intersection(keys)),
            checks=_made_with(graph.definition(keys[0]), _checks_of(graph, keys, with_assets)),
            partitions=_together(keys, parts) if parts else None,
        )
        for keys in _calls(graph, ordered)
    )
    to_make = {
        key: len(each) if key in forced else sum(not is_fresh(status[key], partition) for partition in each)
        for key, each in parts.items()
    }

    def is_left(key: AssetKey) -> bool:
        return key not in forced and (not to_make[key] if key in to_make else status[key].state == "fresh")

    fresh = tuple(key for key in ordered if is_left(key))
    return Plan(
        graph=graph,
        steps=steps,
        stale=tuple(key for key in ordered if not is_left(key)),
        fresh=fresh,
        needed=tuple(key for key in ordered if key in needed),
        checks=_check_steps(
            graph, alone | with_assets, steps, status, parts, force=force is True, exact=exact
        ),
        reading=reading,
        to_make=to_make,
    )


def _together(keys: Sequence[AssetKey], parts: Mapping[AssetKey, tuple[str, ...]]) -> tuple[str, ...] | None:
    """Return the partitions of assets that one call makes, each of which may want some of them."""
    given = [parts[key] for key in keys if key in parts]
    if len(given) < 2:  # noqa: PLR2004 - the rest is for several
        return given[0] if given else None
    return tuple(dict.fromkeys(partition for each in given for partition in each))


def _calls(graph: AssetGraph, ordered: Iterable[AssetKey]) -> list[list[AssetKey]]:
    """Return the assets of each call of a function: one call each, but for those that others come between."""
    calls: list[list[AssetKey]] = []
    last: dict[int, int] = {}
    call_of: dict[AssetKey, int] = {}
    for key in ordered:
        definition = id(graph.definition(key))
        at = last.get(definition)
        if at is not None and definition in graph.called_apart:
            others = (call_of[other] for other in graph.upstream(key) if other in call_of)
            at = None if max(others, default=-1) > at else at
        if at is None:
            at = last[definition] = len(calls)
            calls.append([])
        calls[at].append(key)
        call_of[key] = at
    return calls


def _checks_of(
    graph: AssetGraph, keys: Collection[AssetKey], checks: set[AssetCheckKey]
) -> set[AssetCheckKey]:
    """Return the checks that a call is asked for: where there are several calls, those of what this one makes."""
    if id(graph.definition(next(iter(keys)))) not in graph.called_apart:
        return checks
    return {check for check in checks if check.asset_key in keys}


def _made_with(definition: AssetsDefinition, checks: set[AssetCheckKey]) -> tuple[AssetCheckKey, ...]:
    """Return the checks that the function of some assets makes with them: all of them, unless it can leave some out."""
    if not definition.check_specs_by_output_name:
        return ()
    some = definition.can_subset or definition.graph is not None
    return tuple(key for key in definition.check_specs_by_key if not some or key in checks)


def _check_steps(
    graph: AssetGraph,
    wanted: set[AssetCheckKey],
    steps: Iterable[Step],
    status: Mapping[AssetKey, AssetStatus],
    parts: Mapping[AssetKey, tuple[str, ...]],
    *,
    force: bool,
    exact: bool,
) -> tuple[Step, ...]:
    """Return a step for each function of checks that is not called for its assets anyway.

    One that looks at single partitions has a step for each: those that are made, or that were.
    """
    if not wanted:
        return ()
    called = {id(step.definition) for step in steps}
    by_definition: dict[int, list[AssetCheckKey]] = {}
    for key in graph.checks:
        definition = graph.checks.definition(key)
        if key in wanted and id(definition) not in called:
            by_definition.setdefault(id(definition), []).append(key)
    made = []
    for keys in by_definition.values():
        definition = graph.checks.definition(keys[0])
        own = tuple(keys) if definition.can_subset else tuple(definition.check_specs_by_key)
        step = Step(definition=definition, keys=(), force=force, checks=own, exact=exact)
        single = [key.asset_key for key in own if graph.checks.spec(key).partitions_def is not None]
        if not single:
            made.append(step)
            continue
        partitions = parts.get(single[0]) or tuple(made_partitions(single[0], status))
        made += [replace(step, partitions=(each,)) for each in partitions] or [replace(step, partitions=())]
    return tuple(made)


def _with_made_together(graph: AssetGraph, keys: Iterable[AssetKey]) -> set[AssetKey]:
    """Return the keys with those that the same calls make: a function gives all its assets, unless it can subset."""
    wanted: set[AssetKey] = set()
    for key in keys:
        definition = graph.definition(key)
        wanted |= {key} if definition.can_subset else definition.keys
    return wanted


def _without_value(
    graph: AssetGraph,
    chosen: set[AssetKey],
    status: Mapping[AssetKey, AssetStatus],
    loaded: Callable[[AssetsDefinition], bool] | None,
) -> set[AssetKey]:
    """Return what must be made first, because a chosen asset needs it and it was never made, or is lost.

    With `loaded`, those that pass a value on alone, and none that an IO manager of its own may have from elsewhere.
    """
    needed: set[AssetKey] = set()
    frontier = list(chosen)
    while frontier:
        key = frontier.pop()
        definition = graph.definition(key)
        for other in graph.upstream(key) if loaded is None else definition.keys_by_input_name.values():
            made = other in graph and status[other].has_value
            if other in graph and not made and other not in chosen and other not in needed:
                if loaded is not None and _is_kept_elsewhere(graph, other, loaded):
                    continue
                together = _with_made_together(graph, [other]) - chosen - needed
                needed |= together
                frontier += together
    return needed


def _is_kept_elsewhere(
    graph: AssetGraph, key: AssetKey, has_default: Callable[[AssetsDefinition], bool]
) -> bool:
    """Tell whether an asset has an IO manager that was given: what another run made is there, unless it says otherwise."""
    definition = graph.definition(key)
    return definition.get_io_manager_key_for_asset_key(key) != DEFAULT_IO_MANAGER or has_default(definition)


def _has_own_default(definition: AssetsDefinition) -> bool:
    return DEFAULT_IO_MANAGER in definition.resource_defs


def _check_inputs(
    graph: AssetGraph,
    keys: set[AssetKey],
    status: Mapping[AssetKey, AssetStatus],
    has_default: Callable[[AssetsDefinition], bool],
) -> None:
    for key in graph.in_order(keys):
        definition = graph.definition(key)
        for argument, other in definition.keys_by_input_name.items():
            made = status[other].materialization if other in status else None
            was_made = other in status and (made is None or made.code_version != OBSERVED)
            if other in graph or was_made:
                continue
            given = definition.inputs.get(argument)
            told = graph.described(other)
            named = told is not None and told.get_io_manager_key_for_asset_key(other) != DEFAULT_IO_MANAGER
            loaded = given is not None and given.input_manager_key is not None
            if not loaded and not named and not has_default(definition) and not (told and has_default(told)):
                raise DefinitionError(missing_input(key, argument, other, graph.keys))
