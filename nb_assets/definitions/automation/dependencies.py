"""Conditions on the assets that an asset is derived from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.automation.constructors import makes
from nb_assets.definitions.automation.context import AutomationContext, AutomationResult
from nb_assets.definitions.automation.several_others import SeveralOthersCondition

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.automation.condition import AutomationCondition
    from nb_assets.definitions.automation.view import AutomationView


@dataclass(frozen=True, kw_only=True)
class DepsAutomationCondition(SeveralOthersCondition):
    """A condition on what the asset is derived from, or on those of it that are allowed and not ignored."""

    def replace(self, old: AutomationCondition | str, new: AutomationCondition) -> AutomationCondition:
        """Return the condition with another one in place of a part: a condition, a label or a name."""
        return new if self._is(old) else replace(self, operand=self.operand.replace(old, new))

    def asked(self, key: Any, view: AutomationView) -> list[AssetKey]:
        """Return the assets that are asked, in order."""
        asked = set(view.parents(key))
        if self.allow_selection is not None:
            asked &= set(view.resolve(self.allow_selection))
        if self.ignore_selection is not None:
            asked -= set(view.resolve(self.ignore_selection))
        return sorted(asked)


@makes("any_deps_match")
@dataclass(frozen=True, kw_only=True)
class AnyDepsCondition(DepsAutomationCondition):
    """True where the condition is for one of them."""

    @property
    def base_name(self) -> str:
        """What kind of condition it is, whichever assets it asks."""
        return "ANY_DEPS_MATCH"

    def evaluate(self, context: AutomationContext) -> AutomationResult:
        """Ask each, and take what any is true for."""
        results = self.results(context)
        true = context.get_empty_subset()
        times: dict[str | None, float] = {}
        for result in results:
            true = true.compute_union(result.true_subset)
            for partition, time in (result.times or {}).items():
                times[partition] = max(time, times.get(partition, time))
        true = context.candidate_subset.compute_intersection(true)
        return AutomationResult(context, true, child_results=results, times=times or None)


@makes("all_deps_match")
@dataclass(frozen=True, kw_only=True)
class AllDepsCondition(DepsAutomationCondition):
    """True where the condition is for each of them."""

    @property
    def base_name(self) -> str:
        """What kind of condition it is, whichever assets it asks."""
        return "ALL_DEPS_MATCH"

    def evaluate(self, context: AutomationContext) -> AutomationResult:
        """Ask each, and take what all are true for."""
        return self.true_for_all(context)
