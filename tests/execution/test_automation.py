"""Automation of a session: what runs by itself after what, what does not, and that nothing runs in a circle."""

from __future__ import annotations

import datetime as dt
import threading

import pytest

from nb_assets import (
    AssetKey,
    AutomationCondition,
    AutomationResult,
    asset,
    multi_asset,
)
from nb_assets.definitions.asset_out import AssetOut
from nb_assets.definitions.registry import Origin
from nb_assets.errors import DefinitionError
from tests.harness.automated import Automated, giving, reading

AC = AutomationCondition
NOON = dt.datetime(2024, 5, 5, 12, 0, 30, tzinfo=dt.timezone.utc)


def test_eager_follows_what_is_upstream_in_a_row(notebook: Automated):
    notebook.cell("1", giving("a", 1))
    notebook.cell("2", reading("b", "a", automation_condition=AC.eager()))
    notebook.cell("3", reading("c", "b", automation_condition=AC.eager()))
    notebook.on()
    assert (notebook.made("b"), notebook.made("c")) == (0, 0)

    notebook.session.materialize("a")

    assert (notebook.made("b"), notebook.made("c")) == (1, 1)
    assert notebook.because()[0] == "`a` was made"


def test_eager_follows_an_edit_of_the_asset_itself(notebook: Automated):
    notebook.cell("1", giving("a", 1, automation_condition=AC.eager()))
    notebook.session.materialize()
    notebook.on()

    notebook.cell("1", giving("a", 2, automation_condition=AC.eager()))

    assert notebook.made("a") == 2
    assert notebook.session.load("a") == 2
    assert notebook.because() == ["its code changed"]


def test_code_version_changed_follows_a_computed_version(notebook: Automated):
    condition = AC.code_version_changed().since_last_handled()
    notebook.cell("1", giving("a", 1, automation_condition=condition))
    notebook.on()

    notebook.cell("1", giving("a", 2, automation_condition=condition))

    assert notebook.made("a") == 1


def test_an_edit_that_is_taken_back_runs_nothing(notebook: Automated):
    notebook.cell("1", giving("a", 1, automation_condition=AC.eager()))
    notebook.session.materialize()
    notebook.on()

    notebook.auto.cell_began()
    notebook.session.register(Origin(id="1", label="1"), [giving("a", 2, automation_condition=AC.eager())])
    notebook.session.register(Origin(id="1", label="1"), [giving("a", 1, automation_condition=AC.eager())])
    notebook.auto.cell_ended()

    assert notebook.made("a") == 1


def test_an_equal_value_upstream_runs_nothing_downstream(notebook: Automated):
    notebook.cell("1", giving("a", 1), reading("b", "a", automation_condition=AC.eager()))
    notebook.session.materialize()
    notebook.on()

    notebook.session.materialize("a", force=True)

    assert notebook.made("b") == 1
    assert notebook.auto.requests == []


def test_nothing_runs_without_a_condition(notebook: Automated):
    notebook.cell("1", giving("a", 1), reading("b", "a"), reading("c", "b", automation_condition=AC.eager()))
    notebook.on()
    notebook.session.materialize("a")

    assert (notebook.made("b"), notebook.made("c")) == (0, 0)


def test_what_lacks_an_input_that_nobody_makes_waits(notebook: Automated):
    notebook.cell("1", giving("a", 1), reading("b", "a", automation_condition=AC.missing()))
    notebook.on()

    assert (notebook.made("a"), notebook.made("b")) == (0, 0)
    assert notebook.verdict("b") == "waits"


def test_a_failing_asset_is_not_requested_again_until_something_changes(notebook: Automated):
    @asset(automation_condition=AC.missing())
    def broken():
        raise ValueError("no")

    notebook.cell("1", broken)
    notebook.on()
    notebook.settle()
    assert (notebook.tried("broken"), notebook.verdict("broken")) == (1, "failed")

    notebook.cell("2", giving("other", 1))
    notebook.settle()
    assert notebook.tried("broken") == 1

    notebook.cell("1", giving("broken", 5, automation_condition=AC.missing()))
    assert notebook.made("broken") == 1


def test_what_failed_is_not_tried_for_ever(notebook: Automated):
    @asset(automation_condition=AC.execution_failed() | AC.missing())
    def broken():
        raise ValueError("no")

    notebook.cell("1", broken)
    notebook.on()
    for number in range(5):
        notebook.cell("2", giving("other", number))
        notebook.settle()

    assert notebook.tried("broken") == 1


def test_an_asset_that_changes_its_own_input_does_not_spin(notebook: Automated):
    state = {"n": 0}

    @asset(automation_condition=AC.code_version_changed() | AC.missing())
    def spinning():
        state["n"] += 1
        return state["n"]

    notebook.cell("1", spinning)
    notebook.on()
    notebook.settle()

    once = state["n"]
    assert 1 <= once <= 2
    notebook.cell("2", giving("other", 1))
    notebook.settle()
    assert state["n"] <= once + 1


def test_a_condition_that_is_always_true_runs_once_after_each_change(notebook: Automated):
    class Always(AutomationCondition):
        def evaluate(self, context):
            return AutomationResult(context, true_subset=context.candidate_subset)

    notebook.cell("1", giving("a", 1, automation_condition=Always()))
    notebook.on()
    assert notebook.made("a") == 1

    notebook.cell("2", giving("other", 1))
    assert notebook.made("a") == 2


