"""How each state of an asset looks: one word, one shape, one colour for light and for dark.

Responsible for the single table that the widget, the static pictures, the cards and the reports read. No two
states share a silhouette, so that the mark reads without its colour, and every colour keeps a contrast of 4.5
on the card it stands on. Not responsible for which state an asset is in (`staleness`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_CIRCLE = "M8 1a7 7 0 1 1 0 14A7 7 0 1 1 8 1Z"
_RING = _CIRCLE + "M8 2.6a5.4 5.4 0 1 0 0 10.8A5.4 5.4 0 1 0 8 2.6Z"


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusLook:
    """One state's look.

    `path` is drawn in a square of 16, filled by the even-odd rule; `glyph` stands for it where only text can
    go; `light` and `dark` are the colours of mark and word on a light and on a dark card; `soft_light` and
    `soft_dark` are the same as grounds for text.
    """

    state: str
    label: str
    meaning: str
    glyph: str
    path: str
    light: str
    dark: str
    soft_light: str
    soft_dark: str


_LOOKS = (
    StatusLook(
        state="failed",
        label="Failed",
        meaning="its last run raised an error",
        glyph="✖",
        path=(
            "M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1Z"
            "M4.8 6 6 4.8l2 2 2-2L11.2 6l-2 2 2 2L10 11.2l-2-2-2 2L4.8 10l2-2Z"
        ),
        light="#c21f2b",
        dark="#ff7b72",
        soft_light="#fdebec",
        soft_dark="#45201f",
    ),
    StatusLook(
        state="running",
        label="Running",
        meaning="it is being materialized",
        glyph="▶",
        path=_RING + "M6.2 4.7v6.6L11.6 8Z",
        light="#0b62c4",
        dark="#6cb1ff",
        soft_light="#e5f0fd",
        soft_dark="#152f4f",
    ),
    StatusLook(
        state="queued",
        label="Queued",
        meaning="it waits for its turn in a run",
        glyph="◔",
        path=_RING + "M7.3 4h1.4v3.6l2.7 1.6-.7 1.2-3.4-2Z",
        light="#5154b4",
        dark="#a9b1f5",
        soft_light="#ececfa",
        soft_dark="#292c4d",
    ),
    StatusLook(
        state="stale",
        label="Stale",
        meaning="its code or its inputs have changed since",
        glyph="▲",
        path="M8 1 15.4 14.2H.6ZM7.2 5.6h1.6v4.2H7.2ZM7.2 11h1.6v1.6H7.2Z",
        light="#8f5a00",
        dark="#e3b341",
        soft_light="#fcf3dc",
        soft_dark="#3b2f12",
    ),
    StatusLook(
        state="missing",
        label="Missing",
        meaning="it has not been materialized yet",
        glyph="○",
        path=_RING,
        light="#626a73",
        dark="#9aa4af",
        soft_light="#eef0f2",
        soft_dark="#2d333b",
    ),
    StatusLook(
        state="skipped",
        label="Skipped",
        meaning="something upstream of it failed",
        glyph="◼",
        path=(
            "M3 1.4h10A1.6 1.6 0 0 1 14.6 3v10a1.6 1.6 0 0 1-1.6 1.6H3A1.6 1.6 0 0 1 1.4 13V3A1.6 1.6 0 0 1 3 1.4Z"
            "M4 4.8v6.4L8 8ZM8.2 4.8v6.4l4-3.2Z"
        ),
        light="#795b4c",
        dark="#c5a897",
        soft_light="#f5eee9",
        soft_dark="#3a302b",
    ),
    StatusLook(
        state="fresh",
        label="Fresh",
        meaning="it was made with today's code from today's inputs",
        glyph="●",
        path=_CIRCLE + "M7 11.6 3.7 8.3 5 7l2 2 4-4 1.3 1.3Z",
        light="#1a7434",
        dark="#57c46a",
        soft_light="#e3f5e8",
        soft_dark="#183823",
    ),
)

STATUSES: Mapping[str, StatusLook] = {look.state: look for look in _LOOKS}
"""Every state's look, those that ask for attention first: the order in which roll-ups are shown."""


def status_look(state: str) -> StatusLook:
    """Return the look of a state; of `missing` for a word that is none."""
    return STATUSES.get(state, STATUSES["missing"])


def status_summary(statuses: Mapping[str, int]) -> str:
    """Return a roll-up in words: `2 stale, 5 fresh`."""
    return ", ".join(f"{statuses[state]:,} {state}" for state in STATUSES if statuses.get(state))
