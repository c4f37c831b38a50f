"""Compares paired columns cell by cell, in types that make their values comparable.

Policy: null equals null and NaN equals NaN. In pandas NaN *is* the missing value, so there null and NaN are equal too;
in polars and Arrow they differ. A column whose type changed is compared by value where both types are numbers, times
or text, else as text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from nb_assets.diff.pairing import Pairing


@dataclass(frozen=True, kw_only=True)
class ColumnPair:
    """A column of both frames, comparable."""

    name: str
    old: pl.Series
    new: pl.Series


def comparable(name: str, old: pl.Series, new: pl.Series, *, nan_is_missing: bool) -> ColumnPair:
    """Bring a column of both frames to one type."""
    import polars as pl

    if old.dtype != new.dtype:
        old, new = _same_type(old, new)
    elif isinstance(old.dtype, pl.Categorical):
        old, new = old.cast(pl.String), new.cast(pl.String)
    if nan_is_missing and old.dtype.is_float() and (old.null_count() or new.null_count()):
        old, new = old.fill_nan(None), new.fill_nan(None)
    return ColumnPair(name=name, old=old, new=new)


def _same_type(old: pl.Series, new: pl.Series) -> tuple[pl.Series, pl.Series]:
    import polars as pl

    kinds = (old.dtype, new.dtype)
    if isinstance(old.dtype, pl.Null) or isinstance(new.dtype, pl.Null):
        target = new.dtype if isinstance(old.dtype, pl.Null) else old.dtype
    elif all(kind.is_integer() for kind in kinds):
        # The common supertype of the two is a float, which confuses large identifiers.
        target = _whole(kinds)
    elif all(kind.is_numeric() or kind == pl.Boolean for kind in kinds):
        target = pl.Float64()
    elif all(isinstance(kind, (pl.Date, pl.Datetime)) for kind in kinds):
        return _naive(old), _naive(new)
    elif all(isinstance(kind, pl.Duration) for kind in kinds):
        target = pl.Duration("ns")
    else:
        return as_text(old), as_text(new)
    return old.cast(target, strict=False), new.cast(target, strict=False)


def _whole(kinds: tuple[pl.DataType, pl.DataType]) -> pl.DataType:
    """Give a type that holds every whole number of both."""
    import polars as pl

    if any(str(kind) == "Int128" for kind in kinds):
        return pl.Int128()
    if any(str(kind) == "UInt128" for kind in kinds):
        return pl.String()
    return pl.Decimal(38, 0) if pl.UInt64 in kinds else pl.Int64()


def _naive(times: pl.Series) -> pl.Series:
    """Give the clock that a reader sees, so that a changed time zone shows where the clock changed."""
    import polars as pl

    if isinstance(times.dtype, pl.Datetime) and times.dtype.time_zone is not None:
        times = pl.Series(times.dt.replace_time_zone(None))
    return pl.Series(times.cast(pl.Datetime("us")))


def as_text(values: pl.Series) -> pl.Series:
    """Write each value as text."""
    import polars as pl

    if values.dtype.is_nested() or isinstance(values.dtype, (pl.Binary, pl.Object)):
        return pl.Series(
            [None if value is None else repr(value) for value in values.to_list()], dtype=pl.String
        )
    if isinstance(values.dtype, pl.Duration):  # polars does not write out how long something takes.
        return pl.Series([None if value is None else str(value) for value in values], dtype=pl.String)
    return pl.Series(values.cast(pl.String, strict=False))


def changed_cells(columns: list[ColumnPair], pairing: Pairing, tolerance: float | None) -> pl.DataFrame:
    """Mark, for each pair of rows, the columns that differ; columns are named by their place."""
    import polars as pl

    olds = _rows(
        pl.DataFrame({f"o{place}": pair.old for place, pair in enumerate(columns)}),
        pairing.old_rows,
        pairing.matched,
    )
    news = _rows(
        pl.DataFrame({f"n{place}": pair.new for place, pair in enumerate(columns)}),
        pairing.new_rows,
        pairing.matched,
    )
    differs = [_differs(place, pair, tolerance).alias(f"c{place}") for place, pair in enumerate(columns)]
    return olds.hstack(news).select(differs) if columns else pl.DataFrame()


def _rows(frame: pl.DataFrame, rows: pl.Series | None, matched: int) -> pl.DataFrame:
    return frame.head(matched) if rows is None else frame[rows]


def _differs(place: int, pair: ColumnPair, tolerance: float | None) -> pl.Expr:
    import polars as pl

    old, new = pl.col(f"o{place}"), pl.col(f"n{place}")
    if tolerance is None or not pair.old.dtype.is_numeric():
        return old.ne_missing(new)
    distance = (old.cast(pl.Float64) - new.cast(pl.Float64)).abs()
    return old.ne_missing(new) & ~(distance <= tolerance).fill_null(value=False)
