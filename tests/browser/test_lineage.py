"""The lineage widget as people use it: in a real JupyterLab and a real Notebook 7, against a real kernel."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Locator, expect

CELLS = [
    "%load_ext nb_assets\nimport time\nfrom nb_assets import asset",
    """%%asset -g raw
@asset
def flights():
    print("reading flights")
    return list(range(100))
@asset
def airports():
    return {"EWR": "<b id=planted>Newark</b>"}
""",
    """%%asset -g cleaning
@asset
def clean(flights):
    time.sleep(0.3)
    return [flight for flight in flights if flight > 5]
""",
    """%%asset -g metrics
@asset
def delays(clean):
    "<img src=x onerror=document.title='planted'>"
    time.sleep(0.3)
    return sum(clean)
@asset
def report(delays, airports):
    time.sleep(0.3)
    return f"{delays} at {len(airports)}"
""",
    "%lineage",
    "print('bu' + 'sy', flush=True)\nfor _ in range(600): time.sleep(0.1)",
]
LINEAGE = 4
BUSY = 5


@pytest.fixture
def notebook(open_notebook):
    notebook = open_notebook(CELLS)
    for index in range(LINEAGE + 1):
        notebook.run_cell(index)
    return notebook


@pytest.fixture
def lineage(notebook) -> Locator:
    widget = notebook.page.locator("[data-nb-assets=lineage]")
    expect(widget).to_have_attribute("data-ready", "true")
    widget.scroll_into_view_if_needed()
    return widget


def node(lineage, key):
    return lineage.locator(f"[data-asset-key='{key}']")


def button(lineage, name):
    return lineage.get_by_role("button", name=name, exact=True)


def expect_statuses(lineage, **statuses):
    for key, status in statuses.items():
        expect(node(lineage, key)).to_have_attribute("data-status", status)


def place(lineage):
    return lineage.locator(".nbl-map > g").get_attribute("transform")


def test_assets_stand_in_their_groups_with_their_status(lineage, notebook):
    expect_statuses(
        lineage, flights="missing", airports="missing", clean="missing", delays="missing", report="missing"
    )
    groups = lineage.locator("[data-group][aria-expanded]")
    assert [group.get_attribute("data-group") for group in groups.all()] == ["raw", "cleaning", "metrics"]
    assert notebook.problems == []
    assert notebook.foreign_requests == []


def test_a_click_materializes_and_the_pane_tells_what_came_of_it(lineage, notebook):
    node(lineage, "clean").click()
    button(lineage, "Materialize").click()
    expect_statuses(lineage, flights="fresh", clean="fresh", delays="missing")
    details = lineage.get_by_role("region", name="Details")
    expect(details).to_contain_text("94 items")
    expect(details).to_contain_text("def clean(flights)")
    node(lineage, "flights").click()
    expect(details).to_contain_text("reading flights")


def test_an_edit_turns_the_right_nodes_stale_and_the_change_is_shown(lineage, notebook):
    button(lineage, "Materialize stale").click()
    expect_statuses(lineage, report="fresh", delays="fresh")
    notebook.edit(2, notebook.source(2).replace("flight > 5", "flight > 7"))
    notebook.run_cell(2)
    expect_statuses(lineage, flights="fresh", airports="fresh", clean="stale", delays="stale", report="stale")
    lineage.scroll_into_view_if_needed()
    node(lineage, "clean").click()
    details = lineage.get_by_role("region", name="Details")
    expect(details).to_contain_text("flight > 7")
    button(lineage, "Materialize stale").click()
    expect_statuses(lineage, clean="fresh", delays="fresh", report="fresh")
    expect(details.locator("[data-nb-assets=diff][data-asset-key=clean]")).to_be_visible()


def test_materialize_and_cancel_work_while_a_cell_is_busy(lineage, notebook):
    notebook.run_cell(BUSY, wait=False)
    expect(notebook.cell(BUSY)).to_contain_text("busy")
    button(lineage, "Materialize stale").click()
    expect(lineage.get_by_role("progressbar")).to_be_visible()
    button(lineage, "Cancel").click()
    expect(lineage.locator(".nbl-progress-text")).to_contain_text("Cancelled")
    expect_statuses(lineage, report="missing")
    expect(button(lineage, "Cancel")).to_have_count(0)
    button(lineage, "Materialize stale").click()
    expect_statuses(lineage, report="fresh")
    notebook.interrupt()


def test_a_group_folds_where_it_is(lineage):
    metrics = lineage.locator("[data-group=metrics]")
    before = metrics.bounding_box()
    metrics.click()
    expect(metrics).to_have_attribute("aria-expanded", "false")
    expect(node(lineage, "report")).to_have_count(0)
    after = metrics.bounding_box()
    assert (after["x"], after["y"]) == pytest.approx((before["x"], before["y"]), abs=1)
    metrics.click()
    expect(node(lineage, "report")).to_have_count(1)


def test_the_map_is_moved_by_mouse_and_stays_so_when_assets_come(lineage, notebook):
    page = notebook.page
    box = lineage.locator(".nbl-map").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 30
    first = place(lineage)
    page.mouse.move(x, y)
    page.mouse.wheel(0, -200)
    expect(lineage.locator(".nbl-map > g")).not_to_have_attribute("transform", first)
    zoomed = place(lineage)
    page.mouse.down()
    page.mouse.move(x + 60, y - 20, steps=4)
    page.mouse.up()
    moved = place(lineage)
    assert moved != zoomed
    notebook.run_cell(notebook.append("%%asset -g metrics\n@asset\ndef extra(report):\n    return 1"))
    expect(node(lineage, "extra")).to_have_count(1)
    assert place(lineage) == moved
    lineage.scroll_into_view_if_needed()
    button(lineage, "Fit").click()
    expect(lineage.locator(".nbl-map > g")).not_to_have_attribute("transform", moved)


def test_all_of_it_works_by_keyboard(lineage, notebook):
    page = notebook.page
    cells = notebook.cell_count
    lineage.get_by_role("searchbox").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("Boolean(document.activeElement.dataset.assetKey)"):
            break
    here = page.evaluate("document.activeElement.dataset.assetKey")
    assert here == "flights"
    page.keyboard.press("ArrowRight")
    expect(node(lineage, "clean")).to_be_focused()
    page.keyboard.press("Enter")
    expect(lineage.get_by_role("region", name="Details")).to_contain_text("clean")
    page.keyboard.press("m")
    expect_statuses(lineage, clean="fresh")
    page.keyboard.press("Escape")
    expect(lineage.get_by_role("region", name="Details")).to_have_count(0)
    expect(node(lineage, "clean")).to_be_focused()
    page.keyboard.press("/")
    expect(lineage.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("group:raw")
    expect(lineage.locator(".nbl-found")).to_have_text("2")
    page.keyboard.press("Escape")
    expect(lineage.locator(".nbl-found")).to_have_count(0)
    assert notebook.cell_count == cells
    assert notebook.source(LINEAGE) == "%lineage"


def test_a_search_dims_the_rest_and_tells_what_it_cannot_read(lineage):
    box = lineage.get_by_role("searchbox")
    box.fill("+delays")
    expect(lineage.locator(".nbl-found")).to_have_text("3")
    expect(node(lineage, "report")).to_have_class(re.compile("nbl-dim"))
    expect(node(lineage, "clean")).not_to_have_class(re.compile("nbl-dim"))
    box.fill("dleays")
    expect(lineage.get_by_role("alert")).to_contain_text("Did you mean `delays`")
    expect(button(lineage, "Materialize")).to_be_disabled()


def test_what_users_write_is_text_and_never_markup(lineage, notebook):
    button(lineage, "Materialize stale").click()
    expect_statuses(lineage, report="fresh")
    details = lineage.get_by_role("region", name="Details")
    node(lineage, "delays").click()
    expect(details).to_contain_text("<img src=x onerror=document.title='planted'>")
    node(lineage, "airports").click()
    expect(details).to_contain_text("<b id=planted>Newark</b>")
    assert notebook.page.locator("#planted, img[src=x]").count() == 0
    assert notebook.page.title() != "planted"


def test_the_saved_notebook_shows_a_picture_and_the_live_widget_hides_it(lineage, notebook, folder):
    picture = notebook.page.locator("[data-nb-assets=static-lineage]")
    expect(picture).to_have_count(1)
    expect(picture).not_to_be_visible()
    button(lineage, "Materialize stale").click()
    expect_statuses(lineage, report="fresh")
    expect(picture.locator("img")).to_have_attribute("alt", re.compile("5 fresh"))
    notebook.save()
    saved = json.loads((folder / "notebook.ipynb").read_text())
    html = ["".join(output["data"].get("text/html", "")) for output in saved["cells"][LINEAGE]["outputs"]]
    assert sum("data:image/svg+xml;base64," in text for text in html) == 1
    assert "Lineage of 5 assets" in json.dumps(saved["cells"][LINEAGE]["outputs"])


def test_a_kernel_that_restarts_leaves_a_picture_that_says_so(lineage, notebook):
    notebook.restart()
    expect(lineage).to_have_attribute("data-ready", "false")
    expect(lineage).to_contain_text("The kernel is gone")
    expect(button(lineage, "Materialize stale")).to_be_disabled()
    for index in range(LINEAGE + 1):
        notebook.run_cell(index)
    expect(notebook.page.locator("[data-nb-assets=lineage]")).to_have_attribute("data-ready", "true")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_names_and_statuses_can_be_read_in_both_themes(lineage, notebook, theme):
    notebook.set_theme(theme)
    colours = node(lineage, "flights").evaluate(
        "node => [getComputedStyle(node.querySelector('.nbl-node-name')).fill,"
        " getComputedStyle(node.querySelector('.nbl-card')).fill]"
    )
    text, card = (sum(map(float, re.findall(r"[\d.]+", colour)[:3])) for colour in colours)
    dark, light = (text, card) if theme == "light" else (card, text)
    assert dark < 200
    assert light > 600
