"""Automation of a session: what runs by itself after what, what does not, and that nothing runs in a circle."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from nb_assets import (
    AssetKey,
    AutomationCondition,
    AutomationResult,
    DailyPartitionsDefinition,
    StaticPartitionsDefinition,
    asset,
    multi_asset,
)
from nb_assets.definitions.asset_out import AssetOut
from nb_assets.definitions.registry import Origin

if TYPE_CHECKING:
    from nb_assets.session import Session

AC = AutomationCondition
NOON = dt.datetime(2024, 5, 5, 12, 0, 30, tzinfo=dt.timezone.utc)


class Notebook:
    """A session whose cells are registered under names, and whose automation is settled before it is looked at."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.auto = session.auto

    def cell(self, name: str, *definitions) -> None:
        self.auto.cell_began()
        self.session.register(Origin(id=name, label=name), definitions)
        self.auto.cell_ended()

    def settle(self) -> None:
        """Evaluate until nothing runs and an evaluation starts nothing more."""
        while True:
            for run in self.session.runs:
                run.wait()
            if "run" not in self.auto.evaluate().values() and not self.session.runs:
                return

    def on(self) -> None:
        self.auto.on()
        self.settle()

    def made(self, key: str) -> int:
        self.settle()
        return len(self.session.history(key))

    def tried(self, key: str) -> int:
        """Return how many runs of an asset failed."""
        return len(self.session.store.history.events(asset_key=AssetKey(key), kind="failed"))

    def verdict(self, key: str) -> str | None:
        return self.auto.evaluated[AssetKey(key)].verdict

    def because(self) -> list[str]:
        return [why for each in self.auto.requests for reasons in each.because.values() for why in reasons]


@pytest.fixture
def notebook(session: Session) -> Iterator[Notebook]:
    yield Notebook(session)
    session.auto.off()
    for run in session.runs:
        run.wait()


def giving(name: str, value: object, **options):
    """Return an asset of a value; another value is another code."""

    def give():
        return value

    return asset(name=name, **options)(give)


def reading(name: str, *upstream: str, **options):
    return asset(name=name, deps=list(upstream), **options)(lambda: name)


def test_eager_follows_what_is_upstream_in_a_row(notebook: Notebook):
    notebook.cell("1", giving("a", 1))
    notebook.cell("2", reading("b", "a", automation_condition=AC.eager()))
    notebook.cell("3", reading("c", "b", automation_condition=AC.eager()))
    notebook.on()
    assert (notebook.made("b"), notebook.made("c")) == (0, 0)

    notebook.session.materialize("a")

    assert (notebook.made("b"), notebook.made("c")) == (1, 1)
    assert notebook.because()[0] == "`a` was made"


def test_eager_follows_an_edit_of_the_asset_itself(notebook: Notebook):
    notebook.cell("1", giving("a", 1, automation_condition=AC.eager()))
    notebook.session.materialize()
    notebook.on()

    notebook.cell("1", giving("a", 2, automation_condition=AC.eager()))

    assert notebook.made("a") == 2
    assert notebook.session.load("a") == 2
    assert notebook.because() == ["its code changed"]


def test_code_version_changed_follows_a_computed_version(notebook: Notebook):
    condition = AC.code_version_changed().since_last_handled()
    notebook.cell("1", giving("a", 1, automation_condition=condition))
    notebook.on()

    notebook.cell("1", giving("a", 2, automation_condition=condition))

    assert notebook.made("a") == 1


def test_an_edit_that_is_taken_back_runs_nothing(notebook: Notebook):
    notebook.cell("1", giving("a", 1, automation_condition=AC.eager()))
    notebook.session.materialize()
    notebook.on()

    notebook.auto.cell_began()
    notebook.session.register(Origin(id="1", label="1"), [giving("a", 2, automation_condition=AC.eager())])
    notebook.session.register(Origin(id="1", label="1"), [giving("a", 1, automation_condition=AC.eager())])
    notebook.auto.cell_ended()

    assert notebook.made("a") == 1


def test_an_equal_value_upstream_runs_nothing_downstream(notebook: Notebook):
    notebook.cell("1", giving("a", 1), reading("b", "a", automation_condition=AC.eager()))
    notebook.session.materialize()
    notebook.on()

    notebook.session.materialize("a", force=True)

    assert notebook.made("b") == 1
    assert notebook.auto.requests == []


def test_nothing_runs_without_a_condition(notebook: Notebook):
    notebook.cell("1", giving("a", 1), reading("b", "a"), reading("c", "b", automation_condition=AC.eager()))
    notebook.on()
    notebook.session.materialize("a")

    assert (notebook.made("b"), notebook.made("c")) == (0, 0)


def test_what_lacks_an_input_that_nobody_makes_waits(notebook: Notebook):
    notebook.cell("1", giving("a", 1), reading("b", "a", automation_condition=AC.missing()))
    notebook.on()

    assert (notebook.made("a"), notebook.made("b")) == (0, 0)
    assert notebook.verdict("b") == "waits"


def test_a_failing_asset_is_not_requested_again_until_something_changes(notebook: Notebook):
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


