"""Functions that make several assets, in a session: what is kept, stale, restored and run alone."""

from __future__ import annotations

import pytest

from nb_assets import (
    AssetKey,
    AssetOut,
    AssetSpec,
    MaterializeResult,
    Output,
    asset,
    materialize,
    multi_asset,
)

A, B, DA, DB = (AssetKey(name) for name in ("a", "b", "da", "db"))


def words(session) -> dict[str, str]:
    return {key.to_user_string(): status.state for key, status in session.status().items()}


@asset
def da(a):
    return a * 10


@asset
def db(b):
    return b * 10


def test_what_was_yielded_before_a_failure_is_kept_and_what_needs_only_that_runs(session, register, tmp_path):
    broken = tmp_path / "broken"
    broken.touch()

    @multi_asset(outs={"a": AssetOut(), "b": AssetOut()})
    def both():
        yield Output(1, "a", metadata={"rows": 3})
        if broken.exists():
            raise ValueError("half-way")
        yield Output(2, "b")

    register(both, da, db)
    result = session.materialize(raise_on_error=False)

    assert result.materialized == [A, DA]
    assert list(result.failed) == [B]
    assert list(result.skipped) == [DB]
    assert (session.load("a"), session.load("da")) == (1, 10)
    assert session.history("a")[0].metadata["rows"].value == 3
    assert words(session) == {"a": "fresh", "b": "failed", "da": "fresh", "db": "missing"}

    broken.unlink()
    again = session.materialize()
    assert again.success
    assert session.load("db") == 20
    assert DA in again.fresh


def test_a_multi_asset_that_is_fresh_is_not_called(session, register):
    calls = []

    @multi_asset(outs={"a": AssetOut(code_version="1"), "b": AssetOut(code_version="1")})
    def both():
        calls.append("both")
        return 1, 2

    register(both, da, db)
    session.materialize()
    assert session.materialize().fresh == [A, B, DA, DB]
    assert calls == ["both"]


def test_an_asset_of_several_is_stale_only_for_what_it_is_derived_from(session, register):
    made = {"x": 1, "y": 1}

    def upstream(name: str, version: int):
        @asset(name=name, code_version=str(version))
        def f():
            return made[name]

        return f

    @multi_asset(
        outs={"a": AssetOut(code_version="1"), "b": AssetOut(code_version="1")},
        internal_asset_deps={"a": {AssetKey("x")}, "b": {AssetKey("y")}},
        can_subset=True,
    )
    def both(context, x, y):
        if A in context.selected_asset_keys:
            yield Output(x, "a")
        if B in context.selected_asset_keys:
            yield Output(y, "b")

    first, second, third = upstream("x", 1), upstream("y", 1), upstream("y", 2)
    session.register(_origin("up"), [first, second])
    session.register(_origin("both"), [both])
    session.materialize()

    made["y"] = 5
    session.register(_origin("up"), [first, third])
    assert {k for k, word in words(session).items() if word == "stale"} == {"y", "b"}
    result = session.materialize()
    assert result.materialized == [AssetKey("y"), B]
    assert (session.load("a"), session.load("b")) == (1, 5)
    assert len(session.history("a")) == 1


def test_an_asset_that_is_derived_from_another_of_the_same_call_is_made_from_its_new_version(
    session, register
):
    @multi_asset(
        outs={"a": AssetOut(), "b": AssetOut()}, internal_asset_deps={"a": set(), "b": {AssetKey("a")}}
    )
    def both():
        yield Output(1, "a")
        yield Output(2, "b")

    register(both)
    session.materialize()
    assert session.history("b")[0].inputs == {A: session.history("a")[0].data_version}
    assert words(session) == {"a": "fresh", "b": "fresh"}


