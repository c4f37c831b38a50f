"""Partitions of time: the windows between the moments of a cron schedule."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from nb_assets.definitions.partitions.bounds import Bounds
from nb_assets.definitions.partitions.cron import checked_cron, zone
from nb_assets.definitions.partitions.key_range import PartitionKeyRange
from nb_assets.definitions.partitions.loading import DynamicPartitionsStore, partition_loading_context
from nb_assets.definitions.partitions.partitions_definition import PartitionsDefinition
from nb_assets.definitions.partitions.schedule_type import Scheduled, ScheduleType, cron_of
from nb_assets.definitions.partitions.subset import PartitionsSubset
from nb_assets.definitions.partitions.time_key import key_of_time, time_of_key
from nb_assets.definitions.partitions.time_window import TimeWindow
from nb_assets.definitions.partitions.windows import Windows
from nb_assets.errors import DefinitionError, UnknownPartitionError


class TimeWindowPartitionsDefinition(Scheduled, PartitionsDefinition[str]):
    """Partitions of time, each from one moment of a cron schedule to the next, named by the moment at which it begins.

    A partition exists once its time is over.

    Parameters
    ----------
    start
        When the first partition begins, or before that: a text in the format of the keys, or a datetime.
    fmt
        The format of the keys, as `datetime.strftime` takes it.
    end
        When the last partition ends at the latest.
    schedule_type, minute_offset, hour_offset, day_offset
        In place of a cron schedule: how often, and at which minute, hour and day.
    timezone
        The zone of all times, "UTC" unless given.
    end_offset
        How many partitions exist before their time is over; negative, how many are held back.
    cron_schedule
        The moments between which the partitions are.
    exclusions
        Moments, or cron schedules of moments, at which no partition begins.

    Raises
    ------
    DefinitionError
        When a schedule, a zone or a time is not a valid one.
    """

    def __init__(  # noqa: PLR0917 - Dagster's signature
        self,
        start: datetime | str,
        fmt: str,
        end: datetime | str | None = None,
        schedule_type: ScheduleType | None = None,
        timezone: str | None = None,
        end_offset: int = 0,
        minute_offset: int | None = None,
        hour_offset: int | None = None,
        day_offset: int | None = None,
        cron_schedule: str | None = None,
        exclusions: Sequence[str | datetime] | None = None,
    ) -> None:
        if cron_schedule is not None and (schedule_type or minute_offset or hour_offset or day_offset):
            raise DefinitionError(
                "give partitions of time either a cron_schedule or a schedule_type with its offsets, not both."
            )
        if cron_schedule is None:
            if schedule_type is None:
                raise DefinitionError(
                    "partitions of time need a cron_schedule or a schedule_type: which moments they are between."
                )
            cron_schedule = cron_of(schedule_type, minute_offset or 0, hour_offset or 0, day_offset)
        self.timezone = timezone or "UTC"
        self.fmt = fmt
        self.cron_schedule = checked_cron(cron_schedule)
        self.end_offset = end_offset
        self._zone = zone(self.timezone)
        self.start = self._moment(start, "start")
        self.end = None if not end else self._moment(end, "end")
        self.exclusions = tuple(self._exclusion(each) for each in exclusions or ()) or None
        self._windows = Windows(self.cron_schedule, self.timezone, self.exclusions or ())
        self._bounds = Bounds(
            windows=self._windows, start=self.start, end=self.end, end_offset=self.end_offset
        )
        self._keys: tuple[tuple[int, int], list[str], dict[str, int]] = ((0, 0), [], {})

    def _moment(self, given: datetime | date | str, what: str) -> datetime:
        if isinstance(given, datetime):
            return given.replace(tzinfo=self._zone)
        try:
            return time_of_key(str(given), self.fmt, self._zone)
        except ValueError:
            raise DefinitionError(
                f"the {what} of these partitions, `{given}`, is not written as their keys are: `{self.fmt}`, as in "
                f"`{datetime(2024, 1, 31).strftime(self.fmt)}`."  # noqa: DTZ001 - an example
            ) from None

    def _exclusion(self, given: Any) -> str | datetime:
        if isinstance(given, str):
            return checked_cron(given)
        if isinstance(given, datetime):
            return given.replace(tzinfo=self._zone)
        raise DefinitionError(f"an exclusion is a datetime or a cron schedule, not {given!r}.")

    is_of_time = True

    def validate_partition_definition(self) -> None:
        """Check that no two partitions have the same key.

        Raises
        ------
        DefinitionError
            When the format of the keys is too coarse for the schedule.
        """
        first = self._windows.first_from(self.start.timestamp())
        if self._key(first) == self._key(self._windows.first_from(first + 1)):
            raise DefinitionError(
                f"the format `{self.fmt}` gives partitions that follow each other the same key, `{self._key(first)}`: the "
                f"schedule `{self.cron_schedule}` needs a finer one."
            )

    # Windows

    def get_first_partition_window(self, current_time: datetime | None = None) -> TimeWindow | None:
        """Return the time of the first partition, or None when there is none."""
        with partition_loading_context(current_time):
            bounds = self._bounds.now()
        return None if bounds is None else self._windows.window(bounds[0])

    def get_last_partition_window(self, current_time: datetime | None = None) -> TimeWindow | None:
        """Return the time of the last partition, or None when there is none."""
        with partition_loading_context(current_time):
            bounds = self._bounds.now()
        return None if bounds is None else self._windows.window(bounds[1])

    def time_window_for_partition_key(self, partition_key: str) -> TimeWindow:
        """Return the time of a partition.

        Raises
        ------
        UnknownPartitionError
            When the key is not written as those of these partitions are.
        """
        return self._windows.window(self._windows.first_from(self._parsed(partition_key).timestamp()))

    def start_time_for_partition_key(self, partition_key: str) -> datetime:
        """Return when a partition begins."""
        return self.time_window_for_partition_key(partition_key).start

    def end_time_for_partition_key(self, partition_key: str) -> datetime:
        """Return when a partition ends."""
        return self.time_window_for_partition_key(partition_key).end

    def get_next_partition_window(
        self,
        end_dt: datetime,
        current_time: datetime | None = None,
        respect_bounds: bool = True,  # noqa: FBT001, FBT002
    ) -> TimeWindow | None:
        """Return the time of the first partition that begins at a time or later."""
        found = self._windows.window(self._windows.first_from(end_dt.timestamp()))
        last = self.get_last_partition_window(current_time) if respect_bounds else None
        return (
            None
            if respect_bounds and (last is None or found.start.timestamp() > last.start.timestamp())
            else found
        )

    def get_prev_partition_window(self, start_dt: datetime, respect_bounds: bool = True) -> TimeWindow | None:  # noqa: FBT001, FBT002
        """Return the time of the last partition that ends at a time or before."""
        found = self._windows.window(self._windows.last_over(start_dt.timestamp()))
        first = self.get_first_partition_window() if respect_bounds else None
        return (
            None
            if respect_bounds and (first is None or found.start.timestamp() < first.start.timestamp())
            else found
        )

    # Keys

    def _key(self, tick: float) -> str:
        return key_of_time(self._windows.at(tick), self.fmt, self.cron_schedule)

    def _parsed(self, key: str) -> datetime:
        try:
            return time_of_key(key, self.fmt, self._zone)
        except (ValueError, TypeError):
            first = self._key(self._windows.first_from(self.start.timestamp()))
            raise UnknownPartitionError(
                f"`{key}` is no key of these partitions: their keys are written like `{first}`."
            ) from None

    def _all(self) -> tuple[list[str], dict[str, int]]:
        """Return the keys of all partitions, and the place of each."""
        bounds = self._bounds.now()
        if bounds is None:
            return [], {}
        known = self._keys
        if known[0] != bounds:
            keys = [self._key(begin) for begin in self._windows.between(bounds[0], bounds[1] + 1)]
            # Assigned as a whole, for other threads to see either.
            known = self._keys = (bounds, keys, {key: place for place, key in enumerate(keys)})
        return known[1], known[2]

    def __getstate__(self) -> dict[str, Any]:
        """Return what it was made of; keys are worked out anew where it is taken to."""
        return {**vars(self), "_keys": ((0, 0), [], {})}

    def get_partition_keys(
        self,
        current_time: datetime | None = None,
        dynamic_partitions_store: DynamicPartitionsStore | None = None,
    ) -> Sequence[str]:
        """Return the keys of the partitions whose time is over, in order."""
        del dynamic_partitions_store
        with partition_loading_context(current_time):
            return list(self._all()[0])

    def has_partition_key(
        self,
        partition_key: str,
        current_time: datetime | None = None,
        dynamic_partitions_store: DynamicPartitionsStore | None = None,
    ) -> bool:
        """Tell whether there is a partition of this key."""
        del dynamic_partitions_store
        with partition_loading_context(current_time):
            bounds = self._bounds.now()
        if bounds is None:
            return False
        if self._keys[0] == bounds:
            return partition_key in self._keys[2]
        try:
            tick = self._windows.first_from(time_of_key(partition_key, self.fmt, self._zone).timestamp())
        except (ValueError, TypeError):
            return False
        return bounds[0] <= tick <= bounds[1] and self._key(tick) == partition_key

    def get_first_partition_key(self, current_time: datetime | None = None) -> str | None:
        """Return the key of the first partition, or None when there is none."""
        window = self.get_first_partition_window(current_time)
        return None if window is None else self._key(window.start.timestamp())

    def get_last_partition_key(self, current_time: datetime | None = None) -> str | None:
        """Return the key of the last partition, or None when there is none."""
        window = self.get_last_partition_window(current_time)
        return None if window is None else self._key(window.start.timestamp())

    def get_next_partition_key(self, partition_key: str) -> str | None:
        """Return the key of the partition after another, or None when that is the last one."""
        window = self.get_next_partition_window(self.end_time_for_partition_key(partition_key))
        return None if window is None else self._key(window.start.timestamp())

    def get_partition_key(self, key: str | date | datetime) -> str:
        """Return the key of a partition, of which a date may be given.

        Raises
        ------
        UnknownPartitionError
            When there is none.
        """
        text = key.strftime(self.fmt) if isinstance(key, date) else key
        self.check_partition_key(text)
        return text

    def get_partition_key_for_timestamp(self, timestamp: float, end_closed: bool = False) -> str:  # noqa: FBT001, FBT002
        """Return the key of the partition whose time a moment, in seconds since 1970, is in."""
        return self._key(self._windows.last_before(timestamp, including=not end_closed))

    def get_partition_keys_in_time_window(self, time_window: TimeWindow) -> Sequence[str]:
        """Return the keys of the partitions that begin in a stretch of time, whether they exist or not."""
        found = self._windows.between(time_window.start.timestamp(), time_window.end.timestamp())
        return [self._key(begin) for begin in found]

    def get_partition_keys_overlapping(self, time_window: TimeWindow) -> Sequence[str]:
        """Return the keys of the partitions that have time in common with a stretch of it, whether they exist or not."""
        start, end = time_window.start.timestamp(), time_window.end.timestamp()
        if start >= end:
            return []
        begun = self._windows.last_before(start)
        cut = [begun] if self._windows.window(begun).end.timestamp() > start else []
        return [self._key(begin) for begin in (*cut, *self._windows.between(start, end))]

    def moved(self, moment: datetime, offset: int) -> datetime:
        """Return a moment between partitions, moved by so many of them."""
        for _ in range(-offset):
            moment = self._windows.window(self._windows.last_over(moment.timestamp())).start
        for _ in range(offset):
            moment = self._windows.window(self._windows.first_from(moment.timestamp())).end
        return moment

    def has_any_partitions_in_window(self, time_window: TimeWindow) -> bool:
        """Tell whether a partition begins in a stretch of time."""
        return self._windows.first_from(time_window.start.timestamp()) < time_window.end.timestamp()

    def get_num_partitions_in_window(self, time_window: TimeWindow) -> int:
        """Return how many partitions begin in a stretch of time."""
        return len(self.get_partition_keys_in_time_window(time_window))

    def get_partition_subset_in_time_window(self, time_window: TimeWindow) -> PartitionsSubset:
        """Return the partitions that begin in a stretch of time."""
        return PartitionsSubset(self, self.get_partition_keys_in_time_window(time_window))

    def get_partition_key_range_for_time_window(
        self,
        time_window: TimeWindow,
        respect_bounds: bool = True,  # noqa: FBT001, FBT002
    ) -> PartitionKeyRange:
        """Return the partitions of a stretch of time."""
        del respect_bounds
        return PartitionKeyRange(
            self.get_partition_key_for_timestamp(time_window.start.timestamp()),
            self._key(self._windows.last_over(time_window.end.timestamp())),
        )

    def get_partition_keys_in_range(
        self,
        partition_key_range: PartitionKeyRange,
        dynamic_partitions_store: DynamicPartitionsStore | None = None,
    ) -> Sequence[str]:
        """Return the keys from one to another, both included; they may be of a time that is still to come.

        Raises
        ------
        UnknownPartitionError
            When one of the two is before the first partition, or after the last one that there will ever be.
        """
        del dynamic_partitions_store
        first, last = (self.time_window_for_partition_key(key) for key in partition_key_range)
        if first.start.timestamp() < self.start.timestamp():
            raise self.unknown(partition_key_range.start)
        if self.end is not None and last.end.timestamp() > self.end.timestamp():
            raise self.unknown(partition_key_range.end)
        return self.get_partition_keys_in_time_window(TimeWindow(first.start, last.end))

    def less_than(self, partition_key1: str, partition_key2: str) -> bool:
        """Tell whether one partition is earlier than another."""
        return self._parsed(partition_key1).timestamp() < self._parsed(partition_key2).timestamp()

    def get_serializable_unique_identifier(self) -> str:
        """Return a text that differs when the definition does."""
        return hashlib.sha1(repr(self._identity()).encode()).hexdigest()  # noqa: S324 - an identifier

    def _identity(self) -> tuple[object, ...]:
        end = None if self.end is None else self.end.timestamp()
        return (
            self.start.timestamp(),
            end,
            self.timezone,
            self.fmt,
            self.end_offset,
            self.cron_schedule,
            self.exclusions,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TimeWindowPartitionsDefinition) and self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())

    def __str__(self) -> str:
        kind = self.schedule_type
        schedule = self.cron_schedule if kind is None else kind.value.capitalize()
        offset = (
            ""
            if not self.end_offset
            else f" The end is moved by {self.end_offset} partition{'' if self.end_offset == 1 else 's'}."
        )
        return f"{schedule}, starting {self._key(self.start.timestamp())} {self.timezone}.{offset}"

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}(start={self.start.isoformat()!r}, end={self.end and self.end.isoformat()!r}, "
            f"timezone={self.timezone!r}, fmt={self.fmt!r}, end_offset={self.end_offset}, "
            f"cron_schedule={self.cron_schedule!r}, exclusions={self.exclusions})"
        )
