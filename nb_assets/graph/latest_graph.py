"""The graph of what is registered now, worked out once for each change, from the one before where that will do."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from nb_assets.graph.asset_graph import AssetGraph

if TYPE_CHECKING:
    from nb_assets.definitions.registry import RegistryState


class LatestGraph:
    """Remembers the last graph. Safe to use from many threads."""

    def __init__(self) -> None:
        self._known: tuple[RegistryState, AssetGraph] | None = None
        self._lock = threading.Lock()

    def of(self, state: RegistryState) -> AssetGraph:
        """Return the graph of what is registered at one moment.

        Raises
        ------
        DefinitionError
            When there can be none, as with assets that depend on each other in a circle.
        """
        with self._lock:
            known = self._known
            if known is None or known[0] is not state:
                known = self._known = state, AssetGraph.of(state, None if known is None else known[1])
            return known[1]
