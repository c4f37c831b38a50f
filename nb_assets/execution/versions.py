"""Finds the version of an asset that a user means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.diff.safely import short_repr
from nb_assets.errors import UnknownPartitionError, UsageError, ValueMissingError

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.store_keeper import StoreKeeper
    from nb_assets.storage.materialization import Materialization


def version_of(
    keeper: StoreKeeper, key: AssetKey, version: int, partition: str | None = None
) -> Materialization:
    """Return a version of an asset, or of a partition: 1, 2, … as in the history, or negative from the newest.

    Raises
    ------
    UsageError
        When it is no number.
    ValueMissingError
        When there is none.
    """
    if isinstance(version, bool) or not isinstance(version, int):
        raise UsageError(
            f"a version is a whole number, 1, 2, … as in the history, or -1 for the newest, not {short_repr(version)}."
        )
    found = keeper.store.history.get(key, version, partition)
    if found is None:
        name, newest = key.to_user_string(), keeper.latest(key, partition)
        if partition is None and newest is None and keeper.latest_partitions(key):
            raise UnknownPartitionError(
                f"`{name}` has partitions, and its versions are counted for each apart: say which one by partition_key=…"
            )
        if partition is not None and newest is None:
            raise ValueMissingError(
                f"the partition `{partition}` of `{name}` was never materialized: run "
                f"`%materialize {name} --partition {partition}` first."
            )
        raise ValueMissingError(
            f"`{name}` was never materialized: run `%materialize {name}` first."
            if newest is None
            else f"`{name}` has no version {version}: it has {newest.version}, from 1 on; -1 is the newest."
        )
    return found
