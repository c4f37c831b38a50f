"""Where the evaluations of checks are kept: in the history of a project, or in memory for one run."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from nb_assets.storage.check_record import CheckRecord
from nb_assets.storage.event_feed import EventFeed

if TYPE_CHECKING:
    from nb_assets.definitions.asset_check import AssetCheckKey
    from nb_assets.execution.event_log import EventLog
    from nb_assets.storage.store import Store

CHECKED = "checked"


class CheckKeeper(Protocol):
    """Keeps what checks said."""

    def latest(self, key: AssetCheckKey) -> CheckRecord | None:
        """Return the last evaluation of a check."""
        ...

    def find(self, key: AssetCheckKey, provenance: str) -> CheckRecord | None:
        """Return the last evaluation of a check by this code of this data."""
        ...

    def keep(self, record: CheckRecord) -> None:
        """Keep an evaluation."""
        ...


class MemoryChecks:
    """Keeps evaluations for one run."""

    def __init__(self) -> None:
        self._latest: dict[AssetCheckKey, CheckRecord] = {}

    def latest(self, key: AssetCheckKey) -> CheckRecord | None:
        """Return the last evaluation of a check in this run."""
        return self._latest.get(key)

    def find(self, key: AssetCheckKey, provenance: str) -> CheckRecord | None:
        """Return nothing: one run has no past."""
        del key, provenance
        return None

    def keep(self, record: CheckRecord) -> None:
        """Keep an evaluation."""
        self._latest[record.key] = record


class StoreChecks:
    """Keeps evaluations among the events of a project's history. Safe to use from many threads."""

    def __init__(self, store: Store, log: EventLog) -> None:
        self._store = store
        self._log = log
        self._feed = EventFeed(store.history, CHECKED)
        self._latest: dict[AssetCheckKey, CheckRecord] = {}
        self._found: dict[tuple[AssetCheckKey, str], CheckRecord] = {}
        self._lock = threading.Lock()

    def latest(self, key: AssetCheckKey) -> CheckRecord | None:
        """Return the last evaluation of a check."""
        with self._lock:
            self._catch_up()
            return self._latest.get(key)

    def find(self, key: AssetCheckKey, provenance: str) -> CheckRecord | None:
        """Return the last evaluation of a check by this code of this data."""
        with self._lock:
            self._catch_up()
            return self._found.get((key, provenance))

    def keep(self, record: CheckRecord) -> None:
        """Record an evaluation."""
        self._log.append(record.run_id, record.timestamp, CHECKED, record.key.asset_key, record.to_payload())
        with self._lock:
            self._take(record)

    def history(self, key: AssetCheckKey) -> Sequence[CheckRecord]:
        """Return the evaluations of a check, newest first."""
        events = self._store.history.events(asset_key=key.asset_key, kind=CHECKED)
        records = (
            CheckRecord.from_payload(key.asset_key, event.run_id, event.timestamp, event.payload)
            for event in reversed(events)
        )
        return [record for record in records if record.key == key]

    def _catch_up(self) -> None:
        for event in self._feed.unread():
            if event.asset_key is not None:
                self._take(
                    CheckRecord.from_payload(event.asset_key, event.run_id, event.timestamp, event.payload)
                )

    def _take(self, record: CheckRecord) -> None:
        # What this kernel wrote comes a second time from the file, maybe after something newer.
        last = self._latest.get(record.key)
        if last is None or last.timestamp <= record.timestamp:
            self._latest[record.key] = record
        same = self._found.get((record.key, record.provenance))
        if same is None or same.timestamp <= record.timestamp:
            self._found[record.key, record.provenance] = record
