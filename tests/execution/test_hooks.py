"""Hooks are called after steps, and have no say in them."""

from __future__ import annotations

from typing import Any

import pytest

from nb_assets import (
    AssetOut,
    HookContext,
    HookDefinition,
    Output,
    asset,
    build_hook_context,
    define_asset_job,
    failure_hook,
    graph_asset,
    job,
    materialize,
    multi_asset,
    op,
    success_hook,
)
from nb_assets.errors import DefinitionError, InvocationError, MissingResourceError
from nb_assets.execution.definitions import Definitions
from nb_assets.execution.events import HookFinished


class Told:
    """Two hooks, and what they were told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, Any]] = []

        @success_hook
        def succeeded(context: HookContext) -> None:
            self.told.append((context.step_key, dict(context.op_output_values)))

        @failure_hook
        def failed(context: HookContext) -> None:
            self.told.append((context.step_key, str(context.op_exception)))

        self.hooks: set[HookDefinition] = {succeeded, failed}


@op
def one() -> int:
    return 1


@op
def more(x: int) -> int:
    return x + 1


def test_a_hook_is_told_what_a_step_gave_or_raised() -> None:
    told = Told()

    @asset(hooks=told.hooks)
    def fine() -> int:
        return 1

    @asset(hooks=told.hooks)
    def broken() -> int:
        raise ValueError("no")

    materialize([fine, broken], raise_on_error=False)
    assert told.told == [("fine", {"result": 1}), ("broken", "no")]


def test_a_multi_asset_is_one_step() -> None:
    told = Told()

    @multi_asset(outs={"a": AssetOut(), "b": AssetOut()}, hooks=told.hooks)
    def both() -> Any:
        yield Output(1, "a")
        yield Output(2, "b")

    materialize([both])
    assert told.told == [("both", {"a": 1, "b": 2})]


def test_the_hooks_of_a_graph_are_called_after_each_of_its_ops() -> None:
    told, inner = Told(), Told()

    @graph_asset(hooks=told.hooks)
    def made() -> Any:
        return more(one.with_hooks(inner.hooks)())

    materialize([made])
    assert told.told == [("made.one", {"result": 1}), ("made.more", {"result": 2})]
    assert inner.told == [("made.one", {"result": 1})]


def test_the_hooks_of_a_job_are_called_after_each_of_its_steps() -> None:
    told = Told()

    @job(hooks=told.hooks)
    def counting() -> None:
        more(one())

    counting.execute_in_process()
    assert [name for name, _ in told.told] == ["one", "more"]

    @asset
    def a() -> int:
        return 1

    of_assets = Told()
    found = Definitions(assets=[a], jobs=[define_asset_job("j", hooks=of_assets.hooks)])
    found.resolve_job_def("j").execute_in_process()
    assert of_assets.told == [("a", {"result": 1})]


def test_a_hook_that_fails_changes_nothing_but_is_told_of() -> None:
    @success_hook
    def broken(context: HookContext) -> None:
        raise KeyError("hook")

    @asset(hooks={broken})
    def a() -> int:
        return 1

    result = materialize([a])
    assert result.success
    (event,) = [event for event in result.events if isinstance(event, HookFinished)]
    assert event.outcome == "failure"
    assert event.error is not None
    assert event.error.type_name == "KeyError"


def test_the_resources_of_a_hook_are_asked_for_before_the_run() -> None:
    seen = []

    @success_hook(required_resource_keys={"mail"})
    def sent(context: HookContext) -> None:
        seen.append(context.resources.mail)

    @asset(hooks={sent})
    def a() -> int:
        return 1

    assert a.required_resource_keys == {"mail"}
    with pytest.raises(MissingResourceError):
        materialize([a])
    materialize([a], resources={"mail": "post"})
    assert seen == ["post"]


def test_a_hook_is_called_directly_with_a_context_that_was_built() -> None:
    @success_hook
    def named(context: HookContext) -> str:
        return f"{context.op.name} of {context.run_id}"

    assert named(build_hook_context(op=one, run_id="r")) == "one of r"
    with pytest.raises(InvocationError, match="build_hook_context"):
        named()
    with pytest.raises(InvocationError, match="without an op"):
        named(build_hook_context())


def test_what_is_no_hook_is_refused() -> None:
    with pytest.raises(DefinitionError, match="takes the context"):

        @success_hook
        def wrong(other: Any) -> None: ...

    with pytest.raises(DefinitionError, match="made by @success_hook"):
        asset(hooks={print}, name="a")(lambda: 1)  # type: ignore[arg-type]
