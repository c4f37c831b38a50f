"""What functions say beside their outputs, as it is told, logged and kept in a session."""

from __future__ import annotations

import pytest

from nb_assets import (
    AssetMaterialization,
    AssetObservation,
    ExpectationResult,
    MaterializeResult,
    Output,
    asset,
    build_op_context,
    materialize,
    op,
)
from nb_assets.errors import InvocationError, OutputError


def test_what_is_said_shows_in_the_log_of_the_asset(session, register):
    @asset
    def a(context):
        context.log_event(AssetObservation("source", "looked at", metadata={"rows": 12_000}))
        yield AssetMaterialization("report", partition="2024")
        yield ExpectationResult(success=False, label="enough rows")
        yield Output(1)

    register(a)
    session.materialize()
    assert [line.text for line in session.logs("a")] == [
        "observed source (looked at; rows = 12,000)\n",
        "materialized report [2024]\n",
        "expectation enough rows: not met\n",
    ]
    assert session.load("a") == 1


def test_what_is_made_elsewhere_gets_a_history_of_its_own(session, register):
    @asset
    def a():
        yield AssetMaterialization("report", metadata={"rows": 3})
        return (yield Output(1))

    register(a)
    session.materialize()
    session.materialize(force=True)
    assert [(made.version, made.metadata["rows"].value) for made in session.history("report")] == [
        (2, 3),
        (1, 3),
    ]


def test_what_is_said_of_an_asset_of_the_session_leaves_its_history_alone(session, register):
    @asset
    def b():
        return 1

    @asset(deps=[b])
    def a():
        yield AssetMaterialization("b")
        yield MaterializeResult()

    register(a, b)
    session.materialize()
    assert len(session.history("b")) == 1
    assert session.load("b") == 1


def test_the_result_tells_what_was_said_among_the_events():
    @asset
    def a():
        yield AssetMaterialization("report")
        yield Output(1)

    result = materialize([a])
    made = result.asset_materializations_for_node("a")
    assert [each.asset_key.to_user_string() for each in made] == ["report", "a"]
    # That of the asset itself is the record of it, with more than Dagster has.
    assert made[1].version == 1


@pytest.mark.parametrize(
    "said", [AssetMaterialization("m"), AssetObservation("o"), ExpectationResult(success=True)]
)
def test_what_is_said_is_no_value(said: object):
    @asset
    def a():
        return said

    with pytest.raises(OutputError, match=f"`a` returned an {type(said).__name__}, which is no output"):
        materialize([a])


def test_a_text_is_no_event():
    @op
    def f(context):
        context.log_event("hello")

    with pytest.raises(InvocationError, match=r"a text goes to `context\.log\.info"):
        f(build_op_context())
