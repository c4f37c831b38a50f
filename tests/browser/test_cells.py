"""What stands under cells: the card and its button, the progress and the report of a run, errors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

PICTURES = Path(__file__).parents[2] / "test-results" / "cells"

LOAD = "%load_ext nb_assets\nfrom nb_assets import asset\nimport pathlib, time"
TRIPS = """%%asset -g raw
@asset
def trips():
    import pandas as pd
    return pd.DataFrame({"id": [1, 2, 3], "fare": [7.5, 8.0, 9.5]})
"""
TOTAL = """%%asset -g metrics
@asset
def total(trips):
    print("adding up")
    while pathlib.Path("wait").exists():
        time.sleep(0.02)
    return float(trips.fare.sum())
"""
PLAIN = """%%asset doubled -g metrics -m
doubled = total * 2
doubled
"""


@pytest.fixture
def notebook(open_notebook):
    """Three asset cells, of which none was run but the first, that loads the extension."""
    opened = open_notebook([LOAD, TRIPS, TOTAL, "%materialize", PLAIN, "1"])
    for index in range(3):
        opened.run_cell(index)
    yield opened
    assert opened.problems == []
    assert opened.foreign_requests == []


def card(notebook, index):
    return notebook.cell(index).locator('[data-nb-assets="card"]')


def button(notebook, index, name="Materialize"):
    return notebook.cell(index).get_by_role("button", name=name, exact=True)


def test_the_card_s_button_runs_in_the_background_and_the_card_follows(notebook, folder):
    (folder / "wait").touch()
    expect(card(notebook, 2)).to_contain_text("total")
    expect(card(notebook, 2)).to_contain_text("reads trips")
    expect(card(notebook, 2)).to_contain_text("never materialized")
    button(notebook, 2).click()
    expect(button(notebook, 2, "Cancel")).to_be_visible()
    expect(card(notebook, 2)).to_contain_text("adding up")
    expect(notebook.cell(2).get_by_role("progressbar").first).to_be_visible()
    notebook.run_cell(5)
    assert notebook.output_text(5) == "1"
    notebook.screenshot(PICTURES / "running.png")
    (folder / "wait").unlink()
    expect(button(notebook, 2)).to_be_hidden()
    expect(card(notebook, 2)).to_contain_text("25.0")
    expect(card(notebook, 2).get_by_role("img", name="fresh").first).to_be_visible()
    expect(card(notebook, 1)).to_contain_text("3 rows × 2 columns")
    notebook.edit(2, TOTAL.replace("fare.sum()", "fare.max()"))
    notebook.run_cell(2)
    expect(button(notebook, 2)).to_be_visible()
    button(notebook, 2).click()
    diff = notebook.cell(2).locator('[data-nb-assets="diff"][data-asset-key="total"]')
    expect(diff.first).to_contain_text("25.0 → 9.5")


def test_the_button_cancels_what_it_started(notebook, folder):
    (folder / "wait").touch()
    notebook.edit(2, TOTAL + "\n@asset\ndef late(total):\n    return total\n")
    notebook.run_cell(2)
    button(notebook, 2).click()
    expect(card(notebook, 2)).to_contain_text("adding up")
    button(notebook, 2, "Cancel").click()
    # A step that has begun goes on to its end; before the next one the run stops.
    index = notebook.append(
        "import nb_assets\nwhile not nb_assets.session().running.cancelled: time.sleep(0.02)\n'asked to stop'"
    )
    notebook.run_cell(index)
    assert notebook.output_text(index) == "'asked to stop'"
    (folder / "wait").unlink()
    expect(card(notebook, 2)).to_contain_text("not run: the run was cancelled")
    expect(button(notebook, 2, "Cancel")).to_be_hidden()
    index = notebook.append("len(nb_assets.history('total')), nb_assets.history('late')")
    notebook.run_cell(index)
    assert notebook.output_text(index) == "(1, [])"


def test_a_cell_with_m_shows_its_value_and_below_it_what_changed(notebook):
    notebook.run_cell(4)
    assert notebook.errors() == []
    outputs = [output["output_type"] for output in notebook.outputs(4)]
    result = notebook.outputs(4)[outputs.index("execute_result")]
    assert "".join(result["data"]["text/plain"]) == "50.0"
    expect(card(notebook, 4)).to_contain_text("reads total")
    notebook.edit(4, PLAIN.replace("* 2", "* 3"))
    notebook.run_cell(4)
    expect(
        notebook.cell(4).locator('[data-nb-assets="diff"][data-asset-key="doubled"]').first
    ).to_contain_text("50.0 → 75.0")
    notebook.screenshot(PICTURES / "m.png")


def test_materialize_shows_progress_and_ends_in_a_report_whose_rows_unfold(notebook, folder):
    (folder / "wait").touch()
    notebook.run_cell(3, wait=False)
    progress = notebook.cell(3).locator('[data-nb-assets="progress"]')
    expect(progress).to_contain_text("total")
    expect(progress).to_contain_text("adding up")
    expect(progress.get_by_role("progressbar").first).to_have_attribute("aria-valuemax", "2")
    (folder / "wait").unlink()
    report = notebook.cell(3).locator('[data-nb-assets="report"]')
    expect(report).to_have_attribute("data-outcome", "success")
    expect(report).to_contain_text("2 run")
    expect(progress).to_have_count(0)
    notebook.edit(1, TRIPS.replace("9.5]", "10.5]"))
    notebook.run_cell(1)
    expect(card(notebook, 2)).to_contain_text("stale")
    notebook.run_cell(3)
    fold = report.locator(
        'details[data-asset-key="trips"], details:has([data-asset-key="trips"]), [data-asset-key="trips"] details'
    ).first
    expect(fold).not_to_have_attribute("open", "")
    fold.locator("summary").first.click()
    expect(fold).to_contain_text("fare")
    for text in ("9.5", "10.5", "8.0, 10.5]", "`trips` changed, line 4".replace("`", "")):
        expect(fold).to_contain_text(text)
    notebook.screenshot(PICTURES / "report.png")
    notebook.run_cell(3)
    expect(report).to_contain_text("2 fresh")


def test_a_failing_asset_ends_in_the_users_own_traceback_and_the_rest_goes_on(notebook):
    notebook.edit(
        2,
        TOTAL
        + "\n@asset\ndef other(trips):\n    return len(trips)\n\n@asset\ndef late(total):\n    return total\n",
    )
    notebook.edit(2, notebook.source(2).replace("float(trips.fare.sum())", "trips.fares.sum()"))
    notebook.run_cell(2)
    notebook.run_cell(3)
    error = next(output for output in notebook.outputs(3) if output["output_type"] == "error")
    assert error["ename"] == "AttributeError"
    text = notebook.output_text(3)
    assert "trips.fares.sum()" in text
    assert "nb_assets/" not in text
    report = notebook.cell(3).locator('[data-nb-assets="report"]')
    expect(report).to_have_attribute("data-outcome", "failure")
    for name in ("total", "other", "late"):
        expect(report).to_contain_text(name)
    expect(report).to_contain_text(re.compile("upstream total"))
    notebook.run_cell(5)
    index = notebook.append(
        "{key.to_user_string(): status.state for key, status in __import__('nb_assets').session().status().items()}"
    )
    notebook.run_cell(index)
    assert (
        notebook.output_text(index)
        == "{'trips': 'fresh', 'total': 'failed', 'other': 'fresh', 'late': 'missing'}"
    )
    notebook.screenshot(PICTURES / "failed.png")


def test_mistakes_are_one_paragraph_on_the_page(notebook):
    for source, said in {
        "%materialize tirps": "Did you mean `trips`?",
        "%%asset --gruop raw\n1": "Did you mean `--group`?",
        "%%asset\ndef total(): return 1": "is defined in two places",
        "%lineage (": "cannot be read",
    }.items():
        index = notebook.append(source)
        notebook.run_cell(index)
        expect(notebook.cell(index)).to_contain_text(said)
        expect(notebook.cell(index)).not_to_contain_text("Traceback")
        assert len(notebook.outputs(index)) == 1


def test_the_table_and_its_subcommands_draw(notebook):
    notebook.run_cell(3)
    for source, name in {
        "%assets": "total",
        "%assets explain total": "fresh",
        "%assets history trips": "3 rows × 2 columns",
        "nba_value = trips.value": "",
    }.items():
        index = notebook.append(source)
        notebook.run_cell(index)
        if name:
            expect(notebook.cell(index).locator("[data-nb-assets]").first).to_contain_text(name)
    assert notebook.errors() == []
    notebook.screenshot(PICTURES / "tables.png")
