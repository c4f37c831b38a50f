"""The lineage widget under a user's hands, in JupyterLab and in Notebook 7."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from tests.harness.axe import faults
from tests.harness.lineage_page import LineagePage, visible_lines_of_dead_widgets

PICTURES = Path(__file__).parents[2] / "test-results" / "lineage"

LOAD = "%load_ext nb_assets\nfrom nb_assets import AssetKey, asset"
RAW = """%%asset -g raw
@asset(description="Two trips, as they came.", kinds={"python"}, owners=["ana@example.org"], metadata={"source": "a book"})
def trips():
    print("reading the trips")
    return [3, 4]

@asset
def zones():
    return {"EWR": "Newark"}
"""
METRICS = """%%asset -g metrics
FACTOR = 2

@asset
def total(trips):
    return sum(trips) * FACTOR

@asset
def report(total, zones):
    return f"{total} in {len(zones)} zones"
"""
SLOW = """%%asset -g slow
import pathlib, time
import nb_assets

def until_cancelled():
    while pathlib.Path("hold").exists() and not nb_assets.session().running.cancelled:
        time.sleep(0.02)

@asset
def step_one():
    until_cancelled()
    return 1

@asset
def step_two(step_one):
    until_cancelled()
    return step_one + 1

@asset
def step_three(step_two):
    return step_two + 1
"""
KEYS = {"trips", "zones", "total", "report"}
MARKUP = "<img src=x onerror=window.hurt=1><script>window.hurt=1</script>"
NAME = "<img src=x onerror=window.hurt=1>"  # of an asset that is only depended on; a key has no slash
HOSTILE = f"""%%asset -g odd
@asset(description="{MARKUP}", metadata={{"{MARKUP}": "{MARKUP}"}}, tags={{"tier": "gold"}}, owners=["team:a"])
def hostile():
    print("{MARKUP}")
    return "{MARKUP}"

@asset
def failing(hostile):
    raise ValueError("{MARKUP}")

@asset(deps=[AssetKey(["{NAME}"])])
def frame():
    import pandas
    return pandas.DataFrame({{"{MARKUP}": ["{MARKUP}"]}})
