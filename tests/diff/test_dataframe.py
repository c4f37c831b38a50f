"""Frames: counts against a brute-force reference, and an answer to every kind of bad data."""

from __future__ import annotations

import datetime as dt
import decimal
import math
from collections import Counter

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nb_assets.diff import diff

FLOATS = st.none() | st.sampled_from([0.0, 1.0, 1.5, math.nan, math.inf, -math.inf])
WORDS = st.none() | st.sampled_from(["", "a", "b", "<script>", "ü"])


@st.composite
def frames(draw, *, unique_key=True, largest_key=12):
    keys = draw(st.lists(st.integers(0, largest_key), unique=unique_key, max_size=12))
    columns = {
        "id": pl.Series(keys, dtype=pl.Int64),
        "x": pl.Series([draw(FLOATS) for _ in keys], dtype=pl.Float64),
        "s": pl.Series([draw(WORDS) for _ in keys], dtype=pl.String),
        "l": pl.Series(
            [draw(st.none() | st.lists(st.integers(0, 1), max_size=2)) for _ in keys], dtype=pl.List(pl.Int64)
        ),
    }
    return pl.DataFrame(columns)


def cell(value):
    return "NaN" if isinstance(value, float) and math.isnan(value) else repr(value)


def rows_by_key(frame):
    """Rows by their key and how often it was seen before."""
    seen = Counter()
    rows = {}
    for row in frame.iter_rows(named=True):
        rows[row["id"], seen[row["id"]]] = {name: cell(value) for name, value in row.items()}
        seen[row["id"]] += 1
    return rows


def reference(old, new):
    before, after = rows_by_key(old), rows_by_key(new)
    both = before.keys() & after.keys()
    cells = Counter(name for key in both for name in old.columns if before[key][name] != after[key][name])
    changed = sum(before[key] != after[key] for key in both)
    return len(after.keys() - both), len(before.keys() - both), changed, dict(cells)


def counts(result):
    return result.rows_added, result.rows_removed, result.rows_changed, result.columns_changed


@given(old=frames(), new=frames())
def test_counts_by_a_key_match_a_brute_force_reference(old, new):
    assert counts(diff(old, new, key="id")) == reference(old, new)


@given(old=frames(unique_key=False, largest_key=3), new=frames(unique_key=False, largest_key=3))
def test_repeated_keys_pair_in_their_order_of_appearance(old, new):
    result = diff(old, new, key="id")
    assert counts(result) == reference(old, new)
    repeats = old["id"].is_duplicated().any() or new["id"].is_duplicated().any()
    assert repeats == ("order of appearance" in str(result))


@given(old=frames(), new=frames())
def test_pandas_and_arrow_count_like_polars_apart_from_nan(old, new):
    expected = counts(diff(old, new, key="id"))
    assert counts(diff(old.to_arrow(), new.to_arrow(), key="id")) == expected
    # In pandas NaN is the missing value, so the reference holds once it is one in polars too.
    olds, news = (frame.with_columns(pl.col("x").fill_nan(None)) for frame in (old, new))
    assert counts(diff(old.to_pandas(), new.to_pandas(), key="id"))[:3] == reference(olds, news)[:3]


@given(frame=frames(unique_key=False))
@pytest.mark.parametrize("convert", [lambda frame: frame, pl.DataFrame.to_pandas, pl.DataFrame.to_arrow])
def test_a_frame_equals_its_copy(frame, convert):
    result = diff(convert(frame), convert(frame.clone()))
    assert result.equal
    assert (result.summary, result.badge) == ("unchanged", "")


@given(old=frames(unique_key=False), new=frames(unique_key=False))
@pytest.mark.parametrize("key", [None, "id"])
def test_swapping_the_sides_swaps_added_and_removed(key, old, new):
    there, back = diff(old, new, key=key), diff(new, old, key=key)
    assert (there.rows_added, there.rows_removed) == (back.rows_removed, back.rows_added)
    assert (there.rows_changed, there.key, there.equal) == (back.rows_changed, back.key, back.equal)
    assert there.columns_changed == back.columns_changed


