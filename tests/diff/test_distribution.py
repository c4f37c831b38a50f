"""How a changed column is distributed: shapes that count right, and words for what moved."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nb_assets.diff import diff
from nb_assets.diff.blocks import Measures
from nb_assets.diff.distribution import distribution
from nb_assets.diff.value_diff import from_dict

NUMBERS = st.lists(st.none() | st.floats(allow_nan=True, allow_infinity=True), min_size=0, max_size=60)


def told(old, new):
    return " · ".join(distribution(pl.Series(old), pl.Series(new)).moved)


def test_shares_of_each_side_are_counted_in_the_same_bins():
    found = distribution(pl.Series([0.0] * 30 + [16.0] * 10), pl.Series([0.0] * 10 + [16.0] * 10)).shape
    assert found is not None
    assert (found.before[0], found.before[-1]) == (1.0, pytest.approx(1 / 3, abs=1e-3))
    assert (found.after[0], found.after[-1]) == (
        pytest.approx(2 / 3, abs=1e-3),
        pytest.approx(2 / 3, abs=1e-3),
    )
    assert sum(found.before[1:-1]) == 0
    assert (found.low, found.high) == ("0", "16")


def test_an_outlier_does_not_flatten_the_rest():
    values = list(np.linspace(0, 1, 999))
    found = distribution(pl.Series([*values, 0.5]), pl.Series([*values, 1e9])).shape
    assert found is not None
    assert found.high.startswith("≥")
    assert sum(height > 0 for height in found.after) > 10


def test_means_medians_nulls_and_infinities_are_told_where_they_moved():
    old = [float(each) for each in range(20)]
    new = [*old[:18], None, float("inf")]
    words = told(old, new)
    assert "mean 9.5 → 8.5" in words
    assert "nulls 0 → 1 (5 %)" in words
    assert "infinite 0 → 1" in words


def test_new_and_vanished_categories_are_named():
    words = told(["a"] * 10 + ["b"] * 10, ["a"] * 10 + ["<c>"] * 10)
    assert words == "new '<c>' · gone 'b'"


def test_the_category_that_moved_most_is_named_where_none_came_or_went():
    assert told([True] * 10 + [False] * 10, [True] * 15 + [False] * 5) == "True 50 % → 75 %"


def test_texts_that_hardly_repeat_are_no_categories():
    old = [f"row {each}" for each in range(40)]
    assert told(old, [*old[:39], "another"]) == ""


def test_times_say_how_their_span_moved():
    days = [dt.date(2024, 1, 1) + dt.timedelta(each) for each in range(20)]
    found = distribution(pl.Series(days), pl.Series([*days[:-1], dt.date(2024, 3, 1)]))
    assert found.moved == ("latest 2024-01-20 → 2024-03-01",)
    assert found.shape is not None
    assert found.shape.low == "2024-01-01"


def test_few_values_have_no_shape():
    assert distribution(pl.Series([1.0, 2.0]), pl.Series([1.0, 3.0])).shape is None


@given(old=NUMBERS, new=NUMBERS)
def test_any_numbers_have_a_distribution_whose_heights_stay_between_zero_and_one(old, new):
    found = distribution(pl.Series(old, dtype=pl.Float64), pl.Series(new, dtype=pl.Float64))
    if found.shape is not None:
        assert len(found.shape.before) == len(found.shape.after)
        assert all(0 <= height <= 1 for height in (*found.shape.before, *found.shape.after))


@given(old=st.lists(st.integers(-5, 5), min_size=12, max_size=40))
def test_equal_columns_have_moved_nowhere(old):
    assert told(old, list(old)) == ""


def test_a_stored_diff_draws_its_shapes_again():
    old = pd.DataFrame({"id": range(50), "x": np.arange(50.0)})
    result = diff(old, old.assign(x=old.x * 2), key="id")
    measures = next(block for block in result.blocks if isinstance(block, Measures))
    assert measures.rows[0].shape is not None
    again = from_dict(result.to_dict())
    assert again.blocks == result.blocks
    assert 'class=shape role=img aria-label="distribution from 0 to 98' in again.to_html()
