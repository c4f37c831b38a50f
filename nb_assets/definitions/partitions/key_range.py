"""A range of partitions."""

from __future__ import annotations

from typing import NamedTuple

RANGE_SEPARATOR = "..."


class PartitionKeyRange(NamedTuple):
    """The partitions from one to another, both included, in the order of their definition."""

    start: str
    end: str
