from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from sklearn.ensemble import RandomForestRegressor

from nb_assets.fingerprint.data_version import data_version
from tests.storage import value_strategies as values

ROUND_TRIP = settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))


def round_trip(store, value):
    """Store and load a value; both have the same data version and, stored again, the same bytes."""
    version = data_version(value)
    ref = store.values.put(value, version)
    assert store.values.has(ref)
    loaded = store.values.get(ref)
    assert type(loaded) is type(value)
    assert data_version(loaded) == version
    return ref, loaded


@ROUND_TRIP
@given(frame=values.frames())
def test_a_pandas_frame_comes_back_as_it_was(store, frame):
    ref, loaded = round_trip(store, frame)
    pd.testing.assert_frame_equal(loaded, frame, check_freq=True, check_column_type=True)
    assert list(map(type, loaded.columns)) == list(map(type, frame.columns))
    assert loaded.index.names == frame.index.names
    assert ref.rows == len(frame)
    assert ref.summary.startswith(f"{len(frame):,} row")


@ROUND_TRIP
@given(series=values.pandas_series())
def test_a_pandas_series_comes_back_as_it_was(store, series):
    _, loaded = round_trip(store, series)
    pd.testing.assert_series_equal(loaded, series, check_freq=True)
    if series.dtype == object:
        assert list(map(type, loaded)) == list(map(type, series))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_what_is_not_a_number_does_not_come_back_as_missing(store, dtype):
    values_and_holes = np.array([np.nan, 1, 2, np.nan], dtype=dtype), np.array([False, False, True, True])
    array = pd.arrays.FloatingArray(*values_and_holes)
    for value in (pd.Series(array), pd.Index(array), pd.DataFrame({"x": array})):
        _, loaded = round_trip(store, value)
        kept = loaded["x"].array if isinstance(loaded, pd.DataFrame) else loaded.array
        assert [each is pd.NA for each in kept] == [False, False, True, True]


@ROUND_TRIP
@given(data=st.data(), size=st.integers(0, 5))
def test_a_pandas_index_comes_back_as_it_was(store, data, size):
    index = data.draw(values.indexes(size))
    _, loaded = round_trip(store, index)
    pd.testing.assert_index_equal(loaded, index, exact=True)


@ROUND_TRIP
@given(frame=values.POLARS_FRAMES)
def test_a_polars_frame_comes_back_as_it_was(store, frame):
    _, loaded = round_trip(store, frame)
    pl.testing.assert_frame_equal(loaded, frame)


@ROUND_TRIP
@given(series=values.POLARS_SERIES)
def test_a_polars_series_comes_back_as_it_was(store, series):
    _, loaded = round_trip(store, series)
    pl.testing.assert_series_equal(loaded, series)


@ROUND_TRIP
@given(table=values.arrow_tables())
def test_an_arrow_table_comes_back_as_it_was(store, table):
    _, loaded = round_trip(store, table)
    assert loaded.schema.equals(table.schema, check_metadata=True)
    assert loaded.to_pylist() == table.to_pylist() or "nan" in str(table.to_pylist())


@ROUND_TRIP
@given(array=values.ARRAYS)
def test_an_array_comes_back_as_it_was(store, array):
    _, loaded = round_trip(store, array)
    assert loaded.dtype == array.dtype
    assert loaded.shape == array.shape
    assert loaded.flags.writeable
    assert loaded.tobytes() == array.tobytes() or array.dtype.names


@ROUND_TRIP
@given(array=values.ARRAYS.filter(lambda array: array.ndim == 0))
def test_a_numpy_scalar_comes_back_as_it_was(store, array):
    round_trip(store, array[()])


@ROUND_TRIP
@given(value=values.JSON_VALUES)
def test_plain_values_are_kept_as_json_or_text(store, value):
    ref, loaded = round_trip(store, value)
    assert ref.format == ("text" if isinstance(value, str) else "json")
    assert repr(loaded) == repr(value)


@ROUND_TRIP
@given(value=values.PYTHON_VALUES)
def test_any_python_value_comes_back_as_it_was(store, value):
    _, loaded = round_trip(store, value)
    assert repr(loaded) == repr(value) or "{" in repr(value)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I", "F", "I;16"])
@pytest.mark.parametrize("size", [(7, 5), (1, 1)])
def test_an_image_of_any_mode_keeps_its_pixels(store, mode, size):
    pixels = Image.effect_noise(size, 64)
    image = (
        pixels.convert("I").convert(mode)
        if mode == "I;16"
        else pixels.convert("RGB").convert(mode)
        if mode != "LA"
        else pixels.convert("LA")
    )
    ref, loaded = round_trip(store, image)
    assert loaded.tobytes() == image.tobytes()
    assert ref.format == ("png" if mode in ("1", "L", "LA", "RGB", "RGBA", "I;16") else "pickle")


NOT_FAITHFUL_TO_JSON = [
    (1, 2),
    {1: "a"},
    {True: "a"},
    float("nan"),
    [float("inf")],
    2**70,
    [1, (2,)],
    "\ud83d\ude00",
    {"a": {None: 1}},
    [np.float64(1.0)],
]


@pytest.mark.parametrize("value", NOT_FAITHFUL_TO_JSON, ids=repr)
def test_what_json_would_change_is_pickled_instead(store, value):
    ref, loaded = round_trip(store, value)
    assert ref.format == "pickle"
    assert repr(loaded) == repr(value)


