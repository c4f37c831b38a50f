"""What is known of the partitions of one asset in one run: how far they are, which failed, what came of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nb_assets.views.wording import listed, plural

if TYPE_CHECKING:
    from nb_assets.execution.events import PartitionEnded, PartitionsStarted, PartitionTally

__all__ = ["PartitionRecord"]

_FAILED_KEPT = 20


@dataclass(kw_only=True, slots=True)
class PartitionRecord:
    """The partitions of one asset in one run."""

    total: int = 0
    done: int = 0
    under_way: tuple[str, ...] = ()
    failed: list[str] = field(default_factory=list)
    failures: int = 0
    tally: PartitionTally | None = None

    def begin(self, event: PartitionsStarted) -> None:
        """Take note that some are about to be made."""
        self.total, self.done = event.total, event.position - 1
        self.under_way = event.partitions

    def end(self, event: PartitionEnded) -> None:
        """Take note of what came of one."""
        self.done += event.outcome != "restored"
        if event.outcome == "failed":
            self.failures += 1
            if len(self.failed) < _FAILED_KEPT:
                self.failed.append(event.partition)

    @property
    def share(self) -> float:
        """How much of the work is done, from 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0

    @property
    def progress(self) -> str:
        """How far it is, in words."""
        if not self.under_way:
            return f"{plural(self.total, 'partition')} to make" if self.total else ""
        first, last = self.under_way[0], self.under_way[-1]
        named = f"partition {first}" if len(self.under_way) == 1 else f"partitions {first} to {last}"
        return f"{named}, {min(self.done + 1, self.total):,} of {self.total:,}"

    @property
    def summary(self) -> str:
        """What came of all, in words."""
        if self.tally is None:
            return self.progress
        said = f"partitions: {self.tally.summary}"
        if not self.failed:
            return said
        more = f" and {self.failures - len(self.failed):,} more" if self.failures > len(self.failed) else ""
        return f"{said} ({listed(self.failed)}{more})"
