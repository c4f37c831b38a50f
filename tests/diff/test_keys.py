"""Keys that nobody named: which columns are chosen, and that the search stays bounded."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pytest

from nb_assets.diff import diff

ROWS = 60


def edited(frame):
    """Change a value, drop a row, and shuffle, so that only a key can tell what happened."""
    return (
        frame.with_columns(v=pl.when(pl.int_range(pl.len()) == 5).then(99.5).otherwise(pl.col("v")))
        .filter(pl.int_range(pl.len()) != 7)
        .sample(fraction=1, shuffle=True, seed=0)
    )


BASE = {"v": np.arange(ROWS) * 0.5}


@pytest.mark.parametrize(
    ("columns", "key"),
    [
        pytest.param(
            {"n": range(ROWS), "order_id": range(ROWS)}, ("order_id",), id="named like an identifier"
        ),
        pytest.param({"n": range(ROWS), "tripId": range(ROWS)}, ("tripId",), id="in camel case"),
        pytest.param(
            {"n": range(ROWS), "city": [f"c{i}" for i in range(ROWS)]}, ("city",), id="text before numbers"
        ),
        pytest.param({"n": range(ROWS)}, ("n",), id="whole numbers at last"),
        pytest.param(
            {"day": [i // 6 for i in range(ROWS)], "hour": [i % 6 for i in range(ROWS)]},
            ("day", "hour"),
            id="a pair",
        ),
        pytest.param(
            {
                "a": [i // 20 for i in range(ROWS)],
                "b": [i // 5 % 4 for i in range(ROWS)],
                "c": [i % 5 for i in range(ROWS)],
            },
            ("a", "b", "c"),
            id="a triple",
        ),
        pytest.param({"n": [None, *range(ROWS - 1)]}, None, id="no key holds nulls"),
        pytest.param({}, None, id="no key is a measurement"),
        pytest.param({"n": [i // 2 for i in range(ROWS)]}, None, id="nothing unique"),
    ],
)
def test_the_smallest_most_telling_key_is_found(columns, key):
    old = pl.DataFrame({**columns, **BASE})
    result = diff(old, edited(old))
    assert result.key == key
    if key is not None:
        assert (result.rows_added, result.rows_removed, result.rows_changed) == (0, 1, 1)
        assert all(f"`{name}`" in str(result) for name in key)


def test_the_key_that_recognises_the_most_rows_wins():
    old = pl.DataFrame({"hash_id": [f"old {i}" for i in range(ROWS)], "name": [f"n{i}" for i in range(ROWS)]})
    new = old.with_columns(hash_id=pl.concat_str(pl.lit("new "), "hash_id")).sample(
        fraction=1, shuffle=True, seed=1
    )
    assert diff(old, new).key == ("name",)


def test_an_accidental_key_loses_to_the_position():
    old, new = pd.DataFrame({"total": [10, 20, 30]}), pd.DataFrame({"total": [11, 21, 30]})
    result = diff(old, new)
    assert (result.paired_by, result.summary) == ("position", "2 rows changed")


def test_a_multi_index_is_a_key_together():
    index = pd.MultiIndex.from_product([["a", "b"], [1, 2]], names=["group", "n"])
    old = pd.DataFrame({"v": [1.0, 2.0, 3.0, 4.0]}, index=index)
    new = old.iloc[[3, 2, 1]].assign(v=[5.0, 3.0, 2.0])
    result = diff(old, new)
    assert result.key == ("group", "n")
    assert (result.rows_removed, result.rows_changed) == (1, 1)


def test_hundreds_of_repeating_columns_do_not_explode_the_search():
    rng = np.random.default_rng(0)
    old = pl.DataFrame({f"c{place}": rng.integers(0, 2, 500) for place in range(300)})
    result = diff(old, old.head(499))
    assert (result.key, result.rows_removed) == (None, 1)
