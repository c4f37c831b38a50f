"""The browser harness itself, on plain cells, in JupyterLab and in Notebook 7."""

from __future__ import annotations

import json

from playwright.sync_api import expect

CELLS = ["#md # A title", "x = 41", "import time; time.sleep(0.3); x + 1", "print(x)"]
SLIDER = "import ipywidgets; ipywidgets.IntSlider(description='pick', value=3)"


def test_cells_run_and_tell_what_they_put_out(open_notebook):
    notebook = open_notebook(CELLS)
    notebook.run_all()
    assert (notebook.output_text(2), notebook.output_text(3)) == ("42", "41\n")
    assert notebook.errors() == []


def test_a_cell_is_found_edited_and_run_alone(open_notebook):
    notebook = open_notebook(CELLS)
    notebook.run_all()
    index = notebook.find("x = 41")
    notebook.edit(index, "x = 1")
    notebook.run_cell(index)
    notebook.run_cell(3)
    assert notebook.output_text(3) == "1\n"
    assert notebook.output_text(2) == "42"


def test_a_failing_cell_stops_the_rest_and_is_named(open_notebook):
    notebook = open_notebook(["1 / 0", "'never'"])
    notebook.run_all()
    assert notebook.errors() == ["cell 0: ZeroDivisionError: division by zero"]
    assert notebook.outputs(1) == []


def test_a_restart_forgets_and_a_save_keeps(open_notebook, folder):
    notebook = open_notebook(CELLS)
    notebook.run_all()
    notebook.restart()
    index = notebook.append("x")
    notebook.run_cell(index)
    assert "NameError" in notebook.output_text(index)
    notebook.save()
    saved = json.loads((folder / "notebook.ipynb").read_text())
    assert saved["cells"][2]["outputs"][0]["data"]["text/plain"] == ["42"]


def test_an_interrupt_stops_a_busy_cell(open_notebook):
    notebook = open_notebook(["print('star' + 'ted', flush=True)\nimport time; time.sleep(60)"])
    notebook.run_cell(0, wait=False)
    expect(notebook.cell(0)).to_contain_text("started")
    notebook.interrupt()
    expect(notebook.cell(0)).to_contain_text("KeyboardInterrupt")


def test_a_widget_is_drawn_and_works_in_both_themes(open_notebook, tmp_path):
    notebook = open_notebook([SLIDER])
    notebook.run_all()
    for theme in ("dark", "light"):
        notebook.set_theme(theme)
        expect(notebook.cell(0).get_by_role("slider")).to_be_visible()
        picture = notebook.screenshot(tmp_path / f"{theme}.png", of=notebook.cell(0))
        assert picture.stat().st_size > 1_000
    assert notebook.problems == []


def test_the_page_asks_for_nothing_from_elsewhere(open_notebook):
    notebook = open_notebook([SLIDER])
    notebook.run_all()
    assert notebook.foreign_requests == []


def test_each_test_has_kernels_of_its_own(open_notebook, server):
    open_notebook(["1"])
    assert len(server.api("kernels")) == 1
