"""What is done beside the messages: in order, and only while it is wanted."""

from __future__ import annotations

import threading

from nb_assets.widget.errands import Errands

PATIENCE = 20


def test_in_each_lane_only_the_newest_counts():
    errands, begun, go_on, done = (
        Errands("test-errands"),
        threading.Event(),
        threading.Event(),
        threading.Event(),
    )
    told: list[object] = []

    def first(is_wanted):
        begun.set()
        assert go_on.wait(PATIENCE)
        told.append(("first", is_wanted()))

    errands.order("a", first)
    assert begun.wait(PATIENCE)
    errands.order("a", lambda _: told.append("replaced"))
    errands.order("a", lambda is_wanted: told.append(("newest", is_wanted())))
    errands.order("b", lambda _: done.set())
    go_on.set()
    assert done.wait(PATIENCE)
    assert told == [("first", False), ("newest", True)]


def test_one_that_fails_keeps_none_of_the_others_waiting(caplog):
    errands, done = Errands("test-errands"), threading.Event()

    def fail(_):
        raise ValueError("no")

    errands.order("a", fail)
    errands.order("b", lambda _: done.set())
    assert done.wait(PATIENCE)
    assert "could not be done" in caplog.text


def test_what_is_dropped_or_closed_is_not_begun():
    errands, begun, go_on = Errands("test-errands"), threading.Event(), threading.Event()
    told: list[str] = []

    def hold(_):
        begun.set()
        assert go_on.wait(PATIENCE)

    errands.order("a", hold)
    assert begun.wait(PATIENCE)
    errands.order("b", lambda _: told.append("dropped"))
    errands.drop("b")
    errands.order("c", lambda _: told.append("closed"))
    errands.close()
    go_on.set()
    for thread in threading.enumerate():
        if thread.name == "test-errands":
            thread.join(PATIENCE)
    assert told == []
