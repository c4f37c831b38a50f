"""The session of a kernel: the one façade that magics, widget, command line and Python call.

It holds the registry, the store and the runs, and leaves the work to them.
"""

from __future__ import annotations

import importlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nb_assets.callable_module import make_callable
from nb_assets.check_book import CheckBook
from nb_assets.definitions.assets_definition import AssetsDefinition, set_value_loader
from nb_assets.definitions.partitions.loading import set_dynamic_partitions_store
from nb_assets.definitions.registry import Origin, Registration, Registry
from nb_assets.definitions.resource_bindings import ResourceBindings
from nb_assets.execution.automation.automation import Automation
from nb_assets.execution.bulletin import Bulletin
from nb_assets.execution.events import AssetLogged, CodeMayHaveChanged, RegistryChanged, Subscriber
from nb_assets.execution.instance import set_project
from nb_assets.execution.partition_choice import asked_for
from nb_assets.execution.passing.finding import find_values
from nb_assets.execution.run import Run, RunResult
from nb_assets.execution.runs import Request, Runs
from nb_assets.execution.store_keeper import StoreKeeper
from nb_assets.execution.surroundings import Surroundings
from nb_assets.freshness import Freshness
from nb_assets.graph.latest_graph import LatestGraph
from nb_assets.graph.partition_view import PartitionView
from nb_assets.graph.resolve import select
from nb_assets.graph.selection_text import text_selecting
from nb_assets.staleness import AssetStatus, KeptStatuses, Reading, statuses
from nb_assets.storage.store import Store
from nb_assets.upkeep import Upkeep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.resource import ResourceDefinition
    from nb_assets.execution.plan import Plan
    from nb_assets.fingerprint.code import CodeFingerprint
    from nb_assets.graph.asset_graph import AssetGraph


