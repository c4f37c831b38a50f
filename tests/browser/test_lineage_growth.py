"""A notebook that grows below its lineage: what is on screen stays where the eye left it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.harness.lineage_page import LineagePage

LOAD = "%load_ext nb_assets\nfrom nb_assets import asset"
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
MORE = """%%asset -g metrics
@asset
def longest(trips):
    return max(trips)

@asset
def archive(report):
    return report
"""
PLACES = """root => Object.fromEntries([...root.querySelectorAll('.nbl-map [data-asset-key][data-status]')].map(card => {
    const { x, y } = card.querySelector('.nbl-card').getBoundingClientRect();
    const map = root.querySelector('.nbl-map').getBoundingClientRect();
    return [card.dataset.assetKey, [Math.round(x - map.x), Math.round(y - map.y)]];
}))"""


def test_what_is_on_screen_stays_there_when_a_cell_adds_assets(open_notebook):
    notebook = open_notebook([LOAD, RAW, METRICS, "%lineage", MORE])
    for index in range(4):
        notebook.run_cell(index)
    lineage = LineagePage(notebook, 3).wait()
    before = lineage.root.evaluate(PLACES)
    notebook.run_cell(4)
    expect(lineage.node("archive")).to_have_count(1, timeout=20_000)
    expect(lineage.node("longest")).to_have_count(1)
    after = lineage.root.evaluate(PLACES)
    stayed = [key for key in before if after[key] == before[key]]
    assert len(stayed) >= len(before) - 1, (before, after)


def test_edges_run_downwards_and_back_at_a_key(open_notebook):
    notebook = open_notebook([LOAD, RAW, METRICS, "%lineage group:raw or group:metrics --direction TB"])
    for index in range(4):
        notebook.run_cell(index)
    lineage = LineagePage(notebook, 3).wait()
    places = lineage.root.evaluate(PLACES)
    assert places["trips"][1] < places["total"][1] < places["report"][1]
    lineage.node("trips").focus()
    page = notebook.page
    page.keyboard.press("ArrowDown")
    expect(lineage.node("total")).to_be_focused()
    page.keyboard.press("d")
    expect(lineage.root).to_have_attribute("data-ready", "true")
    page.wait_for_function(
        f"root => {{ const p = ({PLACES})(root); return p.trips[0] < p.total[0]; }}",
        arg=lineage.root.element_handle(),
    )
