"""The kernel's side of the lineage, against a real session: what it answers, and what it tells unasked."""

from __future__ import annotations

import gc
import json
import threading
import time
import weakref

import pytest

from nb_assets import graph_asset, op
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.registry import Origin
from nb_assets.widget.conversation import Conversation
from tests.harness.wishes import wish
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
    view.run("materialize", wish=wish("stale"))
    for key in ("flights", "airports", "delay", "report"):
        view.say("describe", key=key)
    view.say("find", text="group:raw", filters={})
    json.dumps(view.heard, allow_nan=False)


def test_a_run_is_told_in_patches_of_what_changed(view):
    view.say("ready")
    last = view.run("materialize", wish=wish("stale"))
    assert last["kind"] == "patch"
    assert (last["run"]["done"], last["run"]["total"], last["stale"]) == (4, 4, 0)
    assert set(view.statuses().values()) == {"fresh"}
    assert [message["kind"] for message in view.heard].count("graph") == 1


def test_materialize_runs_what_was_picked_and_what_it_lacks(view):
    view.say("ready")
    view.run("materialize", wish=wish(keys=["delay"], force=False))
    assert view.statuses() == {
        "flights": "fresh",
        "airports": "missing",
        "delay": "fresh",
        "report": "missing",
    }


def test_materialize_with_force_runs_what_is_fresh(view, flights):
    flights.session.materialize()
    view.say("ready")
    view.run("materialize", wish=wish(keys=["flights"], force=True))
    assert len(flights.session.history("flights")) == 2


def test_cancel_stops_before_the_next_step(view, flights):
    flights.go_on.clear()
    view.say("ready")
    view.say("materialize", wish=wish("stale"))
    view.wait(lambda message: (message.get("run") or {}).get("current") == ["delay"])
    view.say("cancel", run_id="")
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
    view.run("materialize", wish=wish("stale"))
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
    view.run("materialize", wish=wish(keys=["flights"], force=False))
    view.say("describe", key="flights")
    change = view.wait(lambda message: message["kind"] == "look")["look"]["change"]
    assert "3" in change["summary"]
    assert 'data-nb-assets="diff"' in change["html"]
    assert 'data-asset-key="flights"' in change["html"]


class Held:
    """Values that a test holds back while they are read."""

    def __init__(self, session, monkeypatch):
        self.go_on = threading.Event()
        self.began = threading.Event()
        self.loaded = []
        load = session.load

        def held(key, *which):
            self.loaded.append(key.to_user_string())
            self.began.set()
            assert self.go_on.wait(20)
            return load(key, *which)

        monkeypatch.setattr(session, "load", held)


def test_a_value_that_is_long_to_read_keeps_no_message_waiting(view, flights, monkeypatch):
    flights.session.materialize()
    held = Held(flights.session, monkeypatch)
    view.say("ready")
    (answer,) = view.say("describe", key="flights")
    assert answer["details"]["value"]["summary"] == "10 rows × 2 columns"
    assert answer["details"]["value"]["table"] is None
    assert held.began.wait(20)
    (found,) = view.say("find", text="group:raw", filters={})
    assert found["keys"] == ["flights", "airports"]
    held.go_on.set()
    said = view.wait(lambda message: message["kind"] == "look")
    assert (said["request"], said["key"]) == ("view:2", "flights")
    assert said["look"]["value"]["table"]["columns"] == ["", "id", "delay"]


def test_only_the_newest_question_of_a_view_is_answered_with_a_look(view, flights, monkeypatch):
    flights.session.materialize()
    held = Held(flights.session, monkeypatch)
    view.say("ready")
    for key in ("flights", "airports", "delay"):
        view.say("describe", key=key)
        assert held.began.wait(20)
    held.go_on.set()
    view.wait(lambda message: message["kind"] == "look" and message["key"] == "delay")
    assert [message["key"] for message in view.heard if message["kind"] == "look"] == ["delay"]
    assert held.loaded == ["flights", "delay"]


