"""Schedules of the usual kinds: every hour, day, week, month."""

from __future__ import annotations

import re
from enum import Enum

from nb_assets.errors import InvocationError


class ScheduleType(Enum):
    """How often a schedule of the usual kinds comes round."""

    HOURLY = "HOURLY"
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"

    @property
    def ordinal(self) -> int:
        """Its rank, the most frequent one first."""
        return list(ScheduleType).index(self) + 1

    def __gt__(self, other: ScheduleType) -> bool:
        return self.ordinal > other.ordinal

    def __lt__(self, other: ScheduleType) -> bool:
        return self.ordinal < other.ordinal


_FORMS = {
    r"\d+ \* \* \* \*": ScheduleType.HOURLY,
    r"\d+ \d+ \* \* \*": ScheduleType.DAILY,
    r"\d+ \d+ \* \* \d+": ScheduleType.WEEKLY,
    r"\d+ \d+ \d+ \* \*": ScheduleType.MONTHLY,
}


def cron_of(kind: ScheduleType, minute: int, hour: int, day: int | None) -> str:
    """Return the cron schedule of a usual kind."""
    return {
        ScheduleType.HOURLY: f"{minute} * * * *",
        ScheduleType.DAILY: f"{minute} {hour} * * *",
        ScheduleType.WEEKLY: f"{minute} {hour} * * {0 if day is None else day}",
        ScheduleType.MONTHLY: f"{minute} {hour} {day or 1} * *",
    }[kind]


class Scheduled:
    """What follows from a cron schedule by its text alone."""

    cron_schedule: str

    @property
    def schedule_type(self) -> ScheduleType | None:
        """How often the schedule comes round, when it is of a usual kind."""
        return next((kind for form, kind in _FORMS.items() if re.fullmatch(form, self.cron_schedule)), None)

    @property
    def minute_offset(self) -> int:
        """The minute at which partitions begin."""
        return self._field(0, "minute")

    @property
    def hour_offset(self) -> int:
        """The hour at which partitions begin."""
        return self._field(1, "hour")

    @property
    def day_offset(self) -> int:
        """The day on which partitions begin: of the week for weekly ones, 0 for Sunday; of the month for monthly ones.

        Raises
        ------
        InvocationError
            When the schedule is neither weekly nor monthly.
        """
        kind = self.schedule_type
        if kind not in (ScheduleType.WEEKLY, ScheduleType.MONTHLY):
            raise InvocationError(f"the schedule `{self.cron_schedule}` is neither weekly nor monthly.")
        return self._field(4 if kind is ScheduleType.WEEKLY else 2, "day")

    def _field(self, place: int, what: str) -> int:
        text = self.cron_schedule.split()[place]
        if not text.isdigit():
            raise InvocationError(f"the schedule `{self.cron_schedule}` names no single {what}.")
        return int(text)

    def get_cron_schedule(
        self,
        minute_of_hour: int | None = None,
        hour_of_day: int | None = None,
        day_of_week: int | None = None,
        day_of_month: int | None = None,
    ) -> str:
        """Return the schedule, at another minute, hour or day where one is given.

        Raises
        ------
        InvocationError
            When the schedule has no such thing.
        """
        given = (minute_of_hour, hour_of_day, day_of_week, day_of_month)
        kind = self.schedule_type
        if all(each is None for each in given):
            return self.cron_schedule
        refused = {
            None: given,
            ScheduleType.HOURLY: (hour_of_day,),
            ScheduleType.DAILY: (day_of_week, day_of_month),
        }
        if kind is None or any(each is not None for each in refused.get(kind, ())):
            raise InvocationError(
                f"the schedule `{self.cron_schedule}` has no minute, hour or day of this kind to set."
            )
        day = {ScheduleType.WEEKLY: day_of_week, ScheduleType.MONTHLY: day_of_month}.get(kind)
        if day is None and kind in (ScheduleType.WEEKLY, ScheduleType.MONTHLY):
            day = self.day_offset
        minute = self.minute_offset if minute_of_hour is None else minute_of_hour
        hour = hour_of_day if hour_of_day is not None or kind is ScheduleType.HOURLY else self.hour_offset
        return cron_of(kind, minute, hour or 0, day)
