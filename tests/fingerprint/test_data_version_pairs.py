"""Pairs of values that must differ, and pairs that must not: the table that the rules of equality are read from."""

from __future__ import annotations

import array
import collections
import dataclasses
import datetime as dt
import decimal
import enum
import fractions
import functools
import pathlib
import re
import types
import zoneinfo
from typing import NamedTuple

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pydantic
import pytest
import scipy.sparse
from PIL import Image
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LinearRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

from nb_assets.fingerprint.data_version import data_version, fingerprint_data


class Colour(enum.Enum):
    RED = 1
    GREEN = 2


class Level(enum.IntEnum):
    LOW = 1


class Point(NamedTuple):
    x: int
    y: int


Pair = collections.namedtuple("Pair", "x y")  # noqa: PYI024 - as users write it


@dataclasses.dataclass
class Box:
    width: int
    label: object = None

    @functools.cached_property
    def area(self):
        return self.width**2


class Empty:
    @functools.cached_property
    def area(self):
        return 1


@dataclasses.dataclass
class Crate:
    width: int
    label: object = None


@dataclasses.dataclass(slots=True, frozen=True)
class Slotted:
    a: int
    b: int = 0


class Model(pydantic.BaseModel):
    a: int
    b: int = 0


class Plain:
    def __init__(self, **attributes):
        self.__dict__.update(attributes)


class MyList(list):
    pass


class MyFrame(pd.DataFrame):
    pass


UTC = dt.timezone.utc
PARIS = zoneinfo.ZoneInfo("Europe/Paris")
NOON = dt.datetime(2024, 1, 1, 12)
XY = np.random.default_rng(0).normal(size=(30, 3))
LABELS = (XY[:, 0] > 0).astype(int)
QUIET_NAN = np.frombuffer(np.uint64(0x7FF8000000000001).tobytes(), "f8")
NEGATIVE_NAN = np.frombuffer(np.uint64(0xFFF8000000000000).tobytes(), "f8")


def touched(box):
    box.area
    return box


def asked(model):
    model.predict(XY)
    return model


def shared(value):
    return [value, value]


def circle(value):
    loop = [value]
    loop.append(loop)
    return loop


def figure(heights, title="t"):
    from matplotlib.figure import Figure

    drawn = Figure()
    axes = drawn.add_subplot()
    axes.bar(range(len(heights)), heights)
    axes.set_title(title)
    return drawn


def with_padding(fill):
    dtype = np.dtype([("a", "i1"), ("b", "i8")], align=True)
    raw = np.full(dtype.itemsize, fill, dtype=np.uint8).view(dtype)
    raw["a"], raw["b"] = 1, 2
    return raw


def null_over(garbage):
    """An Arrow array whose second value is null, with anything at all in the buffer behind it."""
    values = pa.py_buffer(np.array([1, garbage, 3], dtype="i8").tobytes())
    return pa.Array.from_buffers(pa.int64(), 3, [pa.py_buffer(bytes([0b101])), values])


def null_text(garbage):
    texts = b"a" + garbage + b"c"
    offsets = np.array([0, 1, 1 + len(garbage), 2 + len(garbage)], dtype="i4").tobytes()
    return pa.Array.from_buffers(
        pa.string(), 3, [pa.py_buffer(bytes([0b11111101])), pa.py_buffer(offsets), pa.py_buffer(texts)]
    )


