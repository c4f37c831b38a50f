"""Conditions on the checks of an asset."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.automation.condition import (
    AutomationCondition,
    Selective,
    Unkept,
    checked_selection,
)
from nb_assets.definitions.automation.constructors import makes
from nb_assets.definitions.automation.context import AutomationContext, AutomationResult
from nb_assets.definitions.automation.dependencies import EntityMatchesCondition

if TYPE_CHECKING:
    from typing_extensions import Self

    from nb_assets.definitions.automation.view import AutomationView


@dataclass(frozen=True, kw_only=True)
class ChecksAutomationCondition(Unkept, Selective):
    """A condition on the checks of the asset, or on those of them that are blocking, allowed and not ignored."""

    operand: AutomationCondition
    blocking_only: bool = False
    allow_selection: Any = None
    ignore_selection: Any = None

    @property
    @abstractmethod
    def base_name(self) -> str:
        """What kind of condition it is, whichever checks it asks."""

    @property
    def name(self) -> str:
        """What kind of condition it is, and which checks it asks."""
        limits = {"allow_selection": self.allow_selection, "ignore_selection": self.ignore_selection}
        said = ["blocking_only=True"] if self.blocking_only else []
        said += [f"{name}={selection}" for name, selection in limits.items() if selection is not None]
        return f"{self.base_name}({','.join(said)})" if said else self.base_name

    @property
    def children(self) -> Sequence[AutomationCondition]:
        """The conditions that it is made of."""
        return (self.operand,)

    def node_id(self, parent: str, index: int | None, target: Any) -> str:
        """Return an id that stays when other checks are allowed or ignored."""
        del target
        return f"{parent}/{'' if index is None else index}:{self.base_name}"

    def allow(self, selection: Any) -> Self:
        """Return a copy that asks these checks alone, and those that were allowed before."""
        checked_selection(selection)
        before = self.allow_selection
        return replace(self, allow_selection=selection if before is None else selection | before)

    def ignore(self, selection: Any) -> Self:
        """Return a copy that does not ask these checks, nor those that were ignored before."""
        checked_selection(selection)
        before = self.ignore_selection
        return replace(self, ignore_selection=selection if before is None else selection | before)

    def results(self, context: AutomationContext) -> list[AutomationResult]:
        """Return what the condition is true for, by each of the checks that are asked."""
        return [
            context.for_child_condition(
                EntityMatchesCondition(key=key, operand=self.operand), None, context.candidate_subset
            ).evaluate()
            for key in self._asked(context.key, context.asset_graph_view)
        ]

    def _asked(self, key: Any, view: AutomationView) -> list[Any]:
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
        results = self.results(context)
        true = context.candidate_subset
        for result in results:
            true = true.compute_intersection(result.true_subset)
        return AutomationResult(context, true, child_results=results)
