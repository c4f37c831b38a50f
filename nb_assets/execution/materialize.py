"""`materialize([...])`: run definitions once, as in a test or a script, outside any session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.assets_definition import AssetsDefinition, definitions_in
from nb_assets.definitions.dependency_names import with_dependencies_found
from nb_assets.definitions.external_assets import external_assets, specs_in
from nb_assets.definitions.io_manager import IOManager, IOManagerDefinition
from nb_assets.definitions.naming import DEFAULT_IO_MANAGER
from nb_assets.definitions.partitions.loading import partition_loading_context
from nb_assets.errors import DefinitionError, DuplicateKeyError
from nb_assets.execution.dagster_run import EPHEMERAL_JOB
from nb_assets.execution.engine import Engine
from nb_assets.execution.executors import InProcessExecutor
from nb_assets.execution.instance import DagsterInstance
from nb_assets.execution.partition_choice import partitions_of_run
from nb_assets.execution.passing.memory import mem_io_manager
from nb_assets.execution.plan import make_plan
from nb_assets.execution.provisions import Provisions, shared_resources
from nb_assets.execution.run import Run, RunResult, result_of
from nb_assets.graph.asset_graph import AssetGraph
from nb_assets.graph.check_selection import checks_of_selection
from nb_assets.graph.partition_view import PartitionView
from nb_assets.graph.resolve import select
from nb_assets.staleness import AssetStatus, PartitionTable, Reading, rolled_up

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.hook import HookDefinition
    from nb_assets.execution.keeper import Keeper


def materialize(  # noqa: PLR0913 - what a run can be given
    assets: Iterable[Any],
    *,
    raise_on_error: bool = True,
    selection: object = None,
    tags: Mapping[str, str] | None = None,
    instance: DagsterInstance | None = None,
    job_name: str = EPHEMERAL_JOB,
    run_id: str | None = None,
    hook_defs: Iterable[HookDefinition] = (),
    resources: Mapping[str, Any] | None = None,
    run_config: Any = None,
    partition_key: str | None = None,
) -> RunResult:
    """Run all the given assets, whatever their state, and keep their values in the result alone, or in an instance.

    Parameters
    ----------
    assets
        Definitions, in any order; specs among them stand for assets that are made elsewhere.
    raise_on_error
        Raise the error of the first asset that failed.
    selection
        Which of them to run; all unless given.
    tags
        What `context.run.tags` holds.
    instance
        What keeps the values and the history. What is not selected is read from it.
    job_name, run_id
        What the run is called.
    hook_defs
        What is called after each step.
    resources
        The resources that they need, by name: objects, or definitions of them.
    run_config
        The configuration of assets, ops and resources, as in Dagster.
    partition_key
        The partition to make of those that have any.

    Raises
    ------
    DefinitionError
        When something given is no definition, a key is given twice, or an asset reads what none of them makes.
    """
    __tracebackhide__ = True
    assets = list(assets)
    graph = AssetGraph(definitions_by_key(assets), checks=checks_in(assets))
    selected = graph.keys if selection is None else select(selection, graph)
    instance = DagsterInstance.ephemeral() if instance is None else instance
    keeper = instance.keeper
    reading = Reading(graph, PartitionView(graph)) if graph.partitioned else None
    with partition_loading_context(dynamic_partitions_store=keeper.partitions):
        partitions, own_tags = partitions_of_run(graph, selected, partition_key, tags)
        known = _known(graph, selected, keeper, reading)
    run = Run(
        "python",
        {**own_tags, **(tags or {})},
        job_name=job_name,
        instance=instance,
        run_id=run_id,
        hook_defs=hook_defs,
    )
    checks = checks_of_selection("*" if selection is None else selection, graph, selected)
    if selection is None:
        # Those of assets that are made elsewhere are given to be run, too.
        checks = list(graph.checks)
    made_by = [*_described(graph), *map(graph.definition, graph.keys), *graph.checks.definitions]
    bindings = shared_resources(dict.fromkeys(made_by), resources)
    with partition_loading_context(dynamic_partitions_store=keeper.partitions):
        plan = make_plan(
            graph,
            selected,
            known,
            force=True,
            exact=True,
            checks=checks,
            partitions=partitions,
            reading=reading,
            has_default=lambda definition: DEFAULT_IO_MANAGER in bindings(definition),
        )
    run.plan = plan
    if not instance.is_ephemeral:
        # The instance may be closed, and its folder gone, before anyone asks for a value.
        run.values = {}
    definitions = [step.definition for step in plan.agenda]
    provisions = Provisions(bindings, run_config=run_config, run_id=run.run_id, run=run)
    provisions.read(definitions)
    instance.began(run)
    engine = Engine(
        plan=plan,
        run=run,
        keeper=keeper,
        executor=InProcessExecutor(),
        fingerprint=lambda key: instance.fingerprint(graph, key, run.run_id, provisions),
        known=known,
        tell=run.events.append,
        echo=True,
        compare=False,
        provisions=provisions,
        fingerprint_check=lambda check: instance.check_fingerprint(graph, check, run.run_id, provisions),
    )
    with partition_loading_context(dynamic_partitions_store=keeper.partitions):
        run.finish(engine.execute())
    result = result_of(run, plan, keeper)
    if raise_on_error:
        result.raise_errors()
    return result


def _described(graph: AssetGraph) -> list[AssetsDefinition]:
    return [told for key in graph.external if (told := graph.described(key)) is not None]


def _known(
    graph: AssetGraph, selected: Iterable[AssetKey], keeper: Keeper, reading: Reading | None
) -> dict[AssetKey, AssetStatus]:
    """Return what a run goes by: what it makes counts as never made, the rest is as it is kept."""
    missing = AssetStatus(state="missing")
    known = dict.fromkeys(selected, missing)
    for key in [*graph.keys, *graph.external]:
        if key not in known and (made := keeper.latest(key)) is not None:
            known[key] = AssetStatus(state="fresh", materialization=made)
        elif key in graph:
            known.setdefault(key, missing)
    if reading is not None:
        for key in graph.partitioned:
            known[key] = _partitions_known(key, reading, keeper)
    return known


def _partitions_known(key: AssetKey, reading: Reading, keeper: Keeper) -> AssetStatus:
    """Return the partitions of an asset as they are kept: whether they are up to date is not asked."""
    table = PartitionTable()
    made = keeper.latest_partitions(key)
    for partition in dict.fromkeys([*reading.view.existing(key), *made]):
        record = made.get(partition)
        table.put(partition, AssetStatus(state="fresh" if record else "missing", materialization=record))
    return rolled_up(table)


def materialize_to_memory(
    assets: Iterable[Any],
    *,
    raise_on_error: bool = True,
    selection: object = None,
    tags: Mapping[str, str] | None = None,
    instance: DagsterInstance | None = None,
    resources: Mapping[str, Any] | None = None,
    run_config: Any = None,
    partition_key: str | None = None,
) -> RunResult:
    """Run all the given assets and keep their values in memory, whatever stores them else. See `materialize`.

    Raises
    ------
    DefinitionError
        When an IO manager is among the resources: values stay in memory here.
    """
    __tracebackhide__ = True
    assets = list(assets)
    definitions = [each for item in assets for each in definitions_in(item)]
    own = {name: each for definition in definitions for name, each in definition.resource_defs.items()}
    for name, each in {**own, **(resources or {})}.items():
        if isinstance(each, (IOManager, IOManagerDefinition)):
            raise DefinitionError(
                f"materialize_to_memory keeps all values in memory, and was given the IO manager `{name}`: leave it out, or "
                "call `materialize`."
            )
    named = {key for definition in definitions for key in definition.manager_keys}
    resources = {**dict.fromkeys(named, mem_io_manager), **(resources or {})}
    return materialize(
        assets,
        raise_on_error=raise_on_error,
        selection=selection,
        tags=tags,
        instance=instance,
        resources=resources,
        run_config=run_config,
        partition_key=partition_key,
    )


def checks_in(assets: Iterable[Any]) -> list[AssetsDefinition]:
    """Return the definitions among these that make checks and no asset."""
    found = (each for item in assets for each in definitions_in(item))
    return list(dict.fromkeys(each for each in found if not each.specs_by_output_name))


def definitions_by_key(assets: Iterable[Any]) -> dict[AssetKey, AssetsDefinition]:
    """Return the definition of each asset; specs among them stand for assets that are made elsewhere.

    Raises
    ------
    DefinitionError
        When something given is no definition, a key is given twice, or an argument stands for an asset that is not given.
    """
    by_key: dict[AssetKey, AssetsDefinition] = {}
    for item in assets:
        specs = specs_in(item)
        found = [*definitions_in(item), *(external_assets([spec]) for spec in specs)]
        if not found:
            raise DefinitionError(
                f"materialize takes assets, that is decorated functions, and {item!r} is none."
            )
        for definition in found:
            for key in definition.specs_by_key:
                if key in by_key and by_key[key] is not definition:
                    raise DuplicateKeyError(
                        f"`{key.to_user_string()}` is given twice: give one of them another name."
                    )
                by_key[key] = definition
    distinct = list({id(each): each for each in by_key.values()}.values())
    found = with_dependencies_found(distinct)
    return by_key if found == distinct else {key: each for each in found for key in each.specs_by_key}
