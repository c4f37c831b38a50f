"""The moments that a cron schedule names in a time zone, as a sorted table that grows on demand.

A schedule is read as clocks on the wall show it. Where clocks are set back, a schedule for every hour names both of the
hours that look the same, any other the second one; where they are set forward, a schedule for every hour leaves out
what no clock shows, any other names the moment when they jump.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from itertools import takewhile
from typing import Final

from nb_assets.errors import DefinitionError, near

_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - what clocks on the wall show has no zone
_YEAR: Final = 366 * 86_400
_HOURLY: Final = re.compile(r"(\d+) \* \* \* \*")
_BY_NAME: Final = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_DAILY: Final = re.compile(r"(\d+) (\d+) \* \* \*")


@lru_cache(maxsize=64)
def zone(name: str) -> tzinfo:
    """Return a time zone by its name.

    Raises
    ------
    DefinitionError
        When there is none, with near names.
    """
    import zoneinfo

    try:
        return timezone.utc if name == "UTC" else zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError, TypeError):
        names = zoneinfo.available_timezones()
        raise DefinitionError(
            f"there is no time zone `{name}`.{near(str(name), names)} Zones have the names of the IANA database, such as "
            "`Europe/Berlin`."
        ) from None


def checked_cron(schedule: str) -> str:
    """Return a cron schedule when it is one of five fields.

    Raises
    ------
    DefinitionError
        When it is not, or names no moment at all.
    """
    from cronsim import CronSim, CronSimError

    schedule = _BY_NAME.get(schedule, schedule)
    try:
        if len(str(schedule).split()) != 5:  # noqa: PLR2004 - minute, hour, day, month, weekday
            raise CronSimError("five fields are needed")  # noqa: TRY301 - one message for every mistake
        next(CronSim(schedule, _EPOCH))
    except (CronSimError, StopIteration):
        raise DefinitionError(
            f"`{schedule}` is no cron schedule: it has five fields (minute, hour, day of month, month, day of week), "
            'as "30 6 * * 1" for Mondays at half past six.'
        ) from None
    return schedule


def repeats_every_hour(schedule: str) -> bool:
    """Tell whether a schedule names moments in every hour."""
    return schedule.split()[1] == "*"


class Ticks:
    """The moments of one schedule in one zone, in seconds since 1970."""

    def __init__(self, schedule: str, zone_name: str) -> None:
        self.schedule = schedule
        self.zone = zone(zone_name)
        self._hourly = repeats_every_hour(schedule)
        self._table: list[int] = []
        # All moments between these two are in the table.
        self._low = self._high = 0

    def after(self, timestamp: float, *, including: bool = True) -> int:
        """Return the first moment after a time, or at it."""
        table = self._table_around(timestamp)
        return table[(bisect_left if including else bisect_right)(table, timestamp)]

    def before(self, timestamp: float, *, including: bool = True) -> int:
        """Return the last moment before a time, or at it."""
        table = self._table_around(timestamp)
        return table[(bisect_right if including else bisect_left)(table, timestamp) - 1]

    def _table_around(self, timestamp: float) -> list[int]:
        """Return the table once it holds moments on either side of a time."""
        margin = _YEAR // 4
        while True:
            self._cover(timestamp - margin, timestamp + margin)
            table = self._table
            at = bisect_left(table, timestamp)
            if at > 1 and at + 2 < len(table):
                return table
            margin *= 4
            if margin > 100 * _YEAR:
                raise DefinitionError(
                    f"the cron schedule `{self.schedule}` names next to no moments: partitions need more of them."
                )

    def between(self, start: float, end: float) -> list[int]:
        """Return the moments from a time to another, which is left out."""
        self._table_around(start)
        table = self._table_around(end)
        return table[bisect_left(table, start) : bisect_left(table, end)]

    def _cover(self, low: float, high: float) -> None:
        if not self._table:
            self._low, self._high = int(low), int(high)
            self._table = self._made(self._low, self._high)
            return
        if low < self._low:
            begin = int(low)
            self._table = self._made(begin, self._low) + self._table
            self._low = begin
        if high > self._high:
            end = int(high)
            self._table = self._table + self._made(self._high, end)
            self._high = end

    def _made(self, low: int, high: int) -> list[int]:
        """Return the moments from one time to another, which is left out."""
        # A day more on either side, since no zone is further from UTC than that.
        begin = _EPOCH + timedelta(seconds=low) - timedelta(days=1)
        end = _EPOCH + timedelta(seconds=high) + timedelta(days=1)
        shown = takewhile(lambda tick: tick < end, self._on_the_wall(begin))
        if self.zone is timezone.utc:
            found = {int((tick - _EPOCH).total_seconds()) for tick in shown}
        else:
            found = {timestamp for tick in shown for timestamp in self._moments(tick)}
        return sorted(timestamp for timestamp in found if low <= timestamp < high)

    def _on_the_wall(self, begin: datetime) -> Iterator[datetime]:
        hourly, daily = _HOURLY.fullmatch(self.schedule), _DAILY.fullmatch(self.schedule)
        if hourly is None and daily is None:
            from cronsim import CronSim

            yield from CronSim(self.schedule, begin)
            return
        # The two most frequent schedules, thirty times as fast.
        if hourly is not None:
            tick = begin.replace(minute=int(hourly[1]), second=0, microsecond=0)
            step = timedelta(hours=1)
        else:
            assert daily is not None
            tick = begin.replace(hour=int(daily[2]), minute=int(daily[1]), second=0, microsecond=0)
            step = timedelta(days=1)
        while True:
            yield tick
            tick += step

    def _moments(self, shown: datetime) -> Iterator[int]:
        first, second = (int(shown.replace(tzinfo=self.zone, fold=fold).timestamp()) for fold in (0, 1))
        if first == second:
            yield first
        elif first < second:
            # Clocks show it twice.
            if self._hourly:
                yield first
            yield second
        elif not self._hourly:
            # Clocks jump over it: `second` is before the jump, and `first` after.
            yield self._jump(second, first)

    def _jump(self, before: int, after: int) -> int:
        offset = self._offset(before)
        while after - before > 1:
            middle = (before + after) // 2
            if self._offset(middle) == offset:
                before = middle
            else:
                after = middle
        return after

    def _offset(self, timestamp: int) -> timedelta | None:
        return datetime.fromtimestamp(timestamp, self.zone).utcoffset()


@lru_cache(maxsize=256)
def ticks(schedule: str, zone_name: str) -> Ticks:
    """Return the moments of a schedule in a zone; all that ask share one table."""
    return Ticks(schedule, zone_name)
