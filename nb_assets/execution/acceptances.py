"""What the user accepted as equivalent: code, or data of inputs, that would give a value which is there already.

Each is an event of the history, and so is taking it back: nothing is ever unsaid, only said otherwise.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nb_assets.errors import UsageError
from nb_assets.storage.event_feed import EventFeed
from nb_assets.storage.materialization import provenance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.staleness import AssetStatus
    from nb_assets.storage.history import History
    from nb_assets.storage.materialization import Materialization
    from nb_assets.storage.records import Event

ACCEPTED: Final = "accepted"
_RUN: Final = ""  # no run has part in it


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """That a version of an asset is what today's code and inputs would give.

    Attributes
    ----------
    version
        The version whose value stands.
    provenance
        What was accepted: the code and the data of the inputs, as one text.
    code_version
        The code that was accepted.
    reasons
        Why the asset was stale, in a few words each.
    withdrawn
        When it was taken back, in seconds since 1970; None while it holds. `timestamp` is when it was said.
    """

    key: AssetKey
    version: int
    provenance: str
    code_version: str
    timestamp: float
    reasons: tuple[str, ...] = ()
    withdrawn: float | None = None


class Acceptances:
    """The acceptances of one history, whichever kernel they were said in."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._feed = EventFeed(history, ACCEPTED)
        self._known: dict[AssetKey, list[Acceptance]] = {}
        self._seen: set[int] = set()
        self._lock = threading.Lock()

    def of(self, key: AssetKey) -> list[Acceptance]:
        """Return all of an asset, newest first."""
        with self._lock:
            self._catch_up()
            return list(reversed(self._known.get(key, ())))

    def version_for(self, key: AssetKey, made_with: str) -> int | None:
        """Return the version that was accepted for this code and these inputs."""
        with self._lock:
            self._catch_up()
            for each in reversed(self._known.get(key, ())):
                if each.provenance == made_with:
                    return each.version if each.withdrawn is None else None
            return None

    def accept(
        self, key: AssetKey, status: AssetStatus, code_version: str, inputs: Mapping[AssetKey, str]
    ) -> Acceptance:
        """Record that the version that stands for the asset is what this code would give from these inputs.

        Raises
        ------
        UsageError
            When there is nothing to accept: it is fresh, was never made, has lost its value, or fails.
        """
        made = _acceptable(key, status)
        payload = {
            "version": made.version,
            "provenance": provenance(code_version, inputs),
            "code_version": code_version,
            "reasons": [reason.summary for reason in status.reasons],
        }
        self._append(key, payload)
        return self.of(key)[0]

    def withdraw(self, key: AssetKey) -> Acceptance:
        """Record that the newest acceptance of an asset that holds is taken back.

        Raises
        ------
        UsageError
            When none holds.
        """
        holding = next((each for each in self.of(key) if each.withdrawn is None), None)
        if holding is None:
            name = key.to_user_string()
            raise UsageError(
                f"nothing of `{name}` is accepted as equivalent, so there is nothing to take back."
            )
        self._append(key, {"provenance": holding.provenance, "withdraws": True})
        return holding

    def _append(self, key: AssetKey, payload: Mapping[str, object]) -> None:
        self._history.append_event(_RUN, time.time(), ACCEPTED, key, payload)
        with self._lock:
            # What this kernel writes itself changes no token.
            for event in self._history.events(asset_key=key, kind=ACCEPTED):
                self._take(event)

    def _catch_up(self) -> None:
        for event in self._feed.unread():
            self._take(event)

    def _take(self, event: Event) -> None:
        if event.id in self._seen or event.asset_key is None:
            return
        self._seen.add(event.id)
        said = self._known.setdefault(event.asset_key, [])
        of_it = str(event.payload.get("provenance", ""))
        if event.payload.get("withdraws"):
            said[:] = [
                each
                if each.provenance != of_it or each.withdrawn is not None
                else Acceptance(**{**vars(each), "withdrawn": event.timestamp})
                for each in said
            ]
            return
        said.append(
            Acceptance(
                key=event.asset_key,
                version=int(event.payload.get("version", 0)),
                provenance=of_it,
                code_version=str(event.payload.get("code_version", "")),
                timestamp=event.timestamp,
                reasons=tuple(map(str, event.payload.get("reasons", ()))),
            )
        )


def _acceptable(key: AssetKey, status: AssetStatus) -> Materialization:
    name, made = key.to_user_string(), status.materialization
    kinds = {reason.kind for reason in status.reasons}
    if status.partitions is not None:
        raise UsageError(
            f"`{name}` is made of partitions, and only assets as a whole can be accepted as equivalent: "
            f"`%materialize {name}` makes its partitions that are stale."
        )
    if status.state == "fresh":
        raise UsageError(f"`{name}` is fresh: there is nothing to accept.")
    if made is None:
        raise UsageError(
            f"`{name}` was never materialized, so there is no value to accept. `%materialize {name}` makes it."
        )
    if "value_lost" in kinds:
        raise UsageError(
            f"the value of `{name}` is gone from the store. `%materialize {name}` makes it again."
        )
    if status.state == "failed":
        raise UsageError(
            f"the last run of `{name}` failed, so that its code gives no value that could be the same: {status.summary}"
        )
    if kinds <= {"upstream_not_fresh"}:
        others = ", ".join(reason.summary for reason in status.reasons)
        raise UsageError(
            f"nothing of `{name}` itself changed: {others}. Accept or materialize that; an equal value leaves `{name}` "
            "as it is."
        )
    return made
