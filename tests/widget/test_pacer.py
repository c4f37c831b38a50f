from __future__ import annotations

import itertools
import threading
import time

from nb_assets.widget.pacer import Pacer


def test_a_storm_of_nudges_is_a_few_calls():
    calls = []
    pacer = Pacer(lambda: calls.append(time.monotonic()), interval=0.05)
    ends = time.monotonic() + 0.5
    while time.monotonic() < ends:
        pacer.nudge()
        time.sleep(0.001)
    pacer.close()
    assert 2 <= len(calls) <= 12
    assert all(later - earlier >= 0.045 for earlier, later in itertools.pairwise(calls))


def test_the_last_nudge_is_never_lost():
    seen, state = [], {"value": 0}
    done = threading.Event()

    def work():
        seen.append(state["value"])
        if state["value"] == 20:
            done.set()

    pacer = Pacer(work, interval=0.01)
    for value in range(1, 21):
        state["value"] = value
        pacer.nudge()
        time.sleep(0.002)
    assert done.wait(5)
    pacer.close()


def test_work_that_fails_is_tried_again(caplog):
    calls, done = [], threading.Event()

    def work():
        calls.append(1)
        if len(calls) == 1:
            raise ValueError("no")
        done.set()

    pacer = Pacer(work, interval=0.01)
    pacer.nudge()
    while not calls:
        time.sleep(0.005)
    pacer.nudge()
    assert done.wait(5)
    pacer.close()
    assert "could not be brought up to date" in caplog.text


def test_after_closing_nothing_is_called():
    calls = []
    pacer = Pacer(lambda: calls.append(1))
    pacer.close()
    pacer.nudge()
    time.sleep(0.1)
    assert calls == []


def test_the_thread_ends_when_nobody_nudges_and_begins_again_when_somebody_does():
    calls, called = [], threading.Event()

    def work():
        calls.append(threading.current_thread())
        called.set()

    pacer = Pacer(work, interval=0.01, patience=0.05)
    for _ in range(2):
        called.clear()
        pacer.nudge()
        assert called.wait(5)
        calls[-1].join(5)
        assert not calls[-1].is_alive()
    assert len(calls) == 2
