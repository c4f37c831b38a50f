"""Which of the values that statuses rest on may be gone by now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.passing.managed_values import ManagedValues
    from nb_assets.storage.materialization import Materialization
    from nb_assets.storage.values import ValueStore


class ValueWatch:
    """Watches the values that the statuses of assets rest on; those that IO managers have are always in doubt."""

    def __init__(self, values: ValueStore, managed: ManagedValues) -> None:
        self._values = values
        self._managed = managed
        self._presence = values.presence()
        self._names: dict[AssetKey, tuple[str, ...]] = {}
        self._keys: dict[str, dict[AssetKey, None]] = {}
        self._always: set[AssetKey] = set()

    def put(self, key: AssetKey, made: Iterable[Materialization]) -> None:
        """Watch the values of some versions, which are there, for an asset, in place of those watched so far."""
        self.drop(key)
        names: dict[str, None] = {}
        for each in made:
            if each.value is None:
                continue
            if self._managed.concerns(each):
                self._always.add(key)
                continue
            name = self._values.name_of(each.value)
            if not self._presence.expect(name, each.value.size):
                # Another version tells another size of the same file: one of them is wrong, or will be.
                self._always.add(key)
                continue
            names[name] = None
            self._keys.setdefault(name, {})[key] = None
        if names:
            self._names[key] = tuple(names)

    def drop(self, key: AssetKey) -> None:
        """Watch nothing for an asset any more."""
        self._always.discard(key)
        for name in self._names.pop(key, ()):
            keys = self._keys[name]
            keys.pop(key, None)
            if not keys:
                del self._keys[name]
                self._presence.forget(name)

    def in_doubt(self) -> set[AssetKey]:
        """Return the assets of which a value may be gone."""
        lost = self._presence.gone()
        lost.update(name for name in self._values.damaged if name in self._presence)
        return self._always.union(*(self._keys[name] for name in lost))
