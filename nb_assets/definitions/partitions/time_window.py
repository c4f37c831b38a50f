"""A stretch of time."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class TimeWindow(NamedTuple):
    """The time from `start`, which belongs to it, to `end`, which does not."""

    start: datetime
    end: datetime
