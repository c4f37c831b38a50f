"""Conditions on the runs that made an asset: what else they were to make, and their tags."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from nb_assets.definitions.automation.constructors import makes
from nb_assets.definitions.automation.operands import Asked

if TYPE_CHECKING:
    from nb_assets.definitions.automation.context import AutomationContext
    from nb_assets.definitions.automation.subset import EntitySubset
    from nb_assets.definitions.automation.view import Update


@makes("executed_with_root_target")
@dataclass(frozen=True, kw_only=True)
class LatestRunExecutedWithRootTargetCondition(Asked):
    """True for what was last made in a run that was to make the asset of the whole condition, too."""

    @property
    def name(self) -> str:
        """What kind of condition it is."""
        return "executed_with_root_target"

    def answer(self, context: AutomationContext) -> EntitySubset:
        """Return what was made together with it; an asset is not made together with itself."""
        view, root = context.asset_graph_view, context.root_context.key
        if context.key == root:
            return context.get_empty_subset()
        latest = view.latest(context.key)
        return view.subset(
            context.key, [partition for partition, last in latest.items() if root in last.run_keys]
        )


@dataclass(frozen=True, kw_only=True)
class _Tagged(Asked):
    base: ClassVar[str]
    tag_keys: frozenset[str] | None = None
    tag_values: tuple[tuple[str, str], ...] | None = None

    @property
    def name(self) -> str:
        """What kind of condition it is."""
        said = []
        if self.tag_keys is not None:
            said.append(f"tag_keys={{{','.join(sorted(self.tag_keys))}}}")
        if self.tag_values is not None:
            said.append(f"tag_values={{{','.join(f'{key}:{value}' for key, value in self.tag_values)}}}")
        return f"{self.base}({', '.join(said)})" if said else self.base

    def matches(self, update: Update) -> bool:
        """Tell whether the run of an update has the tags."""
        keys, values = self.tag_keys or (), self.tag_values or ()
        tags = update.run_tags
        return all(key in tags for key in keys) and all(tags.get(key) == value for key, value in values)


@makes("executed_with_tags")
@dataclass(frozen=True, kw_only=True)
class LatestRunExecutedWithTagsCondition(_Tagged):
    """True for what was last made in a run with these tags."""

    base = "executed_with_tags"

    def answer(self, context: AutomationContext) -> EntitySubset:
        """Return what was."""
        latest = context.asset_graph_view.latest(context.key)
        return context.asset_graph_view.subset(
            context.key, [partition for partition, last in latest.items() if self.matches(last)]
        )


@dataclass(frozen=True, kw_only=True)
class _NewlyTagged(_Tagged):
    @abstractmethod
    def holds(self, matching: Collection[bool]) -> bool:
        """Tell whether it is true where so many of the updates match."""

    def answer(self, context: AutomationContext) -> EntitySubset:
        """Return what was made since the evaluation before, and by which runs."""
        if context.previous is None:
            return context.get_empty_subset()
        view = context.asset_graph_view
        matching: dict[str | None, list[bool]] = {}
        for update in view.updates_since(context.key, context.previous.seen):
            matching.setdefault(update.partition, []).append(self.matches(update))
        return view.subset(context.key, [one for one, found in matching.items() if self.holds(found)])


@makes("any_new_update_has_run_tags")
@dataclass(frozen=True, kw_only=True)
class AnyNewUpdateHasRunTagsCondition(_NewlyTagged):
    """True for what was made since the evaluation before, by a run with these tags among others."""

    base = "any_new_update_has_run_tags"

    def holds(self, matching: Collection[bool]) -> bool:
        """Tell whether one does."""
        return any(matching)


@makes("all_new_updates_have_run_tags")
@dataclass(frozen=True, kw_only=True)
class AllNewUpdatesHaveRunTagsCondition(_NewlyTagged):
    """True for what was made since the evaluation before, by runs with these tags alone."""

    base = "all_new_updates_have_run_tags"

    def holds(self, matching: Collection[bool]) -> bool:
        """Tell whether all do."""
        return all(matching)
