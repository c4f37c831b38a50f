"""`evaluate_automation_conditions`: what the conditions of some definitions ask for, as a test asks it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.partitions.loading import partition_loading_context
from nb_assets.errors import InvocationError
from nb_assets.execution.automation.evaluation import AutomationCursor, Evaluation, evaluate
from nb_assets.execution.automation.instance_records import InstanceRecords
from nb_assets.execution.automation.view import GraphView
from nb_assets.execution.definitions import Definitions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nb_assets.definitions.automation.context import AutomationResult
    from nb_assets.execution.instance import DagsterInstance
    from nb_assets.graph.asset_selection import AssetSelection


class EvaluateAutomationConditionsResult:
    """What an evaluation requested, and the cursor to hand to the next one."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation

    @property
    def cursor(self) -> AutomationCursor:
        """What the next evaluation is to be given."""
        return self._evaluation.cursor

    @property
    def results(self) -> list[AutomationResult]:
        """What each condition is true for."""
        return list(self._evaluation.results.values())

    @property
    def total_requested(self) -> int:
        """How many partitions the conditions request, of all assets together."""
        return sum(result.true_subset.size for result in self.results)

    def get_requested_partitions(self, asset_key: Any) -> set[str | None]:
        """Return which partitions of an asset are requested; the one of an asset without partitions is None."""
        requested = self._evaluation.requested.get(AssetKey.from_coercible(asset_key))
        return set() if requested is None else set(requested.partitions)

    def get_num_requested(self, asset_key: Any) -> int:
        """Return how many partitions of an asset are requested."""
        return len(self.get_requested_partitions(asset_key))


def evaluate_automation_conditions(
    defs: Definitions | Sequence[Any],
    instance: DagsterInstance,
    asset_selection: AssetSelection | None = None,
    evaluation_time: dt.datetime | None = None,
    cursor: AutomationCursor | None = None,
) -> EvaluateAutomationConditionsResult:
    """Evaluate the conditions of definitions against what an instance knows, and run nothing.

    Parameters
    ----------
    defs
        The definitions, or a list of what `Definitions(assets=…)` takes.
    asset_selection
        Whose conditions to evaluate; all unless given.
    evaluation_time
        The moment to take for now.
    cursor
        That of the evaluation before, where this one follows another.

    Raises
    ------
    InvocationError
        When the instance or the cursor is none.
    DefinitionError
        When a condition of the user's own fails.
    """
    if cursor is not None and not isinstance(cursor, AutomationCursor):
        raise InvocationError(f"the cursor is `.cursor` of the evaluation before, not {cursor!r}.")
    whole = defs if isinstance(defs, Definitions) else Definitions(assets=_listed(defs))
    graph = whole.resolve_asset_graph()
    elsewhere = {spec.key: spec for spec in whole.resolve_all_asset_specs() if spec.key not in graph}
    now = evaluation_time or dt.datetime.now(tz=dt.timezone.utc)
    view = GraphView(graph, InstanceRecords(instance, graph), now, elsewhere)
    keys: Iterable[Any] = [key for key in view.described() if view.condition(key) is not None]
    if asset_selection is not None:
        chosen = {*view.resolve(asset_selection), *view.resolve_checks(asset_selection)}
        keys = [key for key in keys if key in chosen]
    with partition_loading_context(now, instance.keeper.partitions):
        evaluation = evaluate(view, keys, cursor or AutomationCursor())
    for failure in evaluation.failures.values():
        raise failure
    return EvaluateAutomationConditionsResult(evaluation)


def _listed(defs: Any) -> list[Any]:
    if isinstance(defs, Iterable):
        return list(defs)
    raise InvocationError(f"definitions are Definitions or a list of assets, not {defs!r}.")
