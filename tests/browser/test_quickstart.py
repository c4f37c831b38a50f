"""The quickstart as a newcomer goes through it, in JupyterLab and in Notebook 7."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.harness.lineage_page import LineagePage, visible_lines_of_dead_widgets

if TYPE_CHECKING:
    from tests.harness.notebook_page import Notebook

QUICKSTART = Path(__file__).parents[2] / "notebooks" / "quickstart.ipynb"
PICTURES = Path(__file__).parents[2] / "test-results" / "quickstart"

RAW = {"flights", "airlines", "airports", "planes", "weather"}
OF_LATE = {
    "departures",
    "daily",
    "by_carrier",
    "by_destination",
    "plane_age",
    "weather_effect",
    "summary",
    "headline",
}
ALL = RAW | OF_LATE | {"hourly_weather"}
PICTURE = '[data-nb-assets="static-lineage"]'


@pytest.fixture
def quickstart(open_notebook) -> Notebook:
    return open_notebook(QUICKSTART)


def test_the_quickstart_from_the_first_run_to_the_day_after(quickstart: Notebook, app: str):
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

    edit_and_run(
        notebook,
        notebook.find("def hourly_weather"),
        "with_timestamp(weather)",
        "with_timestamp(weather[weather.wind_speed < 30])",
    )
    lineage.wait_for_statuses(
        stale={"hourly_weather", "weather_effect"}, fresh=ALL - {"hourly_weather", "weather_effect"}
    )
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
    reopen_without_its_kernel(notebook)
    take(notebook, app, "5-reopened")
    # ipywidgets itself says so in the console; nothing else does.
    assert [problem for problem in notebook.problems if "widget model not found" not in problem] == []
    assert notebook.foreign_requests == []


def test_the_notebook_as_it_comes_reads_well_before_anything_has_run(quickstart: Notebook, app: str):
    # Another computer's notebook is not trusted: the applications leave out every attribute but those of pictures.
    picture = quickstart.page.get_by_role("img", name="Asset lineage: 14 assets in 4 groups")
    expect(picture).to_be_visible()
    assert visible_lines_of_dead_widgets(quickstart) == []
    for text, times in {
        "reads daily, by_carrier": 1,
        "8 run": 1,
        "8 restored": 1,
        "2 run": 1,
        "never materialized": 1,
    }.items():
        assert quickstart.page.get_by_text(text).count() >= times
    picture.scroll_into_view_if_needed()
    take(quickstart, app, "0-as-it-comes")
    assert quickstart.problems == []
    assert quickstart.foreign_requests == []


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


def reopen_without_its_kernel(notebook: Notebook) -> None:
    """Save, end the kernel, and open the notebook again: the widgets are gone, the pictures are not."""
    notebook.save()
    notebook.server.forget()
    notebook.open(notebook.path)
    picture = notebook.page.locator(PICTURE)
    picture.scroll_into_view_if_needed()
    expect(picture).to_be_visible()
    assert picture.locator("img").evaluate("image => image.complete && image.naturalWidth > 300")
    expect(notebook.page.locator('[data-nb-assets="lineage"]')).to_have_count(0)
    assert visible_lines_of_dead_widgets(notebook) == []


def lineage_cell(notebook: Notebook) -> int:
    return next(index for index in range(notebook.cell_count) if notebook.source(index) == "%lineage")


def take(notebook: Notebook, app: str, name: str) -> None:
    notebook.screenshot(PICTURES / f"{app}-{name}.png")
