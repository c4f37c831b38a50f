"""The runs that wait for their turn, as the page lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.execution.events import RunQueued
from nb_assets.views.run_model import WaitingView
from nb_assets.views.run_preview import last_durations

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.run import Run
    from nb_assets.session import Session

__all__ = ["expected_seconds", "waiting_runs"]

LISTED = 50
NAMED = 3


def waiting_runs(session: Session) -> list[WaitingView]:
    """Return the runs that have not begun, in the order in which they will."""
    # The first has its turn, or is about to have it.
    return [_waiting(run) for run in session.runs[1:][:LISTED] if run.state == "queued" and not run.cancelled]


def expected_seconds(session: Session, run_id: str) -> dict[AssetKey, float | None]:
    """Return how long each step of a run that has begun took last time, by its first asset; those that are fresh left out."""
    plan = next((run.plan for run in session.runs if run.run_id == run_id), None)
    if plan is None:
        return {}
    fresh = frozenset(plan.fresh)
    return {
        step.keys[0]: seconds
        for step, seconds in zip(plan.steps, last_durations(session, plan), strict=True)
        if not fresh.issuperset(step.keys)
    }


def _waiting(run: Run) -> WaitingView:
    keys = next((event.keys for event in tuple(run.events) if isinstance(event, RunQueued)), ())
    what = ", ".join(key.to_user_string() for key in keys[:NAMED])
    more = f" and {len(keys) - NAMED:,} more" if len(keys) > NAMED else ""
    return WaitingView(run_id=run.run_id, what=what + more, total=len(keys), origin=run.origin)
