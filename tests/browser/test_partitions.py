"""Partitions in the lineage: a bar of their states on the card, and each of them in the pane."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.harness.lineage_page import LineagePage

PICTURES = Path(__file__).parents[2] / "test-results" / "lineage"

CELL = """%%asset
from nb_assets import asset, DailyPartitionsDefinition
days = DailyPartitionsDefinition("2024-01-01", end_date="2024-02-01")

@asset(partitions_def=days)
def trips(context):
    day = int(context.partition_key[-2:])
    if day == 7:
        raise ValueError("no data for <b>this</b> day")
    return day

@asset(partitions_def=days)
def doubled(trips):
    return trips * 2

@asset
def total(doubled):
    return sum(doubled.values())
"""
RUN = """import nb_assets
nb_assets.session().materialize("doubled", partitions="2024-01-01...2024-01-20", raise_on_error=False)"""


@pytest.fixture(scope="module", params=["lab"])
def app(request):
    return request.param


def test_the_states_of_partitions_are_on_the_card_and_in_the_pane(open_notebook):
    notebook = open_notebook(["%load_ext nb_assets", CELL, RUN, "%lineage"])
    notebook.run_all()
    page = LineagePage(notebook, 3).wait()

    expect(page.node("trips")).to_have_attribute("data-status", "failed")
    expect(page.node("trips")).to_have_attribute(
        "aria-label", "trips: failed, 19 of 31 fresh, 1 failed, 11 missing, 0 upstream, 1 downstream"
    )
    bar = page.node("trips").locator(".nbl-parts rect")
    assert [bar.nth(at).get_attribute("data-status") for at in range(bar.count())] == [
        "fresh",
        "failed",
        "missing",
    ]

    details = page.open("trips")
    expect(details.get_by_role("img", name="19 of 31 fresh, 1 failed, 11 missing")).to_be_visible()
    failed = details.locator('[data-partition="2024-01-07"]')
    expect(failed).to_have_attribute("data-status", "failed")
    expect(failed).to_contain_text("no data for <b>this</b> day")
    PICTURES.mkdir(parents=True, exist_ok=True)
    notebook.screenshot(PICTURES / "partitions.png")
