"""What the two sides say of runs: wishes, previews, outcomes; that part of `messages`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

from nb_assets.widget.fields import is_text, is_wish

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nb_assets.views.run_model import RunPreview
    from nb_assets.widget.fields import Fields

__all__ = ["FIELDS"]


# What the kernel says


class Preview(TypedDict):
    """What a run would do."""

    kind: Literal["preview"]
    request: str
    preview: RunPreview


class Outcome(TypedDict):
    """The assets of a run of which something came."""

    kind: Literal["outcome"]
    request: str
    keys: list[str]


# What the page says


class Wish(TypedDict):
    """Which assets are to run.

    `what` is "assets" for those in `keys` and in `groups`; else what is stale, what failed (of these keys, where there are
    any), or all of the picture. `reach` adds what they are derived from, or what is derived from them. With `force`
    they run even where they are fresh.
    """

    what: Literal["assets", "stale", "failed", "all"]
    keys: list[str]
    groups: list[str]
    reach: Literal["only", "upstream", "downstream"]
    force: bool


class Materialize(TypedDict):
    """Run what is wished for; graph assets that failed go on from the op that failed, where failed ones are wished for."""

    kind: Literal["materialize"]
    request: str
    wish: Wish


class AskPreview(TypedDict):
    """Say what a run would do."""

    kind: Literal["ask_preview"]
    request: str
    wish: Wish


class AskOutcome(TypedDict):
    """Name the assets of the last run of which that came: "failed", "skipped", "materialized", "restored" or "fresh"."""

    kind: Literal["ask_outcome"]
    request: str
    run_id: str
    outcome: str


class Cancel(TypedDict):
    """Stop a run before its next step, or take it out of the queue; all of them where none is named."""

    kind: Literal["cancel"]
    request: str
    run_id: str


FromKernel = Preview | Outcome
ToKernel = Materialize | AskPreview | AskOutcome | Cancel

FIELDS: Mapping[str, Fields] = {
    "materialize": {"request": is_text, "wish": is_wish},
    "ask_preview": {"request": is_text, "wish": is_wish},
    "ask_outcome": {"request": is_text, "run_id": is_text, "outcome": is_text},
    "cancel": {"request": is_text, "run_id": is_text},
}
