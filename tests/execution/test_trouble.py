"""What a run does when the store fails, when code breaks in unusual ways, and when it cannot begin at all."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nb_assets import (
    AssetKey,
    AssetOut,
    DataVersion,
    Output,
    asset,
    graph_asset,
    graph_multi_asset,
    multi_asset,
    op,
)
from nb_assets.definitions.registry import Origin
from nb_assets.errors import StoreError
from nb_assets.execution import store_keeper, store_ops
from nb_assets.execution.events import AssetFailed, AssetSkipped, RunFinished
from nb_assets.session import Session
from nb_assets.storage.handlers import Summary, register_handler, registry

if TYPE_CHECKING:
    from collections.abc import Callable

A, B = AssetKey("a"), AssetKey("b")


class Panic(BaseException):
    """As compiled code raises it."""


class ComplexHandler:
    """A handler as a user registers it."""

    name = "complex"
    suffix = ".complex"

    def matches(self, value):
        return isinstance(value, complex)

    def summarise(self, value):
        return Summary(str(value))

    def write(self, value, file):
        file.write(repr(value).encode())

    def read(self, file):
        return complex(file.read().decode())


def full(*_: object, **__: object) -> None:
    raise StoreError("the disk is full.")


@pytest.fixture
def no_events(session: Session, monkeypatch):
    """Let the history take no events, as on a disk that is full."""
    monkeypatch.setattr(session.store.history, "append_event", full)
    monkeypatch.setattr(session.store.history, "record_run", full)


def ends(run_events: list) -> list[RunFinished]:
    return [event for event in run_events if isinstance(event, RunFinished)]


# What was computed is never lost


def test_a_value_that_cannot_be_recorded_stays_within_reach(session: Session, register, monkeypatch):
    @asset
    def a():
        return [1, 2]

    register(a)
    with monkeypatch.context() as broken:
        broken.setattr(session.store.history, "record", full)
        with pytest.raises(StoreError, match=r'the disk is full.*unsaved\["a"\]'):
            session.materialize()
        assert session.unsaved == {"a": [1, 2]}
    session.materialize()
    assert session.unsaved == {}


def unreadable(value: object) -> None:
    raise AttributeError("no __dict__ here")


def test_a_value_whose_hash_fails_stays_within_reach(session: Session, register, monkeypatch):
    monkeypatch.setattr(store_keeper, "fingerprint_data", unreadable)
    value = object()

    @asset
    def a():
        return value

    register(a)
    with pytest.raises(StoreError, match=r'no __dict__ here.*unsaved\["a"\]'):
        session.materialize()
    assert session.unsaved["a"] is value


def test_an_op_whose_output_cannot_be_hashed_goes_on(session: Session, register, monkeypatch):
    monkeypatch.setattr(store_ops, "fingerprint_data", unreadable)

    @op
    def one():
        return 1

    @op
    def two(x):
        return x + 1

    @graph_asset
    def a():
        return two(one())

    register(a)
    session.materialize()
    assert session.load("a") == 2


def test_one_value_that_cannot_be_stored_costs_none_of_the_others(session: Session, register):
    lock = threading.Lock()

    @multi_asset(outs={"a": AssetOut(), "b": AssetOut()})
    def both():
        return lock, 2

    register(both)
    result = session.materialize(raise_on_error=False)
    assert (list(result.failed), result.materialized) == ([A], [B])
    assert session.unsaved == {"a": lock}
    assert session.load("b") == 2


# A store that fails


def test_a_store_that_takes_no_events_does_not_end_the_run(session: Session, register, no_events, caplog):
    @asset
    def a():
        raise ValueError("no")

    @asset
    def b():
        return 1

    register(a, b)
    with caplog.at_level(logging.WARNING):
        result = session.materialize(raise_on_error=False)
        session.materialize(force=True, raise_on_error=False)
    assert (list(result.failed), result.materialized, result.outcome) == ([A], [B], "failure")
    assert session.status("a")[A].state == "failed"
    assert [record.getMessage() for record in caplog.records] == [
        "what happens in this run cannot be recorded, and the run goes on: the disk is full."
    ]


def test_a_change_that_cannot_be_noted_does_not_fail_what_was_made(session: Session, register, no_events):
    given = iter([1, 2])

    @asset
    def a():
        return next(given)

    register(a)
    session.materialize()
    result = session.materialize(force=True)
    assert result.materialized == [A]
    assert session.history("a")[0].change["summary"]


def test_a_store_that_cannot_be_read_fails_each_asset_and_tells_of_all(
    session: Session, register, monkeypatch
):
    @asset
    def a():
        return 1

    @asset
    def b(a): ...

    register(a, b)
    session.materialize()
    monkeypatch.setattr(session.store.values, "has", lambda ref: True)

    told: list = []

    def lose_the_store(event: object) -> None:
        told.append(event)
        monkeypatch.setattr(session.store.history, "latest", full)

    result = session.materialize(raise_on_error=False, on_event=lose_the_store)
    assert result.outcome == "failure"
    assert {event.key for event in told if isinstance(event, (AssetFailed, AssetSkipped))} == {A, B}
    assert [event.outcome for event in ends(told)] == ["failure"]


def test_a_damaged_value_is_found_when_it_is_read_and_made_again_by_the_next_run(session: Session, register):
    @asset
    def a():
        return {"x": 1}

    @asset
    def b(a):
        return a["x"]

    register(a, b)
    session.materialize("a")
    (file,) = session.store.values.folder.iterdir()
    file.write_bytes(file.read_bytes().replace(b"1", b"7"))
    result = session.materialize(raise_on_error=False)
    assert "is damaged" in result.failed[B].message
    assert [reason.kind for reason in session.status("a")[A].reasons] == ["value_lost"]
    assert session.materialize().materialized == [A, B]
    assert (session.load("a"), session.load("b")) == ({"x": 1}, 1)


def test_a_value_of_a_handler_that_is_gone_is_made_again(session: Session, register, tmp_path: Path):
    @asset
    def a():
        return 1j

    @asset
    def b():
        return 2

    register(a, b)
    before = list(registry._handlers())
    register_handler(ComplexHandler())
    try:
        session.materialize()
    finally:
        registry._handlers()[:] = before
    later = Session(tmp_path / "store")
    later.register(Origin(id="cell", label="cell [1]"), [a, b])
    assert {key: status.state for key, status in later.status().items()} == {A: "stale", B: "fresh"}
    assert later.materialize().materialized == [A]


# Errors that are no Exceptions


@pytest.mark.parametrize("kind", [Panic, SystemExit])
def test_what_is_no_exception_fails_its_asset_alone(session: Session, register, kind):
    @asset
    def a():
        raise kind("boom")

    @asset
    def b():
        return 1

    register(a, b)
    result = session.materialize(raise_on_error=False)
    assert (result.outcome, list(result.failed), result.materialized) == ("failure", [A], [B])
    assert session.status("a")[A].state == "failed"


def test_what_is_no_exception_fails_its_op_alone(session: Session, register):
    @op
    def one():
        raise Panic("boom")

    @op
    def two():
        return 2

    @graph_multi_asset(outs={"a": AssetOut(), "b": AssetOut()})
    def both():
        return {"a": one(), "b": two()}

    register(both)
    result = session.materialize(raise_on_error=False)
    assert (list(result.failed), result.materialized) == ([A], [B])
    assert [attempt.outcome for attempt in session.op_history("a")] == ["success", "failure"]


# Runs that cannot begin


@pytest.fixture
def slow(register) -> threading.Event:
    """An asset `slow` that is made when the event is set, and `b` of another cell."""
    go = threading.Event()

    @asset
    def slow():
        go.wait(20)

    @asset
    def b():
        return 1

    register(slow)
    register(b)
    return go


def test_a_waiting_run_whose_asset_goes_tells_how_it_ended(session: Session, slow: threading.Event):
    told: list = []
    session.submit("slow")
    waiting = session.submit("b", on_event=told.append)
    session.forget("b")
    slow.set()
    assert waiting.wait(20)
    (end,) = ends(told)
    assert (end.outcome, waiting.state) == ("failure", "failure")
    assert "no asset is called `b`" in end.error.message
    assert waiting.error is end.error.exception


def test_an_executor_that_there_is_not_is_told_of_by_the_end_of_the_run(session: Session, slow):
    told: list = []
    slow.set()
    run = session.submit("b", executor="cluster", on_event=told.append)
    assert run.wait(20)
    assert "no executor `cluster`" in ends(told)[0].error.message


def test_a_run_whose_thread_cannot_start_lets_the_next_one_begin(session: Session, slow, monkeypatch):
    def refuse(self: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    told: list = []
    slow.set()
    with monkeypatch.context() as broken:
        broken.setattr(threading.Thread, "start", refuse)
        with pytest.raises(RuntimeError, match="new thread"):
            session.submit("b", on_event=told.append)
    assert [event.outcome for event in ends(told)] == ["failure"]
    assert session.runs == []
    assert session.materialize("b").materialized == [B]


def test_the_error_of_a_run_is_there_once_it_is_done(session: Session, slow, monkeypatch):
    slow.set()

    def broken(*_: object) -> None:
        raise RuntimeError("engine")

    monkeypatch.setattr(session._runs, "_engine", broken)
    for _ in range(50):
        run = session.submit("b")
        run.wait(20)
        assert isinstance(run.error, RuntimeError)


# Other kernels and other times


def failing_on_demand(flag: Path) -> Callable:
    @asset
    def a():
        if flag.exists():
            raise ValueError("no")
        return 1

    return a


def test_the_failure_of_another_kernel_is_seen(session: Session, register, tmp_path: Path):
    a = failing_on_demand(tmp_path / "flag")
    register(a)
    session.materialize()
    other = Session(tmp_path / "store")
    other.register(Origin(id="other", label="cell [1]"), [a])
    assert other.status("a")[A].state == "fresh"
    (tmp_path / "flag").touch()
    session.materialize(force=True, raise_on_error=False)
    assert other.status("a")[A].state == "failed"
    (tmp_path / "flag").unlink()
    other.materialize()
    assert session.status("a")[A].state == "fresh"


def test_a_clock_that_is_set_back_hides_no_failure(session: Session, register, tmp_path: Path, monkeypatch):
    register(failing_on_demand(tmp_path / "flag"))
    session.materialize()
    (tmp_path / "flag").touch()
    monkeypatch.setattr("time.time", lambda: 0.0)
    session.materialize(force=True, raise_on_error=False)
    assert session.status("a")[A].state == "failed"
    assert Session(tmp_path / "store").latest("a").version == 1


# Ops of runs before


def test_a_resumed_run_gives_what_the_ops_said_of_their_outputs(session: Session, register, tmp_path: Path):
    flag = tmp_path / "flag"
    flag.touch()

    @op
    def one():
        return Output([1, 2], metadata={"rows": 2}, tags={"t": "u"}, data_version=DataVersion("mine"))

    @op
    def two(x):
        if flag.exists():
            raise ValueError("no")
        return 3

    @graph_multi_asset(outs={"a": AssetOut(), "b": AssetOut()})
    def both():
        x = one()
        return {"a": x, "b": two(x)}

    register(both)
    session.materialize(raise_on_error=False)
    flag.unlink()
    session.materialize(force=True, resume=True)
    again, before = session.history("a")
    assert (again.metadata, again.data_version) == (before.metadata, before.data_version)
    assert again.tags == before.tags
    assert [attempt.outcome for attempt in session.op_history("a")][1] == "resumed"


def test_the_outputs_of_ops_are_no_garbage(session: Session, register):
    @op
    def one():
        return list(range(1000))

    @op
    def two(x):
        raise ValueError("no")

    @graph_asset
    def a():
        return two(one())

    register(a)
    session.materialize(raise_on_error=False)
    assert session.store.garbage(grace=-1) == []
