"""Every kind of value but frames: what the one line says, and that equal values stay silent."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import math
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePosixPath

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nb_assets.diff import diff


@dataclasses.dataclass
class Model:
    alpha: float
    layers: list


class Plain:
    def __init__(self, **attributes):
        vars(self).update(attributes)


class Slotted:
    __slots__ = ()

    def __repr__(self):
        return "<Slotted>"


class Hostile:
    def __repr__(self):
        raise ValueError("no repr")

    def __eq__(self, other):
        raise TypeError("no ==")

    __hash__ = None


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


def array(**changed):
    values = np.arange(12.0).reshape(3, 4)
    for place, value in changed.items():
        values.flat[int(place[1:])] = value
    return values


CASES = [
    (1, 2, "1 → 2 (+1, +100 %)", "~"),
    (10, 12.5, "10 → 12.5 (+2.5, +25 %); int → float", "~"),
    (200, 199, "200 → 199 (−1, −0.5 %)", "~"),
    (1, 1.0, "1 → 1.0; int → float", "~"),
    (0, 5, "0 → 5 (+5)", "~"),
    (1.0, math.inf, "1.0 → inf", "~"),
    (Decimal("1.10"), Decimal("1.21"), "1.10 → 1.21 (+0.11, +10 %)", "~"),
    (Fraction(1, 2), Fraction(3, 4), "1/2 → 3/4 (+0.25, +50 %)", "~"),
    (1j, 2j, "1j → 2j", "~"),
    (np.float64(1), np.float64(2), "1.0 → 2.0 (+1, +100 %)", "~"),
    (True, False, "True → False", "~"),
    (None, 3, "NoneType → int", "~"),
    (Colour.RED, Colour.BLUE, "<Colour.RED: 1> → <Colour.BLUE: 2>", "~"),
    (dt.date(2024, 1, 1), dt.date(2024, 1, 5), "2024-01-01 → 2024-01-05 (+4 days)", "~"),
    (PurePosixPath("a"), PurePosixPath("b"), "PurePosixPath('a') → PurePosixPath('b')", "~"),
    ("the quick fox", "the slow fox", "1 line changed", "~1"),
    ("a\nb\nc\n", "a\nB\nc\nd\n", "+1 line, 1 changed", "+1 ~1"),
    ("a\n", "a", "1 line changed", "~1"),
    ({"a": {"b": [1, 2, 3]}}, {"a": {"b": [1, 5, 3]}}, "`a.b[1]` 2 → 5", "~1"),
    ({"a": 1, "b": 2}, {"a": 2, "c": 3}, "+1 value, −1 value, 1 changed", "+1 −1 ~1"),
    ([1, 2, 3, 4], [1, 3, 4, 5], "`[0]` 1 → 2", None),
    ([1, 2, 3, 4], [1, 3, 4], "−1 value", "−1"),
    ({"a": 1}, {"a": True}, "`a` 1 → True", "~1"),
    ({"a": 1}, {"a": "1"}, "`a` 1 → '1'", "~1"),
    ({"a b": 1}, {"a b": 2}, "`['a b']` 1 → 2", "~1"),
    ([1], (1,), "list → tuple", "~"),
    ({1, 2}, {2, 3}, "+1 member, −1 member", "+1 −1"),
    (b"abc", b"abd!", "3 → 4 bytes; they differ from byte 2 on", "~"),
    (Model(0.1, [1, 2]), Model(0.1, [1, 3]), "`layers[1]` 2 → 3", "~1"),
    (Plain(x=1), Plain(x=2), "`x` 1 → 2", "~1"),
    (
        Plain(coef=array()),
        Plain(coef=array(_0=5)),
        "`coef` 1 of 12 elements changed, by at most 5 at [0, 0]",
        "~1",
    ),
    (array(), array(_6=9, _0=math.nan), "2 of 12 elements changed, by at most 3 at [1, 2]", "~2"),
    (array(), array()[:2], "shape (3, 4) → (2, 4)", "−1"),
    (array(), array().astype("f4"), "float64 → float32", "~"),
    (np.array(["a", "b"]), np.array(["a", "ccc"]), "1 of 2 elements changed; <U1 → <U3", "~1"),
    (
        np.array([1, "x", None], dtype=object),
        np.array([1, "y", None], dtype=object),
        "1 of 3 elements changed",
        "~1",
    ),
    (np.array(3), np.array(4), "1 of 1 element changed, by at most 1", "~1"),
    (np.array([], dtype=int), np.array([1]), "shape (0) → (1)", "+1"),
    (10**5000, 10**5000 + 1, "a number of thousands of digits → a number of thousands of digits (+1)", "~"),
]


@pytest.mark.parametrize(("old", "new", "summary", "badge"), CASES, ids=[f"{case[2][:40]}" for case in CASES])
def test_a_change_is_said_in_one_line(old, new, summary, badge):
    result = diff(old, new)
    if badge is None:
        assert not result.equal
        return
    assert (result.summary, result.badge, result.equal) == (summary, badge, False)


EQUAL = [
    1,
    math.nan,
    -0.0,
    1j,
    Decimal("NaN"),
    np.float64("nan"),
    np.bool_(1),
    None,
    True,
    "",
    "a\n",
    b"",
    set(),
    {1},
    [],
    {},
    [math.nan],
    {"a": [1, {"b": None}]},
    array(_1=math.nan),
    np.array([], dtype="M8[s]"),
    np.array(["NaT", "2024"], dtype="M8[D]"),
    np.array([(1, 2.0)], dtype="i4,f8"),
    np.array([math.nan, "a"], dtype=object),
    Model(math.nan, [1]),
    dt.timedelta(1),
    Colour.RED,
    range(3),
    Plain(x=array()),
]


@pytest.mark.parametrize(
    "value", EQUAL, ids=[f"{type(value).__name__} {place}" for place, value in enumerate(EQUAL)]
)
def test_an_equal_value_is_unchanged(value):
    import copy

    result = diff(value, copy.deepcopy(value))
    assert (result.equal, result.summary, result.badge) == (True, "unchanged", "")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(width=16) | st.sampled_from(["", "a", "<b>"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["k", "l", "<i>"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(value=JSON)
def test_json_equals_itself(value):
    import copy

    assert diff(value, copy.deepcopy(value)).equal


@given(old=JSON, new=JSON)
def test_json_diffs_mirror_each_other_and_never_hold_markup(old, new):
    there, back = diff(old, new), diff(new, old)
    assert there.equal == back.equal
    assert "<b>" not in there.to_html().replace("<b></b>", "").replace("<b>1</b>", "").replace("<b>2</b>", "")
    assert "<i>" not in there.to_html()


@given(old=st.sets(st.integers(0, 9)), new=st.sets(st.integers(0, 9)))
def test_sets_count_what_came_and_went(old, new):
    assert diff(old, new).equal == (old == new)
    rows = [row for block in diff(old, new).blocks for row in block.rows]
    assert sum(row.mark == "added" for row in rows) == len(new - old)


@given(old=st.text(alphabet="ab\n\r", max_size=30), new=st.text(alphabet="ab\n\r", max_size=30))
def test_texts_are_equal_only_when_they_are(old, new):
    result = diff(old, new)
    assert result.equal == (old == new)
    if not result.equal:
        assert result.blocks


@given(old=st.binary(max_size=40), new=st.binary(max_size=40))
def test_bytes_name_the_first_that_differs(old, new):
    result = diff(old, new)
    assert result.equal == (old == new)
    if not result.equal:
        at = next(
            (i for i, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]),
            min(len(old), len(new)),
        )
        assert f"from byte {at} on" in result.summary


def test_a_tolerance_reaches_numbers_wherever_they_are():
    assert diff(1.0, 1.05, tolerance=0.1).equal
    assert diff({"a": [1.0]}, {"a": [1.05]}, tolerance=0.1).equal
    assert diff(array(), array(_3=3.05), tolerance=0.1).equal
    assert not diff(array(), array(_3=4), tolerance=0.1).equal


def test_values_that_raise_get_a_sentence():
    result = diff(Hostile(), Hostile())
    assert not result.equal
    assert "Hostile" in result.summary
    assert "whose repr raises ValueError" in str(result)
    assert "Hostile" in diff({"a": Hostile()}, {"a": 1}).summary


def test_objects_that_cannot_tell_whether_they_are_equal_say_so():
    result = diff(Slotted(), Slotted())
    assert result.summary.endswith("Slotted: not equal, though both read the same")


def test_structures_that_hold_themselves_end():
    old, new = [1], [2]
    old.append(old)
    new.append(new)
    assert diff(old, new).summary == "`[0]` 1 → 2"


def test_deep_and_long_structures_stay_bounded():
    old, new = [0], [1]
    for _ in range(500):
        old, new = [old], [new]
    assert not diff(old, new).equal
    result = diff(list(range(50_000)), list(range(1, 50_001)))
    assert result.summary == "50,000 values changed"
    assert len(result.to_html()) < 50_000


def test_frames_inside_structures_are_compared_as_frames():
    import polars as pl

    old = {"train": pl.DataFrame({"id": [1, 2], "v": [1, 2]})}
    new = {"train": pl.DataFrame({"id": [1, 2, 3], "v": [1, 5, 3]})}
    assert diff(old, new).summary == "`train` +1 row, 1 changed"


def test_long_texts_are_compared_in_a_moment():
    old = "\n".join(f"line {place % 7}" for place in range(30_000))
    new = "\n".join(f"line {place % 5}" for place in range(30_000))
    result = diff(old, new)
    assert not result.equal
    assert len(result.to_html()) < 200_000
    assert "more lines differ" in str(result)


def test_sklearn_models_show_parameters_and_what_was_fitted():
    linear = pytest.importorskip("sklearn.linear_model")
    features = np.arange(6.0).reshape(-1, 1)
    old = linear.Ridge(alpha=1.0).fit(features, features[:, 0])
    new = linear.Ridge(alpha=2.0).fit(features, features[:, 0])
    text = str(diff(old, new))
    assert "alpha" in text
    assert "coef_" in text
    assert diff(old, linear.Ridge(alpha=1.0).fit(features, features[:, 0])).equal
