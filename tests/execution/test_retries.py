from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from nb_assets import AssetKey, Backoff, Failure, Jitter, Output, RetryPolicy, RetryRequested, asset
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.session import Session


def failing(times: int, error=lambda: ValueError("no"), **parameters):
    calls: list[int] = []

    @asset(name="a", **parameters)
    def a(context):
        calls.append(context.retry_number)
        if len(calls) <= times:
            raise error()
        return len(calls)

    return a, calls


@pytest.mark.parametrize(
    ("times", "parameters", "error", "calls", "success"),
    [
        (1, {}, ValueError, 1, False),
        (2, {"retry_policy": RetryPolicy(2)}, ValueError, 3, True),
        (3, {"retry_policy": RetryPolicy(2)}, ValueError, 3, False),
        (2, {}, lambda: RetryRequested(max_retries=2), 3, True),
        (3, {}, lambda: RetryRequested(max_retries=2), 3, False),
        (1, {"retry_policy": RetryPolicy(2)}, lambda: Failure("no"), 2, True),
        (1, {"retry_policy": RetryPolicy(2)}, lambda: Failure("no", allow_retries=False), 1, False),
        (1, {"retry_policy": RetryPolicy(0)}, ValueError, 1, False),
    ],
)
def test_a_step_is_tried_this_often(session: Session, register, times, parameters, error, calls, success):
    a, made = failing(times, error, **parameters)
    register(a)
    result = session.materialize(raise_on_error=False)
    assert (made, result.success) == (list(range(calls)), success)


def test_each_attempt_is_told(session: Session, register):
    a, _ = failing(1, retry_policy=RetryPolicy(1, delay=0.01))
    register(a)
    events = session.materialize().events
    assert [type(event).__name__ for event in events] == [
        "RunStarted",
        "StepStarted",
        "StepRetrying",
        "StepStarted",
        "AssetMaterialized",
        "RunFinished",
    ]
    assert (events[2].attempt, events[2].delay, events[2].error.summary) == (1, 0.01, "ValueError: no")
    assert events[3].attempt == 2


@pytest.mark.parametrize(
    ("policy", "delays"),
    [
        (RetryPolicy(), [0, 0, 0]),
        (RetryPolicy(delay=2), [2, 2, 2]),
        (RetryPolicy(delay=2, backoff=Backoff.LINEAR), [2, 4, 6]),
        (RetryPolicy(delay=2, backoff=Backoff.EXPONENTIAL), [2, 6, 14]),
    ],
)
def test_delays_grow_as_the_policy_says(policy: RetryPolicy, delays: list[float]):
    assert [policy.calculate_delay(attempt) for attempt in (1, 2, 3)] == delays


@pytest.mark.parametrize(("jitter", "low", "high"), [(Jitter.FULL, 0, 2), (Jitter.PLUS_MINUS, 0, 4)])
def test_chance_changes_a_delay_within_bounds(jitter: Jitter, low: float, high: float):
    delays = {RetryPolicy(delay=2, jitter=jitter).calculate_delay(1) for _ in range(100)}
    assert len(delays) > 50
    assert all(low <= delay <= high for delay in delays)


@pytest.mark.parametrize(
    "parameters",
    [{"max_retries": -1}, {"max_retries": "3"}, {"backoff": Backoff.LINEAR}, {"jitter": Jitter.FULL}],
)
def test_a_policy_that_means_nothing_is_refused(parameters: dict):
    with pytest.raises(DefinitionError):
        RetryPolicy(**parameters)


def test_waiting_for_a_retry_can_be_cancelled(session: Session, register):
    a, calls = failing(5, retry_policy=RetryPolicy(3, delay=60))
    register(a)
    waiting = threading.Event()
    began = time.monotonic()
    run = session.submit(
        "a", on_event=lambda event: waiting.set() if type(event).__name__ == "StepRetrying" else None
    )
    assert waiting.wait(10)
    run.cancel()
    assert run.wait(10)
    assert time.monotonic() - began < 20
    assert (run.state, calls) == ("cancelled", [0])
    assert session.status("a")[AssetKey("a")].state == "missing"


def test_what_was_yielded_before_an_error_is_not_made_twice(session: Session, register):
    calls: list[int] = []

    @asset(retry_policy=RetryPolicy(1))
    def a():
        calls.append(1)
        yield Output(len(calls))
        if len(calls) == 1:
            raise ValueError

    register(a)
    assert session.materialize().success
    assert [made.version for made in session.history("a")] == [1]
    assert session.load("a") == 1
