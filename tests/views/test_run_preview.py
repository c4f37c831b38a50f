"""What a run would do, said before it does."""

from __future__ import annotations

import pytest

from nb_assets import DailyPartitionsDefinition, asset, asset_check
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.registry import Origin
from nb_assets.errors import SelectionError
from nb_assets.session import Session
from nb_assets.views.run_preview import run_preview
from tests.harness.flights import Flights

CELL = Origin(id="more", label="more")


@pytest.fixture
def flights(tmp_path):
    return Flights(tmp_path / ".nb_assets")


def preview(session, *names, force=False):
    keys = [AssetKey.from_user_string(name) for name in names] or list(session.graph.keys)
    return run_preview(session, keys, force=force)


def planned(view):
    return {each["key"]: (each["fate"], each["why"]) for each in view["planned"]}


def test_what_was_never_made_runs_and_how_long_that_takes_is_not_known(flights):
    view = preview(flights.session)
    assert planned(view) == dict.fromkeys(
        ("flights", "airports", "delay", "report"), ("run", "never materialized")
    )
    assert (view["run"], view["maybe"], view["fresh"], view["unknown"], view["seconds"]) == (4, 0, 0, 4, 0.0)
    assert {each["seconds"] for each in view["planned"]} == {None}


def test_what_is_fresh_is_left_out(flights):
    flights.session.materialize()
    view = preview(flights.session)
    assert (view["planned"], view["fresh"], view["fresh_keys"]) == (
        [],
        4,
        ["flights", "airports", "delay", "report"],
    )


def test_what_is_stale_because_of_others_alone_may_be_spared(flights):
    flights.session.materialize()
    flights.redefine("2")
    view = preview(flights.session)
    assert planned(view) == {
        "flights": ("run", "code version 1 → 2"),
        "delay": ("maybe", "upstream `flights` is stale"),
        "report": ("maybe", "upstream `delay` is stale (because of `flights`)"),
    }
    assert (view["run"], view["maybe"], view["fresh"], view["unknown"]) == (1, 2, 1, 0)
    assert 0 < view["seconds"] < view["at_most"]


def test_what_is_stale_because_of_one_that_is_not_asked_for_runs(flights):
    flights.session.materialize()
    flights.redefine("2")
    assert planned(preview(flights.session, "delay")) == {"delay": ("run", "upstream `flights` is stale")}


def test_what_is_forced_runs_though_fresh_and_others_may_follow(flights):
    flights.session.materialize()
    assert planned(preview(flights.session, "delay", force=True)) == {
        "delay": ("run", "asked for, though fresh")
    }


def test_what_was_made_by_this_code_before_is_taken_back(flights):
    flights.session.materialize()
    flights.redefine("2")
    flights.rows = 12
    flights.session.materialize()
    flights.redefine("1")
    view = preview(flights.session)
    assert planned(view)["flights"] == ("restore", "version 1 was made by this code from these inputs")
    assert view["restore"] == len(planned(view))
    assert (view["run"], view["seconds"]) == (0, 0.0)


def test_what_has_no_value_yet_comes_first_though_nobody_asked_for_it(flights):
    assert planned(preview(flights.session, "delay")) == {
        "flights": ("run", "never materialized; not asked for, but its value is needed"),
        "delay": ("run", "never materialized"),
    }


def test_a_preview_agrees_with_the_run_that_follows(flights):
    flights.session.materialize()
    flights.redefine("2")
    view = preview(flights.session)
    result = flights.session.materialize()
    surely = {key for key, (fate, _) in planned(view).items() if fate == "run"}
    perhaps = {key for key, (fate, _) in planned(view).items() if fate == "maybe"}
    made = {key.to_user_string() for key in result.materialized}
    assert surely <= made <= surely | perhaps
    assert made == {"flights"}  # an equal value makes nothing downstream stale


def test_partitions_and_checks_are_counted(tmp_path):
    session = Session(tmp_path / ".nb_assets")

    @asset(partitions_def=DailyPartitionsDefinition("2024-01-01", end_date="2024-01-05"))
    def days():
        return 1

    @asset_check(asset=days)
    def whole():
        return True

    session.register(CELL, [days, whole])
    view = preview(session)
    assert [(each["key"], each["partitions"]) for each in view["planned"]] == [("days", 4)]
    assert view["checks"] == 1


def test_a_long_list_is_cut_and_the_rest_is_counted(tmp_path):
    session = Session(tmp_path / ".nb_assets")

    def make(name):
        @asset(name=name)
        def made():
            return 1

        return made

    session.register(CELL, [make(f"a{number}") for number in range(300)])
    view = preview(session)
    assert (len(view["planned"]), view["more"], view["run"]) == (200, 100, 300)


def test_what_is_not_there_is_refused(flights):
    with pytest.raises(SelectionError):
        preview(flights.session, "flihgts")
