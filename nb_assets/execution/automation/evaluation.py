"""One evaluation of conditions: every asset's, upstream first, so that what is requested can be taken into account."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.automation.context import AutomationContext, AutomationResult, ConditionCursor
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.definitions.automation.subset import EntitySubset
    from nb_assets.execution.automation.view import GraphView

_LOGGER = logging.getLogger("nb_assets.automation")


@dataclass(frozen=True, kw_only=True)
class AutomationCursor:
    """What is kept of an evaluation for the next one.

    Attributes
    ----------
    evaluation_id
        How many there were.
    """

    evaluation_id: int = 0
    conditions: Mapping[Any, ConditionCursor] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """What an evaluation found.

    Attributes
    ----------
    results
        What is true, by asset.
    requested
        What is to be made, by asset: what conditions ask for, and what only the same calls can make.
    failures
        What went wrong, by the assets whose conditions could not be evaluated.
    """

    results: Mapping[Any, AutomationResult]
    requested: Mapping[Any, EntitySubset]
    cursor: AutomationCursor
    failures: Mapping[Any, DefinitionError] = field(default_factory=dict)


def evaluate(view: GraphView, keys: Iterable[Any], cursor: AutomationCursor) -> Evaluation:
    """Evaluate the conditions of assets, given each after what it is derived from."""
    results: dict[Any, AutomationResult] = {}
    requested: dict[Any, EntitySubset] = {}
    failures: dict[Any, DefinitionError] = {}
    for key in keys:
        try:
            result = results[key] = _result(view, key, cursor, requested)
        except DefinitionError as error:
            failures[key] = error
            continue
        if result.true_subset.is_empty:
            continue
        for other in _made_with(view, key):
            asked = view.map_subset(result.true_subset, other, "up") if other != key else result.true_subset
            requested[other] = asked.compute_union(requested[other]) if other in requested else asked
    now = view.effective_dt.timestamp()
    kept = {
        key: ConditionCursor(
            requested=result.true_subset.partitions,
            timestamp=now,
            seen=view.seen,
            partitioned=view.partition_keys(key) is not None,
            nodes=result.node_cursors(),
        )
        for key, result in results.items()
    }
    # What has no condition now begins anew when it has one again; what could not be evaluated goes on from before.
    kept |= {key: cursor.conditions[key] for key in failures if key in cursor.conditions}
    after = AutomationCursor(evaluation_id=cursor.evaluation_id + 1, conditions=kept)
    return Evaluation(results=results, requested=requested, cursor=after, failures=failures)


def _result(
    view: GraphView, key: Any, cursor: AutomationCursor, requested: Mapping[Any, EntitySubset]
) -> AutomationResult:
    condition = view.condition(key)
    if condition is None:
        raise ValueError(f"{key} has no condition")
    context = AutomationContext(
        condition=condition,
        node_id=condition.node_id("", None, None),
        candidate_subset=view.get_full_subset(key=key),
        asset_graph_view=view,
        requested=requested,
        cursors=cursor.conditions,
        logger=_LOGGER,
    )
    try:
        return context.evaluate()
    except DefinitionError:
        raise
    except Exception as error:
        raise DefinitionError(
            f"the automation condition of `{key.to_user_string()}` failed: {type(error).__name__}: {error}."
        ) from error


def _made_with(view: GraphView, key: Any) -> Iterable[Any]:
    """Return the assets that a run must make to make this one, and the checks that come with them."""
    if key not in view.graph:
        return (key,)
    definition = view.graph.definition(key)
    return (key,) if definition.can_subset else (*definition.specs_by_key, *definition.check_specs_by_key)
