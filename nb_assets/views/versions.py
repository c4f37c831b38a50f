"""The versions of an asset, a page at a time: what each row of a long history says.

What made a version is said by `views.version_record`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.storage.materialization import MANAGED
from nb_assets.storage.retention import pins
from nb_assets.views.acceptance import told_of
from nb_assets.views.details_model import VersionView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.session import Session
    from nb_assets.storage.materialization import Materialization

__all__ = ["PAGE", "has_value", "version_count", "version_page", "version_views"]

PAGE = 50
"""How many versions a page of a history has."""


def version_page(session: Session, key: AssetKey, partition: str | None, start: int) -> list[VersionView]:
    """Return some versions of an asset, or of one of its partitions, newest first."""
    return version_views(
        session, key, session.history(key, partition, limit=start + PAGE)[start : start + PAGE]
    )


def version_count(session: Session, key: AssetKey, partition: str | None) -> int:
    """Return how many versions there are: those of each partition are counted apart."""
    history = session.store.history
    if partition is None and (parts := history.latest_partitions(key)):
        return sum(made.version for made in parts.values())
    newest = history.latest(key, partition)
    return 0 if newest is None else newest.version


def version_views(session: Session, key: AssetKey, versions: Iterable[Materialization]) -> list[VersionView]:
    """Return rows of a history."""
    pinned = {(pin.partition, pin.version) for pin in pins(session.store.history, key)}
    accepted = told_of(session, key)
    return [
        VersionView(
            partition=made.partition or "",
            version=made.version,
            made=made.timestamp,
            duration=made.duration,
            run_id=made.run_id,
            summary="" if made.value is None else made.value.summary,
            badge=str((made.change or {}).get("badge", "")),
            code_version=made.code_version,
            data_version=made.data_version,
            restored_from=made.restored_from,
            pinned=(made.partition or "", made.version) in pinned,
            accepted=accepted.get((made.partition or "", made.version), ""),
            stored=has_value(session, made),
        )
        for made in versions
    ]


def has_value(session: Session, made: Materialization) -> bool:
    """Tell whether the value of a version can be read, as far as can be told without asking an IO manager."""
    if made.value is None:
        return False
    return made.value.format == MANAGED or session.store.values.has(made.value)
