"""Browsing: every row that differs is on exactly one page, whatever is asked for."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nb_assets.diff.frame_pages import LONGEST_PAGE, FramePages
from nb_assets.errors import UsageError


def rows_of(pages, length, **asked):
    """All rows, gathered page by page."""
    found, start = [], 0
    while True:
        page = pages.page(start, length, **asked)
        found += page.table.rows
        start += length
        if start >= page.total:
            return found


def shifted(rows=500):
    old = pd.DataFrame({"id": range(rows), "x": np.arange(rows) * 1.0, "s": "a"})
    new = old.iloc[20:].copy()
    new.loc[new.id % 5 == 0, "x"] += 1
    new.loc[new.id % 7 == 0, "s"] = "b"
    more = pd.DataFrame({"id": range(rows, rows + 30), "x": 0.0, "s": "c"})
    return old, pd.concat([new, more], ignore_index=True)


@given(length=st.integers(1, 70), kinds=st.sets(st.sampled_from(["changed", "added", "removed"]), min_size=1))
def test_pages_hold_each_row_once(length, kinds):
    pages = FramePages(*shifted(), key="id")
    found = rows_of(pages, length, kinds=kinds)
    assert len(found) == sum(pages.counts[kind] for kind in kinds)
    ids = [row.cells[0].text for row in found]
    assert len(set(ids)) == len(ids)
    assert {row.mark for row in found} == {kind for kind in kinds if pages.counts[kind]}


def test_a_column_narrows_the_changed_rows():
    pages = FramePages(*shifted(), key="id")
    found = rows_of(pages, 50, kinds=["changed"], column="s")
    assert len(found) == pages.columns["s"]
    assert all(int(row.cells[0].text) % 7 == 0 for row in found)


def test_a_page_past_the_end_is_the_last_row():
    page = FramePages(*shifted(), key="id").page(10**9, 10)
    assert page.start == page.total - 1
    assert len(page.table.rows) == 1


def test_a_page_is_never_longer_than_the_bound():
    assert len(FramePages(*shifted(2000), key="id").page(0, 10**9).table.rows) == LONGEST_PAGE


def test_equal_frames_have_no_rows_to_page_through():
    old, _ = shifted()
    page = FramePages(old, old.copy()).page()
    assert (page.total, page.table.rows) == (0, ())


def test_rows_without_a_key_are_numbered():
    old = pl.DataFrame({"x": [1.5, 2.5, 3.5]})
    page = FramePages(old, pl.DataFrame({"x": [1.5, 9.5, 3.5]})).page()
    assert [column.name for column in page.table.columns] == ["row", "x"]
    assert [cell.text for cell in page.table.rows[0].cells] == ["1", "9.5"]


def test_frames_of_thousands_of_columns_show_those_that_changed():
    old = pd.DataFrame(np.zeros((3, 3000)), columns=[f"c{n}" for n in range(3000)])
    new = old.assign(c2999=1.0)
    table = FramePages(old, new).page().table
    assert "c2999" in [column.name for column in table.columns]
    assert "of 3,000 columns" in table.caption


def test_what_is_no_frame_is_refused():
    with pytest.raises(UsageError, match="not in a list"):
        FramePages([1], [2])


def test_an_unknown_column_is_refused_with_near_names():
    with pytest.raises(UsageError, match="Did you mean `x`"):
        FramePages(*shifted(), key="id").page(column="xx")
