"""Conditions on the clock: the times of a cron schedule, and the last partition in time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nb_assets.definitions.automation.constructors import makes
from nb_assets.definitions.automation.operands import Asked
from nb_assets.definitions.partitions.cron import Ticks, checked_cron, ticks, zone

if TYPE_CHECKING:
    from nb_assets.definitions.automation.context import AutomationContext
    from nb_assets.definitions.automation.subset import EntitySubset, Times


_ALIASES: Final = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}


@makes("cron_tick_passed")
@dataclass(frozen=True, kw_only=True)
class CronTickPassedCondition(Asked):
    """True when a time of a cron schedule has come since the evaluation before."""

    cron_schedule: str
    cron_timezone: str

    def __post_init__(self) -> None:
        checked_cron(_ALIASES.get(self.cron_schedule, self.cron_schedule))
        zone(self.cron_timezone)

    @property
    def name(self) -> str:
        """What kind of condition it is."""
        return f"cron_tick_passed(cron_schedule={self.cron_schedule}, cron_timezone={self.cron_timezone})"

    def answer(self, context: AutomationContext) -> tuple[EntitySubset, Times]:
        """Return all that is asked about when the last time is not before the evaluation before."""
        if context.previous is None:
            return context.get_empty_subset(), {}
        tick = self.ticks.before(context.evaluation_time.timestamp())
        if tick < context.previous.timestamp:
            return context.get_empty_subset(), {}
        return context.candidate_subset, dict.fromkeys(context.candidate_subset.partitions, tick)

    @property
    def ticks(self) -> Ticks:
        """The moments of the schedule."""
        return ticks(_ALIASES.get(self.cron_schedule, self.cron_schedule), self.cron_timezone)


@makes("in_latest_time_window")
@dataclass(frozen=True, kw_only=True)
class InLatestTimeWindowCondition(Asked):
    """True for the last partition in time, or for those that reach so far back from its end."""

    lookback_timedelta: dt.timedelta | None = None

    @property
    def name(self) -> str:
        """What kind of condition it is."""
        back = self.lookback_timedelta
        return f"in_latest_time_window(lookback_timedelta={back})" if back else "in_latest_time_window"

    @property
    def description(self) -> str:
        """When it is true, in a few words."""
        back = self.lookback_timedelta
        return f"In the last {back} of its partitions" if back else "In the last partition in time"

    def answer(self, context: AutomationContext) -> EntitySubset:
        """Return those partitions; all where time divides nothing."""
        return context.asset_graph_view.latest_window(context.key, self.lookback_timedelta)
