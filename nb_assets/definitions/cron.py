"""Cron schedules: whether one can be read, and the times before and after a moment.

The library is imported when a schedule is first used.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from functools import lru_cache
from typing import Final

from nb_assets.errors import DefinitionError

_ALIASES: Final = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
_FIELDS: Final = 5


def checked_cron(schedule: str, timezone: str = "UTC") -> str:
    """Return a schedule with five fields.

    Raises
    ------
    DefinitionError
        When the schedule or the time zone is not a valid one.
    """
    _zone(timezone)
    expression = _expression(schedule)
    _tick(expression, dt.datetime(2024, 1, 1, tzinfo=dt.timezone.utc), reverse=False)
    return expression


def last_tick(schedule: str, timezone: str, at: dt.datetime) -> dt.datetime:
    """Return the last time of a schedule that is not after a moment."""
    # Strictly before, in whole minutes as far as cron knows, is what the library tells.
    after = at.astimezone(_zone(timezone)) + dt.timedelta(microseconds=1)
    return _tick(_expression(schedule), after, reverse=True)


def next_tick(schedule: str, timezone: str, at: dt.datetime) -> dt.datetime:
    """Return the first time of a schedule after a moment."""
    return _tick(_expression(schedule), at.astimezone(_zone(timezone)), reverse=False)


@lru_cache(maxsize=64)
def _zone(timezone: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(timezone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise DefinitionError(
            f"there is no time zone `{timezone}`: name one such as UTC or Europe/Berlin."
        ) from error


def _expression(schedule: str) -> str:
    text = schedule.strip() if isinstance(schedule, str) else ""  # type: ignore[redundant-expr] # users give anything
    expression = _ALIASES.get(text.lower(), text)
    if len(expression.split()) != _FIELDS:
        raise _unreadable(schedule)
    return expression


def _tick(expression: str, at: dt.datetime, *, reverse: bool) -> dt.datetime:
    from cronsim import CronSim, CronSimError

    try:
        ticks = CronSim(expression, at, reverse=reverse)
        return next(ticks)
    except (CronSimError, StopIteration) as error:
        raise _unreadable(expression) from error


def _unreadable(schedule: object) -> DefinitionError:
    return DefinitionError(
        f"{schedule!r} is no cron schedule: five fields say minute, hour, day, month and day of the week, as in "
        "'0 6 * * 1-5', or one word does, such as @daily."
    )
