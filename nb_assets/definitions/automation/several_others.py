"""A condition on several others, such as those that an asset is derived from, of which some may be left out."""

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
from nb_assets.definitions.automation.context import AutomationContext, AutomationResult
from nb_assets.definitions.automation.other_entity import EntityMatchesCondition

if TYPE_CHECKING:
    from typing_extensions import Self

    from nb_assets.definitions.automation.view import AutomationView


@dataclass(frozen=True, kw_only=True)
class SeveralOthersCondition(Unkept, Selective):
    """A condition on several assets or checks, or on those of them that are allowed and not ignored."""

    operand: AutomationCondition
    allow_selection: Any = None
    ignore_selection: Any = None

    @property
    @abstractmethod
    def base_name(self) -> str:
        """What kind of condition it is, whichever it asks."""

    @abstractmethod
    def asked(self, key: Any, view: AutomationView) -> list[Any]:
        """Return the keys of those that are asked, in order."""

    @property
    def limits(self) -> dict[str, Any]:
        """What says which are asked, by parameter; None where all are."""
        return {"allow_selection": self.allow_selection, "ignore_selection": self.ignore_selection}

    @property
    def name(self) -> str:
        """What kind of condition it is, and which it asks."""
        said = [f"{name}={limit}" for name, limit in self.limits.items() if limit is not None]
        return f"{self.base_name}({','.join(said)})" if said else self.base_name

    @property
    def children(self) -> Sequence[AutomationCondition]:
        """The conditions that it is made of."""
        return (self.operand,)

    def node_id(self, parent: str, index: int | None, target: Any) -> str:
        """Return an id that stays when others are allowed or ignored."""
        del target
        return f"{parent}/{'' if index is None else index}:{self.base_name}"

    def allow(self, selection: Any) -> Self:
        """Return a copy that asks these alone, and those that were allowed before."""
        checked_selection(selection)
        before = self.allow_selection
        return replace(self, allow_selection=selection if before is None else selection | before)

    def ignore(self, selection: Any) -> Self:
        """Return a copy that does not ask these, nor those that were ignored before."""
        checked_selection(selection)
        before = self.ignore_selection
        return replace(self, ignore_selection=selection if before is None else selection | before)

    def results(self, context: AutomationContext) -> list[AutomationResult]:
        """Return what the condition is true for, by each of those that are asked."""
        return [
            context.for_child_condition(
                EntityMatchesCondition(key=key, operand=self.operand), None, context.candidate_subset
            ).evaluate()
            for key in self.asked(context.key, context.asset_graph_view)
        ]

    def true_for_all(self, context: AutomationContext) -> AutomationResult:
        """Ask each, and take what all are true for."""
        results = self.results(context)
        true = context.candidate_subset
        for result in results:
            true = true.compute_intersection(result.true_subset)
        return AutomationResult(context, true, child_results=results)
