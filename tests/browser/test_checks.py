"""Checks on the page: under their cell, in the report, on the map and in the pane of their asset."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.harness.lineage_page import LineagePage

PICTURES = Path(__file__).parents[2] / "test-results" / "checks"
ASSETS = """%%asset -g metrics
from nb_assets import AssetCheckResult, AssetCheckSeverity, asset, asset_check
@asset
def trips():
    return [3, 4]

@asset
def total(trips):
    return sum(trips)
"""
CHECKS = """%%asset
@asset_check(asset="trips", blocking=True)
def enough(trips):
    "There are trips at all."
    return AssetCheckResult(passed=len(trips) > 1, metadata={"rows": len(trips)})

@asset_check(asset="trips")
def even(trips):
    odd = [trip for trip in trips if trip % 2]
    return AssetCheckResult(
        passed=not odd, severity=AssetCheckSeverity.WARN, description=f"{len(odd)} odd trips", metadata={"odd": len(odd)}
    )
"""
TOO_FEW = CHECKS.replace("len(trips) > 1", "len(trips) > 100")


@pytest.fixture
def checked(open_notebook):
    """A notebook with two checks of one asset, made and checked, and its lineage."""
    notebook = open_notebook(["%load_ext nb_assets", ASSETS, CHECKS, "%materialize", "%lineage"])
    notebook.run_all()
    assert notebook.errors() == []
    yield LineagePage(notebook, 4).wait()
    assert notebook.problems == []
    assert notebook.foreign_requests == []


def test_the_map_and_the_pane_say_what_checks_said_and_that_an_edited_one_is_stale(checked):
    notebook = checked.notebook
    expect(notebook.cell(3)).to_contain_text("2 checks: 1 warning, 1 passed")
    expect(checked.node("trips")).to_contain_text("1 warning")
    details = checked.open("trips")
    even = details.locator('[data-check="even"]')
    expect(even).to_contain_text("warning")
    expect(even).to_contain_text("1 odd trips")
    expect(details.locator('[data-check="enough"]')).to_contain_text("passed")
    expect(details.locator('[data-check="enough"]')).to_contain_text("blocking")
    expect(details.locator('[data-check="enough"]')).to_contain_text("of version 1")
    notebook.screenshot(PICTURES / "light.png")
    notebook.edit(2, TOO_FEW)
    notebook.run_cell(2)
    expect(details.locator('[data-check="enough"]')).to_contain_text("stale")
    expect(details.locator('[data-check="enough"]')).to_contain_text("the check changed")
    expect(notebook.cell(2)).to_contain_text("trips:enough")
    notebook.edit(3, "%materialize --force")
    notebook.run_cell(3)
    expect(notebook.cell(3)).to_contain_text("upstream trips failed its blocking check enough")
    expect(checked.node("trips")).to_contain_text("1 failed")
    expect(details.locator('[data-check="enough"]')).to_contain_text("failed")
    notebook.screenshot(PICTURES / "failed.png")
    notebook.set_theme("dark")
    expect(notebook.page.locator("#jupyterlab-splash")).to_have_count(0)
    notebook.screenshot(PICTURES / "dark.png")
    notebook.set_theme("light")
