"""What the two sides say of what can be done with assets beside running them; the part of `messages` that is about that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

from nb_assets.widget.diff_messages import PageView
from nb_assets.widget.fields import are_names, are_row_kinds, is_count, is_flag, is_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nb_assets.views.details_model import VersionView
    from nb_assets.views.offers import OffersView
    from nb_assets.views.version_record import VersionRecordView
    from nb_assets.widget.fields import Fields

__all__ = ["FIELDS"]

# What the kernel says


class Offers(TypedDict):
    """What can be done with an asset, and a free name for a variable with its value."""

    kind: Literal["offers"]
    request: str
    key: str
    offers: OffersView
    variable: str


class Accepted(TypedDict):
    """What was accepted as equivalent, to be taken back by these keys; `text` says it in a few words."""

    kind: Literal["accepted"]
    request: str
    keys: list[str]
    text: str


class Unaccepted(TypedDict):
    """What was accepted is taken back."""

    kind: Literal["unaccepted"]
    request: str
    keys: list[str]
    text: str


class Versions(TypedDict):
    """A page of a history: these versions, from a place on, of so many in all."""

    kind: Literal["versions"]
    request: str
    key: str
    partition: str
    start: int
    total: int
    versions: list[VersionView]


class Version(TypedDict):
    """What made a version."""

    kind: Literal["version"]
    request: str
    record: VersionRecordView


class Compared(TypedDict):
    """What changed between two versions; `rows` is how many rows differ where pages of them can be asked for, else 0."""

    kind: Literal["compared"]
    request: str
    key: str
    partition: str
    old: int
    new: int
    html: str
    badge: str
    rows: int


class Differing(PageView):
    """A page of the rows that differ."""

    kind: Literal["differing"]
    request: str


class Pinned(TypedDict):
    """A version is pinned, or is not any more."""

    kind: Literal["pinned"]
    request: str
    key: str
    partition: str
    version: int
    pinned: bool


class Assigned(TypedDict):
    """A value has a name now; `text` says what it is."""

    kind: Literal["assigned"]
    request: str
    name: str
    text: str


class Taken(TypedDict):
    """Something else has the name; nothing was done."""

    kind: Literal["taken"]
    request: str
    name: str
    text: str


# What the page says


class Offer(TypedDict):
    """Say what can be done with an asset."""

    kind: Literal["offer"]
    request: str
    key: str


class Accept(TypedDict):
    """Accept what is stale of these assets, and of those of a group unless its name is empty."""

    kind: Literal["accept"]
    request: str
    keys: list[str]
    group: str


class Unaccept(TypedDict):
    """Take back what was accepted last of these assets."""

    kind: Literal["unaccept"]
    request: str
    keys: list[str]


class ShowVersions(TypedDict):
    """Send a page of a history, of one partition unless that is empty."""

    kind: Literal["show_versions"]
    request: str
    key: str
    partition: str
    start: int


class ShowVersion(TypedDict):
    """Send what made a version."""

    kind: Literal["show_version"]
    request: str
    key: str
    partition: str
    version: int


class Compare(TypedDict):
    """Send what changed between two versions."""

    kind: Literal["compare"]
    request: str
    key: str
    partition: str
    old: int
    new: int


class ShowDiffering(TypedDict):
    """Send rows that differ between two versions: of these kinds, of the changed ones those that changed in a column."""

    kind: Literal["show_differing"]
    request: str
    key: str
    partition: str
    old: int
    new: int
    start: int
    length: int
    kinds: list[str]
    column: str


class Pin(TypedDict):
    """Pin a version, or let it go."""

    kind: Literal["pin"]
    request: str
    key: str
    partition: str
    version: int
    pinned: bool


class Assign(TypedDict):
    """Load a value into a variable: of a version, or of the one that stands for the asset where that is 0."""

    kind: Literal["assign"]
    request: str
    key: str
    partition: str
    version: int
    name: str
    replace: bool


FromKernel = (
    Offers | Accepted | Unaccepted | Versions | Version | Compared | Differing | Pinned | Assigned | Taken
)
ToKernel = Offer | Accept | Unaccept | ShowVersions | ShowVersion | Compare | ShowDiffering | Pin | Assign


_ONE: Fields = {"request": is_text, "key": is_text, "partition": is_text}

FIELDS: Mapping[str, Fields] = {
    "offer": {"request": is_text, "key": is_text},
    "accept": {"request": is_text, "keys": are_names, "group": is_text},
    "unaccept": {"request": is_text, "keys": are_names},
    "show_versions": {**_ONE, "start": is_count},
    "show_version": {**_ONE, "version": is_count},
    "compare": {**_ONE, "old": is_count, "new": is_count},
    "show_differing": {
        **_ONE,
        "old": is_count,
        "new": is_count,
        "start": is_count,
        "length": is_count,
        "kinds": are_row_kinds,
        "column": is_text,
    },
    "pin": {**_ONE, "version": is_count, "pinned": is_flag},
    "assign": {**_ONE, "version": is_count, "name": is_text, "replace": is_flag},
}
"""What each message of the page holds."""
