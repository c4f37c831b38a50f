"""Finds the values of a session that IO managers have, outside of runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.execution.instance import DagsterInstance
from nb_assets.execution.passing.passing import Passing
from nb_assets.execution.passing.place import managed_places
from nb_assets.execution.provisions import Provisions

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.store_keeper import StoreKeeper
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.storage.materialization import Materialization


def find_values(graph: Callable[[], AssetGraph], keeper: StoreKeeper) -> None:
    """Have a keeper look for values where the assets of a graph say that they are, as it is at the time."""
    found: list[tuple[AssetGraph, Mapping[AssetKey, str]]] = []

    def places() -> Mapping[AssetKey, str]:
        now = graph()
        if not found or found[0][0] is not now:
            found[:] = [(now, managed_places(now))]
        return found[0][1]

    def load(made: Materialization) -> Any:
        # Each load opens what the IO manager needs, and closes it.
        provisions = Provisions(run_id=made.run_id, instance=DagsterInstance(keeper))
        try:
            return Passing(provisions=provisions, keeper=keeper, graph=graph()).value_of(made.asset_key, made)
        finally:
            provisions.close()

    keeper.managed.places = places
    keeper.managed.load_by_manager = load