@given(old=frames(unique_key=False, largest_key=2), new=frames(unique_key=False, largest_key=2))
def test_without_a_key_whole_rows_are_counted_or_positions_compared(old, new):
    old, new = old.drop("id"), new.drop("id")
    result = diff(old, new)
    rows = [Counter(tuple(map(cell, row)) for row in frame.iter_rows()) for frame in (old, new)]
    if result.paired_by == "content":
        assert result.rows_added == (rows[1] - rows[0]).total()
        assert result.rows_removed == (rows[0] - rows[1]).total()
    elif result.paired_by == "position":
        pairs = zip(old.iter_rows(), new.iter_rows(), strict=True)
        assert result.rows_changed == sum(tuple(map(cell, a)) != tuple(map(cell, b)) for a, b in pairs)


def test_the_summary_says_rows_then_columns():
    old = pd.DataFrame({"id": range(200), "dist": range(200), "v": 1.0})
    new = pd.concat([old.iloc[3:], old.iloc[:120].assign(id=lambda f: f.id + 1000)], ignore_index=True)
    new.loc[new.index[:45], "v"] = 2.0
    new = new.assign(delay=0).astype({"dist": float})
    result = diff(old, new)
    assert result.summary == "+120 rows, −3 rows, 45 changed; column `delay` added; `dist` int64 → float64"
    assert result.badge == "+120 −3 ~45"
    assert result.key == ("id",)
    assert result.columns_added == ("delay",)
    assert result.columns_retyped == {"dist": ("int64", "float64")}
    assert result.columns_changed == {"v": 45}


def test_the_text_form_shows_changed_cells_with_what_they_were():
    old = pl.DataFrame({"id": [1, 2, 3, 4], "x": [1.0, 2.0, None, 4.0], "s": ["a", "b", "c", "d"]})
    new = pl.DataFrame({"id": [1, 2, 4, 5], "x": [1.0, 2.5, 4.0, None], "s": ["a", "b", "c", "z"]})
    assert str(diff(old, new)).splitlines() == [
        "+1 row, −1 row, 2 changed",
        "~ x  1 cell  33.3 % · mean 2.333 → 2.5",
        "~ s  1 cell  33.3 %",
        "  id        x  s",
        "~  2  2 → 2.5  b",
        "~  4        4  d → c",
        "+  5     null  z",
        "−  3     null  c",
        "· Rows are recognised by `id`, which no two rows share.",
    ]


def test_an_equal_frame_is_one_line():
    frame = pd.DataFrame({"a": [1, 2], "b": [np.nan, 1.0]})
    assert str(diff(frame, frame.copy())) == "unchanged"


@pytest.mark.parametrize(
    ("old", "new", "summary"),
    [
        pytest.param({"a": [1]}, {"a": [2]}, "1 row changed", id="one row"),
        pytest.param({"a": [1, 2]}, {"a": [2, 1]}, "rows in another order", id="reordered"),
        pytest.param(
            {"a": [1], "b": [2]}, {"b": [2], "a": [1]}, "columns in another order", id="columns reordered"
        ),
        pytest.param({"a": ["x", "x"]}, {"a": ["x", "x", "x"]}, "+1 row", id="repeated rows"),
        pytest.param({"a": []}, {"a": [None]}, "+1 row; `a` Null → Null", id="all null"),
        pytest.param({}, {"a": [1, 2]}, "+2 rows; column `a` added", id="from nothing"),
        pytest.param({"a": [1, 2]}, {}, "−2 rows; column `a` removed", id="to nothing"),
        pytest.param({"a": [1, 2]}, {"b": [1, 2]}, "`a` → `b`", id="renamed"),
        pytest.param(
            {"a": [1, 2]}, {"b": [5, 6]}, "column `b` added; column `a` removed", id="nothing shared"
        ),
        pytest.param({"a": [math.inf, 1.0]}, {"a": [math.inf, -math.inf]}, "1 row changed", id="infinity"),
        pytest.param(
            {"a": [None, 1.0]}, {"a": [math.nan, 1.0]}, "1 row changed", id="null is not NaN in polars"
        ),
    ],
)
def test_bad_and_small_frames_get_an_answer(old, new, summary):
    result = diff(pl.DataFrame(old), pl.DataFrame(new))
    assert result.summary == summary.replace("; `a` Null → Null", "")
    assert not result.equal


