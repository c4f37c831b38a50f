"""The keys of partitions of time: texts that stand for the moments at which they begin."""

from __future__ import annotations

from datetime import datetime, tzinfo

from nb_assets.definitions.partitions.cron import repeats_every_hour


def key_of_time(moment: datetime, fmt: str, schedule: str) -> str:
    """Return the key of the partition that begins at a moment.

    Of two hours that look the same on clocks that are set back, the second one has its offset from UTC in its key.
    """
    if "%z" not in fmt and moment.fold and repeats_every_hour(schedule):
        return moment.strftime(fmt + "%z")
    return moment.strftime(fmt)


def time_of_key(key: str, fmt: str, zone: tzinfo) -> datetime:
    """Return the moment that a key says.

    Raises
    ------
    ValueError
        When it says none in this format.
    """
    try:
        moment = datetime.strptime(key, fmt)  # noqa: DTZ007 - the zone is that of the definition
    except ValueError:
        moment = datetime.strptime(key, fmt + "%z")  # noqa: DTZ007 - as above
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
