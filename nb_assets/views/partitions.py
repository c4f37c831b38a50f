"""The partitions of an asset as the widget shows them: how many are in which state, and those that ask for attention.

Responsible for plain, JSON-ready data of bounded size, however many partitions there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from nb_assets.staleness import AssetStatus

__all__ = ["PartitionView", "PartitionsView", "partition_counts", "partitions_view"]

SHOWN = 60
TEXT = 300


class PartitionView(TypedDict):
    """One partition: its state and why, its version, and when that was made, in seconds since 1970."""

    key: str
    status: str
    reason: str
    version: int
    made: float | None
    summary: str


class PartitionsView(TypedDict):
    """The partitions of an asset: their counts in words and by state, and those to look at first."""

    summary: str
    counts: dict[str, int]
    shown: list[PartitionView]
    more: int


def partition_counts(status: AssetStatus | None) -> dict[str, int]:
    """Return how many partitions are in which state; nothing for an asset that has none."""
    if status is None or status.partitions is None:
        return {}
    return {str(state): count for state, count in status.partitions.counts.by_state.items()}


def partitions_view(status: AssetStatus) -> PartitionsView | None:
    """Return the partitions of an asset, those that are not fresh first, then the newest; None when it has none."""
    table = status.partitions
    if table is None:
        return None
    waiting = [(key, each) for key, each in table.items() if each.state != "fresh"]
    fresh = [(key, each) for key, each in reversed(list(table.items())) if each.state == "fresh"]
    shown = [*waiting, *fresh][:SHOWN]
    return PartitionsView(
        summary=table.counts.summary,
        counts=partition_counts(status),
        shown=[_partition(key, each) for key, each in shown],
        more=len(table) - len(shown),
    )


def _partition(key: str, status: AssetStatus) -> PartitionView:
    made = status.materialization
    return PartitionView(
        key=key[:TEXT],
        status=status.state,
        reason=status.summary[:TEXT],
        version=0 if made is None else made.version,
        made=None if made is None else made.timestamp,
        summary="" if made is None or made.value is None else made.value.summary[:TEXT],
    )