def test_null_is_nan_in_pandas():
    old = pd.DataFrame({"a": [np.nan, 1.0]})
    result = diff(old, old.astype("Float64"))
    assert result.summary == "`a` float64 → Float64"
    assert result.rows_changed == 0


MIXED = [1, "1", True, None, 2.5, b"x", {"a": [1]}, object]
EXOTIC = {
    "mixed objects": (pd.Series(MIXED, dtype=object), pd.Series([*MIXED[:-1], int], dtype=object)),
    "1 against True": (pd.Series([1, "x"], dtype=object), pd.Series([True, "x"], dtype=object)),
    "categories": (pd.Series(["a", "b"], dtype="category"), pd.Series(["a", "a"], dtype="category")),
    "categories of numbers": (pd.Series([1, 2], dtype="category"), pd.Series([1, 3], dtype="category")),
    "complex": (pd.Series([1j, 2j]), pd.Series([1j, 3j])),
    "half floats": (pd.Series([1, 2], dtype="float16"), pd.Series([1, 3], dtype="float16")),
    "sparse": (pd.Series(pd.arrays.SparseArray([0, 1])), pd.Series(pd.arrays.SparseArray([0, 2]))),
    "periods": (
        pd.Series(pd.period_range("2024", periods=2, freq="D")),
        pd.Series(pd.PeriodIndex(["2024-01-01", "2024-05-01"], freq="D")),
    ),
    "intervals": (
        pd.Series(pd.interval_range(0, 2)),
        pd.Series(pd.IntervalIndex.from_tuples([(0, 1), (5, 6)])),
    ),
    "time zones": (
        pd.Series(pd.to_datetime(["2024-01-01", "2024-06-01"], utc=True)),
        pd.Series(pd.to_datetime(["2024-01-01", "2024-06-02"], utc=True)),
    ),
    "nullable": (pd.Series([1, None], dtype="Int64"), pd.Series([1, 7], dtype="Int64")),
    "decimals": (
        pd.Series([decimal.Decimal("1.0"), decimal.Decimal("2.0")]),
        pd.Series([decimal.Decimal("1.0"), decimal.Decimal("2.1")]),
    ),
    "dates": (pd.Series([dt.date(2024, 1, 1), None]), pd.Series([dt.date(2024, 1, 1), dt.date(2024, 1, 2)])),
    "lists": (pd.Series([[1], [2, 3]]), pd.Series([[1], [2, 4]])),
    "arrays": (pd.Series([np.zeros(2), np.ones(2)]), pd.Series([np.zeros(2), np.zeros(2)])),
    "dicts": (pd.Series([{"a": 1}, {"a": 2}]), pd.Series([{"a": 1}, {"b": 2}])),
}


@pytest.mark.parametrize("case", EXOTIC)
def test_columns_of_any_pandas_type_are_compared_cell_by_cell(case):
    old, new = (pd.DataFrame({"v": series, "w": 0}) for series in EXOTIC[case])
    result = diff(old, new)
    assert result.columns_changed == {"v": 1}, str(result)
    assert diff(old, old.copy()).equal
    assert "Traceback" not in result.to_html()


def test_values_that_raise_in_repr_do_not_break_the_diff():
    class Hostile:
        def __repr__(self):
            raise ValueError

        def __eq__(self, other):
            raise TypeError

        __hash__ = None

    old = pd.DataFrame({"a": [1, 2], "h": [Hostile(), 1]})
    new = pd.DataFrame({"a": [1, 3], "h": [Hostile(), 1]})
    assert diff(old, new).columns_changed == {"a": 1}


