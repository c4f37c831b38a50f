"""What is said of an asset's acceptances: of which versions there are any, and why one cannot be said now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.execution.acceptances import refusal

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.session import Session
    from nb_assets.staleness import AssetStatus

__all__ = ["told_of", "why_not_acceptable"]


def told_of(session: Session, key: AssetKey) -> dict[tuple[str, int], str]:
    """Return what was accepted of the versions of an asset, to be told beside each; no partition is an empty text."""
    told: dict[tuple[str, int], str] = {}
    for said in session.acceptances(key) if key in session.assets else ():
        at = (said.partition or "", said.version)
        if said.withdrawn is None and at not in told:
            told[at] = f"accepted for new code ({'; '.join(said.reasons)})"
    return told


def why_not_acceptable(key: AssetKey, status: AssetStatus) -> str:
    """Return why nothing of an asset can be accepted as equivalent; nothing where something can."""
    name = key.to_user_string()
    if status.partitions is None:
        return refusal(name, name, status) or ""
    if any(refusal(name, name, each) is None for _, each in status.partitions.items()):
        return ""
    return f"none of the partitions of `{name}` is stale by itself: there is nothing to accept."
