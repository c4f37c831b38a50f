"""A graph asset that failed goes on from the op that failed, with a click in its details."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.harness.lineage_page import LineagePage

PICTURES = Path(__file__).parents[2] / "test-results" / "resume"

MODEL = """%%asset
from nb_assets import graph_asset, op
import pathlib

@op
def clean():
    return [1, 2, 3]

@op
def train(rows):
    if pathlib.Path("broken").exists():
        raise ValueError("the disk is full")
    return sum(rows)

@graph_asset
def model():
    return train(clean())
"""


@pytest.fixture
def lineage(open_notebook, folder):
    """A graph asset whose second op fails as long as there is a file `broken`."""
    (folder / "broken").touch()
    notebook = open_notebook(["%load_ext nb_assets", MODEL, "%lineage"])
    for index in range(3):
        notebook.run_cell(index)
    yield LineagePage(notebook, 2).wait()
    assert notebook.problems == []


def test_a_click_resumes_a_graph_asset_that_failed(lineage, folder):
    details = lineage.open("model")
    resume = details.get_by_role("button", name="Resume", exact=True)
    expect(resume).to_have_count(0)
    lineage.press("Materialize")
    expect(lineage.node("model")).to_have_attribute("data-status", "failed")
    expect(details.locator('[data-op="train"]')).to_contain_text("failed")
    lineage.notebook.screenshot(PICTURES / "failed.png")

    (folder / "broken").unlink()
    resume.click()
    expect(lineage.node("model")).to_have_attribute("data-status", "fresh")
    expect(details.locator('[data-op="clean"]')).to_contain_text("kept from before")
    expect(resume).to_have_count(0)
