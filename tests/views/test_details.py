from __future__ import annotations

import json

import pytest

from nb_assets import Output, RetryPolicy, asset, graph_asset, op
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.errors import SelectionError
from nb_assets.session import Session
from nb_assets.views import look
from nb_assets.views.details import details_view
from nb_assets.views.look import look_view
from tests.harness.flights import CELL, Flights


@pytest.fixture
def flights(tmp_path):
    return Flights(tmp_path / ".nb_assets")


def pane(session, key):
    view = details_view(session, AssetKey([key]), look_view(session, AssetKey([key])))
    assert json.loads(json.dumps(view, allow_nan=False)) == view
    return view


def test_an_asset_that_was_never_made_says_what_it_will_be(flights):
    view = pane(flights.session, "flights")
    assert (view["status"], view["group"], view["kinds"]) == ("missing", "raw", ["pandas"])
    assert view["description"] == "As they come <b>."
    assert (view["history"], view["value"], view["change"]) == ([], None, None)
    assert "def flights" in view["code"]
    assert [link["key"] for link in view["outputs"]] == ["delay"]


def test_a_made_asset_shows_its_value_history_and_logs(flights):
    flights.session.materialize()
    view = pane(flights.session, "flights")
    assert view["value"]["table"]["columns"] == ["", "id", "delay"]
    assert view["value"]["table"]["rows"][2] == ["2", "2", "7"]
    assert view["value"]["table"]["more"] == "2 more rows"
    assert [version["version"] for version in view["history"]] == [1]
    assert "reading flights" in "".join(line["text"] for line in view["logs"])


def test_a_value_without_rows_is_a_text(flights):
    flights.session.materialize()
    assert pane(flights.session, "report")["value"]["text"] == "70.0 at 1 <script>"


def test_metadata_tags_and_owners_are_texts(flights):
    flights.session.materialize()
    airports = pane(flights.session, "airports")
    assert ("source", "a book") in [(field["name"], field["text"]) for field in airports["metadata"]]
    assert airports["owners"] == ["ana@example.org"]
    assert pane(flights.session, "delay")["tags"] == [{"name": "tier", "text": "gold"}]


def test_a_stale_asset_says_why(flights):
    flights.session.materialize()
    flights.redefine("2")
    assert pane(flights.session, "flights")["reasons"] == [{"summary": "code version 1 → 2", "detail": ""}]


def test_a_failed_asset_shows_the_users_traceback(flights):
    flights.fails = True
    flights.session.materialize(raise_on_error=False)
    error = pane(flights.session, "delay")["error"]
    assert error["type_name"] == "KeyError"
    assert "raise KeyError" in error["traceback"]


def test_the_last_change_is_compared_from_the_store(flights):
    flights.session.materialize()
    flights.rows = 13
    flights.redefine("2")
    flights.session.materialize()
    change = pane(flights.session, "flights")["change"]
    assert change["badge"] == "+3"
    assert change["html"].startswith('<div data-nb-assets="diff"')


def test_what_is_too_large_is_neither_read_nor_compared(flights, monkeypatch):
    flights.session.materialize()
    flights.rows = 13
    flights.redefine("2")
    flights.session.materialize()
    monkeypatch.setattr(look, "LARGEST_READ", 10)
    view = pane(flights.session, "flights")
    assert (view["value"]["table"], view["value"]["text"]) == (None, "")
    assert view["value"]["note"]
    assert (view["change"]["html"], view["change"]["badge"]) == ("", "+3")


def test_a_value_that_is_gone_leaves_the_rest(flights):
    flights.session.materialize()
    for file in (flights.session.store.folder / "values").rglob("*"):
        if file.is_file():
            file.unlink()
    view = pane(flights.session, "flights")
    assert view["history_count"] == 1
    assert view["value"] is None or view["value"]["note"]


def test_an_edited_body_shows_the_code_that_changed(tmp_path):
    def first():
        @asset
        def total():
            return 1

        return total

    def second():
        @asset
        def total():
            return 2

        return total

    session = Session(tmp_path)
    session.register(CELL, [first()])
    session.materialize()
    session.register(CELL, [second()])
    view = pane(session, "total")
    assert view["status"] == "stale"
    assert 'data-nb-assets="diff"' in view["code_change"]


def test_what_is_made_elsewhere_says_so(tmp_path):
    @asset(deps=["trips"])
    def daily():
        return 1

    session = Session(tmp_path)
    session.register(CELL, [daily])
    view = pane(session, "trips")
    assert view["external"]
    assert [link["key"] for link in view["outputs"]] == ["daily"]


def test_an_unknown_key_is_an_error_with_near_names(flights):
    with pytest.raises(SelectionError, match="flights"):
        details_view(flights.session, AssetKey(["flihgts"]))


def test_until_values_are_read_the_records_say_what_they_are_and_what_changed(flights):
    flights.session.materialize()
    flights.rows = 13
    flights.redefine("2")
    flights.session.materialize()
    for file in flights.session.store.values.folder.iterdir():
        file.unlink()
    view = details_view(flights.session, AssetKey(["flights"]))
    assert view["value"]["summary"] == "13 rows × 2 columns"
    assert (view["value"]["table"], view["value"]["note"]) == (None, "")
    assert (view["change"]["badge"], view["change"]["html"]) == ("+3", "")


def test_an_asset_of_ops_says_how_each_went_in_the_last_run(tmp_path):
    tries = []

    @op(retry_policy=RetryPolicy(max_retries=2))
    def shaky():
        tries.append(1)
        if len(tries) < 3:
            raise ValueError("not yet")
        return 1

    @op
    def twice(x):
        return 2 * x

    @graph_asset
    def g():
        return twice(shaky())

    session = Session(tmp_path)
    session.register(CELL, [g])
    session.materialize()
    shown = pane(session, "g")["ops"]
    assert [(op["name"], op["outcome"], op["attempts"]) for op in shown] == [
        ("shaky", "success", 3),
        ("twice", "success", 1),
    ]
    assert shown[0]["error"] == "ValueError: not yet"


def test_a_number_shows_its_course_over_the_versions(tmp_path):
    counts = iter([120, 90, 300])

    @asset
    def a():
        return Output(1, metadata={"rows": next(counts), "note": "x"})

    session = Session(tmp_path)
    session.register(CELL, [a])
    for _ in range(3):
        session.materialize(force=True)
    fields = {field["name"]: field for field in pane(session, "a")["metadata"]}
    assert fields["rows"]["points"] == [[1, 120.0], [2, 90.0], [3, 300.0]]
    assert fields["note"]["points"] == []
