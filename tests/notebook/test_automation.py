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


def test_an_edited_helper_and_an_edited_cell_are_followed(notebook):
    notebook.run("def factor(): return 10")
    notebook.run(ASSETS.replace("up * 10", "up * factor()"), cell_id="a")
    notebook.run("%materialize")
    notebook.run("%assets auto on")
    settled(notebook)

    notebook.run("def factor(): return 20")
    assert settled(notebook)["values"] == {"up": 1, "down": 2}
    assert notebook.run("_nba.load('down')").result == "20"

    notebook.run(ASSETS.replace("up * 10", "up + factor()"), cell_id="a")
    assert settled(notebook)["values"] == {"up": 1, "down": 3}
    assert notebook.run("_nba.load('down')").result == "21"


def test_what_follows_is_shown_below_the_cell_that_turned_it_on(notebook):
    notebook.run(ASSETS, cell_id="a")
    shown = notebook.run("%assets auto on")
    assert "Automation is on for 1 asset." in shown.text
    notebook.run("%materialize up")

    notebook.wait_for(lambda: 'data-state="success"' in shown.html, 60)
    assert "down  because `up` was made" in shown.text


def test_a_run_that_began_by_itself_is_cancelled_with_a_click(notebook, tmp_path):
    hold = tmp_path / "hold"
    hold.touch()
    slow = ASSETS.replace(
        "return up * 10", "import pathlib, time\n    while pathlib.Path('hold').exists(): time.sleep(0.02)"
    )
    notebook.run(
        slow + "@asset(automation_condition=AC.eager())\ndef after(down):\n    return 1\n", cell_id="a"
    )
    shown = notebook.run("%assets auto on")
    button = notebook.widget(lambda comm: comm.state.get("_model_name") == "ButtonModel")
    notebook.run("%materialize up")
    notebook.wait_for(
        lambda: button.state["description"] == "Cancel" and 'data-state="running"' in shown.html, 60
    )
    button.send({"event": "click"})
    notebook.run("import nb_assets, time\nwhile not nb_assets.session().runs[0].cancelled: time.sleep(0.02)")
    hold.unlink()
    notebook.wait_for(lambda: 'data-state="cancelled"' in shown.html, 60)

    assert settled(notebook)["values"] == {"up": 1, "down": 1, "after": 0}


def test_status_shows_each_condition_as_a_tree(notebook):
    notebook.run(ASSETS, cell_id="a")
    assert "Automation is off." in notebook.run("%assets auto").text
    notebook.run("%assets auto on")
    notebook.run("%materialize up")
    settled(notebook)

    shown = notebook.run("%assets auto status")
    assert "down  eager" in shown.text
    assert "last requested" in shown.text
    assert "because `up` was made" in shown.text
    assert "any_deps_updated" in shown.text
    assert 'data-nb-assets="conditions"' in shown.html


def test_what_users_wrote_is_text_and_never_markup(notebook):
    notebook.run(
        ASSETS.replace("AC.eager()", "AC.missing().with_label('<b>\"x\"</b>')"),
        cell_id="a",
    )
    notebook.run("%assets auto on")
    settled(notebook)

    shown = notebook.run("%assets auto status")
    assert '<b>"x"</b>' in shown.text
    assert "<b>" not in shown.html


def test_automation_is_off_after_a_restart_unless_the_setting_says_on(notebook):
    notebook.run(ASSETS, cell_id="a")
    notebook.run("%assets auto on")
    notebook.run("%materialize up")
    settled(notebook)
    notebook.restart()
    notebook.run("%load_ext nb_assets")
    notebook.run(ASSETS, cell_id="a")
    assert notebook.run("import nb_assets; nb_assets.session().auto.is_on").result == "False"

    shown = notebook.run("%config NbAssets.auto = True")
    assert "Automation is on for 1 asset." in shown.text
    assert notebook.run("nb_assets.session().auto.is_on").result == "True"
    notebook.run("%config NbAssets.auto = False")
    assert notebook.run("nb_assets.session().auto.is_on").result == "False"


def test_a_cron_schedule_is_followed_by_the_clock_of_the_session(notebook):
    notebook.run(
        "%%asset\nfrom nb_assets import asset, AutomationCondition as AC\n"
        "@asset(automation_condition=AC.on_cron('0 * * * *'))\ndef hourly():\n    return 1",
        cell_id="a",
    )
    notebook.run(
        "import datetime as dt, nb_assets as _nba\nmoment = [dt.datetime(2024, 5, 5, 12, 1, tzinfo=dt.timezone.utc)]\n"
        "_nba.session().auto.now = lambda: moment[0]"
    )
    notebook.run("%assets auto on")
    assert settled(notebook)["values"] == {"hourly": 0}

    # The thread that waits for the hour is told of it by the end of this cell.
    notebook.run("moment[0] += dt.timedelta(hours=1)")
    assert settled(notebook)["values"] == {"hourly": 1}
    notebook.run("moment[0] += dt.timedelta(minutes=5)")
    assert settled(notebook)["values"] == {"hourly": 1}


def test_words_that_it_does_not_know_are_told(notebook):
    error = notebook.execute("%assets auto om").error
    assert error is not None
    assert "`%assets auto` is told `on`, `off` or `status`, not `om`." in error.text


def test_tab_offers_its_words(notebook):
    assert notebook.complete("%assets auto o") == ["on", "off"]


def test_the_setting_turns_it_on_with_the_first_magic(notebook):
    notebook.run("%config NbAssets.auto = True")
    shown = notebook.run(ASSETS, cell_id="a")
    notebook.wait_for(lambda: "Automation is on for 1 asset." in shown.text, 60)
    notebook.run("%materialize up")

    assert settled(notebook)["values"] == {"up": 1, "down": 1}
