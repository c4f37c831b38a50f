"""What a user does with assets in the lineage beside running them, in JupyterLab and in Notebook 7."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.harness.lineage_page import LineagePage

PICTURES = Path(__file__).parents[2] / "test-results" / "lineage-actions"

LOAD = "%load_ext nb_assets\nimport pandas as pd\nfrom nb_assets import asset"
RAW = """%%asset -g raw
@asset(description="Trips, as they came.", metadata={"primary_key": "id"})
def trips():
    return pd.DataFrame({"id": range(40), "fare": [float(n) for n in range(40)]})

@asset
def zones():
    return {"EWR": "Newark"}
"""
MORE = RAW.replace("range(40)", "range(70)").replace("float(n)", "float(n + n % 2)")
METRICS = """%%asset -g metrics
@asset
def total(trips):
    return float(trips.fare.sum())
"""
FILLER = [f"# {number}" for number in range(30)]
IN_LAB = pytest.mark.parametrize("app", ["lab"])


@pytest.fixture
def lineage(open_notebook):
    """A lineage of three assets, the first with three versions, far from the cells that define them."""
    notebook = open_notebook([LOAD, RAW, METRICS, *FILLER, "%materialize", "%lineage"])
    shown = 4 + len(FILLER)
    for index in (0, 2):
        notebook.run_cell(index)
    for raw in (RAW, MORE, MORE.replace("70", "71")):
        notebook.edit(1, raw)
        notebook.run_cell(1)
        notebook.run_cell(shown - 1)
    notebook.run_cell(shown)
    assert notebook.errors() == []
    yield LineagePage(notebook, shown).wait()
    assert notebook.problems == []
    assert notebook.foreign_requests == []


def pictures(lineage: LineagePage, name: str) -> None:
    """Take a picture in light and in dark."""
    for theme in ("light", "dark"):
        lineage.notebook.set_theme(theme)
        lineage.root.scroll_into_view_if_needed()
        lineage.notebook.screenshot(PICTURES / f"{name}-{theme}.png", of=lineage.root)
    lineage.notebook.set_theme("light")


def choose(lineage: LineagePage, key: str, entry: str) -> None:
    """Choose an entry of the menu of an asset."""
    lineage.node(key).click(button="right")
    lineage.root.get_by_role("menuitem", name=entry).click()


def accept_and_undo(lineage: LineagePage) -> None:
    """An edit is accepted as equivalent, of an asset and of a group, and that is taken back."""
    lineage.notebook.edit(1, MORE.replace("70", "(70 + 1)"))
    lineage.notebook.run_cell(1)
    lineage.wait_for_statuses(stale={"trips", "total"}, fresh={"zones"})
    lineage.node("total").click(button="right")
    entry = lineage.root.get_by_role("menuitem", name="Accept as equivalent")
    expect(entry).to_have_attribute("aria-disabled", "true")
    lineage.notebook.page.keyboard.press("Escape")

    lineage.node("trips").click(button="right")
    pictures(lineage, "menu")
    lineage.notebook.page.keyboard.press("Escape")
    details = lineage.open("trips")
    pictures(lineage, "stale")
    details.get_by_role("button", name="Accept", exact=True).click()
    lineage.wait_for_statuses(fresh={"trips", "total", "zones"})
    expect(lineage.root).to_contain_text("Accepted trips v3")
    expect(details).to_contain_text("v3 accepted for new code")
    pictures(lineage, "accepted")
    lineage.root.locator(".nbl-toast").get_by_role("button", name="Undo").click()
    lineage.wait_for_statuses(stale={"trips", "total"}, fresh={"zones"})

    lineage.group("raw").click(button="right")
    lineage.root.get_by_role("menuitem", name="Accept what is stale in it").click()
    lineage.wait_for_statuses(fresh={"trips", "total", "zones"})
    choose(lineage, "trips", "Take back acceptance")
    lineage.wait_for_statuses(stale={"trips", "total"}, fresh={"zones"})


def look_back(lineage: LineagePage) -> None:
    """Versions are opened, pinned, compared and loaded."""
    details = lineage.open("trips")
    details.get_by_role("button", name="v2", exact=True).click()
    record = details.get_by_role("group", name="v2", exact=True)
    expect(record).to_contain_text("because")
    expect(record.locator('[data-nb-assets="diff"]')).to_be_visible()
    pictures(lineage, "version")
    record.get_by_role("button", name="Pin").click()
    expect(record.get_by_role("button", name="Unpin")).to_be_visible()
    expect(details.locator(".nbl-versions")).to_contain_text("pinned")

    details.get_by_role("checkbox", name="Compare v1").check()
    expect(details).to_contain_text("Tick a second version to compare v1 with")
    details.get_by_role("checkbox", name="Compare v3").check()
    comparison = details.get_by_role("group", name="Comparison v1 → v3")
    expect(comparison.locator('[data-nb-assets="diff"]').first).to_be_visible()
    expect(comparison).to_contain_text("+31")
    comparison.scroll_into_view_if_needed()
    pictures(lineage, "comparison")
    comparison.get_by_role("button", name="Browse all").click()
    expect(comparison.get_by_role("toolbar", name="Rows")).to_contain_text("1–50 of 51")
    comparison.get_by_role("button", name="Next page").click()
    expect(comparison.get_by_role("toolbar", name="Rows")).to_contain_text("51–51 of 51")
    pictures(lineage, "rows")
    comparison.get_by_role("button", name="Close the comparison").click()

    record.get_by_role("button", name="Load…").click()
    field = details.get_by_role("textbox")
    expect(field).to_have_value("trips_v2")
    field.press("Enter")
    expect(lineage.root).to_contain_text("trips_v2 = 70 rows × 2 columns")
    assert_result(lineage, "len(trips_v2)", "70")


def load_values(lineage: LineagePage) -> None:
    """A value is loaded under a name, and nothing is lost by that."""
    assert_result(lineage, "total_seen = 0\ntotal_seen", "0")
    lineage.node("trips").click()
    lineage.node("trips").press("v")
    field = lineage.details.get_by_role("textbox")
    expect(field).to_have_value("trips_value")
    expect(field).to_be_focused()
    field.fill("two words")
    expect(lineage.details.get_by_role("alert")).to_contain_text("letters, digits and underscores")
    field.fill("trips")
    field.press("Enter")
    expect(lineage.details.get_by_role("alert")).to_contain_text("a definition of assets")
    field.fill("total_seen")
    field.press("Enter")
    expect(lineage.details.get_by_role("alert")).to_contain_text("total_seen is there already: int")
    pictures(lineage, "taken")
    assert_result(lineage, "total_seen", "0")
    lineage.details.get_by_role("button", name="Replace").click()
    expect(lineage.root).to_contain_text("total_seen = 71 rows × 2 columns")
    assert_result(lineage, "len(total_seen)", "71")


def go_to_cells(lineage: LineagePage) -> None:
    """The cell that defines an asset is gone to, by the menu and by a double click."""
    page = lineage.notebook.page
    choose(lineage, "trips", "Go to cell")
    expect(lineage.notebook.cell(1)).to_be_in_viewport()
    assert page.evaluate("document.activeElement.closest('.jp-Cell').dataset.windowedListIndex") == "1"
    lineage.root.scroll_into_view_if_needed()
    lineage.node("total").dblclick()
    expect(lineage.notebook.cell(2)).to_be_in_viewport()


def copy_texts(lineage: LineagePage) -> None:
    """Selection strings, keys and code are copied."""
    lineage.press("Fit")
    page = lineage.notebook.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for entry, text in {
        "Copy selection": 'key:"trips"',
        "Copy asset key": "trips",
        "Copy code that loads it": 'nba.load("trips")',
    }.items():
        choose(lineage, "trips", entry)
        expect(lineage.root).to_contain_text(f"Copied {text}")
        assert page.evaluate("navigator.clipboard.readText()") == text
    lineage.node("trips").click()
    lineage.node("zones").click(modifiers=["Shift"])
    lineage.node("total").click(modifiers=["Shift"])
    lineage.node("total").press("y")
    expect(lineage.root).to_contain_text('Copied group:"raw" or key:"total"')


def page_through(lineage: LineagePage) -> None:
    """A long history is paged through."""
    lineage.notebook.append(
        "import nb_assets as nba\nfor _ in range(150): nba.session().materialize(['zones'], force=True)"
    )
    lineage.notebook.run_cell(lineage.notebook.cell_count - 1)
    choose(lineage, "zones", "Show history")
    pages = lineage.details.get_by_role("toolbar", name="Pages of the history")
    expect(pages).to_contain_text("1–50 of 151")
    expect(lineage.details.locator(".nbl-versions tbody tr")).to_have_count(50)
    for _ in range(3):
        pages.get_by_role("button", name="Older versions").click()
    expect(pages).to_contain_text("151–151 of 151")
    lineage.details.get_by_role("button", name="v1", exact=True).click()
    expect(lineage.details.get_by_role("group", name="v1", exact=True)).to_contain_text("made")
    pictures(lineage, "long")
    pages.get_by_role("button", name="Show fewer").click()
    expect(lineage.details.locator(".nbl-versions tbody tr")).to_have_count(8)


def test_what_stands_what_was_and_where_it_is(lineage):
    look_back(lineage)
    go_to_cells(lineage)
    accept_and_undo(lineage)


@IN_LAB
def test_values_texts_and_long_histories(lineage):
    load_values(lineage)
    copy_texts(lineage)
    page_through(lineage)


@IN_LAB
def test_the_file_that_defines_an_asset_is_opened_on_its_line(open_notebook, folder):
    (folder / "metrics.py").write_text(
        "from nb_assets import asset\n\n\n@asset\ndef daily():\n    return 1\n", encoding="utf-8"
    )
    load = "%load_ext nb_assets\nimport metrics\nimport nb_assets as nba"
    notebook = open_notebook([load, "%assets load metrics", "%lineage"])
    notebook.run_all()
    assert notebook.errors() == []
    lineage = LineagePage(notebook, 2).wait()
    lineage.node("daily").click()
    lineage.details.get_by_role("button", name="Open metrics.py:4").click()
    editor = notebook.page.locator(".jp-FileEditor .cm-content")
    expect(editor).to_contain_text("def daily():", timeout=20_000)


def assert_result(lineage: LineagePage, code: str, text: str) -> None:
    """Check what a new cell shows."""
    index = lineage.notebook.append(code)
    lineage.notebook.run_cell(index)
    assert lineage.notebook.output_text(index) == text
