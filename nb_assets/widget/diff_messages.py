"""The wire between the kernel and a page that browses a diff: what each side may say, and the check of what the page says.

The same names as in the front end's `browser/messages.ts`. The rows travel as HTML that the diff's own renderer escaped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict, cast

from nb_assets.widget.fields import MessageError, are_row_kinds, is_count, is_text

if TYPE_CHECKING:
    from nb_assets.widget.fields import Fields


class PageView(TypedDict):
    """Some of the rows that differ, and what there is in all."""

    html: str
    start: int
    shown: int
    total: int
    counts: dict[str, int]
    columns: dict[str, int]


class PageShown(PageView):
    """A page that was asked for."""

    kind: Literal["page"]
    request: str


class PageRefused(TypedDict):
    """Why a page cannot be shown."""

    kind: Literal["error"]
    request: str
    message: str


class PageAsked(TypedDict):
    """Show these rows: from a place on, of these kinds, of the changed ones those that changed in a column, if it is named."""

    kind: Literal["page"]
    request: str
    start: int
    length: int
    kinds: list[str]
    column: str


def read_question(content: object) -> PageAsked:
    """Check what the page asks for and return it.

    Raises
    ------
    MessageError
        When it is anything but a page.
    """
    if not isinstance(content, dict) or content.get("kind") != "page":
        raise MessageError("a view of a diff can ask for pages alone.")
    if set(content) != {"kind", *_FIELDS} or not all(holds(content[name]) for name, holds in _FIELDS.items()):
        raise MessageError(f"a page is asked for with {', '.join(_FIELDS)}, each of its type.")
    return cast("PageAsked", content)


_FIELDS: Fields = {
    "request": is_text,
    "start": is_count,
    "length": is_count,
    "kinds": are_row_kinds,
    "column": is_text,
}
