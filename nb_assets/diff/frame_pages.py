"""All the rows of two data frames that differ, a page at a time.

The diff itself keeps no data; this keeps both frames, for as long as somebody browses.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from nb_assets.diff.blocks import Column, Table
from nb_assets.diff.dataframe import described
from nb_assets.diff.dispatch import checked_options
from nb_assets.diff.frame_compare import compare_frames
from nb_assets.diff.frame_input import as_frames, is_frame
from nb_assets.diff.frame_sample import changed_counts, changed_row, column_head, whole_row
from nb_assets.diff.safely import type_name
from nb_assets.diff.wording import count
from nb_assets.errors import UsageError, near

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from nb_assets.diff.blocks import Row

RowKind = Literal["changed", "added", "removed"]
ROW_KINDS: tuple[RowKind, ...] = ("changed", "added", "removed")
LONGEST_PAGE = 200
"""How many rows one page may have."""
_MOST_COLUMNS = 40


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some of the rows that differ.

    Attributes
    ----------
    table
        The rows, changed ones before those added and removed.
    start, total
        The place of the first of them, and how many there are in all.
    """

    table: Table
    start: int
    total: int


class FramePages:
    """Two frames, compared once, and the rows that differ.

    Parameters
    ----------
    key, tolerance
        As `diff` takes them.

    Raises
    ------
    UsageError
        When one of the two is no data frame.
    """

    def __init__(
        self, old: Any, new: Any, key: str | Sequence[str] | None = None, tolerance: float | None = None
    ) -> None:
        for value in (old, new):
            if not is_frame(value):
                raise UsageError(
                    f"rows are browsed in data frames of pandas, polars, Arrow and DuckDB, not in a {type_name(value)}."
                )
        self._compared = compare_frames(*as_frames(old, new), checked_options(key, tolerance))
        self.diff = described(self._compared)
        self._places = {pair.name: place for place, pair in enumerate(self._compared.columns)}

    @property
    def counts(self) -> dict[RowKind, int]:
        """How many rows changed, came and went."""
        return {
            "changed": self.diff.rows_changed,
            "added": self.diff.rows_added,
            "removed": self.diff.rows_removed,
        }

    @property
    def columns(self) -> dict[str, int]:
        """The changed columns with the number of their changed cells, the most changed first."""
        return dict(self.diff.columns_changed)

    def page(
        self,
        start: int = 0,
        length: int = 50,
        *,
        kinds: Collection[str] = ROW_KINDS,
        column: str | None = None,
    ) -> Page:
        """Return the rows from a place on.

        Parameters
        ----------
        length
            How many rows, at most `LONGEST_PAGE`; fewer at the end.
        kinds
            Which of the changed, added and removed rows.
        column
            Of the changed rows only those that changed in this column.

        Raises
        ------
        UsageError
            When the frames have no such column in common.
        """
        if column is not None and column not in self._places:
            hint = near(column, self._places)
            raise UsageError(f"the two frames have no column `{column}` in common.{hint}")
        sources = [(kind, self._rows(kind, column)) for kind in ROW_KINDS if kind in kinds]
        total = sum(len(rows) for _, rows in sources)
        start = max(0, min(start, total - 1))
        names = self._names(column)
        rows = tuple(self._set(sources, start, max(1, min(length, LONGEST_PAGE)), names))
        heads = [column_head(self._compared, name) for name in names]
        if self._compared.key is None:
            heads.insert(0, Column("row", numeric=True))
        width = len({*self._compared.old.columns, *self._compared.new.columns})
        caption = f"{len(names)} of {count(width, 'column')}" if width > len(names) else ""
        return Page(table=Table(tuple(heads), rows, caption), start=start, total=total)

    def _rows(self, kind: RowKind, column: str | None) -> Any:
        pairing, matched = self._compared.pairing, self._compared.matched
        if kind == "changed":
            flags = matched.rows if column is None else matched.cells[f"c{self._places[column]}"]
            return flags.arg_true()
        return pairing.added if kind == "added" else pairing.removed

    def _set(
        self, sources: list[tuple[RowKind, Any]], start: int, length: int, names: list[str]
    ) -> Iterator[Row]:
        for kind, rows in sources:
            here = rows[start : start + length]
            for row in here:
                if kind == "changed":
                    yield changed_row(self._compared, int(row), names)
                else:
                    yield whole_row(self._compared, int(row), names, kind)
            length -= len(here)
            start = max(0, start - len(rows))
            if not length:
                return

    def _names(self, column: str | None) -> list[str]:
        """Put the key and what changed first, then the rest in the order of the frame."""
        compared = self._compared
        counts = changed_counts(compared)
        changed = [pair.name for pair, cells in zip(compared.columns, counts, strict=False) if cells]
        first = [*(compared.key or ()), *([column] if column is not None else []), *changed]
        order = dict.fromkeys([*first, *compared.new.columns, *compared.old.columns])
        return list(islice(order, _MOST_COLUMNS))
