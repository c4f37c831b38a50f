"""What a run does, step by step, and what it leaves behind."""

from __future__ import annotations

import threading
import traceback
from typing import TYPE_CHECKING

import pytest

from nb_assets import AssetKey, DataVersion, MaterializeResult, Output, asset
from nb_assets.errors import DefinitionError, OutputError, RunCancelledError, StoreError, UsageError

if TYPE_CHECKING:
    from nb_assets.session import Session


def names(keys) -> list[str]:
    return [key.to_user_string() for key in keys]


def kinds(events) -> list[str]:
    return [type(event).__name__ for event in events]


def test_a_run_tells_what_happens_in_order(session: Session, register):
    @asset
    def a():
        print("hello")
        return 1

    @asset
    def b(a):
        return a + 1

    register(a, b)
    told: list = []
    result = session.materialize(on_event=told.append)
    assert kinds(told) == [
        "RunStarted",
        "StepStarted",
        "AssetLogged",
        "AssetMaterialized",
        "StepStarted",
        "AssetMaterialized",
        "RunFinished",
    ]
    assert tuple(told) == result.events
    assert names(told[0].keys) == ["a", "b"]
    assert [reason.kind for reason in told[1].reasons] == ["never_materialized"]
    assert told[-1].outcome == "success"
    assert {event.run_id for event in told} == {result.run_id}

    assert kinds(session.materialize().events) == ["RunStarted", "AssetFresh", "AssetFresh", "RunFinished"]


def test_a_materialization_records_what_it_was_made_with_and_from(session: Session, register):
    @asset
    def a():
        return Output([1, 2], metadata={"rows": 2}, tags={"t": "u"}, data_version=DataVersion("v1"))

    @asset(code_version="7")
    def b(context, a):
        context.add_output_metadata({"seen": len(a)})
        return a

    register(a, b)
    run_id = session.materialize().run_id
    (made_a,), (made_b,) = session.history("a"), session.history("b")
    assert (made_a.version, made_a.run_id, made_a.data_version) == (1, run_id, "v1")
    assert made_a.metadata["rows"].value == 2
    assert made_a.tags["t"] == "u"
    assert made_a.tags["dagster/data_version"] == "v1"
    assert made_b.code_version == made_b.tags["dagster/code_version"] == "7"
    assert made_b.inputs == {AssetKey("a"): "v1"}
    assert made_b.metadata["seen"].value == 2
    assert made_b.data_version.startswith("xxh3:")
    assert made_b.duration >= 0
    assert "return a" in made_b.code["b"]


def test_a_failing_asset_skips_what_is_derived_from_it_and_the_rest_goes_on(session: Session, register):
    @asset
    def bad():
        raise ValueError("no luck")

    @asset
    def after(bad): ...

    @asset
    def later(after): ...

    @asset
    def good():
        return 1

    @asset
    def fine(good):
        return good + 1

    register(bad, after, later, good, fine)
    with pytest.raises(ValueError, match="no luck"):
        session.materialize()
    assert session.load("fine") == 2

    result = session.materialize(raise_on_error=False)
    assert (result.success, result.outcome) == (False, "failure")
    assert names(result.failed) == ["bad"]
    assert {key.to_user_string(): why for key, why in result.skipped.items()} == {
        "after": "upstream `bad` failed",
        "later": "upstream `after` was skipped",
    }
    assert result.failed[AssetKey("bad")].summary == "ValueError: no luck"


def test_the_traceback_is_the_users_own(session: Session, register):
    def helper():
        return 1 / 0

    @asset
    def bad():
        return helper()

    register(bad)
    with pytest.raises(ZeroDivisionError) as caught:
        session.materialize()
    result = session.materialize(raise_on_error=False)
    info = result.failed[AssetKey("bad")]
    assert [frame.name for frame in traceback.extract_tb(info.exception.__traceback__)] == ["bad", "helper"]
    assert "nb_assets/" not in info.traceback
    # What was raised passed through the session, whose frames say that they are to be left out.
    assert "helper" in [frame.name for frame in caught.traceback]


