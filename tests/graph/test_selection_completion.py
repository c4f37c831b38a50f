"""What is offered while a selection is typed; every candidate can be read once it is in."""

from __future__ import annotations

import pytest

from nb_assets import asset
from nb_assets.graph.asset_graph import AssetGraph
from nb_assets.graph.selection import parse
from nb_assets.graph.selection_completion import MOST, complete

STATUSES = {"fresh": 1, "stale": 2}


@pytest.fixture(scope="module")
def vocabulary():
    @asset(group_name="raw", kinds={"table"}, owners=["ana@example.org"], tags={"tier": "gold"})
    def daily(): ...

    @asset(key_prefix="trips", group_name="metrics/weekly", owners=["team:growth"], tags={"what": "a.b"})
    def weekly(daily): ...

    @asset(name="Or", group_name="raw")
    def odd(): ...

    return AssetGraph({key: each for each in (daily, weekly, odd) for key in each.keys}).vocabulary


def offered(vocabulary, text, at=None):
    return complete(text, len(text) if at is None else at, vocabulary, STATUSES)


def taken(text, found, candidate):
    return text[: found.start] + candidate.text + text[found.end :]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("da", "daily"),
        ("week", "trips/weekly"),
        ("wkl", "trips/weekly"),
        ("daily and not tr", "trips/weekly"),
        ("+da", "daily"),
        ("2+da", "daily"),
        ("sinks(da", "daily"),
        ("Or", 'key:"Or"'),
        ('key:"O', '"Or"'),
        ("key:O", '"Or"'),
        ("gr", "group:"),
        ("group:me", "metrics"),
        ("metr", "group:metrics"),
        ("kind:", "table"),
        ("tag:ti", "tier=gold"),
        ("tag:wha", "what=a.b"),
        ("owner:team:g", '"team:growth"'),
        ("status:s", "stale"),
        ("ro", "roots("),
        ("daily a", "and "),
        ("(daily ", ")"),
    ],
)
def test_the_first_candidate_is_what_was_meant(vocabulary, text, first):
    assert offered(vocabulary, text).candidates[0].text == first


def test_every_asset_and_value_that_is_taken_can_be_read(vocabulary):
    for text in (
        "",
        "da",
        "+we",
        "group:",
        "tag:",
        "owner:",
        "status:",
        "key:",
        "kind:",
        "Or",
        "daily and ",
        "a",
    ):
        found = offered(vocabulary, text)
        for candidate in found.candidates:
            if candidate.kind not in {"attribute", "function", "operator"}:
                parse(taken(text, found, candidate))


def test_the_letters_that_match_are_told(vocabulary):
    (exact, *_) = offered(vocabulary, "wee").candidates
    assert exact.name == "trips/weekly"
    assert [exact.name[begin:end] for begin, end in exact.hits] == ["wee"]
    (scattered, *_) = offered(vocabulary, "tpwk").candidates
    assert "".join(scattered.name[begin:end] for begin, end in scattered.hits) == "tpwk"


def test_counts_are_told_of_what_stands_for_several(vocabulary):
    counts = {each.name: each.count for each in offered(vocabulary, "group:").candidates}
    assert counts == {"metrics": 1, "metrics/weekly": 1, "raw": 2}
    assert [each.count for each in offered(vocabulary, "status:stale").candidates] == [2]


def test_an_asset_named_in_full_can_be_gone_on_from(vocabulary):
    texts = [each.text for each in offered(vocabulary, "daily").candidates]
    assert texts[:4] == ["daily", "daily+", "+daily", "1+daily+1"]


def test_a_word_in_the_middle_is_replaced_as_a_whole(vocabulary):
    text = "group:met and daily"
    found = offered(vocabulary, text, 8)
    assert taken(text, found, found.candidates[0]) == "group:metrics and daily"


def test_nothing_is_offered_after_what_has_no_meaning(vocabulary):
    assert offered(vocabulary, "daily § da").candidates == ()


def test_no_more_is_offered_than_anybody_looks_through():
    definitions = {}
    for number in range(3 * MOST):

        @asset(name=f"part_{number}")
        def part(): ...

        definitions.update(dict.fromkeys(part.keys, part))
    found = offered(AssetGraph(definitions).vocabulary, "part")
    assert len(found.candidates) == MOST
    assert found.more >= 2 * MOST
