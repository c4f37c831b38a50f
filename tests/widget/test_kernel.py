"""The widget over a raw comm on a real kernel: ipykernel 6, where comms wait for cells, and 7, where they do not."""

from __future__ import annotations

import json

import pytest

from tests.harness.wishes import wish

ASSETS = """%%asset -g raw
import pathlib, time
from nb_assets import asset
@asset
def first():
    return 1
@asset
def second(first):
    while pathlib.Path("hold").exists(): time.sleep(0.02)
    return first + 1
@asset
def third(second):
    return second + 1
"""
BUSY = "import time; print('busy', flush=True)\nwhile not globals().get('enough'): time.sleep(0.05)"


@pytest.fixture
def hold(tmp_path):
    """A file: the second asset waits while it is there."""
    file = tmp_path / "hold"
    file.touch()
    return file


@pytest.fixture
def lineage(kernel):
    """The comm of a lineage widget whose view has just arrived."""
    kernel.run("%load_ext nb_assets")
    kernel.run(ASSETS, cell_id="assets")
    shown = kernel.run("%lineage", cell_id="lineage")
    comm = kernel.widget(lambda comm: "lineage" in str(comm.state.get("_anywidget_id", "")).lower())
    comm.shown = shown
    comm.send({"kind": "ready", "request": "v:1"})
    comm.wait_for_message(lambda message: message["kind"] == "graph")
    return comm


def state_is(*states):
    return lambda message: (message.get("run") or {}).get("state") in states


def at_second(message):
    return (message.get("run") or {}).get("current") == ["second"]


def statuses(comm):
    found = {}
    for message in comm.messages:
        nodes = message["view"]["nodes"] if message["kind"] == "graph" else message.get("nodes", ())
        found.update((node["key"], node["status"]) for node in nodes)
    return found


def test_the_bundle_travels_and_the_graph_is_in_no_trait(lineage):
    assert "data-asset-key" in lineage.state["_esm"]
    assert "nbl" in lineage.state["_css"]
    assert "second" not in json.dumps(
        {key: text for key, text in lineage.state.items() if key not in {"_esm", "_css"}}
    )


def test_a_click_runs_in_the_background_with_live_status(lineage, hold):
    lineage.send({"kind": "materialize", "request": "v:2", "wish": wish("stale")})
    lineage.wait_for_message(at_second)
    assert statuses(lineage)["second"] == "running"
    hold.unlink()
    lineage.wait_for_message(state_is("success"))
    assert set(statuses(lineage).values()) == {"fresh"}


@pytest.mark.parametrize("kernel_version", [7], indirect=True)  # on 6, comms wait for the cell
def test_materialize_and_cancel_work_while_a_cell_is_busy(lineage, kernel, hold):
    busy = kernel.submit(BUSY)
    kernel.wait_for(lambda: busy.stdout)
    lineage.send({"kind": "materialize", "request": "v:2", "wish": wish("stale")})
    lineage.wait_for_message(at_second)
    lineage.send({"kind": "cancel", "request": "v:3", "run_id": ""})
    lineage.wait_for_message(state_is("cancelling"))
    hold.unlink()
    lineage.wait_for_message(state_is("cancelled"))
    assert statuses(lineage)["third"] == "missing"
    since = len(lineage.messages)
    lineage.send({"kind": "materialize", "request": "v:4", "wish": wish("stale")})
    lineage.wait_for_message(state_is("success"), since=since)
    assert not busy.is_idle
    kernel.interrupt()
    busy.wait(20)
    assert set(statuses(lineage).values()) == {"fresh"}


def test_a_click_does_not_keep_cells_waiting_where_comms_share_their_shell(lineage, kernel, hold):
    lineage.send({"kind": "materialize", "request": "v:2", "wish": wish("stale")}, on_main_shell=True)
    lineage.wait_for_message(at_second)
    assert kernel.run("1 + 1").result == "2"
    lineage.send({"kind": "cancel", "request": "v:3", "run_id": ""}, on_main_shell=True)
    lineage.wait_for_message(state_is("cancelling"))
    hold.unlink()
    lineage.wait_for_message(state_is("cancelled"))


def test_malformed_messages_are_answered_and_change_nothing(lineage, kernel):
    for content in (
        "ready",
        {"kind": "eval", "code": "1/0"},
        {"kind": "describe", "request": "v:2", "key": 7},
    ):
        since = len(lineage.messages)
        lineage.send(content)
        lineage.wait_for_message(lambda message: message["kind"] == "error", since=since)
    assert kernel.run("import nb_assets as nba; nba.session().runs").result == "[]"


def test_the_picture_beside_the_widget_is_drawn_again_when_a_run_ends(lineage, kernel):
    def picture():
        return next(
            output["data"]["text/html"]
            for output in lineage.shown.outputs
            if "text/html" in output.get("data", {})
        )

    before = picture()
    assert 'data-nb-assets="static-lineage"' in before
    assert "3 missing" in before
    lineage.send({"kind": "materialize", "request": "v:2", "wish": wish("stale")})
    lineage.wait_for_message(state_is("success"))
    kernel.wait_for(lambda: "3 fresh" in picture())


def test_a_closed_widget_is_silent(lineage, kernel):
    kernel.run("import ipywidgets; ipywidgets.Widget.close_all()")
    count = len(lineage.messages)
    kernel.run("%materialize")
    kernel.settle()
    assert len(lineage.messages) == count


def test_a_selection_that_names_nothing_shows_nothing(kernel):
    kernel.run("%load_ext nb_assets")
    kernel.run(ASSETS, cell_id="assets")
    shown = kernel.execute("%lineage scond")
    assert "second" in shown.error.text
    assert shown.outputs == [] or all(output["output_type"] == "error" for output in shown.outputs)
