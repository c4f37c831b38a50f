"""A condition that stands for those of everything that is derived from the asset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nb_assets.definitions.automation.boolean import AndAutomationCondition, OrAutomationCondition
from nb_assets.definitions.automation.condition import AutomationCondition, Unkept
from nb_assets.definitions.automation.constructors import makes
from nb_assets.definitions.automation.context import AutomationContext, AutomationResult

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey


@dataclass(frozen=True, kw_only=True)
class DownstreamConditionWrapperCondition(Unkept):
    """A condition of assets that are derived from this one, asked about this one."""

    downstream_keys: tuple[AssetKey, ...]
    operand: AutomationCondition

    @property
    def name(self) -> str:
        """What kind of condition it is: whose."""
        return ", ".join(key.to_user_string() for key in self.downstream_keys)

    @property
    def children(self) -> Sequence[AutomationCondition]:
        """The conditions that it is made of."""
        return (self.operand,)

    def evaluate(self, context: AutomationContext) -> AutomationResult:
        """Ask it."""
        result = context.for_child_condition(self.operand, 0, context.candidate_subset).evaluate()
        return AutomationResult(context, result.true_subset, child_results=[result])


@makes("any_downstream_conditions")
@dataclass(frozen=True, kw_only=True)
class AnyDownstreamConditionsCondition(Unkept):
    """True where one of the conditions of what is derived from the asset would be, asked about the asset."""

    @property
    def name(self) -> str:
        """What kind of condition it is."""
        return "ANY_DOWNSTREAM_CONDITIONS"

    @property
    def description(self) -> str:
        """When it is true, in a few words."""
        return "Any downstream conditions"

    def evaluate(self, context: AutomationContext) -> AutomationResult:
        """Ask each of them once, but for those that are being asked already."""
        above = {context.condition}
        around = context.parent_context
        while around is not None:
            above.add(around.condition)
            around = around.parent_context
        results = []
        true = context.get_empty_subset()
        by_condition = sorted(_downstream(context).items(), key=lambda item: sorted(item[1]))
        for index, (condition, keys) in enumerate(by_condition):
            if condition in above:
                continue
            wrapper = DownstreamConditionWrapperCondition(
                downstream_keys=tuple(sorted(keys)), operand=condition
            )
            result = context.for_child_condition(wrapper, index, context.candidate_subset).evaluate()
            results.append(result)
            true = true.compute_union(result.true_subset)
        return AutomationResult(context, true, child_results=results)


def _downstream(context: AutomationContext) -> dict[AutomationCondition, set[AssetKey]]:
    """Return the conditions of all that is derived from the asset, each with those whose it is."""
    view = context.asset_graph_view
    found: dict[AutomationCondition, set[AssetKey]] = {}
    reached: set[AssetKey] = set()
    frontier = list(view.children(context.key))
    while frontier:
        key = frontier.pop()
        if key in reached:
            continue
        reached.add(key)
        frontier += view.children(key)
        condition = view.condition(key)
        rest = None if condition is None else _without_downstream(condition)
        if rest is not None:
            found.setdefault(rest, set()).add(key)
    return found


def _without_downstream(condition: AutomationCondition) -> AutomationCondition | None:
    """Return a condition with what stands for others taken as false, or None when nothing is left of it."""
    if condition.get_label() is not None:
        return condition
    if isinstance(condition, AnyDownstreamConditionsCondition):
        return None
    if not isinstance(condition, (AndAutomationCondition, OrAutomationCondition)):
        return condition
    kept = [_without_downstream(operand) for operand in condition.operands]
    left = tuple(operand for operand in kept if operand is not None)
    if left == condition.operands:
        return condition
    if not left or (isinstance(condition, AndAutomationCondition) and len(left) < len(kept)):
        return None
    return left[0] if len(left) == 1 else type(condition)(operands=left)
