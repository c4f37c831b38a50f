from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from nb_assets.views.preview import CELL, COLUMNS, ROWS, TEXT, table_preview, text_preview

DATA = {"city": ["Rome", None], "size": [1.5, float("nan")]}
FRAMES = {
    "pandas": pd.DataFrame(DATA),
    "polars": pl.DataFrame(DATA),
    "arrow": pa.table(DATA),
}


@pytest.mark.parametrize("library", FRAMES)
def test_a_frame_is_a_table_of_texts(library):
    view = table_preview(FRAMES[library])
    columns = view["columns"][-2:]
    rows = [row[-2:] for row in view["rows"]]
    assert columns == ["city", "size"]
    assert rows[0] == ["Rome", "1.5"]
    assert view["more"] == ""


def test_a_large_frame_is_cut_to_its_corner_and_says_so():
    frame = pd.DataFrame({f"c{i}": ["x" * 500] * 100 for i in range(40)})
    view = table_preview(frame)
    assert (len(view["rows"]), len(view["columns"])) == (ROWS, COLUMNS + 1)
    assert all(len(cell) <= CELL for row in view["rows"] for cell in row)
    assert view["more"] == "92 more rows, 28 more columns"


def test_a_series_has_one_column():
    assert table_preview(pd.Series([1, 2], name="n"))["columns"] == ["", "n"]
    assert table_preview(pl.Series("n", [1, 2]))["rows"] == [["1"], ["2"]]


def test_a_matrix_is_a_table_and_other_arrays_are_not():
    assert table_preview(np.arange(4).reshape(2, 2))["rows"] == [["0", "1"], ["2", "3"]]
    assert table_preview(np.arange(4)) is None


def test_a_subclass_is_what_it_derives_from():
    class Mine(pd.DataFrame):
        pass

    assert table_preview(Mine(DATA))["columns"] == ["", "city", "size"]


def test_other_values_are_short_texts():
    assert table_preview({"a": 1}) is None
    assert text_preview({"a": [1, 2]}) == "{'a': [1, 2]}"
    assert text_preview("two\nlines") == "two\nlines"
    assert len(text_preview("x" * 10_000)) == TEXT + 1
    assert len(text_preview(list(range(10**6)))) < TEXT
