"""What the lineage tells of runs, as plain data: the one under way, those that wait, and what one would do.

Moments are in seconds since 1970, durations in seconds. Not responsible for making it: `views.run_preview` says what a run
would do, the widget follows those under way.
"""

from __future__ import annotations

from typing import Literal, TypedDict

__all__ = ["Fate", "PlannedView", "RunPreview", "RunView", "WaitingView"]

Fate = Literal["run", "maybe", "restore"]
"""What a run does with an asset: makes it; makes it unless its inputs turn out equal; takes an earlier version back."""


class RunView(TypedDict):
    """A run, how far it is and what it does now.

    `expected` is how long the step under way took last time, `ahead` how long those that have not begun took, as far as
    that is known, and `unknown` counts those of which it is not.
    """

    run_id: str
    state: Literal["queued", "running", "cancelling", "success", "failure", "cancelled"]
    total: int
    done: int
    fresh: int
    restored: int
    failed: int
    skipped: int
    checks: str
    current: list[str]
    started: float
    duration: float | None
    step_started: float | None
    expected: float | None
    ahead: float
    unknown: int


class WaitingView(TypedDict):
    """A run that waits for the ones before it: what it is for, how many assets that are, and who asked for it."""

    run_id: str
    what: str
    total: int
    origin: str


class PlannedView(TypedDict):
    """What a run would do with an asset, and why. `seconds` is what that took last time; None where it was never made.

    `partitions` counts those that it would make, of an asset that has any.
    """

    key: str
    fate: Fate
    why: str
    seconds: float | None
    partitions: int


class RunPreview(TypedDict):
    """What a run would do.

    The first so many of `planned` are listed, `more` counts the rest; the counts are of all. `seconds` is how long what
    runs for sure took last time, `at_most` the same with what may run, `unknown` counts those that were never made.
    `fresh_keys` are the first few of those that are left out as fresh.
    """

    planned: list[PlannedView]
    more: int
    run: int
    maybe: int
    restore: int
    fresh: int
    fresh_keys: list[str]
    checks: int
    seconds: float
    at_most: float
    unknown: int
