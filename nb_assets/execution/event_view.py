"""Tells the events of a run as Dagster does. How a step ended is told by what comes after it, so that no event is spent on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.retry import Failure
from nb_assets.definitions.user_events import AssetMaterialization, AssetObservation
from nb_assets.execution.dagster_event import (
    AssetObservationData,
    DagsterEvent,
    DagsterEventType,
    JobFailureData,
    NodeHandle,
    StepExpectationResultData,
    StepFailureData,
    StepInputData,
    StepMaterializationData,
    StepOutputData,
    StepRetryData,
    StepSuccessData,
)
from nb_assets.execution.events import (
    AssetFailed,
    AssetMaterialized,
    AssetSkipped,
    CheckBlocked,
    CheckEvaluated,
    CheckFailed,
    CheckStarted,
    ErrorInfo,
    Event,
    HookFinished,
    OpFinished,
    OpStarted,
    PartitionEnded,
    RunEvent,
    RunFinished,
    RunStarted,
    StepRetrying,
    StepStarted,
    UserEventTold,
)
from nb_assets.execution.op_values import key_in, without_key

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.execution.plan import Plan
    from nb_assets.storage.materialization import Materialization

T = DagsterEventType
_ENDS = {"success": T.RUN_SUCCESS, "failure": T.RUN_FAILURE, "cancelled": T.RUN_CANCELED}


def dagster_events(events: Iterable[Event], plan: Plan, job_name: str) -> list[DagsterEvent]:
    """Return the events of a run by the names that Dagster has for them.

    Parameters
    ----------
    plan
        That of the run; an empty one for a graph that makes no assets, whose ops are then nodes themselves.
    """
    view = _View(plan, job_name)
    told: list[DagsterEvent] = []
    for event in events:
        if isinstance(event, RunEvent):
            told += view.told(event)
            view.last = event.timestamp
    return told


class _View:
    def __init__(self, plan: Plan, job_name: str) -> None:
        self._by_key = {key: step.definition for step in plan.agenda for key in step.keys}
        self._by_check = {key: step.definition for step in plan.agenda for key in step.checks}
        self._job = job_name
        # The node that is being run, and when it began.
        self._open: tuple[str, RunEvent] | None = None
        self._lost: set[AssetKey] = set()
        self._failed: DagsterEvent | None = None
        self._failed_ops: set[AssetKey] = set()
        self._partitions: dict[AssetKey, list[Materialization]] = {}
        self.last = 0.0

    @singledispatchmethod
    def told(self, event: RunEvent) -> Iterator[DagsterEvent]:
        """Yield what an event is told as; nothing unless it is said below."""
        del event
        yield from ()

    @told.register
    def _(self, event: RunStarted) -> Iterator[DagsterEvent]:
        yield self._event(T.RUN_START, event)

    @told.register
    def _(self, event: RunFinished) -> Iterator[DagsterEvent]:
        yield from self._close()
        data = None
        if event.outcome == "failure":
            error = event.error
            if error is None and self._failed is not None:
                error = self._failed.step_failure_data.error
            data = JobFailureData(error=error, first_step_failure_event=self._failed)
        yield self._event(_ENDS[event.outcome], event, data)

    @told.register
    def _(self, event: StepStarted) -> Iterator[DagsterEvent]:
        definition = self._definition(event)
        if definition.graph is not None:
            # Its ops are told of one by one.
            return
        if event.attempt > 1:
            yield self._of(definition.node_name, T.STEP_RESTARTED, event)
            return
        yield from self._close()
        self._open = definition.node_name, event
        yield self._of(definition.node_name, T.STEP_START, event)
        for name in definition.keys_by_input_name:
            for kind in (T.LOADED_INPUT, T.STEP_INPUT):
                yield self._of(definition.node_name, kind, event, StepInputData(input_name=name))

    @told.register
    def _(self, event: StepRetrying) -> Iterator[DagsterEvent]:
        data = StepRetryData(error=event.error, seconds_to_wait=event.delay)
        yield self._of(self._definition(event).node_name, T.STEP_UP_FOR_RETRY, event, data)

    @told.register
    def _(self, event: PartitionEnded) -> Iterator[DagsterEvent]:
        if event.materialization is not None and event.outcome == "made":
            self._partitions.setdefault(event.key, []).append(event.materialization)
        yield from ()

    @told.register
    def _(self, event: AssetMaterialized) -> Iterator[DagsterEvent]:
        definition = self._by_key[event.key]
        # Of an asset that has partitions, each that was made is a materialization.
        records = self._partitions.pop(event.key, None) or [event.materialization]
        output = next(name for name, spec in definition.specs_by_output_name.items() if spec.key == event.key)
        node = definition.node_name
        told = [
            StepMaterializationData(
                materialization=AssetMaterialization.recorded(
                    made.asset_key, made.metadata, made.partition, made.tags
                ),
                record=made,
            )
            for made in records
        ]
        if definition.graph is not None:
            node = f"{node}.{definition.graph.results[output].node}"
        else:
            data = StepOutputData(
                step_key=node, output_name=output, metadata=told[-1].materialization.metadata
            )
            yield self._of(node, T.STEP_OUTPUT, event, data)
        for each in told:
            yield self._of(node, T.ASSET_MATERIALIZATION, event, each)
        if definition.graph is None:
            yield self._of(node, T.HANDLED_OUTPUT, event, data)

    @told.register
    def _(self, event: AssetFailed) -> Iterator[DagsterEvent]:
        definition = self._by_key[event.key]
        self._lost.add(event.key)
        if self._is_open(definition.node_name):
            self._open = None
        elif definition.graph is None or event.key in self._failed_ops:
            # One failure a step, and that of an op is told already.
            return
        yield self._failure(definition.node_name, event, event.error)

    @told.register
    def _(self, event: AssetSkipped) -> Iterator[DagsterEvent]:
        definition = self._by_key[event.key]
        if self._is_open(definition.node_name):
            return
        yield from self._close()
        if event.upstream is None or event.upstream in self._lost:
            self._lost.add(event.key)
        else:
            yield self._of(definition.node_name, T.STEP_SKIPPED, event)

    @told.register
    def _(self, event: UserEventTold) -> Iterator[DagsterEvent]:
        told, node = event.told, self._node(event.key, event.op)
        if isinstance(told, AssetMaterialization):
            yield self._of(
                node, T.ASSET_MATERIALIZATION, event, StepMaterializationData(materialization=told)
            )
        elif isinstance(told, AssetObservation):
            yield self._of(node, T.ASSET_OBSERVATION, event, AssetObservationData(asset_observation=told))
        else:
            data = StepExpectationResultData(expectation_result=told)
            yield self._of(node, T.STEP_EXPECTATION_RESULT, event, data)

    @told.register
    def _(self, event: OpStarted) -> Iterator[DagsterEvent]:
        yield from self._close()
        node = self._node(event.key, event.op)
        if event.attempt > 1:
            yield self._of(node, T.STEP_RESTARTED, event)
            return
        yield self._of(node, T.STEP_START, event)
        for name in event.inputs:
            for kind in (T.LOADED_INPUT, T.STEP_INPUT):
                yield self._of(node, kind, event, StepInputData(input_name=name))

    @told.register
    def _(self, event: OpFinished) -> Iterator[DagsterEvent]:
        node = self._node(event.key, event.op)
        if event.outcome == "skipped" and not event.lost:
            yield self._of(node, T.STEP_SKIPPED, event)
        elif event.outcome == "retry" and event.error is not None:
            yield self._of(
                node,
                T.STEP_UP_FOR_RETRY,
                event,
                StepRetryData(error=event.error, seconds_to_wait=event.delay),
            )
        elif event.outcome == "failure" and event.error is not None:
            self._failed_ops.add(event.key)
            yield self._failure(node, event, event.error)
        elif event.outcome in {"success", "resumed"}:
            for slot, metadata in event.outputs.items():
                data = StepOutputData(
                    step_key=node, output_name=without_key(slot), mapping_key=key_in(slot), metadata=metadata
                )
                yield self._of(node, T.STEP_OUTPUT, event, data)
                yield self._of(node, T.HANDLED_OUTPUT, event, data)
            yield self._of(node, T.STEP_SUCCESS, event, StepSuccessData(duration_ms=event.duration * 1000))

    @told.register
    def _(self, event: CheckStarted) -> Iterator[DagsterEvent]:
        node = self._by_check[event.checks[0]].node_name
        if not self._is_open(node):
            yield from self._close()
            self._open = node, event
            yield self._of(node, T.STEP_START, event)

    @told.register
    def _(self, event: CheckEvaluated) -> Iterator[DagsterEvent]:
        node = self._by_check[event.check].node_name
        yield self._of(node, T.ASSET_CHECK_EVALUATION, event, event.record.evaluation)

    @told.register
    def _(self, event: CheckFailed) -> Iterator[DagsterEvent]:
        yield from self._check_failure(self._by_check[event.check].node_name, event, event.error)

    @told.register
    def _(self, event: CheckBlocked) -> Iterator[DagsterEvent]:
        self._lost.update(event.assets)
        yield from self._check_failure(self._by_check[event.checks[0]].node_name, event, event.error)

    @told.register
    def _(self, event: HookFinished) -> Iterator[DagsterEvent]:
        kinds = {"success": T.HOOK_COMPLETED, "failure": T.HOOK_ERRORED, "skipped": T.HOOK_SKIPPED}
        yield self._of(event.step, kinds[event.outcome], event)

    def _check_failure(self, node: str, event: RunEvent, error: ErrorInfo) -> Iterator[DagsterEvent]:
        # One failure a step.
        if self._is_open(node):
            self._open = None
            yield self._failure(node, event, error)

    def _close(self) -> Iterator[DagsterEvent]:
        """Tell that the step that is open ended well, if one is: else its failure would have been told."""
        opened, self._open = self._open, None
        if opened is not None:
            node, began = opened
            data = StepSuccessData(duration_ms=(self.last - began.timestamp) * 1000)
            yield self._of(node, T.STEP_SUCCESS, began, data, at=self.last)

    def _definition(self, event: StepStarted | StepRetrying) -> AssetsDefinition:
        return self._by_key[event.keys[0]] if event.keys else self._by_check[event.checks[0]]

    def _is_open(self, node: str) -> bool:
        return self._open is not None and self._open[0] == node

    def _failure(self, node: str, event: RunEvent, error: ErrorInfo) -> DagsterEvent:
        raised = error.exception
        data = StepFailureData(error=error, user_failure_data=raised if isinstance(raised, Failure) else None)
        told = self._of(node, T.STEP_FAILURE, event, data)
        self._failed = self._failed or told
        return told

    def _node(self, key: AssetKey, op: str | None) -> str:
        definition: AssetsDefinition | None = self._by_key.get(key)
        parts = [] if definition is None else [definition.node_name]
        return ".".join([*parts, *([] if op is None else [op])])

    def _of(
        self, node: str, kind: DagsterEventType, event: RunEvent, data: Any = None, at: float | None = None
    ) -> DagsterEvent:
        handle = NodeHandle.from_string(without_key(node))
        return self._event(kind, event, data, step_key=node, node_handle=handle, at=at)

    def _event(
        self,
        kind: DagsterEventType,
        event: RunEvent,
        data: Any = None,
        *,
        step_key: str | None = None,
        node_handle: NodeHandle | None = None,
        at: float | None = None,
    ) -> DagsterEvent:
        return DagsterEvent(
            event_type=kind,
            job_name=self._job,
            timestamp=event.timestamp if at is None else at,
            step_key=step_key,
            node_handle=node_handle,
            event_specific_data=data,
        )
