"""The quickstart as a newcomer goes through it, in JupyterLab and in Notebook 7."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.harness.lineage_page import LineagePage
from tests.harness.notebook_page import Notebook

QUICKSTART = Path(__file__).parents[2] / "notebooks" / "quickstart.ipynb"
PICTURES = Path(__file__).parents[2] / "test-results" / "quickstart"

RAW = {"flights", "airlines", "airports", "planes", "weather"}
OF_LATE = {"departures", "daily", "by_carrier", "by_destination", "plane_age", "weather_effect", "summary", "headline"}
ALL = RAW | OF_LATE | {"hourly_weather"}
PICTURE = '[data-nb-assets="static-lineage"]'


@pytest.fixture
def quickstart(open_notebook) -> Notebook:
    return open_notebook(QUICKSTART)


def test_the_quickstart_from_the_first_run_to_the_day_after(quickstart: Notebook, app: str, open_notebook, server, folder):
    notebook = quickstart
    run_it(notebook)
    at = lineage_cell(notebook)
    lineage = LineagePage(notebook, at).wait()
    lineage.wait_for_statuses(fresh=ALL)
    take(notebook, app, "1-run")

    edit_and_run(notebook, notebook.find("LATE = 15  # minutes\n\n"), "LATE = 15", "LATE = 45")
    lineage.wait_for_statuses(stale=OF_LATE, fresh=ALL - OF_LATE)
    lineage.root.scroll_into_view_if_needed()
    take(notebook, app, "2-edited")

    click_and_materialize(lineage)
    take(notebook, app, "3-materialized")
    lineage.press("Materialize stale")
    lineage.wait_for_statuses(fresh=ALL)

    edit_and_run(notebook, notebook.find("def hourly_weather"), "with_timestamp(weather)", "with_timestamp(weather[weather.wind_speed < 30])")
    lineage.wait_for_statuses(stale={"hourly_weather", "weather_effect"}, fresh=ALL - {"hourly_weather", "weather_effect"})
    lineage.press("Materialize stale")
    lineage.wait_for_statuses(fresh=ALL)

    notebook.set_theme("dark")
    lineage.root.scroll_into_view_if_needed()
    take(notebook, app, "4-dark")
    notebook.set_theme("light")

    runs = restart_and_run_again(notebook)
    assert "14 fresh" in runs
    LineagePage(notebook, at).wait().wait_for_statuses(fresh=ALL)
    assert notebook.problems == []
    assert notebook.foreign_requests == []


def run_it(notebook: Notebook) -> None:
    notebook.run_all()
    assert notebook.errors() == []


def edit_and_run(notebook: Notebook, index: int, old: str, new: str) -> None:
    """Type the change into the cell, as a user does, and run it."""
    source = notebook.source(index)
    assert old in source
    editor = notebook.cell(index).locator(".cm-content").first
    editor.scroll_into_view_if_needed()
    editor.click()
    notebook.page.keyboard.press("Control+a")
    notebook.page.keyboard.insert_text(source.replace(old, new))
    notebook.page.keyboard.press("Control+Enter")
    # The editor indents what it is given by its own rules.
    assert notebook.source(index).split() == source.replace(old, new).split()
    notebook.wait_until_idle()


def click_and_materialize(lineage: LineagePage) -> None:
    details = lineage.open("departures")
    expect(details).to_contain_text("LATE 15 → 45")
    lineage.press("Materialize")
    expect(lineage.node("departures")).to_have_attribute("data-status", "fresh")
    diff = details.locator('[data-nb-assets="diff"][data-asset-key="departures"]')
    expect(diff.first).to_be_visible()
    expect(diff.first).to_contain_text("late")
    expect(lineage.node("daily")).to_contain_text("departures has new data")


def restart_and_run_again(notebook: Notebook) -> str:
    """Restart the kernel, run the cells of parts 1 and 2 again, and return what `%materialize` says then."""
    notebook.restart()
    for index in range(lineage_cell(notebook) + 1):
        notebook.run_cell(index)
    assert notebook.errors() == []
    index = notebook.append("%materialize")
    notebook.run_cell(index)
    return notebook.output_text(index)


def lineage_cell(notebook: Notebook) -> int:
    return next(index for index in range(notebook.cell_count) if notebook.source(index) == "%lineage")


def take(notebook: Notebook, app: str, name: str) -> None:
    notebook.screenshot(PICTURES / f"{app}-{name}.png")
