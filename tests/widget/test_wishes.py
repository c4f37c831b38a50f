"""Which assets a wish of the page means."""

from __future__ import annotations

import pytest

from nb_assets.errors import SelectionError
from nb_assets.widget.wishes import keys_of_wish
from tests.harness.wishes import wish
from tests.widget.conftest import View


def names(view, *args, **fields):
    return [key.to_user_string() for key in keys_of_wish(view.conversation, wish(*args, **fields))]


def test_assets_come_alone_with_what_is_before_them_and_with_what_is_behind_them(view):
    assert names(view, keys=["delay"]) == ["delay"]
    assert names(view, keys=["delay"], reach="upstream") == ["flights", "delay"]
    assert names(view, keys=["flights"], reach="downstream") == ["flights", "delay", "report"]


def test_a_group_is_all_that_is_in_it(view):
    assert names(view, groups=["raw"]) == ["flights", "airports"]
    assert names(view, groups=["raw"], keys=["delay"]) == ["flights", "airports", "delay"]
    with pytest.raises(SelectionError, match="no group `ra`"):
        names(view, groups=["ra"])


def test_what_is_stale_is_what_is_not_fresh_in_the_picture(view, flights):
    assert len(names(view, "stale")) == 4
    flights.session.materialize()
    assert names(view, "stale") == []
    flights.redefine("2")
    assert names(view, "stale") == ["flights", "delay", "report"]


def test_all_is_all_of_the_picture(flights):
    view = View(flights.session, "group:raw")
    assert names(view, "all") == ["flights", "airports"]
    assert names(view, "all", reach="downstream") == ["flights", "airports", "delay", "report"]
    view.conversation.close()


def test_what_failed_comes_with_what_was_skipped_for_it_and_with_nothing_else(view, flights):
    view.say("ready")
    flights.fails = True
    view.run("materialize", wish=wish("all"))
    flights.redefine("1")
    assert names(view, "failed") == ["delay", "report"]
    flights.fails = False
    assert view.wait(lambda message: message.get("failed") == 2)
    last = view.run("materialize", wish=wish("failed"))
    assert (last["run"]["total"], last["run"]["state"], last["failed"]) == (2, "success", 0)
    assert names(view, "failed") == []


def test_what_is_not_there_stays_so_that_it_is_refused(view):
    assert names(view, keys=["flihgts", "delay"], reach="upstream") == ["flihgts", "flights", "delay"]
    (answer,) = view.say("materialize", wish=wish(keys=["flihgts", "delay"], reach="upstream"))
    assert "flihgts" in answer["message"]


def test_a_repeated_request_is_done_once_and_heard_each_time(view, flights):
    view.say("ready")
    asked = {"kind": "materialize", "request": "again:1", "wish": wish(keys=["flights"], force=True)}
    for _ in range(3):
        view.conversation.handle(asked)
    view.wait(lambda message: (message.get("run") or {}).get("state") == "success")
    assert [each["request"] for each in view.receipts].count("again:1") == 3
    assert len(flights.session.history("flights")) == 1


def test_runs_that_wait_are_listed_and_can_be_taken_out(view, flights):
    flights.session.materialize()
    flights.redefine("2")
    flights.go_on.clear()
    view.say("ready")
    view.say("materialize", wish=wish(keys=["delay"], force=True))
    view.wait(lambda message: (message.get("run") or {}).get("current") == ["delay"])
    view.say("materialize", wish=wish(keys=["airports"], force=True))
    view.say("materialize", wish=wish("all", force=True))
    queue = view.wait(lambda message: len(message.get("queue", ())) == 2)["queue"]
    assert [(run["what"], run["total"]) for run in queue] == [
        ("airports", 1),
        ("flights, airports, delay and 1 more", 4),
    ]
    view.say("cancel", run_id=queue[1]["run_id"])
    view.wait(lambda message: [run["what"] for run in message.get("queue", ())] == ["airports"])
    view.say("cancel", run_id="no such run")
    flights.go_on.set()
    view.wait(lambda message: message.get("queue") == [] and not flights.session.runs)
    assert len(flights.session.history("report")) == 1


def test_what_came_of_a_run_is_named(view, flights):
    view.say("ready")
    flights.fails = True
    run_id = view.run("materialize", wish=wish("all"))["run"]["run_id"]
    found = {
        word: view.say("ask_outcome", run_id=run_id, outcome=word)[0]["keys"]
        for word in ("materialized", "failed", "skipped", "fresh", "restored")
    }
    assert found == {
        "materialized": ["flights", "airports"],
        "failed": ["delay"],
        "skipped": ["report"],
        "fresh": [],
        "restored": [],
    }


def test_a_preview_runs_nothing(view, flights):
    view.say("ready")
    (answer,) = view.say("ask_preview", wish=wish("stale"))
    assert (answer["kind"], answer["request"], answer["preview"]["run"]) == ("preview", view.asked, 4)
    assert flights.session.runs == []
    assert flights.session.history("flights") == []
