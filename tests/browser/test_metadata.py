"""Metadata and ops in the pane of an asset: each kind in its own way, and never as markup."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.harness.lineage_page import LineagePage

PICTURES = Path(__file__).parents[2] / "test-results" / "metadata"
ASSETS = """%%asset -g metrics
from nb_assets import AssetKey, MetadataValue, Output, RetryPolicy, TableRecord, asset, graph_asset, op
counts = iter([120, 90, 300])
tries = []

@asset
def trips():
    return Output(
        [3, 4],
        metadata={
            "rows": next(counts),
            "notes": MetadataValue.md("**All** of `x`:\\n- one\\n- <b>two</b> [go](javascript:alert(1))"),
            "site": MetadataValue.url("https://example.com/trips"),
            "trap": MetadataValue.url("javascript:alert(1)"),
            "sample": MetadataValue.table([TableRecord({"name": "<i>Ada</i>", "age": 36})]),
            "feeds": MetadataValue.asset(AssetKey("total")),
        },
    )

@op(retry_policy=RetryPolicy())
def shaky(trips):
    tries.append(1)
    if len(tries) == 1:
        raise ValueError("not yet")
    return trips

@op
def added(values):
    return sum(values)

@graph_asset
def total(trips):
    return added(shaky(trips))
"""


@pytest.fixture
def described(open_notebook):
    """A notebook with an asset of much metadata, made three times, and one of ops; and its lineage."""
    again = "%materialize --force trips"
    notebook = open_notebook(["%load_ext nb_assets", ASSETS, "%materialize", again, again, "%lineage"])
    notebook.run_all()
    assert notebook.errors() == []
    yield LineagePage(notebook, 5).wait()
    assert notebook.problems == []
    assert notebook.foreign_requests == []


def test_each_kind_of_metadata_shows_in_its_own_way(described):
    details = described.open("trips")
    notes = details.locator('dd[data-kind="md"]')
    expect(notes.locator("strong")).to_have_text("All")
    expect(notes.locator("li")).to_have_text(["one", "<b>two</b> [go](javascript:alert(1))"])
    expect(details.get_by_role("link")).to_have_count(1)
    link = details.get_by_role("link", name="https://example.com/trips")
    assert link.get_attribute("rel") == "noopener noreferrer"
    expect(details.locator('dd[data-kind="table"] td')).to_have_text(["<i>Ada</i>", "36"])
    course = details.get_by_role("img", name="rows, v1 to v3: 120 to 300, between 90 and 300")
    course.scroll_into_view_if_needed()
    expect(course).to_be_visible()
    described.notebook.screenshot(PICTURES / "light.png")


def test_the_ops_of_a_graph_asset_say_how_they_went(described):
    details = described.open("total")
    expect(details.locator('[data-op="shaky"]')).to_contain_text("done, 2 attempts")
    expect(details.locator('[data-op="added"]')).to_contain_text("done")
    details.locator('[data-op="shaky"]').scroll_into_view_if_needed()
    described.notebook.screenshot(PICTURES / "ops.png")
