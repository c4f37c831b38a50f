"""A condition on another asset or check, by its key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from nb_assets.definitions.automation.condition import AutomationCondition, BuiltinAutomationCondition
from nb_assets.definitions.automation.constructors import makes
from nb_assets.definitions.automation.context import AutomationContext, AutomationResult


@makes("asset_matches")
@dataclass(frozen=True, kw_only=True)
class EntityMatchesCondition(BuiltinAutomationCondition):
    """True where a condition is for another asset or check."""

    key: Any
    operand: AutomationCondition

    @property
    def name(self) -> str:
        """What kind of condition it is: the other asset."""
        shown: str = self.key.to_user_string()
        return shown

    @property
    def children(self) -> Sequence[AutomationCondition]:
        """The conditions that it is made of."""
        return (self.operand,)

    def replace(self, old: AutomationCondition | str, new: AutomationCondition) -> AutomationCondition:
        """Return the condition with another one in place of a part: a condition, a label or a name."""
        return new if self._is(old) else replace(self, operand=self.operand.replace(old, new))

    def evaluate(self, context: AutomationContext) -> AutomationResult:
        """Ask about the partitions of the other that belong to these, and take those that belong to the answer."""
        downstream = self.key != context.key and self.key in context.asset_graph_view.children(context.key)
        asked = context.candidate_subset.compute_mapped_subset(self.key, "down" if downstream else "up")
        result = context.for_child_condition(self.operand, 0, asked).evaluate()
        back = "up" if downstream else "down"
        true = result.true_subset.compute_mapped_subset(context.key, back)  # type: ignore[arg-type]
        times: dict[str | None, float] = {}
        for partition, time in sorted((result.times or {}).items(), key=lambda item: item[1]):
            one = context.asset_graph_view.subset(self.key, [partition])
            times |= dict.fromkeys(one.compute_mapped_subset(context.key, back).partitions, time)  # type: ignore[arg-type]
        return AutomationResult(context, true, child_results=[result], times=times or None)
