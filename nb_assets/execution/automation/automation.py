"""Automation in a kernel: evaluates the conditions of its assets as things happen, and runs what they ask for.

Responsible for when conditions are evaluated, and for starting and remembering what came of it. What is true is up to the
conditions, what becomes of that to `automation.decision`, and the run itself is one like any other.
"""

from __future__ import annotations

import contextvars
import datetime as dt
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from nb_assets.definitions.asset_check import AssetCheckKey
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.partitions.loading import partition_loading_context
from nb_assets.errors import NbAssetsError
from nb_assets.execution.automation.causes import Call, calls, causes
from nb_assets.execution.automation.decision import Decider, Due, Verdict
from nb_assets.execution.automation.evaluation import AutomationCursor, Evaluation, evaluate
from nb_assets.execution.automation.kernel_records import KernelRecords
from nb_assets.execution.automation.requests import Requested, Requests
from nb_assets.execution.automation.view import GraphView
from nb_assets.execution.automation.watch_list import Target, condition_of, conditioned, next_moment
from nb_assets.execution.events import (
    AssetMaterialized,
    AssetRestored,
    AutomationChanged,
    Event,
    RegistryChanged,
    RunFinished,
    RunQueued,
    RunStarted,
)
from nb_assets.staleness import input_versions
from nb_assets.staleness.checks import check_status
from nb_assets.storage.materialization import provenance

if TYPE_CHECKING:
    from nb_assets.definitions.automation.condition import AutomationCondition
    from nb_assets.definitions.automation.context import AutomationResult
    from nb_assets.execution.bulletin import Bulletin
    from nb_assets.execution.run import Run
    from nb_assets.execution.runs import Catalogue, Runs
    from nb_assets.execution.store_keeper import StoreKeeper
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.staleness import AssetStatus

_RUNS_KNOWN: Final = 200
_LONGEST_WAIT = 3600.0
"""In seconds: a clock may be set, and a laptop may sleep."""


@dataclass(frozen=True, kw_only=True)
class Evaluated:
    """What the last evaluation found of one asset.

    Attributes
    ----------
    result
        What was true, part by part; None where the condition failed.
    verdict
        What became of it, where it was true.
    because
        What made it true last.
    problem
        Why the condition could not be evaluated.
    """

    condition: AutomationCondition
    timestamp: float
    result: AutomationResult | None = None
    verdict: Verdict | None = None
    because: tuple[str, ...] = ()
    problem: str = ""


@dataclass
class _Remembered:
    """What is kept of an asset from one evaluation to the next, beside what its condition keeps itself."""

    because: tuple[str, ...] = ()
    calls: set[Call] = field(default_factory=set)
    evaluated: Evaluated | None = field(default=None, repr=False)


