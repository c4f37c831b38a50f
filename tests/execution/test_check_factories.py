"""Checks of what the history says of assets."""

from __future__ import annotations

import datetime as dt

import pytest

from nb_assets import (
    DagsterInstance,
    MaterializeResult,
    TableColumn,
    TableSchema,
    asset,
    build_column_schema_change_checks,
    build_last_update_freshness_checks,
    build_metadata_bounds_checks,
    materialize,
)
from nb_assets.errors import DefinitionError

SIZE = 5
COLUMNS = ("a", "b")


@asset
def table():
    schema = TableSchema([TableColumn(name) for name in COLUMNS])
    return MaterializeResult(metadata={"rows": SIZE, "dagster/column_schema": schema})


def said(result) -> list[tuple[bool, str]]:
    return [(each.passed, each.description) for each in result.get_asset_check_evaluations()]


@pytest.mark.parametrize(("size", "passed"), [(0, False), (1, True), (10, True), (11, False)])
def test_a_number_in_the_metadata_is_within_its_bounds(monkeypatch, size, passed):
    checks = build_metadata_bounds_checks(assets=[table], metadata_key="rows", min_value=1, max_value=10)
    monkeypatch.setitem(globals(), "SIZE", size)
    assert said(materialize([table, *checks])) == [
        (passed, f"`rows` is {size}, and should be at least 1 and at most 10")
    ]


def test_bounds_that_hold_nothing_are_refused():
    with pytest.raises(DefinitionError, match="smaller bound"):
        build_metadata_bounds_checks(assets=[table], metadata_key="rows", min_value=2, max_value=1)


def test_columns_that_changed_are_named(monkeypatch):
    instance = DagsterInstance.ephemeral()
    checks = build_column_schema_change_checks(assets=[table])
    assert said(materialize([table, *checks], instance=instance))[0][0]
    assert said(materialize([table, *checks], instance=instance)) == [
        (True, "the columns are those of before")
    ]
    monkeypatch.setitem(globals(), "COLUMNS", ("b", "c"))
    assert said(materialize([table, *checks], instance=instance)) == [(False, "columns added: c; removed: a")]


def test_an_asset_may_be_so_old_and_no_older():
    checks = build_last_update_freshness_checks(assets=[table], lower_bound_delta=dt.timedelta(hours=1))
    assert said(materialize([table, *checks]))[0][0]
    late = build_last_update_freshness_checks(assets=[table], lower_bound_delta=dt.timedelta(seconds=-60))
    assert not said(materialize([table, *late]))[0][0]


def test_a_deadline_is_the_last_tick_of_a_schedule_and_one_that_cannot_be_read_is_refused():
    hour = dt.timedelta(hours=1)
    checks = build_last_update_freshness_checks(
        assets=[table], lower_bound_delta=hour, deadline_cron="0 9 * * *"
    )
    assert said(materialize([table, *checks]))[0][0]
    for cron, timezone in (("every day", "UTC"), ("0 9 * * *", "Europe/Atlantis")):
        with pytest.raises(DefinitionError, match="cannot be read"):
            build_last_update_freshness_checks(
                assets=[table], lower_bound_delta=hour, deadline_cron=cron, timezone=timezone
            )


def test_what_such_a_check_said_holds_for_when_it_ran(session, register):
    checks = build_last_update_freshness_checks(assets=[table], lower_bound_delta=dt.timedelta(hours=1))
    register(table, *checks)
    session.materialize()
    # The clock goes on while nothing changes, so that it is run each time.
    assert len(said(session.materialize())) == 1
    (status,) = session.checks().values()
    assert status.untracked == ("`time`: what it said holds for when it ran",)