"""


@pytest.fixture
def small(open_notebook):
    """A notebook with four assets in two groups, and their lineage."""
    notebook = open_notebook([LOAD, RAW, METRICS, "%lineage", "x = 1"])
    notebook.run_all()
    assert notebook.errors() == []
    yield LineagePage(notebook, 3).wait()
    assert notebook.problems == []
    assert notebook.foreign_requests == []


def test_the_details_say_what_an_asset_is_and_what_its_last_run_did(small):
    details = small.open("trips")
    for text in (
        "Two trips, as they came.",
        "def trips():",
        "source",
        "a book",
        "ana@example.org",
        "Missing",
        "total",
    ):
        expect(details).to_contain_text(text)
    small.press("Materialize")
    expect(small.node("trips")).to_have_attribute("data-status", "fresh")
    for text in ("Fresh", "reading the trips", "2 items", "[3, 4]", "v1"):
        expect(details).to_contain_text(text)
    small.notebook.edit(1, RAW.replace("[3, 4]", "[3, 4, 5]"))
    small.notebook.run_cell(1)
    expect(details).to_contain_text("Stale")
    expect(details).to_contain_text("return [3, 4, 5]")
    small.press("Materialize")
    expect(details.locator('[data-nb-assets="diff"]').last).to_be_visible()
    expect(details).to_contain_text("v2")
    small.notebook.screenshot(PICTURES / "details.png")
    details.get_by_role("button", name="Close").click()
    expect(small.details).to_have_count(0)


def test_cancel_stops_a_run_between_its_steps_while_a_cell_is_busy(open_notebook, folder):
    (folder / "hold").touch()
    busy = "import time\nprint('bu' + 'sy', flush=True)\nwhile not globals().get('done'): time.sleep(0.05)"
    notebook = open_notebook([LOAD, SLOW, "%lineage", busy])
    for index in range(3):
        notebook.run_cell(index)
    lineage = LineagePage(notebook, 2).wait()

    lineage.press("Materialize stale")
    expect(lineage.node("step_one")).to_have_attribute("data-status", "running")
    expect(lineage.progressbar).to_be_visible()
    expect(lineage.progressbar).to_have_attribute("aria-valuemax", "3")
    lineage.press("Cancel")
    expect(lineage.root).to_contain_text("1 materialized")
    expect(lineage.root).to_contain_text("2 not run")
    lineage.wait_for_statuses(fresh={"step_one"}, missing={"step_two", "step_three"})
    expect(lineage.progressbar).to_have_count(0)

    notebook.run_cell(3, wait=False)
    expect(notebook.cell(3)).to_contain_text("busy")
    lineage.press("Materialize stale")
    expect(lineage.node("step_two")).to_have_attribute("data-status", "running")
    lineage.notebook.screenshot(PICTURES / "running.png")
    lineage.press("Cancel")
    lineage.wait_for_statuses(fresh={"step_one", "step_two"}, missing={"step_three"})
    (folder / "hold").unlink()
    lineage.press("Materialize stale")
    lineage.wait_for_statuses(fresh={"step_one", "step_two", "step_three"})
    assert notebook.page.evaluate("document.querySelectorAll('.jp-Cell').length") == 4
    notebook.interrupt()
    notebook.wait_until_idle()
    assert notebook.problems == []


def test_two_widgets_of_one_session_go_in_step(open_notebook):
    notebook = open_notebook([LOAD, RAW, METRICS, "%lineage", "%lineage group:metrics"])
    notebook.run_all()
    whole, part = LineagePage(notebook, 3).wait(), LineagePage(notebook, 4).wait()
    part.root.scroll_into_view_if_needed()
    part.press("Materialize stale")
    # Those of the part, and what they are made from.
    whole.wait_for_statuses(fresh=KEYS)
    part.wait_until_all("fresh")
    notebook.edit(2, METRICS.replace("FACTOR = 2", "FACTOR = 3"))
    notebook.run_cell(2)
    for lineage in (whole, part):
        for key in ("total", "report"):
            expect(lineage.node(key)).to_have_attribute("data-status", "stale")
    whole.root.scroll_into_view_if_needed()
    whole.open("total")
    expect(part.details).to_have_count(0)
    whole.press("Materialize")
    expect(part.node("total")).to_have_attribute("data-status", "fresh")
    assert notebook.problems == []


def test_a_page_that_is_loaded_again_finds_its_live_widget(open_notebook):
    notebook = open_notebook([LOAD, RAW, METRICS, "%lineage"])
    notebook.run_all()
    lineage = LineagePage(notebook, 3).wait()
    lineage.press("Materialize stale")
    lineage.wait_for_statuses(fresh=KEYS)
    notebook.save()
    notebook.open(notebook.path)
    lineage = LineagePage(notebook, 3).wait()
    lineage.wait_for_statuses(fresh=KEYS)
    expect(notebook.cell(3).locator('[data-nb-assets="static-lineage"]')).to_be_hidden()
    notebook.edit(2, METRICS.replace("FACTOR = 2", "FACTOR = 3"))
    notebook.run_cell(2)
    lineage.wait_for_statuses(stale={"total", "report"}, fresh={"trips", "zones"})
    lineage.press("Materialize stale")
    lineage.wait_for_statuses(fresh=KEYS)
    assert notebook.problems == []


def test_a_widget_whose_kernel_restarted_says_so(small):
    small.press("Materialize stale")
    small.wait_for_statuses(fresh=KEYS)
    small.notebook.restart()
    expect(small.root).to_have_attribute("data-ready", "false")
    expect(small.root).to_contain_text("The kernel is gone.")
    expect(small.button("Materialize stale")).to_be_disabled()


@pytest.mark.parametrize("trusted", [True, False], ids=["trusted", "untrusted"])
def test_a_saved_notebook_shows_the_picture_and_no_dead_widget(small, folder, trusted):
    notebook = small.notebook
    small.press("Materialize stale")
    small.wait_for_statuses(fresh=KEYS)
    picture = notebook.page.locator('[data-nb-assets="static-lineage"]')
    expect(picture.locator("img")).to_have_attribute("alt", re.compile("4 fresh"))
    expect(picture).to_be_hidden()
    assert notebook.problems == []
    notebook.save()
    notebook.server.forget()
    if not trusted:
        # Changed by another program, so that its signature is not this user's any more.
        document = nbformat.read(folder / "notebook.ipynb", as_version=4)
        document.cells[4].source = "x = 2"
        nbformat.write(document, folder / "notebook.ipynb")
    notebook.open(notebook.path)
    assert ("static-lineage" in notebook.cell(3).inner_html()) == trusted
    image = notebook.cell(3).locator("img")
    expect(image).to_be_visible()
    expect(image).to_have_attribute("alt", re.compile("4 assets in 2 groups: 4 fresh"))
    notebook.cell(3).get_by_text("4 assets as a table").click()
    row = notebook.cell(3).get_by_role("row", name="report")
    for text in ("metrics", "Fresh"):
        expect(row).to_contain_text(text)
    assert faults(notebook.cell(3).locator(".jp-OutputArea")) == []
    assert visible_lines_of_dead_widgets(notebook) == []
    notebook.screenshot(PICTURES / f"saved-{'trusted' if trusted else 'untrusted'}.png")
    notebook.page.goto("about:blank")  # and after that nothing more can be said in the console
    # ipywidgets itself says so; nothing else does.
    notebook.problems[:] = [
        problem for problem in notebook.problems if "widget model not found" not in problem
    ]


def test_names_descriptions_and_values_are_text_never_markup(open_notebook):
    notebook = open_notebook([LOAD, HOSTILE, "%lineage", "%materialize", "%assets"])
    for index in range(3):
        notebook.run_cell(index)
    lineage = LineagePage(notebook, 2).wait()
    lineage.press("Materialize stale")
    lineage.wait_for_statuses(fresh={"hostile", "frame"}, failed={"failing"}, missing={NAME})
    for key, title in (("hostile", "Value"), ("failing", "ValueError"), ("frame", "Value")):
        details = lineage.open(key)
        expect(details).to_contain_text(title)
        expect(details).to_contain_text("<script>window.hurt=1</script>")
    notebook.edit(
        1,
        HOSTILE.replace(f'return "{MARKUP}"', f'return "{MARKUP} twice"').replace(
            f'["{MARKUP}"]', f'["{MARKUP}", "b"]'
        ),
    )
    notebook.run_cell(1)
    lineage.press("Materialize stale")
    expect(lineage.open("hostile").locator('[data-nb-assets="diff"]').last).to_contain_text("<script>")
    expect(lineage.open("frame").locator('[data-nb-assets="diff"]').last).to_be_visible()
    notebook.run_cell(3)
    notebook.run_cell(4)
    lineage.searchbox.fill(MARKUP)
    expect(lineage.root.get_by_role("alert")).to_contain_text("<")
    page = notebook.page
    assert page.evaluate("window.hurt") is None
    assert page.locator("img[onerror], .jp-OutputArea script").count() == 0
    assert notebook.foreign_requests == []
    lineage.notebook.screenshot(PICTURES / "hostile.png")
