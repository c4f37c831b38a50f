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
    RegistryChanged,
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


def test_a_run_that_waits_is_not_the_one_that_is_shown():
    run = followed(STARTED, RunQueued(run_id="2", keys=(A,), origin="widget"))
    assert (run["run_id"], run["state"]) == ("1", "running")


def test_a_run_says_how_long_the_rest_took_last_time():
    tracker = RunTracker((), lambda _run_id: {A: 2.0, B: 3.0, C: None})
    tracker.follow(STARTED)
    run = tracker.view()
    assert (run["ahead"], run["unknown"], run["expected"]) == (5.0, 1, None)
    tracker.follow(StepStarted(run_id="1", keys=(A,), timestamp=6.0))
    run = tracker.view()
    assert (run["ahead"], run["unknown"], run["expected"], run["step_started"]) == (3.0, 1, 2.0, 6.0)
    tracker.follow(AssetFresh(run_id="1", key=A))
    tracker.follow(AssetFresh(run_id="1", key=B))
    tracker.follow(StepStarted(run_id="1", keys=(C,), timestamp=8.0))
    run = tracker.view()
    assert (run["ahead"], run["unknown"], run["expected"]) == (0.0, 0, None)
    tracker.follow(RunFinished(run_id="1", outcome="success", duration=4.0))
    assert tracker.view()["step_started"] is None


def test_what_failed_and_what_was_skipped_for_it_is_remembered_until_it_is_made():
    tracker = RunTracker()
    error = ErrorInfo(type_name="KeyError", message="x", traceback="")
    tracker.follow(STARTED)
    tracker.follow(AssetFailed(run_id="1", key=A, error=error))
    tracker.follow(AssetSkipped(run_id="1", key=B, because="upstream `a` failed", upstream=A))
    tracker.follow(AssetSkipped(run_id="1", key=C, because="cancelled"))
    assert tracker.missed == {A, B}
    assert tracker.of_outcome("1", "skipped") == [B, C]
    assert tracker.of_outcome("0", "skipped") == []
    tracker.follow(AssetFresh(run_id="2", key=A))
    tracker.follow(RegistryChanged(removed=(B,)))
    assert tracker.missed == frozenset()


def test_only_the_run_that_is_shown_is_said_to_be_cancelling():
    tracker = RunTracker()
    tracker.follow(STARTED)
    tracker.cancelling("2")
    assert tracker.view()["state"] == "running"
    tracker.cancelling("1")
    assert tracker.view()["state"] == "cancelling"


def test_events_of_another_run_do_not_count():
    assert followed(STARTED, AssetFresh(run_id="2", key=A))["done"] == 0


def test_a_cancelled_run_says_so_until_it_has_stopped():
    tracker = RunTracker()
    tracker.follow(STARTED)
    tracker.cancelling("1")
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
