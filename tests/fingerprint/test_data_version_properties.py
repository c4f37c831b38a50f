"""Hypothesis searches for values that break the two promises: equal values never differ, different ones always do."""

from __future__ import annotations

import copy
import math
import pickle

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nb_assets.fingerprint.data_version import data_version, fingerprint_data
from tests.storage import value_strategies as values

SEARCH = settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))

# Few distinct scalars, so that two values drawn apart are often nearly the same.
SMALL = st.recursive(
    st.sampled_from(
        [None, True, False, 0, 1, -1, 0.0, -0.0, 1.0, math.nan, "", "a", "1", b"", b"a", 2**64, (), 1j]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.sampled_from(["a", "b", 0, 1, (0,)]), inner, max_size=3)
        | st.sets(st.sampled_from([0, 1, "a", "b", None]), max_size=3)
    ),
    max_leaves=6,
)


def canonical(value):
    """An independent description: equal exactly when two plain values are of the same types and equal throughout."""
    if isinstance(value, (list, tuple)):
        return (type(value).__name__, *map(canonical, value))
    if isinstance(value, dict):
        return ("dict", frozenset((canonical(key), canonical(item)) for key, item in value.items()))
    if isinstance(value, set):
        return ("set", frozenset(map(canonical, value)))
    if isinstance(value, float):
        return ("float", "nan" if math.isnan(value) else value + 0.0)
    return (type(value).__name__, value)


@SEARCH
@given(old=SMALL, new=SMALL)
def test_plain_values_have_the_same_version_exactly_when_they_are_the_same(old, new):
    assert (data_version(old) == data_version(new)) == (canonical(old) == canonical(new))


@SEARCH
@given(value=values.PYTHON_VALUES)
def test_copies_have_the_same_version(value):
    assert fingerprint_data(value).tracked
    assert data_version(copy.deepcopy(value)) == data_version(value)
    assert data_version(pickle.loads(pickle.dumps(value))) == data_version(value)


@SEARCH
@given(array=values.ARRAYS)
def test_arrays_built_differently_have_the_same_version(array):
    version = data_version(array)
    assert data_version(np.asfortranarray(array)) == version or array.ndim == 0
    assert data_version(array.copy()) == version
    if array.ndim:
        twice = np.repeat(array, 2, axis=0)
        assert data_version(twice[::2]) == version
        assert data_version(array[::-1][::-1]) == version


@SEARCH
@given(
    pair=hnp.array_shapes(min_dims=1, max_dims=2, min_side=0, max_side=3).flatmap(
        lambda shape: st.tuples(
            *[hnp.arrays(float, shape, elements=st.sampled_from([0.0, -0.0, 1.0, math.nan]))] * 2
        )
    )
)
def test_float_arrays_have_the_same_version_exactly_when_they_are_equal(pair):
    old, new = pair
    assert (data_version(old) == data_version(new)) == np.array_equal(old, new, equal_nan=True)


@SEARCH
@given(frame=values.frames())
def test_frames_built_differently_have_the_same_version(frame):
    version = data_version(frame)
    assert fingerprint_data(frame).tracked
    assert data_version(frame.copy(deep=True)) == version
    doubled = pd.concat([frame, frame]) if frame.columns.is_unique and len(frame) else None
    if doubled is not None and (doubled.dtypes.tolist(), doubled.index.dtype) == (
        frame.dtypes.tolist(),
        frame.index.dtype,
    ):
        half = doubled.iloc[: len(frame)]
        assume(half.index.names == frame.index.names and half.columns.names == frame.columns.names)
        assert data_version(half) == version
    assert data_version(pickle.loads(pickle.dumps(frame))) == version


@SEARCH
@given(frame=values.frames(), data=st.data())
def test_a_change_of_one_cell_label_or_name_of_a_frame_counts(frame, data):
    assume(frame.shape[1])
    changes = {
        "label": lambda: frame.set_axis([*frame.columns[:-1].tolist(), "another label"], axis=1),
        "index name": lambda: frame.rename_axis(["another name"] * frame.index.nlevels),
        "column dropped": lambda: frame.iloc[:, :-1],
        "row dropped": lambda: frame.iloc[:-1] if len(frame) else frame.iloc[:, :0],
        "column doubled": lambda: frame.iloc[:, [*range(frame.shape[1]), 0]],
        "column as object": lambda: (
            pd.concat([frame.iloc[:, [0]].astype(object), frame.iloc[:, 1:]], axis=1)
            if frame.iloc[:, 0].dtype != object
            else frame.iloc[:, :0]
        ),
    }
    change = data.draw(st.sampled_from(sorted(changes)))
    assert data_version(changes[change]()) != data_version(frame)


@SEARCH
@given(table=values.arrow_tables(), data=st.data())
def test_tables_cut_differently_have_the_same_version(table, data):
    version = data_version(table)
    assert data_version(table.combine_chunks()) == version
    assert data_version(pa.concat_tables([table, table]).slice(0, len(table))) == version
    assert data_version(pa.concat_tables([table, table]).slice(len(table))) == version
    cut = data.draw(st.integers(0, len(table)))
    assert data_version(pa.concat_tables([table[:cut], table[cut:]])) == version
    if len(table):
        shifted = pa.concat_tables([table[-1:], table]).combine_chunks()[1:]
        assert data_version(shifted) == version


@SEARCH
@given(table=values.arrow_tables(), data=st.data())
def test_tables_with_other_rows_have_another_version(table, data):
    assume(len(table) and table.num_columns and pa.string_view() not in table.schema.types)
    rows = data.draw(st.lists(st.integers(0, len(table) - 1), min_size=1, max_size=len(table)))
    other = table.take(rows)
    text = str(table.to_pylist())
    assume("nan" not in text and "0.0" not in text)
    assert (data_version(other) == data_version(table)) == (other.to_pylist() == table.to_pylist())


@SEARCH
@given(frame=values.POLARS_FRAMES, data=st.data())
def test_polars_frames_cut_differently_have_the_same_version(frame, data):
    version = data_version(frame)
    cut = data.draw(st.integers(0, frame.height))
    assert data_version(pl.concat([frame[:cut], frame[cut:]], rechunk=False)) == version
    assert data_version(pl.concat([frame, frame])[frame.height :]) == version
    assert data_version(frame.clone()) == version
    if frame.width:
        assert data_version(frame.rename({frame.columns[0]: "another name"})) != version
        assert data_version(frame[:, ::-1]) != version or frame.width == 1
