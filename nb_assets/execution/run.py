"""A run: what was asked for, how far it is, and what came of it."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.result import NoValue
from nb_assets.errors import InvocationError, RunCancelledError, RunError, near
from nb_assets.execution.dagster_run import ASSET_JOB, DagsterRun, dagster_run
from nb_assets.execution.events import (
    AssetFailed,
    AssetFresh,
    AssetMaterialized,
    AssetRestored,
    AssetSkipped,
    CheckBlocked,
    CheckEvaluated,
    CheckFailed,
    CheckStands,
    ErrorInfo,
    Event,
    Outcome,
    RunFinished,
)
from nb_assets.execution.run_queries import RunQueries, unknown_node

if TYPE_CHECKING:
    from nb_assets.definitions.asset_check import AssetCheckKey
    from nb_assets.definitions.hook import HookDefinition
    from nb_assets.execution.instance import DagsterInstance
    from nb_assets.execution.keeper import Keeper
    from nb_assets.execution.plan import Plan, Step
    from nb_assets.storage.check_record import CheckRecord

RunState = Literal["queued", "running", "success", "failure", "cancelled"]


class Run:
    """A run that was asked for. It can be cancelled and waited for from any thread.

    Attributes
    ----------
    origin
        What asked for it: "notebook", "widget", "python".
    job_name
        The name of the job that it is one of.
    instance
        What its steps find as `context.instance`; that of the project unless given.
    hook_defs
        What is called after each of its steps.
    values
        What it gave to assets, where its result outlives what keeps them; None where it is read from there.
    """

    def __init__(
        self,
        origin: str,
        tags: Mapping[str, str] | None = None,
        *,
        job_name: str = ASSET_JOB,
        instance: DagsterInstance | None = None,
        run_id: str | None = None,
        hook_defs: Iterable[HookDefinition] = (),
    ) -> None:
        self.run_id = run_id or str(uuid.uuid4())
        self.job_name = job_name
        self.instance = instance
        self.hook_defs = frozenset(hook_defs)
        self.origin = origin
        self.tags = dict(tags or {})
        self.state: RunState = "queued"
        self.error: BaseException | None = None
        self.plan: Plan | None = None
        self.events: list[Event] = []
        self.values: dict[AssetKey, Any] | None = None
        self._cancelled = threading.Event()
        self._done = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelled.is_set()

    @property
    def done(self) -> bool:
        """Whether it has ended."""
        return self._done.is_set()

    def cancel(self) -> None:
        """Ask it to stop before the next step. A step that is running goes on to its end."""
        self._cancelled.set()

    def pause(self, seconds: float) -> bool:
        """Wait so long, or until it is asked to stop; tell whether it was."""
        return self._cancelled.wait(seconds)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it has ended, at most `timeout` seconds; tell whether it has."""
        return self._done.wait(timeout)

    def finish(self, state: RunState, error: BaseException | None = None) -> None:
        """Say that it has ended, and what broke it off."""
        self.error = error
        self.state = state
        self._done.set()

    def __repr__(self) -> str:
        return f"<Run {self.run_id[:8]} {self.state}>"


