"""Checks in a notebook: in cells, under them, in reports and tables, over a restart."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.parametrize("kernel_version", [7], ids=["ipykernel7"], indirect=True)

TRIPS = """%%asset
from nb_assets import AssetCheckResult, asset, asset_check
@asset
def trips():
    return [1, 2, 3]
@asset
def total(trips):
    return sum(trips)
"""
ENOUGH = """%%asset
@asset_check(asset="trips", blocking=True)
def enough(trips):
    return AssetCheckResult(passed=len(trips) > 2, metadata={"rows": len(trips)})
"""
TOO_FEW = ENOUGH.replace("> 2", "> 20")


@pytest.fixture
def checked(notebook):
    notebook.run(TRIPS, cell_id="trips")
    notebook.run(ENOUGH, cell_id="enough")
    return notebook


def test_the_card_of_a_cell_with_a_check_says_what_it_is(checked):
    card = checked.run(ENOUGH, cell_id="enough")
    assert "trips:enough · blocking check · not run" in card.text
    assert "1 check: 1 not run" in checked.run(TRIPS, cell_id="trips").text


def test_the_report_and_the_table_say_what_checks_said(checked):
    report = checked.run("%materialize").text
    assert "2 run, 1 check: 1 passed" in report
    assert "trips:enough" in report
    assert "passed  rows 3" in report
    assert checked.run("%assets").text.splitlines()[0].split()[-1] == "checks"
    assert "1 passed" in checked.run("%assets").text


def test_a_failed_blocking_check_skips_what_is_downstream_and_says_so(checked):
    checked.run(TOO_FEW, cell_id="enough")
    failed = checked.execute("%materialize")
    assert "upstream `trips` failed its blocking check `enough`" in failed.text
    assert "failed, blocking" in failed.text
    assert "AssetCheckFailedError" in failed.error.text


def test_an_edited_check_is_shown_as_stale_and_run_alone(checked):
    checked.run("%materialize")
    checked.run(TOO_FEW.replace("blocking=True", "blocking=False"), cell_id="enough")
    listed = checked.run("%assets checks").text
    assert "stale" in listed
    assert "the check changed" in listed
    assert "failed" in checked.run("%assets checks --run trips").text
    assert "2 fresh" in checked.run("%materialize").text


def test_a_check_that_is_taken_out_of_its_cell_is_gone(checked):
    checked.run("%%asset\n@asset\ndef other():\n    return 1", cell_id="enough")
    assert "No checks yet" in checked.run("%assets checks").text


def test_what_a_check_said_survives_the_kernel(checked):
    checked.run("%materialize")
    checked.restart()
    checked.run("%load_ext nb_assets")
    checked.run(TRIPS, cell_id="trips")
    assert "trips:enough · blocking check · passed · rows 3" in checked.run(ENOUGH, cell_id="enough").text


def test_a_check_of_an_asset_that_there_is_not_says_which_may_be_meant(checked):
    card = checked.run('%%asset\n@asset_check(asset="tripps")\ndef typo(): ...', cell_id="typo")
    assert "`tripps` is not an asset yet. Did you mean `trips`?" in card.text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("%assets checks trps", "Did you mean `trips`?"),
        ("%assets checks trips:enogh", "Did you mean `trips:enough`?"),
        ("%assets --run", "`--run` is for `%assets checks`"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(checked, line, said):
    assert said in checked.execute(line).error.text


def test_a_cell_of_checks_that_is_made_at_once_runs_them(checked):
    checked.run("%materialize")
    assert (
        "passed"
        in checked.run(ENOUGH.replace("%%asset", "%%asset -m").replace("> 2", "> 1"), cell_id="enough").text
    )
