"""Pairing by whole numbers that lie close together gives what a join gives."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nb_assets.diff import frame_pairs, span_pairs
from nb_assets.diff.frame_pairs import pair_by_key
from nb_assets.diff.span_pairs import dense_span, pair_by_span


def keys(values, dtype=pl.Int64):
    return pl.DataFrame({"k0": pl.Series(values, dtype=dtype)})


def said(pairing):
    """What a pairing says, whichever way it says it."""
    if pairing is None:
        return None
    olds = range(pairing.matched) if pairing.old_rows is None else pairing.old_rows.to_list()
    news = range(pairing.matched) if pairing.new_rows is None else pairing.new_rows.to_list()
    pairs = list(zip(olds, news, strict=True))
    return pairs, list(pairing.removed), list(pairing.added), pairing.reordered


@settings(max_examples=300)
@given(old=st.lists(st.integers(-6, 9), max_size=14), new=st.lists(st.integers(-6, 9), max_size=14))
def test_the_table_pairs_as_the_join_does(old, new):
    if not old or not new:
        return
    span = (min(*old, *new), max(*old, *new)) if len({*old, *new}) > 1 else (old[0], old[0])
    by_table = pair_by_span(keys(old), keys(new), *span)
    assert said(by_table) == said(frame_pairs._joined(keys(old), keys(new)))


@pytest.mark.parametrize("dtype", [pl.Int8, pl.UInt8, pl.Int32, pl.UInt64])
def test_narrow_and_unsigned_types_do_not_overflow(dtype):
    old, new = keys([100, 3, 50], dtype), keys([3, 100, 4], dtype)
    assert said(pair_by_span(old, new, 3, 100)) == said(frame_pairs._joined(old, new))


def test_the_ends_of_each_type_are_no_trap():
    for dtype in (pl.Int8, pl.Int64, pl.UInt64):
        low, high = (
            pl.Series([0], dtype=dtype).lower_bound()[0],
            pl.Series([0], dtype=dtype).upper_bound()[0],
        )
        values = [low, low + 2, low + 1] if dtype != pl.UInt64 else [high, high - 2, high - 1]
        old, new = keys(values, dtype), keys(values[::-1], dtype)
        assert said(pair_by_span(old, new, min(values), max(values))) == said(frame_pairs._joined(old, new))
    old, new = keys([-128, 127], pl.Int8), keys([127, -128], pl.Int8)
    assert said(pair_by_span(old, new, -128, 127)) == said(frame_pairs._joined(old, new))


def test_only_close_whole_numbers_go_through_a_table():
    rows = span_pairs._FEWEST_ROWS
    close = keys(np.arange(rows))
    assert dense_span(close, close) == (0, rows - 1)
    assert dense_span(close, keys(np.arange(rows) * 1000)) is None
    assert dense_span(close, keys([1, 2])) is None
    assert dense_span(close, keys([*range(rows - 1), None])) is None
    texts = pl.DataFrame({"k0": pl.Series(range(rows)).cast(pl.String)})
    assert dense_span(texts, texts) is None


def test_large_frames_pair_through_the_table():
    rows = 2 * span_pairs._FEWEST_ROWS
    old = keys(np.arange(rows))
    new = keys(np.arange(rows)[::-1] + 5)
    pairing = pair_by_key(old, new)
    assert pairing is not None
    assert (pairing.matched, len(pairing.added), len(pairing.removed)) == (rows - 5, 5, 5)
    assert said(pairing) == said(frame_pairs._joined(old, new))
