"""The lineage worked by keys alone: where the focus goes, that it is never lost, and what the help says of the keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.harness.lineage_page import LineagePage
from tests.harness.notebook_page import Notebook, write_notebook

PICTURES = Path(__file__).parents[2] / "test-results" / "keyboard"
RAW = """%%asset -g raw
@asset
def trips():
    return [3, 4]

@asset
def zones():
    return {"EWR": "Newark"}
"""
METRICS = """%%asset -g metrics
@asset
def total(trips):
    return sum(trips)

@asset
def report(total, zones):
    return f"{total} in {len(zones)} zones"
"""
CELLS = ["%load_ext nb_assets\nfrom nb_assets import asset", RAW, METRICS, "%lineage", "x = 1"]
FOCUS = """() => { const at = document.activeElement;
    return at.dataset.assetKey ?? (at.dataset.group && `group:${at.dataset.group}`)
        ?? at.getAttribute('aria-label') ?? at.tagName; }"""


@pytest.fixture(scope="module")
def page(browser, servers, app):
    """The page of one notebook with its lineage."""
    server = servers(app)
    path = write_notebook(server.folder / "keyboard" / "notebook.ipynb", CELLS)
    notebook = Notebook(browser.new_page(), server)
    notebook.open(path.relative_to(server.folder).as_posix())
    notebook.run_all()
    assert notebook.errors() == []
    yield notebook
    notebook.page.close()
    server.forget()
    assert notebook.problems == []


@pytest.fixture
def lineage(page, request):
    """The lineage as it is when it has just been shown."""
    if page.source(2) != METRICS:
        page.edit(2, METRICS)
        page.run_cell(2)
    shown = LineagePage(page, 3).wait()
    yield shown
    if getattr(request.node, "failed", False):
        page.screenshot(PICTURES / f"{request.node.name}.png")
    shown.node("trips").focus()
    for _ in range(3):
        page.page.keyboard.press("Escape")
    for name in ("raw", "metrics"):
        if shown.group(name).get_attribute("aria-expanded") == "false":
            shown.group(name).click()
    shown.press("Fit")


def focus(lineage: LineagePage) -> str:
    return str(lineage.notebook.page.evaluate(FOCUS))


def press(lineage: LineagePage, *keys: str) -> str:
    """Press keys and return what has the focus then."""
    for key in keys:
        lineage.notebook.page.keyboard.press(key)
    return focus(lineage)


def test_tab_leads_from_search_to_the_tools_to_the_map_to_the_details_and_out(lineage):
    lineage.open("trips")
    lineage.searchbox.focus()
    assert press(lineage, "Tab") == "Filter"
    assert press(lineage, "Tab") == "Materialize stale"
    assert press(lineage, "Tab") == "trips"
    press(lineage, "Tab")
    assert lineage.details.evaluate("details => details.contains(document.activeElement)")
    assert press(lineage, "Shift+Tab") == "trips"
    assert press(lineage, "Shift+Tab") == "Materialize stale"
    assert press(lineage, "ArrowRight") == "Materialize"
    assert press(lineage, "End") == "More"
    assert press(lineage, "ArrowRight") == "Materialize stale"
    # The one of them that had the focus last has it again.
    assert press(lineage, "ArrowRight", "Tab", "Shift+Tab") == "Materialize"


def test_arrows_reach_assets_titles_of_groups_and_folded_groups(lineage):
    lineage.node("trips").focus()
    assert press(lineage, "ArrowRight") == "total"
    assert press(lineage, "ArrowUp") == "group:metrics"
    assert press(lineage, "ArrowDown") == "total"
    press(lineage, "ArrowUp", "Enter")
    expect(lineage.group("metrics")).to_have_attribute("aria-expanded", "false")
    expect(lineage.group("metrics")).to_be_focused()
    assert press(lineage, "ArrowLeft") in {"trips", "zones"}
    assert press(lineage, "ArrowRight") == "group:metrics"
    press(lineage, " ")
    expect(lineage.group("metrics")).to_have_attribute("aria-expanded", "true")
    expect(lineage.group("metrics")).to_be_focused()


def test_with_shift_the_arrows_read_the_whole_map_in_order(lineage):
    lineage.node("total").focus()
    assert press(lineage, "Home") == "group:raw"
    read = [focus(lineage)]
    while (now := press(lineage, "Shift+ArrowDown")) != read[-1]:
        read.append(now)
    assert read[0] == "group:raw"
    assert read[3:] == ["group:metrics", "total", "report"]
    assert set(read[1:3]) == {"trips", "zones"}
    assert press(lineage, "Shift+ArrowLeft") == "group:metrics"
    assert press(lineage, "Shift+ArrowRight") == "total"
    assert press(lineage, "End") == "report"
    # What has the focus is on screen.
    expect(lineage.node("report")).to_be_in_viewport()


def test_an_asset_that_goes_hands_the_focus_to_its_neighbour_or_to_its_folded_group(lineage):
    notebook = lineage.notebook
    lineage.node("report").focus()
    notebook.run_unseen(2, METRICS.partition("\n@asset\ndef report")[0])
    expect(lineage.node("report")).to_have_count(0)
    expect(lineage.node("total")).to_be_focused()
    notebook.run_unseen(2, METRICS)
    expect(lineage.node("report")).to_have_count(1)
    expect(lineage.node("total")).to_be_focused()
    press(lineage, "Enter")
    expect(lineage.details).to_be_visible()
    lineage.details.get_by_role("button", name="Close").focus()
    lineage.group("metrics").click()
    expect(lineage.node("total")).to_have_count(0)
    press(lineage, "Escape")
    expect(lineage.group("metrics")).to_be_focused()


def test_the_menu_of_an_asset_opens_and_closes_by_keys_and_gives_the_focus_back(lineage):
    menu = lineage.root.get_by_role("menu")
    lineage.node("total").focus()
    press(lineage, "Shift+F10")
    expect(menu.get_by_role("menuitem").first).to_be_focused()
    press(lineage, "Escape")
    expect(menu).to_have_count(0)
    expect(lineage.node("total")).to_be_focused()
    lineage.button("More").focus()
    press(lineage, "Enter")
    expect(menu).to_be_visible()
    press(lineage, "Escape")
    expect(lineage.button("More")).to_be_focused()


def test_details_that_close_give_the_focus_back_to_their_asset(lineage):
    lineage.node("total").focus()
    press(lineage, "Enter")
    expect(lineage.details).to_be_visible()
    lineage.details.get_by_role("button", name="Close").focus()
    press(lineage, "Enter")
    expect(lineage.details).to_have_count(0)
    expect(lineage.node("total")).to_be_focused()


def test_the_help_says_every_key_keeps_the_focus_and_gives_it_back(lineage):
    page = lineage.notebook.page
    lineage.node("total").focus()
    press(lineage, "?")
    help_ = lineage.root.get_by_role("dialog", name="Keyboard")
    for text in ("Move", "Follow the edges", "Materialize", "Search", "Show the whole graph", "menu More"):
        expect(help_).to_contain_text(text)
    lineage.notebook.screenshot(PICTURES / "help.png")
    for _ in range(5):
        page.keyboard.press("Tab")
        assert page.evaluate("() => Boolean(document.activeElement.closest('[role=dialog]'))")
    # The keys of the map mean nothing to the map behind.
    before = lineage.root.locator(".nbl-map > g").first.get_attribute("transform")
    press(lineage, "-", "ArrowLeft", "m")
    assert lineage.root.locator(".nbl-map > g").first.get_attribute("transform") == before
    press(lineage, "Escape")
    expect(help_).to_have_count(0)
    expect(lineage.node("total")).to_be_focused()
    lineage.button("More").focus()
    press(lineage, "Enter")
    lineage.root.get_by_role("menuitem", name="Keyboard help").click()
    expect(help_).to_be_visible()
    help_.get_by_role("button", name="Close").click()
    expect(lineage.button("More")).to_be_focused()


def test_what_opens_over_the_map_gives_the_focus_back(lineage):
    for key, name in (("p", "Preview"), ("?", "Keyboard")):
        lineage.node("total").focus()
        press(lineage, key)
        expect(lineage.root.get_by_role("dialog", name=name)).to_be_visible()
        assert lineage.root.get_by_role("dialog").evaluate("box => box.contains(document.activeElement)"), key
        press(lineage, "Escape")
        expect(lineage.root.get_by_role("dialog")).to_have_count(0)
        expect(lineage.node("total")).to_be_focused()
    lineage.button("Filter").focus()
    press(lineage, "Enter")
    expect(lineage.root.get_by_role("dialog", name="Filters")).to_be_visible()
    press(lineage, "Escape")
    expect(lineage.button("Filter")).to_be_focused()


def test_map_and_list_hand_the_focus_to_each_other(lineage):
    page = lineage.notebook.page
    lineage.node("total").focus()
    press(lineage, "l")
    grid = lineage.root.get_by_role("grid")
    expect(grid).to_be_visible()
    page.wait_for_function("() => document.activeElement.matches('[role=row][data-asset-key=total]')")
    press(lineage, "End", "l")
    expect(grid).to_have_count(0)
    page.wait_for_function("() => Boolean(document.activeElement.closest('[role=tree]'))")


def test_a_run_is_told_from_its_start_to_its_end_and_not_step_by_step(lineage):
    page = lineage.notebook.page
    page.evaluate(
        """root => { window.heard = [];
        new MutationObserver(all => all.forEach(({addedNodes}) => addedNodes.forEach(each => heard.push(each.textContent))))
            .observe(root.querySelector('[aria-live]'), {childList: true}); }""",
        lineage.root.element_handle(),
    )
    lineage.node("total").focus()
    press(lineage, "m")
    page.wait_for_function("() => window.heard.some(text => text.includes('materialized'))")
    *before, _ended = page.evaluate("window.heard")
    # A run may be over before the page hears of its start.
    assert before in ([], ["Run started: 2 assets"], ["Run started: 1 asset"])


def test_a_run_from_the_keyboard_leaves_the_focus_where_it_was(lineage):
    button = lineage.button("Materialize stale")
    button.focus()
    press(lineage, "Enter")
    lineage.wait_until_all("fresh")
    expect(button).to_be_disabled()
    expect(button).to_be_focused()
    for _ in range(4):  # What came of the run can be pressed, too.
        if (now := press(lineage, "Tab")) in {
            "group:raw",
            "group:metrics",
            "trips",
            "zones",
            "total",
            "report",
        }:
            return
    pytest.fail(f"Tab leads to {now}.")
