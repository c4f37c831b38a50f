"""What the user accepted as equivalent: code, or data of inputs, that would give a value which is there already.

Each is an event of the history, and so is taking it back: nothing is ever unsaid, only said otherwise.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nb_assets.errors import UsageError
from nb_assets.staleness import FileChanged
from nb_assets.storage.event_feed import EventFeed
from nb_assets.storage.materialization import provenance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.staleness import AssetStatus, PartitionTable
    from nb_assets.storage.history import History
    from nb_assets.storage.records import Event

ACCEPTED: Final = "accepted"
_RUN: Final = ""  # no run has part in it
# What follows from others alone: of the asset itself nothing is to be accepted.
_FROM_ABOVE: Final = frozenset({"upstream_not_fresh", "upstream_partitions_missing"})


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """That a version of an asset, or of a partition of it, is what today's code and inputs would give.

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
    partition
        The partition that it is of; None for an asset that has none.
    """

    key: AssetKey
    version: int
    provenance: str
    code_version: str
    timestamp: float
    reasons: tuple[str, ...] = ()
    withdrawn: float | None = None
    partition: str | None = None


class Acceptances:
    """The acceptances of one history, whichever kernel they were said in."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._feed = EventFeed(history, ACCEPTED)
        # Of each partition apart: there may be thousands.
        self._known: dict[AssetKey, dict[str | None, list[Acceptance]]] = {}
        self._seen: set[int] = set()
        self._lock = threading.Lock()

    def of(self, key: AssetKey) -> list[Acceptance]:
        """Return all of an asset, newest first."""
        with self._lock:
            self._catch_up()
            said = [each for of_one in self._known.get(key, {}).values() for each in reversed(of_one)]
            return sorted(said, key=lambda each: each.timestamp, reverse=True)

    def version_for(self, key: AssetKey, made_with: str, partition: str | None = None) -> int | None:
        """Return the version that was accepted for this code and these inputs."""
        with self._lock:
            self._catch_up()
            for each in reversed(self._known.get(key, {}).get(partition, ())):
                if each.provenance == made_with:
                    return each.version if each.withdrawn is None else None
            return None

    def accept(
        self, key: AssetKey, status: AssetStatus, code_version: str, inputs: Mapping[AssetKey, str]
    ) -> list[Acceptance]:
        """Record that the version that stands for the asset is what this code would give from these inputs.

        Raises
        ------
        UsageError
            When there is nothing to accept: it is fresh, was never made, has lost its value, or fails.
        """
        refused = refusal(key.to_user_string(), key.to_user_string(), status)
        if refused is not None:
            raise UsageError(refused)
        return self._record(key, {None: status}, code_version, lambda _: inputs)

    def accept_partitions(
        self,
        key: AssetKey,
        table: PartitionTable,
        partitions: Iterable[str],
        code_version: str,
        inputs_of: Callable[[str], Mapping[AssetKey, str]],
    ) -> list[Acceptance]:
        """Record it of those of some partitions that are stale.

        Raises
        ------
        UsageError
            When there is nothing to accept of any.
        """
        name = key.to_user_string()
        accepted: dict[str | None, AssetStatus] = {}
        refused: list[str] = []
        for partition in partitions:
            why_not = refusal(f"{name} --partition {partition}", f"{name} ({partition})", table[partition])
            if why_not is None:
                accepted[partition] = table[partition]
            else:
                refused.append(why_not)
        if len(refused) == 1 and not accepted:
            raise UsageError(refused[0])
        if not accepted:
            raise UsageError(
                f"of {len(refused):,} partitions of `{name}` none is stale by itself: there is nothing to accept. "
                f"`%assets partitions {name}` lists them."
            )
        return self._record(
            key, accepted, code_version, lambda partition: inputs_of(partition) if partition else {}
        )

    def _record(
        self,
        key: AssetKey,
        accepted: Mapping[str | None, AssetStatus],
        code_version: str,
        inputs_of: Callable[[str | None], Mapping[AssetKey, str]],
    ) -> list[Acceptance]:
        payloads = [
            {
                **({} if partition is None else {"partition": partition}),
                "version": 0 if status.materialization is None else status.materialization.version,
                "provenance": provenance(code_version, inputs_of(partition)),
                "code_version": code_version,
                "reasons": [reason.summary for reason in status.reasons],
            }
            for partition, status in accepted.items()
        ]
        self._append(key, payloads)
        with self._lock:
            return [self._known[key][partition][-1] for partition in accepted]

    def withdraw(self, key: AssetKey, partition: str | None = None) -> list[Acceptance]:
        """Record that what was last accepted of an asset is taken back: of all partitions of which it was said at once.

        Parameters
        ----------
        partition
            The one partition of which it is taken back.

        Raises
        ------
        UsageError
            When nothing that was accepted holds.
        """
        holding = [
            each
            for each in self.of(key)
            if each.withdrawn is None and (partition is None or each.partition == partition)
        ]
        if not holding:
            name = key.to_user_string() if partition is None else f"{key.to_user_string()} ({partition})"
            raise UsageError(
                f"nothing of `{name}` is accepted as equivalent, so there is nothing to take back."
            )
        last = [each for each in holding if each.timestamp == holding[0].timestamp]
        self._append(
            key,
            [
                {
                    **({} if each.partition is None else {"partition": each.partition}),
                    "provenance": each.provenance,
                    "withdraws": True,
                }
                for each in last
            ],
        )
        return last

    def _append(self, key: AssetKey, payloads: Iterable[Mapping[str, object]]) -> None:
        # One moment: what is said at once is taken back at once.
        now = time.time()
        # Whoever sees on another thread that something was written finds it here, too.
        with self._lock:
            self._history.append_events([(_RUN, now, ACCEPTED, key, payload) for payload in payloads])
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
        partition = event.payload.get("partition")
        said = self._known.setdefault(event.asset_key, {}).setdefault(partition, [])
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
                partition=partition,
            )
        )


def refusal(asked: str, name: str, status: AssetStatus) -> str | None:
    """Return why there is nothing of an asset, or of a partition of it, to accept; None where there is.

    Parameters
    ----------
    asked
        What of it a magic is asked for.
    """
    kinds = {reason.kind for reason in status.reasons}
    if status.state == "fresh":
        return f"`{name}` is fresh: there is nothing to accept."
    if status.materialization is None:
        return f"`{name}` was never materialized, so there is no value to accept. `%materialize {asked}` makes it."
    if "value_lost" in kinds:
        return f"the value of `{name}` is gone from the store. `%materialize {asked}` makes it again."
    if status.state == "failed":
        return (
            f"the last run of `{name}` failed, so that its code gives no value that could be the same: "
            f"{status.summary}"
        )
    if any(isinstance(reason, FileChanged) and reason.missing for reason in status.reasons):
        return f"`{name}` cannot be accepted while what it reads is not there: {status.summary}."
    if kinds <= _FROM_ABOVE:
        others = ", ".join(reason.summary for reason in status.reasons)
        return (
            f"nothing of `{name}` itself changed: {others}. Accept or materialize that; an equal value leaves "
            f"`{name}` as it is."
        )
    return None