class Session(Surroundings, Freshness, Upkeep, CheckBook):
    """The assets of a kernel, their runs, their values and their history.

    Parameters
    ----------
    folder
        The folder of the store: `.nb_assets` beside the notebook, or `NB_ASSETS_HOME`, unless given.
    """

    def __init__(self, folder: str | Path | None = None) -> None:
        self.store = Store.beside(Path.cwd()) if folder is None else Store.open(folder)
        self.registry = Registry()
        # The resources that assets are given by name, and the configuration of runs that are given none.
        self.resources = ResourceBindings(self.look_again)
        self.run_config: Any = None
        self._keeper = StoreKeeper(self.store)
        self._bulletin = Bulletin()
        self._runs = Runs(self, self._keeper, self._bulletin)
        self._graphs = LatestGraph()
        self._kept = KeptStatuses()
        find_values(self, self._keeper)
        # Makes assets by itself where their conditions say so, once it is turned on: `auto.on()`.
        self.auto = Automation(self, self._keeper, self._runs, self._bulletin)

    # What there is

    @property
    def assets(self) -> Mapping[AssetKey, AssetsDefinition]:
        """The definitions by key; a text such as "a/b" will do for a key."""
        return self.registry

    @property
    def graph(self) -> AssetGraph:
        """The graph of the assets as they are registered now."""
        return self._graphs.of(self.registry.state)

    @property
    def unsaved(self) -> Mapping[str, Any]:
        """The values that were computed but could not be stored, by key, until the kernel ends."""
        return {key.to_user_string(): value for key, value in dict(self._keeper.unsaved).items()}

    def register(
        self,
        origin: Origin,
        definitions: Iterable[AssetsDefinition],
        resources: Mapping[str, ResourceDefinition] | None = None,
    ) -> Registration:
        """Register the definitions of one cell or module; they replace those registered from there before.

        Parameters
        ----------
        resources
            Those that it brings for its assets, and for others that have none of that name.

        Raises
        ------
        DuplicateKeyError
            When a key is defined twice.
        CycleError
            When assets would depend on each other in a circle. Nothing is changed then, as with every error.
        """
        change = self.registry.register(origin, definitions, self._graphs.of)
        self.resources.place(origin, resources or {})
        self._bulletin.tell(RegistryChanged(**vars(change)))
        return change

    def forget(self, selection: object) -> Registration:
        """Take assets out of the session. Their values and their history stay in the store."""
        change = self.registry.remove(self.select(selection))
        self._bulletin.tell(RegistryChanged(**vars(change)))
        return change

    def select(self, selection: object = "*", graph: AssetGraph | None = None) -> list[AssetKey]:
        """Return the selected assets of a graph, that of now unless given, each after what it is derived from.

        Raises
        ------
        SelectionError
            When the selection cannot be read or names what there is not.
        """
        within = self.graph if graph is None else graph
        if selection == "*":
            return list(within.keys)
        known: dict[AssetKey, AssetStatus] = {}

        def word(key: AssetKey) -> str:
            if not known:
                known.update(self._status_in(within, within.keys))
            return known[key].state

        return select(selection, within, word)

    # What is fresh

    def fingerprint(self, key: AssetKey) -> CodeFingerprint:
        """Return the fingerprint of an asset's code as it is now."""
        return self.fingerprint_in(self.graph, key)

    def status(self, selection: object = "*") -> dict[AssetKey, AssetStatus]:
        """Return the status of the selected assets, with every reason why one is not fresh."""
        graph = self.graph
        return self._status_in(graph, self.select(selection, graph))

    # What was made

    def is_made_elsewhere(self, key: AssetKey) -> bool:
        """Tell whether another notebook of the project has made an asset that was never defined in this kernel."""
        ours = key in self.registry or key in self.registry.state.withdrawn
        return not ours and self.latest(key) is not None

    def code(self, key: AssetKey | str) -> str:
        """Return the source of an asset as the user wrote it; empty when it is not to be had."""
        return self.registry[self.registry.resolve(key)].source or ""

    def logs(self, key: AssetKey | str) -> list[AssetLogged]:
        """Return what the asset's last runs in this kernel printed and logged, oldest first."""
        return self._bulletin.logs(self.registry.resolve(key))

    # Runs

    def plan(
        self,
        selection: object = "*",
        *,
        force: bool = False,
        upstream: bool = False,
        partition_key: str | None = None,
        partitions: Any = None,
        run_config: Any = None,
    ) -> Plan:
        """Return what a run of the selection would do, without doing it."""
        asked = asked_for(partition_key, partitions)
        return self._runs.plan(
            Request(
                selection=selection, force=force, upstream=upstream, partitions=asked, run_config=run_config
            )
        )

    def materialize(  # noqa: PLR0913 - what a surface may ask of a run
        self,
        selection: object = "*",
        *,
        force: bool = False,
        executor: str | None = None,
        raise_on_error: bool = True,
        upstream: bool = False,
        resume: bool = False,
        partition_key: str | None = None,
        partitions: Any = None,
        origin: str = "python",
        echo: bool = True,
        on_event: Subscriber | None = None,
        run: Run | None = None,
        run_config: Any = None,
    ) -> RunResult:
        """Make the selected assets that are stale or missing, on this thread, and return what came of it.

        Parameters
        ----------
        force
            Make the selected ones even when they are fresh.
        executor
            Where functions are called: "in_process" unless given.
        raise_on_error
            Raise the error of the first asset that failed, once the run has ended.
        upstream
            Bring what they are derived from up to date too.
        resume
            Leave out the ops of graph assets that gave their outputs before with the same code from the same inputs: a
            graph asset that failed goes on from the op that failed.
        partition_key, partitions
            Which partitions to make of those that have any, as far as they are stale or missing: a key; or a range such as
            "2024-01-01...2024-01-31", a `PartitionKeyRange`, or a list of these. All that exist unless given.
        origin
            What asked for the run, as it is recorded.
        echo
            Whether prints of the assets also go where they would have gone.
        on_event
            Called with each event of this run, on this thread.
        run
            The run to carry this out under, so that others can cancel it.
        run_config
            The configuration of assets, ops and resources, in place of that of the session.

        Raises
        ------
        SelectionError, DefinitionError, ConfigError
            When the selection names what there is not, an asset reads what nothing makes or needs a resource that is not
            there, or the configuration is not what is asked for. Nothing runs then.
        RunCancelledError
            When the run was cancelled and `raise_on_error` is set.
        """
        __tracebackhide__ = True
        request = Request(
            selection=selection,
            force=force,
            upstream=upstream,
            resume=resume,
            partitions=asked_for(partition_key, partitions),
            executor=executor,
            echo=echo,
            on_event=on_event,
            run_config=run_config,
        )
        result = self._runs.here(request, run or Run(origin))
        if raise_on_error:
            result.raise_errors()
        return result

    def submit(  # noqa: PLR0913 - what a surface may ask of a run
        self,
        selection: object = "*",
        *,
        force: bool = False,
        upstream: bool = False,
        resume: bool = False,
        partition_key: str | None = None,
        partitions: Any = None,
        executor: str | None = None,
        origin: str = "widget",
        on_event: Subscriber | None = None,
        run_config: Any = None,
    ) -> Run:
        """Start a run in the background, after those that were asked for before it, and return at once.

        Raises
        ------
        SelectionError, DefinitionError
            When the selection names what there is not, or an asset reads what nothing makes.
        """
        request = Request(
            selection=selection,
            force=force,
            upstream=upstream,
            resume=resume,
            partitions=asked_for(partition_key, partitions),
            executor=executor,
            echo=False,
            on_event=on_event,
            run_config=run_config,
        )
        return self._runs.in_background(request, Run(origin))

    @property
    def running(self) -> Run | None:
        """The run that is under way, if one is."""
        return next((run for run in self._runs.under_way if run.state == "running"), None)

    @property
    def runs(self) -> list[Run]:
        """The runs that wait or are under way, in order."""
        return self._runs.under_way

    def cancel(self, run_id: str | None = None) -> None:
        """Ask a run, or all of them, to stop before the next step.

        Raises
        ------
        SelectionError
            When no run of this id is under way.
        """
        self._runs.cancel(run_id)

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        """Have a function called with each event, on whichever thread it happens; return how to end that."""
        return self._bulletin.subscribe(callback)

    def add_dynamic_partitions(self, partitions_def_name: str, partition_keys: Iterable[str]) -> None:
        """Add keys to dynamic partitions; those that they have are left.

        Raises
        ------
        DefinitionError
            When one cannot be a key. None is added then.
        """
        self._keeper.partitions.add_dynamic_partitions(partitions_def_name, partition_keys)
        self.look_again()

    def delete_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> None:
        """Take a key out of dynamic partitions. What was made of it stays in the history."""
        self._keeper.partitions.delete_dynamic_partition(partitions_def_name, partition_key)
        self.look_again()

    def look_again(self) -> None:
        """Have all that shows a status look again: code ran that may have changed what assets use."""
        if self.registry:
            self._bulletin.tell(CodeMayHaveChanged())

    def lineage(self, selection: object = "*", *, direction: str = "LR") -> Any:
        """Return the lineage widget of the selected assets; edges run left to right (`LR`) or top to bottom (`TB`)."""
        # The widget is built on the session, so it is found by name and not imported.
        text = text_selecting(selection, [] if isinstance(selection, str) else self.select(selection))
        return importlib.import_module("nb_assets.notebook.lineage_display").lineage(self, text, direction)

    def __repr__(self) -> str:
        return f"<Session of {len(self.registry)} assets, store {self.store.folder}>"

    # What the runs ask

    def known(
        self, graph: AssetGraph, keys: Iterable[AssetKey], run_config: Any = None
    ) -> dict[AssetKey, AssetStatus]:
        """Return the status of assets and of all that they are derived from, runs that are under way left out.

        Parameters
        ----------
        run_config
            The configuration that a run would have; that of the session unless given.
        """
        fingerprints = self.fingerprints_of(graph, run_config)
        reading = Reading(graph, PartitionView(graph)) if graph.partitioned else None
        with self.store.history.one_moment():
            return statuses(graph, self._keeper, fingerprints, keys, reading, self._kept)

    def _status_in(self, graph: AssetGraph, keys: list[AssetKey]) -> dict[AssetKey, AssetStatus]:
        known, activity = self.known(graph, keys), self._runs.activity
        if activity or len(known) != len(keys):
            return activity.amend(known, keys)
        return known


_session: Session | None = None
_session_lock = threading.Lock()


def session() -> Session:
    """Return the session of this kernel; the first call opens the store.

    Raises
    ------
    StoreError
        When the store cannot be opened.
    """
    global _session  # noqa: PLW0603 - one session a process
    with _session_lock:
        if _session is None:
            _session = Session()
        return _session


set_value_loader(lambda key: session().load(key))
set_dynamic_partitions_store(lambda: session()._keeper.partitions)  # noqa: SLF001 - of the class in this file
set_project(lambda: session()._keeper)  # noqa: SLF001 - of the class in this file
make_callable(__name__, session)
