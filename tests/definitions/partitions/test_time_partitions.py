from __future__ import annotations

import itertools
import pickle
from datetime import datetime, timezone

import pytest

from nb_assets import (
    DailyPartitionsDefinition,
    HourlyPartitionsDefinition,
    PartitionKeyRange,
    TimeWindowPartitionsDefinition,
    partition_loading_context,
)
from nb_assets.errors import DefinitionError, UnknownPartitionError

DAYS = DailyPartitionsDefinition("2024-01-01", end_date="2024-02-01")


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=timezone.utc)


def test_a_partition_exists_once_its_time_is_over():
    days = DailyPartitionsDefinition("2024-01-01")
    with partition_loading_context(at(2024, 1, 3, 23, 59)):
        assert days.get_partition_keys() == ["2024-01-01", "2024-01-02"]
        assert not days.has_partition_key("2024-01-03")
    with partition_loading_context(at(2024, 1, 4)):
        assert days.get_partition_keys() == ["2024-01-01", "2024-01-02", "2024-01-03"]
        assert days.has_partition_key("2024-01-03")


def test_the_hour_that_clocks_show_twice_is_two_partitions():
    hours = HourlyPartitionsDefinition(
        "2024-11-03-00:00", end_date="2024-11-03-03:00", timezone="America/New_York"
    )
    assert hours.get_partition_keys() == [
        "2024-11-03-00:00",
        "2024-11-03-01:00",
        "2024-11-03-01:00-0500",
        "2024-11-03-02:00",
    ]
    windows = [hours.time_window_for_partition_key(key) for key in hours.get_partition_keys()]
    assert all((end.timestamp() - start.timestamp()) == 3600 for start, end in windows)


@pytest.mark.parametrize(
    "zone", ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]
)
@pytest.mark.parametrize(
    "cron", ["0 0 * * *", "30 2 * * *", "15 * * * *", "0 */6 * * *", "0 3 1 * *", "0 12 * * 1-5"]
)
def test_windows_follow_each_other_without_gaps_and_keys_are_their_own(zone, cron):
    partitions = TimeWindowPartitionsDefinition(
        start="2024-01-01-00:00",
        end="2025-01-05-00:00",
        fmt="%Y-%m-%d-%H:%M",
        cron_schedule=cron,
        timezone=zone,
    )
    keys = partitions.get_partition_keys()
    assert len(set(keys)) == len(keys)
    windows = [partitions.time_window_for_partition_key(key) for key in keys]
    assert all(before.end == after.start for before, after in itertools.pairwise(windows))
    assert all(window.start.timestamp() < window.end.timestamp() for window in windows)
    assert partitions.get_partition_keys_in_range(PartitionKeyRange(keys[0], keys[-1])) == keys


def test_ten_thousand_days_are_found_by_their_keys():
    days = DailyPartitionsDefinition("1996-01-01", end_date="2023-05-19")
    keys = days.get_partition_keys()
    assert len(keys) == days.get_num_partitions() == 10_000
    assert all(days.has_partition_key(key) for key in keys)


def test_an_unknown_partition_is_told_with_near_names_and_what_there_is():
    with pytest.raises(UnknownPartitionError) as raised:
        DAYS.check_partition_key("2024-01-32", "daily")
    assert "`daily` has no partition `2024-01-32`" in str(raised.value)
    assert "`2024-01-31`" in str(raised.value)
    assert "31, from `2024-01-01` to `2024-01-31`" in str(raised.value)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: DailyPartitionsDefinition("01.02.2024"), "`%Y-%m-%d`"),
        (lambda: DailyPartitionsDefinition("2024-01-01", timezone="Europe/Berln"), "`Europe/Berlin`"),
        (
            lambda: TimeWindowPartitionsDefinition("2024-01-01", "%Y-%m-%d", cron_schedule="daily"),
            "five fields",
        ),
        (lambda: TimeWindowPartitionsDefinition("2024-01-01", "%Y-%m-%d"), "cron_schedule"),
        (
            lambda: HourlyPartitionsDefinition("2024-01-01", fmt="%Y-%m-%d").validate_partition_definition(),
            "finer",
        ),
    ],
)
def test_a_wrong_definition_says_what_to_write(wrong, said):
    with pytest.raises(DefinitionError) as raised:
        wrong()
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_definition_survives_pickling():
    again = pickle.loads(pickle.dumps(DAYS))
    assert again == DAYS
    assert again.get_partition_keys() == DAYS.get_partition_keys()
