"""Automation conditions as values: what they say of themselves, how they combine, and what is refused."""

from __future__ import annotations

import pytest

from nb_assets import (
    AssetOut,
    AssetSelection,
    AssetSpec,
    AutomationCondition,
    asset,
    graph_asset,
    multi_asset,
    op,
)
from nb_assets.errors import DefinitionError

AC = AutomationCondition
DEFINED = AC.eager() | AC.on_cron("@daily", "Europe/Berlin") & ~AC.execution_failed()


def test_a_condition_is_said_of_assets_of_every_kind():
    @asset(automation_condition=DEFINED)
    def one(): ...

    @multi_asset(outs={"x": AssetOut(automation_condition=DEFINED), "y": AssetOut()})
    def two(): ...

    @op
    def give():
        return 1

    @graph_asset(automation_condition=DEFINED)
    def three():
        return give()

    for definition in (one, two, three):
        assert list(definition.automation_conditions_by_key.values()) == [DEFINED]
    assert AssetSpec("four", automation_condition=DEFINED).automation_condition == DEFINED
    assert one.spec.replace_attributes(automation_condition=None).automation_condition is None


def test_equal_conditions_are_equal_and_can_be_keys():
    assert {AC.eager(): 1}[AC.eager()] == 1
    assert AC.eager() != AC.eager().with_label("mine")
    assert AC.on_cron("0 6 * * *") != AC.on_cron("0 7 * * *")


def test_everything_that_comes_with_the_package_is_a_condition():
    made = (AC.eager(), AC.missing(), AC.any_deps_match(AC.missing()), AC.missing().since(AC.in_progress()))
    assert all(isinstance(condition, AutomationCondition) for condition in made)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: asset(automation_condition="eager")(lambda: 1),
            "this function has no name of its own: give the asset one with @asset(name=…).",
        ),
        (
            lambda: AssetSpec("a", automation_condition="eager"),
            "the automation_condition of `a` is an AutomationCondition, such as AutomationCondition.eager(), not 'eager'.",
        ),
        (
            lambda: AC.eager() & "missing",
            "conditions are combined with conditions, and 'missing' is none.",
        ),
        (
            lambda: AC.on_cron("every day"),
            (
                "`every day` is no cron schedule: it has five fields (minute, hour, day of month, month, day of week), as "
                '"30 6 * * 1" for Mondays at half past six.'
            ),
        ),
        (
            lambda: AC.eager().allow("group:raw"),
            "a condition is limited to an AssetSelection, such as AssetSelection.groups(…), not to 'group:raw'.",
        ),
        (
            lambda: (AC.missing() & AC.in_progress()).without(AC.missing()),
            "without that part only one is left, and a condition of one part is that part: write it alone.",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(make, message):
    with pytest.raises(DefinitionError) as caught:
        make()
    assert str(caught.value) == message


def test_an_unknown_time_zone_is_told_with_near_names():
    with pytest.raises(DefinitionError, match="Europe/Berlin"):
        AC.on_cron("@daily", "Europe/Berlim")


def test_what_is_allowed_and_ignored_reaches_every_part():
    raw = AssetSelection.groups("raw")
    limited = AC.eager().allow(raw).ignore(raw)
    named = [part.name for part in _parts(limited) if part.name.startswith("ANY_DEPS")]
    assert len(named) == 3
    assert all("allow_selection" in name and "ignore_selection" in name for name in named)


def _parts(condition):
    yield condition
    for child in condition.children:
        yield from _parts(child)