NOT_FAITHFUL_TO_ARROW = {
    "mixed objects": pd.DataFrame({"a": [1, "x", None]}),
    "None beside NaN": pd.DataFrame({"a": pd.Series(["x", None, float("nan")], dtype=object)}),
    "lists": pd.DataFrame({"a": [[1], [2, 3]]}),
    "arrays in cells": pd.DataFrame({"a": [np.arange(2), np.arange(3)]}),
    "a label of another type": pd.DataFrame({pd.Timestamp("2020"): [1], "a": [2]}),
    "sparse": pd.DataFrame({"a": pd.arrays.SparseArray([0, 0, 1])}),
    "complex": pd.DataFrame({"a": [1j]}),
    "lone surrogates": pd.DataFrame({"a": pd.Series(["\ud800"], dtype=object)}),
    "attrs with objects": pd.DataFrame({"a": [1]}).pipe(lambda frame: frame.attrs.update(x=(1,)) or frame),
}


@pytest.mark.parametrize("name", NOT_FAITHFUL_TO_ARROW)
def test_what_arrow_would_change_is_pickled_instead(store, name):
    frame = NOT_FAITHFUL_TO_ARROW[name]
    ref, loaded = round_trip(store, frame)
    assert ref.format == "pickle"
    pd.testing.assert_frame_equal(loaded, frame)
    assert (
        ref.summary
        == f"{len(frame)} row{'s' * (len(frame) != 1)} × {frame.shape[1]} column{'s' * (frame.shape[1] != 1)}"
    )


ONE_EACH = {
    "arrow-pandas": pd.DataFrame({"a": [1.0, 2.0], "b": ["x", None]}),
    "arrow-polars": pl.DataFrame({"a": [1]}),
    "arrow-polars-series": pl.Series("a", [1]),
    "arrow": pa.table({"a": [1]}),
    "npy": np.arange(6.0).reshape(2, 3),
    "npy-scalar": np.float32(1.5),
    "json": {"a": [1, 2.5, None, True, "x"]},
    "text": "two\r\nlines\n",
    "bytes": b"\x00\xff",
    "png": Image.new("RGB", (2, 2), "red"),
    "pickle": {1, 2},
}


@pytest.mark.parametrize("name", ONE_EACH)
def test_every_type_has_its_format(store, name):
    ref, _ = round_trip(store, ONE_EACH[name])
    assert ref.format == name


SUMMARIES = [
    (pd.DataFrame({"a": range(336_776)}), "336,776 rows × 1 column", "pandas.DataFrame"),
    (pl.DataFrame({"a": [1], "b": [2]}), "1 row × 2 columns", "polars.DataFrame"),
    (np.zeros((3, 4)), "array float64 (3, 4)", "numpy.ndarray"),
    ([1, 2, 3, 4, 5], "5 items", "list"),
    ("x" * 120, "text, 120 characters", "str"),
    (3.5, "3.5", "float"),
    (None, "None", "NoneType"),
    (b"xy", "2 bytes", "bytes"),
    (Image.new("L", (640, 480)), "image 640 × 480 L", "PIL.Image.Image"),
    ({1, 2}, "2 items", "set"),
]


@pytest.mark.parametrize(("value", "summary", "type_name"), SUMMARIES, ids=[case[1] for case in SUMMARIES])
def test_a_reference_says_what_the_value_is(store, value, summary, type_name):
    ref = store.values.put(value, data_version(value))
    assert (ref.summary, ref.type_name) == (summary, type_name)


def test_a_loaded_value_can_be_changed_and_needs_its_file_no_longer(store):
    frame = pd.DataFrame({"a": np.arange(300_000.0), "b": ["x"] * 300_000})
    ref = store.values.put(frame, data_version(frame))
    loaded = store.values.get(ref)
    for path in store.values.folder.iterdir():
        path.write_bytes(b"")
        path.unlink()
    loaded.loc[0, "a"] = -1.0
    loaded["a"].to_numpy().sum()
    loaded.loc[1, "b"] = "y"
    loaded["c"] = 1
    assert loaded.iloc[0, 0] == -1.0
    assert list(loaded["b"][:3]) == ["x", "y", "x"]


def test_a_subclass_is_pickled_with_what_it_adds(store):
    array = np.ma.masked_array([1, 2], mask=[True, False])
    ref, loaded = round_trip(store, array)
    assert ref.format == "pickle"
    assert loaded.mask.tolist() == [True, False]


def test_a_figure_comes_back_without_opening_again(store):
    import matplotlib as mpl

    mpl.use("agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots()
    axes.plot([1, 3, 2])
    _, loaded = round_trip(store, {"shown": figure})
    assert plt.get_fignums() == [figure.number]
    assert loaded["shown"].axes[0].lines[0].get_ydata().tolist() == [1, 3, 2]
    plt.close(figure)


def test_a_model_comes_back_as_it_was(store):
    points = np.random.default_rng(0).normal(size=(50, 3))
    model = RandomForestRegressor(5, random_state=0).fit(points, points[:, 0])
    ref, loaded = round_trip(store, model)
    assert (ref.format, ref.summary) == ("pickle", "RandomForestRegressor, 5 items")
    assert loaded.predict(points).tolist() == model.predict(points).tolist()


def test_memory_order_survives(store):
    array = np.asfortranarray(np.arange(6).reshape(2, 3))
    _, loaded = round_trip(store, array)
    assert loaded.flags.f_contiguous


def test_no_file_but_a_pickle_holds_pickled_objects(store):
    for value in ONE_EACH.values():
        store.values.put(value, data_version(value))
    for path in store.values.folder.iterdir():
        if path.suffix != ".pickle":
            with pytest.raises(Exception):  # noqa: B017 - whatever pickle makes of it
                pickle.loads(path.read_bytes())
