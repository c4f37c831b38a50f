"""The kernel's side of the lineage, against a real session: what it answers, and what it tells unasked."""

from __future__ import annotations

import gc
import json
import weakref

import pytest

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.widget.conversation import Conversation
from tests.widget.conftest import View


def test_the_first_answer_is_the_whole_picture(view):
    (graph,) = view.say("ready")
    assert graph["kind"] == "graph"
    assert {node["key"]: node["status"] for node in graph["view"]["nodes"]} == dict.fromkeys(
        ("flights", "airports", "delay", "report"), "missing"
    )
    assert {group["name"]: group["count"] for group in graph["view"]["groups"]} == {"raw": 2, "metrics": 2}
    assert (graph["stale"], graph["run"], graph["lineage_id"]) == (4, None, "lineage-1")


def test_every_message_is_plain_json(view):
    view.say("ready")
    view.run("materialize_stale")
    for key in ("flights", "airports", "delay", "report"):
        view.say("describe", key=key)
    view.say("find", text="group:raw")
    json.dumps(view.heard, allow_nan=False)


def test_a_run_is_told_in_patches_of_what_changed(view):
    view.say("ready")
    last = view.run("materialize_stale")
    assert last["kind"] == "patch"
    assert (last["run"]["done"], last["run"]["total"], last["stale"]) == (4, 4, 0)
    assert set(view.statuses().values()) == {"fresh"}
    assert [message["kind"] for message in view.heard].count("graph") == 1


def test_materialize_runs_what_was_picked_and_what_it_lacks(view):
    view.say("ready")
    view.run("materialize", keys=["delay"], force=False)
    assert view.statuses() == {
        "flights": "fresh",
        "airports": "missing",
        "delay": "fresh",
        "report": "missing",
    }


def test_materialize_with_force_runs_what_is_fresh(view, flights):
    flights.session.materialize()
    view.say("ready")
    view.run("materialize", keys=["flights"], force=True)
    assert len(flights.session.history("flights")) == 2


def test_cancel_stops_before_the_next_step(view, flights):
    flights.go_on.clear()
    view.say("ready")
    view.say("materialize_stale")
    view.wait(lambda message: (message.get("run") or {}).get("current") == ["delay"])
    view.say("cancel")
    view.wait(lambda message: (message.get("run") or {}).get("state") == "cancelling")
    flights.go_on.set()
    view.wait(lambda message: (message.get("run") or {}).get("state") == "cancelled")
    assert view.statuses()["delay"] == "fresh"
    assert view.statuses()["report"] == "missing"


def test_a_view_that_opens_during_a_run_knows_how_far_it_is(flights):
    flights.go_on.clear()
    run = flights.session.submit("*")
    first = View(flights.session)
    first.say("ready")
    first.wait(lambda message: (message.get("run") or {}).get("current") == ["delay"])
    second = View(flights.session)
    (graph,) = second.say("ready")
    assert graph["run"]["current"] == ["delay"]
    assert graph["run"]["done"] == 2
    flights.go_on.set()
    assert run.wait(20)


def test_a_failure_and_its_reason_reach_the_card_and_the_pane(view, flights):
    flights.fails = True
    view.say("ready")
    view.run("materialize_stale")
    assert view.statuses()["delay"] == "failed"
    (answer,) = view.say("describe", key="delay")
    assert answer["details"]["error"]["type_name"] == "KeyError"
    assert "departure" in answer["details"]["error"]["traceback"]


def test_an_edit_sends_a_new_picture(view, flights):
    flights.session.materialize()
    view.say("ready")
    flights.redefine("2")
    view.wait(lambda message: message["kind"] == "graph" and message["stale"] == 3)
    assert view.statuses() == {"flights": "stale", "airports": "fresh", "delay": "stale", "report": "stale"}


def test_what_changed_is_shown_after_a_run(view, flights):
    flights.session.materialize()
    view.say("ready")
    flights.rows = 13
    flights.redefine("2")
    view.run("materialize", keys=["flights"], force=False)
    change = view.say("describe", key="flights")[0]["details"]["change"]
    assert "3" in change["summary"]
    assert 'data-nb-assets="diff"' in change["html"]
    assert 'data-asset-key="flights"' in change["html"]


def test_groups_fold_and_unfold(view):
    view.say("ready")
    (graph,) = view.say("arrange", collapsed=["metrics"])
    assert {node["key"] for node in graph["view"]["nodes"]} == {"flights", "airports"}
    assert {edge["target"] for edge in graph["view"]["edges"]} == {"group:metrics"}
    (graph,) = view.say("arrange", collapsed=[])
    assert len(graph["view"]["nodes"]) == 4


def test_folded_groups_stay_folded_when_definitions_change(view, flights):
    view.say("ready")
    view.say("arrange", collapsed=["metrics"])
    flights.redefine("2")
    graph = view.wait(
        lambda message: (
            message["kind"] == "graph" and message is not view.heard[0] and message is not view.heard[1]
        )
    )
    assert [group["collapsed"] for group in graph["view"]["groups"]] == [False, True]


def test_a_search_is_answered_with_keys_and_counts(view):
    view.say("ready")
    (found,) = view.say("find", text="group:raw or report")
    assert set(found["keys"]) == {"flights", "airports", "report"}
    assert found["groups"] == {"raw": 2, "metrics": 1}


def test_a_search_that_cannot_be_read_says_why(view):
    view.say("ready")
    (found,) = view.say("find", text="flihgts")
    assert found["keys"] == []
    assert "flights" in found["error"]


def test_logs_come_while_the_pane_is_open(view):
    view.say("ready")
    view.say("describe", key="flights")
    view.say("materialize", keys=["flights"], force=False)
    logs = view.wait(lambda message: message["kind"] == "logs")
    assert "reading flights" in "".join(line["text"] for line in logs["lines"])


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("execute", {"code": "1/0"}),
        ("describe", {"key": "nothing"}),
        ("materialize", {"keys": ["flihgts"], "force": False}),
        ("materialize", {"keys": "flights", "force": False}),
    ],
)
def test_what_cannot_be_done_is_answered_with_an_error_and_does_nothing(view, flights, kind, fields):
    view.say("ready")
    (answer,) = view.say(kind, **fields)
    assert (answer["kind"], answer["request"]) == ("error", "view:1")
    assert answer["message"]
    assert flights.session.runs == []
    assert flights.session.history("flights") == []


def test_a_widget_of_a_selection_shows_and_runs_only_that(flights):
    view = View(flights.session, "group:raw")
    (graph,) = view.say("ready")
    assert {node["key"] for node in graph["view"]["nodes"]} == {"flights", "airports"}
    view.run("materialize_stale")
    assert flights.session.latest("delay") is None
    view.conversation.close()


def test_nothing_is_sent_when_no_view_is_left(view, flights):
    view.say("ready")
    view.say("left")
    count = len(view.heard)
    flights.session.materialize()
    assert len(view.heard) == count


def test_a_closed_conversation_is_not_told_any_more(view, flights):
    view.say("ready")
    view.conversation.close()
    count = len(view.heard)
    flights.session.materialize()
    assert len(view.heard) == count


def test_the_session_does_not_keep_a_forgotten_conversation_alive(flights):
    conversation = Conversation(flights.session, "*", "x", lambda _: None)
    reference = weakref.ref(conversation)
    del conversation
    gc.collect()
    assert reference() is None
    flights.session.materialize([AssetKey(["flights"])])