DIFFERENT = {
    # Scalars
    "an int and its text": (1, "1"),
    "an int and a float": (1, 1.0),
    "an int and a bool": (1, True),
    "zero and False": (0, False),
    "None and its text": (None, "None"),
    "None and False": (None, False),
    "nothing of two kinds": ("", b""),
    "a text and bytes": ("a", b"a"),
    "bytes and a bytearray": (b"a", bytearray(b"a")),
    "a float and a complex": (1.0, 1 + 0j),
    "neighbouring floats": (0.1 + 0.2, 0.3),
    "ints beyond 64 bits": (2**64, 2**64 + 1),
    "a number and its negative": (2**70, -(2**70)),
    "NaN and None": (float("nan"), None),
    "infinities": (float("inf"), float("-inf")),
    "a decimal and a float": (decimal.Decimal(1), 1.0),
    "a decimal and its negative": (decimal.Decimal("1.5"), decimal.Decimal("-1.5")),
    "a fraction and an int": (fractions.Fraction(1), 1),
    "a path and its text": (pathlib.PurePosixPath("a"), "a"),
    "paths of two systems": (pathlib.PurePosixPath("a"), pathlib.PureWindowsPath("a")),
    "a text with and without a trailing NUL": ("a", "a\0"),
    "composed and decomposed accents": ("é", "e\u0301"),
    "patterns with other flags": (re.compile("a"), re.compile("a", re.IGNORECASE)),
    "Ellipsis and its text": (..., "Ellipsis"),
    "ranges": (range(3), range(4)),
    "a range and a list": (range(3), [0, 1, 2]),
    # Moments
    "a date and a moment": (dt.date(2024, 1, 1), dt.datetime(2024, 1, 1)),
    "naive and aware": (NOON, NOON.replace(tzinfo=UTC)),
    "the same instant in two zones": (NOON.replace(tzinfo=UTC), NOON.replace(tzinfo=UTC).astimezone(PARIS)),
    "the hour that comes twice": (
        dt.datetime(2024, 10, 27, 2, 30, tzinfo=PARIS),
        dt.datetime(2024, 10, 27, 2, 30, tzinfo=PARIS, fold=1),
    ),
    "microseconds": (NOON, NOON + dt.timedelta(microseconds=1)),
    "a duration and its seconds": (dt.timedelta(seconds=1), 1),
    # Containers
    "a list and a tuple": ([1, 2], (1, 2)),
    "a set and a frozenset": ({1}, frozenset([1])),
    "a list and a set": ([1], {1}),
    "order in a list": ([1, 2], [2, 1]),
    "nesting": ([[1], 2], [[1, 2]]),
    "nesting of texts": (["ab", "c"], ["a", "bc"]),
    "an empty list in a list": ([], [[]]),
    "a list once and twice": ([[1]], [[1], [1]]),
    "a mixed list": ([1, "1"], ["1", 1]),
    "where the None is": ([None, 1, 1], [1, None, 1]),
    "a dict's key and value": ({"a": "b"}, {"b": "a"}),
    "a dict's key types": ({1: 0}, {"1": 0}),
    "a dict and its items": ({"a": 1}, [("a", 1)]),
    "an OrderedDict's order": (
        collections.OrderedDict(a=1, b=2),
        collections.OrderedDict(b=2, a=1),
    ),
    "a dict and an OrderedDict": ({"a": 1}, collections.OrderedDict(a=1)),
    "a dict and a Counter": ({"a": 1}, collections.Counter(a=1)),
    "a defaultdict's factory": (collections.defaultdict(int), collections.defaultdict(list)),
    "a list and a subclass": ([1], MyList([1])),
    "a tuple and a named tuple": ((1, 2), Pair(1, 2)),
    "named tuples of one name with other fields": (
        Pair(1, 2),
        collections.namedtuple("Pair", "x z")(1, 2),  # noqa: PYI024 - as users write it
    ),
    "packed numbers of other widths": (array.array("i", [1]), array.array("q", [1])),
    "two named tuples": (Pair(1, 2), Point(1, 2)),
    "a deque's bound": (collections.deque([1], 2), collections.deque([1], 3)),
    "circles of other values": (circle(1), circle(2)),
    # Objects
    "members of an enum": (Colour.RED, Colour.GREEN),
    "an IntEnum and its int": (Level.LOW, 1),
    "fields of a dataclass": (Box(1), Box(2)),
    "two dataclasses": (Box(1), Crate(1)),
    "a slotted dataclass's fields": (Slotted(1, 2), Slotted(2, 1)),
    "fields of a model": (Model(a=1), Model(a=2)),
    "attributes": (Plain(a=1), Plain(b=1)),
    "an object and a class": (Plain(), Plain),
    "classes": (Colour, Level),
    "namespaces": (types.SimpleNamespace(a=1), types.SimpleNamespace(a=2)),
    "partials": (functools.partial(int, base=2), functools.partial(int, base=8)),
    "parameters of a model": (LinearRegression(), LinearRegression(fit_intercept=False)),
    "a model before and after its fit": (LinearRegression(), LinearRegression().fit(XY, LABELS)),
    "forests with other seeds": (
        RandomForestClassifier(5, random_state=0).fit(XY, LABELS),
        RandomForestClassifier(5, random_state=1).fit(XY, LABELS),
    ),
    "steps of a pipeline": (make_pipeline(StandardScaler()), make_pipeline(FunctionTransformer(np.log1p))),
    "functions in a pipeline": (FunctionTransformer(np.log1p), FunctionTransformer(np.sqrt)),
    # NumPy
    "an array and a list": (np.array([1, 2]), [1, 2]),
    "an array and its dtype": (np.array([1, 2], "i4"), np.array([1, 2], "i8")),
    "signed and unsigned": (np.array([1], "i8"), np.array([1], "u8")),
    "an array's shape": (np.zeros((2, 3)), np.zeros((3, 2))),
    "empty arrays' shapes": (np.zeros((0, 3)), np.zeros((3, 0))),
    "an array and its transpose": (np.arange(4).reshape(2, 2), np.arange(4).reshape(2, 2).T),
    "a scalar and an array": (np.float64(1), np.array(1.0)),
    "a NumPy and a Python float": (np.float64(1), 1.0),
    "units of time": (np.array([1], "M8[s]"), np.array([1], "M8[ms]")),
    "a moment and a duration": (np.array([1], "M8[s]"), np.array([1], "m8[s]")),
    "not a time and a time": (np.array(["NaT"], "M8[s]"), np.array([0], "M8[s]")),
    "field names": (np.array([(1,)], [("a", "i8")]), np.array([(1,)], [("b", "i8")])),
    "objects in an array": (np.array([1, "a"], dtype=object), np.array(["1", "a"], dtype=object)),
    "a masked array's mask": (np.ma.array([1, 2], mask=[0, 1]), np.ma.array([1, 2], mask=[1, 0])),
    "an array and a matrix": (np.zeros((1, 1)), np.asmatrix(np.zeros((1, 1)))),
    "byte order": (np.array([1], "<i4"), np.array([1], ">i4")),
    "length of text": (np.array(["a"], "U1"), np.array(["a"], "U2")),
    "sparse and dense": (scipy.sparse.csr_matrix([[0, 1]]), np.array([[0, 1]])),
    "sparse formats": (scipy.sparse.csr_matrix([[0, 1]]), scipy.sparse.csc_matrix([[0, 1]])),
    # pandas
    "column names": (pd.DataFrame({"a": [1]}), pd.DataFrame({"b": [1]})),
    "column order": (pd.DataFrame({"a": [1], "b": [1]}), pd.DataFrame({"b": [1], "a": [1]})),
    "columns swapped under their names": (
        pd.DataFrame({"a": [1], "b": [2]}),
        pd.DataFrame({"a": [2], "b": [1]}),
    ),
    "column label types": (pd.DataFrame({1: [1]}), pd.DataFrame({"1": [1]})),
    "a column's dtype": (pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [1.0]})),
    "rows in another order": (pd.DataFrame({"a": [1, 2]}), pd.DataFrame({"a": [2, 1]})),
    "rows with their index in another order": (
        pd.DataFrame({"a": [1, 2]}),
        pd.DataFrame({"a": [1, 2]}).iloc[::-1],
    ),
    "an index": (pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [1]}, index=[1])),
    "an index's name": (pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [1]}).rename_axis("n")),
    "the columns' name": (pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [1]}).rename_axis(columns="n")),
    "an index's dtype": (pd.Series([1], index=[1]), pd.Series([1], index=[1.0])),
    "a frame and a series": (pd.DataFrame({"a": [1]}), pd.Series([1], name="a")),
    "a series' name": (pd.Series([1], name="a"), pd.Series([1])),
    "a series and an array": (pd.Series([1]), np.array([1])),
    "an index and a series": (pd.Index([1]), pd.Series([1])),
    "empty frames' columns": (pd.DataFrame({"a": []}), pd.DataFrame()),
    "empty frames' rows": (pd.DataFrame(index=range(2)), pd.DataFrame(index=range(3))),
    "numbers and texts in objects": (pd.Series([1, "a"], dtype=object), pd.Series(["1", "a"], dtype=object)),
    "text as object and as str": (
        pd.Series(["a"], dtype=object),
        pd.Series(["a"], dtype=pd.StringDtype(na_value=np.nan)),
    ),
    "text as str and as string": (
        pd.Series(["a"], dtype=pd.StringDtype(na_value=np.nan)),
        pd.Series(["a"], dtype="string"),
    ),
    "NaN and NA": (
        pd.Series(pd.arrays.FloatingArray(np.array([np.nan]), np.array([False]))),
        pd.Series(pd.arrays.FloatingArray(np.array([np.nan]), np.array([True]))),
    ),
    "None and NaN in objects": (pd.Series([None], dtype=object), pd.Series([np.nan], dtype=object)),
    "NaN and NaT in objects": (pd.Series([pd.NaT], dtype=object), pd.Series([np.nan], dtype=object)),
    "nullable and not": (pd.Series([1], dtype="Int64"), pd.Series([1], dtype="int64")),
    "a category and its text": (pd.Series(["a"], dtype="category"), pd.Series(["a"])),
    "an unused category": (
        pd.Series(pd.Categorical(["a"], ["a"])),
        pd.Series(pd.Categorical(["a"], ["a", "b"])),
    ),
    "the order of categories": (
        pd.Series(pd.Categorical(["a"], ["a", "b"])),
        pd.Series(pd.Categorical(["a"], ["b", "a"])),
    ),
    "ordered and unordered categories": (
        pd.Series(pd.Categorical(["a"], ["a", "b"])),
        pd.Series(pd.Categorical(["a"], ["a", "b"], ordered=True)),
    ),
    "zones of a column": (
        pd.Series(pd.to_datetime(["2024-01-01"]).tz_localize("UTC")),
        pd.Series(pd.to_datetime(["2024-01-01"]).tz_localize("UTC").tz_convert("Europe/Paris")),
    ),
    "a column with and without zone": (
        pd.Series(pd.to_datetime(["2024-01-01"])),
        pd.Series(pd.to_datetime(["2024-01-01"]).tz_localize("UTC")),
    ),
    "a column's unit of time": (
        pd.Series(np.array(["2024-01-01"], "M8[s]")),
        pd.Series(np.array(["2024-01-01"], "M8[ns]")),
    ),
    "periods": (pd.period_range("2024", periods=1, freq="M"), pd.period_range("2024", periods=1, freq="D")),
    "intervals": (pd.interval_range(0, 1, closed="left"), pd.interval_range(0, 1, closed="right")),
    "a level of a MultiIndex": (
        pd.MultiIndex.from_tuples([(1, "a")]),
        pd.MultiIndex.from_tuples([(1, "b")]),
    ),
    "a MultiIndex and tuples": (
        pd.MultiIndex.from_tuples([(1, "a")]),
        pd.Index([(1, "a")], tupleize_cols=False),
    ),
    "lists in cells": (pd.Series([[1, 2], [3]]), pd.Series([[1], [2, 3]])),
    "a list and an array in a cell": (pd.Series([[1, 2]]), pd.Series([np.array([1, 2])])),
    "a subclass of a frame": (pd.DataFrame({"a": [1]}), MyFrame({"a": [1]})),
    "a Timestamp and a datetime": (pd.Timestamp("2024-01-01"), dt.datetime(2024, 1, 1)),
    "nanoseconds": (pd.Timestamp(1), pd.Timestamp(2)),
    "Arrow and NumPy behind a column": (pd.Series([1], dtype="int64[pyarrow]"), pd.Series([1])),
    # polars and Arrow
    "pandas and polars": (pd.DataFrame({"a": [1]}), pl.DataFrame({"a": [1]})),
    "polars and Arrow": (pl.DataFrame({"a": [1]}), pa.table({"a": [1]})),
    "polars dtypes": (pl.DataFrame({"a": [1]}), pl.DataFrame({"a": [1]}, schema={"a": pl.Int32})),
    "polars names": (pl.Series("a", [1]), pl.Series("b", [1])),
    "polars null and NaN": (pl.Series([None], dtype=pl.Float64), pl.Series([float("nan")])),
    "polars zones": (
        pl.Series([NOON]).dt.replace_time_zone("UTC"),
        pl.Series([NOON]).dt.replace_time_zone("Europe/Paris"),
    ),
    "polars enum categories": (
        pl.Series(["a"], dtype=pl.Enum(["a", "b"])),
        pl.Series(["a"], dtype=pl.Enum(["a", "c"])),
    ),
    "polars lists": (pl.Series([[1, 2], [3]]), pl.Series([[1], [2, 3]])),
    "polars structs": (pl.Series([{"a": 1}]), pl.Series([{"b": 1}])),
    "polars objects": (pl.Series([object], dtype=pl.Object), pl.Series([int], dtype=pl.Object)),
    "polars null and an empty list": (
        pl.Series([None], dtype=pl.List(pl.Int64)),
        pl.Series([[]], dtype=pl.List(pl.Int64)),
    ),
    "Arrow types": (pa.array([1], pa.int32()), pa.array([1], pa.int64())),
    "Arrow null and zero": (pa.array([None], pa.int64()), pa.array([0], pa.int64())),
    "Arrow null and NaN": (pa.array([None], pa.float64()), pa.array([float("nan")])),
    "Arrow null and an empty text": (pa.array([None], pa.string()), pa.array([""])),
    "where Arrow's null is": (pa.array([None, 1]), pa.array([1, None])),
    "Arrow texts cut elsewhere": (pa.array(["ab", "c"]), pa.array(["a", "bc"])),
    "Arrow lists cut elsewhere": (pa.array([[1, 2], [3]]), pa.array([[1], [2, 3]])),
    "Arrow column names": (pa.table({"a": [1]}), pa.table({"b": [1]})),
    "Arrow dictionaries and texts": (pa.array(["a"]).dictionary_encode(), pa.array(["a"])),
    "Arrow maps": (
        pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64())),
        pa.array([[("a", 2)]], pa.map_(pa.string(), pa.int64())),
    ),
    "an Arrow table and a batch": (pa.table({"a": [1]}), pa.record_batch({"a": [1]})),
    "rows without columns": (pl.DataFrame(), pl.DataFrame({"a": []})),
    # Images and figures
    "pixels": (Image.new("L", (2, 2), 0), Image.new("L", (2, 2), 1)),
    "image modes": (Image.new("L", (2, 2)), Image.new("P", (2, 2))),
    "image sizes": (Image.new("L", (2, 3)), Image.new("L", (3, 2))),
    "bars of a figure": (figure([1, 2]), figure([1, 3])),
    "titles of a figure": (figure([1]), figure([1], "u")),
}

