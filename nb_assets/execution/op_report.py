"""Tells what happens to the ops of one graph: that they begin, what came of each attempt, and what they log."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.execution.events import AssetLogged, Event, OpFinished, OpStarted
from nb_assets.execution.tracebacks import error_info

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.op_keeper import OpKeeper
    from nb_assets.execution.op_outcome import OpOutput
    from nb_assets.execution.run import Run


class OpReport:
    """Tells it to whoever watches the run, and notes each attempt in the history."""

    def __init__(self, *, run: Run, key: AssetKey, ops: OpKeeper, tell: Callable[[Event], None]) -> None:
        self._run_id = run.run_id
        self._key = key
        self._ops = ops
        self._tell = tell

    def started(self, op: str, attempt: int, inputs: Iterable[str]) -> None:
        """Tell that an attempt begins."""
        self._tell(
            OpStarted(run_id=self._run_id, key=self._key, op=op, attempt=attempt, inputs=tuple(inputs))
        )

    def log(self, level: str, text: str) -> None:
        """Tell a message of a logger."""
        self._tell(
            AssetLogged(run_id=self._run_id, key=self._key, stream="log", text=text + "\n", level=level)
        )

    def finished(
        self,
        op: str,
        attempt: int,
        began: float,
        outcome: Any,
        error: BaseException | None = None,
        *,
        lost: bool = False,
        delay: float | None = None,
        given: Mapping[str, OpOutput] | None = None,
    ) -> None:
        """Tell what came of an attempt that began at a time of `perf_counter`."""
        event = OpFinished(
            run_id=self._run_id,
            key=self._key,
            op=op,
            attempt=attempt,
            duration=time.perf_counter() - began,
            outcome=outcome,
            error=None if error is None else error_info(error),
            lost=lost,
            delay=delay,
            outputs={name: each.metadata for name, each in (given or {}).items()},
        )
        self._ops.note(event)
        self._tell(event)
