"""Questions that the result of a run answers from its events, under the names that Dagster's results have for them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING, Any

from nb_assets.errors import InvocationError, near
from nb_assets.execution.dagster_event import DagsterEvent, DagsterEventType, NodeHandle, StepFailureData
from nb_assets.execution.event_view import dagster_events
from nb_assets.execution.events import CheckEvaluated

if TYPE_CHECKING:
    from collections.abc import Callable

    from nb_assets.definitions.check_result import AssetCheckEvaluation
    from nb_assets.definitions.user_events import AssetObservation, ExpectationResult
    from nb_assets.execution.events import Event
    from nb_assets.execution.plan import Plan


class RunQueries(ABC):
    """What can be asked of a run that has ended. A node is a definition by its name, or an op of one: "graph.op"."""

    events: tuple[Event, ...]
    plan: Plan

    @property
    @abstractmethod
    def job_name(self) -> str:
        """The name of the job that the run is one of."""

    @cached_property
    def all_events(self) -> list[DagsterEvent]:
        """All that happened, in order, as Dagster tells it; `events` has it as it is told here."""
        return dagster_events(self.events, self.plan, self.job_name)

    @property
    def all_node_events(self) -> list[DagsterEvent]:
        """All that happened to nodes, in order."""
        return [event for event in self.all_events if event.is_step_event]

    def filter_events(self, event_filter: Callable[[DagsterEvent], bool]) -> list[DagsterEvent]:
        """Return the events that a function says yes to."""
        return [event for event in self.all_events if event_filter(event)]

    def events_for_node(self, node_name: str) -> list[DagsterEvent]:
        """Return what happened to a node, or to those in it."""
        handle = NodeHandle.from_string(node_name)
        return [
            event
            for event in self.all_node_events
            if event.node_handle is not None and event.node_handle.is_or_descends_from(handle)
        ]

    def is_node_success(self, node_str: str) -> bool:
        """Tell whether a node ran to its end."""
        return any(event.is_step_success for event in self.events_for_node(node_str))

    def is_node_failed(self, node_str: str) -> bool:
        """Tell whether a node failed, in its last attempt."""
        return any(event.is_step_failure for event in self.events_for_node(node_str))

    def is_node_skipped(self, node_str: str) -> bool:
        """Tell whether a node was left out because something that it takes was not given, though nothing failed."""
        return any(event.is_step_skipped for event in self.events_for_node(node_str))

    def is_node_untouched(self, node_str: str) -> bool:
        """Tell whether nothing happened to a node."""
        return not self.events_for_node(node_str)

    def failure_data_for_node(self, node_str: str) -> StepFailureData | None:
        """Return how a node failed, if it did."""
        for event in self.events_for_node(node_str):
            if event.is_step_failure:
                return event.step_failure_data
        return None

    def retry_attempts_for_node(self, node_str: str) -> int:
        """Return how often a node was tried again."""
        return sum(event.is_step_restarted for event in self.events_for_node(node_str))

    def get_asset_materialization_events(self) -> list[DagsterEvent]:
        """Return the event of each materialization."""
        return self.filter_events(lambda event: event.is_step_materialization)

    def get_asset_observation_events(self) -> list[DagsterEvent]:
        """Return the event of each observation."""
        return self.filter_events(lambda event: event.is_asset_observation)

    def asset_materializations_for_node(self, node_name: str) -> list[Any]:
        """Return what a node materialized: the records of assets, and what it said of others."""
        found = [event for event in self.events_for_node(node_name) if event.is_step_materialization]
        return [event.step_materialization_data.record or event.materialization for event in found]

    def asset_observations_for_node(self, node_name: str) -> list[AssetObservation]:
        """Return what a node observed."""
        return [
            event.asset_observation_data.asset_observation
            for event in self.events_for_node(node_name)
            if event.is_asset_observation
        ]

    def expectation_results_for_node(self, node_str: str) -> list[ExpectationResult]:
        """Return what a node expected."""
        return [
            event.step_expectation_result_data.expectation_result
            for event in self.events_for_node(node_str)
            if event.is_expectation_result
        ]

    def get_asset_check_evaluations(self) -> list[AssetCheckEvaluation]:
        """Return what each check said, in order."""
        return [event.record.evaluation for event in self.events if isinstance(event, CheckEvaluated)]

    def get_step_success_events(self) -> list[DagsterEvent]:
        """Return the event of each step that ran to its end."""
        return self.filter_events(lambda event: event.is_step_success)

    def get_step_failure_events(self) -> list[DagsterEvent]:
        """Return the event of each step that failed."""
        return self.filter_events(lambda event: event.is_step_failure)

    def get_step_skipped_events(self) -> list[DagsterEvent]:
        """Return the event of each step that was left out for want of an input."""
        return self.filter_events(lambda event: event.is_step_skipped)

    def get_failed_step_keys(self) -> set[str]:
        """Return the keys of the steps that failed."""
        return {str(event.step_key) for event in self.get_step_failure_events()}

    def get_run_success_event(self) -> DagsterEvent:
        """Return how the run ended, when it succeeded.

        Raises
        ------
        InvocationError
            When it did not.
        """
        return self._end(DagsterEventType.RUN_SUCCESS)

    def get_run_failure_event(self) -> DagsterEvent:
        """Return how the run ended, when it failed.

        Raises
        ------
        InvocationError
            When it did not.
        """
        return self._end(DagsterEventType.RUN_FAILURE)

    def _end(self, kind: DagsterEventType) -> DagsterEvent:
        for event in self.all_events:
            if event.event_type is kind:
                return event
        raise InvocationError(f"the run has no event {kind.name}: its last one is {self._last()}.")

    def _last(self) -> str:
        return self.all_events[-1].event_type.name if self.all_events else "none"


def unknown_node(node: str, names: Any) -> InvocationError:
    """Return the error of asking for a node that a run does not have."""
    return InvocationError(f"this run has no `{node}`.{near(node, names)}")
