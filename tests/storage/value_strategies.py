"""Values of every handler, as Hypothesis strategies: what an asset may return."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from polars.testing.parametric import dataframes, series

TEXT = st.text(max_size=12)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXT)
JSON_VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**62), 2**62),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)
# Everything that plain Python can hold, faithful to JSON or not.
PYTHON_VALUES = st.recursive(
    st.one_of(
        SCALARS,
        st.binary(max_size=8),
        st.complex_numbers(),
        st.decimals(),
        st.dates(),
        st.datetimes(timezones=st.none() | st.timezones()),
        st.timedeltas(),
        st.fractions(),
        st.uuids(),
        st.sets(st.integers() | TEXT, max_size=4),
        st.frozensets(TEXT, max_size=4),
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.one_of(TEXT, st.integers(), st.tuples(TEXT, st.integers())), inner, max_size=4)
    ),
    max_leaves=10,
)

ARRAYS = hnp.arrays(
    dtype=st.one_of(
        hnp.scalar_dtypes(),
        hnp.unicode_string_dtypes(max_len=4),
        hnp.byte_string_dtypes(max_len=4),
        hnp.array_dtypes(hnp.scalar_dtypes(), allow_subarrays=True, max_size=3),
    ),
    shape=hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
)

ZONES = st.sampled_from(["UTC", "Europe/Paris", "America/New_York", "+05:30", "Asia/Kolkata"])
CLEAN_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def _optional(values, missing=None):
    return st.one_of(st.just(missing), values)


@st.composite
def pandas_arrays(draw, size):
    """Arrays of every dtype that pandas users meet."""

    def many(values):
        return draw(st.lists(values, min_size=size, max_size=size))

    kind = draw(st.sampled_from(sorted(_ARRAY_KINDS)))
    return pd.Series(_ARRAY_KINDS[kind](many, draw), copy=True).array


def _typed(values, dtype):
    return pd.array(values, dtype=dtype)


_INT = st.integers(-(2**31), 2**31 - 1)
_ARRAY_KINDS = {
    "bool": lambda many, draw: np.array(many(st.booleans()), dtype=bool),
    "int": lambda many, draw: np.array(
        many(st.integers(0, 100)),
        dtype=draw(st.sampled_from(["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"])),
    ),
    "float": lambda many, draw: np.array(
        many(st.floats(width=16)), dtype=draw(st.sampled_from(["f2", "f4", "f8"]))
    ),
    "complex": lambda many, draw: np.array(many(st.complex_numbers()), dtype=complex),
    "datetime": lambda many, draw: np.array(many(_optional(_INT, np.iinfo("i8").min)), dtype="i8").view(
        f"M8[{draw(st.sampled_from(['s', 'ms', 'us', 'ns']))}]"
    ),
    "timedelta": lambda many, draw: np.array(many(_INT), dtype="i8").view(
        f"m8[{draw(st.sampled_from(['s', 'ms', 'us', 'ns']))}]"
    ),
    "zoned": lambda many, draw: (
        pd.Series(np.array(many(_INT), dtype="M8[s]").astype("M8[us]"))
        .dt.tz_localize("UTC")
        .dt.tz_convert(draw(ZONES))
        .array
    ),
    "period": lambda many, draw: (
        pd.PeriodIndex(
            pd.arrays.PeriodArray(
                np.array(many(st.integers(0, 5000))), dtype=pd.PeriodDtype(draw(st.sampled_from("DMYhQ")))
            )
        ).array
    ),
    "str": lambda many, draw: _typed(many(_optional(CLEAN_TEXT)), "str"),
    "string": lambda many, draw: _typed(
        many(_optional(CLEAN_TEXT)), draw(st.sampled_from(["string[python]", "string[pyarrow]"]))
    ),
    "object text": lambda many, draw: _objects(
        many(_optional(CLEAN_TEXT, draw(st.sampled_from([None, float("nan"), pd.NA]))))
    ),
    "object mixed": lambda many, draw: _objects(many(SCALARS)),
    "object dates": lambda many, draw: _objects(many(_optional(st.dates()))),
    "object lists": lambda many, draw: _objects(many(st.lists(st.integers(), max_size=3))),
    "Int64": lambda many, draw: _typed(many(_optional(_INT)), draw(st.sampled_from(["Int32", "Int64"]))),
    "Float64": lambda many, draw: pd.arrays.FloatingArray(
        np.array(many(st.floats()), dtype=float), np.array(many(st.booleans()), dtype=bool)
    ),
    "boolean": lambda many, draw: _typed(many(_optional(st.booleans())), "boolean"),
    "category": lambda many, draw: pd.Categorical.from_codes(
        many(st.integers(-1, 2)), categories=draw(_CATEGORIES), ordered=draw(st.booleans())
    ),
    "interval": lambda many, draw: pd.arrays.IntervalArray.from_breaks(
        np.arange(draw(st.just(len(many(st.none())))) + 1),
        closed=draw(st.sampled_from(["left", "right", "both"])),
    ),
    "arrow": lambda many, draw: _typed(many(_optional(st.integers(0, 9))), "int64[pyarrow]"),
    "arrow lists": lambda many, draw: pd.arrays.ArrowExtensionArray(
        pa.chunked_array(
            [pa.array(many(_optional(st.lists(st.integers(0, 9), max_size=3))), pa.list_(pa.int64()))]
        )
    ),
}
_CATEGORIES = st.sampled_from(
    [["c", "b", "a"], [3, 1, 2], pd.date_range("2020", periods=3), pd.interval_range(0, 3), [1.5, 2.5, 3.5]]
)


def _objects(values):
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


LABELS = st.one_of(CLEAN_TEXT, st.integers(), st.none(), st.tuples(CLEAN_TEXT, st.integers()))


@st.composite
def indexes(draw, size):
    kind = draw(st.sampled_from(["range", "array", "multi", "dates"]))
    name = draw(LABELS)
    if kind == "range":
        index = pd.RangeIndex(3, 3 + 2 * size, 2)
    elif kind == "dates":
        index = pd.date_range("2020-01-01", periods=size, freq="D")
    elif kind == "multi":
        arrays = [draw(pandas_arrays(size)) for _ in range(2)]
        try:
            index = pd.MultiIndex.from_arrays(arrays)
        except (TypeError, NotImplementedError):  # Levels have to be hashable.
            index = pd.MultiIndex.from_arrays([range(size), range(size)])
        index.names = [name, draw(CLEAN_TEXT)]
        return index
    else:
        array = draw(pandas_arrays(size))
        assume(str(array.dtype) != "float16")  # pandas has no index of these.
        index = pd.Index(array, dtype=array.dtype)
    return index.rename(name)


@st.composite
def frames(draw):
    """Frames with columns of any dtype, any index, labels of any kind, some of them doubled."""
    size = draw(st.integers(0, 5))
    arrays = draw(st.lists(pandas_arrays(size), max_size=4))
    index = draw(indexes(size))
    frame = pd.DataFrame(
        {at: pd.Series(array, dtype=array.dtype, index=index) for at, array in enumerate(arrays)}, index=index
    )
    labels = draw(st.lists(st.one_of(CLEAN_TEXT, LABELS), min_size=len(arrays), max_size=len(arrays)))
    frame.columns = pd.Index(labels, tupleize_cols=False)
    return frame


@st.composite
def pandas_series(draw):
    size = draw(st.integers(0, 5))
    array = draw(pandas_arrays(size))
    result = pd.Series(array, dtype=array.dtype, index=draw(indexes(size)))
    result.name = draw(LABELS)
    return result


@st.composite
def arrow_tables(draw):
    size = draw(st.integers(0, 5))
    kinds = [
        (pa.int64(), st.integers(-5, 5)),
        (pa.float64(), st.floats()),
        (pa.string(), CLEAN_TEXT),
        (pa.large_string(), CLEAN_TEXT),
        (pa.string_view(), CLEAN_TEXT),
        (pa.binary(), st.binary(max_size=3)),
        (pa.bool_(), st.booleans()),
        (pa.list_(pa.int64()), st.lists(_optional(st.integers(0, 9)), max_size=3)),
        (pa.list_(pa.list_(pa.string())), st.lists(_optional(st.lists(CLEAN_TEXT, max_size=2)), max_size=2)),
        (pa.list_(pa.float64(), 2), st.lists(st.floats(), min_size=2, max_size=2)),
        (
            pa.struct([("a", pa.int64()), ("b", pa.string())]),
            st.fixed_dictionaries({"a": st.integers(0, 9), "b": CLEAN_TEXT}),
        ),
        (pa.map_(pa.string(), pa.int64()), st.lists(st.tuples(CLEAN_TEXT, st.integers(0, 9)), max_size=2)),
        (pa.timestamp("us", "Europe/Paris"), st.integers(0, 10**15)),
        (pa.date32(), st.dates()),
        (pa.decimal128(12, 2), st.decimals(-1000, 1000, places=2)),
        (pa.null(), st.none()),
        (pa.dictionary(pa.int32(), pa.string()), st.sampled_from(["x", "y", "z"])),
    ]
    columns = {}
    for at in range(draw(st.integers(0, 4))):
        kind, values = draw(st.sampled_from(kinds))
        cells = draw(st.lists(_optional(values), min_size=size, max_size=size))
        cut = draw(st.integers(0, size))
        columns[f"{at}"] = pa.chunked_array([pa.array(cells[:cut], kind), pa.array(cells[cut:], kind)], kind)
    return pa.table(columns)


POLARS_FRAMES = dataframes(max_cols=4, max_size=5, allow_null=True, excluded_dtypes=[pl.Object])
POLARS_SERIES = series(max_size=5, excluded_dtypes=[pl.Object])
