"""Graph assets whose ops run once for each part of a dynamic output, in a session."""

from __future__ import annotations

import pytest

from nb_assets import AssetKey, DynamicOut, DynamicOutput, asset, graph_asset, op
from nb_assets.errors import DefinitionError

G = AssetKey("g")
# What ran, by name, and the parts that fail. Ops reach them as globals that are no plain values of their code.
RAN: list[str] = []
FAILING: set[str] = set()
WORDS: list[str] = []


@pytest.fixture(autouse=True)
def nothing_ran():
    RAN.clear()
    FAILING.clear()
    WORDS[:] = ["ada", "bo", "cy"]


@op(code_version="1", out=DynamicOut())
def split(words):
    RAN.append("split")
    for word in words:
        yield DynamicOutput(word, mapping_key=word)


@op(code_version="1")
def shout(context, word):
    key = context.get_mapping_key()
    RAN.append(f"shout[{key}]")
    if key in FAILING:
        raise ValueError(f"{key} is too quiet")
    return word.upper()


@op(code_version="1")
def join(words):
    RAN.append("join")
    return " ".join(words)


@asset(code_version="1")
def words():
    return list(WORDS)


@graph_asset(code_version="1")
def g(words):
    return join(split(words).map(shout).collect())


def test_a_failed_part_is_all_that_runs_again(session, register):
    register(words, g)
    FAILING.add("bo")
    session.materialize(raise_on_error=False)
    assert RAN == ["split", "shout[ada]", "shout[bo]", "shout[cy]"]
    assert session.error("g").message == "bo is too quiet"

    RAN.clear()
    FAILING.clear()
    result = session.materialize(resume=True)
    assert RAN == ["shout[bo]", "join"]
    assert result.materialized == [G]
    assert session.load("g") == "ADA BO CY"


def test_each_part_has_its_own_history(session, register):
    register(words, g)
    FAILING.add("bo")
    session.materialize(raise_on_error=False)
    FAILING.clear()
    session.materialize(resume=True)
    outcomes: dict[str, list[str]] = {}
    for attempt in reversed(session.op_history("g")):
        outcomes.setdefault(attempt.op, []).append(attempt.outcome)
    assert outcomes == {
        "split": ["success", "resumed"],
        "shout[ada]": ["success", "resumed"],
        "shout[bo]": ["failure", "success"],
        "shout[cy]": ["success", "resumed"],
        "join": ["skipped", "success"],
    }


def test_the_values_of_parts_are_told_apart_in_the_result(session, register):
    register(words, g)
    result = session.materialize()
    assert result.output_for_node("g.split") == {"ada": "ada", "bo": "bo", "cy": "cy"}
    assert result.output_for_node("g.shout") == {"ada": "ADA", "bo": "BO", "cy": "CY"}
    assert result.output_for_node("g.join") == "ADA BO CY"


def test_a_part_less_makes_the_asset_anew_from_those_that_are_left(session, register):
    register(words, g)
    session.materialize()
    WORDS.remove("ada")
    RAN.clear()
    session.materialize(force=True, resume=True)
    assert session.load("g") == "BO CY"
    assert RAN == ["split", "join"]


def test_an_asset_cannot_be_a_dynamic_output():
    with pytest.raises(DefinitionError, match="`h` returns a dynamic output as it is"):

        @graph_asset
        def h(words):
            return split(words)


def test_the_refusal_of_a_dynamic_output_says_what_to_do():
    with pytest.raises(DefinitionError, match=r"`map\(…\)`, or pass on a list of them with `collect\(\)`"):

        @graph_asset
        def h(words):
            return join(split(words))
