"""Which stored values a project can spare: those of old versions that nobody pinned and that no kept version shares.

The records of all versions stay for good; what goes is their values. Nothing goes unless it is asked for.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.storage.history import History

PINNED: Final = "pinned"


@dataclass(frozen=True, kw_only=True)
class Retention:
    """How much is kept.

    Attributes
    ----------
    versions
        How many versions of each asset, and of each of its partitions, keep their values; at least one.
    """

    versions: int = 10


@dataclass(frozen=True, kw_only=True, order=True)
class PinnedVersion:
    """A version whose value is kept whatever the retention says."""

    asset_key: AssetKey
    partition: str = ""
    version: int


def set_pin(history: History, pin: PinnedVersion, *, pinned: bool) -> None:
    """Record that a version is pinned, or is not any more."""
    payload = {"partition": pin.partition, "version": pin.version, "pinned": pinned}
    history.append_event("", time.time(), PINNED, pin.asset_key, payload)


def pins(history: History, key: AssetKey | None = None) -> set[PinnedVersion]:
    """Return the pinned versions, of one asset where it is named."""
    found: set[PinnedVersion] = set()
    for event in history.events(kind=PINNED, asset_key=key):
        if event.asset_key is None:
            continue
        pin = PinnedVersion(
            asset_key=event.asset_key,
            partition=str(event.payload["partition"]),
            version=int(event.payload["version"]),
        )
        (found.add if event.payload["pinned"] else found.discard)(pin)
    return found


def kept_addresses(history: History, retention: Retention) -> AbstractSet[str]:
    """Return the addresses of the values that are kept: of the newest versions, of pinned ones, of the ops' last outputs."""
    pinned = {(pin.asset_key, pin.partition, pin.version) for pin in pins(history)}
    kept = {
        stored.address
        for stored in history.stored_values()
        if stored.age < max(1, retention.versions)
        or (stored.asset_key, stored.partition, stored.version) in pinned
    }
    return kept | _last_outputs(history)


def _last_outputs(history: History) -> set[str]:
    """Return the addresses of what each op gave last: a failed run goes on from there."""
    last: dict[tuple[AssetKey | None, str], Mapping[str, Any]] = {}
    for event in history.kept_outputs():
        last[event.asset_key, str(event.payload["op"])] = event.payload["refs"]
    return {ref["address"] for refs in last.values() for ref in refs.values()}