def test_the_conditions_of_two_assets_that_wait_for_each_other_do_not_spin(notebook: Automated):
    def after(name: str, other: str):
        return giving(name, 1, automation_condition=AC.asset_matches(other, AC.newly_updated()))

    notebook.cell("1", after("a", "b"), after("b", "a"))
    notebook.on()
    notebook.session.materialize("a")

    assert (notebook.made("a"), notebook.made("b")) == (2, 1)


def test_a_diamond_runs_each_of_its_assets_once(notebook: Automated):
    eager = AC.eager()
    notebook.cell(
        "1",
        giving("top", 1),
        reading("left", "top", automation_condition=eager),
        reading("right", "top", automation_condition=eager),
        reading("bottom", "left", "right", automation_condition=eager),
    )
    notebook.on()
    notebook.session.materialize("top")

    assert [notebook.made(key) for key in ("left", "right", "bottom")] == [1, 1, 1]


def test_a_time_that_has_come_makes_even_what_is_fresh_and_once(notebook: Automated):
    now = [NOON]
    notebook.auto.now = lambda: now[0]
    notebook.cell("1", giving("a", 1, automation_condition=AC.on_cron("0 * * * *")))
    notebook.session.materialize()
    notebook.on()
    assert notebook.made("a") == 1

    now[0] += dt.timedelta(hours=1)
    assert notebook.made("a") == 2
    assert notebook.made("a") == 2
    assert notebook.because() == ["the schedule `0 * * * *` says so"]

    now[0] += dt.timedelta(hours=1)
    assert notebook.made("a") == 3


def test_on_cron_waits_for_what_is_upstream(notebook: Automated):
    now = [NOON]
    notebook.auto.now = lambda: now[0]
    notebook.cell("1", giving("a", 1), reading("b", "a", automation_condition=AC.on_cron("0 * * * *")))
    notebook.session.materialize()
    notebook.on()

    now[0] += dt.timedelta(hours=1)
    assert notebook.made("b") == 1
    notebook.session.materialize("a", force=True)

    assert notebook.made("b") == 2  # an equal value, but it was asked for at that time


def test_it_waits_for_the_users_own_run_of_the_asset(notebook: Automated):
    started, hold = threading.Event(), threading.Event()

    @asset(automation_condition=AC.missing())
    def slow():
        started.set()
        hold.wait()

    notebook.cell("1", slow)
    users = notebook.session.submit("slow")
    started.wait()
    notebook.auto.on()
    assert notebook.auto.evaluate() == {AssetKey("slow"): "under way"}
    hold.set()
    users.wait()

    assert notebook.made("slow") == 1


def test_turning_it_off_cancels_what_it_started_and_starts_nothing_more(notebook: Automated):
    started, hold = threading.Event(), threading.Event()

    @asset(automation_condition=AC.missing())
    def first():
        started.set()
        hold.wait()

    @asset(automation_condition=AC.missing())
    def second(first):
        return 1

    notebook.cell("1", first, second)
    notebook.auto.on()
    started.wait()
    [run] = notebook.auto.runs
    notebook.auto.off()
    hold.set()
    run.wait()

    assert run.state == "cancelled"
    assert run.origin == "automation"
    assert (notebook.auto.is_on, len(notebook.session.history("second"))) == (False, 0)


def test_what_changed_while_it_was_off_is_not_followed(notebook: Automated):
    notebook.cell("1", giving("a", 1), reading("b", "a", automation_condition=AC.eager()))
    notebook.session.materialize()
    notebook.on()
    notebook.auto.off()
    notebook.cell("1", giving("a", 2), reading("b", "a", automation_condition=AC.eager()))
    notebook.session.materialize("a")
    notebook.on()

    assert notebook.made("b") == 1


def test_nothing_is_evaluated_while_a_cell_runs(notebook: Automated):
    notebook.cell("1", giving("a", 1, automation_condition=AC.missing()))
    notebook.auto.cell_began()
    notebook.auto.on()
    assert notebook.auto.evaluated == {}
    notebook.auto.cell_ended()

    assert notebook.made("a") == 1


def test_a_condition_that_fails_is_told_of_and_stops_no_other(notebook: Automated):
    class Broken(AutomationCondition):
        def evaluate(self, context):
            raise KeyError("gone")

    notebook.cell(
        "1",
        giving("a", 1, automation_condition=Broken()),
        giving("b", 2, automation_condition=AC.missing()),
    )
    notebook.on()

    assert (notebook.made("a"), notebook.made("b")) == (0, 1)
    assert notebook.auto.evaluated[AssetKey("a")].problem == (
        "the automation condition of `a` failed: KeyError: 'gone'."
    )


def test_all_assets_of_one_function_are_made_together(notebook: Automated):
    @multi_asset(outs={"x": AssetOut(automation_condition=AC.missing()), "y": AssetOut()})
    def both():
        return 1, 2

    notebook.cell("1", both)
    notebook.on()

    assert (notebook.made("x"), notebook.made("y")) == (1, 1)


def test_an_asset_that_went_is_forgotten(notebook: Automated):
    notebook.cell("1", giving("a", 1, automation_condition=AC.missing()))
    notebook.on()
    notebook.cell("1", giving("b", 1, automation_condition=AC.missing()))
    notebook.settle()

    assert list(notebook.auto.evaluated) == [AssetKey("b")]


def test_what_cannot_be_run_is_told_of_and_stops_no_other(notebook: Automated):
    @asset(automation_condition=AC.missing())
    def lost(nowhere):
        return nowhere

    notebook.cell("1", lost, giving("found", 1, automation_condition=AC.missing()))
    with pytest.raises(DefinitionError, match="reads `nowhere`"):
        notebook.auto.evaluate()
    for run in notebook.session.runs:
        run.wait()

    assert len(notebook.session.history("found")) == 1
