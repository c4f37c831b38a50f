"""Prints and logs of a step go under its asset, whatever else the kernel prints at the same time."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

import pytest

from nb_assets import asset

if TYPE_CHECKING:
    from nb_assets.session import Session


@pytest.fixture
def gate():
    """Two threads that meet: `gate()` returns once both have called it."""
    barrier = threading.Barrier(2, timeout=10)
    return barrier.wait


def test_prints_errors_and_logs_are_told_in_order(session: Session, register):
    @asset
    def a(context):
        print("one", "two")
        context.log.info("three %d", 3)
        print("four", file=sys.stderr)
        context.log.warning("five")
        print("no newline", end="")

    register(a)
    session.materialize(echo=False)
    assert [(event.stream, event.text, event.level) for event in session.logs("a")] == [
        ("stdout", "one two\n", "INFO"),
        ("log", "three 3\n", "INFO"),
        ("stderr", "four\n", "INFO"),
        ("log", "five\n", "WARNING"),
        ("stdout", "no newline", "INFO"),
    ]


def test_what_is_printed_in_the_background_is_apart_from_what_the_cell_prints(
    session: Session, register, gate, capsys
):
    @asset
    def a():
        gate()
        print("of the asset")
        gate()

    register(a)
    run = session.submit("a")
    gate()
    print("of the cell")
    gate()
    assert run.wait(10)
    print("afterwards")
    assert capsys.readouterr().out == "of the cell\nafterwards\n"
    assert [event.text for event in session.logs("a")] == ["of the asset\n"]


@pytest.mark.parametrize(("echo", "seen"), [(True, "hello\n"), (False, "")])
def test_prints_also_go_where_they_went_if_asked_to(session: Session, register, capsys, echo, seen):
    @asset
    def a():
        print("hello")

    register(a)
    session.materialize(echo=echo)
    assert capsys.readouterr().out == seen


def test_a_flush_shows_an_unfinished_line(session: Session, register):
    @asset
    def a():
        print("50 %", end="\r", flush=True)
        print("done")

    register(a)
    session.materialize(echo=False)
    assert [event.text for event in session.logs("a")] == ["50 %\r", "done\n"]


def test_the_streams_are_as_they_were_after_a_run(session: Session, register):
    before = sys.stdout, sys.stderr

    @asset
    def a():
        raise ValueError

    register(a)
    session.materialize(raise_on_error=False)
    assert (sys.stdout, sys.stderr) == before


def test_a_stream_that_somebody_put_over_ours_stays(session: Session, register, monkeypatch):
    import io

    theirs = io.StringIO()

    @asset
    def a():
        monkeypatch.setattr(sys, "stdout", theirs)
        print("theirs")

    register(a)
    session.materialize()
    assert sys.stdout is theirs
    assert theirs.getvalue() == "theirs\n"


def test_only_so_many_logs_are_kept(session: Session, register):
    @asset
    def a():
        for number in range(2_000):
            print(number)

    register(a)
    session.materialize(echo=False)
    logs = session.logs("a")
    assert len(logs) <= 1_000
    assert logs[-1].text == "1999\n"
