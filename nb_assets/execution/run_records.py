"""The events of a run as the records that an instance answers with: what was planned, what happened, what was logged."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nb_assets.errors import InvocationError
from nb_assets.execution.dagster_event import (
    AssetCheckEvaluationPlanned,
    AssetMaterializationPlannedData,
    DagsterEvent,
    DagsterEventType,
)
from nb_assets.execution.event_view import dagster_events
from nb_assets.execution.events import AssetLogged
from nb_assets.execution.plan import Plan
from nb_assets.graph.asset_graph import AssetGraph

if TYPE_CHECKING:
    from nb_assets.execution.plan import Step
    from nb_assets.execution.run import Run


@dataclass(frozen=True, kw_only=True)
class RunEntry:
    """Something in the log of a run: an event, or else what a step logged. The timestamp is in seconds since 1970."""

    run_id: str
    job_name: str
    timestamp: float
    dagster_event: DagsterEvent | None = None
    user_message: str = ""
    level: str = "DEBUG"

    @property
    def is_dagster_event(self) -> bool:
        """Whether it is an event."""
        return self.dagster_event is not None

    def get_dagster_event(self) -> DagsterEvent:
        """Return the event.

        Raises
        ------
        InvocationError
            When it is something that was logged.
        """
        if self.dagster_event is None:
            raise InvocationError(f"this entry is no event: it is what was logged, {self.user_message!r}.")
        return self.dagster_event

    @property
    def dagster_event_type(self) -> DagsterEventType | None:
        """The type of the event, if it is one."""
        return None if self.dagster_event is None else self.dagster_event.event_type

    @property
    def step_key(self) -> str | None:
        """The step that the event is of."""
        return None if self.dagster_event is None else self.dagster_event.step_key

    @property
    def asset_materialization(self) -> Any:
        """What was materialized, if something was."""
        event = self.dagster_event
        return event.materialization if event is not None and event.is_step_materialization else None

    @property
    def asset_observation(self) -> Any:
        """What was observed, if something was."""
        event = self.dagster_event
        observed = event is not None and event.is_asset_observation
        return event.asset_observation_data.asset_observation if event is not None and observed else None


@dataclass(frozen=True, kw_only=True)
class RunEntryRecord:
    """An entry with its place in the log of its run, from 1."""

    storage_id: int
    event_log_entry: RunEntry


@dataclass(frozen=True, kw_only=True)
class RunEntriesResult:
    """Some entries of a run, whether there are more, and the cursor from which they follow."""

    records: Sequence[RunEntryRecord]
    cursor: str
    has_more: bool


def log_of_run(run: Run, of_type: Any = None) -> list[RunEntryRecord]:
    """Return what is in the log of a run, in order.

    Parameters
    ----------
    of_type
        The `DagsterEventType`, or a set of them, of which alone are returned.
    """
    wanted: Collection[DagsterEventType] | None = None
    if of_type is not None:
        wanted = {of_type} if isinstance(of_type, DagsterEventType) else set(of_type)
    numbered = enumerate(_entries(run), start=1)
    return [
        RunEntryRecord(storage_id=place, event_log_entry=entry)
        for place, entry in numbered
        if wanted is None or entry.dagster_event_type in wanted
    ]


def page_of_log(
    records: Sequence[RunEntryRecord], cursor: str | None, limit: int | None, *, ascending: bool
) -> RunEntriesResult:
    """Return the records that follow a cursor, at most so many."""
    ordered = list(records) if ascending else list(reversed(records))
    if cursor:
        after = int(cursor)
        ordered = [
            each for each in ordered if (each.storage_id > after) is ascending and each.storage_id != after
        ]
    shown = ordered[:limit]
    end = str(shown[-1].storage_id) if shown else (cursor or "")
    return RunEntriesResult(records=shown, cursor=end, has_more=len(ordered) > len(shown))


def _entries(run: Run) -> Iterator[RunEntry]:
    plan = run.plan or Plan(graph=AssetGraph({}), steps=(), stale=(), fresh=())
    began = run.events[0].timestamp if run.events else 0.0
    for step in plan.agenda:
        for event in _planned(step, run.job_name, began):
            yield _entry(run, event)
    happened = iter(dagster_events(run.events, plan, run.job_name))
    waiting = next(happened, None)
    for logged in run.events:
        if not isinstance(logged, AssetLogged) or logged.stream != "log":
            continue
        while waiting is not None and waiting.timestamp <= logged.timestamp:
            yield _entry(run, waiting)
            waiting = next(happened, None)
        yield RunEntry(
            run_id=run.run_id,
            job_name=run.job_name,
            timestamp=logged.timestamp,
            user_message=logged.text.removesuffix("\n"),
            level=logged.level,
        )
    while waiting is not None:
        yield _entry(run, waiting)
        waiting = next(happened, None)


def _entry(run: Run, event: DagsterEvent) -> RunEntry:
    return RunEntry(run_id=run.run_id, job_name=run.job_name, timestamp=event.timestamp, dagster_event=event)


def _planned(step: Step, job_name: str, at: float) -> Iterator[DagsterEvent]:
    node = step.definition.node_name
    for key in step.keys:
        for partition in step.partitions or (None,):
            yield DagsterEvent(
                event_type=DagsterEventType.ASSET_MATERIALIZATION_PLANNED,
                job_name=job_name,
                timestamp=at,
                step_key=node,
                event_specific_data=AssetMaterializationPlannedData(asset_key=key, partition=partition),
            )
    for check in step.checks:
        yield DagsterEvent(
            event_type=DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED,
            job_name=job_name,
            timestamp=at,
            step_key=node,
            event_specific_data=AssetCheckEvaluationPlanned(asset_key=check.asset_key, check_name=check.name),
        )
