"""The windows between the moments of a schedule, but for those that are left out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from nb_assets.definitions.partitions.cron import ticks, zone
from nb_assets.definitions.partitions.time_window import TimeWindow


class Windows:
    """The windows of a schedule, each known by the moment at which it begins, in seconds since 1970.

    Parameters
    ----------
    exclusions
        Moments, or schedules of moments, at which no window begins.
    """

    def __init__(self, schedule: str, zone_name: str, exclusions: Iterable[str | datetime] = ()) -> None:
        self._ticks = ticks(schedule, zone_name)
        self._zone = zone(zone_name)
        exclusions = tuple(exclusions)
        self._times = frozenset(int(each.timestamp()) for each in exclusions if isinstance(each, datetime))
        self._schedules = tuple(ticks(each, zone_name) for each in exclusions if isinstance(each, str))

    def at(self, timestamp: float) -> datetime:
        """Return a moment in the zone of the windows."""
        return datetime.fromtimestamp(timestamp, self._zone)

    def is_left_out(self, begin: int) -> bool:
        """Tell whether no window begins at this moment of the schedule."""
        return begin in self._times or any(each.after(begin) == begin for each in self._schedules)

    def window(self, begin: int) -> TimeWindow:
        """Return the window that begins at a moment."""
        return TimeWindow(self.at(begin), self.at(self._ticks.after(begin, including=False)))

    def first_from(self, timestamp: float) -> int:
        """Return the first window that begins at a time or later."""
        begin = self._ticks.after(timestamp)
        while self.is_left_out(begin):
            begin = self._ticks.after(begin, including=False)
        return begin

    def last_over(self, timestamp: float) -> int:
        """Return the last window that ends at a time or before."""
        return self.last_before(self._ticks.before(timestamp))

    def last_before(self, timestamp: float, *, including: bool = False) -> int:
        """Return the last window that begins before a time, or at it."""
        begin = self._ticks.before(timestamp, including=including)
        while self.is_left_out(begin):
            begin = self._ticks.before(begin, including=False)
        return begin

    def between(self, start: float, end: float) -> list[int]:
        """Return the windows that begin in a stretch of time."""
        found = self._ticks.between(start, end)
        return (
            [begin for begin in found if not self.is_left_out(begin)]
            if self._times or self._schedules
            else found
        )
