"""`&`, `|`, `~`, `since` and `newly_true`: conditions made of conditions on the same asset."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.automation.condition import (
    AutomationCondition,
    BuiltinAutomationCondition,
    Composite,
    Unkept,
)
from nb_assets.definitions.automation.constructors import makes
from nb_assets.definitions.automation.context import AutomationContext, AutomationResult
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.definitions.automation.subset import Times


@dataclass(frozen=True, kw_only=True)
class _Several(Composite, Unkept):
    operands: tuple[AutomationCondition, ...]

    @property
    def children(self) -> Sequence[AutomationCondition]:
        """The conditions that it is made of."""
        return self.operands

    def with_children(self, change: Callable[[AutomationCondition], AutomationCondition]) -> _Several:
        """Return a copy with each part changed."""
        return replace(self, operands=tuple(change(operand) for operand in self.operands))


@makes("and")
@dataclass(frozen=True, kw_only=True)
class AndAutomationCondition(_Several):
    """True where all of its parts are."""

    @property
    def name(self) -> str:
        """What kind of condition it is."""
        return "AND"

    @property
    def description(self) -> str:
        """When it is true, in a few words."""
        return "All of"

    def evaluate(self, context: AutomationContext) -> AutomationResult:
        """Ask each part about what the ones before it are true for."""
        results = []
        true = context.candidate_subset
        for index, child in enumerate(self.operands):
            result = context.for_child_condition(child, index, true).evaluate()
            results.append(result)
            true = true.compute_intersection(result.true_subset)
        return AutomationResult(context, true, child_results=results)

    def without(self, condition: AutomationCondition) -> AndAutomationCondition:
        """Return a copy without one of its parts.

        Raises
        ------
        DefinitionError
            When it is no part, or fewer than two would stay.
        """
        kept = tuple(operand for operand in self.operands if operand != condition)
        if len(kept) == len(self.operands):
            named = self.get_label() or self.name
            raise DefinitionError(f"`{named}` cannot be without {condition!r}, which is none of its parts.")
        if len(kept) < 2:  # noqa: PLR2004 - two is what "and" takes
            raise DefinitionError(
                "without that part only one is left, and a condition of one part is that part: write it alone."
            )
        return replace(self, operands=kept)


@makes("or")
@dataclass(frozen=True, kw_only=True)
class OrAutomationCondition(_Several):
    """True where one of its parts is."""

    @property
    def name(self) -> str:
        """What kind of condition it is."""
        return "OR"

    @property
    def description(self) -> str:
        """When it is true, in a few words."""
        return "Any of"

    def evaluate(self, context: AutomationContext) -> AutomationResult:
        """Ask every part, so that none misses what happens."""
        results = []
        true = context.get_empty_subset()
        for index, child in enumerate(self.operands):
            result = context.for_child_condition(child, index, context.candidate_subset).evaluate()
            results.append(result)
            true = true.compute_union(result.true_subset)
        return AutomationResult(context, true, child_results=results)


@makes("not")
@dataclass(frozen=True, kw_only=True)
class NotAutomationCondition(Composite):
    """True where its part is not."""

    operand: AutomationCondition

    @property
    def name(self) -> str:
        """What kind of condition it is."""
        return "NOT"

    @property
    def description(self) -> str:
        """When it is true, in a few words."""
        return "Not"

    @property
    def children(self) -> Sequence[AutomationCondition]:
        """The conditions that it is made of."""
        return (self.operand,)

    def with_children(
        self, change: Callable[[AutomationCondition], AutomationCondition]
    ) -> NotAutomationCondition:
        """Return a copy with its part changed."""
        return replace(self, operand=change(self.operand))

    def evaluate(self, context: AutomationContext) -> AutomationResult:
        """Ask the part about the same, and take the rest."""
        result = context.for_child_condition(self.operand, 0, context.candidate_subset).evaluate()
        true = context.candidate_subset.compute_difference(result.true_subset)
        return AutomationResult(context, true, child_results=[result])


@makes("since")
@dataclass(frozen=True, kw_only=True)
class SinceCondition(Composite):
    """True from when one condition becomes true until another does."""

    trigger_condition: AutomationCondition
    reset_condition: AutomationCondition

    @property
    def name(self) -> str:
        """What kind of condition it is."""
        return "SINCE"

    @property
    def children(self) -> Sequence[AutomationCondition]:
        """The conditions that it is made of."""
        return (self.trigger_condition, self.reset_condition)

    def with_children(self, change: Callable[[AutomationCondition], AutomationCondition]) -> SinceCondition:
        """Return a copy with its parts changed."""
        return replace(
            self,
            trigger_condition=change(self.trigger_condition),
            reset_condition=change(self.reset_condition),
        )

    def node_id(self, parent: str, index: int | None, target: Any) -> str:
        """Return an id that is the same wherever it stands: all of the asset is always asked about."""
        del parent, index
        return self.stable_id(target)

    def evaluate(self, context: AutomationContext) -> AutomationResult:
        """Ask both about the whole asset. Where both happened since the evaluation before, the later one counts."""
        whole = context.asset_graph_view.get_full_subset(key=context.key)
        trigger = context.for_child_condition(self.trigger_condition, 0, whole).evaluate()
        reset = context.for_child_condition(self.reset_condition, 1, whole).evaluate()
        before = context.previous_true_subset or context.get_empty_subset()
        true = before.compute_union(trigger.true_subset).compute_difference(reset.true_subset)
        if trigger.times and reset.times:
            both = trigger.true_subset.partitions & reset.true_subset.partitions
            later = _later(trigger.times, reset.times) & both
            true = true.compute_union(context.asset_graph_view.subset(context.key, later))
        return AutomationResult(context, true, child_results=[trigger, reset], times=trigger.times)


def _later(one: Times, other: Times) -> set[str | None]:
    return {partition for partition, time in one.items() if partition not in other or time > other[partition]}


@makes("newly_true")
@dataclass(frozen=True, kw_only=True)
class NewlyTrueCondition(BuiltinAutomationCondition):
    """True in the evaluation in which its part becomes true."""

    operand: AutomationCondition

    @property
    def name(self) -> str:
        """What kind of condition it is."""
        return "NEWLY_TRUE"

    @property
    def children(self) -> Sequence[AutomationCondition]:
        """The conditions that it is made of."""
        return (self.operand,)

    def node_id(self, parent: str, index: int | None, target: Any) -> str:
        """Return an id that is the same wherever it stands: all of the asset is always asked about."""
        del parent, index
        return self.stable_id(target)

    def evaluate(self, context: AutomationContext) -> AutomationResult:
        """Ask the part about the whole asset, and leave out what it was true for before."""
        whole = context.asset_graph_view.get_full_subset(key=context.key)
        result = context.for_child_condition(self.operand, 0, whole).evaluate()
        now = result.true_subset.partitions
        newly = context.asset_graph_view.subset(context.key, now - (context.cursor or frozenset()))
        true = context.candidate_subset.compute_intersection(newly)
        return AutomationResult(context, true, cursor=now, child_results=[result])