class Automation:
    """The automation of a session: off until it is turned on.

    While a cell runs nothing is evaluated, because the names that assets use may be half-way redefined; what happens
    meanwhile counts when the cell has ended.
    """

    def __init__(self, catalogue: Catalogue, keeper: StoreKeeper, runs: Runs, bulletin: Bulletin) -> None:
        self.now: Callable[[], dt.datetime] = lambda: dt.datetime.now(tz=dt.timezone.utc)
        self.problem = ""
        self._catalogue = catalogue
        self._keeper = keeper
        self._runs = runs
        self._requests = Requests(runs)
        self._bulletin = bulletin
        self._evaluating = threading.RLock()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._stop: Callable[[], None] = lambda: None
        self._in_cell = False
        self._due = False
        self._reset()

    def _reset(self) -> None:
        self._cursor = AutomationCursor()
        self._decider = Decider()
        self._known: dict[Target, _Remembered] = {}
        self._deferred: dict[Target, frozenset[str] | None] = {}
        self._run_keys: dict[str, tuple[AssetKey, ...]] = {}
        self._next_tick: dt.datetime | None = None

    # What users ask

    @property
    def is_on(self) -> bool:
        """Whether conditions are evaluated."""
        return self._thread is not None

    @property
    def runs(self) -> list[Run]:
        """The runs started here that have not ended."""
        return self._requests.open

    @property
    def requests(self) -> list[Requested]:
        """What was requested lately, oldest first."""
        return self._requests.made

    @property
    def evaluated(self) -> dict[Target, Evaluated]:
        """What the last evaluation found, by asset."""
        known = dict(self._known)
        return {key: each.evaluated for key, each in known.items() if each.evaluated is not None}

    def on(self) -> None:
        """Evaluate conditions from now on. What is so now is where it starts from: it requests nothing that was so before."""
        with self._evaluating, self._changed:
            if self._thread is not None:
                return
            self._reset()
            self._stop = self._bulletin.subscribe(self._take)
            self._due = True
            # Messages of a thread are sent on behalf of the request whose context it has, see ipykernel's shell channel.
            context = contextvars.copy_context()
            self._thread = threading.Thread(
                target=context.run, args=(self._watch,), name="nb_assets-automation", daemon=True
            )
            self._thread.start()
        self._tell()

    def off(self) -> None:
        """Evaluate nothing any more, and stop the runs that were started here."""
        with self._changed:
            if self._thread is None:
                return
            self._thread = None
            self._stop()
            self._changed.notify_all()
        self.cancel()
        self._tell()

    def cancel(self) -> None:
        """Ask the runs that were started here to stop before the next step."""
        for run in self.runs:
            run.cancel()

    def cell_began(self) -> None:
        """Say that a cell runs: nothing is evaluated until it has ended."""
        self._in_cell = True

    def cell_ended(self) -> None:
        """Say that the cell has ended, which may have changed anything."""
        with self._changed:
            self._in_cell = False
            self._decider.changed()
            self._wake()

    def evaluate(self) -> dict[Target, Verdict]:
        """Evaluate all conditions now, run what they ask for in the background, and return what became of each asset."""
        with self._evaluating:
            now, graph = self.now(), self._catalogue.graph
            keys = conditioned(graph)
            if self._next_tick is not None and now >= self._next_tick:
                self._decider.changed()
            states = self._runs.activity.states()
            records = KernelRecords(self._catalogue, graph, self._keeper, states, dict(self._run_keys))
            with partition_loading_context(now):
                evaluation = evaluate(GraphView(graph, records, now), keys, self._cursor)
            self._next_tick = next_moment(graph, keys, now)
            due = self._noted(evaluation, keys)
            verdicts = self._decide(due, graph) if due else {}
            # Not before it is decided what comes of it: a store that cannot be read now is asked again.
            self._cursor = evaluation.cursor
            self._remember(evaluation, graph, keys, verdicts, now)
            requested = [each for each in due if verdicts[each.key] == "run"]
            if requested:
                self._requests.start(requested, now.timestamp())
                self._tell()
            return verdicts

    # What happens

    def _watch(self) -> None:
        """Wait until something happens, or a time comes, and evaluate; on a thread that ends with the kernel."""
        own = threading.current_thread()
        while True:
            with self._changed:
                while self._thread is own and (self._in_cell or not self._due):
                    self._changed.wait(None if self._in_cell else self._seconds_to_tick())
                    self._due = self._due or (not self._in_cell and self._seconds_to_tick() == 0)
                if self._thread is not own:
                    return
                self._due = False
            try:
                self.evaluate()
                problem = ""
            except Exception as error:  # noqa: BLE001 - there is nobody to raise to: it is told where automation is shown
                problem = (
                    str(error) if isinstance(error, NbAssetsError) else f"{type(error).__name__}: {error}"
                )
            if problem != self.problem:
                self.problem = problem
                self._tell()

    def _seconds_to_tick(self) -> float | None:
        if self._next_tick is None:
            return None
        return min(max((self._next_tick - self.now()).total_seconds(), 0.0), _LONGEST_WAIT)

    def _wake(self) -> None:
        self._due = True
        self._changed.notify_all()

    def _take(self, event: Event) -> None:
        match event:
            case RunQueued() | RunStarted():
                self._run_keys[event.run_id] = event.keys
                while len(self._run_keys) > _RUNS_KNOWN:
                    self._run_keys.pop(next(iter(self._run_keys)))
            case AssetMaterialized() | AssetRestored():
                self._decider.made(event.key)
            case RunFinished():
                with self._changed:
                    if not self._requests.ended(event.run_id):
                        self._decider.changed()
                    self._wake()
                self._tell()
            case RegistryChanged():
                with self._changed:
                    self._decider.changed()
                    self._wake()

    def _tell(self) -> None:
        self._bulletin.tell(AutomationChanged())

    # What comes of it

    def _noted(self, evaluation: Evaluation, keys: list[Target]) -> list[Due]:
        """Return what is due, upstream first, after noting why: a condition may remember what was true before."""
        due = []
        for key in keys:
            kept = self._known.setdefault(key, _Remembered())
            result = evaluation.results.get(key)
            if result is not None:
                kept.because = tuple(causes(result)) or kept.because
                kept.calls |= calls(result)
            if result is not None and not result.true_subset.is_empty:
                forced, ticked = bool(kept.calls), "time" in kept.calls
                partitions = _partitions(result)
                due.append(
                    Due(key=key, because=kept.because, forced=forced, ticked=ticked, partitions=partitions)
                )
                kept.calls = set()
            elif key in self._deferred:
                due.append(Due(key=key, because=kept.because, partitions=self._deferred[key]))
        self._deferred.clear()
        return due

    def _decide(self, due: list[Due], graph: AssetGraph) -> dict[Target, Verdict]:
        assets = [each.key for each in due if isinstance(each.key, AssetKey)]
        checks = [each.key for each in due if isinstance(each.key, AssetCheckKey)]
        looked_at = [key for check in checks for key in graph.checks.spec(check).dependency_keys]
        known = self._catalogue.known(graph, [*assets, *(key for key in looked_at if key in graph)])
        of_checks = {
            key: check_status(
                key, graph, self._keeper.checks, self._catalogue.check_fingerprint_in(graph, key), known
            )
            for key in checks
        }
        alike = [
            each.key
            for each in due
            if isinstance(each.key, AssetKey) and self._failed_alike(each.key, each.partitions, graph, known)
        ]
        # Asked for again: a run may have begun since the conditions were looked at.
        states = self._runs.activity.states()
        verdicts = self._decider.decide(due, graph, known, states, alike, of_checks)
        self._deferred.update(
            (each.key, each.partitions) for each in due if verdicts[each.key] == "under way"
        )
        return verdicts

    def _failed_alike(
        self,
        key: AssetKey,
        partitions: frozenset[str] | None,
        graph: AssetGraph,
        known: Mapping[AssetKey, AssetStatus],
    ) -> bool:
        table = known[key].partitions
        if partitions is not None and table is not None:
            parts = [table[each] for each in partitions if each in table]
            return bool(parts) and all(_only_failed(each) for each in parts)
        failure = self._keeper.failure(key)
        if failure is None:
            return False
        code = self._catalogue.fingerprint_in(graph, key).version
        return failure.provenance == provenance(code, input_versions(graph.upstream(key), known))

    def _remember(
        self,
        evaluation: Evaluation,
        graph: AssetGraph,
        keys: list[Target],
        verdicts: Mapping[Target, Verdict],
        now: dt.datetime,
    ) -> None:
        for key in self._known.keys() - set(keys):
            del self._known[key]
        for key in keys:
            kept, condition = self._known[key], condition_of(graph, key)
            failure = evaluation.failures.get(key)
            if condition is not None:
                kept.evaluated = Evaluated(
                    condition=condition,
                    timestamp=now.timestamp(),
                    result=evaluation.results.get(key),
                    verdict=verdicts.get(key),
                    because=kept.because,
                    problem="" if failure is None else str(failure),
                )


def _partitions(result: AutomationResult) -> frozenset[str] | None:
    """Return the partitions that a condition is true for; None for an asset that has none."""
    return (
        frozenset(result.true_subset.expensively_compute_partition_keys())
        if result.true_subset.is_partitioned
        else None
    )


def _only_failed(status: AssetStatus) -> bool:
    """Tell whether nothing but a failure keeps it from being fresh, or from being missing alone."""
    return status.state == "failed" and all(
        reason.kind in {"last_run_failed", "never_materialized"} for reason in status.reasons
    )
