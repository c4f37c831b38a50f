"""What a session knows of the checks of its assets, and how it runs them."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_check import AssetCheckKey
from nb_assets.graph.asset_selection import AssetSelection
from nb_assets.graph.check_selection import checks_of_selection
from nb_assets.staleness.checks import CheckStatus, check_status

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.run import RunResult
    from nb_assets.execution.store_keeper import StoreKeeper
    from nb_assets.fingerprint.code import CodeFingerprint
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.staleness import AssetStatus

_CHECK = re.compile(r"[\w./-]+:[\w.]+")


class CheckBook(ABC):
    """The part of a session that answers for checks."""

    _keeper: StoreKeeper
    materialize: Callable[..., RunResult]

    @property
    @abstractmethod
    def graph(self) -> AssetGraph:
        """The graph of the assets as they are registered now."""

    @abstractmethod
    def select(self, selection: object = "*", graph: AssetGraph | None = None) -> list[AssetKey]:
        """Return the selected assets of a graph."""

    @abstractmethod
    def known(self, graph: AssetGraph, keys: Iterable[AssetKey]) -> dict[AssetKey, AssetStatus]:
        """Return the status of assets and of all that they are derived from."""

    @abstractmethod
    def check_fingerprint_in(
        self, graph: AssetGraph, key: AssetCheckKey, run_config: Any = None
    ) -> CodeFingerprint:
        """Return the fingerprint of the code of a check as it is now, with what it is run with."""

    def checks(self, selection: object = "*") -> dict[AssetCheckKey, CheckStatus]:
        """Return the state of checks: what they said of the data that is there now, or that they have to be run again.

        Parameters
        ----------
        selection
            A check ("asset:check"), or a selection of assets, which stands for their checks; all checks unless given.

        Raises
        ------
        SelectionError
            When it names what there is not.
        """
        graph = self.graph
        keys = self.select_checks(selection, graph)
        looked_at = {key for check in keys for key in graph.checks.spec(check).dependency_keys}
        there = {*graph.keys, *graph.external} if keys else set()
        known = self.known(graph, looked_at & there)
        return {
            key: check_status(key, graph, self._keeper.checks, self.check_fingerprint_in(graph, key), known)
            for key in keys
        }

    def select_checks(self, selection: object = "*", graph: AssetGraph | None = None) -> list[AssetCheckKey]:
        """Return the checks that a selection stands for.

        Raises
        ------
        SelectionError
            When it names what there is not.
        """
        within = self.graph if graph is None else graph
        if selection == "*":
            return list(within.checks)
        if isinstance(selection, str) and _CHECK.fullmatch(selection):
            key = AssetCheckKey.from_user_string(selection)
            if within.checks.of(key.asset_key) or key.asset_key in within:
                return [within.checks.known(key)]
        selected = [] if isinstance(selection, AssetCheckKey) else self.select(selection, within)
        return checks_of_selection(selection, within, selected)

    def run_checks(self, selection: object = "*", *, force: bool = False, **options: Any) -> RunResult:
        """Run checks alone: those of which nothing is known of the data that is there now.

        Parameters
        ----------
        selection
            As in `checks`.
        force
            Run those whose outcome stands, too.
        options
            As in `materialize`.

        Raises
        ------
        SelectionError
            When the selection names what there is not.
        AssetCheckFailedError
            When a blocking check failed, unless `raise_on_error` is off.
        """
        __tracebackhide__ = True
        keys = self.select_checks(selection)
        return self.materialize(AssetSelection.checks(*keys), force=force, **options)