def test_what_failed_is_not_tried_for_ever(notebook: Notebook):
    @asset(automation_condition=AC.execution_failed() | AC.missing())
    def broken():
        raise ValueError("no")

    notebook.cell("1", broken)
    notebook.on()
    for number in range(5):
        notebook.cell("2", giving("other", number))
        notebook.settle()

    assert notebook.tried("broken") == 1


def test_an_asset_that_changes_its_own_input_does_not_spin(notebook: Notebook):
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


def test_a_condition_that_is_always_true_runs_once_after_each_change(notebook: Notebook):
    class Always(AutomationCondition):
        def evaluate(self, context):
            return AutomationResult(context, true_subset=context.candidate_subset)

    notebook.cell("1", giving("a", 1, automation_condition=Always()))
    notebook.on()
    assert notebook.made("a") == 1

    notebook.cell("2", giving("other", 1))
    assert notebook.made("a") == 2


def test_the_conditions_of_two_assets_that_wait_for_each_other_do_not_spin(notebook: Notebook):
    def after(name: str, other: str):
        return giving(name, 1, automation_condition=AC.asset_matches(other, AC.newly_updated()))

    notebook.cell("1", after("a", "b"), after("b", "a"))
    notebook.on()
    notebook.session.materialize("a")

    assert (notebook.made("a"), notebook.made("b")) == (2, 1)


def test_a_diamond_runs_each_of_its_assets_once(notebook: Notebook):
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


def test_a_time_that_has_come_makes_even_what_is_fresh_and_once(notebook: Notebook):
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


def test_on_cron_waits_for_what_is_upstream(notebook: Notebook):
    now = [NOON]
    notebook.auto.now = lambda: now[0]
    notebook.cell("1", giving("a", 1), reading("b", "a", automation_condition=AC.on_cron("0 * * * *")))
    notebook.session.materialize()
    notebook.on()

    now[0] += dt.timedelta(hours=1)
    assert notebook.made("b") == 1
    notebook.session.materialize("a", force=True)

    assert notebook.made("b") == 2  # an equal value, but it was asked for at that time


def test_it_waits_for_the_users_own_run_of_the_asset(notebook: Notebook):
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


def test_turning_it_off_cancels_what_it_started_and_starts_nothing_more(notebook: Notebook):
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


def test_what_changed_while_it_was_off_is_not_followed(notebook: Notebook):
    notebook.cell("1", giving("a", 1), reading("b", "a", automation_condition=AC.eager()))
    notebook.session.materialize()
    notebook.on()
    notebook.auto.off()
    notebook.cell("1", giving("a", 2), reading("b", "a", automation_condition=AC.eager()))
    notebook.session.materialize("a")
    notebook.on()

    assert notebook.made("b") == 1


def test_nothing_is_evaluated_while_a_cell_runs(notebook: Notebook):
    notebook.cell("1", giving("a", 1, automation_condition=AC.missing()))
    notebook.auto.cell_began()
    notebook.auto.on()
    assert notebook.auto.evaluated == {}
    notebook.auto.cell_ended()

    assert notebook.made("a") == 1


def test_a_condition_that_fails_is_told_of_and_stops_no_other(notebook: Notebook):
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


def test_all_assets_of_one_function_are_made_together(notebook: Notebook):
    @multi_asset(outs={"x": AssetOut(automation_condition=AC.missing()), "y": AssetOut()})
    def both():
        return 1, 2

    notebook.cell("1", both)
    notebook.on()

    assert (notebook.made("x"), notebook.made("y")) == (1, 1)


def test_an_asset_that_went_is_forgotten(notebook: Notebook):
    notebook.cell("1", giving("a", 1, automation_condition=AC.missing()))
    notebook.on()
    notebook.cell("1", giving("b", 1, automation_condition=AC.missing()))
    notebook.settle()

    assert list(notebook.auto.evaluated) == [AssetKey("b")]


def test_only_the_last_partition_in_time_follows(notebook: Notebook):
    now = [NOON]
    notebook.auto.now = lambda: now[0]
    days = DailyPartitionsDefinition("2024-05-01", end_date="2024-05-05")
    notebook.cell(
        "1",
        giving("a", 1, partitions_def=days),
        reading("b", "a", partitions_def=days, automation_condition=AC.eager()),
    )
    notebook.on()
    notebook.session.materialize("a", partitions="2024-05-03...2024-05-04")

    notebook.settle()
    assert [made.partition for made in notebook.session.history("b")] == ["2024-05-04"]


def test_all_that_is_missing_of_other_partitions_is_made(notebook: Notebook):
    parts = StaticPartitionsDefinition(["x", "y"])
    notebook.cell("1", giving("a", 1, partitions_def=parts, automation_condition=AC.missing()))
    notebook.on()
    notebook.settle()

    assert sorted(str(made.partition) for made in notebook.session.history("a")) == ["x", "y"]
    assert notebook.made("a") == 2


def test_a_failing_partition_is_not_requested_again(notebook: Notebook):
    parts = StaticPartitionsDefinition(["x", "y"])

    @asset(partitions_def=parts, automation_condition=AC.missing())
    def picky(context):
        if context.partition_key == "y":
            raise ValueError("no")
        return 1

    notebook.cell("1", picky)
    notebook.on()
    for number in range(3):
        notebook.cell("2", giving("other", number))
        notebook.settle()

    assert (notebook.made("picky"), notebook.tried("picky")) == (1, 1)
