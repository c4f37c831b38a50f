"""The conditions by name, as `AutomationCondition` makes them: what each of them says, made of which parts.

What a condition does is in the modules that register it here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, TypeVar

from nb_assets.definitions.asset_key import AssetKey

if TYPE_CHECKING:
    import datetime as dt

    from nb_assets.definitions.automation.condition import AutomationCondition, BuiltinAutomationCondition
    from nb_assets.definitions.automation.dependencies import DepsAutomationCondition

    Made = BuiltinAutomationCondition

T = TypeVar("T")
_KINDS: dict[str, Callable[..., Any]] = {}


def makes(name: str) -> Callable[[T], T]:
    """Register a class as what is made under a name."""

    def register(kind: T) -> T:
        _KINDS[name] = kind  # type: ignore[assignment] # a class
        return kind

    return register


def made(name: str, **fields: Any) -> BuiltinAutomationCondition:
    """Return a condition of a kind."""
    condition: BuiltinAutomationCondition = _KINDS[name](**fields)
    return condition


class Constructors:
    """The static methods of `AutomationCondition`."""

    # What is so at this moment

    @staticmethod
    def missing() -> Made:
        """Be true for what was never made."""
        return made("missing")

    @staticmethod
    def run_in_progress() -> Made:
        """Be true for what waits or is made in a run."""
        return made("run_in_progress")

    @staticmethod
    def backfill_in_progress() -> Made:
        """Be true for what a backfill is to make: runs are all there is here, so never."""
        return made("backfill_in_progress")

    @staticmethod
    def in_progress() -> Made:
        """Be true for what waits or is made in a run."""
        either = Constructors.run_in_progress() | Constructors.backfill_in_progress()
        return either.with_label("in_progress")

    @staticmethod
    def execution_failed() -> Made:
        """Be true for what the last run failed to make."""
        return made("execution_failed")

    @staticmethod
    def check_passed() -> Made:
        """Be true for a check that passed on the latest data."""
        return made("check_result", passed=True)

    @staticmethod
    def check_failed() -> Made:
        """Be true for a check that failed on the latest data."""
        return made("check_result", passed=False)

    @staticmethod
    def in_latest_time_window(lookback_delta: dt.timedelta | None = None) -> Made:
        """Be true for the last partition in time, or for those that reach so far back from its end."""
        return made("in_latest_time_window", lookback_timedelta=lookback_delta)

    @staticmethod
    def will_be_requested() -> Made:
        """Be true for what this evaluation requests."""
        return made("will_be_requested")

    @staticmethod
    def initial_evaluation() -> Made:
        """Be true in the first evaluation of the asset's condition."""
        return made("initial_evaluation")

    @staticmethod
    def executed_with_root_target() -> Made:
        """Be true for an asset that was last made in a run that was to make the asset of the whole condition, too."""
        return made("executed_with_root_target")

    @staticmethod
    def executed_with_tags(
        *, tag_keys: AbstractSet[str] | None = None, tag_values: Mapping[str, str] | None = None
    ) -> Made:
        """Be true for what was last made in a run with these tags."""
        return made("executed_with_tags", **_tags(tag_keys, tag_values))

    # What has happened since the evaluation before

    @staticmethod
    def newly_updated() -> Made:
        """Be true for what was made since the evaluation before."""
        return made("newly_updated")

    @staticmethod
    def newly_requested() -> Made:
        """Be true for what the evaluation before requested."""
        return made("newly_requested")

    @staticmethod
    def newly_missing() -> Made:
        """Be true in the evaluation in which something becomes missing."""
        return Constructors.missing().newly_true().with_label("newly_missing")

    @staticmethod
    def code_version_changed() -> Made:
        """Be true when the code version is not what it was in the evaluation before."""
        return made("code_version_changed")

    @staticmethod
    def data_version_changed() -> Made:
        """Be true when the data version is not what it was in the evaluation before."""
        return made("data_version_changed")

    @staticmethod
    def cron_tick_passed(cron_schedule: str, cron_timezone: str = "UTC") -> Made:
        """Be true when a time of a cron schedule has come since the evaluation before.

        Raises
        ------
        DefinitionError
            When the schedule or the time zone is not a valid one.
        """
        return made("cron_tick_passed", cron_schedule=cron_schedule, cron_timezone=cron_timezone)

    @staticmethod
    def all_new_updates_have_run_tags(
        *, tag_keys: AbstractSet[str] | None = None, tag_values: Mapping[str, str] | None = None
    ) -> Made:
        """Be true for what was made since the evaluation before, by runs with these tags alone."""
        return made("all_new_updates_have_run_tags", **_tags(tag_keys, tag_values))

    @staticmethod
    def any_new_update_has_run_tags(
        *, tag_keys: AbstractSet[str] | None = None, tag_values: Mapping[str, str] | None = None
    ) -> Made:
        """Be true for what was made since the evaluation before, by a run with these tags among others."""
        return made("any_new_update_has_run_tags", **_tags(tag_keys, tag_values))

    # What holds for others

    @staticmethod
    def asset_matches(key: Any, condition: AutomationCondition) -> Made:
        """Be true when a condition is for another asset."""
        return made("asset_matches", key=AssetKey.from_coercible(key), operand=condition)

    @staticmethod
    def any_deps_match(condition: AutomationCondition) -> DepsAutomationCondition:
        """Be true when a condition is for one of the assets that this one is derived from."""
        return made("any_deps_match", operand=condition)  # type: ignore[return-value]

    @staticmethod
    def all_deps_match(condition: AutomationCondition) -> DepsAutomationCondition:
        """Be true when a condition is for each of the assets that this one is derived from."""
        return made("all_deps_match", operand=condition)  # type: ignore[return-value]

    @staticmethod
    def any_checks_match(condition: AutomationCondition, blocking_only: bool = False) -> Made:  # noqa: FBT001, FBT002
        """Be true when a condition is for one of the asset's checks."""
        return made("any_checks_match", operand=condition, blocking_only=blocking_only)

    @staticmethod
    def all_checks_match(condition: AutomationCondition, blocking_only: bool = False) -> Made:  # noqa: FBT001, FBT002
        """Be true when a condition is for each of the asset's checks."""
        return made("all_checks_match", operand=condition, blocking_only=blocking_only)

    @staticmethod
    def any_downstream_conditions() -> Made:
        """Be true when a condition of something that is derived from the asset would be true for the asset."""
        return made("any_downstream_conditions")

    @staticmethod
    def any_deps_updated() -> DepsAutomationCondition:
        """Be true when something that the asset is derived from was made, or is requested now."""
        alone = Constructors.newly_updated() & ~Constructors.executed_with_root_target()
        updated = alone.with_label("newly_updated_without_root") | Constructors.will_be_requested()
        return Constructors.any_deps_match(updated).with_label("any_deps_updated")

    @staticmethod
    def any_deps_missing() -> DepsAutomationCondition:
        """Be true when something that the asset is derived from is missing, and not requested now."""
        gone = Constructors.missing() & ~Constructors.will_be_requested()
        return Constructors.any_deps_match(gone).with_label("any_deps_missing")

    @staticmethod
    def any_deps_in_progress() -> DepsAutomationCondition:
        """Be true when something that the asset is derived from waits or is made in a run."""
        return Constructors.any_deps_match(Constructors.in_progress()).with_label("any_deps_in_progress")

    @staticmethod
    def all_deps_blocking_checks_passed() -> DepsAutomationCondition:
        """Be true when every blocking check of what the asset is derived from has passed, or is requested now."""
        passed = Constructors.check_passed() | Constructors.will_be_requested()
        checks = Constructors.all_checks_match(passed, blocking_only=True)
        label = "all_blocking_checks_passed"
        return Constructors.all_deps_match(checks.with_label(label)).with_label(
            "all_deps_blocking_checks_passed"
        )

    @staticmethod
    def all_deps_updated_since_cron(
        cron_schedule: str, cron_timezone: str = "UTC"
    ) -> DepsAutomationCondition:
        """Be true when all that the asset is derived from was made since the last time of a cron schedule."""
        tick = Constructors.cron_tick_passed(cron_schedule, cron_timezone)
        updated = Constructors.newly_updated().since(tick) | Constructors.will_be_requested()
        label = f"all_deps_updated_since_cron({cron_schedule}, {cron_timezone})"
        return Constructors.all_deps_match(updated).with_label(label)

    # Whole policies

    @staticmethod
    def eager() -> Made:
        """Make the asset whenever what it is derived from was made, and when it becomes missing.

        Nothing that it is derived from may be missing or under way, nor the asset itself. Of partitions in time, the last
        one counts. In a notebook an edit of the asset's code counts, too.
        """
        due = (
            Constructors.newly_missing() | Constructors.any_deps_updated() | made("code_edited")
        ).since_last_handled()
        return (
            Constructors.in_latest_time_window()
            & due
            & ~Constructors.any_deps_missing()
            & ~Constructors.any_deps_in_progress()
            & ~Constructors.in_progress()
        ).with_label("eager")

    @staticmethod
    def on_cron(cron_schedule: str, cron_timezone: str = "UTC") -> Made:
        """Make the asset at each time of a cron schedule, once all that it is derived from was made since then.

        Raises
        ------
        DefinitionError
            When the schedule or the time zone is not a valid one.
        """
        tick = Constructors.cron_tick_passed(cron_schedule, cron_timezone)
        return (
            Constructors.in_latest_time_window()
            & tick.since_last_handled()
            & Constructors.all_deps_updated_since_cron(cron_schedule, cron_timezone)
        ).with_label(f"on_cron({cron_schedule}, {cron_timezone})")

    @staticmethod
    def on_missing() -> Made:
        """Make the asset when it becomes missing, once nothing is missing that it is derived from."""
        due = Constructors.missing().newly_true().since_last_handled()
        return (
            Constructors.in_latest_time_window()
            & due.with_label("missing_since_last_handled")
            & ~Constructors.any_deps_missing()
        ).with_label("on_missing")


def _tags(tag_keys: AbstractSet[str] | None, tag_values: Mapping[str, str] | None) -> dict[str, Any]:
    return {
        "tag_keys": None if tag_keys is None else frozenset(tag_keys),
        "tag_values": None if tag_values is None else tuple(sorted(tag_values.items())),
    }