def test_polars_objects_and_nested_types_are_compared():
    old = pl.DataFrame(
        {"o": pl.Series([object, int], dtype=pl.Object), "s": [{"a": [1.0]}, {"a": [math.nan]}]}
    )
    new = pl.DataFrame(
        {"o": pl.Series([object, str], dtype=pl.Object), "s": [{"a": [1.5]}, {"a": [math.nan]}]}
    )
    assert diff(old, new).columns_changed == {"o": 1, "s": 1}


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        (pl.Series("a", [1, 2], dtype=pl.Int8), pl.Series("a", [1, 3], dtype=pl.UInt64), 1),
        (pl.Series("a", [1, 2]), pl.Series("a", ["1", "3"]), 1),
        (pl.Series("a", [1, 2]), pl.Series("a", [1.0, 2.5]), 1),
        (pl.Series("a", [True, False]), pl.Series("a", [1, 1]), 1),
        (pl.Series("a", ["x", "y"]), pl.Series("a", ["x", "z"], dtype=pl.Categorical), 1),
        (pl.Series("a", [None, None]), pl.Series("a", [None, 1]), 1),
        (pl.Series("a", [[1], [2]]), pl.Series("a", [[1.0], [2.0]]), 2),
        (pl.Series("a", [dt.date(2024, 1, 1)] * 2), pl.Series("a", [dt.datetime(2024, 1, 1), None]), 1),
        (pl.Series("a", [2**53, 2**63 - 1]), pl.Series("a", [2**53 + 1, 2**63], dtype=pl.UInt64), 2),
    ],
)
def test_a_retyped_column_is_compared_by_value_where_types_allow(old, new, changed):
    result = diff(old.to_frame(), new.to_frame())
    assert result.columns_retyped.keys() == {"a"}
    assert result.columns_changed == {"a": changed}


def test_a_changed_time_zone_is_a_retyped_column():
    old = pd.DataFrame({"t": pd.to_datetime(["2024-01-01"], utc=True)})
    result = diff(old, old.assign(t=old.t.dt.tz_convert("America/New_York")))
    assert result.columns_retyped.keys() == {"t"}
    assert not result.equal


def test_columns_that_share_a_name_pair_by_their_order():
    old = pd.DataFrame([[1, 2, 3]], columns=["a", "a", "b"])
    new = pd.DataFrame([[1, 5, 3]], columns=["a", "a", "b"])
    result = diff(old, new)
    assert result.columns_changed == {"a (2)": 1}
    assert "share a name" in str(result)


def test_names_that_are_no_text_or_look_like_patterns_are_names():
    old = pd.DataFrame({0: [1, 2], ("x", 1): [1, 2], "^.*$": [1, 2], "*": [1, 2], "": [1, 2], None: [1, 1]})
    new = old.copy()
    new["^.*$"] = [1, 3]
    new[0] = [1, 4]
    assert diff(old, new).columns_changed == {"0": 1, "^.*$": 1}
    assert diff(old, new, key="^.*$").key == ("^.*$",)


def test_a_named_index_is_a_key():
    old = pd.DataFrame({"mean": [1.0, 2.0]}, index=pd.Index(["UA", "AA"], name="carrier"))
    new = pd.DataFrame({"mean": [1.0, 2.5, 3.0]}, index=pd.Index(["UA", "AA", "B6"], name="carrier"))
    result = diff(old, new)
    assert (result.key, result.summary) == (("carrier",), "+1 row, 1 changed")


def test_a_filtered_frame_is_recognised_by_its_index():
    old = pd.DataFrame({"x": [0.5, 1.5, 2.5, 3.5]})
    result = diff(old, old[old.x > 1])
    assert (result.rows_added, result.rows_removed, result.rows_changed) == (0, 1, 0)


def test_a_series_and_a_lazy_frame_are_frames():
    assert diff(pd.Series([1, 2], name="a"), pd.Series([1, 3], name="a")).columns_changed == {"a": 1}
    assert diff(pl.Series("a", [1, 2]), pl.Series("a", [1, 3])).columns_changed == {"a": 1}
    assert diff(pl.LazyFrame({"a": [1, 2]}), pl.LazyFrame({"a": [1, 3]})).columns_changed == {"a": 1}
    assert diff(pa.table({"a": [1]}), pa.table({"a": [1, 2]})).rows_added == 1


