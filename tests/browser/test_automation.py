"""Automation as one sees it: what runs by itself under the cell that turned it on, its Cancel, and the conditions."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

PICTURES = Path(__file__).parents[2] / "test-results" / "automation"

LOAD = "%load_ext nb_assets\nfrom nb_assets import asset, AutomationCondition as AC\nimport pathlib, time"
TRIPS = "%%asset -g raw\n@asset\ndef trips():\n    return [7.5, 8.0, 9.5]\n"
FOLLOWS = """%%asset -g metrics
@asset(automation_condition=AC.eager())
def total(trips):
    while pathlib.Path("wait").exists():
        time.sleep(0.02)
    return sum(trips)
@asset(automation_condition=AC.eager() | AC.on_cron("0 6 * * *"))
def report(total):
    return f"{total} in all"
"""
CELLS = [LOAD, TRIPS, FOLLOWS, "%assets auto on", "%materialize trips", "%assets auto status", "%lineage"]


@pytest.fixture
def notebook(open_notebook):
    """Automation is on for two assets, and nothing was made yet."""
    opened = open_notebook(CELLS)
    for index in range(4):
        opened.run_cell(index)
    yield opened
    assert opened.problems == []
    assert opened.foreign_requests == []


def display(notebook):
    return notebook.cell(3).locator('[data-nb-assets="automation"]')


def test_what_runs_by_itself_is_seen_and_can_be_cancelled(notebook, folder):
    (folder / "wait").touch()
    expect(display(notebook)).to_contain_text("Automation is on for 2 assets.")
    cancel = notebook.cell(3).get_by_role("button", name="Cancel", exact=True)
    expect(cancel).to_be_hidden()

    notebook.run_cell(4)
    running = display(notebook).locator('[data-state="running"]')
    expect(running).to_contain_text("because trips was made")
    notebook.screenshot(PICTURES / "running.png")
    cancel.click()
    (folder / "wait").unlink()

    expect(display(notebook).locator('[data-state="cancelled"]')).to_contain_text("cancelled")
    expect(cancel).to_be_hidden()


def test_the_lineage_shows_what_runs_by_itself(notebook, folder):
    (folder / "wait").touch()
    notebook.run_cell(6)
    lineage = notebook.cell(6).locator('[data-nb-assets="lineage"]')
    notebook.run_cell(4)

    expect(lineage.locator('[data-asset-key="total"]')).to_have_attribute("data-status", "running")
    (folder / "wait").unlink()
    expect(lineage.locator('[data-asset-key="report"]')).to_have_attribute("data-status", "fresh")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_conditions_unfold_into_what_was_true(notebook, theme):
    notebook.set_theme(theme)
    notebook.run_cell(4)
    expect(display(notebook).locator('[data-state="success"]').first).to_be_visible()
    notebook.run_cell(5)
    shown = notebook.cell(5).locator('[data-nb-assets="conditions"] details[data-asset-key="total"]')
    expect(shown).to_contain_text("last requested")
    shown.locator("summary").click()

    expect(shown.get_by_text("any_deps_updated", exact=True)).to_be_visible()
    notebook.screenshot(PICTURES / f"conditions-{theme}.png", of=notebook.cell(5))
