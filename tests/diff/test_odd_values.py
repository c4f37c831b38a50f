"""Values that are easily mistaken: unequal ones that look alike, equal ones that do not, and those that misbehave."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from PIL import Image

from nb_assets.diff import diff, from_dict

MASKED = np.ma.array([1, 2, 3], mask=[False, True, False])


class Unplaced:
    """Its class says of no module that it is from there."""


Unplaced.__module__ = None


class Misbehaving:
    @property
    def __class__(self):
        raise RuntimeError("no class")

    def __repr__(self):
        return "<Misbehaving>"


class UnprintableError(Exception):
    def __str__(self):
        raise RuntimeError("no words")


class Failing(dict):
    def items(self):
        raise UnprintableError


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            Image.new("F", (3, 3), 0.1), Image.new("F", (3, 3), 0.2), id="pixels that are fractions"
        ),
        pytest.param(Image.new("F", (3, 3), 300.0), Image.new("F", (3, 3), 400.0), id="pixels beyond 255"),
        pytest.param(Image.new("I", (3, 3), 70_000), Image.new("I", (3, 3), 80_000), id="32-bit pixels"),
        pytest.param(Image.new("I;16", (3, 3), 300), Image.new("I;16", (3, 3), 400), id="16-bit pixels"),
        pytest.param(Image.new("RGB", (0, 0)), Image.new("RGB", (1, 0)), id="images without pixels"),
        pytest.param({1, 2}, frozenset({1, 2}), id="sets of two types"),
        pytest.param(MASKED, np.ma.array([1, 2, 3]), id="a mask"),
        pytest.param(MASKED, np.ma.array([1, 2, 4], mask=[0, 1, 0]), id="beside a mask"),
        pytest.param(Decimal(f"1.{'0' * 30}1"), Decimal(f"1.{'0' * 30}2"), id="beyond what floats hold"),
        pytest.param(Fraction(10**5_000, 7), Fraction(10**5_000, 9), id="fractions of thousands of digits"),
        pytest.param(10**5_000, np.float32(1), id="beyond what floats of NumPy hold"),
        pytest.param(Unplaced(), Unplaced(), id="a class of no module"),
        pytest.param(Misbehaving(), Misbehaving(), id="a class that raises"),
        pytest.param(Failing(a=1), Failing(a=2), id="an error that cannot be printed"),
        pytest.param(pd.Index([1, 2]), pd.Index([1, 3]), id="indexes"),
        pytest.param(pd.Categorical(["a", "b"]), pd.Categorical(["a", "c"]), id="categoricals"),
        pytest.param(pa.array([1, 2]), pa.array([1, 3]), id="Arrow arrays"),
    ],
)
def test_values_that_differ_are_told_apart(old, new):
    result = diff(old, new)
    assert not result.equal
    assert not diff(new, old).equal
    assert "compared by what it prints" not in str(result) or isinstance(old, Failing)
    assert from_dict(json.loads(json.dumps(result.to_dict()))).to_html() == result.to_html()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(pd.NaT, pd.Series([None], dtype="M8[ns]")[0], id="missing moments"),
        pytest.param(Decimal("sNaN"), Decimal("sNaN"), id="signalling NaN"),
        pytest.param(MASKED, np.ma.array([1, 9, 3], mask=[0, 1, 0]), id="below a mask"),
        pytest.param(
            np.array([(1, np.nan, (2.0, np.nan))], "i4,f8,2f8"),
            np.array([(1, np.nan, (2.0, np.nan))], "i4,f8,2f8"),
            id="NaN in fields",
        ),
        pytest.param(pd.Index(["a"]), pd.Index(["a"]), id="indexes"),
        pytest.param(pd.Categorical(["a", None]), pd.Categorical(["a", None]), id="categoricals"),
        pytest.param(pa.chunked_array([[1], [2]]), pa.chunked_array([[1, 2]]), id="chunks"),
    ],
)
def test_values_that_are_equal_are_not_told_apart(old, new):
    assert diff(old, new).equal


@pytest.mark.filterwarnings("ignore:the matrix subclass")
def test_matrices_are_compared_like_arrays():
    assert diff(np.matrix([[1, 2]]), np.matrix([[1, 3]])).summary.startswith("1 of 2 elements changed")


@pytest.mark.parametrize("written", ["a\u200b", "a\ufeff", "a\u0301", "a\u202e"])
def test_texts_that_look_alike_are_told_apart_in_a_cell(written):
    looks_like = "\u00e1" if written == "a\u0301" else "a"
    result = diff(pl.DataFrame({"t": [looks_like]}), pl.DataFrame({"t": [written]}))
    assert ascii(written)[1:-1] in str(result)


@pytest.mark.parametrize("hidden", ["\x00", "\x1b[31m", "\u202e", "\ud800", "\x9b", "\u2066"])
def test_what_a_terminal_would_obey_or_refuse_is_not_printed(hidden):
    for old, new in [(hidden + "a", "b"), ({hidden: 1}, {hidden: 2}), ([hidden], [hidden, hidden])]:
        result = diff(old, new)
        for shown in (str(result), result._repr_markdown_(), repr(result), result.to_html(), result.summary):
            shown.encode()
            assert hidden not in shown


def test_a_summary_is_one_line_whatever_the_names():
    old = pd.DataFrame({"a\nb": [1]})
    assert "\n" not in diff(old, old.rename(columns=lambda name: name + "\r\n")).summary


def test_a_change_far_along_a_line_is_seen():
    result = diff("x " * 1_000 + "before", "x " * 1_000 + "after")
    assert "before" in str(result)
    assert "after" in str(result)


@pytest.mark.parametrize("other", [pl.Series(["x", "y"]), pl.Series([1, 2]), pl.Series([None, True])])
def test_durations_are_compared_with_anything(other):
    old = pl.DataFrame({"t": [dt.timedelta(1), None]})
    result = diff(old, other.to_frame("t"))
    assert result.kind == "frame"
    assert result.columns_changed["t"] >= 1


@pytest.mark.parametrize("other", [pl.Int64, pl.Int8, pl.UInt64])
def test_whole_numbers_of_128_bits_lose_none(other):
    old = pl.DataFrame({"n": pl.Series([2**100, 1], dtype=pl.Int128)})
    for value in (None, 5):
        new = pl.DataFrame({"n": pl.Series([value, 1], dtype=other)})
        assert diff(old, new).columns_changed == {"n": 1}


def test_wide_decimals_of_arrow_are_compared(capfd):
    old = pa.table({"d": pa.array([Decimal(1), Decimal(2)], pa.decimal256(60, 2))})
    new = pa.table({"d": pa.array([Decimal(1), Decimal(3)], pa.decimal256(60, 2))})
    assert diff(old, new).columns_changed == {"d": 1}
    assert "panicked" not in capfd.readouterr().err


def test_a_key_may_be_a_column_of_several_levels():
    old = pd.DataFrame({("x", "id"): [1, 2], ("x", "v"): [1, 2]})
    new = old.iloc[::-1].reset_index(drop=True)
    assert diff(old, new, key=[("x", "id")]).key == ("x / id",)
    assert diff(old, new, key={("x", "id")}).rows_changed == 0


def test_an_item_put_into_a_long_list_is_one_change():
    old = list(range(50_000))
    assert diff(old, [*old[:9], -1, *old[9:]]).summary == "+1 value"
    assert diff(old, [*old[:9], *old[10:]]).summary == "−1 value"
