"""Draws, for each column that changed, how many of its cells did and what that did to the column as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.diff.blocks import Measure, Measures
from nb_assets.diff.cell_text import value_text
from nb_assets.diff.wording import ARROW, count, number_text, percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from nb_assets.diff.frame_cells import ColumnPair

_MOST_LISTED = 24


def column_measures(columns: list[ColumnPair], changed: dict[str, int], rows: int) -> Measures:
    """Measure the changed columns, the most changed first."""
    by_name = {pair.name: pair for pair in columns}
    listed = list(changed.items())[:_MOST_LISTED]
    measures = tuple(
        Measure(name, count(cells, "cell"), cells / rows, "changed", _detail(by_name[name], cells, rows))
        for name, cells in listed
    )
    more = len(changed) > len(listed)
    return Measures(
        measures, f"the {len(listed)} most changed of {count(len(changed), 'column')}:" if more else ""
    )


def _detail(pair: ColumnPair, cells: int, rows: int) -> str:
    return " · ".join([percent(cells, rows), *_shifts(pair)])


def _shifts(pair: ColumnPair) -> Iterator[str]:
    """Say what moved: the mean of numbers, the span of times, the count of nulls and of distinct texts."""
    if pair.old.dtype.is_numeric():
        means = [_mean(series) for series in (pair.old, pair.new)]
        yield from _moved("mean", *means)
    elif pair.old.dtype.is_temporal():
        yield from _moved("latest", *(value_text(series.max()) for series in (pair.old, pair.new)))
    missing = [f"{series.null_count():,}" for series in (pair.old, pair.new)]
    yield from _moved("nulls", *missing)


def _mean(series: pl.Series) -> str:
    if series.dtype.is_float():
        series = series.filter(series.is_finite())
    mean = series.mean()
    return "none" if not isinstance(mean, (int, float)) else number_text(float(f"{mean:.4g}"))


def _moved(what: str, before: str, after: str) -> Iterator[str]:
    if before != after:
        yield f"{what} {before} {ARROW} {after}"