EQUAL = {
    "packed zeros with and without a sign": (array.array("d", [0.0]), array.array("d", [-0.0])),
    "dicts in any order": ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    "dicts with keys of several types in any order": ({1: 1, "a": 2, (1,): 3}, {(1,): 3, "a": 2, 1: 1}),
    "nested dicts in any order": ([{"a": {"x": 1, "y": 2}}], [{"a": {"y": 2, "x": 1}}]),
    "sets in any order": (set("abcdef"), set("fedcba")),
    "sets of several types": ({1, "a", None, (2,)}, {(2,), None, "a", 1}),
    "Counters in any order": (collections.Counter("aab"), collections.Counter("baa")),
    "any NaN": (float("nan"), -float("nan")),
    "any NaN in a list": ([1.0, float("nan")], [1.0, -float("nan")]),
    "zero of any sign": (0.0, -0.0),
    "zero of any sign in a list": ([1.0, 0.0], [1.0, -0.0]),
    "zero of any sign in complex numbers": (complex(0.0, 1), complex(-0.0, 1)),
    "trailing zeros of decimals": (decimal.Decimal("1.0"), decimal.Decimal("1.00")),
    "zeros of decimals": (decimal.Decimal("-0.0"), decimal.Decimal(0)),
    "texts built in two ways": ("abc"[:2], "ab"),
    "ints built in two ways": (int("9" * 50), 10**50 - 1),
    "empty ranges": (range(0), range(5, 5)),
    "ways to say UTC": (NOON.replace(tzinfo=UTC), NOON.replace(tzinfo=zoneinfo.ZoneInfo("UTC"))),
    "one object twice and two equal ones": (shared([1]), [[1], [1]]),
    "one text twice and two equal ones": (shared("a" * 99), ["a" * 99, "".join(["a"] * 99)]),
    "circles": (circle(1), circle(1)),
    "members of an enum": (Colour.RED, Colour(1)),
    "a dataclass with its cache filled": (Box(2), touched(Box(2))),
    "a cached property of an object without attributes": (Empty(), touched(Empty())),
    "a model with its default given": (Model(a=1), Model(a=1, b=0)),
    "attributes in any order": (Plain(a=1, b=2), Plain(b=2, a=1)),
    "paths written in two ways": (pathlib.PurePosixPath("a//b/."), pathlib.PurePosixPath("a/b")),
    "models fitted twice": (LinearRegression().fit(XY, LABELS), LinearRegression().fit(XY, LABELS)),
    "forests with one seed": (
        RandomForestClassifier(5, random_state=0).fit(XY, LABELS),
        RandomForestClassifier(5, random_state=0).fit(XY, LABELS),
    ),
    "a search tree before and after it was asked": (
        KNeighborsClassifier().fit(XY, LABELS),
        asked(KNeighborsClassifier().fit(XY, LABELS)),
    ),
    "memory orders": (np.asfortranarray(XY), np.ascontiguousarray(XY)),
    "a view and a copy": (np.arange(20)[::2], np.arange(0, 20, 2)),
    "a reversed view and a copy": (np.arange(5)[::-1], np.array([4, 3, 2, 1, 0])),
    "a broadcast and a copy": (np.broadcast_to(1.5, (3, 3)), np.full((3, 3), 1.5)),
    "any NaN in an array": (QUIET_NAN, NEGATIVE_NAN),
    "any NaN in a small float": (np.array([np.nan], "f2"), -np.array([np.nan], "f2")),
    "zero of any sign in an array": (np.array([0.0, 1]), np.array([-0.0, 1])),
    "zero of any sign in complex arrays": (np.array([0j]), np.array([complex(-0.0, -0.0)])),
    "zero of any sign in long doubles": (np.array([0.0], "g"), np.array([-0.0], "g")),
    "what lies between fields": (with_padding(0), with_padding(255)),
    "a masked value": (np.ma.array([1, 2], mask=[0, 1]), np.ma.array([1, 9], mask=[0, 1])),
    "names of one dtype": (np.array([1], "l"), np.array([1], "int64")),
    "a range and an index of its numbers": (pd.Series([1, 2]), pd.Series([1, 2], index=pd.Index([0, 1]))),
    "one block and many": (
        pd.DataFrame(np.ones((3, 2)), columns=["a", "b"]),
        pd.DataFrame({"a": np.ones(3)}).assign(b=np.ones(3)),
    ),
    "rows and columns in memory": (
        pd.DataFrame(XY, columns=["a", "b", "c"], copy=False),
        pd.DataFrame({"a": XY[:, 0].copy(), "b": XY[:, 1].copy(), "c": XY[:, 2].copy()}),
    ),
    "a slice and a copy": (pd.DataFrame({"a": range(5)})[2:4], pd.DataFrame({"a": [2, 3]}, index=[2, 3])),
    "attrs": (pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [1]}).pipe(lambda f: f.attrs.update(x=1) or f)),
    "where strings are kept": (
        pd.Series(["a", None], dtype="string[python]"),
        pd.Series(["a", None], dtype="string[pyarrow]"),
    ),
    "columns called strings or objects": (
        pd.DataFrame([[1]], columns=pd.Index(["a"], dtype=object)),
        pd.DataFrame([[1]], columns=pd.Index(["a"], dtype="str")),
    ),
    "an index with and without freq": (
        pd.date_range("2024", periods=2, unit="us"),
        pd.DatetimeIndex(np.array(["2024-01-01", "2024-01-02"], "M8[us]")),
    ),
    "a MultiIndex with unused levels": (
        pd.MultiIndex.from_tuples([(1, "a"), (2, "b")])[:1],
        pd.MultiIndex.from_tuples([(1, "a")]),
    ),
    "what is masked": (
        pd.Series(pd.arrays.IntegerArray(np.array([1, 5]), np.array([False, True]))),
        pd.Series(pd.arrays.IntegerArray(np.array([1, 7]), np.array([False, True]))),
    ),
    "a zone by name and by object": (
        pd.Series(pd.to_datetime(["2024-01-01"]).tz_localize("UTC")),
        pd.Series(pd.to_datetime(["2024-01-01"]).tz_localize(UTC)),
    ),
    "Timestamps in two units": (
        pd.Timestamp("2024-01-01").as_unit("s"),
        pd.Timestamp("2024-01-01").as_unit("ns"),
    ),
    "chunks of polars": (
        pl.concat([pl.DataFrame({"a": [1]}), pl.DataFrame({"a": [2]})], rechunk=False),
        pl.DataFrame({"a": [1, 2]}),
    ),
    "a slice of polars": (pl.DataFrame({"a": ["x", "y", "z"]})[1:], pl.DataFrame({"a": ["y", "z"]})),
    "categories of polars met in another order": (
        pl.Series(["b", "a", "b"], dtype=pl.Categorical)[1:],
        pl.Series(["a", "b"], dtype=pl.Categorical),
    ),
    "chunks of Arrow": (pa.chunked_array([[1], [2, 3]]), pa.chunked_array([[1, 2, 3]])),
    "chunks of Arrow texts": (pa.chunked_array([["a"], ["bc", None]]), pa.chunked_array([["a", "bc", None]])),
    "chunks of Arrow floats": (pa.chunked_array([[0.5], [-0.0]]), pa.chunked_array([[0.5, 0.0]])),
    "no chunks and an empty one": (pa.chunked_array([], pa.int64()), pa.chunked_array([[]], pa.int64())),
    "a slice of Arrow": (pa.array([0, 1, 2])[1:], pa.array([1, 2])),
    "a slice of Arrow bools": (pa.array([True] * 9 + [False])[3:], pa.array([True] * 6 + [False])),
    "a slice of Arrow texts": (pa.array(["a", None, "c"])[1:], pa.array([None, "c"])),
    "a slice of Arrow lists": (pa.array([[1], None, [2, 3]])[1:], pa.array([None, [2, 3]])),
    "a slice of Arrow structs": (
        pa.array([{"a": 1}, None, {"a": 3}])[1:],
        pa.array([None, {"a": 3}]),
    ),
    "what lies behind an Arrow null": (null_over(2), null_over(99)),
    "text behind an Arrow null": (null_text(b""), null_text(b"garbage")),
    "a validity without nulls": (
        pa.Array.from_buffers(pa.int8(), 2, [pa.py_buffer(b"\xff"), pa.py_buffer(b"\1\2")]),
        pa.array([1, 2], pa.int8()),
    ),
    "dictionaries in another order": (
        pa.DictionaryArray.from_arrays([0, 1], ["a", "b"]),
        pa.DictionaryArray.from_arrays([1, 0], ["b", "a"]),
    ),
    "metadata of an Arrow table": (
        pa.table({"a": [1]}),
        pa.table({"a": [1]}).replace_schema_metadata({"x": "y"}),
    ),
    "images": (Image.new("RGB", (2, 2), "red"), Image.frombytes("RGB", (2, 2), b"\xff\0\0" * 4)),
    "figures drawn twice": (figure([1, 2]), figure([1, 2])),
}


@pytest.mark.parametrize("name", DIFFERENT)
def test_these_differ(name):
    old, new = DIFFERENT[name]
    assert fingerprint_data(old).tracked, fingerprint_data(old).note
    assert fingerprint_data(new).tracked, fingerprint_data(new).note
    assert data_version(old) != data_version(new)
    assert data_version([old]) != data_version([new])


@pytest.mark.parametrize("name", EQUAL)
def test_these_are_the_same(name):
    old, new = EQUAL[name]
    assert fingerprint_data(old).tracked, fingerprint_data(old).note
    assert data_version(old) == data_version(new)
    assert data_version({"k": old}) == data_version({"k": new})


def test_all_values_that_must_differ_differ_from_all_others():
    versions = collections.defaultdict(set)
    for pair in DIFFERENT.values():
        for value in pair:
            versions[data_version(value)].add(f"{type(value)} {value!r}")
    clashes = [names for names in versions.values() if len({name.split(" ")[0] for name in names}) > 1]
    assert not clashes


def test_the_table_is_long_enough():
    assert len(DIFFERENT) + len(EQUAL) >= 200
