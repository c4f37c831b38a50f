"""What `@asset` makes, beyond what the comparison with Dagster tells (`tests/oracle`)."""

from __future__ import annotations

import pytest

from nb_assets import AssetDep, AssetIn, AssetKey, AssetSpec, RetryPolicy, asset
from nb_assets.errors import DefinitionError, InvocationError


def test_an_asset_is_derived_from_its_arguments_and_then_its_deps():
    @asset(deps=["z", AssetDep("b"), AssetSpec("y")], ins={"x": AssetIn(["raw", "x"])})
    def made(context, b, x): ...

    assert made.dependency_keys == tuple(map(AssetKey, ["b", ["raw", "x"], "z", "y"]))
    assert [dep.asset_key for dep in made.spec.deps] == list(made.dependency_keys)
    assert made.keys_by_input_name == {"b": AssetKey("b"), "x": AssetKey(["raw", "x"])}


def test_a_dep_in_two_ways_with_different_metadata_is_refused():
    with pytest.raises(DefinitionError, match="given twice in deps with different metadata"):
        asset(name="b", deps=[AssetDep("a"), AssetDep("a", metadata={"x": 1})])(lambda: 1)


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"key": "a", "name": "a"}, "either a whole key, or a name and a key_prefix"),
        ({"ins": {"rwa": AssetIn("raw")}}, "Did you mean `raw`?"),
        ({"deps": "abc"}, 'write deps=["abc"]'),
        ({"deps": ["x/a"]}, "a key of several parts is a list"),
        ({"deps": ["made"]}, "`made` depends on itself"),
        ({"code_version": 7}, 'write code_version="7"'),
        ({"metadata": [1]}, "metadata of `made` is a dict"),
        ({"group_name": "a-b"}, "is not a group name"),
        ({"retry_policy": 3}, "write RetryPolicy(max_retries"),
        ({"owners": ["ada"]}, "cannot own the asset `made`"),
    ],
)
def test_a_mistake_is_told_with_what_to_do(parameters: dict, told: str):
    def made(raw): ...

    with pytest.raises(DefinitionError) as caught:
        asset(**parameters)(made)
    assert told in str(caught.value)


def test_a_lambda_needs_a_name():
    with pytest.raises(DefinitionError, match=r"@asset\(name="):
        asset(lambda: 1)
    assert asset(name="a")(lambda: 1).key == AssetKey("a")


def test_what_is_no_function_cannot_be_decorated():
    with pytest.raises(DefinitionError, match="goes on a function"):
        asset("trips")
    with pytest.raises(DefinitionError, match="is an asset already"):
        asset(asset(name="a")(lambda: 1))


@pytest.mark.parametrize(
    "source",
    [
        "def f(a, ctx: AssetExecutionContext): ...",
        "def f(ctx: 'AssetExecutionContext'): ...",
        "def f(a, context): ...",
    ],
)
def test_a_context_goes_first_and_by_its_name(source: str):
    names: dict = {}
    exec(f"from nb_assets import AssetExecutionContext\n{source}", names)
    with pytest.raises(DefinitionError, match="first"):
        asset(names["f"])


def test_a_decorated_function_stays_callable():
    @asset
    def made(context, a, b=2):
        return a, b

    assert made(None, 1) == (1, 2)
    assert made(None, 1, b=3) == (1, 3)
    assert made(context=None, a=1) == (1, 2)


@pytest.mark.parametrize(
    ("args", "kwargs", "told"),
    [
        ((None,), {}, "no value was given for the argument `a` of `made(context, a, b)`"),
        ((), {"a": 1}, "build_asset_context()"),
        ((None, 1, 2, 3), {}, "takes 3 arguments, and 4 were given"),
        ((None, 1), {"bb": 2}, "has no argument `bb`. Did you mean `b`?"),
    ],
)
def test_a_wrong_direct_call_says_what_is_wrong(args: tuple, kwargs: dict, told: str):
    @asset
    def made(context, a, b=2): ...

    with pytest.raises(InvocationError) as caught:
        made(*args, **kwargs)
    assert told in str(caught.value)


def test_its_source_is_what_was_written():
    @asset(retry_policy=RetryPolicy(2))
    def made():
        return 1  # one

    assert made.source == "@asset(retry_policy=RetryPolicy(2))\ndef made():\n    return 1  # one\n"
    assert (made.name, made.key, made.retry_policy.max_retries) == ("made", AssetKey("made"), 2)
