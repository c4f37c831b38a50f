"""Ops of a graph that makes an asset, in a session: retries, history, and going on from the op that failed."""

from __future__ import annotations

from pathlib import Path

import pytest

from nb_assets import (
    AssetKey,
    AssetOut,
    Failure,
    In,
    Nothing,
    Out,
    Output,
    RetryPolicy,
    RetryRequested,
    asset,
    graph,
    graph_asset,
    graph_multi_asset,
    materialize,
    op,
)

G = AssetKey("g")


class Calls(list):
    """What ran, by name; and what must fail, by a file that is there while it does."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def ran(self, name: str) -> None:
        self.append(name)
        if (self.folder / name).exists():
            raise ValueError(f"{name} failed")


# Ops reach it as a global that is no plain value, so its content is no part of their code.
CALLS: list[Calls] = []


@pytest.fixture
def calls(tmp_path):
    CALLS[:] = [Calls(tmp_path)]
    yield CALLS[0]
    CALLS.clear()


@op(code_version="1")
def first(x):
    CALLS[0].ran("first")
    return x + 1


@op(code_version="1", out={"low": Out(), "high": Out()})
def middle(x):
    CALLS[0].ran("middle")
    return x, x * 100


@op(code_version="1")
def last(low, high):
    CALLS[0].ran("last")
    return low + high


@asset(code_version="1")
def x():
    return 1


@graph_asset(code_version="1")
def g(x):
    low, high = middle(first(x))
    return last(low, high)


def test_a_failed_graph_goes_on_from_the_op_that_failed(session, register, calls):
    register(x, g)
    (calls.folder / "last").touch()
    session.materialize(raise_on_error=False)
    assert calls == ["first", "middle", "last"]
    (calls.folder / "last").unlink()

    calls.clear()
    result = session.materialize(resume=True)
    assert calls == ["last"]
    assert result.materialized == [G]
    assert session.load("g") == 202
    newest = {attempt.op: attempt.outcome for attempt in reversed(session.op_history("g"))}
    assert newest == {"first": "resumed", "middle": "resumed", "last": "success"}


def test_without_asking_for_it_every_op_runs_again(session, register, calls):
    register(x, g)
    (calls.folder / "last").touch()
    session.materialize(raise_on_error=False)
    (calls.folder / "last").unlink()
    calls.clear()
    session.materialize()
    assert calls == ["first", "middle", "last"]


def test_an_op_that_was_edited_in_between_runs_again_and_so_does_what_takes_its_new_output(
    session, register, calls
):
    register(x, g)
    (calls.folder / "last").touch()
    session.materialize(raise_on_error=False)
    (calls.folder / "last").unlink()
    calls.clear()

    @op(name="middle", code_version="2", out={"low": Out(), "high": Out()})
    def edited(x):
        CALLS[0].ran("middle")
        return x, x * 1000

    @graph_asset(name="g", code_version="2")
    def again(x):
        low, high = edited(first(x))
        return last(low, high)

    session.forget("g")
    register(again)
    session.materialize(resume=True)
    assert calls == ["middle", "last"]
    assert session.load("g") == 2002


def test_new_data_upstream_makes_all_that_it_reaches_run_again(session, register, calls):
    register(x, g)
    (calls.folder / "last").touch()
    session.materialize(raise_on_error=False)
    (calls.folder / "last").unlink()
    calls.clear()

    @asset(name="x", code_version="2")
    def other():
        return 5

    session.forget("x")
    register(other)
    session.materialize(resume=True)
    assert calls == ["first", "middle", "last"]
    assert session.load("g") == 606


def test_the_history_of_ops_tells_attempts_durations_and_errors_newest_first(session, register, calls):
    tries = []

    @op(retry_policy=RetryPolicy(max_retries=2), code_version="1")
    def flaky():
        tries.append(1)
        if len(tries) < 3:
            raise ValueError(f"try {len(tries)}")
        return 7

    @graph_asset(code_version="1")
    def f():
        return flaky()

    register(f)
    session.materialize()
    session.materialize(force=True)
    attempts = session.op_history("f")
    assert [(each.op, each.attempt, each.outcome) for each in attempts] == [
        ("flaky", 1, "success"),
        ("flaky", 3, "success"),
        ("flaky", 2, "retry"),
        ("flaky", 1, "retry"),
    ]
    assert [each.error for each in attempts[2:]] == ["ValueError: try 2", "ValueError: try 1"]
    assert len({each.run_id for each in attempts}) == 2
    assert all(each.duration >= 0 for each in attempts)
    assert attempts[0].timestamp >= attempts[-1].timestamp


@pytest.mark.parametrize(
    ("error", "policy", "expected"),
    [
        (ValueError("no"), None, 1),
        (ValueError("no"), RetryPolicy(max_retries=2), 3),
        (RetryRequested(max_retries=1), None, 2),
        (RetryRequested(max_retries=1), RetryPolicy(max_retries=5), 2),
        (Failure("no"), RetryPolicy(max_retries=1), 2),
        (Failure("no", allow_retries=False), RetryPolicy(max_retries=5), 1),
    ],
    ids=["plain", "policy", "asked for", "asked for over a policy", "Failure", "Failure without retries"],
)
def test_an_op_is_tried_as_often_as_its_policy_and_its_error_say(session, register, error, policy, expected):
    tries = []

    @op(retry_policy=policy)
    def failing():
        tries.append(1)
        raise error

    @graph_asset
    def f():
        return failing()

    register(f)
    assert not session.materialize(raise_on_error=False).success
    assert len(tries) == expected


def test_the_policy_of_a_graph_asset_is_for_ops_without_one(session, register):
    tries = []

    @op(retry_policy=RetryPolicy(max_retries=0))
    def own():
        tries.append("own")
        raise ValueError("no")

    @op
    def without():
        tries.append("without")
        raise ValueError("no")

    @op
    def both(a, b):
        return a, b

    @graph_asset(retry_policy=RetryPolicy(max_retries=2))
    def f():
        return both(own(), without())

    register(f)
    session.materialize(raise_on_error=False)
    assert tries == ["own", "without", "without", "without"]


def test_ops_that_need_nothing_of_a_failed_one_run_and_the_rest_is_left_out(session, register):
    ran = []

    @op
    def bad():
        raise ValueError("no")

    @op
    def good():
        ran.append("good")
        return 1

    @op
    def after_bad(bad):
        ran.append("after bad")

    @op
    def of_all(values):
        ran.append("of all")
        return len(values)

    @graph_multi_asset(outs={"a": AssetOut(), "b": AssetOut()})
    def several():
        made = good()
        return {"a": made, "b": of_all([after_bad(bad()), made])}

    register(several)
    result = session.materialize(raise_on_error=False)
    assert ran == ["good"]
    assert result.materialized == [AssetKey("a")]
    assert list(result.failed) == [AssetKey("b")]
    outcomes = {each.op: each.outcome for each in session.op_history("a")}
    assert outcomes == {"good": "success", "bad": "failure", "after_bad": "skipped", "of_all": "skipped"}


def test_an_optional_output_that_was_not_given_is_left_out_of_a_list(session, register):
    @op(out=Out(is_required=False))
    def maybe():
        if False:
            yield

    @op
    def one():
        return 1

    @op
    def total(values):
        return sum(values)

    @graph_asset
    def f():
        return total([one(), maybe(), one()])

    register(f)
    session.materialize()
    assert session.load("f") == 2


def test_what_only_comes_first_is_waited_for(session, register):
    ran = []

    @op(out=Out(Nothing))
    def prepare():
        ran.append("prepare")

    @op(ins={"prepared": In(Nothing)})
    def use():
        ran.append("use")
        return 1

    @graph
    def careful():
        return use(prepared=prepare())

    @graph_asset
    def f():
        return careful()

    register(f)
    session.materialize()
    assert ran == ["prepare", "use"]
    assert [each.op for each in session.op_history("f")] == ["careful.use", "careful.prepare"]


def test_a_run_is_cancelled_between_ops(session, register):
    ran = []

    @op
    def one():
        ran.append("one")
        session.cancel()
        return 1

    @op
    def two(value):
        ran.append("two")
        return value

    @graph_asset
    def f():
        return two(one())

    register(f)
    run = session.submit()
    assert run.wait(30)
    assert run.state == "cancelled"
    assert ran == ["one"]


def test_prints_and_logs_of_ops_are_the_assets(session, register):
    @op
    def talk(context):
        print("printed")
        context.log.warning("logged %s", context.op_name)
        return 1

    @graph_asset
    def f():
        return talk()

    register(f)
    session.materialize()
    assert [(line.stream, line.text) for line in session.logs("f")] == [
        ("stdout", "printed\n"),
        ("log", "logged talk\n"),
    ]


def test_an_op_of_a_subset_is_told_which_outputs_are_wanted():
    seen = []

    @op(out={"low": Out(is_required=False), "high": Out()})
    def bounds(context):
        seen.append((sorted(context.selected_output_names), context.is_subset))
        for name, value in (("low", 1), ("high", 9)):
            if name in context.selected_output_names:
                yield Output(value, name)

    @graph_multi_asset(outs={"low": AssetOut(), "high": AssetOut()}, can_subset=True)
    def limits():
        low, high = bounds()
        return low, high

    assert materialize([limits], selection=["low"]).materialized == [AssetKey("low")]
    materialize([limits])
    assert seen == [(["low"], True), (["high", "low"], False)]
