"""Finding assets in the lineage: search with completion, filters, hiding the rest, neighbourhoods, the list, the minimap."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.harness.lineage_page import PATIENCE, LineagePage
from tests.harness.notebook_page import Notebook, write_notebook

# What is the same in Notebook 7 is seen there in test_lineage_map.py.
pytestmark = pytest.mark.parametrize("app", ["lab"], indirect=True, scope="session")

PICTURES = Path(__file__).parents[2] / "test-results" / "finding"
CELLS = [
    "%load_ext nb_assets\nfrom nb_assets import asset",
    """%%asset -g raw
@asset(kinds={"csv"}, owners=["ana@example.org"])
def trips():
    return [3, 4]

@asset(owners=["team:ops"])
def zones():
    return {"EWR": "Newark"}
""",
    """%%asset -g metrics
@asset(tags={"tier": "gold"})
def total(trips):
    return sum(trips)

@asset
def trips_by_zone(trips, zones):
    return len(trips)
""",
    """%%asset -g reports
@asset
def letter(total, trips_by_zone):
    return f"{total} trips"
""",
    "%materialize trips",
    "%lineage",
]
MANY = """import nb_assets
from nb_assets.definitions.registry import Origin
definitions = []
for number in range(10_000):
    @asset(name=f"part_{number:04}", group_name=f"team_{number // 500:02}", deps=[f"part_{number - 1:04}"] if number % 20 else [])
    def part(): ...
    definitions.append(part)
