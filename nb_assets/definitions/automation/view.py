"""What conditions may ask: how assets hang together, and what has happened to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    import datetime as dt

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.automation.condition import AutomationCondition
    from nb_assets.definitions.automation.context import Seen
    from nb_assets.definitions.automation.subset import EntitySubset


@dataclass(frozen=True, kw_only=True)
class Update:
    """An asset was made, or seen to have changed, or a check was done.

    Attributes
    ----------
    id
        Grows from one update of a partition to the next.
    timestamp
        When, in seconds since 1970.
    run_keys, run_tags
        What the run was to make, and its tags.
    """

    id: float
    timestamp: float
    partition: str | None = None
    data_version: str = ""
    run_keys: Collection[Any] = ()
    run_tags: Mapping[str, str] = field(default_factory=dict)


class AutomationView(Protocol):
    """The assets and what has happened to them, as both stood at one moment. A key is that of an asset or of a check."""

    @property
    def effective_dt(self) -> dt.datetime:
        """The moment."""
        ...

    # How assets hang together

    def parents(self, key: Any) -> Collection[AssetKey]:
        """Return the assets that this one is derived from, or that the check is about."""
        ...

    def children(self, key: Any) -> Collection[AssetKey]:
        """Return the assets that are derived from this one."""
        ...

    def condition(self, key: Any) -> AutomationCondition | None:
        """Return the condition of an asset or check."""
        ...

    def checks(self, key: AssetKey, *, blocking_only: bool) -> Collection[Any]:
        """Return the checks of an asset."""
        ...

    def resolve(self, selection: Any) -> Collection[AssetKey]:
        """Return the assets that a selection names, those that are made elsewhere among them."""
        ...

    def resolve_checks(self, selection: Any) -> Collection[Any]:
        """Return the checks that a selection names."""
        ...

    def can_run_together(self, child: Any, parent: Any) -> bool:
        """Tell whether one run may make both, so that the child is made from what the run makes of the parent."""
        ...

    def partition_keys(self, key: Any) -> Collection[str] | None:
        """Return the partitions of an asset as they are at the moment, or None where it has none."""
        ...

    def latest_window(self, key: Any, lookback: dt.timedelta | None) -> EntitySubset:
        """Return the last partition in time, or those that reach so far back; all where time divides nothing."""
        ...

    def map_subset(self, subset: EntitySubset, to_key: Any, direction: Literal["up", "down"]) -> EntitySubset:
        """Return the partitions of another asset that some are derived from, or that are derived from them."""
        ...

    def subset(self, key: Any, partitions: Iterable[str | None]) -> EntitySubset:
        """Return those of the partitions that the asset has."""
        ...

    def get_full_subset(self, *, key: Any) -> EntitySubset:
        """Return all of an asset."""
        ...

    def get_empty_subset(self, *, key: Any) -> EntitySubset:
        """Return nothing of an asset."""
        ...

    # What has happened

    def latest(self, key: Any) -> Mapping[str | None, Update]:
        """Return the last update of each partition that has one."""
        ...

    def updates_since(self, key: Any, seen: Seen) -> list[Update]:
        """Return the updates that came after those that were seen, oldest first."""
        ...

    def has_new_data(self, key: Any, seen: Seen) -> EntitySubset:
        """Return the partitions whose data version is not what it was when that much was seen."""
        ...

    def in_progress(self, key: Any) -> EntitySubset:
        """Return what waits or is made in a run that has not ended."""
        ...

    def failed(self, key: Any) -> EntitySubset:
        """Return what the last run failed to make."""
        ...

    def check_status(self, key: Any, *, passed: bool) -> EntitySubset:
        """Return for which partitions a check of the latest data passed, or failed."""
        ...

    def code_version(self, key: Any) -> str | None:
        """Return the code version of an asset as it is now."""
        ...

    def edited(self, key: Any) -> str | None:
        """Return the code of an asset as one text, where the code itself is followed, else None."""
        ...
