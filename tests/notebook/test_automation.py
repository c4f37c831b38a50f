"""Automation in a real kernel: what runs by itself, what does not, and what is shown of it."""

from __future__ import annotations

import ast

ASSETS = """%%asset
from nb_assets import asset, AutomationCondition as AC
@asset
def up():
    return 1
@asset(automation_condition=AC.eager())
def down(up):
    return up * 10
"""
# Waits for what automation has started or is about to, without a clock: each evaluation is asked for.
SETTLE = """
import nb_assets as _nba
_auto = _nba.session().auto
while _nba.session().runs:
    for _run in _nba.session().runs: _run.wait()
"""
LOOK = (
    "_s = _nba.session(); {'values': {k.to_user_string(): len(_s.history(k)) for k in _s.assets},"
    " 'requests': [[k.to_user_string() for k in each.because] for each in _s.auto.requests], 'problem': _s.auto.problem}"
)


def settled(notebook):
    """Return what there is once nothing runs and nothing is due any more."""
    before = None
    while True:
        notebook.run("import nb_assets as _nba; _nba.session().auto.evaluate()" + SETTLE)
        now = ast.literal_eval(notebook.run(LOOK).result)
        if now == before:
            return now
        before = now


def test_nothing_runs_by_itself_before_automation_is_on(notebook):
    notebook.run(ASSETS, cell_id="a")
    notebook.run("%materialize up")

    assert settled(notebook)["values"] == {"up": 1, "down": 0}


def test_what_follows_runs_by_itself_when_its_input_was_made(notebook):
    notebook.run(ASSETS, cell_id="a")
    notebook.run("%assets auto on")
    notebook.run("%materialize up")

    assert settled(notebook) == {"values": {"up": 1, "down": 1}, "requests": [["down"]], "problem": ""}
    assert notebook.run("_nba.load('down')").result == "10"