@dataclass(frozen=True, kw_only=True)
class RunResult(RunQueries):
    """What came of a run. Durations are in seconds."""

    run_id: str
    outcome: Outcome
    duration: float
    events: tuple[Event, ...] = field(repr=False)
    keeper: Keeper = field(repr=False, compare=False)
    plan: Plan = field(repr=False, compare=False)
    dagster_run: DagsterRun = field(repr=False, compare=False)
    values: Mapping[AssetKey, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def job_name(self) -> str:
        """The name of the job that the run is one of."""
        return self.dagster_run.job_name

    @property
    def success(self) -> bool:
        """Whether nothing failed and nothing was cancelled."""
        return self.outcome == "success"

    @property
    def materialized(self) -> list[AssetKey]:
        """The assets that were made."""
        return [event.key for event in self._of(AssetMaterialized)]

    @property
    def restored(self) -> list[AssetKey]:
        """The assets whose earlier version was taken back without a run."""
        return [event.key for event in self._of(AssetRestored)]

    @property
    def fresh(self) -> list[AssetKey]:
        """The assets that needed no run."""
        return [event.key for event in self._of(AssetFresh)]

    @property
    def skipped(self) -> dict[AssetKey, str]:
        """The assets that were not tried, and why."""
        return {event.key: event.because for event in self._of(AssetSkipped)}

    @property
    def failed(self) -> dict[AssetKey, ErrorInfo]:
        """The assets that could not be made, and their errors."""
        return {event.key: event.error for event in self._of(AssetFailed)}

    @property
    def checks(self) -> dict[AssetCheckKey, CheckRecord]:
        """What the checks of the run said, and what stood of what they had said before."""
        return {event.check: event.record for event in self._of((CheckEvaluated, CheckFailed, CheckStands))}

    def raise_errors(self) -> None:
        """Raise the error of the first asset or check that failed, if one did.

        Raises
        ------
        RunCancelledError
            When none did, but the run was cancelled.
        """
        __tracebackhide__ = True
        for event in self._of((AssetFailed, CheckFailed, CheckBlocked)):
            raise event.error.exception or RunError(event.error.summary)
        if self.outcome == "cancelled":
            raise RunCancelledError("the run was cancelled; what it finished is kept.")

    def output_for_node(self, node_str: str, output_name: str = "result") -> Any:
        """Return the value that a computation of this run gave.

        Raises
        ------
        InvocationError
            When the run has no such computation or output, or made no value of it.
        """
        node, _, op = node_str.partition(".")
        if op:
            step = self._step(node)
            graph = step.definition.graph
            # A graph inside it gives what one of its ops does.
            source = graph.known.get((op, output_name)) if graph is not None else None
            if source is not None:
                op, output_name = source.node, source.output
            return self.keeper.ops.value(step.keys[0], op, output_name)
        return self._value_of(self._key_of(node_str, output_name), node_str)

    def _value_of(self, key: AssetKey, shown: str) -> Any:
        events = self._of(AssetMaterialized)
        made = next((event.materialization for event in events if event.key == key), None)
        if made is not None and self.plan.graph.definition(key).compute.returns_nothing:
            return None
        if made is None:
            raise InvocationError(f"`{shown}` gave no value in this run: {self.outcome}.")
        if (value := self.values.get(key, NoValue)) is not NoValue:
            return value
        return self.keeper.load(made)

    def asset_value(self, asset_key: AssetKey | str | Sequence[str]) -> Any:
        """Return the value that the run gave to an asset."""
        if isinstance(asset_key, str):
            key = AssetKey.from_user_string(asset_key)
        else:
            key = AssetKey.from_coercible(asset_key)
        if key not in self.plan.graph:
            raise unknown_node(key.to_user_string(), [each.to_user_string() for each in self.plan.graph.keys])
        return self._value_of(key, key.to_user_string())

    def _step(self, node: str) -> Step:
        by_name = {step.definition.node_name: step for step in self.plan.steps}
        if node not in by_name:
            raise unknown_node(node, by_name)
        return by_name[node]

    def _key_of(self, node: str, output: str) -> AssetKey:
        outputs = self._step(node).definition.specs_by_output_name
        if output not in outputs:
            raise InvocationError(f"`{node}` has no output `{output}`.{near(output, outputs)}")
        return outputs[output].key

    def _of(self, kind: type | tuple[type, ...]) -> Iterator[Any]:
        return (event for event in self.events if isinstance(event, kind))

    def __repr__(self) -> str:
        counts = {
            "materialized": len(self.materialized),
            "restored": len(self.restored),
            "fresh": len(self.fresh),
            "failed": len(self.failed),
            "skipped": len(self.skipped),
        }
        told = ", ".join(f"{count} {word}" for word, count in counts.items() if count) or "nothing to do"
        return f"<RunResult {self.outcome}: {told} in {self.duration:.1f} s>"


def result_of(run: Run, plan: Plan, keeper: Keeper) -> RunResult:
    """Return what came of a run that has ended."""
    finished = [event for event in run.events if isinstance(event, RunFinished)]
    outcome = finished[-1].outcome if finished else "cancelled"
    return RunResult(
        run_id=run.run_id,
        outcome=outcome,
        duration=finished[-1].duration if finished else 0.0,
        events=tuple(run.events),
        keeper=keeper,
        plan=plan,
        dagster_run=dagster_run(run, outcome),
        values=run.values or {},
    )
