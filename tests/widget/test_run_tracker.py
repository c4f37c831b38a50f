from __future__ import annotations

from nb_assets.definitions.asset_check import AssetCheckKey
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.execution.events import (
    AssetFailed,
    AssetFresh,
    AssetSkipped,
    CheckEvaluated,
    CheckStarted,
    ErrorInfo,
    RunFinished,
    RunQueued,
    RunStarted,
    StepStarted,
)
from nb_assets.storage.check_record import CheckRecord
from nb_assets.widget.run_tracker import RunTracker

A, B, C = (AssetKey([name]) for name in "abc")
STARTED = RunStarted(run_id="1", keys=(A, B, C), origin="widget", timestamp=5.0)


def followed(*events):
    tracker = RunTracker()
    for event in events:
        tracker.follow(event)
    return tracker.view()


def test_before_any_run_there_is_none():
    assert followed() is None


def test_a_run_counts_what_is_done_and_names_what_it_does():
    run = followed(STARTED, AssetFresh(run_id="1", key=A), StepStarted(run_id="1", keys=(B,)))
    assert (run["state"], run["total"], run["done"], run["current"], run["started"]) == (
        "running",
        3,
        1,
        ["b"],
        5.0,
    )


def test_failures_and_what_they_skip_are_counted():
    error = ErrorInfo(type_name="KeyError", message="x", traceback="")
    run = followed(
        STARTED,
        AssetFailed(run_id="1", key=A, error=error),
        AssetSkipped(run_id="1", key=B, because="upstream `a` failed"),
        RunFinished(run_id="1", outcome="failure", duration=0.5),
    )
    assert (run["done"], run["failed"], run["skipped"], run["state"], run["duration"]) == (
        2,
        1,
        1,
        "failure",
        0.5,
    )


def test_runs_that_wait_are_counted():
    run = followed(STARTED, RunQueued(run_id="2", keys=(A,), origin="widget"))
    assert (run["run_id"], run["waiting"]) == ("1", 1)
    run = followed(
        STARTED,
        RunQueued(run_id="2", keys=(A,), origin="widget"),
        RunFinished(run_id="1", outcome="success", duration=0.1),
        RunStarted(run_id="2", keys=(A,), origin="widget"),
    )
    assert (run["run_id"], run["waiting"], run["done"]) == ("2", 0, 0)


def test_events_of_another_run_do_not_count():
    assert followed(STARTED, AssetFresh(run_id="2", key=A))["done"] == 0


def test_a_cancelled_run_says_so_until_it_has_stopped():
    tracker = RunTracker()
    tracker.follow(STARTED)
    tracker.cancelling()
    assert tracker.view()["state"] == "cancelling"
    tracker.follow(RunFinished(run_id="1", outcome="cancelled", duration=0.1))
    assert tracker.view()["state"] == "cancelled"


def checked(name: str, *, passed: bool) -> CheckEvaluated:
    check = AssetCheckKey(A, name)
    record = CheckRecord(key=check, run_id="1", timestamp=6.0, duration=0.1, provenance="", passed=passed)
    return CheckEvaluated(run_id="1", check=check, record=record)


def test_the_checks_of_a_run_are_counted_and_the_one_at_hand_is_named():
    begun = CheckStarted(run_id="1", checks=(AssetCheckKey(A, "one"),))
    assert followed(STARTED, begun)["current"] == ["a:one"]
    view = followed(STARTED, begun, checked("one", passed=True), checked("two", passed=False))
    assert view["checks"] == "2 checks: 1 failed, 1 passed"
    assert followed(STARTED)["checks"] == ""
