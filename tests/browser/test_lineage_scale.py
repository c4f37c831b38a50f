"""Large lineages and odd ones: they are drawn whole, without errors, and in small messages."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.harness.large_project import source
from tests.harness.lineage_page import PATIENCE, LineagePage

LOAD = "%load_ext nb_assets\nfrom nb_assets import asset\nimport nb_assets as nba"
ODD = {
    "deep": "\n".join(
        f"@asset\ndef step_{i}({f'step_{i - 1}' if i else ''}): return {i}" for i in range(400)
    ),
    "fan": "@asset\ndef hub(): return 0\n"
    + "\n".join(f"@asset(group_name='leaves')\ndef leaf_{i}(hub): return {i}" for i in range(400)),
    "circle of groups": "\n".join(
        f"@asset(group_name='{'ab'[i % 2]}')\ndef hop_{i}({f'hop_{i - 1}' if i else ''}): return {i}"
        for i in range(20)
    ),
    "many groups": "\n".join(
        f"@asset(group_name='group_{i}')\ndef lone_{i}(): return {i}" for i in range(400)
    ),
    "nested six deep": "@asset(group_name='a/b/c/d/e/f')\ndef deepest(): return 0",
}


@pytest.fixture
def app():
    return "lab"


def count(lineage, selector):
    return lineage.root.locator(selector).count()


def choose(lineage, entry):
    lineage.press("More")
    lineage.root.get_by_role("menuitem", name=entry, exact=True).click()


def test_a_thousand_assets_start_folded_unfold_and_fold_again(open_notebook, folder):
    (folder / "project.py").write_text(source(1000, frames=False), encoding="utf-8")
    notebook = open_notebook([LOAD, "%assets load project", "%lineage"])
    notebook.run_all()
    assert notebook.errors() == []
    lineage = LineagePage(notebook, 2).wait()
    total = notebook_count(notebook)
    assert total > 900
    assert count(lineage, ".nbl-node") == 0
    boxes = count(lineage, "[data-group]")
    assert 30 <= boxes < 50

    # Only what is asked for opens.
    lineage.group("sales").click()
    expect(lineage.group("sales")).to_have_attribute("aria-expanded", "true")
    expect(lineage.root.locator(".nbl-node").first).to_be_attached(timeout=PATIENCE)
    assert count(lineage, ".nbl-node") < 30
    assert count(lineage, "[data-group]") == boxes + 4
    choose(lineage, "Unfold all groups")
    expect(lineage.root.locator(".nbl-node")).to_have_count(total, timeout=PATIENCE)
    lineage.press("Fit")
    seen = count(lineage, ".nbl-node:not(.nbl-off)")
    assert seen == total
    box = lineage.root.locator(".nbl-map").bounding_box()
    notebook.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    notebook.page.keyboard.down("Control")
    for _ in range(6):
        notebook.page.mouse.wheel(0, -200)
    notebook.page.keyboard.up("Control")
    expect(lineage.root.locator(".nbl-map")).to_have_attribute("data-detail", "full")
    # Close up, what is far away is no more than a place with a name.
    assert 0 < count(lineage, ".nbl-node:not(.nbl-off)") < total / 3
    assert lineage.root.locator(".nbl-off").first.get_attribute("aria-label")

    choose(lineage, "Fold all groups")
    expect(lineage.root.locator(".nbl-node")).to_have_count(0, timeout=PATIENCE)
    assert notebook.problems == []


def notebook_count(notebook):
    index = notebook.append("print(len(nba.session().assets))")
    notebook.run_cell(index)
    return int(notebook.output_text(index))


def test_no_shape_of_a_graph_is_refused(open_notebook, folder):
    cells = [LOAD, "%lineage"]
    for name, text in ODD.items():
        (folder / f"{name.replace(' ', '_')}.py").write_text(
            f"from nb_assets import asset\n{text}\n", encoding="utf-8"
        )
        cells += [f"%assets load {name.replace(' ', '_')}\n%lineage", "_ = nba.session().forget('*')"]
    notebook = open_notebook(cells)
    notebook.run_cell(0)
    notebook.run_cell(1)
    expect(LineagePage(notebook, 1).wait().root).to_contain_text("No assets here yet")
    for index in range(2, len(cells), 2):
        notebook.run_cell(index)
        lineage = LineagePage(notebook, index).wait()
        expect(lineage.root.locator(".nbl-node, [data-group]").first).to_be_visible()
        if count(lineage, '[data-group][aria-expanded="false"]'):
            choose(lineage, "Unfold all groups")
            expect(lineage.root.locator(".nbl-node").first).to_be_attached(timeout=PATIENCE)
        notebook.run_cell(index + 1)
        expect(lineage.root.locator(".nbl-node")).to_have_count(0, timeout=PATIENCE)
    assert notebook.errors() == []
    assert notebook.problems == []
