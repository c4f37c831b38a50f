"""What the widget is told when assets are looked for, as plain, JSON-ready data: the shapes alone.

Moments are seconds since the epoch, durations are seconds, sizes are bytes.
"""

from __future__ import annotations

from typing import TypedDict

__all__ = ["CandidateView", "FacetView", "FocusView", "RowView", "ScopeView", "ValueCountView"]


class CandidateView(TypedDict):
    """Something that can be put into a selection: `hits` are the stretches of `name` that match what was typed."""

    text: str
    name: str
    kind: str
    count: int | None
    hint: str
    hits: list[list[int]]


class ValueCountView(TypedDict):
    """A value to filter by, and how many assets have it; that of those without any is `<null>`."""

    value: str
    count: int


class FacetView(TypedDict):
    """What can be filtered by: a group, a kind…; `more` values were left out."""

    name: str
    values: list[ValueCountView]
    more: int


class FocusView(TypedDict):
    """An asset and so many steps around it; None for all steps."""

    key: str
    up: int | None
    down: int | None


class ScopeView(TypedDict):
    """What the picture is narrowed down to: a neighbourhood, the matches of a search, or both.

    `indirect` are the edges of the picture that lead through assets which are not in it.
    """

    focus: FocusView | None
    text: str
    filters: dict[str, list[str]]
    shown: int
    hidden: int
    indirect: list[list[str]]


class _NamedRow(TypedDict):
    key: str
    group: str
    status: str


class RowView(_NamedRow, total=False):
    """One asset in the list; what is empty is left out, since there are many."""

    kinds: list[str]
    owners: list[str]
    tags: list[str]
    reason: str
    detail: str
    badge: str
    checks: str
    check_look: str
    partitions: dict[str, int]
    made: float
    duration: float
    rows: int
    size: int
