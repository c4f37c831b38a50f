"""What a condition is handed when it is evaluated, what it answers, and what is kept of that for the next time."""

from __future__ import annotations

import datetime as dt
import inspect
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.definitions.automation.condition import AutomationCondition
    from nb_assets.definitions.automation.subset import EntitySubset, Times
    from nb_assets.definitions.automation.view import AutomationView

Partitions = frozenset["str | None"]
Seen = Mapping[Any, Mapping["str | None", float]]


@dataclass(frozen=True, kw_only=True)
class NodeCursor:
    """What is kept of one part of a condition."""

    true: Partitions
    candidates: Partitions
    state: Any = None


@dataclass(frozen=True, kw_only=True)
class ConditionCursor:
    """What is kept of the evaluation of one asset's condition.

    Attributes
    ----------
    requested
        What it requested.
    timestamp
        When it was, in seconds since 1970.
    seen
        The id of the last update of each partition then.
    partitioned
        Whether the asset had partitions.
    """

    requested: Partitions
    timestamp: float
    seen: Seen = field(repr=False)
    partitioned: bool
    nodes: Mapping[str, NodeCursor] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class AutomationContext:
    """What a condition is evaluated with.

    Attributes
    ----------
    candidate_subset
        The partitions that are asked about.
    requested
        What this evaluation has requested so far, by asset.
    """

    condition: AutomationCondition
    node_id: str
    candidate_subset: EntitySubset
    asset_graph_view: AutomationView
    requested: Mapping[Any, EntitySubset]
    cursors: Mapping[Any, ConditionCursor] = field(repr=False)
    logger: logging.Logger = field(repr=False)
    parent_context: AutomationContext | None = field(default=None, repr=False)
    root: AutomationContext | None = field(default=None, repr=False)

    @property
    def key(self) -> Any:
        """The asset or check that is asked about."""
        return self.candidate_subset.key

    @property
    def root_context(self) -> AutomationContext:
        """The context of the whole condition."""
        return self if self.root is None else self.root

    @property
    def log(self) -> logging.Logger:
        """Where a condition may write."""
        return self.logger.getChild(type(self.condition).__name__)

    @property
    def evaluation_time(self) -> dt.datetime:
        """When the evaluation is, the same for all of it."""
        return self.asset_graph_view.effective_dt

    @property
    def previous(self) -> ConditionCursor | None:
        """What is kept of the evaluation before, of the whole condition."""
        return self.cursors.get(self.root_context.key)

    @property
    def previous_evaluation_time(self) -> dt.datetime | None:
        """When the evaluation before was."""
        before = self.previous
        return None if before is None else dt.datetime.fromtimestamp(before.timestamp, tz=dt.timezone.utc)

    @property
    def cursor(self) -> Any:
        """What this condition gave as its cursor in the evaluation before."""
        return None if self._node is None else self._node.state

    @property
    def previous_true_subset(self) -> EntitySubset | None:
        """What this condition was true for in the evaluation before."""
        return None if self._node is None else self.asset_graph_view.subset(self.key, self._node.true)

    @property
    def previous_candidate_subset(self) -> EntitySubset | None:
        """What this condition was asked about in the evaluation before."""
        return None if self._node is None else self.asset_graph_view.subset(self.key, self._node.candidates)

    def get_previous_requested_subset(self, key: Any) -> EntitySubset | None:
        """Return what the evaluation before requested of an asset."""
        before = self.cursors.get(key)
        return None if before is None else self.asset_graph_view.subset(key, before.requested)

    def get_empty_subset(self) -> EntitySubset:
        """Return nothing of the asset."""
        return self.asset_graph_view.get_empty_subset(key=self.key)

    def for_child_condition(
        self, child_condition: AutomationCondition, child_index: int | None, candidate_subset: EntitySubset
    ) -> AutomationContext:
        """Return the context of a part of this condition."""
        root = self.root_context
        target = candidate_subset.key if candidate_subset.key != root.key else None
        return AutomationContext(
            condition=child_condition,
            node_id=child_condition.node_id(self.node_id, child_index, target),
            candidate_subset=candidate_subset,
            asset_graph_view=self.asset_graph_view,
            requested=self.requested,
            cursors=self.cursors,
            logger=self.logger,
            parent_context=self,
            root=root,
        )

    def evaluate(self) -> AutomationResult:
        """Evaluate the condition.

        Raises
        ------
        DefinitionError
            When a condition of the user's gives something else than an AutomationResult.
        """
        answer: Any = self.condition.evaluate(self)
        if inspect.iscoroutine(answer):
            answer = _finished(answer)
        if not isinstance(answer, AutomationResult):
            raise DefinitionError(
                f"{type(self.condition).__name__}.evaluate gave {answer!r}: a condition of your own returns "
                "AutomationResult(context, true_subset=…)."
            )
        return answer

    async def evaluate_async(self) -> AutomationResult:
        """Evaluate the condition, from a condition whose own evaluation is a coroutine."""
        return self.evaluate()

    @property
    def _node(self) -> NodeCursor | None:
        before = self.previous
        return None if before is None else before.nodes.get(self.node_id)


class AutomationResult:
    """What a condition is true for.

    Parameters
    ----------
    true_subset
        The partitions; all of `context.candidate_subset`, `context.get_empty_subset()`, or what is between.
    cursor
        What `context.cursor` is to be in the next evaluation.
    child_results
        What the parts of the condition are true for.
    times
        When that happened, where it is something that happened.
    """

    def __init__(
        self,
        context: AutomationContext,
        true_subset: EntitySubset,
        cursor: Any = None,
        child_results: Sequence[AutomationResult] | None = None,
        *,
        times: Times | None = None,
    ) -> None:
        self.context = context
        self.true_subset = true_subset
        self.cursor = cursor
        self.child_results = tuple(child_results or ())
        self.times = times

    @property
    def key(self) -> Any:
        """The asset or check that was asked about."""
        return self.true_subset.key

    @property
    def condition(self) -> AutomationCondition:
        """The condition."""
        return self.context.condition

    def node_cursors(self) -> dict[str, NodeCursor]:
        """Return what is to be kept of the condition and its parts."""
        kept: dict[str, NodeCursor] = {}
        waiting = [self]
        while waiting:
            result = waiting.pop()
            if result.condition.requires_cursor:
                kept[result.context.node_id] = NodeCursor(
                    true=result.true_subset.partitions,
                    candidates=result.context.candidate_subset.partitions,
                    state=result.cursor,
                )
            waiting += result.child_results
        return kept

    def __repr__(self) -> str:
        return (
            f"<AutomationResult {self.condition.get_label() or self.condition.name}: {self.true_subset.size}>"
        )


def _finished(coroutine: Any) -> Any:
    """Return what a coroutine gives that waits for nothing but other conditions."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    coroutine.close()
    raise DefinitionError("a condition cannot wait while it is evaluated: leave out what it awaits.")
