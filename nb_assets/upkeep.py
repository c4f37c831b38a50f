"""What of the past is kept: the part of the session that pins versions and clears values away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.changes import LookingSince
from nb_assets.errors import UsageError
from nb_assets.execution.versions import version_of
from nb_assets.storage.retention import PinnedVersion, Retention, pins, set_pin

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.storage.materialization import Materialization
    from nb_assets.storage.store import Garbage


class Upkeep(LookingSince):
    """Pins versions, and clears away values that nothing needs."""

    def pin(
        self, key: AssetKey | str, version: int = -1, partition_key: str | None = None
    ) -> Materialization:
        """Keep the value of a version whatever is cleared away; return the version.

        Parameters
        ----------
        version
            1, 2, … as in the history, or negative from the newest, which it is unless given.

        Raises
        ------
        ValueMissingError
            When there is no such version.
        """
        return self._set_pin(key, version, partition_key, pinned=True)

    def unpin(
        self, key: AssetKey | str, version: int = -1, partition_key: str | None = None
    ) -> Materialization:
        """Let the value of a version go when values are cleared away; return the version. See `pin`."""
        return self._set_pin(key, version, partition_key, pinned=False)

    def pinned(self, key: AssetKey | str, partition_key: str | None = None) -> list[int]:
        """Return the pinned versions of an asset, or of a partition, in order."""
        found = pins(self.store.history, self._recorded(key))
        return sorted(pin.version for pin in found if pin.partition == (partition_key or ""))

    def garbage(self, keep: int = 10) -> list[Garbage]:
        """Return the files of values that can be spared.

        Parameters
        ----------
        keep
            How many versions of each asset, and of each partition, keep their values; pinned ones do anyway.

        Raises
        ------
        UsageError
            When that is less than one.
        """
        return self.store.garbage(retention=_retention(keep))

    def collect_garbage(self, keep: int = 10) -> list[Garbage]:
        """Delete the files that `garbage` returns; return those that are gone. The records of all versions stay."""
        return self.store.collect(retention=_retention(keep))

    def _set_pin(
        self, key: AssetKey | str, version: int, partition_key: str | None, *, pinned: bool
    ) -> Materialization:
        resolved = self._recorded(key)
        self._check_partition(resolved, partition_key)
        made = version_of(self._keeper, resolved, version, partition_key)
        pin = PinnedVersion(asset_key=resolved, partition=partition_key or "", version=made.version)
        set_pin(self.store.history, pin, pinned=pinned)
        return made


def _retention(keep: object) -> Retention:
    if isinstance(keep, bool) or not isinstance(keep, int) or keep < 1:
        raise UsageError(
            f"at least one version of each asset is kept, and {keep!r} is less: say keep=1 or more."
        )
    return Retention(versions=keep)