def test_each_view_of_a_widget_gets_its_own_look(view, flights, monkeypatch):
    flights.session.materialize()
    held = Held(flights.session, monkeypatch)
    view.say("ready")
    view.say("describe", key="flights", request="left:1")
    view.say("describe", key="delay", request="right:1")
    held.go_on.set()
    for request, key in (("left:1", "flights"), ("right:1", "delay")):
        said = view.wait(
            lambda message, asked=request: (message["kind"], message.get("request")) == ("look", asked)
        )
        assert said["key"] == key


def test_a_value_is_read_once_until_it_is_made_again(view, flights):
    flights.session.materialize()
    view.say("ready")
    view.say("describe", key="flights")
    view.wait(lambda message: message["kind"] == "look")
    answer = next(each for each in view.say("describe", key="flights") if each["kind"] == "details")
    assert answer["details"]["value"]["table"]["columns"] == ["", "id", "delay"]
    flights.rows = 13
    flights.redefine("2")
    flights.session.materialize()
    answer = next(each for each in view.say("describe", key="flights") if each["kind"] == "details")
    assert answer["details"]["value"]["table"] is None
    view.wait(lambda message: message["kind"] == "look" and message["look"]["change"])


def test_nothing_is_told_of_values_after_closing(view, flights, monkeypatch):
    flights.session.materialize()
    held = Held(flights.session, monkeypatch)
    view.say("ready")
    view.say("describe", key="flights")
    assert held.began.wait(20)
    view.conversation.close()
    held.go_on.set()
    wait_until(lambda: "nb_assets-looks" not in thread_names())
    assert [message["kind"] for message in view.heard] == ["graph", "details"]


def test_groups_fold_and_unfold(view):
    view.say("ready")
    (graph,) = view.say("arrange", collapsed=["metrics"], direction="LR", anew=False)
    assert {node["key"] for node in graph["view"]["nodes"]} == {"flights", "airports"}
    assert {edge["target"] for edge in graph["view"]["edges"]} == {"group:metrics"}
    (graph,) = view.say("arrange", collapsed=[], direction="LR", anew=False)
    assert len(graph["view"]["nodes"]) == 4


def test_the_picture_turns_and_stays_turned(view, flights):
    (graph,) = view.say("ready")
    assert graph["view"]["direction"] == "LR"
    (graph,) = view.say("arrange", collapsed=[], direction="TB", anew=False)
    places = {node["key"]: node for node in graph["view"]["nodes"]}
    assert graph["view"]["direction"] == "TB"
    assert places["flights"]["y"] < places["report"]["y"]
    flights.redefine("2")
    again = view.wait(lambda message: all(message is not one for one in view.heard[:2]))
    assert again["view"]["direction"] == "TB"


def test_what_was_on_screen_stays_until_it_is_arranged_anew(view, flights):
    (before,) = view.say("ready")
    flights.redefine("2")
    after = view.wait(lambda message: message["kind"] == "graph" and message is not before)
    assert after["view"]["edges"] == before["view"]["edges"]
    (anew,) = view.say("arrange", collapsed=[], direction="LR", anew=True)
    assert anew["view"]["edges"] == before["view"]["edges"]


def test_folded_groups_stay_folded_when_definitions_change(view, flights):
    view.say("ready")
    view.say("arrange", collapsed=["metrics"], direction="LR", anew=False)
    flights.redefine("2")
    graph = view.wait(
        lambda message: (
            message["kind"] == "graph" and message is not view.heard[0] and message is not view.heard[1]
        )
    )
    assert [group["collapsed"] for group in graph["view"]["groups"]] == [False, True]


def test_a_search_is_answered_with_keys_and_counts(view):
    view.say("ready")
    (found,) = view.say("find", text="group:raw or report", filters={})
    assert set(found["keys"]) == {"flights", "airports", "report"}
    assert found["groups"] == {"raw": 2, "metrics": 1}


