"""Keys of several columns of any type, null and NaN among them, against a brute-force reference."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nb_assets.diff import diff

KEYS = {
    "dates": (pl.Date, [None, dt.date(2024, 1, 1), dt.date(2024, 1, 2)]),
    "floats": (pl.Float64, [None, math.nan, 0.0, 1.5]),
    "words": (pl.String, [None, "", "a"]),
    "categories": (pl.Categorical, [None, "a", "b"]),
    "lists": (pl.List(pl.Int64), [None, [], [1, None]]),
    "structs": (pl.Struct({"a": pl.Int64}), [None, {"a": 1}, {"a": 2}]),
}


def rows(kind):
    return st.lists(
        st.tuples(st.sampled_from(KEYS[kind][1]), st.integers(0, 2), st.integers(0, 2)), max_size=8
    )


def frame(kind, cells):
    columns = [list(column) for column in zip(*cells, strict=True)] if cells else [[], [], []]
    types = (KEYS[kind][0], pl.Int64, pl.Int64)
    return pl.DataFrame(
        {
            name: pl.Series(values, dtype=each)
            for name, values, each in zip("kiv", columns, types, strict=True)
        }
    )


def numbered(cells):
    seen, found = Counter(), {}
    for *key, value in cells:
        name = repr(key)
        found[name, seen[name]] = value
        seen[name] += 1
    return found


@pytest.mark.parametrize("kind", KEYS)
@given(data=st.data())
def test_a_key_of_two_columns_pairs_as_a_reference_does(kind, data):
    old, new = data.draw(rows(kind)), data.draw(rows(kind))
    result = diff(frame(kind, old), frame(kind, new), key=["k", "i"])
    before, after = numbered(old), numbered(new)
    both = before.keys() & after.keys()
    assert result.rows_added == len(after.keys() - both)
    assert result.rows_removed == len(before.keys() - both)
    assert result.columns_changed.get("v", 0) == sum(before[row] != after[row] for row in both)


@pytest.mark.parametrize("kind", KEYS)
@given(data=st.data())
def test_whole_rows_are_counted_as_multisets_whatever_is_in_them(kind, data):
    old, new = data.draw(rows(kind)), data.draw(rows(kind))
    result = diff(frame(kind, old).drop("i"), frame(kind, new).drop("i"))
    if result.paired_by == "content":
        sides = [Counter(repr((key, value)) for key, _, value in cells) for cells in (old, new)]
        assert result.rows_added == (sides[1] - sides[0]).total()
        assert result.rows_removed == (sides[0] - sides[1]).total()


def test_columns_are_found_renamed_where_rows_moved():
    old = pl.DataFrame({"id": range(2_000), "a": [f"a {n}" for n in range(2_000)], "b": [0] * 1_999 + [1]})
    new = (
        old.rename({"a": "first"})
        .with_columns(b=None, last=pl.lit(0))
        .drop("b")
        .sample(fraction=1, shuffle=True)
    )
    result = diff(old, new)
    assert result.columns_renamed == {"a": "first"}
    assert (result.columns_added, result.columns_removed) == (("last",), ("b",))
