"""Configuration that follows from a partition: what a job of partitions is run with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.partitions.calendar_partitions import (
    DailyPartitionsDefinition,
    HourlyPartitionsDefinition,
    MonthlyPartitionsDefinition,
    WeeklyPartitionsDefinition,
)
from nb_assets.definitions.partitions.dynamic import DynamicPartitionsDefinition
from nb_assets.definitions.partitions.static import StaticPartitionsDefinition
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.definitions.partitions.partitions_definition import PartitionsDefinition
    from nb_assets.definitions.partitions.time_partitions import TimeWindowPartitionsDefinition

Config = Mapping[str, Any]
_OfKey = Callable[[str], Config]
_TagsOfKey = Callable[[str], Mapping[str, str]]
_OfTime = Callable[[datetime, datetime], Any]


class PartitionedConfig:
    """The configuration of a job for each partition.

    Called with arguments, it calls the function that it was made of.

    Parameters
    ----------
    partitions_def
        The partitions.
    run_config_for_partition_key_fn
        Returns the configuration for a partition, given its key.
    tags_for_partition_key_fn
        Returns the tags of a run of a partition, given its key.
    decorated_fn
        The function that it was made of, for calling it.

    Raises
    ------
    DefinitionError
        When nothing returns a configuration.
    """

    def __init__(
        self,
        partitions_def: PartitionsDefinition[Any],
        run_config_for_partition_fn: Callable[[Any], Config] | None = None,
        decorated_fn: Callable[..., Any] | None = None,
        tags_for_partition_fn: Callable[[Any], Mapping[str, str]] | None = None,
        run_config_for_partition_key_fn: _OfKey | None = None,
        tags_for_partition_key_fn: _TagsOfKey | None = None,
    ) -> None:
        config_of = run_config_for_partition_key_fn or run_config_for_partition_fn
        if config_of is None or (run_config_for_partition_fn and run_config_for_partition_key_fn):
            raise DefinitionError(
                "a PartitionedConfig needs one function that returns the configuration of a partition: give it as "
                "run_config_for_partition_key_fn."
            )
        if tags_for_partition_fn and tags_for_partition_key_fn:
            raise DefinitionError("a PartitionedConfig has one function for tags: give one of the two.")
        self.partitions_def = partitions_def
        self._config_of = config_of
        self._tags_of = tags_for_partition_key_fn or tags_for_partition_fn
        self._decorated = decorated_fn

    def get_partition_keys(self, current_time: datetime | None = None) -> Sequence[str]:
        """Return the keys of the partitions that exist."""
        return self.partitions_def.get_partition_keys(current_time)

    def get_run_config_for_partition_key(self, partition_key: str) -> Any:
        """Return the configuration for a partition.

        Raises
        ------
        UnknownPartitionError
            When there is none of this key.
        """
        self.partitions_def.check_partition_key(partition_key)
        return self._config_of(partition_key)

    def get_tags_for_partition_key(
        self, partition_key: str, job_name: str | None = None
    ) -> Mapping[str, str]:
        """Return the tags of a run of a partition.

        Raises
        ------
        DefinitionError
            When the function for tags says one that says which partition it is.
        """
        own = self.partitions_def.get_tags_for_partition_key(partition_key)
        given = {} if self._tags_of is None else dict(self._tags_of(partition_key))
        reserved = {**own, **({"dagster/partition_set": ""} if job_name is not None else {})}
        for name in given:
            if name in reserved:
                raise DefinitionError(f"the tag `{name}` says which partition a run is of: give another one.")
        return {**given, **own}

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function that this was made of.

        Raises
        ------
        DefinitionError
            When it was made of none.
        """
        if self._decorated is None:
            raise DefinitionError(
                "this PartitionedConfig was not made of a function, so it cannot be called."
            )
        return self._decorated(*args, **kwargs)


Decorator = Callable[[Callable[..., Any]], PartitionedConfig]


def partitioned_config(
    partitions_def: PartitionsDefinition[Any], tags_for_partition_key_fn: _TagsOfKey | None = None
) -> Decorator:
    """Make the configuration of a job of a function from the key of a partition."""

    def decorate(fn: Callable[..., Any]) -> PartitionedConfig:
        _check_function(fn)
        return PartitionedConfig(
            partitions_def,
            run_config_for_partition_key_fn=fn,
            decorated_fn=fn,
            tags_for_partition_key_fn=tags_for_partition_key_fn,
        )

    return decorate


