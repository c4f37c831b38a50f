"""Functions that make several assets: what a definition knows, and how each mistake is told."""

from __future__ import annotations

import pytest

from nb_assets import AssetIn, AssetKey, AssetOut, AssetSpec, RetryPolicy, asset, multi_asset
from nb_assets.errors import DefinitionError, InvocationError, OutputError

A, B, X = AssetKey("a"), AssetKey("b"), AssetKey("x")


def two(**options):
    return multi_asset(outs={"a": AssetOut(), "b": AssetOut()}, **options)


def both():
    return 1, 2


def of_x(x):
    return x, x


def test_outs_are_assets_in_their_order():
    made = multi_asset(outs={"b": AssetOut(key_prefix="p"), "a": AssetOut(key=["q", "z"])})(both)
    assert made.keys_by_output_name == {"b": AssetKey(["p", "b"]), "a": AssetKey(["q", "z"])}
    assert made.node_name == "both"
    assert made.node_def is made.op
    assert made.op.output_names == ("b", "a")


def test_inputs_and_deps_hold_for_each_output():
    made = two(ins={"x": AssetIn(key="y")}, deps=["z"])(of_x)
    assert made.upstream_of(A) == made.upstream_of(B) == (AssetKey("y"), AssetKey("z"))
    assert [dep.asset_key for dep in made.specs_by_key[A].deps] == [AssetKey("y"), AssetKey("z")]


def test_internal_deps_replace_them_for_the_outputs_they_name():
    made = two(internal_asset_deps={"a": {X}, "b": {A}})(of_x)
    assert (made.upstream_of(A), made.upstream_of(B)) == ((X,), (A,))
    assert made.dependency_keys == (X,)
    assert made.derives_within


def test_specs_say_what_each_is_derived_from():
    @multi_asset(specs=[AssetSpec("a", deps=["x"]), AssetSpec("b", deps=["a"])])
    def made(x):
        """Both."""

    assert (made.upstream_of(A), made.upstream_of(B)) == ((X,), (A,))
    assert made.valueless_outputs == {"a", "b"}
    assert made.specs_by_key[A].description == "Both."


def test_what_is_said_of_all_is_for_the_outputs_that_say_nothing():
    made = multi_asset(
        outs={"a": AssetOut(code_version="9", description="own"), "b": AssetOut()},
        group_name="g",
        code_version="1",
        description="all",
    )(both)
    assert [spec.group_name for spec in made.specs] == ["g", "g"]
    assert [spec.code_version for spec in made.specs] == ["9", "1"]
    assert [spec.description for spec in made.specs] == ["own", "all"]


def annotated_as_one() -> int:
    return 1


def annotated_too_long() -> tuple[int, int, int]:
    return 1, 2, 3


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: multi_asset(outs={"a": AssetOut()}, specs=[AssetSpec("b")])(both), "one of them"),
        (lambda: multi_asset(outs=["a"])(both), 'outs={"name": AssetOut()}'),
        (lambda: multi_asset(specs=["a"])(both), 'specs=[AssetSpec("name")]'),
        (lambda: multi_asset(specs=[AssetSpec("a")], deps=["x"])(both), "neither deps nor"),
        (lambda: multi_asset(outs={"a-b": AssetOut()})(both), 'Write "a_b"'),
        (
            lambda: multi_asset(outs={"a": AssetOut(key="k"), "b": AssetOut(key="k")})(both),
            "makes `k` twice",
        ),
        (lambda: two(internal_asset_deps={"aa": {B}})(both), "Did you mean `a`?"),
        (
            lambda: two(internal_asset_deps={"a": {X}})(both),
            "neither one of its inputs nor one of its assets",
        ),
        (lambda: two(internal_asset_deps={"b": {A}})(of_x), "name it for the outputs that are"),
        (lambda: multi_asset(specs=[AssetSpec("a")])(of_x), "none of its specs depends on `x`"),
        (lambda: two(retry_policy=3)(both), "RetryPolicy(max_retries=…)"),
        (lambda: two()(annotated_as_one), "a tuple with a type for each of a, b"),
        (lambda: two()(annotated_too_long), "which has 3 types, and it has 2 outputs"),
        (lambda: AssetOut(key="a", key_prefix="b"), "not both"),
        (lambda: AssetOut.from_spec(AssetSpec("a", deps=["b"])), "use specs in place of outs"),
        (lambda: two()(both).key, "say which one is meant by its key"),
    ],
)
def test_a_mistake_in_a_definition_is_told_in_one_paragraph(make, told):
    with pytest.raises(DefinitionError) as error:
        make()
    assert told in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("result", "told"),
    [
        ((1,), "returned 1 values, and it declares 2 outputs"),
        ([1, 2], "return a tuple with one value for each of a, b"),
        (5, "returned a int"),
        (None, "returned a NoneType"),
        ({"a": 1, "bb": 2}, "does not declare. Did you mean `b`?"),
        ({"a": 1}, "yielded nothing for `b`"),
    ],
)
def test_a_mistake_in_what_is_given_is_told_in_a_direct_call_as_in_a_run(result, told):
    @two()
    def wrong():
        return result

    with pytest.raises(OutputError) as error:
        wrong()
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_a_direct_call_gives_what_the_function_gives():
    assert two()(both)() == (1, 2)
    assert two()(of_x)(3) == two()(of_x)(x=3) == (3, 3)
    with pytest.raises(InvocationError, match="no value was given for the argument `x`"):
        two()(of_x)()


def test_an_asset_is_not_called_in_the_body_of_a_graph():
    from nb_assets import graph_asset

    @asset
    def a():
        return 1

    with pytest.raises(DefinitionError, match="take it as an argument of the graph"):

        @graph_asset
        def g():
            return a()


def test_a_retry_policy_is_kept():
    policy = RetryPolicy(max_retries=3)
    assert two(retry_policy=policy)(both).retry_policy is policy
