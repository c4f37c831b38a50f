from __future__ import annotations

from nb_assets.execution.events import RegistryChanged, RunStarted
from nb_assets.staleness import CodeChanged, NeverMaterialized
from nb_assets.views.run_record import LOG_LINES, Log
from tests.harness.run_events import (
    failed,
    finished,
    fresh,
    key,
    logged,
    made,
    materialized,
    record,
    skipped,
    started,
    step,
)


def test_a_record_follows_the_first_run_it_hears_of_and_no_other():
    run = record(started("a"))
    other = RunStarted(run_id="other", timestamp=0.0, keys=(key("b"),), origin="widget")
    assert not run.apply(other)
    assert not run.apply(RegistryChanged(added=(key("c"),)))
    assert list(run.assets) == [key("a")]


def test_assets_go_through_the_states_of_the_run():
    run = record(
        started("a", "b", "c", "d"),
        fresh("a"),
        step("b", NeverMaterialized()),
        materialized("b"),
        step("c"),
        failed("c"),
        skipped("d", "upstream `c` failed", "c"),
        finished("failure"),
    )
    assert [asset.state for asset in run.assets.values()] == ["fresh", "ran", "failed", "skipped"]
    assert run.assets[key("c")].duration == 1.0
    assert run.outcome == "failure"


def test_why_an_asset_ran_is_its_first_reason_and_the_number_of_others():
    run = record(started("a"), step("a", NeverMaterialized(), CodeChanged(("clean",))))
    assert run.assets[key("a")].why == "never materialized and 1 more reason"


def test_what_a_cancelled_run_did_not_reach_was_not_run():
    run = record(
        started("a", "b", "c"),
        step("a"),
        skipped("a", "interrupted"),
        skipped("b", "cancelled"),
        finished("cancelled"),
    )
    assert [asset.state for asset in run.assets.values()] == ["cancelled"] * 3


def test_a_value_is_changed_only_if_its_data_version_is():
    same = record(started("a"), materialized("a", made("a", 2, "d1"), previous=made("a", 1, "d1")))
    other = record(started("a"), materialized("a", made("a", 2, "d2"), previous=made("a", 1, "d1")))
    first = record(started("a"), materialized("a", made("a", 1, "d1")))
    assert same.assets[key("a")].unchanged
    assert other.assets[key("a")].changed
    assert not first.assets[key("a")].changed
    assert not first.assets[key("a")].unchanged


def test_prints_are_joined_into_lines_across_events():
    run = record(started("a"), logged("a", "one\ntw"), logged("a", "o\n"))
    assert run.assets[key("a")].log.tail() == ["one", "two"]


def test_a_progress_bar_that_returns_to_its_start_is_one_line():
    log = Log()
    for percent in range(100):
        log.write(f"\r{percent}%")
    log.write("\ndone\r\n")
    assert log.tail() == ["99%", "done"]
    assert len(log) == 2


def test_a_log_keeps_its_last_lines_and_counts_all():
    log = Log()
    for number in range(100_000):
        log.write(f"{number}\n")
    assert len(log) == 100_000
    assert len(log.tail()) == LOG_LINES
    assert log.tail(1) == ["99999"]


def test_a_line_without_end_is_bounded():
    log = Log()
    for _ in range(100):
        log.write("x" * 100_000)
    assert len(log.tail()[0]) <= 2_000
