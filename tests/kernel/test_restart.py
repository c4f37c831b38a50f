"""What survives: a restart, `kill -9` in the middle of a run, an interrupt, a cell that fails in Run All."""

from __future__ import annotations

CHAIN = """%%asset
import pathlib, time
from nb_assets import asset
@asset
def one():
    print("one runs")
    return 1
@asset
def two(one):
    print("two runs")
    return one + 1
@asset
def three(two):
    pathlib.Path("reached").touch()
    while pathlib.Path("wait").exists():
        time.sleep(0.02)
    return two + 1
"""


def open_session(kernel) -> None:
    kernel.run("%load_ext nb_assets")
    kernel.run(CHAIN, cell_id="chain")


def states(kernel) -> str:
    return kernel.run(
        "{k.to_user_string(): s.state for k, s in __import__('nb_assets').session().status().items()}"
    ).result


def test_after_a_restart_and_running_the_cells_again_nothing_runs(kernel, tmp_path):
    open_session(kernel)
    kernel.run("%materialize")
    (tmp_path / "reached").unlink()
    kernel.restart()
    open_session(kernel)
    assert states(kernel) == "{'one': 'fresh', 'two': 'fresh', 'three': 'fresh'}"
    report = kernel.run("%materialize")
    assert "3 fresh" in report.text
    assert "runs" not in report.text
    assert not (tmp_path / "reached").exists()
    assert kernel.run("three.value").result == "3"


def test_what_was_finished_before_kill_9_is_fresh_afterwards(kernel, tmp_path):
    open_session(kernel)
    (tmp_path / "wait").touch()
    kernel.submit("%materialize")
    kernel.wait_for((tmp_path / "reached").exists)
    kernel.kill()
    (tmp_path / "wait").unlink()
    open_session(kernel)
    assert states(kernel) == "{'one': 'fresh', 'two': 'fresh', 'three': 'missing'}"
    report = kernel.run("%materialize")
    assert "2 fresh, 1 run" in report.text
    assert "two runs" not in report.text
    assert kernel.run("three.value").result == "3"


def test_kill_9_in_a_run_that_a_click_started_loses_nothing_that_was_finished(kernel, tmp_path):
    open_session(kernel)
    (tmp_path / "wait").touch()
    kernel.run("run = __import__('nb_assets').session().submit()")
    kernel.wait_for((tmp_path / "reached").exists)
    kernel.kill()
    (tmp_path / "wait").unlink()
    open_session(kernel)
    assert states(kernel) == "{'one': 'fresh', 'two': 'fresh', 'three': 'missing'}"


def test_ctrl_c_stops_the_run_keeps_what_finished_and_says_so(kernel, tmp_path):
    open_session(kernel)
    (tmp_path / "wait").touch()
    running = kernel.submit("%materialize")
    kernel.wait_for((tmp_path / "reached").exists)
    kernel.interrupt()
    error = running.wait(15).error
    assert "KeyboardInterrupt" in error.text
    assert "What finished is kept." in error.text
    assert "nb_assets/" not in error.text
    (tmp_path / "wait").unlink()
    assert "2 fresh, 1 run" in kernel.run("%materialize").text


def test_a_failed_run_stops_run_all(kernel):
    kernel.run("%load_ext nb_assets")
    kernel.run("%%asset\ndef bad():\n    return 1 / 0\n", cell_id="bad")
    cells = [kernel.submit(code) for code in ("%materialize", "after = 1")]
    for cell in cells:
        cell.kernel.reply_to(cell.id)
    assert "ZeroDivisionError" in cells[0].wait().error.text
    assert kernel.execute("after").error.name == "NameError"


def test_two_kernels_see_what_the_other_made(start_kernel):
    one, other = start_kernel(), start_kernel()
    open_session(one)
    open_session(other)
    one.run("%materialize")
    assert states(other) == "{'one': 'fresh', 'two': 'fresh', 'three': 'fresh'}"
    assert "3 fresh" in other.run("%materialize").text
