"""What a search and its filters find, and what else could be filtered by."""

from __future__ import annotations

import pytest

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.errors import SelectionError
from nb_assets.views.finding import facet_views, find_assets
from nb_assets.views.lineage import lineage_view
from nb_assets.views.narrowing import Focus, Scope, bridges
from tests.harness.flights import Flights


@pytest.fixture
def session(tmp_path):
    return Flights(tmp_path / ".nb_assets").session


def names(keys):
    return sorted(key.to_user_string() for key in keys)


def facets(session, text="", **filters):
    states = {key.to_user_string(): status.state for key, status in session.status().items()}
    found = facet_views(session, session.select("*"), text, filters, states)
    return {facet["name"]: {each["value"]: each["count"] for each in facet["values"]} for facet in found}


def test_filters_of_one_facet_are_alternatives_and_facets_all_hold(session):
    keys, text = find_assets(session, "", {"group": ["raw", "metrics"], "kind": ["pandas"]})
    assert names(keys) == ["flights"]
    assert names(session.select(text)) == ["flights"]


def test_a_search_and_its_filters_are_one_selection_that_can_be_copied(session):
    keys, text = find_assets(session, "flights+ or airports", {"group": ["metrics"], "status": ["missing"]})
    assert names(keys) == ["delay", "report"]
    assert names(session.select(text)) == ["delay", "report"]


def test_those_without_a_kind_or_an_owner_can_be_asked_for(session):
    keys, text = find_assets(session, "", {"owner": ["<null>"], "kind": ["<null>"]})
    assert names(keys) == ["delay", "report"]
    assert names(session.select(text)) == ["delay", "report"]


def test_half_a_name_finds_what_has_it(session):
    keys, text = find_assets(session, "port", {})
    assert names(keys) == ["airports", "report"]
    assert text == 'key_substring:"port"'
    assert names(find_assets(session, "air port", {})[0]) == ["airports"]


def test_what_finds_nothing_in_any_way_is_said_as_a_selection_would(session):
    with pytest.raises(SelectionError, match=r"Did you mean `flights`"):
        find_assets(session, "flihgts", {})


def test_the_place_where_a_selection_stops_making_sense_is_told(session):
    with pytest.raises(SelectionError) as caught:
        find_assets(session, "raw and or", {})
    assert caught.value.at == 8


def test_facets_count_what_search_and_other_facets_leave(session):
    assert facets(session)["group"] == {"metrics": 2, "raw": 2}
    assert facets(session)["kind"] == {"pandas": 1, "<null>": 3}
    chosen = facets(session, group=["raw"])
    assert chosen["group"] == {"metrics": 2, "raw": 2}
    assert chosen["status"] == {"missing": 2}
    assert chosen["tag"] == {}
    assert facets(session, "flights", kind=["<null>"])["kind"] == {"<null>": 0, "pandas": 1}


def test_a_scope_holds_what_is_around_and_what_matches(session):
    focus = Focus(key=AssetKey("delay"), up=1, down=0)
    assert names(Scope(focus=focus).keys(session)) == ["delay", "flights"]
    assert names(Scope(focus=focus, text="group:raw").keys(session)) == ["flights"]
    assert Scope().keys(session) is None


def test_edges_lead_past_what_is_taken_out(session):
    shown = {AssetKey("flights"), AssetKey("report")}
    assert bridges(session.graph, shown) == [(AssetKey("flights"), AssetKey("report"))]
    view = lineage_view(session, within=shown)
    assert [(edge["source"], edge["target"]) for edge in view["edges"]] == [("flights", "report")]
    assert [node["key"] for node in view["nodes"]] == ["flights", "report"]
