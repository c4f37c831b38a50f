"""Which partitions of time are derived from which: those whose time they share."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from nb_assets.definitions.partitions.partition_mapping import KeyMapping
from nb_assets.definitions.partitions.time_partitions import TimeWindowPartitionsDefinition
from nb_assets.definitions.partitions.time_window import TimeWindow
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.definitions.partitions.partitions_definition import PartitionsDefinition

    Partitions = PartitionsDefinition[str]


@dataclass(frozen=True)
class TimeWindowPartitionMapping(KeyMapping):
    """Each partition is derived from the upstream partitions whose time it shares.

    Parameters
    ----------
    start_offset, end_offset
        By how many partitions the beginning and the end of that time are moved: -1 and -1 for the one before.
    allow_nonexistent_upstream_partitions
        Whether upstream partitions that do not exist are left out; they are missing otherwise.

    Raises
    ------
    DefinitionError
        When an offset is no whole number.
    """

    start_offset: int = 0
    end_offset: int = 0
    allow_nonexistent_upstream_partitions: bool = False

    def __post_init__(self) -> None:
        for name in ("start_offset", "end_offset"):
            if not isinstance(getattr(self, name), int):
                raise DefinitionError(
                    f"the {name} of a TimeWindowPartitionMapping is a whole number, not {getattr(self, name)!r}."
                )
        if not isinstance(self.allow_nonexistent_upstream_partitions, bool):
            raise DefinitionError("allow_nonexistent_upstream_partitions is True or False.")

    def upstream_keys(
        self, keys: Iterable[str] | None, downstream: Partitions | None, upstream: Partitions
    ) -> tuple[Iterable[str], Iterable[str]]:
        """Return the keys of the time that is shared, those that exist and those that are missing."""
        ours, theirs = self._both(downstream, upstream)
        found: dict[str, None] = {}
        lacking: dict[str, None] = {}
        if ours == theirs and not (self.start_offset or self.end_offset):
            return keys or (), ()
        for key in keys or ():
            window = _moved(ours, ours.time_window_for_partition_key(key), self.start_offset, self.end_offset)
            for other in theirs.get_partition_keys_overlapping(self._held(window, theirs)):
                (found if theirs.has_partition_key(other) else lacking)[other] = None
        return found, () if self.allow_nonexistent_upstream_partitions else lacking

    def downstream_keys(
        self, keys: Collection[str], upstream: Partitions, downstream: Partitions
    ) -> Iterable[str]:
        """Return the keys of the time that is shared, as far as they exist."""
        ours, theirs = self._both(downstream, upstream)
        found: dict[str, None] = {}
        for key in keys:
            shared = ours.get_partition_keys_overlapping(theirs.time_window_for_partition_key(key))
            if not shared:
                continue
            span = TimeWindow(
                ours.time_window_for_partition_key(shared[0]).start,
                ours.time_window_for_partition_key(shared[-1]).end,
            )
            moved = _moved(ours, span, -self.end_offset, -self.start_offset)
            for other in ours.get_partition_keys_overlapping(moved):
                if ours.has_partition_key(other):
                    found[other] = None
        return found

    def _held(self, window: TimeWindow, upstream: TimeWindowPartitionsDefinition) -> TimeWindow:
        """Return the window, its ends that were moved within the time of all partitions: none before them is missing."""
        first, last = upstream.get_first_partition_window(), upstream.get_last_partition_window()
        if first is None or last is None:
            return window
        # By their moments: two datetimes of one zone are compared by what clocks show, whichever of two hours it is.
        start, end = window
        start = max(first.start, start, key=datetime.timestamp) if self.start_offset < 0 else start
        start = min(last.end, start, key=datetime.timestamp) if self.start_offset > 0 else start
        end = max(first.start, end, key=datetime.timestamp) if self.end_offset < 0 else end
        end = min(last.end, end, key=datetime.timestamp) if self.end_offset > 0 else end
        return TimeWindow(start, end)

    def validate_partition_mapping(
        self, upstream_partitions_def: Partitions, downstream_partitions_def: Partitions | None
    ) -> None:
        """Check that both have partitions of time in one zone.

        Raises
        ------
        DefinitionError
            When not.
        """
        self._both(downstream_partitions_def, upstream_partitions_def)

    def _both(
        self, downstream: Partitions | None, upstream: Partitions
    ) -> tuple[TimeWindowPartitionsDefinition, TimeWindowPartitionsDefinition]:
        if not isinstance(downstream, TimeWindowPartitionsDefinition) or not isinstance(
            upstream, TimeWindowPartitionsDefinition
        ):
            raise DefinitionError(
                f"a TimeWindowPartitionMapping is between partitions of time, not {upstream!r} and {downstream!r}."
            )
        if downstream.timezone != upstream.timezone:
            raise DefinitionError(
                f"partitions of time in two zones, `{upstream.timezone}` and `{downstream.timezone}`, share no times: give "
                "both the same timezone."
            )
        return downstream, upstream

    @property
    def is_strictly_before(self) -> bool:
        """Whether each partition is derived from earlier ones alone, so that an asset may be derived from itself."""
        return self.start_offset < 0 and self.end_offset < 0

    @property
    def description(self) -> str:
        """The mapping in words."""
        moved = (
            f", its beginning moved by {self.start_offset} and its end by {self.end_offset} partitions"
            if self.start_offset or self.end_offset
            else ""
        )
        return f"each partition is derived from the upstream partitions whose time it shares{moved}"


def _moved(
    partitions: TimeWindowPartitionsDefinition, window: TimeWindow, start_offset: int, end_offset: int
) -> TimeWindow:
    return TimeWindow(partitions.moved(window.start, start_offset), partitions.moved(window.end, end_offset))
