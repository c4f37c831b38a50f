"""The runs of a session: one at a time, on the caller's thread or in the background, in the order asked for."""

from __future__ import annotations

import contextvars
import dataclasses
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from nb_assets.definitions.naming import DEFAULT_IO_MANAGER
from nb_assets.errors import RunCancelledError, SelectionError, UsageError
from nb_assets.execution.activity import Activity
from nb_assets.execution.engine import Engine
from nb_assets.execution.events import Event, RunFinished, RunQueued, Subscriber
from nb_assets.execution.executors import executor_named
from nb_assets.execution.instance import DagsterInstance
from nb_assets.execution.observation import observe_sources
from nb_assets.execution.partition_choice import chosen_partitions
from nb_assets.execution.plan import Plan, make_plan
from nb_assets.execution.provisions import Provisions
from nb_assets.execution.run import Run, RunResult, RunState, result_of
from nb_assets.execution.tracebacks import error_info
from nb_assets.execution.turns import Turns
from nb_assets.graph.asset_selection import AssetSelection
from nb_assets.graph.check_selection import checks_of_selection
from nb_assets.graph.partition_view import PartitionView
from nb_assets.staleness import Reading

if TYPE_CHECKING:
    from nb_assets.definitions.asset_check import AssetCheckKey
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.partitions.key_range import PartitionKeyRange
    from nb_assets.definitions.resource import ResourceDefinition
    from nb_assets.execution.bulletin import Bulletin
    from nb_assets.execution.store_keeper import StoreKeeper
    from nb_assets.fingerprint.code import CodeFingerprint
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.staleness import AssetStatus

_in_run: contextvars.ContextVar[str | None] = contextvars.ContextVar("nb_assets_in_run", default=None)


