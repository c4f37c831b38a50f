"""What the two sides say of finding assets: search, filters, neighbourhoods, the list; that part of `messages`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

from nb_assets.widget.fields import are_filters, are_names, is_count, is_steps, is_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nb_assets.views.finding_model import CandidateView, FacetView, RowView
    from nb_assets.widget.fields import Fields

__all__ = ["FIELDS"]


# What the kernel says


class Found(TypedDict):
    """What a search found, how many of it in each group, and the selection that means the same.

    Or why it cannot be read, and from where on.
    """

    kind: Literal["found"]
    request: str
    keys: list[str]
    groups: dict[str, int]
    selection: str
    error: str
    at: int | None


class Completions(TypedDict):
    """What can take the place of what is being typed, from `start` to `end`."""

    kind: Literal["completions"]
    request: str
    start: int
    end: int
    candidates: list[CandidateView]
    more: int


class Facets(TypedDict):
    """What can be filtered by."""

    kind: Literal["facets"]
    request: str
    facets: list[FacetView]


class Rows(TypedDict):
    """The list, or those of its rows that were asked for."""

    kind: Literal["rows"]
    request: str
    rows: list[RowView]
    every: bool


# What the page says


class Find(TypedDict):
    """Say what a selection means, of what passes the filters: the wanted values of each facet."""

    kind: Literal["find"]
    request: str
    text: str
    filters: dict[str, list[str]]


class Complete(TypedDict):
    """Say what can be typed at a place in a selection."""

    kind: Literal["complete"]
    request: str
    text: str
    at: int


class AskFacets(TypedDict):
    """Say what can be filtered by, beside a selection and the filters that there are."""

    kind: Literal["facets"]
    request: str
    text: str
    filters: dict[str, list[str]]


class Narrow(TypedDict):
    """Take out of the picture what is not around an asset or does not match; empty for neither."""

    kind: Literal["narrow"]
    request: str
    key: str
    up: int | None
    down: int | None
    text: str
    filters: dict[str, list[str]]


class Reveal(TypedDict):
    """Unfold what an asset is in."""

    kind: Literal["reveal"]
    request: str
    key: str


class AskRows(TypedDict):
    """Send the rows of some assets; of all in the picture, when none are named."""

    kind: Literal["list"]
    request: str
    keys: list[str]


FromKernel = Found | Completions | Facets | Rows
ToKernel = Find | Complete | AskFacets | Narrow | Reveal | AskRows

FIELDS: Mapping[str, Fields] = {
    "find": {"request": is_text, "text": is_text, "filters": are_filters},
    "complete": {"request": is_text, "text": is_text, "at": is_count},
    "facets": {"request": is_text, "text": is_text, "filters": are_filters},
    "narrow": {
        "request": is_text,
        "key": is_text,
        "up": is_steps,
        "down": is_steps,
        "text": is_text,
        "filters": are_filters,
    },
    "reveal": {"request": is_text, "key": is_text},
    "list": {"request": is_text, "keys": are_names},
}
