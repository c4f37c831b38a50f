"""Browsing the rows that differ, below a diff."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.harness.lineage_page import visible_lines_of_dead_widgets

PICTURES = Path(__file__).parents[2] / "test-results" / "diff-browser"

LOAD = "%load_ext nb_assets\nfrom nb_assets import asset\nimport pandas as pd"
TRIPS = """%%asset -m
@asset(metadata={{"primary_key": "id"}})
def trips():
    frame = pd.DataFrame({{"id": range(300), "fare": [float(n % 50) for n in range(300)], "town": "<b>Rome</b>"}})
    {edit}
    return frame
"""
EDIT = 'frame.loc[frame.id % 3 == 0, "fare"] *= 2; frame.loc[:9, "town"] = "Oslo"; frame = frame.iloc[:-5]'


@pytest.fixture
def notebook(open_notebook):
    """Two versions of a table."""
    cells = [LOAD, TRIPS.format(edit="pass"), TRIPS.format(edit=EDIT), "%assets diff trips"]
    opened = open_notebook(cells)
    opened.run_cell(0)
    opened.run_cell(1)
    opened.edit(1, cells[2])
    opened.run_cell(1)
    opened.run_cell(3)
    return opened


def opened_browser(notebook):
    browser = notebook.cell(3).locator('[data-nb-assets="diff-browser"]')
    browser.get_by_role("button", name="Browse all").click()
    expect(browser.get_by_role("status")).to_have_text("1–50 of 109")
    return browser


def test_all_rows_that_differ_are_paged_through(notebook):
    browser = opened_browser(notebook)
    assert browser.locator("tbody tr").count() == 50
    browser.get_by_role("button", name="Next page").click()
    expect(browser.get_by_role("status")).to_have_text("51–100 of 109")
    browser.get_by_role("button", name="Next page").click()
    expect(browser.get_by_role("status")).to_have_text("101–109 of 109")
    expect(browser.get_by_role("button", name="Next page")).to_be_disabled()
    assert browser.locator("tr.r-removed").count() == 5
    above = notebook.cell(3).locator('[data-nb-assets="diff"] th', has_text="town").first
    assert above.evaluate("head => getComputedStyle(head).textAlign") == "left"
    notebook.screenshot(PICTURES / "last-page.png", of=notebook.cell(3))
    assert notebook.problems == []


def test_rows_are_narrowed_by_kind_and_by_column(notebook):
    browser = opened_browser(notebook)
    browser.get_by_role("button", name="− removed").click()
    expect(browser.get_by_role("status")).to_have_text("1–50 of 104")
    browser.get_by_label("Changed in column").select_option("town")
    expect(browser.get_by_role("status")).to_have_text("1–10 of 10")
    assert "<b>Rome</b>" in browser.locator("tbody").inner_text()
    notebook.set_theme("dark")
    notebook.screenshot(PICTURES / "narrowed-dark.png", of=notebook.cell(3))


def test_the_diff_stays_readable_without_a_kernel(notebook):
    notebook.save()
    notebook.server.forget()
    notebook.page.reload()
    diff = notebook.page.locator('[data-nb-assets="diff"][data-asset-key="trips"]').last
    expect(diff).to_contain_text("104 changed", timeout=30_000)
    assert visible_lines_of_dead_widgets(notebook) == []


def test_any_two_versions_are_picked_from_the_history(notebook):
    notebook.edit(3, "%assets history trips")
    notebook.run_cell(3)
    picker = notebook.cell(3).locator('[data-nb-assets="version-picker"]')
    picker.get_by_role("button", name="Compare").click()
    compared = picker.locator('[data-nb-assets="diff"][data-asset-key="trips"]')
    expect(compared).to_contain_text("−5 rows, 104 changed")
    picker.get_by_label("From version").select_option("2")
    expect(compared).to_contain_text("unchanged")
    picker.get_by_label("To version").select_option("1")
    expect(compared).to_contain_text("+5 rows, 104 changed")
    notebook.screenshot(PICTURES / "history.png", of=notebook.cell(3))
    assert notebook.problems == []
