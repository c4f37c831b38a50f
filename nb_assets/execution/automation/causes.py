"""What made a condition true, in words and in kind: which of its parts speak for a run, and which call for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, Literal

from nb_assets.definitions.automation.boolean import NotAutomationCondition, SinceCondition
from nb_assets.definitions.automation.checks import ChecksAutomationCondition
from nb_assets.definitions.automation.condition import BuiltinAutomationCondition
from nb_assets.definitions.automation.dependencies import DepsAutomationCondition
from nb_assets.definitions.automation.operands import (
    CodeEditedCondition,
    CodeVersionChangedCondition,
    DataVersionChangedCondition,
    ExecutionFailedAutomationCondition,
    InitialEvaluationCondition,
    MissingAutomationCondition,
    NewlyRequestedCondition,
    NewlyUpdatedCondition,
)
from nb_assets.definitions.automation.other_entity import EntityMatchesCondition
from nb_assets.definitions.automation.time import CronTickPassedCondition, InLatestTimeWindowCondition

if TYPE_CHECKING:
    from nb_assets.definitions.automation.context import AutomationResult

_LABELS: Final = {"newly_missing": "it is missing", "missing_since_last_handled": "it is missing"}
_WORDS: Final[dict[type, Callable[[AutomationResult], str]]] = {
    MissingAutomationCondition: lambda _: "it is missing",
    CodeEditedCondition: lambda _: "its code changed",
    CodeVersionChangedCondition: lambda _: "its code changed",
    DataVersionChangedCondition: lambda result: f"`{result.key.to_user_string()}` has new data",
    ExecutionFailedAutomationCondition: lambda _: "its last run failed",
    InitialEvaluationCondition: lambda _: "it is looked at for the first time",
    NewlyRequestedCondition: lambda _: "it was just requested",
    NewlyUpdatedCondition: lambda result: f"`{result.key.to_user_string()}` was made",
    CronTickPassedCondition: lambda result: f"the schedule {_schedule(result)} says so",
    InLatestTimeWindowCondition: lambda _: "",
}
MADE_WITH_IT: Final = " is requested, too"
_OF_OTHERS: Final = (NotAutomationCondition, DepsAutomationCondition, ChecksAutomationCondition)

Call = Literal["time", "other"]


def causes(result: AutomationResult) -> list[str]:
    """Return what speaks for a run now, each in a few words; nothing where it is only remembered."""
    return list(dict.fromkeys(filter(None, _causes(result))))


def calls(result: AutomationResult) -> set[Call]:
    """Return what calls for a run of the asset even when it is fresh: a time that has come, or something else.

    That its inputs were made again, or that it is missing, does not: whether it is fresh answers that. What becomes of
    an asset that it is not derived from does, and a condition of the user's own.
    """
    found: set[Call] = set()
    waiting = [result]
    while waiting:
        each = waiting.pop()
        condition = each.condition
        true = not each.true_subset.is_empty
        if isinstance(condition, SinceCondition):
            waiting.append(each.child_results[0])
        elif isinstance(condition, EntityMatchesCondition):
            view, root = each.context.asset_graph_view, each.context.root_context.key
            if true and condition.key != root and condition.key not in view.parents(root):
                found.add("other")
        elif true and isinstance(condition, CronTickPassedCondition):
            found.add("time")
        elif true and not isinstance(condition, BuiltinAutomationCondition):
            found.add("other")
        elif not isinstance(condition, _OF_OTHERS):
            waiting += each.child_results
    return found


def _causes(result: AutomationResult) -> Iterator[str]:
    # As deep as a condition was written.
    condition = result.condition
    label = condition.get_label()
    if isinstance(condition, SinceCondition) and label not in _LABELS:
        yield from _causes(result.child_results[0])
    elif result.true_subset.is_empty or isinstance(
        condition, (NotAutomationCondition, ChecksAutomationCondition)
    ):
        return
    elif label in _LABELS:
        yield _LABELS[label]
    elif isinstance(condition, DepsAutomationCondition):
        yield _of_deps(result, label)
    elif type(condition) in _WORDS:
        yield _WORDS[type(condition)](result)
    elif result.child_results:
        for child in result.child_results:
            yield from _causes(child)
    else:
        yield label or condition.name


def _of_deps(result: AutomationResult, label: str | None) -> str:
    true = [each for each in result.child_results if not each.true_subset.is_empty]
    if label == "any_deps_updated":
        requested = {key.to_user_string() for key in result.context.requested}
        made = [f"`{each.condition.name}`" for each in true if each.condition.name not in requested]
        with_it = [f"`{each.condition.name}`" for each in true if each.condition.name in requested]
        return f"{', '.join(made)} {_was(made)} made" if made else f"{', '.join(with_it)}{MADE_WITH_IT}"
    names = [f"`{each.condition.name}`" for each in true]
    if label == "any_deps_missing":
        return f"{', '.join(names)} {'are' if len(names) > 1 else 'is'} missing"
    if label is not None or not names:
        return ""
    words = dict.fromkeys(word for each in result.child_results for word in _causes(each))
    return " and ".join(filter(None, words))


def _was(names: list[str]) -> str:
    return "were" if len(names) > 1 else "was"


def _schedule(result: AutomationResult) -> str:
    schedule: str = getattr(result.condition, "cron_schedule", "")
    return f"`{schedule}`"
