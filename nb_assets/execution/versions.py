"""Finds the version of an asset that a user means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.errors import ValueMissingError

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.store_keeper import StoreKeeper
    from nb_assets.storage.materialization import Materialization


def version_of(keeper: StoreKeeper, key: AssetKey, version: int) -> Materialization:
    """Return a version of an asset: 1, 2, … as in the history, or negative from the newest.

    Raises
    ------
    ValueMissingError
        When there is none.
    """
    found = keeper.store.history.get(key, version)
    if found is None:
        name, newest = key.to_user_string(), keeper.latest(key)
        raise ValueMissingError(
            f"`{name}` was never materialized: run `%materialize {name}` first."
            if newest is None
            else f"`{name}` has no version {version}: it has {newest.version}, from 1 on; -1 is the newest."
        )
    return found
