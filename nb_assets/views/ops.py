"""The ops of a graph asset as the pane shows them: how often each was tried in the last run, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nb_assets.execution.op_keeper import OpAttempt
    from nb_assets.views.details_model import OpView

__all__ = ["ops_view"]

OPS = 200
TEXT = 500


def ops_view(attempts: Sequence[OpAttempt]) -> list[OpView]:
    """Return the ops of the last run, in the order in which they ran.

    Parameters
    ----------
    attempts
        Those of all runs, newest first.
    """
    if not attempts:
        return []
    by_op: dict[str, list[OpAttempt]] = {}
    for attempt in reversed(attempts):
        if attempt.run_id == attempts[0].run_id:
            by_op.setdefault(attempt.op, []).append(attempt)
    return [_op(name, of_op) for name, of_op in list(by_op.items())[:OPS]]


def _op(name: str, attempts: Sequence[OpAttempt]) -> OpView:
    last = attempts[-1]
    return {
        "name": name,
        "outcome": last.outcome,
        "attempts": sum(attempt.attempt > 0 for attempt in attempts),
        "duration": sum(attempt.duration for attempt in attempts),
        "error": (last.error or next((each.error for each in reversed(attempts) if each.error), None) or "")[
            :TEXT
        ],
    }
