from __future__ import annotations

import time

ASSETS = """%%asset
from nb_assets import asset

@asset
def one():
    print("making one")
    return [1, 2, 3]

@asset
def two(one):
    return sum(one)

@asset
def other():
    return "text"
"""
FAILING = """%%asset
from nb_assets import asset

@asset
def good(): return 1

@asset
def bad(good): return good / 0

@asset
def after(bad): return 1

@asset
def elsewhere(): return 2
"""


def test_a_run_ends_in_a_report_of_what_ran_and_what_it_printed(notebook):
    notebook.run(ASSETS)
    ran = notebook.run("%materialize two")
    assert "2 run in" in ran.text
    assert "making one" in ran.text
    assert "making one" not in ran.stdout
    assert 'data-nb-assets="report"' in ran.html
    assert len(ran.outputs) == 1


def test_what_is_fresh_is_not_run_again(notebook):
    notebook.run(ASSETS)
    notebook.run("%materialize")
    assert notebook.run("%materialize").text == "● 3 fresh, nothing to run"


def test_force_runs_what_is_fresh_and_says_unchanged(notebook):
    notebook.run(ASSETS)
    notebook.run("%materialize")
    forced = notebook.run("%materialize two --force")
    assert "unchanged" in forced.text


def test_a_selection_is_read_as_it_was_typed(notebook):
    notebook.run(ASSETS)
    ran = notebook.run('%materialize (key:"one" or other) and not two')
    assert "2 run" in ran.text
    assert "two" not in ran.text


def test_a_variable_can_stand_in_the_selection(notebook):
    notebook.run(ASSETS)
    notebook.run("wanted = 'other'")
    assert "other" in notebook.run("%materialize {wanted}").text


def test_a_failing_asset_shows_the_users_own_traceback_and_stops_run_all(notebook):
    notebook.run(FAILING)
    ran = notebook.execute("%materialize")
    assert "2 run, 1 failed, 1 skipped" in ran.text
    assert "upstream `bad` failed" in ran.text
    assert ran.error.name == "ZeroDivisionError"
    assert "def bad(good): return good / 0" in ran.error.text
    assert "nb_assets/" not in ran.error.text


def test_an_unknown_key_is_one_paragraph_with_near_names(notebook):
    notebook.run(ASSETS)
    error = notebook.execute("%materialize othr").error
    assert error.name == "SelectionError"
    assert "Did you mean `other`?" in error.text
    assert "Traceback" not in error.text


def test_an_unknown_option_or_executor_is_one_paragraph(notebook):
    notebook.run(ASSETS)
    assert "Did you mean `--force`?" in " ".join(notebook.execute("%materialize --forse").error.text.split())
    assert "executor" in notebook.execute("%materialize --executor nope").error.text


def test_an_interrupt_stops_the_run_and_keeps_what_finished(notebook):
    notebook.run(
        "%%asset\nfrom nb_assets import asset\nimport time\n@asset\ndef quick(): return 1\n"
        "@asset\ndef slow(quick):\n    for i in range(600):\n        print('step', i); time.sleep(0.1)\n"
        "@asset\ndef after(slow): return 1"
    )
    running = notebook.submit("%materialize")
    notebook.wait_for(lambda: "step" in running.html, 20)
    assert 'role="progressbar"' in running.html
    notebook.interrupt()
    running.wait()
    assert running.text.startswith("■ Cancelled: 1 run, 2 not run")
    assert "KeyboardInterrupt: the run was stopped" in running.error.text
    assert "Traceback" not in running.error.text
    assert "● quick" in " ".join(notebook.run("%assets").text.split())


def test_progress_is_drawn_again_and_again_but_at_most_about_ten_times_a_second(notebook, tmp_path):
    notebook.run(
        "%%asset noisy\nimport pathlib, time\n"
        "while not pathlib.Path('enough').exists(): print('x' * 50); time.sleep(0.001)\n1"
    )
    seen, began = len(notebook.messages), time.monotonic()

    def drawn():
        kinds = [message["msg_type"] for message in notebook.messages[seen:]]
        return sum(kind in {"display_data", "update_display_data"} for kind in kinds)

    running = notebook.submit("%materialize noisy")
    notebook.wait_for(lambda: drawn() >= 10, 60)
    assert 'data-nb-assets="progress"' in running.html
    (tmp_path / "enough").touch()
    running.wait()
    assert drawn() <= 11 * (time.monotonic() - began) + 2


def test_after_a_restart_and_running_the_cells_again_everything_is_fresh(notebook):
    notebook.run(ASSETS)
    notebook.run("%materialize")
    notebook.restart()
    assert "3 assets" in notebook.run("%load_ext nb_assets").stdout
    notebook.run(ASSETS)
    assert notebook.run("%materialize").text == "● 3 fresh, nothing to run"
    assert notebook.run("import nb_assets as nba; nba.load('two')").result == "6"
