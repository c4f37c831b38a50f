"""Draws, for each column that changed, how many of its cells did and what that did to the column as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.diff.blocks import Measure, Measures
from nb_assets.diff.distribution import distribution
from nb_assets.diff.wording import count, percent

if TYPE_CHECKING:
    from nb_assets.diff.frame_cells import ColumnPair

_MOST_LISTED = 24


def column_measures(columns: list[ColumnPair], changed: dict[str, int], rows: int) -> Measures:
    """Measure the changed columns, the most changed first."""
    by_name = {pair.name: pair for pair in columns}
    listed = list(changed.items())[:_MOST_LISTED]
    measures = tuple(_measure(by_name[name], cells, rows) for name, cells in listed)
    more = len(changed) > len(listed)
    return Measures(
        measures, f"the {len(listed)} most changed of {count(len(changed), 'column')}:" if more else ""
    )


def _measure(pair: ColumnPair, cells: int, rows: int) -> Measure:
    found = distribution(pair.old, pair.new)
    detail = " · ".join([percent(cells, rows), *found.moved])
    return Measure(pair.name, count(cells, "cell"), cells / rows, "changed", detail, found.shape)
