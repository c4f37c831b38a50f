"""Finding one's way in the lineage by mouse and by keyboard, with nothing run: one page serves all tests of an application."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.harness.lineage_page import LineagePage
from tests.harness.notebook_page import Notebook, write_notebook

PICTURES = Path(__file__).parents[2] / "test-results" / "map"
CELLS = [
    "%load_ext nb_assets\nfrom nb_assets import asset",
    """%%asset -g raw
@asset
def trips():
    return [3, 4]

@asset
def zones():
    return {"EWR": "Newark"}
""",
    """%%asset -g metrics
@asset
def total(trips):
    return sum(trips)

@asset
def report(total, zones):
    return f"{total} in {len(zones)} zones"
""",
    "%lineage",
    "x = 1",
]
KEYS = {"trips", "zones", "total", "report"}


@pytest.fixture(scope="module")
def page(browser, servers, app):
    """The page of one notebook with its lineage."""
    server = servers(app)
    path = write_notebook(server.folder / "map" / "notebook.ipynb", CELLS)
    notebook = Notebook(browser.new_page(), server)
    notebook.open(path.relative_to(server.folder).as_posix())
    notebook.run_all()
    assert notebook.errors() == []
    yield notebook
    notebook.page.close()
    server.forget()
    assert notebook.problems == []
    assert notebook.foreign_requests == []


@pytest.fixture
def small(page, request):
    """The lineage as it is when it has just been shown."""
    lineage = LineagePage(page, 3).wait()
    yield lineage
    if getattr(request.node, "failed", False):
        page.screenshot(PICTURES / f"{request.node.name}.png")
    lineage.node("trips").focus()
    for _ in range(3):
        page.page.keyboard.press("Escape")
    if lineage.group("metrics").get_attribute("aria-expanded") == "false":
        lineage.group("metrics").click()
    lineage.press("Fit")


def sources(notebook) -> list[str]:
    return [notebook.source(index) for index in range(notebook.cell_count)]


def scene(lineage: LineagePage) -> str:
    return str(lineage.root.locator(".nbl-map > g").first.get_attribute("transform"))


def test_a_link_in_the_details_leads_to_the_neighbour(small):
    small.open("trips").get_by_role("button", name="total").click()
    expect(small.details.get_by_role("heading", level=3)).to_have_text("total")
    expect(small.node("total")).to_have_attribute("aria-selected", "true")


def test_groups_fold_and_unfold(small):
    metrics = small.group("metrics")
    expect(metrics).to_have_attribute("aria-expanded", "true")
    metrics.click()
    expect(metrics).to_have_attribute("aria-expanded", "false")
    small.wait_for_statuses(missing={"trips", "zones"})
    metrics.click()
    expect(metrics).to_have_attribute("aria-expanded", "true")
    small.wait_for_statuses(missing=KEYS)


def test_the_map_pans_zooms_and_fits(small):
    page, canvas = small.notebook.page, small.root.locator(".nbl-map")
    fitted = scene(small)
    box = canvas.bounding_box()
    corner = (box["x"] + 12, box["y"] + box["height"] - 12)
    page.mouse.move(*corner)
    page.mouse.down()
    page.mouse.move(corner[0] + 60, corner[1] - 40, steps=4)
    page.mouse.up()
    expect(small.root.locator(".nbl-map > g").first).not_to_have_attribute("transform", fitted)
    panned = scene(small)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -240)
    page.keyboard.up("Control")
    expect(small.root.locator(".nbl-map > g").first).not_to_have_attribute("transform", panned)
    small.press("Fit")
    expect(small.root.locator(".nbl-map > g").first).to_have_attribute("transform", fitted)


def test_a_search_dims_what_it_does_not_find_and_says_what_is_wrong(small):
    small.searchbox.fill("group:metrics")
    expect(small.node("trips")).to_have_class("nbl-node nbl-dim")
    expect(small.node("total")).to_have_class("nbl-node")
    expect(small.root.locator(".nbl-found")).to_have_text("2")
    small.searchbox.fill("group:(")
    expect(small.root.get_by_role("alert")).to_be_visible()
    small.searchbox.fill("report")
    expect(small.root.get_by_role("alert")).to_have_count(0)
    expect(small.button("Materialize")).to_be_enabled()
    small.searchbox.press("Escape")
    expect(small.node("trips")).to_have_class("nbl-node")
    expect(small.searchbox).to_have_value("")


def test_the_keyboard_does_everything_and_no_key_reaches_the_notebook(small):
    page, notebook = small.notebook.page, small.notebook
    before = sources(notebook)
    small.searchbox.focus()
    on_the_map = "document.activeElement.matches('[role=tree] [role=treeitem]')"
    for _ in range(12):
        if page.evaluate(on_the_map):
            break
        page.keyboard.press("Tab")
    assert page.evaluate(on_the_map)
    small.node("trips").focus()
    page.keyboard.press("ArrowRight")
    expect(small.node("total")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(small.node("report")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(small.node("report")).not_to_be_focused()
    small.node("total").focus()
    page.keyboard.press("Enter")
    expect(small.details.get_by_role("heading", level=3)).to_have_text("total")
    page.keyboard.press("Escape")
    expect(small.details).to_have_count(0)
    expect(small.node("total")).to_be_focused()
    # What JupyterLab would take for commands: delete, cut, paste, undo, insert, to Markdown, restart.
    for key in "ddxvzabmy1c00":
        page.keyboard.press(key)
    page.keyboard.press("/")
    expect(small.searchbox).to_be_focused()
    page.keyboard.type("dd total")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(small.searchbox).to_have_value("")
    assert sources(notebook) == before
    notebook.wait_until_idle()
    assert page.get_by_role("dialog").count() == 0


def test_keys_in_the_details_stay_there_too(small):
    before = sources(small.notebook)
    small.open("trips")
    small.details.locator(".nbl-code").focus()
    for key in ["d", "d", "ArrowDown", "ArrowUp", "b", "Enter", "x"]:
        small.notebook.page.keyboard.press(key)
    assert sources(small.notebook) == before
    # And with the notebook in command mode, its own keys are its own again.
    small.notebook.page.keyboard.press("Escape")