def test_an_error_whose_message_cannot_be_read_is_told_too(session: Session, register):
    class BadError(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    @asset
    def bad():
        raise BadError

    register(bad)
    info = session.materialize(raise_on_error=False).failed[AssetKey("bad")]
    assert info.summary == "BadError: (its message cannot be read: RuntimeError)"


def test_a_generator_keeps_what_it_gave_as_it_goes(session: Session, register):
    seen: list[int] = []

    @asset
    def a():
        print("before")
        yield Output(1)
        seen.append(len(session.history("a")))
        print("after")

    register(a)
    session.materialize()
    assert seen == [1]
    assert [event.text for event in session.logs("a")] == ["before\n", "after\n"]


def test_an_error_after_the_value_fails_the_asset(session: Session, register):
    @asset
    def a():
        yield Output(1)
        raise ValueError("late")

    @asset
    def b(a): ...

    register(a, b)
    result = session.materialize(raise_on_error=False)
    assert (names(result.materialized), names(result.failed), names(result.skipped)) == (["a"], ["a"], ["b"])
    assert session.status("a")[AssetKey("a")].state == "failed"
    assert session.load("a") == 1


@pytest.mark.parametrize(
    ("give", "told"),
    [
        (lambda: (yield 5), "yielded a int"),
        (lambda: Output(1, output_name="b"), "an Output named `b`, which it does not declare"),
        (lambda: MaterializeResult(asset_key="b"), "a MaterializeResult for `b`, which it does not make"),
        (lambda: (yield from (Output(1), Output(2))), "gave `a` twice"),
        (lambda: (yield from ()), "yielded nothing for `a`"),
    ],
)
def test_what_an_asset_does_not_declare_is_refused(session: Session, register, give, told: str):
    register(asset(name="a")(give))
    with pytest.raises(OutputError) as caught:
        session.materialize()
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("def a() -> int: return 'x'", "annotated to return int, but gave a str"),
        ("def a() -> list[int]: return ['x']", "annotated to return list[int], but gave a list"),
        ("def a() -> None: return 3", "annotated to return None, but gave a int"),
        ("def a() -> int: return Output(3)", "annotate it as Output[int]"),
        ("def a() -> Output[int]: return Output('x')", "annotated to return int, but gave a str"),
        ("def a(up: str): return up", "takes `up: str`, but the value of `up` is a int"),
    ],
)
def test_annotations_are_checked_as_in_dagster(session: Session, register, source: str, told: str):
    found: dict = {"Output": Output}
    exec(compile(source, "<cell>", "exec", dont_inherit=True), found)
    register(asset(name="up")(lambda: 1), asset(found["a"]))
    with pytest.raises(OutputError) as caught:
        session.materialize()
    assert told in str(caught.value)


@pytest.mark.parametrize(
    "source",
    [
        "def a() -> int: return 1",
        "def a() -> 'int | None': return None",
        "def a() -> typing.Any: return Output(1)",
        "def a() -> dict[str, list[int]]: return {'x': [1]}",
        "def a() -> tuple[int, ...]: return (1, 2)",
        "def a() -> typing.Literal['x']: return 'x'",
        "def a() -> 'NotDefined': return 1",
        "def a() -> typing.Callable[[int], int]: return len",
        "def a() -> typing.Iterator[Output[int]]: yield Output(1)",
        "def a() -> MaterializeResult: return MaterializeResult(value=1)",
        "async def a() -> int: return 1",
    ],
)
def test_annotations_that_hold_or_say_nothing_pass(register, session: Session, source: str):
    import typing

    found: dict = {"Output": Output, "MaterializeResult": MaterializeResult, "typing": typing}
    exec(compile(source, "<cell>", "exec", dont_inherit=True), found)
    register(asset(found["a"]))
    assert session.materialize().success


def test_async_assets_run_even_where_a_loop_is_running(session: Session, register):
    import asyncio

    @asset
    async def a():
        await asyncio.sleep(0)
        print("in the coroutine")
        return 1

    @asset
    async def b(a):
        yield Output(a + 1)

    register(a, b)

    async def notebook():
        return session.materialize()

    assert asyncio.run(notebook()).success
    assert session.load("b") == 2
    assert [event.text for event in session.logs("a")] == ["in the coroutine\n"]


