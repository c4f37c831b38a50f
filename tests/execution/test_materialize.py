"""`materialize([...])`, beyond what the comparison with Dagster tells (`tests/oracle`)."""

from __future__ import annotations

import pytest

from nb_assets import AssetKey, AssetSpec, asset, materialize, materialize_to_memory, mem_io_manager
from nb_assets.errors import DefinitionError, DuplicateKeyError, InvocationError


@asset
def a():
    return 1


@asset
def b(a):
    return a + 1


def test_values_and_materializations_are_in_the_result():
    result = materialize([b, a, AssetSpec("elsewhere")])
    assert (result.success, result.output_for_node("b"), result.asset_value("b")) == (True, 2, 2)
    (made,) = result.asset_materializations_for_node("a")
    assert (made.asset_key, made.run_id) == (AssetKey("a"), result.run_id)
    assert repr(result).startswith("<RunResult success: 2 materialized in ")


def test_it_leaves_no_store_behind(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    materialize([a])
    assert list(tmp_path.iterdir()) == []


def test_a_chain_of_five_thousand_is_no_deeper_than_one_of_five():
    chain = [asset(name="x0")(lambda: 0)]
    for n in range(1, 5_000):
        made: dict = {}
        exec(f"def x{n}(x{n - 1}): return x{n - 1} + 1", made)
        chain.append(asset(made[f"x{n}"]))
    assert materialize(chain).output_for_node("x4999") == 4_999


@pytest.mark.parametrize(
    ("given", "error", "told"),
    [
        ([3], DefinitionError, "and 3 is none"),
        ([a, asset(name="a")(lambda: 2)], DuplicateKeyError, "`a` is given twice"),
        ([b], DefinitionError, "no cell or module defines an asset of that name"),
    ],
)
def test_what_cannot_be_run_is_refused(given: list, error: type[Exception], told: str):
    with pytest.raises(error) as caught:
        materialize(given)
    assert told in str(caught.value)


def test_an_unknown_node_is_told_with_near_names():
    result = materialize([asset(name="daily")(lambda: 1)])
    with pytest.raises(InvocationError, match="Did you mean `daily`"):
        result.output_for_node("dayly")
    with pytest.raises(InvocationError, match="no output `x`"):
        result.output_for_node("daily", "x")


def test_what_a_failed_run_did_not_make_has_no_value():
    bad = asset(name="bad")(lambda: 1 / 0)
    result = materialize([bad, a], raise_on_error=False)
    assert result.asset_value("a") == 1
    with pytest.raises(InvocationError, match="gave no value in this run: failure"):
        result.output_for_node("bad")


def test_values_stay_in_memory_whatever_stores_them_else():
    @asset(io_manager_key="elsewhere")
    def a():
        return 1

    @asset
    def b(a):
        return a + 1

    assert materialize_to_memory([a, b]).output_for_node("b") == 2
    with pytest.raises(DefinitionError, match="keeps all values in memory"):
        materialize_to_memory([a, b], resources={"elsewhere": mem_io_manager})
