"""Partitions whose keys are added as they come up."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nb_assets.definitions.partitions.loading import (
    DynamicPartitionsStore,
    partition_loading_context,
)
from nb_assets.definitions.partitions.loading import (
    dynamic_partitions_store as current_store,
)
from nb_assets.definitions.partitions.partitions_definition import (
    PartitionsDefinition,
    checked_partition_keys,
)
from nb_assets.errors import DefinitionError, InvocationError


@dataclass(frozen=True)
class AddDynamicPartitionsRequest:
    """A request to add partitions."""

    partitions_def_name: str
    partition_keys: Sequence[str]


@dataclass(frozen=True)
class DeleteDynamicPartitionsRequest:
    """A request to take partitions out."""

    partitions_def_name: str
    partition_keys: Sequence[str]


@dataclass(frozen=True, repr=False)
class DynamicPartitionsDefinition(PartitionsDefinition[str]):
    """Partitions whose keys are added while the project is used: the session keeps them, by the definition's name.

    Parameters
    ----------
    partition_fn
        In place of a name, a function of the time that returns the keys.
    name
        The name by which keys are added: `session.add_dynamic_partitions(name, keys)`.

    Raises
    ------
    DefinitionError
        When neither is given, or both.
    """

    partition_fn: Callable[..., Sequence[Any]] | None = None
    name: str | None = None

    def __post_init__(self) -> None:
        if (self.partition_fn is None) == (self.name is None):
            raise DefinitionError(
                'a DynamicPartitionsDefinition has a name, DynamicPartitionsDefinition(name="customers"), or else a '
                "partition_fn: give one of them."
            )
        name: object = self.name
        if name is not None and (not isinstance(name, str) or not name):
            raise DefinitionError(f"the name of a DynamicPartitionsDefinition is a text, not {self.name!r}.")

    def get_partition_keys(
        self,
        current_time: datetime | None = None,
        dynamic_partitions_store: DynamicPartitionsStore | None = None,
    ) -> Sequence[str]:
        """Return the keys that were added so far, in the order in which they were."""
        if self.partition_fn is not None:
            given = (current_time,) if inspect.signature(self.partition_fn).parameters else ()
            return [getattr(key, "name", key) for key in self.partition_fn(*given)]
        return list(self._store(dynamic_partitions_store).get_dynamic_partitions(self._named()))

    def has_partition_key(
        self,
        partition_key: str,
        current_time: datetime | None = None,
        dynamic_partitions_store: DynamicPartitionsStore | None = None,
    ) -> bool:
        """Tell whether a key was added."""
        if self.partition_fn is not None:
            return partition_key in self.get_partition_keys(current_time)
        store = self._store(dynamic_partitions_store)
        return bool(partition_key) and store.has_dynamic_partition(self._named(), partition_key)

    def build_add_request(self, partition_keys: Sequence[str]) -> AddDynamicPartitionsRequest:
        """Return a request to add partitions."""
        return AddDynamicPartitionsRequest(self._named(), checked_partition_keys(partition_keys))

    def build_delete_request(self, partition_keys: Sequence[str]) -> DeleteDynamicPartitionsRequest:
        """Return a request to take partitions out."""
        return DeleteDynamicPartitionsRequest(self._named(), list(partition_keys))

    def get_serializable_unique_identifier(
        self, dynamic_partitions_store: DynamicPartitionsStore | None = None
    ) -> str:
        """Return a text that differs when the partitions do: the name, where there is one."""
        with partition_loading_context(dynamic_partitions_store=dynamic_partitions_store):
            return self.name or super().get_serializable_unique_identifier()

    def _named(self) -> str:
        if self.name is None:
            raise InvocationError(
                "these dynamic partitions come from a function, so none can be added: give them a name."
            )
        return self.name

    def _store(self, given: DynamicPartitionsStore | None) -> DynamicPartitionsStore:
        store = given if given is not None else current_store()
        if store is None:
            raise InvocationError(
                f"nothing knows the keys of the dynamic partitions `{self.name}` here: run `%load_ext nb_assets`, or call "
                "`nb_assets.session()`, first, or pass dynamic_partitions_store."
            )
        return store

    def __str__(self) -> str:
        return f'Dynamic partitions: "{self.name}"' if self.name else super().__str__()

    def __repr__(self) -> str:
        return f"DynamicPartitionsDefinition(name={self.name!r})"
