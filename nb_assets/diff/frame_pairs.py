"""Pairs the rows of two frames: by key, by position, or as multisets of whole rows.

A pairing is only row numbers; nothing here compares values that are not part of a key. Keys that repeat are paired in
their order of appearance, so that every row has at most one partner whatever the data.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nb_assets.diff.pairing import Pairing
from nb_assets.diff.span_pairs import dense_span, pair_by_span

if TYPE_CHECKING:
    import polars as pl

OLD, NEW, NTH = "__nb_old", "__nb_new", "__nb_nth"


def pair_by_position(old: int, new: int) -> Pairing:
    """Pair the first with the first; what is left over at the end was added or removed."""
    matched = min(old, new)
    return Pairing(matched=matched, removed=range(matched, old), added=range(matched, new))


def pair_by_key(old: pl.DataFrame, new: pl.DataFrame) -> Pairing | None:
    """Pair rows whose cells in these key columns are equal; None when a key repeats on either side."""
    shared = min(old.height, new.height)
    if shared and old.head(shared).equals(new.head(shared)):
        # The usual case by far: the same rows in the same order, perhaps with more below them.
        longer = old if old.height > new.height else new
        return pair_by_position(old.height, new.height) if is_unique(longer) else None
    dense = dense_span(old, new)
    return _joined(old, new) if dense is None else pair_by_span(old, new, *dense)


def pair_repeated(old: pl.DataFrame, new: pl.DataFrame) -> Pairing:
    """Pair rows by a key that repeats: its first appearance with the first, its second with the second."""
    numbered_old, numbered_new = _numbered(old), _numbered(new)
    repeated = int((numbered_old[NTH] > 0).sum()) + int((numbered_new[NTH] > 0).sum())
    shared = min(old.height, new.height)
    if shared and old.head(shared).equals(new.head(shared)):
        pairing: Pairing | None = pair_by_position(old.height, new.height)
    else:
        pairing = _joined(numbered_old, numbered_new)
    assert pairing is not None  # Numbered keys do not repeat.
    return replace(pairing, repeated=repeated)


def pair_as_multisets(old: pl.DataFrame, new: pl.DataFrame) -> Pairing:
    """Pair whole rows that are equal, each with at most one."""
    plain = all(_hashes_by_value(old[name].dtype) for name in old.columns)
    return pair_repeated(*(_hashed(old, new) if old.width > (1 if plain else _WIDEST_JOIN) else (old, new)))


_WIDEST_JOIN = 64


def _hashes_by_value(kind: pl.DataType) -> bool:
    return kind.is_numeric() or kind.is_temporal() or str(kind) in {"String", "Boolean"}


def is_unique(keys: pl.DataFrame) -> bool:
    """Whether no two rows are equal."""
    if keys.width == 1:
        return keys.to_series().n_unique() == keys.height
    return keys.n_unique() == keys.height


def _joined(old: pl.DataFrame, new: pl.DataFrame) -> Pairing | None:
    import numpy as np
    import polars as pl

    nulls_are_equal: Any = _nulls_are_equal()
    try:
        both = old.with_row_index(OLD).join(
            new.with_row_index(NEW), on=old.columns, how="left", validate="1:1", **nulls_are_equal
        )
    except pl.exceptions.ComputeError:
        return None
    both = both.select(OLD, NEW)
    if not both[OLD].is_sorted():
        both = both.sort(OLD)
    missing = both[NEW].is_null()
    removed = both.filter(missing)[OLD]
    kept = both.filter(~missing) if len(removed) else both
    added = pl.Series(range(0), dtype=pl.UInt32)
    if kept.height < new.height:
        unseen = np.ones(new.height, dtype=bool)
        unseen[kept[NEW].to_numpy()] = False
        added = pl.Series(np.flatnonzero(unseen), dtype=pl.UInt32)
    everything = not len(removed)
    return Pairing(
        matched=kept.height,
        old_rows=None if everything else kept[OLD],
        new_rows=kept[NEW],
        removed=removed,
        added=added,
        reordered=not kept[NEW].is_sorted(),
    )


def _numbered(keys: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    if not all(map(_hashes_by_value, keys.dtypes)):
        return keys.with_columns(pl.int_range(pl.len()).over(keys.columns).alias(NTH))
    # Many small groups take a window seconds; in sorted rows each group is a run.
    ordered = keys.with_row_index(OLD).sort(keys.columns, maintain_order=True)
    starts = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift()) for name in keys.columns)
    place = pl.int_range(pl.len())
    begun = pl.when((place == 0) | starts).then(place).otherwise(None).forward_fill()
    numbered = ordered.select(pl.col(OLD), (place - begun).alias(NTH)).sort(OLD)
    return keys.with_columns(numbered[NTH])


def _hashed(old: pl.DataFrame, new: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Stand two 64-bit hashes for each row, since a join on hundreds of columns costs what they hold."""
    import polars as pl

    # polars hashes NaN as it does null; columns that say which is which tell them apart.
    nullable = [
        name
        for name in old.columns
        if old[name].dtype.is_float() and (old[name].null_count() or new[name].null_count())
    ]

    def hashed(rows: pl.DataFrame) -> pl.DataFrame:
        rows = rows.hstack([rows[name].is_null().alias(f"null {name}") for name in nullable])
        return pl.DataFrame({"k0": rows.hash_rows(seed=11), "k1": rows.hash_rows(seed=22)})

    return hashed(old), hashed(new)


def _nulls_are_equal() -> dict[str, bool]:
    import polars as pl

    version = tuple(int(part) for part in pl.__version__.split(".")[:2])
    return {"nulls_equal": True} if version >= (1, 24) else {"join_nulls": True}
