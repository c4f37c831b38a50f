"""What a run would do with each asset, why, and how long that took last time.

Responsible for reading a plan as a person would; the plan itself is the session's. Nothing is run and no value is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.views.run_model import PlannedView, RunPreview

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.plan import Plan, Step
    from nb_assets.session import Session
    from nb_assets.staleness import AssetStatus
    from nb_assets.views.run_model import Fate

__all__ = ["last_durations", "run_preview"]

LISTED = 200
FRESH_LISTED = 12
_SPARED_BY_EQUAL_INPUTS = frozenset({"upstream_not_fresh"})


def run_preview(session: Session, keys: Iterable[AssetKey], *, force: bool) -> RunPreview:
    """Return what a run of these assets would do now.

    Raises
    ------
    SelectionError, DefinitionError
        When one is not there, or reads what nothing makes.
    """
    asked = list(keys)
    plan = session.plan(asked, force=force)
    statuses = session.status(plan.keys)
    moving: dict[AssetKey, Fate] = {}
    planned: list[PlannedView] = []
    fresh: list[str] = []
    counts = {"run": 0, "maybe": 0, "restore": 0}
    surely = at_most = 0.0
    unknown = 0
    left_out = frozenset(plan.fresh)
    needed = frozenset(plan.needed)
    for step, seconds in zip(plan.steps, last_durations(session, plan), strict=True):
        fates = {key: _fate(key, step, plan, statuses, moving, left_out) for key in step.keys}
        called = [fate for fate, _ in fates.values() if fate in {"run", "maybe"}]
        if called and seconds is None:
            unknown += 1
        elif called:
            at_most += seconds or 0.0
            surely += (seconds or 0.0) if "run" in called else 0.0
        for key, (fate, why) in fates.items():
            if fate is None:
                fresh.append(key.to_user_string())
                continue
            counts[fate] += 1
            if fate != "restore":
                moving[key] = fate
            if len(planned) < LISTED:
                planned.append(
                    PlannedView(
                        key=key.to_user_string(),
                        fate=fate,
                        why=f"{why}; not asked for, but its value is needed" if key in needed else why,
                        seconds=seconds if fate != "restore" else 0.0,
                        partitions=plan.to_make.get(key, 0),
                    )
                )
    return RunPreview(
        planned=planned,
        more=sum(counts.values()) - len(planned),
        run=counts["run"],
        maybe=counts["maybe"],
        restore=counts["restore"],
        fresh=len(fresh),
        fresh_keys=fresh[:FRESH_LISTED],
        checks=len(plan.check_keys),
        seconds=surely,
        at_most=at_most,
        unknown=unknown,
    )


def last_durations(session: Session, plan: Plan) -> list[float | None]:
    """Return how long each step of a plan took last time, in seconds; None where it did not make all of it before."""
    history = session.store.history
    latest = history.latest_many(plan.keys)

    def of_asset(key: AssetKey, *, parts: bool) -> float | None:
        if parts:
            spans = [made.duration for made in history.latest_partitions(key).values()]
            return sum(spans) / len(spans) * plan.to_make.get(key, 0) if spans else None
        return latest[key].duration if key in latest else None

    found: list[float | None] = []
    for step in plan.steps:
        spans = [of_asset(key, parts=step.partitions is not None) for key in step.keys]
        known = [span for span in spans if span is not None]
        # The assets of one call are told the time since it began.
        found.append(max(known) if known and len(known) == len(spans) else None)
    return found


def _fate(
    key: AssetKey,
    step: Step,
    plan: Plan,
    statuses: Mapping[AssetKey, AssetStatus],
    moving: Mapping[AssetKey, Fate],
    fresh: frozenset[AssetKey],
) -> tuple[Fate | None, str]:
    """Return what a run does with an asset, None where it is left as it is, and why."""
    status = statuses[key]
    before = next((other for other in plan.graph.upstream(key) if other in moving), None)
    if step.force:
        return "run", status.summary or "asked for, though fresh"
    if key in fresh:
        if status.restored:
            return "restore", f"version {_version(status)} was made by this code from these inputs"
        if before is not None:
            return "maybe", f"`{before.to_user_string()}` may come out different"
        return None, ""
    kinds = {reason.kind for reason in status.reasons}
    spared = before is not None and kinds <= _SPARED_BY_EQUAL_INPUTS and status.materialization is not None
    return ("maybe" if spared else "run"), status.summary


def _version(status: AssetStatus) -> int:
    return 0 if status.materialization is None else status.materialization.version
