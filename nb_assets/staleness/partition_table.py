"""The partitions of one asset with the status of each, and what they come to together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nb_assets.staleness.reasons import State
    from nb_assets.staleness.status import AssetStatus
    from nb_assets.storage.materialization import Materialization

_ORDER: tuple[State, ...] = ("fresh", "stale", "failed", "missing", "running", "queued", "skipped")


@dataclass(frozen=True)
class PartitionCounts:
    """How many partitions of an asset are in which state."""

    by_state: Mapping[State, int]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.by_state.values())

    @property
    def fresh(self) -> int:
        """How many are fresh."""
        return self.by_state.get("fresh", 0)

    @property
    def summary(self) -> str:
        """The counts in a few words: "28 of 31 fresh, 2 stale, 1 missing"."""
        if not self.total:
            return "no partitions yet"
        rest = [f"{count:,} {state}" for state, count in self.by_state.items() if state != "fresh"]
        return ", ".join([f"{self.fresh:,} of {self.total:,} fresh", *rest])


class PartitionTable(Mapping[str, "AssetStatus"]):
    """The status of each partition that exists, in order. A run that makes them keeps it up to date."""

    def __init__(self, by_partition: dict[str, AssetStatus] | None = None) -> None:
        self._by_partition = {} if by_partition is None else by_partition
        # Grows with each change, so that what was summed up is known to be of the past.
        self.revision = 0

    def __getitem__(self, partition: str) -> AssetStatus:
        return self._by_partition[partition]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_partition)

    def __len__(self) -> int:
        return len(self._by_partition)

    def __contains__(self, partition: object) -> bool:
        return partition in self._by_partition

    def get(self, partition: str, default: AssetStatus | None = None) -> AssetStatus | None:  # type: ignore[override]
        """Return the status of a partition, or the default."""
        return self._by_partition.get(partition, default)

    def put(self, partition: str, status: AssetStatus) -> None:
        """Have a partition in another status."""
        self._by_partition[partition] = status
        self.revision += 1

    def copied(self) -> PartitionTable:
        """Return a table that is the same now, and changes apart."""
        return PartitionTable(dict(self._by_partition))

    @property
    def counts(self) -> PartitionCounts:
        """How many partitions are in which state."""
        counted = Counter(status.state for status in self._by_partition.values())
        return PartitionCounts({state: counted[state] for state in _ORDER if counted[state]})

    @property
    def newest(self) -> Materialization | None:
        """The materialization that was made last, of any partition."""
        made = (status.materialization for status in self._by_partition.values())
        return max((each for each in made if each is not None), key=lambda each: each.timestamp, default=None)

    def in_state(self, *states: State) -> list[str]:
        """Return the partitions in one of some states, in order."""
        return [partition for partition, status in self._by_partition.items() if status.state in states]
