"""Who compares what: registration, the fallback, and that nothing of ours is ever a traceback."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import pytest

from nb_assets.diff import ValueDiff, diff, dispatch, register_diff
from nb_assets.errors import UsageError


@pytest.fixture(autouse=True)
def kinds_as_they_were():
    before = list(dispatch._kinds)
    yield
    dispatch._kinds[:] = before


class Tensor:
    def __init__(self, value):
        self.value = value


def compare_tensors(old, new, options):
    return ValueDiff(kind="tensor", equal=old.value == new.value, summary=f"`t` {old.value} → {new.value}")


@pytest.mark.parametrize(
    "matcher", [Tensor, f"{Tensor.__module__}.Tensor", lambda value: type(value).__name__ == "Tensor"]
)
def test_a_type_is_registered_by_class_by_name_or_by_predicate(matcher):
    register_diff(matcher, compare_tensors)
    result = diff(Tensor(1), Tensor(2))
    assert (result.kind, result.summary) == ("tensor", "`t` 1 → 2")
    assert "<code>t</code> 1 → 2" in result.to_html()


def test_what_is_registered_last_is_asked_first():
    register_diff(int, lambda old, new, options: ValueDiff(kind="mine", equal=False, summary="mine"))
    assert diff(1, 2).kind == "mine"


def test_a_kind_that_raises_is_said_and_the_values_are_compared_all_the_same():
    def broken(old, new, options):
        raise RuntimeError("out of order")

    register_diff(Fraction, broken)
    result = diff(Fraction(1, 2), Fraction(1, 3))
    assert not result.equal
    assert "RuntimeError: out of order" in str(result)


@pytest.mark.parametrize("tolerance", [-1, "a lot", True, float("nan")])
def test_a_tolerance_that_is_none_is_refused_in_one_paragraph(tolerance):
    with pytest.raises(UsageError, match="not negative"):
        diff(1, 2, tolerance=tolerance)


def test_importing_the_package_costs_the_standard_library_only():
    script = "import sys, nb_assets.diff; print([name for name in ('polars', 'pandas', 'numpy', 'pyarrow') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