def test_another_library_is_said():
    frame = pl.DataFrame({"a": [1, 2]})
    assert "polars.DataFrame → pandas.DataFrame" in diff(frame, frame.to_pandas()).summary


@pytest.mark.parametrize("key", ["idd", ["id", "nope"], "", 5, ["id", "id"]])
def test_a_wrong_key_is_said_and_the_diff_goes_on(key):
    old, new = pd.DataFrame({"id": [1, 2], "v": [1, 2]}), pd.DataFrame({"id": [1, 2], "v": [1, 3]})
    result = diff(old, new, key=key)
    assert result.rows_changed == 1
    if key == "idd":
        assert "no column `idd`, so the given key was not used. Did you mean `id`?" in str(result)


def test_a_key_of_another_type_on_each_side_still_pairs():
    old, new = pd.DataFrame({"id": [1, 2], "v": [1, 2]}), pd.DataFrame({"id": ["1", "2"], "v": [1, 3]})
    assert (diff(old, new, key="id").rows_changed, diff(old, new, key="id").rows_added) == (1, 0)


def test_nulls_in_a_key_are_a_value_of_it():
    old = pl.DataFrame({"id": [None, 1], "v": [1, 2]})
    result = diff(old, pl.DataFrame({"id": [1, None], "v": [2, 5]}), key="id")
    assert (result.rows_added, result.rows_removed, result.rows_changed) == (0, 0, 1)


def test_a_tolerance_forgives_small_differences():
    old, new = (
        pl.DataFrame({"a": [1.0, math.nan, math.inf, None]}),
        pl.DataFrame({"a": [1.05, math.nan, math.inf, None]}),
    )
    assert diff(old, new).rows_changed == 1
    assert diff(old, new, tolerance=0.1).equal
    assert not diff(old, pl.DataFrame({"a": [1.0, 0.0, -math.inf, None]}), tolerance=0.1).equal


def test_five_thousand_columns_are_compared():
    old = pl.DataFrame({f"c{place}": [0, 1] for place in range(5_000)})
    new = old.with_columns(c7=pl.lit(5), extra=pl.lit(1))
    result = diff(old, new)
    assert result.columns_changed == {"c7": 2}
    assert len(result.to_html()) < 200_000


def test_everything_that_changed_in_a_wide_frame_stays_bounded():
    rng = np.random.default_rng(0)
    old = pd.DataFrame(rng.random((50, 2_000))).map(lambda value: f"<{value}>" * 50)
    new = old.map(lambda value: value + "&")
    result = diff(old, new)
    assert result.rows_changed == 50
    assert len(result.columns_changed) == 2_000
    assert len(result.to_html().encode()) < 200_000
    assert len(str(result.to_dict())) < 200_000


def test_a_frame_with_rows_and_no_columns_has_rows():
    assert diff(pd.DataFrame(index=range(3)), pd.DataFrame(index=range(5))).rows_added == 2


def test_the_diff_keeps_no_data_alive():
    result = diff(pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [2]}))
    assert not any(type(value).__module__.startswith(("pandas", "polars")) for value in vars(result).values())


def test_duckdb_relations_are_compared_like_frames():
    query = "select i as id, {} as x, 'n' || (i % 3) as s from range({}) rows(i)"
    old = duckdb.sql(query.format("i", 100))
    new = duckdb.sql(query.format("case when i = 7 then 0 else i end", 101))
    result = diff(old, new)
    assert counts(result) == (1, 0, 1, {"x": 1})
    assert diff(old, duckdb.sql(query.format("i", 100))).equal


def test_a_duckdb_query_that_fails_is_answered_all_the_same(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("id\n1\n2\n")
    connection = duckdb.connect()
    relation = connection.sql(f"select * from read_csv('{path}')")
    path.unlink()
    assert "compared by what it prints" in str(diff(relation, relation))
