"""What axe-core says of everything that is shown, in every state and theme: nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.harness.axe import faint_texts, faults
from tests.harness.lineage_page import LineagePage
from tests.harness.notebook_page import Notebook, write_notebook

PICTURES = Path(__file__).parents[2] / "test-results" / "accessibility"
ASSETS = """%%asset -g raw
@asset(description="As **they** came.", kinds={"python"}, owners=["ana@example.org"], metadata={"rows": 2, "source": "a book"})
def trips():
    print("reading the trips")
    return FIRST

@asset(deps=["warehouse"])
def zones():
    import pandas
    return pandas.DataFrame({"zone": range(300), "name": [FIRST[1]] * 300})

@asset_check(asset=trips)
def some(trips):
    return AssetCheckResult(passed=len(trips) > 1)
"""
LATER = """%%asset -g later
import pathlib, time
import nb_assets

@asset
def total(trips):
    while pathlib.Path("hold").exists() and not nb_assets.session().running.cancelled:
        time.sleep(0.02)
    return sum(trips)

@asset
def failing(total):
    raise ValueError("no more")
"""
CELLS = [
    "%load_ext nb_assets\nfrom nb_assets import AssetCheckResult, asset, asset_check\nFIRST = [3, 4]",
    ASSETS,
    LATER,
    "%lineage",
    "%materialize group:raw",
    "FIRST = [3, 5]",
    "%materialize group:raw",
    "%assets",
    "%assets history zones",
    "%assets diff zones",
    "%assets explain total",
]
THEMES = ("JupyterLab Light", "JupyterLab Dark", "JupyterLab Dark High Contrast")


@pytest.fixture(scope="module")
def page(browser, servers):
    """The page of one notebook with everything that is shown inline, run."""
    server = servers("lab")
    path = write_notebook(server.folder / "accessible" / "notebook.ipynb", CELLS)
    notebook = Notebook(browser.new_page(), server)
    notebook.open(path.relative_to(server.folder).as_posix())
    notebook.run_all()
    assert notebook.errors() == []
    yield notebook
    notebook.page.close()
    server.forget()
    assert notebook.problems == []


@pytest.fixture
def lineage(page):
    """The lineage with nothing open."""
    shown = LineagePage(page, 3).wait()
    yield shown
    shown.root.locator(".nbl-map").focus()
    for _ in range(3):
        page.page.keyboard.press("Escape")
    page.page.emulate_media(forced_colors="none")
    page.set_theme(THEMES[0])


def test_the_widget_in_every_theme(lineage):
    notebook = lineage.notebook
    lineage.open("zones")
    for theme in THEMES:
        notebook.set_theme(theme)
        notebook.screenshot(PICTURES / f"{theme}.png", of=lineage.root)
        assert faults(lineage.root) == [], theme
        assert faint_texts(lineage.root) == [], theme
    notebook.set_theme(THEMES[0])
    notebook.page.emulate_media(forced_colors="active")
    notebook.screenshot(PICTURES / "forced-colors.png", of=lineage.root)
    assert faults(lineage.root) == []
    assert faint_texts(lineage.root) == []


def test_the_widget_with_what_opens_over_it(lineage):
    page, root = lineage.notebook.page, lineage.root
    for keys, role in (("Shift+F10", "menu"), ("?", "dialog"), ("p", "dialog"), ("v", "form")):
        lineage.node("trips").focus()
        page.keyboard.press("Enter")
        expect(lineage.details.locator(".nbl-details-body")).to_be_visible()
        lineage.node("trips").focus()
        page.keyboard.press(keys)
        expect(root.get_by_role(role).first).to_be_visible()
        assert faults(root) == [], keys
        page.keyboard.press("Escape")
        expect(root.get_by_role(role)).to_have_count(0)
        page.keyboard.press("Escape")
    for button in ("More", "More ways to materialize"):
        lineage.press(button)
        assert faults(root) == [], button
        page.keyboard.press("Escape")
    lineage.searchbox.press_sequentially("group:r")
    expect(root.get_by_role("listbox")).to_be_visible()
    assert faults(root) == []
    lineage.searchbox.fill("group:(")
    expect(root.get_by_role("alert")).to_be_visible()
    assert faults(root) == []
    lineage.searchbox.fill("")


def test_the_past_of_an_asset(lineage):
    details = lineage.open("zones")
    details.get_by_role("button", name="v2", exact=True).click()
    expect(details.get_by_role("group", name="v2", exact=True)).to_contain_text("because")
    for version in ("v1", "v2"):
        details.get_by_role("checkbox", name=f"Compare {version}").check()
    comparison = details.get_by_role("group", name="Comparison v1 → v2")
    expect(comparison.locator('[data-nb-assets="diff"]').first).to_be_visible()
    for theme in THEMES:
        lineage.notebook.set_theme(theme)
        lineage.notebook.screenshot(PICTURES / f"past {theme}.png", of=lineage.root)
        assert faults(lineage.root) == [], theme
        assert faint_texts(lineage.root) == [], theme


def test_what_narrows_the_lineage_down_and_its_list(lineage):
    page, root = lineage.notebook.page, lineage.root
    lineage.press("Filter")
    root.get_by_role("checkbox", name="raw").first.check()
    notebook = lineage.notebook
    notebook.screenshot(PICTURES / "filters.png", of=root)
    assert faults(root) == []
    page.keyboard.press("Escape")
    expect(root.get_by_role("group", name="What is shown")).to_be_visible()
    assert faults(root) == []
    root.get_by_role("button", name="Clear", exact=True).click()
    lineage.node("trips").focus()
    page.keyboard.press("n")
    expect(root.get_by_role("group", name="Steps")).to_be_visible()
    assert faults(root) == []
    root.get_by_role("button", name="All assets").click()
    lineage.node("trips").focus()
    page.keyboard.press("w")
    notebook.screenshot(PICTURES / "changes.png", of=root)
    assert faults(root) == []
    page.keyboard.press("Escape")
    lineage.press("More")
    root.get_by_role("menuitem", name="Show as a list").click()
    expect(root.get_by_role("grid")).to_be_visible()
    for theme in (*THEMES[1:], THEMES[0]):
        notebook.set_theme(theme)
        notebook.screenshot(PICTURES / f"list {theme}.png", of=root)
        assert faults(root) == [], theme
    root.get_by_role("row").nth(1).focus()
    page.keyboard.press("Shift+F10")
    expect(root.get_by_role("menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(root.get_by_role("row").nth(1)).to_be_focused()
    page.keyboard.press("l")
    expect(root.get_by_role("grid")).to_have_count(0)


def test_what_is_shown_below_cells(page):
    page.cell(8).get_by_role("button", name="Compare").click()
    expect(page.cell(8).locator('[data-nb-assets="diff"]').last).to_be_visible()
    page.cell(9).get_by_role("button", name="Browse").click()
    expect(page.cell(9).get_by_role("toolbar", name="Rows")).to_be_visible()
    for index in (1, 4, 6, 7, 8, 9, 10):
        page.cell(index).scroll_into_view_if_needed()
        area = page.cell(index).locator(".jp-OutputArea")
        for theme in THEMES[:2]:
            page.set_theme(theme)
            assert faults(area) == [], (CELLS[index], theme)
    page.set_theme(THEMES[0])


def test_the_widget_while_a_run_goes_on_when_it_has_failed_and_when_the_kernel_is_gone(lineage):
    notebook = lineage.notebook
    hold = Path(notebook.server.folder) / "accessible" / "hold"
    hold.touch()
    lineage.press("Materialize stale")
    expect(lineage.node("total")).to_have_attribute("data-status", "running")
    assert faults(lineage.root) == []
    hold.unlink()
    expect(lineage.node("failing")).to_have_attribute("data-status", "failed")
    lineage.open("failing")
    assert faults(lineage.root) == []
    notebook.screenshot(PICTURES / "failed.png", of=lineage.root)
    notebook.restart()
    expect(lineage.root).to_contain_text("The kernel is gone.")
    assert faults(lineage.root) == []
