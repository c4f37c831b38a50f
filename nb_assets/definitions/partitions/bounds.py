"""Which partitions of time exist at a moment: from the first one to the last one whose time is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from nb_assets.definitions.partitions.loading import time_it_is

if TYPE_CHECKING:
    from nb_assets.definitions.partitions.windows import Windows


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """The bounds of partitions of time, as their definition gives them.

    `end_offset` is how many partitions exist before their time is over; negative, how many are held back.
    """

    windows: Windows
    start: datetime
    end: datetime | None
    end_offset: int

    def now(self) -> tuple[int, int] | None:
        """Return the moments at which the first and the last partition begin, or None when there are no partitions."""
        now = time_it_is()
        now = now.replace(tzinfo=self.start.tzinfo) if now.tzinfo is None else now
        first = self.windows.first_from(self.start.timestamp())
        last = self.windows.last_over(now.timestamp())
        for _ in range(-self.end_offset):
            last = self.windows.last_before(last)
        for _ in range(self.end_offset):
            last = self.windows.first_from(last + 1)
        if self.end_offset > 0 and last < first:
            # As in Dagster, where the first partition comes into being one window sooner than those after it.
            soon = self.windows.first_from(now.timestamp())
            for _ in range(self.end_offset):
                soon = self.windows.first_from(soon + 1)
            last = first if self.windows.window(first).end.timestamp() <= soon else last
        if self.end is not None:
            last = min(last, self.windows.last_over(self.end.timestamp()))
        return None if last < first else (first, last)
