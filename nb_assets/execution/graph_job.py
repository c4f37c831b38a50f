"""Running a graph of ops that makes no asset: `@job`, `GraphDefinition.to_job` and `execute_in_process`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, overload

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.assets_definition import AssetsDefinition
from nb_assets.definitions.compute import ComputeFunction
from nb_assets.definitions.config.run_config import as_run_config
from nb_assets.definitions.graph_definition import GraphDefinition, compose_graph
from nb_assets.definitions.hook import HookDefinition, checked_hooks
from nb_assets.definitions.metadata import as_metadata
from nb_assets.definitions.naming import checked_name, checked_owners, tags_as_text
from nb_assets.definitions.op_selection import graph_of_ops, without_others
from nb_assets.definitions.partitions.loading import partition_loading_context
from nb_assets.definitions.resource import as_resources
from nb_assets.definitions.unfolding import unfold
from nb_assets.errors import DefinitionError, InvocationError, RunCancelledError, near
from nb_assets.execution.capture import StepOutput, routed_streams
from nb_assets.execution.dagster_run import dagster_run
from nb_assets.execution.events import (
    AssetLogged,
    Outcome,
    RunFinished,
    RunStarted,
)
from nb_assets.execution.executors import InProcessExecutor
from nb_assets.execution.graph_inputs import check_inputs, inputs_in
from nb_assets.execution.graph_result import GraphRunResult
from nb_assets.execution.instance import DagsterInstance
from nb_assets.execution.job import JobDefinition, partitions_of_job
from nb_assets.execution.memory_keeper import MemoryKeeper
from nb_assets.execution.op_runner import OpRunner
from nb_assets.execution.passing.passing import Passing
from nb_assets.execution.plan import Plan
from nb_assets.execution.provisions import Provisions
from nb_assets.execution.retries import NO_FAILURES
from nb_assets.execution.run import Run
from nb_assets.graph.asset_graph import AssetGraph

if TYPE_CHECKING:
    from nb_assets.definitions.partitions.partitions_definition import PartitionsDefinition
    from nb_assets.definitions.retry import RetryPolicy
    from nb_assets.definitions.unfolding import OpStep, Unfolded


class _GraphRunner(OpRunner):
    """Runs ops as in an asset, but goes on with those that need nothing of one that failed."""

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        self.errors: list[BaseException] = []

    def _op(self, step: OpStep, mapping_key: str | None) -> None:
        try:
            super()._op(step, mapping_key)
        except NO_FAILURES:
            raise
        except BaseException as error:  # noqa: BLE001 - whatever an op raises fails the run
            self.errors.append(error)


@dataclass(frozen=True, kw_only=True)
class GraphJob(JobDefinition):
    """A job that runs a graph of ops.

    Attributes
    ----------
    whole
        The graph that its own is a part of, where some ops were selected.
    """

    graph: GraphDefinition = field(repr=False)
    retry_policy: RetryPolicy | None = None
    input_values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    whole: GraphDefinition | None = field(default=None, repr=False)

    def __call__(self, *_args: Any, **_kwargs: Any) -> Any:
        """Refuse to be called: a job is run.

        Raises
        ------
        InvocationError
            In any case.
        """
        raise InvocationError(
            f"the job `{self.name}` is run, and not called: write `{self.name}.execute_in_process()`. To use its ops in another "
            "one, make it a `@graph`."
        )

    def get_subset(self, *, op_selection: Iterable[str] | None = None) -> GraphJob:
        """Return the job that runs some of the ops: names, with `*` or `+` for what is up- or downstream.

        Raises
        ------
        SelectionError
            When there is no op of that name.
        """
        if op_selection is None:
            return self
        return replace(self, graph=graph_of_ops(self.graph, op_selection), whole=self.whole or self.graph)

    def execute_in_process(
        self,
        run_config: Any = None,
        *,
        raise_on_error: bool = True,
        tags: Mapping[str, str] | None = None,
        input_values: Mapping[str, Any] | None = None,
        op_selection: Iterable[str] | None = None,
        instance: DagsterInstance | None = None,
        run_id: str | None = None,
        resources: Mapping[str, Any] | None = None,
        partition_key: str | None = None,
        **options: Any,
    ) -> GraphRunResult:
        """Run the graph in this process, or some of its ops, and return what came of it."""
        __tracebackhide__ = True
        if op_selection is not None:
            return self.get_subset(op_selection=op_selection).execute_in_process(
                run_config,
                raise_on_error=raise_on_error,
                tags=tags,
                input_values=input_values,
                instance=instance,
                run_id=run_id,
                resources=resources,
                partition_key=partition_key,
                **options,
            )
        with partition_loading_context(dynamic_partitions_store=instance):
            own_tags = self.tags_of_partition(partition_key)
            config = self.run_config_for(run_config, partition_key)
        known = self.input_values
        if self.whole is not None:
            config = without_others(as_run_config(config), self.whole, self.graph)
            known = {name: value for name, value in known.items() if name in self.graph.inputs}
        return execute_graph(
            self.graph,
            input_values={**known, **(input_values or {})},
            raise_on_error=raise_on_error,
            tags={**self.run_tags, **own_tags, **tags_as_text(tags)},
            retry_policy=self.retry_policy,
            job_name=self.name,
            instance=instance,
            run_id=run_id,
            resources={**self.resource_defs, **(resources or {})},
            run_config=config,
            hook_defs=self.hook_defs,
            **options,
        )


def execute_graph(  # noqa: PLR0913 - what a run can be told
    graph: GraphDefinition,
    run_config: Any = None,
    *,
    input_values: Mapping[str, Any] | None = None,
    raise_on_error: bool = True,
    tags: Mapping[str, str] | None = None,
    retry_policy: RetryPolicy | None = None,
    job_name: str | None = None,
    instance: DagsterInstance | None = None,
    run_id: str | None = None,
    hook_defs: AbstractSet[HookDefinition] = frozenset(),
    resources: Mapping[str, Any] | None = None,
) -> GraphRunResult:
    """Run the ops of a graph in this process, and keep what they give in the result alone.

    Raises
    ------
    InvocationError
        When an input has no value, or a value has no input.
    Exception
        What the first op that failed raised, unless `raise_on_error` is off.
    """
    __tracebackhide__ = True
    given = inputs_in(run_config) | dict(input_values or {})
    check_inputs(graph, given)
    instance = DagsterInstance.ephemeral() if instance is None else instance
    # What ops give is kept with the result alone.
    keeper = MemoryKeeper()
    run = Run(
        "python", tags, job_name=job_name or graph.name, instance=instance, run_id=run_id, hook_defs=hook_defs
    )
    instance.began(run)
    key = AssetKey(graph.name)
    compute = ComputeFunction(
        graph.compose_fn or _no_body, graph.inputs, frozenset(), has_context=False, catch_all=False
    )
    resource_defs = as_resources(resources, f"`{graph.name}`")

    def definition_of(ops: Unfolded) -> AssetsDefinition:
        return AssetsDefinition.build(
            compute=compute,
            node_name=graph.name,
            specs_by_output_name={},
            keys_by_input_name={},
            graph=ops,
            graph_config=graph.config,
            resource_defs=resource_defs,
        )

    ops = unfold(graph, retry_policy, without=graph.optional_inputs - given.keys(), loading=True)
    definition = definition_of(ops)
    provisions = Provisions(run_config=run_config, run_id=run.run_id, run=run)
    provisions.read([definition], root=definition)
    if ops.loads:
        definition = definition_of(ops.with_loaded(provisions.inputs))
    taken = {**given, **provisions.inputs}
    output = StepOutput(
        lambda stream, text: run.events.append(
            AssetLogged(run_id=run.run_id, key=key, stream=stream, text=text)
        ),
        echo=True,
    )
    runner = _GraphRunner(
        run=run,
        ops=keeper.ops,
        executor=InProcessExecutor(),
        tell=run.events.append,
        output=output,
        key=key,
        resume=False,
        keeper=instance.keeper,
        provisions=provisions,
        passing=Passing(provisions=provisions, keeper=keeper, graph=AssetGraph({})),
    )
    run.events.append(RunStarted(run_id=run.run_id, keys=(), origin=run.origin))
    began = time.perf_counter()
    outcome: Outcome = "success"
    try:
        with routed_streams():
            list(runner.products(definition, (), taken, dict.fromkeys(taken, run.run_id)))
    except RunCancelledError:
        outcome = "cancelled"
    finally:
        provisions.close()
    if runner.errors:
        outcome = "failure"
    duration = time.perf_counter() - began
    run.events.append(RunFinished(run_id=run.run_id, outcome=outcome, duration=duration))
    run.finish(outcome)
    if runner.errors and raise_on_error:
        raise runner.errors[0]
    return GraphRunResult(
        run_id=run.run_id,
        outcome=outcome,
        duration=duration,
        events=tuple(run.events),
        keeper=keeper,
        plan=Plan(graph=AssetGraph({}), steps=(), stale=(), fresh=()),
        dagster_run=dagster_run(run, outcome),
        graph=graph,
        input_values=given,
    )


def graph_to_job(  # noqa: PLR0913 - what a job can be told
    graph: GraphDefinition,
    *,
    name: str | None = None,
    description: str | None = None,
    tags: Mapping[str, str] | None = None,
    run_tags: Mapping[str, str] | None = None,
    metadata: Mapping[str, Any] | None = None,
    op_retry_policy: RetryPolicy | None = None,
    hooks: AbstractSet[HookDefinition] | None = None,
    owners: Iterable[str] | None = None,
    executor_def: Any = None,
    input_values: Mapping[str, Any] | None = None,
    resource_defs: Mapping[str, Any] | None = None,
    config: Any = None,
    partitions_def: PartitionsDefinition[Any] | None = None,
) -> GraphJob:
    """Return a job that runs a graph.

    Raises
    ------
    DefinitionError
        When the name or a tag is not a valid one, or a value is given for what is no input.
    """
    said = tags_as_text(tags)
    for each in input_values or {}:
        if each not in graph.inputs:
            raise DefinitionError(
                f"the graph `{graph.name}` has no input `{each}`.{near(each, graph.inputs)}"
            )
    return GraphJob(
        name=checked_name(name or graph.name, "job"),
        description=description or graph.description,
        tags=said,
        run_tags=tags_as_text(run_tags) if run_tags else said,
        metadata=as_metadata(metadata),
        graph=graph,
        retry_policy=op_retry_policy,
        hook_defs=checked_hooks(hooks, f"the job `{name or graph.name}`"),
        owners=list(checked_owners(owners, name or graph.name)),
        executor_def=executor_def,
        input_values=dict(input_values or {}),
        resource_defs=as_resources(resource_defs, f"the job `{name or graph.name}`"),
        config=config,
        partitions_def=partitions_of_job(name or graph.name, partitions_def, config),
    )


@overload
def job(compose_fn: Callable[..., Any]) -> GraphJob: ...
@overload
def job(
    *,
    name: str | None = ...,
    description: str | None = ...,
    tags: Mapping[str, str] | None = ...,
    run_tags: Mapping[str, str] | None = ...,
    metadata: Mapping[str, Any] | None = ...,
    op_retry_policy: RetryPolicy | None = ...,
    hooks: AbstractSet[HookDefinition] | None = ...,
    owners: Iterable[str] | None = ...,
    executor_def: Any = ...,
    input_values: Mapping[str, Any] | None = ...,
    resource_defs: Mapping[str, Any] | None = ...,
    config: Any = ...,
    partitions_def: PartitionsDefinition[Any] | None = ...,
) -> Callable[[Callable[..., Any]], GraphJob]: ...
def job(  # noqa: PLR0913 - what a job can be told
    compose_fn: Callable[..., Any] | None = None,
    *,
    name: str | None = None,
    description: str | None = None,
    tags: Mapping[str, str] | None = None,
    run_tags: Mapping[str, str] | None = None,
    metadata: Mapping[str, Any] | None = None,
    op_retry_policy: RetryPolicy | None = None,
    hooks: AbstractSet[HookDefinition] | None = None,
    owners: Iterable[str] | None = None,
    executor_def: Any = None,
    input_values: Mapping[str, Any] | None = None,
    resource_defs: Mapping[str, Any] | None = None,
    config: Any = None,
    partitions_def: PartitionsDefinition[Any] | None = None,
) -> GraphJob | Callable[[Callable[..., Any]], GraphJob]:
    """Make a job of a function whose body calls ops.

    Parameters
    ----------
    tags, run_tags
        What is said of the job, and of its runs: the same unless both are given.
    op_retry_policy
        When a failed op is tried again that has no policy of its own.
    hooks
        What is called after each of its ops: see `success_hook`.
    owners, executor_def
        What is said of the job.
    input_values
        Values of the function's arguments.
    resource_defs
        The resources that its ops need, by name: objects, or definitions of them.
    config
        The configuration of its runs unless they are given one, a `ConfigMapping` to it, or a `PartitionedConfig`.
    partitions_def
        The partitions of which its runs make one.

    Raises
    ------
    DefinitionError
        When the name is not a valid one, or the body does not connect ops.
    """

    def decorate(fn: Callable[..., Any]) -> GraphJob:
        __tracebackhide__ = True
        composed = compose_graph(fn, name=checked_name(name or fn.__name__, "job"), outputs=None)
        return graph_to_job(
            composed,
            description=description,
            tags=tags,
            run_tags=run_tags,
            metadata=metadata,
            op_retry_policy=op_retry_policy,
            hooks=hooks,
            owners=owners,
            executor_def=executor_def,
            input_values=input_values,
            resource_defs=resource_defs,
            config=config,
            partitions_def=partitions_def,
        )

    return decorate if compose_fn is None else decorate(compose_fn)


def _no_body() -> None:
    """Stand for the body of a graph that is written down."""