def static_partitioned_config(
    partition_keys: Sequence[str],
    tags_for_partition_fn: _TagsOfKey | None = None,
    tags_for_partition_key_fn: _TagsOfKey | None = None,
) -> Decorator:
    """Make the configuration of a job of a function from the key of a partition, one of those given."""
    return partitioned_config(
        StaticPartitionsDefinition(partition_keys), tags_for_partition_key_fn or tags_for_partition_fn
    )


def dynamic_partitioned_config(
    partition_fn: Callable[..., Sequence[str]],
    tags_for_partition_fn: _TagsOfKey | None = None,
    tags_for_partition_key_fn: _TagsOfKey | None = None,
) -> Decorator:
    """Make the configuration of a job of a function from the key of a partition, one of those that a function returns."""
    return partitioned_config(
        DynamicPartitionsDefinition(partition_fn), tags_for_partition_key_fn or tags_for_partition_fn
    )


def _of_time(partitions_def: TimeWindowPartitionsDefinition, tags: _OfTime | None) -> Decorator:
    def at(fn: _OfTime) -> Callable[[str], Any]:
        return lambda key: fn(*partitions_def.time_window_for_partition_key(key))

    def decorate(fn: Callable[..., Any]) -> PartitionedConfig:
        _check_function(fn)
        return PartitionedConfig(
            partitions_def,
            run_config_for_partition_key_fn=at(fn),
            decorated_fn=fn,
            tags_for_partition_key_fn=None if tags is None else at(tags),
        )

    return decorate


def _check_function(fn: object) -> None:
    if not callable(fn):
        raise DefinitionError(f"the decorator of a configuration goes on a function, not on {fn!r}.")


def hourly_partitioned_config(
    start_date: datetime | str,
    minute_offset: int = 0,
    timezone: str | None = None,
    fmt: str | None = None,
    end_offset: int = 0,
    tags_for_partition_fn: _OfTime | None = None,
    exclusions: Sequence[str | datetime] | None = None,
) -> Decorator:
    """Make the configuration of a job of a function from when an hour begins and ends."""
    partitions_def = HourlyPartitionsDefinition(
        start_date,
        minute_offset=minute_offset,
        timezone=timezone,
        fmt=fmt,
        end_offset=end_offset,
        exclusions=exclusions,
    )
    return _of_time(partitions_def, tags_for_partition_fn)


def daily_partitioned_config(
    start_date: datetime | str,
    minute_offset: int = 0,
    hour_offset: int = 0,
    timezone: str | None = None,
    fmt: str | None = None,
    end_offset: int = 0,
    tags_for_partition_fn: _OfTime | None = None,
    exclusions: Sequence[str | datetime] | None = None,
) -> Decorator:
    """Make the configuration of a job of a function from when a day begins and ends."""
    partitions_def = DailyPartitionsDefinition(
        start_date,
        minute_offset=minute_offset,
        hour_offset=hour_offset,
        timezone=timezone,
        fmt=fmt,
        end_offset=end_offset,
        exclusions=exclusions,
    )
    return _of_time(partitions_def, tags_for_partition_fn)


def weekly_partitioned_config(
    start_date: datetime | str,
    minute_offset: int = 0,
    hour_offset: int = 0,
    day_offset: int = 0,
    timezone: str | None = None,
    fmt: str | None = None,
    end_offset: int = 0,
    tags_for_partition_fn: _OfTime | None = None,
    exclusions: Sequence[str | datetime] | None = None,
) -> Decorator:
    """Make the configuration of a job of a function from when a week begins and ends."""
    partitions_def = WeeklyPartitionsDefinition(
        start_date,
        minute_offset=minute_offset,
        hour_offset=hour_offset,
        day_offset=day_offset,
        timezone=timezone,
        fmt=fmt,
        end_offset=end_offset,
        exclusions=exclusions,
    )
    return _of_time(partitions_def, tags_for_partition_fn)


def monthly_partitioned_config(
    start_date: datetime | str,
    minute_offset: int = 0,
    hour_offset: int = 0,
    day_offset: int = 1,
    timezone: str | None = None,
    fmt: str | None = None,
    end_offset: int = 0,
    tags_for_partition_fn: _OfTime | None = None,
    exclusions: Sequence[str | datetime] | None = None,
) -> Decorator:
    """Make the configuration of a job of a function from when a month begins and ends."""
    partitions_def = MonthlyPartitionsDefinition(
        start_date,
        minute_offset=minute_offset,
        hour_offset=hour_offset,
        day_offset=day_offset,
        timezone=timezone,
        fmt=fmt,
        end_offset=end_offset,
        exclusions=exclusions,
    )
    return _of_time(partitions_def, tags_for_partition_fn)
