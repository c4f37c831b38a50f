"""What assets say reaches the panes that are open, each line and no other."""

from __future__ import annotations

import pytest

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.execution.events import AssetLogged
from nb_assets.widget.log_feed import LogFeed

FLIGHTS, DELAY = AssetKey(["flights"]), AssetKey(["delay"])


@pytest.fixture
def feed(flights):
    return LogFeed(flights.session)


def said(text, key=FLIGHTS):
    return AssetLogged(run_id="r", key=key, stream="stdout", text=text)


def texts(feed):
    return {key.to_user_string(): [line["text"] for line in lines] for key, lines in feed.unsent()}


def open_pane(feed, view, key):
    with feed.opening(view, key) as before:
        return [event.text for event in before]


def test_nothing_is_collected_of_what_nobody_looks_at(feed):
    feed.take(said("one\n"))
    assert texts(feed) == {}


def test_a_pane_opens_with_what_was_said_before(feed, flights):
    flights.session.materialize([FLIGHTS])
    assert open_pane(feed, "a", FLIGHTS) == ["reading flights\n"]


def test_what_is_said_while_a_pane_is_on_its_way_follows_it(feed):
    with feed.opening("a", FLIGHTS):
        feed.take(said("one\n"))
        assert texts(feed) == {}
    assert texts(feed) == {"flights": ["one\n"]}
    assert texts(feed) == {}


def test_each_view_has_its_own_asset(feed):
    open_pane(feed, "a", FLIGHTS)
    open_pane(feed, "b", DELAY)
    feed.take(said("one\n"))
    feed.take(said("two\n", DELAY))
    assert texts(feed) == {"flights": ["one\n"], "delay": ["two\n"]}
    open_pane(feed, "b", FLIGHTS)
    feed.take(said("three\n", DELAY))
    assert texts(feed) == {}
    feed.drop("a")
    feed.take(said("four\n"))
    assert texts(feed) == {"flights": ["four\n"]}
    feed.drop("b")
    feed.take(said("five\n"))
    assert texts(feed) == {}
