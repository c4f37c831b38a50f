"""What partitions depend on besides their definition: the time it is, and the keys that were added to dynamic ones."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Protocol, runtime_checkable


@runtime_checkable
class DynamicPartitionsStore(Protocol):
    """Where the keys of dynamic partitions are."""

    def get_dynamic_partitions(self, partitions_def_name: str) -> Sequence[str]:
        """Return the keys of a definition, in the order in which they were added."""
        ...

    def has_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> bool:
        """Tell whether a definition has a key."""
        ...


@dataclass(frozen=True, kw_only=True)
class PartitionLoadingContext:
    """The time that it is taken to be, and where dynamic partitions are; None stands for now and for the session's."""

    effective_dt: datetime | None = None
    dynamic_partitions_store: DynamicPartitionsStore | None = None


_current: ContextVar[PartitionLoadingContext] = ContextVar("nb_assets_partition_loading")
_NOTHING = PartitionLoadingContext()
_default_store: Callable[[], DynamicPartitionsStore] | None = None


def set_dynamic_partitions_store(store: Callable[[], DynamicPartitionsStore]) -> None:
    """Say where dynamic partitions are unless told otherwise. The session does, so that definitions need not know it."""
    global _default_store  # noqa: PLW0603 - one session a process
    _default_store = store


@contextmanager
def partition_loading_context(
    effective_dt: datetime | None = None,
    dynamic_partitions_store: DynamicPartitionsStore | None = None,
) -> Iterator[PartitionLoadingContext]:
    """Take it to be another time in the block, or dynamic partitions to be elsewhere."""
    context = _current.get(_NOTHING)
    if effective_dt is not None:
        context = dataclasses.replace(context, effective_dt=effective_dt)
    if dynamic_partitions_store is not None:
        context = dataclasses.replace(context, dynamic_partitions_store=dynamic_partitions_store)
    token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(token)


def time_it_is() -> datetime:
    """Return the time that it is taken to be, which has no zone when it was given without one."""
    return _current.get(_NOTHING).effective_dt or datetime.now(timezone.utc)


def dynamic_partitions_store() -> DynamicPartitionsStore | None:
    """Return where dynamic partitions are, if anywhere."""
    store = _current.get(_NOTHING).dynamic_partitions_store
    return store if store is not None or _default_store is None else _default_store()
