from __future__ import annotations

CELL = """%%asset
from nb_assets import asset
import time

@asset
def slow():
    for i in range({steps}):
        print("step", i)
        time.sleep(0.1)
    return 1

@asset
def after(slow):
    return 1
"""


def button(notebook):
    return notebook.widget(lambda comm: comm.state.get("_model_name") == "ButtonModel")


def test_a_click_materializes_in_the_background_and_the_card_shows_the_result(notebook):
    card = notebook.run(CELL.format(steps=5))
    shown = button(notebook)
    assert shown.state["description"] == "Materialize"
    shown.send({"event": "click"})
    notebook.wait_for(lambda: "step" in card.html and 'data-nb-assets="progress"' in card.html, 20)
    notebook.wait_for(lambda: 'data-nb-assets="report"' in card.html, 20)
    assert card.text.startswith("● slow")


def test_while_it_runs_the_button_cancels_even_when_a_cell_is_busy(notebook, kernel_version):
    card = notebook.run(CELL.format(steps=20))
    shown = button(notebook)
    shown.send({"event": "click"})
    notebook.wait_for(lambda: shown.state["description"] == "Cancel", 20)
    busy = notebook.submit("import time; time.sleep(1)")
    shown.send({"event": "click"})
    busy.wait()
    notebook.wait_for(lambda: "not run: the run was cancelled" in card.text, 30)
    notebook.wait_for(lambda: shown.state["description"] == "Materialize", 20)


def test_there_is_no_button_when_the_settings_say_so(notebook):
    notebook.run("%config NbAssets.buttons = False")
    assert "Button" not in notebook.run(CELL.format(steps=1)).text
