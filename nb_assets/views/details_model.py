"""The details pane as plain, JSON-ready data.

Responsible for the shape that the widget reads; `views.details` makes it. Moments are in seconds since 1970,
durations in seconds, sizes in bytes; every string is text, but for the HTML of diffs, whose renderer escapes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from nb_assets.views.partitions import PartitionsView
    from nb_assets.views.preview import TableView

__all__ = [
    "ChangeView",
    "CheckView",
    "DetailsView",
    "ErrorView",
    "FieldView",
    "LinkView",
    "LogView",
    "LookView",
    "OpView",
    "ReasonView",
    "TagView",
    "ValueView",
    "VersionView",
]


class ReasonView(TypedDict):
    """Why an asset is not fresh."""

    summary: str
    detail: str


class ErrorView(TypedDict):
    """How the last attempt failed."""

    type_name: str
    message: str
    traceback: str


class LinkView(TypedDict):
    """A neighbour in the graph."""

    key: str
    status: str
    external: bool


class VersionView(TypedDict):
    """One materialization. `accepted` says what it was accepted for, `stored` whether its value can be read."""

    partition: str
    version: int
    made: float
    duration: float
    run_id: str
    summary: str
    badge: str
    code_version: str
    data_version: str
    restored_from: int | None
    pinned: bool
    accepted: str
    stored: bool


class ChangeView(TypedDict):
    """What the last version changed; `html` is escaped by the diff's own renderer."""

    summary: str
    badge: str
    html: str


class ValueView(TypedDict):
    """What the value is, and a first look at it."""

    type_name: str
    summary: str
    size: int
    table: TableView | None
    text: str
    note: str


class LookView(TypedDict):
    """What the pane says of values."""

    change: ChangeView | None
    value: ValueView | None


class CheckView(TypedDict):
    """A check of the asset. `look` is the status whose shape and colour its state has; `ran` is None before it ran."""

    name: str
    word: str
    look: str
    blocking: bool
    description: str
    said: str
    not_tracked: list[str]
    version: int
    ran: float | None
    metadata: list[FieldView]


class TagView(TypedDict):
    """A name and a text."""

    name: str
    text: str


class FieldView(TypedDict):
    """A metadata value: its text, and what its kind allows beside it.

    `href` is an address that may be followed, `asset` the key of an asset, `points` are versions with the number that each
    had, oldest first; each is empty where there is none.
    """

    name: str
    text: str
    kind: str
    href: str
    asset: str
    table: TableView | None
    points: list[list[float]]


class OpView(TypedDict):
    """An op of a graph asset in its last run; the duration of all attempts is in seconds."""

    name: str
    outcome: str
    attempts: int
    duration: float
    error: str


class LogView(TypedDict):
    """Something that the asset printed or logged, in which run, and when, in seconds since 1970.

    `level` is of what was logged.
    """

    stream: str
    level: str
    text: str
    run_id: str
    at: float


class DetailsView(TypedDict):
    """The whole pane."""

    key: str
    name: str
    group: str | None
    kinds: list[str]
    owners: list[str]
    tags: list[TagView]
    description: str
    external: bool
    status: str
    reasons: list[ReasonView]
    not_tracked: list[str]
    error: ErrorView | None
    inputs: list[LinkView]
    outputs: list[LinkView]
    history: list[VersionView]
    history_count: int
    ops: list[OpView]
    checks: list[CheckView]
    partitions: PartitionsView | None
    change: ChangeView | None
    value: ValueView | None
    code: str
    code_change: str
    metadata: list[FieldView]
    logs: list[LogView]
