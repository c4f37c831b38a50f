"""The conditions that are made of no others: what is so now, and what has happened since the evaluation before."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.automation.condition import BuiltinAutomationCondition, Unkept
from nb_assets.definitions.automation.constructors import makes
from nb_assets.definitions.automation.context import AutomationContext, AutomationResult

if TYPE_CHECKING:
    from nb_assets.definitions.automation.subset import EntitySubset, Times


@dataclass(frozen=True, kw_only=True)
class Asked(Unkept):
    """A condition that is answered by a look at the assets."""

    @abstractmethod
    def answer(self, context: AutomationContext) -> EntitySubset | tuple[EntitySubset, Times]:
        """Return for what it is true, and when that happened if it happened."""

    def evaluate(self, context: AutomationContext) -> AutomationResult:
        """Look, if anything is asked about."""
        if context.candidate_subset.is_empty:
            return AutomationResult(context, context.get_empty_subset())
        found = self.answer(context)
        true, times = found if isinstance(found, tuple) else (found, None)
        return AutomationResult(context, true, times=times)


@makes("missing")
@dataclass(frozen=True, kw_only=True)
class MissingAutomationCondition(Asked):
    """True for what was never made."""

    @property
    def name(self) -> str:
        """What kind of condition it is."""
        return "missing"

    def answer(self, context: AutomationContext) -> EntitySubset:
        """Return what has no update."""
        made = context.asset_graph_view.subset(context.key, context.asset_graph_view.latest(context.key))
        return context.candidate_subset.compute_difference(made)


@makes("run_in_progress")
@dataclass(frozen=True, kw_only=True)
class RunInProgressAutomationCondition(Asked):
    """True for what waits or is made in a run."""

    @property
    def name(self) -> str:
        """What kind of condition it is."""
        return "run_in_progress"

    def answer(self, context: AutomationContext) -> EntitySubset:
        """Return what is under way."""
        return context.asset_graph_view.in_progress(context.key)


@makes("backfill_in_progress")
@dataclass(frozen=True, kw_only=True)
class BackfillInProgressAutomationCondition(Asked):
    """Never true: there are runs, and no backfills."""

    @property
    def name(self) -> str:
        """What kind of condition it is."""
        return "backfill_in_progress"

    def answer(self, context: AutomationContext) -> EntitySubset:
        """Return nothing."""
        return context.get_empty_subset()


@makes("execution_failed")
@dataclass(frozen=True, kw_only=True)
class ExecutionFailedAutomationCondition(Asked):
    """True for what the last run failed to make."""

    @property
    def name(self) -> str:
        """What kind of condition it is."""
        return "execution_failed"

    def answer(self, context: AutomationContext) -> EntitySubset:
        """Return what failed."""
        return context.asset_graph_view.failed(context.key)


@makes("will_be_requested")
@dataclass(frozen=True, kw_only=True)
class WillBeRequestedCondition(Asked):
    """True for what this evaluation requests, where one run can make it together with what is asked for."""

    @property
    def name(self) -> str:
        """What kind of condition it is."""
        return "will_be_requested"

    @property
    def description(self) -> str:
        """When it is true, in a few words."""
        return "Will be requested in this evaluation"

    def answer(self, context: AutomationContext) -> EntitySubset:
        """Return what was requested so far."""
        requested = context.requested.get(context.key)
        together = context.asset_graph_view.can_run_together(context.root_context.key, context.key)
        return requested if requested is not None and together else context.get_empty_subset()


@makes("newly_requested")
@dataclass(frozen=True, kw_only=True)
class NewlyRequestedCondition(Asked):
    """True for what the evaluation before requested."""

    @property
    def name(self) -> str:
        """What kind of condition it is."""
        return "newly_requested"

    def answer(self, context: AutomationContext) -> tuple[EntitySubset, Times]:
        """Return what was requested, then."""
        requested = context.get_previous_requested_subset(context.key)
        if requested is None or context.previous is None:
            return context.get_empty_subset(), {}
        return requested, dict.fromkeys(requested.partitions, context.previous.timestamp)


@makes("newly_updated")
@dataclass(frozen=True, kw_only=True)
class NewlyUpdatedCondition(Asked):
    """True for what was made since the evaluation before."""

    @property
    def name(self) -> str:
        """What kind of condition it is."""
        return "newly_updated"

    def answer(self, context: AutomationContext) -> tuple[EntitySubset, Times]:
        """Return what was made, and when."""
        if context.previous is None:
            return context.get_empty_subset(), {}
        view = context.asset_graph_view
        since = view.updates_since(context.key, context.previous.seen)
        times = {update.partition: update.timestamp for update in since}
        subset = view.subset(context.key, times)
        # For checks nobody asks when they were done.
        return subset, times if isinstance(context.key, AssetKey) else {}


@makes("data_version_changed")
@dataclass(frozen=True, kw_only=True)
class DataVersionChangedCondition(Asked):
    """True for what has other data than in the evaluation before."""

    @property
    def name(self) -> str:
        """What kind of condition it is."""
        return "data_version_changed"

    def answer(self, context: AutomationContext) -> EntitySubset:
        """Return what has new data."""
        if context.previous is None:
            return context.get_empty_subset()
        return context.asset_graph_view.has_new_data(context.key, context.previous.seen)


@makes("check_result")
@dataclass(frozen=True, kw_only=True)
class CheckResultCondition(Asked):
    """True for a check that passed, or failed, on the latest data."""

    passed: bool

    @property
    def name(self) -> str:
        """What kind of condition it is."""
        return "check_passed" if self.passed else "check_failed"

    def answer(self, context: AutomationContext) -> EntitySubset:
        """Return where it did."""
        return context.asset_graph_view.check_status(context.key, passed=self.passed)


@dataclass(frozen=True, kw_only=True)
class _Compared(BuiltinAutomationCondition):
    """True when something is not what it was in the evaluation before."""

    @abstractmethod
    def value(self, context: AutomationContext) -> Any:
        """Return what is compared; None compares with nothing."""

    def evaluate(self, context: AutomationContext) -> AutomationResult:
        """Compare with what was kept."""
        before, now = context.cursor, self.value(context)
        changed = before is not None and before != now
        return AutomationResult(
            context, context.candidate_subset if changed else context.get_empty_subset(), cursor=now
        )


@makes("code_version_changed")
@dataclass(frozen=True, kw_only=True)
class CodeVersionChangedCondition(_Compared):
    """True when the code version is not what it was in the evaluation before."""

    @property
    def name(self) -> str:
        """What kind of condition it is."""
        return "code_version_changed"

    def value(self, context: AutomationContext) -> Any:
        """Return the code version."""
        return context.asset_graph_view.code_version(context.key)


@makes("code_edited")
@dataclass(frozen=True, kw_only=True)
class CodeEditedCondition(_Compared):
    """True when the code was edited since the evaluation before, where code is followed: in a notebook."""

    @property
    def name(self) -> str:
        """What kind of condition it is."""
        return "code_edited"

    def value(self, context: AutomationContext) -> Any:
        """Return the version of the code."""
        return context.asset_graph_view.edited(context.key)


@makes("initial_evaluation")
@dataclass(frozen=True, kw_only=True)
class InitialEvaluationCondition(BuiltinAutomationCondition):
    """True in the first evaluation of an asset's condition, and in the first after it got or lost its partitions."""

    @property
    def name(self) -> str:
        """What kind of condition it is."""
        return "initial_evaluation"

    def evaluate(self, context: AutomationContext) -> AutomationResult:
        """Look whether anything is kept of an evaluation before."""
        root = context.root_context
        before = context.previous
        partitioned = context.asset_graph_view.partition_keys(root.key) is not None
        first = before is None or before.partitioned != partitioned
        return AutomationResult(context, context.candidate_subset if first else context.get_empty_subset())
