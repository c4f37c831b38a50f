from __future__ import annotations

import pytest

# Goes on as long as the test leaves the file `hold` in place.
CELL = """%%asset
from nb_assets import asset
import nb_assets, pathlib, time

@asset
def slow():
    step = 0
    while pathlib.Path("hold").exists():
        print("step", step := step + 1)
        time.sleep(0.02)
    return 1

@asset
def after(slow):
    return 1
"""
UNTIL_CANCELLED = (
    "print('waiting', flush=True)\n"
    "while not nb_assets.session().running.cancelled: time.sleep(0.02)\n"
    "print('cancelled', flush=True)"
)


@pytest.fixture
def hold(tmp_path):
    file = tmp_path / "hold"
    file.touch()
    return file


def button(notebook):
    return notebook.widget(lambda comm: comm.state.get("_model_name") == "ButtonModel")


def test_a_click_materializes_in_the_background_and_the_card_shows_the_result(notebook, hold):
    card = notebook.run(CELL)
    shown = button(notebook)
    assert shown.state["description"] == "Materialize"
    shown.send({"event": "click"})
    notebook.wait_for(lambda: "step" in card.html and 'data-nb-assets="progress"' in card.html, 20)
    hold.unlink()
    notebook.wait_for(lambda: 'data-nb-assets="report"' in card.html, 20)
    assert card.text.startswith("● slow")


def test_while_it_runs_the_button_cancels(notebook, hold):
    card = notebook.run(CELL)
    shown = button(notebook)
    shown.send({"event": "click"})
    notebook.wait_for(lambda: shown.state["description"] == "Cancel" and "step" in card.html, 20)
    shown.send({"event": "click"})
    notebook.run(UNTIL_CANCELLED)
    hold.unlink()
    notebook.wait_for(lambda: "not run: the run was cancelled" in card.text, 30)
    notebook.wait_for(lambda: shown.state["description"] == "Materialize", 20)
    assert notebook.run("nb_assets.history('slow') and not nb_assets.history('after')").result == "True"


@pytest.mark.parametrize("kernel_version", [7], indirect=True)  # on 6, comms wait for the cell
def test_the_button_cancels_while_a_cell_is_busy_where_comms_have_a_shell_of_their_own(
    notebook, hold, tmp_path
):
    card = notebook.run(CELL)
    shown = button(notebook)
    shown.send({"event": "click"})
    notebook.wait_for(lambda: shown.state["description"] == "Cancel" and "step" in card.html, 20)
    (tmp_path / "busy").touch()
    busy = notebook.submit(
        f"{UNTIL_CANCELLED}\nwhile pathlib.Path('busy').exists(): time.sleep(0.02)",
    )
    notebook.wait_for(lambda: "waiting" in busy.stdout, 20)
    shown.send({"event": "click"})
    notebook.wait_for(lambda: "cancelled" in busy.stdout, 20)
    hold.unlink()
    notebook.wait_for(lambda: "not run: the run was cancelled" in card.text, 30)
    notebook.wait_for(lambda: shown.state["description"] == "Materialize", 20)
    assert not busy.is_idle
    (tmp_path / "busy").unlink()
    busy.wait()


def test_a_run_that_cannot_begin_is_told_on_the_card(notebook, hold):
    first = notebook.run(CELL)
    slow = button(notebook)
    card = notebook.run("%%asset other\n1")
    slow.send({"event": "click"})
    notebook.wait_for(lambda: "step" in first.html, 20)
    button(notebook).send({"event": "click"})
    notebook.run(
        "while len(nb_assets.session().runs) < 2: time.sleep(0.02)\nnb_assets.session().forget('other');"
    )
    hold.unlink()
    notebook.wait_for(lambda: "no asset is called `other`" in card.text, 20)
    notebook.wait_for(lambda: 'data-nb-assets="report"' in first.html, 20)


def test_there_is_no_button_when_the_settings_say_so(notebook):
    notebook.run("%config NbAssets.buttons = False")
    assert "Button" not in notebook.run(CELL).text
