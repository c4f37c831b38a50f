"""Events of made-up runs, for pictures of them."""

from __future__ import annotations

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.execution.events import (
    AssetFailed,
    AssetFresh,
    AssetLogged,
    AssetMaterialized,
    AssetSkipped,
    ErrorInfo,
    RunFinished,
    RunStarted,
    StepStarted,
)
from nb_assets.storage.materialization import Materialization, ValueRef
from nb_assets.views.run_record import RunRecord

RUN = "run-1"
START = 1_000.0


def key(name: str) -> AssetKey:
    return AssetKey.from_user_string(name)


def made(name: str, version: int = 1, data: str = "d1", duration: float = 0.5, summary: str = "10 items"):
    return Materialization(
        asset_key=key(name),
        version=version,
        run_id=RUN,
        timestamp=START,
        duration=duration,
        code_version="code:1",
        data_version=data,
        inputs={},
        metadata={},
        tags={},
        value=ValueRef(address=data, format="json", size=1234, type_name="list", summary=summary),
        code={},
    )


def record(*events) -> RunRecord:
    run = RunRecord()
    for event in events:
        run.apply(event)
    return run


def started(*names: str) -> RunStarted:
    return RunStarted(run_id=RUN, timestamp=START, keys=tuple(map(key, names)), origin="notebook")


def step(name: str, *reasons) -> StepStarted:
    return StepStarted(run_id=RUN, timestamp=START, keys=(key(name),), reasons=tuple(reasons))


def logged(name: str, text: str) -> AssetLogged:
    return AssetLogged(run_id=RUN, timestamp=START, key=key(name), stream="stdout", text=text)


def materialized(name: str, materialization=None, **more) -> AssetMaterialized:
    return AssetMaterialized(
        run_id=RUN, timestamp=START, key=key(name), materialization=materialization or made(name), **more
    )


def fresh(name: str) -> AssetFresh:
    return AssetFresh(run_id=RUN, timestamp=START, key=key(name))


def failed(name: str, message: str = "division by zero") -> AssetFailed:
    error = ErrorInfo(
        type_name="ZeroDivisionError", message=message, traceback=f'File "cell", line 2\n{message}'
    )
    return AssetFailed(run_id=RUN, timestamp=START + 1, key=key(name), error=error)


def skipped(name: str, because: str, upstream: str | None = None) -> AssetSkipped:
    cause = key(upstream) if upstream else None
    return AssetSkipped(run_id=RUN, timestamp=START, key=key(name), because=because, upstream=cause)


def finished(outcome="success", duration: float = 2.1) -> RunFinished:
    return RunFinished(run_id=RUN, timestamp=START + duration, outcome=outcome, duration=duration)
