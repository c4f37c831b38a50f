"""Conditions on other assets: one that is named, or those that the asset is derived from."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.automation.condition import (
    AutomationCondition,
    BuiltinAutomationCondition,
    Selective,
    Unkept,
    checked_selection,
)
from nb_assets.definitions.automation.constructors import makes
from nb_assets.definitions.automation.context import AutomationContext, AutomationResult

if TYPE_CHECKING:
    from typing_extensions import Self

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.automation.view import AutomationView


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


@dataclass(frozen=True, kw_only=True)
class DepsAutomationCondition(Unkept, Selective):
    """A condition on what the asset is derived from, or on those of it that are allowed and not ignored."""

    operand: AutomationCondition
    allow_selection: Any = None
    ignore_selection: Any = None

    @property
    @abstractmethod
    def base_name(self) -> str:
        """What kind of condition it is, whichever assets it asks."""

    @property
    def name(self) -> str:
        """What kind of condition it is, and which assets it asks."""
        limits = {"allow_selection": self.allow_selection, "ignore_selection": self.ignore_selection}
        said = [f"{name}={selection}" for name, selection in limits.items() if selection is not None]
        return f"{self.base_name}({','.join(said)})" if said else self.base_name

    @property
    def children(self) -> Sequence[AutomationCondition]:
        """The conditions that it is made of."""
        return (self.operand,)

    def node_id(self, parent: str, index: int | None, target: Any) -> str:
        """Return an id that stays when other assets are allowed or ignored."""
        del target
        return f"{parent}/{'' if index is None else index}:{self.base_name}"

    def allow(self, selection: Any) -> Self:
        """Return a copy that asks these assets alone, and those that were allowed before."""
        checked_selection(selection)
        before = self.allow_selection
        return replace(self, allow_selection=selection if before is None else selection | before)

    def ignore(self, selection: Any) -> Self:
        """Return a copy that does not ask these assets, nor those that were ignored before."""
        checked_selection(selection)
        before = self.ignore_selection
        return replace(self, ignore_selection=selection if before is None else selection | before)

    def replace(self, old: AutomationCondition | str, new: AutomationCondition) -> AutomationCondition:
        """Return the condition with another one in place of a part: a condition, a label or a name."""
        return new if self._is(old) else replace(self, operand=self.operand.replace(old, new))

    def results(self, context: AutomationContext) -> list[AutomationResult]:
        """Return what the condition is true for, by each of the assets that are asked."""
        return [
            context.for_child_condition(
                EntityMatchesCondition(key=key, operand=self.operand), None, context.candidate_subset
            ).evaluate()
            for key in self._asked(context.key, context.asset_graph_view)
        ]

    def _asked(self, key: Any, view: AutomationView) -> list[AssetKey]:
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
        results = self.results(context)
        true = context.candidate_subset
        for result in results:
            true = true.compute_intersection(result.true_subset)
        return AutomationResult(context, true, child_results=results)
