"""Finds the values of a session that IO managers have, outside of runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from nb_assets.execution.instance import DagsterInstance
from nb_assets.execution.passing.passing import Passing
from nb_assets.execution.passing.place import managed_places
from nb_assets.execution.provisions import Provisions
from nb_assets.fingerprint.evidence import once_in_look

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.resource import ResourceDefinition
    from nb_assets.definitions.resource_bindings import ResourceBindings
    from nb_assets.execution.store_keeper import StoreKeeper
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.storage.materialization import Materialization


class Assets(Protocol):
    """What there is to know of the assets of a session, as they are at the moment of asking."""

    resources: ResourceBindings

    @property
    def graph(self) -> AssetGraph:
        """The graph of the assets."""
        ...

    def bindings(self, definition: AssetsDefinition) -> Mapping[str, ResourceDefinition]:
        """Return the resources that there are for a definition."""
        ...

    def config_for(self, run_config: Any) -> dict[str, Any]:
        """Return the configuration of a run."""
        ...


def find_values(assets: Assets, keeper: StoreKeeper) -> None:
    """Have a keeper look for values where the assets of a session say that they are."""
    found: list[tuple[object, object, Mapping[AssetKey, str]]] = []

    def places() -> Mapping[AssetKey, str]:
        # Asked for every asset: once a look is enough.
        return once_in_look(found, places_now, keep=lambda: True)

    def places_now() -> Mapping[AssetKey, str]:
        graph, state = assets.graph, assets.resources.state
        if not found or found[0][0] is not graph or found[0][1] is not state:
            found[:] = [(graph, state, managed_places(graph, assets.bindings))]
        return found[0][2]

    def load(made: Materialization) -> Any:
        # Each load opens what the IO manager needs, and closes it.
        instance = DagsterInstance(keeper)
        provisions = Provisions(
            assets.bindings, run_config=assets.config_for(None), run_id=made.run_id, instance=instance
        )
        passing = Passing(provisions=provisions, keeper=keeper, graph=assets.graph)
        try:
            return passing.value_of(made.asset_key, made, partition=made.partition, instance=instance)
        finally:
            provisions.close()

    keeper.managed.places = places
    keeper.managed.load_by_manager = load
