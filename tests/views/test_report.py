from __future__ import annotations

import re

import pytest

from nb_assets.diff import code_diff, diff
from nb_assets.staleness import CodeChanged, NeverMaterialized
from nb_assets.views.report import headline, report_of
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

HOSTILE = '<img src=x onerror="alert(1)">'


def changed_run(**more):
    return record(
        started("daily"),
        step("daily", CodeChanged(("clean",))),
        materialized(
            "daily",
            made("daily", 2, "d2"),
            previous=made("daily", 1, "d1"),
            diff=diff([1, 2], [1, 3]),
            code=code_diff({"clean": "x = 1\n"}, {"clean": "x = 2\n"}),
            reasons=(CodeChanged(("clean",)),),
            **more,
        ),
        finished(),
    )


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([started(), finished(duration=0.0)], "nothing to run in <1 ms"),
        ([started("a", "b"), fresh("a"), fresh("b"), finished()], "2 fresh, nothing to run"),
        ([started("a", "b"), fresh("a"), materialized("b"), finished()], "1 fresh, 1 run in 2.1 s"),
        (
            [
                started("a", "b", "c"),
                materialized("a"),
                step("b"),
                failed("b"),
                skipped("c", "x", "b"),
                finished("failure"),
            ],
            "1 run, 1 failed, 1 skipped in 2.1 s",
        ),
        (
            [started("a", "b"), materialized("a"), skipped("b", "cancelled"), finished("cancelled")],
            "Cancelled: 1 run, 1 not run in 2.1 s",
        ),
    ],
    ids=["nothing", "all fresh", "some", "failure", "cancelled"],
)
def test_the_headline_counts_what_became_of_the_assets(events, said):
    assert headline(record(*events)) == said


def test_when_everything_was_fresh_the_report_is_one_quiet_line():
    report = report_of(record(started("a", "b"), fresh("a"), fresh("b"), finished()))
    assert report.text == "● 2 fresh, nothing to run"
    assert "<table" not in report.html


def test_a_change_unfolds_into_cause_beside_effect():
    html = report_of(changed_run()).html
    assert '<details class="nba-fold-up" data-nb-assets="diff" data-asset-key="daily">' in html
    assert 'data-kind="code"' in html
    assert "version 1 → 2" in html
    assert re.search(r"<summary>.*~1.*</summary>", html)


def test_the_text_says_the_change_and_its_cause():
    text = report_of(changed_run()).text
    assert "~1" in text
    assert "`clean` changed" in text


def test_a_run_that_gave_an_equal_value_says_unchanged():
    run = record(
        started("a"), materialized("a", made("a", 2), previous=made("a", 1), diff=diff(1, 1)), finished()
    )
    report = report_of(run)
    assert "unchanged" in report.text
    assert "data-asset-key" not in report.html


def test_a_first_version_is_new():
    assert "new" in report_of(record(started("a"), materialized("a"), finished())).text


def test_a_failed_asset_shows_its_traceback_open_unless_it_is_shown_below():
    run = record(started("a"), step("a"), failed("a"), finished("failure"))
    assert "<details" in report_of(run).html
    assert " open>" in report_of(run).html
    assert " open>" not in report_of(run, tracebacks=False).html
    assert "ZeroDivisionError: division by zero" in report_of(run, tracebacks=False).text


def test_a_skipped_asset_says_why():
    run = record(started("a"), skipped("a", "upstream `b` failed", "b"), finished("failure"))
    assert "upstream `b` failed" in report_of(run).text


def test_the_last_printed_lines_stay_visible_and_the_earlier_ones_unfold():
    run = record(
        started("a"),
        step("a"),
        logged("a", "".join(f"line {n}\n" for n in range(9))),
        materialized("a"),
        finished(),
    )
    report = report_of(run)
    assert "5 earlier lines" in report.html
    assert "line 8" in report.text
    assert "line 0" not in report.text


@pytest.mark.parametrize("place", ["key", "log", "error", "reason", "value"])
def test_whatever_users_write_is_text_and_never_markup(place):
    name = HOSTILE.replace("/", "") if place == "key" else "a"
    run = record(
        started(name),
        step(name, CodeChanged((HOSTILE,)) if place == "reason" else NeverMaterialized()),
        logged(name, HOSTILE if place == "log" else "fine"),
        failed(name, HOSTILE)
        if place == "error"
        else materialized(name, made(name, summary=HOSTILE if place == "value" else "1 item")),
        finished(),
    )
    html = report_of(run).html
    assert "<img" not in html
    assert "&lt;img" in html


def test_durations_are_bars_of_the_longest():
    run = record(
        started("a", "b"),
        materialized("a", made("a", duration=2.0)),
        materialized("b", made("b", duration=0.5)),
        finished(),
    )
    assert re.findall(r'data-kind="ran"><i style="width:([\d.]+)%', report_of(run).html) == ["100.0", "25.0"]


def test_a_run_of_thousands_is_reported_in_bounded_size_with_failures_first():
    names = [f"a{number}" for number in range(2_000)]
    run = record(
        started(*names),
        *(materialized(name) for name in names[:-1]),
        step(names[-1]),
        failed(names[-1]),
        finished(),
    )
    report = report_of(run)
    assert "and 1,800 more" in report.text
    assert names[-1] in report.text
    assert len(report.html) < 400_000
    assert run.assets[key(names[-1])].state == "failed"
