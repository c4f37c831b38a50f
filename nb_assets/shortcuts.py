"""The session's most used verbs as functions of the package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nb_assets.session import session

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.explanation import Explanation
    from nb_assets.storage.materialization import Materialization


def load(key: AssetKey | str, version: int | None = None, partition_key: str | None = None) -> Any:
    """Return a value of an asset, or of a partition of it. See `Session.load`."""
    return session().load(key, version, partition_key)


def history(key: AssetKey | str, partition_key: str | None = None) -> list[Materialization]:
    """Return the materializations of an asset, or of one of its partitions, newest first."""
    return session().history(key, partition_key)


def explain(key: AssetKey | str) -> Explanation:
    """Tell why an asset is stale, or fresh."""
    return session().explain(key)


def lineage(selection: object = "*", *, direction: str = "LR") -> Any:
    """Return the lineage widget of the selected assets; edges run left to right (`LR`) or top to bottom (`TB`)."""
    return session().lineage(selection, direction=direction)
