"""What differs from an earlier moment, on the map and in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.harness.lineage_page import LineagePage

PICTURES = Path(__file__).parents[2] / "test-results" / "changes"
LOAD = "%load_ext nb_assets\nfrom nb_assets import asset"
RAW = """%%asset -g raw
@asset
def trips():
    return [3, 4]

@asset
def zones():
    return {"EWR": "Newark"}

@asset
def airlines():
    return ["UA"]
"""
METRICS = """%%asset -g metrics
@asset
def total(trips):
    return sum(trips)

@asset
def report(total, airlines):
    return f"{total}"
"""
LATER = """%%asset -g metrics
@asset
def total(trips):
    return sum(trips) * 2

@asset
def report(total, zones):
    return f"{total}"

@asset
def summary(report):
    return report
"""


@pytest.fixture
def app():
    return "lab"


def tag(lineage, key):
    return lineage.node(key).locator(".nbl-tag text")


def test_the_map_marks_what_differs_from_an_earlier_moment(open_notebook):
    notebook = open_notebook([LOAD, RAW, METRICS, "%lineage"])
    notebook.run_all()
    assert notebook.errors() == []
    lineage = LineagePage(notebook, 3).wait()
    lineage.press("Materialize stale")
    lineage.wait_until_all("fresh")

    lineage.node("trips").focus()
    notebook.page.keyboard.press("w")
    bar = lineage.root.get_by_role("region", name="What changed")
    expect(bar).to_contain_text("5 new")
    bar.get_by_label("Changed since").select_option("run")
    expect(bar).to_contain_text("Nothing")

    # The map follows while the notebook changes.
    notebook.edit(1, RAW.replace('@asset\ndef airlines():\n    return ["UA"]\n', ""))
    notebook.edit(2, LATER)
    notebook.run_cell(2)
    notebook.run_cell(1)
    expect(tag(lineage, "summary")).to_have_text("+ new")
    expect(tag(lineage, "total")).to_have_text("~ edited")
    expect(bar).to_contain_text("1 new")
    expect(bar).to_contain_text("1 removed")
    expect(bar).to_contain_text("airlines")
    expect(lineage.root.locator(".nbl-ghost")).to_contain_text("airlines")
    expect(lineage.root.locator(".nbl-lost-edge")).to_have_count(1)
    expect(lineage.root.locator(".nbl-added")).to_have_count(2)
    expect(tag(lineage, "trips")).to_have_count(0)

    lineage.press("Materialize stale")
    lineage.wait_until_all("fresh")
    bar.get_by_label("Changed since").select_option("before_run")
    expect(tag(lineage, "total")).to_contain_text("◆ new data")
    bar.get_by_label("Only what changed").check()
    expect(lineage.node("trips")).to_have_class("nbl-node nbl-dim")
    lineage.press("Fit")
    for theme in ("light", "dark"):
        notebook.set_theme(theme)
        notebook.screenshot(PICTURES / f"{theme}.png", of=lineage.root)
    bar.get_by_role("button", name="Hide what changed").click()
    expect(tag(lineage, "total")).to_have_count(0)
    expect(lineage.node("trips")).to_have_class("nbl-node")
    assert notebook.problems == []
