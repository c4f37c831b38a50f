"""Conditions on the checks of an asset."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.automation.constructors import makes
from nb_assets.definitions.automation.context import AutomationContext, AutomationResult
from nb_assets.definitions.automation.several_others import SeveralOthersCondition

if TYPE_CHECKING:
    from nb_assets.definitions.asset_check import AssetCheckKey
    from nb_assets.definitions.automation.view import AutomationView


@dataclass(frozen=True, kw_only=True)
class ChecksAutomationCondition(SeveralOthersCondition):
    """A condition on the checks of the asset, or on those of them that are blocking, allowed and not ignored."""

    blocking_only: bool = False

    @property
    def limits(self) -> dict[str, Any]:
        """What says which checks are asked, by parameter; None where all are."""
        return {"blocking_only": True if self.blocking_only else None, **super().limits}

    def asked(self, key: Any, view: AutomationView) -> list[AssetCheckKey]:
        """Return the checks that are asked, in order."""
        asked = set(view.checks(key, blocking_only=self.blocking_only))
        if self.allow_selection is not None:
            asked &= set(view.resolve_checks(self.allow_selection))
        if self.ignore_selection is not None:
            asked -= set(view.resolve_checks(self.ignore_selection))
        return sorted(asked, key=lambda check: (check.asset_key, check.name))


@makes("any_checks_match")
@dataclass(frozen=True, kw_only=True)
class AnyChecksCondition(ChecksAutomationCondition):
    """True where the condition is for one of them."""

    @property
    def base_name(self) -> str:
        """What kind of condition it is, whichever checks it asks."""
        return "ANY_CHECKS_MATCH"

    def evaluate(self, context: AutomationContext) -> AutomationResult:
        """Ask each, and take what any is true for."""
        results = self.results(context)
        true = context.get_empty_subset()
        for result in results:
            true = true.compute_union(result.true_subset)
        return AutomationResult(
            context, context.candidate_subset.compute_intersection(true), child_results=results
        )


@makes("all_checks_match")
@dataclass(frozen=True, kw_only=True)
class AllChecksCondition(ChecksAutomationCondition):
    """True where the condition is for each of them."""

    @property
    def base_name(self) -> str:
        """What kind of condition it is, whichever checks it asks."""
        return "ALL_CHECKS_MATCH"

    def evaluate(self, context: AutomationContext) -> AutomationResult:
        """Ask each, and take what all are true for."""
        return self.true_for_all(context)
