"""The assets and checks that have conditions, and the next time that one of those waits for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from nb_assets.definitions.asset_check import AssetCheckKey
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.automation.time import CronTickPassedCondition

if TYPE_CHECKING:
    from nb_assets.definitions.automation.condition import AutomationCondition
    from nb_assets.graph.asset_graph import AssetGraph

Target = AssetKey | AssetCheckKey


def conditioned(graph: AssetGraph) -> list[Target]:
    """Return the assets and checks that have a condition, each after what it is derived from."""
    return [key for key in (*graph.keys, *graph.checks) if condition_of(graph, key) is not None]


def condition_of(graph: AssetGraph, key: Target) -> AutomationCondition | None:
    """Return the condition of an asset or a check."""
    spec = graph.checks.spec(key) if isinstance(key, AssetCheckKey) else graph.spec(key)
    condition: AutomationCondition | None = spec.automation_condition
    return condition


def next_moment(graph: AssetGraph, keys: Iterable[Target], now: dt.datetime) -> dt.datetime | None:
    """Return the first time that a condition waits for."""
    conditions = (condition_of(graph, key) for key in keys)
    schedules = {
        part.ticks
        for condition in conditions
        if condition is not None
        for part in _parts(condition)
        if isinstance(part, CronTickPassedCondition)
    }
    following = min((each.after(now.timestamp(), including=False) for each in schedules), default=None)
    return None if following is None else dt.datetime.fromtimestamp(following, tz=dt.timezone.utc)


def _parts(condition: AutomationCondition) -> Iterator[AutomationCondition]:
    waiting = [condition]
    while waiting:
        part = waiting.pop()
        yield part
        waiting += part.children