def test_a_search_that_cannot_be_read_says_why(view):
    view.say("ready")
    (found,) = view.say("find", text="flihgts", filters={})
    assert found["keys"] == []
    assert "flights" in found["error"]


def test_logs_come_while_the_pane_is_open(view):
    view.say("ready")
    view.say("describe", key="flights")
    view.say("materialize", wish=wish(keys=["flights"], force=False))
    logs = view.wait(lambda message: message["kind"] == "logs")
    assert "reading flights" in "".join(line["text"] for line in logs["lines"])


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("execute", {"code": "1/0"}),
        ("describe", {"key": "nothing"}),
        ("materialize", {"wish": wish(keys=["flihgts"])}),
        ("materialize", {"wish": wish(groups=["metrisc"])}),
        ("materialize", {"wish": wish("everything")}),
        ("ask_preview", {"wish": wish(keys=["flihgts"])}),
        ("ask_outcome", {"run_id": "", "outcome": "code"}),
    ],
)
def test_what_cannot_be_done_is_answered_with_an_error_and_does_nothing(view, flights, kind, fields):
    view.say("ready")
    (answer,) = view.say(kind, **fields)
    assert (answer["kind"], answer["request"]) == ("error", view.asked)
    assert answer["message"]
    assert flights.session.runs == []
    assert flights.session.history("flights") == []


def test_a_widget_of_a_selection_shows_and_runs_only_that(flights):
    view = View(flights.session, "group:raw")
    (graph,) = view.say("ready")
    assert {node["key"] for node in graph["view"]["nodes"]} == {"flights", "airports"}
    view.run("materialize", wish=wish("stale"))
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


def test_a_forgotten_conversation_is_let_go_and_ends_its_subscription_at_the_next_event(flights):
    subscribers = flights.session._bulletin._subscribers
    before = len(subscribers)
    conversation = Conversation(flights.session, "*", "x", lambda _: None)
    reference = weakref.ref(conversation)
    del conversation
    gc.collect()
    assert reference() is None
    flights.session.materialize([AssetKey(["flights"])])
    assert len(subscribers) == before


def test_collecting_a_conversation_takes_no_lock_of_the_session(flights):
    # Garbage is collected wherever memory is asked for, on a thread that may hold this lock.
    conversation = Conversation(flights.session, "*", "x", lambda _: None)
    collected = threading.Event()
    weakref.finalize(conversation, collected.set)

    def drop():
        nonlocal conversation
        with flights.session._bulletin._lock:
            del conversation
            gc.collect()

    threading.Thread(target=drop, daemon=True).start()
    assert collected.wait(20)
    wait_until(lambda: not flights.session._bulletin._lock.locked())


def test_threads_end_when_no_view_is_left(view, flights):
    view.say("ready")
    view.run("materialize", wish=wish("stale"))
    view.say("left")
    wait_until(lambda: not {"nb_assets-pacer", "nb_assets-looks"} & thread_names())


def thread_names():
    return {thread.name for thread in threading.enumerate()}


def wait_until(holds, timeout=20.0):
    deadline = time.monotonic() + timeout
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_resume_goes_on_from_the_op_that_failed(flights):
    register_model(flights.session, fails=True)
    view = View(flights.session, "model")
    try:
        view.say("ready")
        assert view.run("materialize", wish=wish(keys=["model"], force=False))["run"]["state"] == "failure"
        register_model(flights.session, fails=False)
        assert view.run("materialize", wish=wish("failed", keys=["model"]))["run"]["state"] == "success"
    finally:
        view.conversation.close()

    newest = {attempt.op: attempt.outcome for attempt in reversed(flights.session.op_history("model"))}
    assert newest == {"clean": "resumed", "train": "success"}


def register_model(session, *, fails):
    @op
    def clean():
        return 1

    @op
    def train(rows):
        if fails:
            raise ValueError("no")
        return rows

    @graph_asset
    def model():
        return train(clean())

    session.register(Origin(id="model", label="model"), [model])
