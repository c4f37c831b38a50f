"""Questions that the result of a run answers from its events, under the names that Dagster's results have for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from nb_assets.errors import InvocationError, near
from nb_assets.execution.events import (
    AssetFailed,
    AssetMaterialized,
    AssetSkipped,
    CheckBlocked,
    CheckEvaluated,
    CheckFailed,
    CheckSkipped,
    CheckStarted,
    ErrorInfo,
    Event,
    OpFinished,
    OpStarted,
    RunEvent,
    RunFinished,
    StepRetrying,
    StepStarted,
)

if TYPE_CHECKING:
    from nb_assets.definitions.asset_check import AssetCheckKey
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.check_result import AssetCheckEvaluation
    from nb_assets.execution.plan import Plan


class RunQueries:
    """What can be asked of a run that has ended. A node is a definition by its name, or an op of one: "graph.op"."""

    events: tuple[Event, ...]
    plan: Plan

    @property
    def all_events(self) -> list[RunEvent]:
        """All that happened, in order."""
        return [event for event in self.events if isinstance(event, RunEvent)]

    @property
    def all_node_events(self) -> list[RunEvent]:
        """All that happened to nodes, in order."""
        return [event for event in self.all_events if _keys(event) and not hasattr(event, "origin")]

    def filter_events(self, event_filter: Callable[[RunEvent], bool]) -> list[RunEvent]:
        """Return the events that a function says yes to."""
        return [event for event in self.all_events if event_filter(event)]

    def events_for_node(self, node_name: str) -> list[RunEvent]:
        """Return what happened to a node."""
        name, _, op = node_name.partition(".")
        steps = [step for step in self.plan.agenda if step.definition.node_name == name]
        keys = {key for step in steps for key in (*step.keys, *step.checks)}
        return [
            event
            for event in self.all_node_events
            if keys.intersection(_keys(event)) and (not op or _is_op(event, op))
        ]

    def is_node_success(self, node_str: str) -> bool:
        """Tell whether a node ran, and to its end."""
        events = self.events_for_node(node_str)
        if "." in node_str:
            return any(isinstance(event, OpFinished) and event.outcome in _DONE for event in events)
        began = any(isinstance(event, (StepStarted, CheckStarted)) for event in events)
        return began and not self.is_node_failed(node_str)

    def is_node_failed(self, node_str: str) -> bool:
        """Tell whether a node failed, in its last attempt."""
        return self.failure_data_for_node(node_str) is not None

    def is_node_skipped(self, node_str: str) -> bool:
        """Tell whether a node was not tried, because something that it takes was not there."""
        return any(
            isinstance(event, (AssetSkipped, CheckSkipped))
            or (isinstance(event, OpFinished) and event.outcome == "skipped")
            for event in self.events_for_node(node_str)
        )

    def is_node_untouched(self, node_str: str) -> bool:
        """Tell whether nothing happened to a node."""
        return not self.events_for_node(node_str)

    def failure_data_for_node(self, node_str: str) -> ErrorInfo | None:
        """Return the error of a node that failed."""
        for event in self.events_for_node(node_str):
            if isinstance(event, (AssetFailed, CheckFailed, CheckBlocked)):
                return event.error
            if "." in node_str and isinstance(event, OpFinished) and event.outcome == "failure":
                return event.error
        return None

    def retry_attempts_for_node(self, node_str: str) -> int:
        """Return how often a node was tried again."""
        return sum(
            isinstance(event, StepRetrying) or (isinstance(event, OpFinished) and event.outcome == "retry")
            for event in self.events_for_node(node_str)
        )

    def get_asset_materialization_events(self) -> list[AssetMaterialized]:
        """Return the event of each materialization."""
        return [event for event in self.events if isinstance(event, AssetMaterialized)]

    def get_asset_check_evaluations(self) -> list[AssetCheckEvaluation]:
        """Return what each check said, in order."""
        return [event.record.evaluation for event in self.events if isinstance(event, CheckEvaluated)]

    def get_step_success_events(self) -> list[RunEvent]:
        """Return how each node began that ran to its end."""
        succeeded = [step for step in self.plan.agenda if self.is_node_success(step.definition.node_name)]
        keys = {key for step in succeeded for key in step.keys}
        return self.filter_events(
            lambda event: isinstance(event, StepStarted) and bool(keys.intersection(event.keys))
        )

    def get_step_failure_events(self) -> list[AssetFailed]:
        """Return the first failure of each node that failed."""
        failed: dict[int, AssetFailed] = {}
        for event in self.events:
            if isinstance(event, AssetFailed):
                failed.setdefault(id(self.plan.graph.definition(event.key)), event)
        return list(failed.values())

    def get_step_skipped_events(self) -> list[AssetSkipped]:
        """Return the event of each asset that was not tried."""
        return [event for event in self.events if isinstance(event, AssetSkipped)]

    def get_failed_step_keys(self) -> set[str]:
        """Return the names of the nodes that failed."""
        return {self.plan.graph.definition(event.key).node_name for event in self.get_step_failure_events()}

    def get_run_success_event(self) -> RunFinished:
        """Return how the run ended, when it succeeded.

        Raises
        ------
        InvocationError
            When it did not.
        """
        return self._end("success")

    def get_run_failure_event(self) -> RunFinished:
        """Return how the run ended, when it failed.

        Raises
        ------
        InvocationError
            When it did not.
        """
        return self._end("failure")

    def _end(self, outcome: str) -> RunFinished:
        for event in self.events:
            if isinstance(event, RunFinished) and event.outcome == outcome:
                return event
        ended = [event.outcome for event in self.events if isinstance(event, RunFinished)]
        raise InvocationError(
            f"the run did not end in {outcome}: it was {ended[-1] if ended else 'cut off'}."
        )


_DONE = ("success", "resumed")


def unknown_node(node: str, names: Any) -> InvocationError:
    """Return the error of asking for a node that a run does not have."""
    return InvocationError(f"this run has no `{node}`.{near(node, names)}")


def _keys(event: RunEvent) -> tuple[AssetKey | AssetCheckKey, ...]:
    if (checks := getattr(event, "checks", None)) is not None:
        return (*checks, *getattr(event, "assets", ()))
    if (check := getattr(event, "check", None)) is not None:
        return (check,)
    if (keys := getattr(event, "keys", None)) is not None:
        return tuple(keys)
    key = getattr(event, "key", None)
    return () if key is None else (key,)


def _is_op(event: RunEvent, op: str) -> bool:
    return isinstance(event, (OpStarted, OpFinished)) and (event.op == op or event.op.startswith(f"{op}."))