@pytest.mark.parametrize("given", ["dict", "yield"])
def test_the_order_of_assets_that_follow_from_each_other_counts_where_there_is_one(session, register, given):
    @multi_asset(specs=[AssetSpec("b", deps=["a"]), AssetSpec("a")])
    def yielded():
        yield MaterializeResult(asset_key="b")
        yield MaterializeResult(asset_key="a")

    @multi_asset(
        outs={"b": AssetOut(), "a": AssetOut()}, internal_asset_deps={"a": set(), "b": {AssetKey("a")}}
    )
    def in_dict():
        return {"b": 2, "a": 1}

    register(in_dict if given == "dict" else yielded)
    result = session.materialize(raise_on_error=False)
    assert result.success == (given == "dict")
    if given == "yield":
        assert "before `a`" in result.failed[B].message


def test_an_edit_makes_all_assets_of_a_function_stale_and_taking_it_back_restores_them(session):
    def version(text: str):
        @multi_asset(outs={"a": AssetOut(), "b": AssetOut()}, code_version=text)
        def both():
            return text + "a", text + "b"

        return both

    origin = _origin("both")
    session.register(origin, [version("1")])
    session.materialize()
    session.register(origin, [version("2")])
    assert words(session) == {"a": "stale", "b": "stale"}
    session.materialize()

    session.register(origin, [version("1")])
    result = session.materialize()
    assert set(result.restored) == {A, B}
    assert (session.load("a"), session.load("b")) == ("1a", "1b")


def test_selecting_one_asset_of_a_function_that_makes_all_at_once_makes_all(session, register):
    @multi_asset(outs={"a": AssetOut(), "b": AssetOut()})
    def both():
        return 1, 2

    register(both)
    assert session.materialize("a").materialized == [A, B]


def test_an_optional_asset_that_is_left_out_keeps_its_last_version(session, register, tmp_path):
    given = tmp_path / "given"
    given.touch()

    @multi_asset(outs={"a": AssetOut(), "b": AssetOut(is_required=False)})
    def both():
        yield Output(1, "a")
        if given.exists():
            yield Output(2, "b")

    register(both, db)
    session.materialize()
    given.unlink()
    result = session.materialize(force=True)
    assert result.success
    assert list(result.skipped) == [B, DB]
    assert session.load("b") == 2


def test_a_function_that_stores_its_assets_itself_says_so_by_specs(session, register):
    @multi_asset(specs=[AssetSpec("a", group_name="g"), AssetSpec("b", deps=["a"])])
    def both():
        """Write them."""

    @asset(deps=["b"])
    def after():
        return 1

    register(both, after)
    result = session.materialize()
    assert result.materialized == [A, B, AssetKey("after")]
    assert session.history("a")[0].value is None
    assert session.graph.spec(A).description == "Write them."
    assert words(session) == {"a": "fresh", "b": "fresh", "after": "fresh"}


def test_a_data_version_that_the_function_sets_is_the_assets(session, register):
    from nb_assets import DataVersion

    @multi_asset(outs={"a": AssetOut(), "b": AssetOut()})
    def both(context):
        context.set_data_version(AssetKey("b"), DataVersion("v7"))
        return 1, 2

    register(both)
    session.materialize()
    assert session.history("b")[0].data_version == "v7"
    assert session.history("b")[0].tags["dagster/data_version"] == "v7"


def test_a_context_loads_the_value_of_any_asset(session, register):
    @asset
    def x():
        return 5

    @asset(deps=[x])
    def y(context):
        return context.load_asset_value("x") + 1

    register(x, y)
    session.materialize()
    assert session.load("y") == 6


def _origin(name: str):
    from nb_assets.definitions.registry import Origin

    return Origin(id=name, label=name)


def test_a_function_is_called_again_for_what_comes_after_another_asset():
    calls = []

    @multi_asset(
        specs=[AssetSpec("a"), AssetSpec("c", deps=["b"]), AssetSpec("d", deps=["c"])], can_subset=True
    )
    def outer(context):
        calls.append(sorted(key.to_user_string() for key in context.selected_asset_keys))
        for key in sorted(context.selected_asset_keys):
            yield MaterializeResult(asset_key=key)

    @asset(deps=["a"])
    def b():
        calls.append(["b"])

    result = materialize([outer, b])
    assert result.success
    assert calls == [["a"], ["b"], ["c", "d"]]
    calls.clear()
    assert materialize([outer, b], selection=["c"]).success
    assert calls == [["c"]]