_ = nb_assets.session().register(Origin(id="many", label="many"), definitions)"""


@pytest.fixture(scope="module")
def page(browser, servers, app):
    """The page of one notebook with its lineage."""
    server = servers(app)
    path = write_notebook(server.folder / "finding" / "notebook.ipynb", CELLS)
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
    """The lineage as it is when it has just been shown."""
    page.run_cell(len(CELLS) - 1)
    return LineagePage(page, len(CELLS) - 1).wait()


def options(lineage):
    return lineage.root.get_by_role("listbox", name="Suggestions").get_by_role("option")


def keys(lineage):
    return {node.get_attribute("data-asset-key") for node in lineage.root.locator("[data-asset-key]").all()}


def take(lineage, name):
    for theme in ("light", "dark"):
        lineage.notebook.set_theme(theme)
        expect(lineage.notebook.page.locator("#jupyterlab-splash")).to_have_count(0)
        lineage.notebook.screenshot(PICTURES / f"{name}-{theme}.png", of=lineage.root)
    lineage.notebook.set_theme("light")


def test_what_is_typed_is_completed_by_arrows_and_enter_or_tab(lineage):
    box, keyboard = lineage.searchbox, lineage.notebook.page.keyboard
    box.click()
    expect(options(lineage).filter(has_text="status:")).to_be_visible()
    keyboard.type("tri", delay=20)
    expect(options(lineage).first).to_contain_text("trips")
    expect(options(lineage).first.locator("mark")).to_have_text("tri")
    keyboard.press("ArrowDown")
    active = lineage.root.locator(f"[id='{box.get_attribute('aria-activedescendant')}']")
    expect(active).to_have_attribute("aria-selected", "true")
    lineage.notebook.screenshot(PICTURES / "completion.png", of=lineage.root)
    keyboard.press("Enter")
    expect(box).to_have_value("trips")
    expect(options(lineage)).to_have_count(0)
    keyboard.type(" or gr", delay=20)
    expect(options(lineage).first).to_contain_text("group:")
    keyboard.press("Tab")
    expect(box).to_have_value("trips or group:")
    expect(options(lineage).filter(has_text="reports")).to_contain_text("1")
    keyboard.type("rep", delay=20)
    expect(options(lineage)).to_have_count(1)
    keyboard.press("Tab")
    expect(box).to_have_value("trips or group:reports")
    expect(lineage.root.locator(".nbl-found")).to_have_text("2")


def test_a_search_that_cannot_be_read_shows_where_and_half_a_name_finds_what_has_it(lineage):
    lineage.searchbox.fill("group:raw or or")
    expect(lineage.root.get_by_role("alert").locator(".nbl-search-here")).to_have_text("or")
    lineage.searchbox.fill("trpis")
    expect(lineage.root.get_by_role("alert")).to_contain_text("Did you mean `trips`")
    lineage.searchbox.fill("zone")
    expect(lineage.root.locator(".nbl-found")).to_have_text("2")
    expect(lineage.node("total")).to_have_class("nbl-node nbl-dim")


def test_enter_steps_through_the_matches_out_of_folded_groups(lineage):
    lineage.group("metrics").click()
    expect(lineage.node("total")).to_have_count(0)
    lineage.searchbox.fill("group:metrics")
    expect(lineage.group("metrics")).to_have_accessible_name(r"Group metrics, 2 assets: 2 missing; 2 found")
    lineage.searchbox.press("Enter")
    expect(lineage.node("total")).to_have_class("nbl-node nbl-current")
    expect(lineage.root.locator(".nbl-found")).to_have_text("1/2")
    lineage.searchbox.press("ArrowDown")
    expect(lineage.node("trips_by_zone")).to_have_class("nbl-node nbl-current")
    lineage.searchbox.press("Shift+Enter")
    expect(lineage.node("total")).to_have_class("nbl-node nbl-current")


def test_filters_are_alternatives_in_a_facet_become_chips_and_hide_the_rest(lineage):
    lineage.press("Filter")
    dialog = lineage.root.get_by_role("dialog", name="Filters")
    expect(dialog.get_by_role("group", name="Status")).to_contain_text("Missing4")
    dialog.get_by_role("checkbox", name="raw").check()
    dialog.get_by_role("checkbox", name="metrics").check()
    dialog.get_by_role("checkbox", name="Missing").check()
    expect(lineage.root.locator(".nbl-found")).to_have_text("3")
    take(lineage, "filters")
    if dialog.count() > 0:
        dialog.press("Escape")
    lineage.press("Remove the filter status: missing")
    expect(lineage.root.locator(".nbl-found")).to_have_text("4")
    lineage.press("Hide the rest")
    expect(lineage.node("letter")).to_have_count(0)
    assert keys(lineage) == {"trips", "zones", "total", "trips_by_zone"}
    take(lineage, "hidden")
    lineage.press("Show 1 hidden asset")
    expect(lineage.node("letter")).to_have_count(1)
    lineage.press("Clear")
    expect(lineage.root.get_by_role("group", name="What is shown")).to_have_count(0)


def test_edges_lead_past_what_is_hidden(lineage):
    lineage.searchbox.fill("trips or letter")
    expect(lineage.root.locator(".nbl-found")).to_have_text("2")
    lineage.press("Hide the rest")
    expect(lineage.root.locator(".nbl-edge")).to_have_count(1)
    expect(lineage.root.locator(".nbl-edge")).to_have_class("nbl-edge nbl-indirect")


def test_a_neighbourhood_is_focused_by_a_key_widened_by_steps_and_left_by_escape(lineage):
    crumbs = lineage.root.get_by_role("navigation", name="Neighbourhood")
    lineage.node("letter").focus()
    lineage.node("letter").press("n")
    expect(crumbs).to_contain_text("letter")
    expect(crumbs).to_contain_text("3 assets")
    assert keys(lineage) == {"total", "trips_by_zone", "letter"}
    lineage.root.get_by_role("button", name="Downstream", exact=True).click()
    expect(lineage.node("total")).to_have_count(0)
    lineage.root.get_by_role("button", name="Both", exact=True).click()
    lineage.press("2 steps")
    expect(lineage.node("zones")).to_have_count(1)
    take(lineage, "neighbourhood")
    lineage.press("1 step")
    expect(lineage.node("zones")).to_have_count(0)
    lineage.node("letter").focus()
    lineage.node("letter").press("Escape")
    expect(crumbs).to_have_count(0)
    expect(lineage.node("zones")).to_have_count(1)


def test_the_list_sorts_picks_and_opens_by_keyboard_in_step_with_the_map(lineage):
    page = lineage.notebook.page
    lineage.node("trips").focus()
    page.keyboard.press("l")
    grid = lineage.root.get_by_role("grid", name="Assets")
    rows = grid.locator("[data-asset-key]")
    expect(rows).to_have_count(5)
    expect(rows.first).to_have_attribute("data-status", "fresh")
    title = grid.get_by_role("columnheader", name="Asset")
    title.get_by_role("button").click()
    title.get_by_role("button").click()
    expect(title).to_have_attribute("aria-sort", "descending")
    expect(rows.first).to_have_attribute("data-asset-key", "zones")
    rows.first.focus()
    page.keyboard.press(" ")
    page.keyboard.press("ArrowDown")
    page.keyboard.press(" ")
    expect(grid.locator("[aria-selected=true]")).to_have_count(2)
    page.keyboard.press("Enter")
    expect(lineage.details.get_by_role("heading", level=3)).to_have_text("trips_by_zone")
    take(lineage, "list")
    lineage.searchbox.fill("group:raw")
    expect(rows).to_have_count(2)
    rows.first.click(button="right")
    expect(lineage.root.get_by_role("menuitem", name="Focus on neighbourhood")).to_be_visible()
    page.keyboard.press("Escape")
    lineage.press("List")
    expect(lineage.node("trips_by_zone")).to_have_attribute("aria-selected", "true")


def test_ten_thousand_assets_are_searched_listed_and_seen_in_the_minimap(open_notebook):
    notebook = open_notebook([CELLS[0], MANY, "%lineage"])
    notebook.run_all()
    lineage = LineagePage(notebook, 2).wait()
    lineage.searchbox.fill("42")
    expect(lineage.root.locator(".nbl-found")).to_have_text("299", timeout=PATIENCE)
    lineage.searchbox.press("Enter")
    expect(lineage.node("part_0042")).to_have_class("nbl-node nbl-current")
    minimap = lineage.root.locator(".nbl-minimap")
    expect(minimap).to_be_visible()
    take(lineage, "many")
    where = lineage.root.locator(".nbl-map > g").first
    before = where.get_attribute("transform")
    minimap.click(position={"x": 4, "y": 4})
    expect(where).not_to_have_attribute("transform", before)
    lineage.press("Hide the rest")
    expect(lineage.node("part_9942")).to_have_count(1)
    lineage.press("Clear")
    lineage.press("List")
    grid = lineage.root.get_by_role("grid", name="Assets")
    expect(grid).to_have_attribute("aria-rowcount", "10001", timeout=PATIENCE)
    assert grid.locator("[data-asset-key]").count() < 60
    grid.locator("[data-asset-key]").first.focus()
    notebook.page.keyboard.press("End")
    expect(grid.locator("[data-asset-key=part_9999]")).to_be_focused()
