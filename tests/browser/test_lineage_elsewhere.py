"""The lineage wherever it is met: in narrow cells, in two views, after a restart, and on pages without any kernel."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter
from playwright.sync_api import expect

from tests.harness.axe import faults
from tests.harness.lineage_page import LineagePage

PICTURES = Path(__file__).parents[2] / "test-results" / "elsewhere"
LOAD = "%load_ext nb_assets\nfrom nb_assets import asset"
ASSETS = """%%asset -g raw
@asset
def trips():
    return [3, 4]

@asset
def total(trips):
    return sum(trips)
"""
ALL_IN_SIGHT = """() => {
    const map = document.querySelector('.nbl-map').getBoundingClientRect();
    return map.width < 420 && [...document.querySelectorAll('.nbl-map [data-asset-key]')]
        .map(card => card.getBoundingClientRect())
        .every(card => card.left >= map.left - 1 && card.right <= map.right + 1);
}"""


def test_two_views_of_one_widget_go_in_step_and_each_has_its_own_picks(servers, browser, request):
    server = servers("lab")
    request.addfinalizer(server.forget)
    notebook = _open(browser, server, "views")
    lineage = LineagePage(notebook, 2).wait()
    notebook.in_new_view(2)
    copy = LineagePage(notebook, 2, place=notebook.page.locator(".jp-LinkedOutputView")).wait()
    copy.open("trips")
    expect(lineage.details).to_have_count(0)
    copy.press("Materialize")
    for view in (lineage, copy):
        expect(view.node("trips")).to_have_attribute("data-status", "fresh")
    expect(lineage.node("trips")).to_have_attribute("aria-selected", "false")
    notebook.screenshot(PICTURES / "two-views.png")
    assert notebook.problems == []
    notebook.page.close()


def test_in_a_narrow_cell_everything_can_still_be_reached(servers, browser, request):
    server = servers("lab")
    request.addfinalizer(server.forget)
    notebook = _open(browser, server, "narrow")
    lineage = LineagePage(notebook, 2).wait()
    page = notebook.page
    page.add_style_tag(content='[data-nb-assets="lineage"] { width: 400px; }')
    page.wait_for_function(ALL_IN_SIGHT)  # nothing has moved the map, so it is fitted again
    details = lineage.open("trips")
    assert details.bounding_box()["y"] > lineage.root.locator(".nbl-map").bounding_box()["y"]
    bar = lineage.root.get_by_role("toolbar", name="Lineage")
    edge = bar.bounding_box()["x"] + bar.bounding_box()["width"]
    for button in bar.get_by_role("button").all():
        box = button.bounding_box()
        assert box["x"] + box["width"] <= edge + 1, button.get_attribute("aria-label")
    assert faults(lineage.root) == []
    notebook.screenshot(PICTURES / "narrow.png", of=lineage.root)
    lineage.press("More")
    lineage.root.get_by_role("menuitem", name="Show the whole graph").click()
    expect(lineage.button("More")).to_be_focused()
    assert notebook.problems == []
    page.close()


@pytest.mark.parametrize("kernel_version", [6, 7])
def test_after_a_restart_the_picture_comes_back_and_a_new_run_of_the_cell_is_alive(
    servers, browser, request, kernel_version
):
    server = servers("lab", kernel_version)
    request.addfinalizer(server.forget)
    notebook = _open(browser, server, "restarted")
    lineage = LineagePage(notebook, 2).wait()
    lineage.press("Materialize stale")
    lineage.wait_until_all("fresh")
    notebook.restart()
    expect(lineage.root).to_contain_text("The kernel is gone.")
    for index in range(3):
        notebook.run_cell(index)
    lineage.wait().wait_until_all("fresh")
    expect(lineage.root).not_to_contain_text("The kernel is gone.")
    notebook.page.close()


def test_an_exported_page_has_the_picture_and_a_table_without_any_script(servers, browser, request):
    server = servers("lab")
    request.addfinalizer(server.forget)
    notebook = _open(browser, server, "exported")
    LineagePage(notebook, 2).wait().press("Materialize stale")
    LineagePage(notebook, 2).wait_until_all("fresh")
    expect(notebook.cell(2).locator("img")).to_have_attribute(
        "alt", "Asset lineage: 2 assets in 1 group: 2 fresh."
    )
    notebook.save()
    notebook.page.close()
    saved = nbformat.read(server.folder / "exported" / "notebook.ipynb", as_version=4)
    html = HTMLExporter(template_name="lab").from_notebook_node(saved)[0]
    target = server.folder / "exported" / "notebook.html"
    target.write_text(html, encoding="utf-8")
    context = browser.browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(target.as_uri())
    expect(page.locator("img[alt^='Asset lineage']")).to_be_visible()
    page.get_by_text("2 assets as a table").click()
    row = page.get_by_role("row", name="total")
    for text in ("raw", "Fresh", "20"):
        expect(row).to_contain_text(text)
    page.screenshot(path=PICTURES / "exported.png")
    context.close()


def _open(browser, server, name):
    from tests.harness.notebook_page import Notebook, write_notebook

    path = write_notebook(server.folder / name / "notebook.ipynb", [LOAD, ASSETS, "%lineage"])
    notebook = Notebook(browser.new_page(), server)
    notebook.open(path.relative_to(server.folder).as_posix())
    notebook.run_all()
    assert notebook.errors() == []
    return notebook
