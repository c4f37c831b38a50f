"""Automation of what an asset has several of: its partitions and its checks."""

from __future__ import annotations

import datetime as dt

from nb_assets import (
    AssetCheckKey,
    AssetCheckResult,
    AssetKey,
    AssetSelection,
    AutomationCondition,
    DailyPartitionsDefinition,
    StaticPartitionsDefinition,
    asset,
    asset_check,
)
from tests.harness.automated import Automated, giving, reading

AC = AutomationCondition
NOON = dt.datetime(2024, 5, 5, 12, 0, 30, tzinfo=dt.timezone.utc)


def test_only_the_last_partition_in_time_follows(notebook: Automated):
    now = [NOON]
    notebook.auto.now = lambda: now[0]
    days = DailyPartitionsDefinition("2024-05-01", end_date="2024-05-05")
    notebook.cell(
        "1",
        giving("a", 1, partitions_def=days),
        reading("b", "a", partitions_def=days, automation_condition=AC.eager()),
    )
    notebook.on()
    notebook.session.materialize("a", partitions="2024-05-03...2024-05-04")

    notebook.settle()
    assert [made.partition for made in notebook.session.history("b")] == ["2024-05-04"]


def test_all_that_is_missing_of_other_partitions_is_made(notebook: Automated):
    parts = StaticPartitionsDefinition(["x", "y"])
    notebook.cell("1", giving("a", 1, partitions_def=parts, automation_condition=AC.missing()))
    notebook.on()
    notebook.settle()

    assert sorted(str(made.partition) for made in notebook.session.history("a")) == ["x", "y"]
    assert notebook.made("a") == 2


def test_a_failing_partition_is_not_requested_again(notebook: Automated):
    parts = StaticPartitionsDefinition(["x", "y"])

    @asset(partitions_def=parts, automation_condition=AC.missing())
    def picky(context):
        if context.partition_key == "y":
            raise ValueError("no")
        return 1

    notebook.cell("1", picky)
    notebook.on()
    for number in range(3):
        notebook.cell("2", giving("other", number))
        notebook.settle()

    assert (notebook.made("picky"), notebook.tried("picky")) == (1, 1)


def checking(limit: int):
    @asset_check(asset="a", automation_condition=AC.eager())
    def small(a):
        return AssetCheckResult(passed=a < limit)

    return small


def test_a_check_follows_its_asset_and_its_own_code(notebook: Automated):
    notebook.cell("1", giving("a", 5), checking(10))
    notebook.session.materialize(AssetSelection.assets("a").without_checks())
    notebook.on()
    key = AssetCheckKey(AssetKey("a"), "small")
    assert notebook.session.checks()[key].state == "missing"

    notebook.cell("1", giving("a", 7), checking(10))
    notebook.session.materialize(AssetSelection.assets("a").without_checks())
    notebook.settle()
    assert notebook.session.checks()[key].state == "passed"

    notebook.cell("1", giving("a", 7), checking(3))
    notebook.settle()
    assert (
        notebook.session.checks()[key].state == "warning" or notebook.session.checks()[key].state == "failed"
    )


def test_a_check_that_broke_off_is_not_done_again_until_something_changes(notebook: Automated):
    @asset_check(asset="a", automation_condition=AC.missing() | AC.execution_failed())
    def broken(a):
        raise ValueError("no")

    notebook.cell("1", giving("a", 5), broken)
    notebook.session.materialize(AssetSelection.assets("a").without_checks())
    notebook.on()
    for number in range(3):
        notebook.cell("2", giving("other", number))
        notebook.settle()

    assert len(notebook.auto.requests) == 1
