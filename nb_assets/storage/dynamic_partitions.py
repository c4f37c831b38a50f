"""The keys of dynamic partitions: those of a project, in its history, and those of a run in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from nb_assets.definitions.partitions.partitions_definition import checked_partition_keys

if TYPE_CHECKING:
    from nb_assets.storage.history import History


class DynamicPartitions(Protocol):
    """The keys of dynamic partitions, by the name of their definition; they can be added and taken out."""

    def get_dynamic_partitions(self, partitions_def_name: str) -> Sequence[str]:
        """Return the keys of a definition, in the order in which they were added."""
        ...

    def has_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> bool:
        """Tell whether a definition has a key."""
        ...

    def add_dynamic_partitions(self, partitions_def_name: str, partition_keys: Iterable[str]) -> None:
        """Add keys to a definition; those that it has are left.

        Raises
        ------
        DefinitionError
            When one cannot be a key. None is added then.
        """
        ...

    def delete_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> None:
        """Take a key out of a definition. What was made of it stays in the history."""
        ...


class StoredPartitions:
    """The keys that a project's history has."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._known: dict[str, Mapping[str, None]] = {}
        self._token: tuple[int, int] | None = None

    def get_dynamic_partitions(self, partitions_def_name: str) -> Sequence[str]:
        """Return the keys of a definition, in the order in which they were added."""
        return list(self._keys(partitions_def_name))

    def has_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> bool:
        """Tell whether a definition has a key."""
        return partition_key in self._keys(partitions_def_name)

    def add_dynamic_partitions(self, partitions_def_name: str, partition_keys: Iterable[str]) -> None:
        """Add keys to a definition; those that it has are left."""
        keys = checked_partition_keys(_each(partition_keys))
        self._history.change_dynamic_partitions(partitions_def_name, keys, exist=True)
        self._known.pop(partitions_def_name, None)

    def delete_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> None:
        """Take a key out of a definition. What was made of it stays in the history."""
        self._history.change_dynamic_partitions(partitions_def_name, [partition_key], exist=False)
        self._known.pop(partitions_def_name, None)

    def _keys(self, name: str) -> Mapping[str, None]:
        token = self._history.change_token()
        if token != self._token:
            self._known, self._token = {}, token
        if name not in self._known:
            self._known[name] = self._history.dynamic_partitions(name)
        return self._known[name]


class PartitionsInMemory:
    """Keys that are there as long as this is."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, None]] = {}

    def get_dynamic_partitions(self, partitions_def_name: str) -> Sequence[str]:
        """Return the keys of a definition, in the order in which they were added."""
        return list(self._known.get(partitions_def_name, ()))

    def has_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> bool:
        """Tell whether a definition has a key."""
        return partition_key in self._known.get(partitions_def_name, ())

    def add_dynamic_partitions(self, partitions_def_name: str, partition_keys: Iterable[str]) -> None:
        """Add keys to a definition; those that it has are left."""
        keys = checked_partition_keys(_each(partition_keys))
        self._known.setdefault(partitions_def_name, {}).update(dict.fromkeys(keys))

    def delete_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> None:
        """Take a key out of a definition."""
        self._known.get(partitions_def_name, {}).pop(partition_key, None)


def _each(keys: Iterable[str]) -> list[str]:
    # One text is one key, and not the keys that its letters would be.
    return [keys] if isinstance(keys, str) else list(dict.fromkeys(keys))