class Catalogue(Protocol):
    """What runs need to know of a session's assets, as they are at the moment of asking."""

    @property
    def graph(self) -> AssetGraph:
        """The graph of the assets."""
        ...

    def select(self, selection: object, graph: AssetGraph) -> list[AssetKey]:
        """Return the selected assets of a graph."""
        ...

    def known(
        self, graph: AssetGraph, keys: Iterable[AssetKey], run_config: Any = None
    ) -> dict[AssetKey, AssetStatus]:
        """Return the status of assets and of all that they are derived from, as a run with a configuration finds it."""
        ...

    def fingerprint_in(self, graph: AssetGraph, key: AssetKey, run_config: Any = None) -> CodeFingerprint:
        """Return the fingerprint of an asset's code as it is now, with what a run with a configuration gives it."""
        ...

    def check_fingerprint_in(
        self, graph: AssetGraph, key: AssetCheckKey, run_config: Any = None
    ) -> CodeFingerprint:
        """Return the fingerprint of a check's code as it is now, with what a run with a configuration gives it."""
        ...

    def bindings(self, definition: AssetsDefinition) -> Mapping[str, ResourceDefinition]:
        """Return the resources that there are for a definition."""
        ...

    def config_for(self, run_config: Any) -> dict[str, Any]:
        """Return the configuration of a run as it is written: the given one, else that of the session."""
        ...


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a run was asked to do."""

    selection: object
    force: bool | Collection[AssetKey] = False
    upstream: bool = False
    resume: bool = False
    partitions: Sequence[str | PartitionKeyRange] | None = None
    executor: str | None = None
    echo: bool = True
    on_event: Subscriber | None = None
    run_config: Any = None


class Runs:
    """Plans runs, carries them out and cancels them."""

    def __init__(self, catalogue: Catalogue, keeper: StoreKeeper, bulletin: Bulletin) -> None:
        self.activity = Activity()
        self._catalogue = catalogue
        self._keeper = keeper
        self._bulletin = bulletin
        self._turns = Turns()
        self._runs: list[Run] = []
        self._lock = threading.Lock()

    @property
    def under_way(self) -> list[Run]:
        """The runs that wait or are being carried out, in order."""
        with self._lock:
            return list(self._runs)

    def plan(self, request: Request) -> Plan:
        """Return what a run would do, without doing it."""
        graph = self._catalogue.graph
        selected = self._catalogue.select(request.selection, graph)
        checks = checks_of_selection(request.selection, graph, selected)
        # What the same calls make is part of the plan.
        called = [*map(graph.definition, selected), *map(graph.checks.definition, checks)]
        keys = [key for each in called for key in each.specs_by_key]
        known = self._catalogue.known(graph, keys, request.run_config)
        return self._planned(graph, selected, known, request, checks)

    def _planned(
        self,
        graph: AssetGraph,
        selected: list[AssetKey],
        known: Mapping[AssetKey, AssetStatus],
        request: Request,
        checks: Iterable[AssetCheckKey],
    ) -> Plan:
        if not graph.partitioned and request.partitions is None:
            return make_plan(
                graph,
                selected,
                known,
                force=request.force,
                upstream=request.upstream,
                checks=checks,
                has_default=self._has_default,
            )
        return make_plan(
            graph,
            selected,
            known,
            force=request.force,
            upstream=request.upstream,
            checks=checks,
            partitions=chosen_partitions(graph, selected, request.partitions),
            reading=Reading(graph, PartitionView(graph)),
            has_default=self._has_default,
        )

    def _has_default(self, definition: AssetsDefinition) -> bool:
        return DEFAULT_IO_MANAGER in self._catalogue.bindings(definition)

    def here(self, request: Request, run: Run) -> RunResult:
        """Carry out a run on this thread, after those that were asked for before it."""
        __tracebackhide__ = True
        return self._carry_out(run, self._admit(run), request)

    def in_background(self, request: Request, run: Run) -> Run:
        """Start a run on a thread of its own, and return at once."""
        plan = self.plan(request)
        ticket = self._admit(run)
        if request.force is not True:
            # What was selected by its status then is what runs, whatever its status is when its turn comes.
            selection = AssetSelection.assets(*plan.keys).without_checks()
            selection |= AssetSelection.checks(*plan.check_keys)
            request = dataclasses.replace(request, selection=selection)
        # Messages of a thread are sent on behalf of the request whose context it has, see ipykernel's shell channel.
        context = contextvars.copy_context()

        def work() -> None:
            # A thread has nobody to raise to; `run.error` and the end of the run tell it.
            with suppress(BaseException):
                self._carry_out(run, ticket, request, announced=True)

        name = f"nb_assets-run-{run.run_id[:8]}"
        thread = threading.Thread(target=context.run, args=(work,), name=name, daemon=True)
        try:
            if self._turns.is_waiting(ticket):
                queued = RunQueued(run_id=run.run_id, keys=plan.keys, origin=run.origin)
                self._tell(run, queued, request.on_event)
            thread.start()
        except BaseException as error:
            # An interrupt may come when the thread has begun, which then goes on.
            if thread.ident is None:
                self._turns.leave(ticket)
                self._broke_off(run, error, request)
                self._forget(run, "failure", error)
            raise
        return run

    def cancel(self, run_id: str | None = None) -> None:
        """Ask a run, or all of them, to stop before the next step.

        Raises
        ------
        SelectionError
            When no run of this id is under way.
        """
        runs = [run for run in self.under_way if run_id in (None, run.run_id)]
        if run_id is not None and not runs:
            raise SelectionError(f"no run `{run_id}` is under way.")
        for run in runs:
            run.cancel()

    def _carry_out(self, run: Run, ticket: object, request: Request, *, announced: bool = False) -> RunResult:
        """Carry out a run when its turn comes. The end of one that was `announced` is told even if it cannot begin."""
        __tracebackhide__ = True
        state: RunState = "failure"
        error: BaseException | None = None
        try:
            with self._turns.turn(lambda: run.cancelled, ticket):
                engine, plan = self._engine(run, request)
                token = _in_run.set(run.run_id)
                try:
                    state = engine.execute()
                finally:
                    _in_run.reset(token)
                return result_of(run, plan, self._keeper)
        except BaseException as raised:
            error = raised
            if isinstance(raised, (RunCancelledError, KeyboardInterrupt)):
                state = "cancelled"
            if announced or run.events or isinstance(raised, RunCancelledError):
                self._broke_off(run, raised, request)
            raise
        finally:
            self._turns.leave(ticket)
            self._forget(run, state, error)

    def _broke_off(self, run: Run, error: BaseException, request: Request) -> None:
        """Tell that a run ended which could not tell it itself."""
        if any(isinstance(event, RunFinished) for event in run.events):
            return
        cancelled = isinstance(error, (RunCancelledError, KeyboardInterrupt))
        end = RunFinished(
            run_id=run.run_id,
            outcome="cancelled" if cancelled else "failure",
            duration=0.0,
            error=None if cancelled else error_info(error),
        )
        self._tell(run, end, request.on_event)

    def _forget(self, run: Run, state: RunState, error: BaseException | None) -> None:
        with self._lock:
            self._runs.remove(run)
        self.activity.forget(run.run_id)
        run.finish(state, error)

    def _engine(self, run: Run, request: Request) -> tuple[Engine, Plan]:
        executor = executor_named(request.executor)
        graph = self._catalogue.graph
        selected = self._catalogue.select(request.selection, graph)
        config = self._catalogue.config_for(request.run_config)
        provisions = Provisions(
            self._catalogue.bindings,
            run_config=config,
            run_id=run.run_id,
            run=run,
            instance=DagsterInstance(self._keeper),
        )
        observe_sources(graph, selected, self._keeper, provisions, run)
        known = self._catalogue.known(graph, graph.keys, config)
        checks = checks_of_selection(request.selection, graph, selected)
        plan = self._planned(graph, selected, known, request, checks)
        run.plan = plan
        called, others = _called(plan)
        provisions.read(called, others=others)
        self._keeper.log.begin(run.run_id, run.origin, plan.keys)
        engine = Engine(
            plan=plan,
            run=run,
            keeper=self._keeper,
            executor=executor,
            fingerprint=lambda key: self._catalogue.fingerprint_in(graph, key, config),
            known=known,
            tell=lambda event: self._tell(run, event, request.on_event),
            echo=request.echo,
            compare=True,
            resume=request.resume,
            fingerprint_check=lambda check: self._catalogue.check_fingerprint_in(graph, check, config),
            provisions=provisions,
        )
        return engine, plan

    def _admit(self, run: Run) -> object:
        if _in_run.get() is not None:
            raise UsageError(
                "an asset's function cannot start a run: it is part of one. Take the other asset as an argument, or "
                "name it in deps, and it is made first."
            )
        with self._lock:
            self._runs.append(run)
            return self._turns.ticket()

    def _tell(self, run: Run, event: Event, also: Subscriber | None) -> None:
        run.events.append(event)
        self.activity.follow(event)
        self._bulletin.tell(event, also)


def _called(plan: Plan) -> tuple[list[Any], list[Any]]:
    """Return the definitions whose functions a run may call, and those that are fresh and need not be configured."""
    spared = set(plan.fresh)
    fresh = {id(step.definition) for step in plan.steps if step.keys and spared.issuperset(step.keys)}
    called = [step.definition for step in plan.agenda if id(step.definition) not in fresh]
    return called, [step.definition for step in plan.agenda if id(step.definition) in fresh]
