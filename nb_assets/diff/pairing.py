"""Which row of one frame is which of another: row numbers, and nothing of what is in the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, kw_only=True)
class Pairing:
    """Which row of the old frame is which of the new; None for the row numbers stands for 0, 1, 2 and so on."""

    matched: int
    old_rows: pl.Series | None = None
    new_rows: pl.Series | None = None
    removed: pl.Series | range = range(0)
    added: pl.Series | range = range(0)
    reordered: bool = False
    repeated: int = 0
    """How many rows share their key with an earlier row of the same side."""

    def first(self, pairs: int) -> Pairing:
        """Return only the first pairs of it."""
        few = min(pairs, self.matched)
        old, new = (None if rows is None else rows.head(few) for rows in (self.old_rows, self.new_rows))
        return Pairing(matched=few, old_rows=old, new_rows=new)
