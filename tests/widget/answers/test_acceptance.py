"""What the page may say of staleness: that the value stands, and that it does not after all."""

from __future__ import annotations


def test_a_stale_asset_is_accepted_and_taken_back(view, flights):
    flights.session.materialize()
    flights.redefine("2")
    (accepted,) = [
        each for each in view.say("accept", keys=["flights"], group="") if each["kind"] == "accepted"
    ]
    assert (accepted["keys"], accepted["text"]) == (["flights"], "Accepted flights v1")
    assert {status.state for status in flights.session.status().values()} == {"fresh"}
    (back,) = [each for each in view.say("unaccept", keys=["flights"]) if each["kind"] == "unaccepted"]
    assert back["text"] == "No longer accepted: flights v1"
    assert [each.state for each in flights.session.status("flights").values()] == ["stale"]


def test_of_a_group_what_can_be_accepted_is(view, flights):
    flights.session.materialize()
    flights.redefine("2")
    (accepted,) = view.say("accept", keys=[], group="raw")
    assert accepted["keys"] == ["flights"]


def test_what_is_picked_is_accepted_from_upstream_down(view, flights):
    flights.session.materialize()
    flights.redefine("2")
    (accepted,) = view.say("accept", keys=["report", "delay", "flights"], group="")
    assert accepted["keys"] == ["flights"]
    assert {status.state for status in flights.session.status().values()} == {"fresh"}


def test_what_cannot_be_accepted_says_why_and_stays(view, flights):
    (error,) = view.say("accept", keys=["flights"], group="")
    assert error["kind"] == "error"
    assert "never materialized" in error["message"]
    (error,) = view.say("accept", keys=["flights", "delay"], group="")
    assert "nothing to accept" in error["message"]
    (error,) = view.say("accept", keys=["flihgts"], group="")
    assert "flights" in error["message"]


def test_it_is_said_beforehand_why_it_cannot_be_accepted(view, flights):
    assert "never materialized" in view.say("offer", key="flights")[0]["offers"]["accept"]
    flights.session.materialize()
    assert "fresh" in view.say("offer", key="flights")[0]["offers"]["accept"]
    flights.redefine("2")
    assert view.say("offer", key="flights")[0]["offers"]["accept"] == ""
    assert "nothing of `delay` itself" in view.say("offer", key="delay")[0]["offers"]["accept"]
    view.say("accept", keys=["flights"], group="")
    assert view.say("offer", key="flights")[0]["offers"]["accepted"].startswith("v1 accepted for new code")