def test_an_asset_annotated_to_return_nothing_stores_nothing(session: Session, register):
    @asset
    def a() -> None: ...

    @asset
    def b(a): ...

    register(a, b)
    result = session.materialize(raise_on_error=False)
    assert session.history("a")[0].value is None
    assert "stores no value of its own" in result.failed[AssetKey("b")].message
    assert 'deps=["a"]' in result.failed[AssetKey("b")].message


def test_a_value_that_cannot_be_stored_is_kept_until_the_kernel_ends(session: Session, register):
    lock = threading.Lock()

    @asset
    def a():
        return lock

    register(a)
    with pytest.raises(StoreError, match=r'unsaved\["a"\]'):
        session.materialize()
    assert session.unsaved["a"] is lock
    assert session.history("a") == []
    assert session.status("a")[AssetKey("a")].state == "failed"


def test_an_input_that_nothing_makes_stops_the_run_before_it_begins(session: Session, register):
    ran: list[str] = []

    @asset
    def daily_trips():
        ran.append("daily_trips")

    @asset
    def b(daily_trip): ...

    register(daily_trips, b)
    with pytest.raises(DefinitionError, match="Did you mean `daily_trips`"):
        session.materialize()
    assert ran == []
    assert session.store.history.runs() == []


def test_a_cancelled_run_stops_before_the_next_step(session: Session, register):
    @asset
    def a():
        session.cancel()

    @asset
    def b(a): ...

    register(a, b)
    with pytest.raises(RunCancelledError, match="what it finished is kept"):
        session.materialize()
    assert [state.state for state in session.status().values()] == ["fresh", "missing"]
    result = session.materialize("a", force=True, raise_on_error=False)
    assert (result.outcome, names(result.materialized)) == ("cancelled", ["a"])


def test_an_interrupt_ends_the_run_and_is_passed_on(session: Session, register):
    @asset
    def a():
        raise KeyboardInterrupt

    @asset
    def b(a): ...

    @asset
    def c(): ...

    register(a, b, c)
    told: list = []
    with pytest.raises(KeyboardInterrupt):
        session.materialize(on_event=told.append)
    assert {
        event.key.to_user_string(): event.because for event in told if type(event).__name__ == "AssetSkipped"
    } == {
        "a": "interrupted",
        "b": "cancelled",
        "c": "cancelled",
    }
    assert told[-1].outcome == "cancelled"
    assert session.running is None
    assert session.status("a")[AssetKey("a")].state == "missing"


def test_an_asset_that_changes_its_own_code_is_not_called_fresh(session: Session, register):
    names_of_a: dict = {"LIMIT": 1, "__name__": "__main__"}
    exec("def a():\n    global LIMIT\n    LIMIT += 1\n    return LIMIT", names_of_a)
    register(asset(names_of_a["a"]))
    session.materialize()
    assert session.status("a")[AssetKey("a")].state == "stale"


def test_a_run_within_a_run_is_refused(session: Session, register):
    @asset
    def a():
        session.materialize("b")

    register(a, asset(name="b")(lambda: 1))
    with pytest.raises(UsageError, match="cannot start a run"):
        session.materialize("a")


def test_what_is_skipped_for_giving_nothing_skips_what_is_derived_from_it(session: Session, register):
    @asset(output_required=False)
    def a():
        if False:
            yield Output(1)

    @asset
    def b(a): ...

    register(a, b)
    result = session.materialize()
    assert result.success
    assert result.skipped == {
        AssetKey("a"): "its function gave nothing this time",
        AssetKey("b"): "upstream `a` was skipped",
    }


def test_an_unknown_executor_is_refused_with_near_names(session: Session, register):
    register(asset(name="a")(lambda: 1))
    with pytest.raises(UsageError, match="Did you mean `in_process`"):
        session.materialize(executor="in_proces")
    assert session.materialize().success
