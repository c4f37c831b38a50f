"""Compares versions of assets in the background, for one conversation; keeps the frames whose rows are paged through.

What changed is said by `diff`.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from nb_assets.diff import FrameDiff
from nb_assets.diff.frame_pages import FramePages
from nb_assets.diff.html import block_html
from nb_assets.widget.diff_messages import PageView
from nb_assets.widget.errands import Errands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.diff.value_diff import ValueDiff
    from nb_assets.session import Session
    from nb_assets.widget.errands import Work

__all__ = ["Comparisons", "frame_pages", "page_view", "rows_to_browse"]

SHOWN_BY_THE_DIFF = 10
"""How many rows a diff shows by itself; pages are offered where more differ."""


class Comparisons:
    """What one conversation compares and loads; of each lane only the newest wish counts."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._errands = Errands("nb_assets-comparisons")
        self._lock = threading.Lock()
        self._pages: tuple[object, FramePages] | None = None

    def order(self, lane: str, work: Work) -> None:
        """Have something done in the background; see `Errands.order`."""
        self._errands.order(lane, work)

    def drop(self, view: str) -> None:
        """Forget what a view waits for, and let go of the frames."""
        self._errands.drop(view)
        with self._lock:
            self._pages = None

    def close(self) -> None:
        """Forget what all views wait for, and let go of the frames."""
        self._errands.close()
        with self._lock:
            self._pages = None

    def pages(self, key: AssetKey, old: int, new: int, partition: str | None) -> FramePages:
        """Return the rows that differ between two versions; those of the last two that were asked for are kept."""
        asked = (key, old, new, partition)
        with self._lock:
            kept = self._pages
        if kept is not None and kept[0] == asked:
            return kept[1]
        pages = frame_pages(self._session, key, old, new, partition)
        with self._lock:
            self._pages = asked, pages
        return pages


def frame_pages(session: Session, key: AssetKey, old: int, new: int, partition: str | None) -> FramePages:
    """Read two versions of a data frame, and return the rows that differ."""
    said: Any = session.graph.spec(key).metadata if key in session.graph else {}
    before, after = (session.load(key, version, partition) for version in (old, new))
    return FramePages(before, after, key=said.get("primary_key"))


def page_view(pages: FramePages, start: int, length: int, kinds: Sequence[str], column: str) -> PageView:
    """Return a page of rows, as the page shows it.

    Parameters
    ----------
    column
        That in which changed rows have changed; any where it is empty.
    """
    page = pages.page(start, length, kinds=kinds, column=column or None)
    return PageView(
        html=block_html(page.table),
        start=page.start,
        shown=len(page.table.rows),
        total=page.total,
        counts=dict(pages.counts.items()),
        columns=pages.columns,
    )


def rows_to_browse(diff: ValueDiff) -> int:
    """Return how many rows differ, where that is more than the diff itself shows; else 0."""
    if not isinstance(diff, FrameDiff):
        return 0
    differing = diff.rows_added + diff.rows_removed + diff.rows_changed
    return differing if differing > SHOWN_BY_THE_DIFF else 0
