"""The history of a project: every materialization, every event and every run, only ever added to.

Answers what was made, when and from what. Values are the value store's; what is stale is decided above.
"""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.storage.database import Database
from nb_assets.storage.journal import Journal
from nb_assets.storage.records import (
    COLUMNS,
    Event,
    RunRecord,
    StoredValue,
    dump,
    from_row,
    key_of,
    ref_from_row,
    to_row,
)

if TYPE_CHECKING:
    import sqlite3

    from nb_assets.storage.materialization import Materialization, ValueRef

_INSERT: Final = (
    f"INSERT INTO materialization ({COLUMNS}) VALUES ({', '.join('?' * (COLUMNS.count(',') + 1))})"  # noqa: S608 - our own names
)
_SELECT: Final = f"SELECT {COLUMNS} FROM materialization"  # noqa: S608 - our own names
_NEWEST: Final = f"{_SELECT} WHERE id IN (SELECT max(id) FROM materialization GROUP BY asset_key, partition)"  # noqa: S608 - our own names
# Events of this kind have `refs` in their payload: the values that they keep, by name.
KEEPS_VALUES: Final = "op_outputs"


class History:
    """The records of one store. Safe to use from many threads and from several kernels at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._latest: dict[AssetKey, Materialization] = {}
        self._latest_parts: dict[AssetKey, dict[str, Materialization]] = {}
        # The assets of which there is another newest materialization.
        self._renewed: Journal[AssetKey] = Journal()
        # Everything up to this row is in `_latest`; the token tells when others have written.
        self._seen_id = 0
        self._seen_token: tuple[int, int] | None = None

    @classmethod
    def open(cls, path: Path | str) -> History:
        """Open or begin the history in a file.

        Raises
        ------
        StoreVersionError
            When a newer version wrote it; the file is left as it is.
        StoreError
            When it is something else, damaged, or cannot be read and written.
        """
        return cls(Database(Path(path)))

    @property
    def note(self) -> str | None:
        """What the user should know about this file, if anything."""
        return self._database.note

    def record(self, record: Materialization) -> Materialization:
        """Add a materialization; return it with the version that it was given, the next of its asset."""
        return self.record_many([record])[0]

    def record_many(self, records: Iterable[Materialization]) -> Sequence[Materialization]:
        """Add several materializations in one transaction: all of them, or none."""
        recorded, newest_id = [], 0
        # Held until the cache is up to date too, so that no older record takes the place of a newer one.
        with self._database.reading():
            with self._database.writing() as connection:
                for record in records:
                    (newest,) = connection.execute(
                        "SELECT coalesce(max(version), 0) FROM materialization WHERE asset_key = ? AND partition = ?",
                        (record.asset_key.to_string(), record.partition or ""),
                    ).fetchone()
                    versioned = dataclasses.replace(record, version=newest + 1, change=None)
                    newest_id = connection.execute(_INSERT, to_row(versioned)).lastrowid or 0
                    recorded.append(versioned)
            if newest_id == self._seen_id + len(recorded) and not any(each.metadata for each in recorded):
                # Nobody else has added any, and without metadata what was written is what others will read.
                for each in recorded:
                    self._take(each)
                self._seen_id = newest_id
            else:
                # The cache is left to catch up from the file, so that it holds exactly that.
                self._seen_token = None
        return recorded

    def latest(self, key: AssetKey, partition: str | None = None) -> Materialization | None:
        """Return the newest materialization of an asset, or of one of its partitions, if there is one."""
        self._catch_up()
        if partition is None:
            return self._latest.get(key)
        return self._latest_parts.get(key, {}).get(partition)

    def latest_many(self, keys: Iterable[AssetKey]) -> dict[AssetKey, Materialization]:
        """Return the newest materialization of each asset that has one; those of partitions are left out."""
        self._catch_up()
        find = self._latest.get
        return {key: made for key in keys if (made := find(key)) is not None}

    def latest_partitions(self, key: AssetKey) -> Mapping[str, Materialization]:
        """Return the newest materialization of each partition of an asset that has one."""
        self._catch_up()
        return self._latest_parts.get(key, {})

    def renewed(self, since: int) -> tuple[int, Sequence[AssetKey]]:
        """Return the assets that were materialized since a mark that this gave before, 0 at first, and the mark of now."""
        self._catch_up()
        mark = self._renewed.mark
        return mark, self._renewed.since(since)

    def as_of(self, timestamp: float) -> Sequence[Materialization]:
        """Return what was the newest of each asset and partition at a moment, in seconds since 1970."""
        of_then = "SELECT max(id) FROM materialization WHERE timestamp <= ? GROUP BY asset_key, partition"
        return self._query(f"{_SELECT} WHERE id IN ({of_then})", timestamp)

    def list(
        self, key: AssetKey, partition: str | None = None, limit: int | None = None
    ) -> Sequence[Materialization]:
        """Return the materializations of an asset, or of one of its partitions, newest first."""
        most = -1 if limit is None else limit
        if partition is None:
            return self._query(
                f"{_SELECT} WHERE asset_key = ? ORDER BY id DESC LIMIT ?", key.to_string(), most
            )
        return self._query(
            f"{_SELECT} WHERE asset_key = ? AND partition = ? ORDER BY version DESC LIMIT ?",
            key.to_string(),
            partition,
            most,
        )

    def get(self, key: AssetKey, version: int, partition: str | None = None) -> Materialization | None:
        """Return one version of an asset; counted from the newest when negative, so that -1 is the newest."""
        of = f"{_SELECT} WHERE asset_key = ? AND partition = ?"
        given = (key.to_string(), partition or "")
        if version > 0:
            found = self._query(f"{of} AND version = ?", *given, version)
        else:
            found = (
                self._query(f"{of} ORDER BY version DESC LIMIT 1 OFFSET ?", *given, -version - 1)
                if version
                else []
            )
        return found[0] if found else None

    def find(self, key: AssetKey, provenance: str, partition: str | None = None) -> Materialization | None:
        """Return the newest materialization of an asset that was made with this code from these inputs."""
        found = self._query(
            f"{_SELECT} WHERE asset_key = ? AND partition = ? AND provenance = ? ORDER BY version DESC LIMIT 1",
            key.to_string(),
            partition or "",
            provenance,
        )
        return found[0] if found else None

    def keys(self) -> Sequence[AssetKey]:
        """Return the assets that have a history, in order."""
        self._catch_up()
        return sorted({*self._latest, *self._latest_parts})

    def append_event(
        self, run_id: str, timestamp: float, kind: str, asset_key: AssetKey | None, payload: Mapping[str, Any]
    ) -> None:
        """Add an event of a run."""
        self.append_events([(run_id, timestamp, kind, asset_key, payload)])

    def append_events(
        self, events: Iterable[tuple[str, float, str, AssetKey | None, Mapping[str, Any]]]
    ) -> None:
        """Add several events at once. They outlive the process, but the last ones may be lost to a power failure."""
        rows = [
            (run_id, timestamp, kind, None if key is None else key.to_string(), dump(dict(payload)))
            for run_id, timestamp, kind, key, payload in events
        ]
        with self._database.writing(durable=False) as connection:
            connection.executemany(
                "INSERT INTO event (run_id, timestamp, kind, asset_key, payload) VALUES (?, ?, ?, ?, ?)", rows
            )

    def events(
        self,
        run_id: str | None = None,
        asset_key: AssetKey | None = None,
        kind: str | None = None,
        limit: int | None = None,
        after: int = 0,
    ) -> Sequence[Event]:
        """Return the events that match and come after an id, oldest first; with a limit, the newest ones."""
        wanted = {"run_id": run_id, "asset_key": asset_key and asset_key.to_string(), "kind": kind}
        given = {column: value for column, value in wanted.items() if value is not None}
        where = " AND ".join([*(f"{column} = ?" for column in given), "id > ?"])
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT id, run_id, timestamp, kind, asset_key, payload FROM event WHERE {where} "  # noqa: S608 - our own column names
                "ORDER BY id DESC LIMIT ?",
                (*given.values(), after, -1 if limit is None else limit),
            ).fetchall()
        return [
            Event(
                id=row[0],
                run_id=row[1],
                timestamp=row[2],
                kind=row[3],
                asset_key=None if row[4] is None else key_of(row[4]),
                payload=json.loads(row[5]),
            )
            for row in reversed(rows)
        ]

    def one_moment(self) -> AbstractContextManager[None]:
        """Return a block in which this thread looks once at what other kernels have written, however much it asks."""
        return self._database.one_moment()

    def change_token(self) -> tuple[int, int]:
        """Return what differs once another kernel has written; what is written here leaves it as it is."""
        return self._database.change_token()

    def write_token(self) -> tuple[int, int, int]:
        """Return what differs once anything was written, here or by another kernel."""
        return (*self._database.change_token(), self._database.written_here)

    def record_run(self, run_id: str, timestamp: float, origin: str, keys: Iterable[AssetKey]) -> None:
        """Add a run that is about to start."""
        with self._database.writing(durable=False) as connection:
            connection.execute(
                "INSERT INTO run (run_id, timestamp, origin, keys) VALUES (?, ?, ?, ?)",
                (run_id, timestamp, origin, dump([key.path for key in keys])),
            )

    def last_of(self, run_id: str) -> float | None:
        """Return when a run recorded something last, in seconds since 1970."""
        with self._database.reading() as connection:
            (found,) = connection.execute(
                "SELECT max(timestamp) FROM (SELECT timestamp FROM event WHERE run_id = ?1 "
                "UNION ALL SELECT timestamp FROM materialization WHERE run_id = ?1)",
                (run_id,),
            ).fetchone()
        return None if found is None else float(found)

    def runs(self, limit: int | None = None) -> Sequence[RunRecord]:
        """Return the runs, newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT run_id, timestamp, origin, keys FROM run ORDER BY id DESC LIMIT ?",
                (-1 if limit is None else limit,),
            ).fetchall()
        return [
            RunRecord(
                run_id=run_id,
                timestamp=timestamp,
                origin=origin,
                keys=tuple(AssetKey(path) for path in json.loads(keys)),
            )
            for run_id, timestamp, origin, keys in rows
        ]

    def value_ref(self, address: str) -> ValueRef | None:
        """Return what was recorded of the value at an address, if any record refers to it."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT value_address, value_format, value_size, value_type, value_summary, value_rows, value_checksum "
                "FROM materialization WHERE value_address = ? ORDER BY id DESC LIMIT 1",
                (address,),
            ).fetchone()
        return None if row is None else ref_from_row(row)

    def addresses(self) -> set[str]:
        """Return the addresses of all values that a record refers to, or an event that keeps values."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT value_address FROM materialization WHERE value_address IS NOT NULL"
            )
            addresses = {address for (address,) in rows}
            rows = connection.execute("SELECT payload FROM event WHERE kind = ?", (KEEPS_VALUES,))
            for (payload,) in rows:
                addresses.update(ref["address"] for ref in json.loads(payload)["refs"].values())
        return addresses

    def stored_values(self) -> Sequence[StoredValue]:
        """Return the value that each version was recorded with, newest versions first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT asset_key, partition, version, value_address, "
                "row_number() OVER (PARTITION BY asset_key, partition ORDER BY version DESC) - 1 "
                "FROM materialization WHERE value_address IS NOT NULL ORDER BY id DESC"
            ).fetchall()
        return [StoredValue(key_of(key), *stored) for key, *stored in rows]

    def kept_outputs(self) -> Sequence[Event]:
        """Return the events that keep values, oldest first."""
        return self.events(kind=KEEPS_VALUES)

    def change_dynamic_partitions(self, name: str, partitions: Iterable[str], *, exist: bool) -> None:
        """Record that dynamic partitions of a name were added, or taken out; those that are so already are left."""
        with self._database.writing() as connection:
            known = _dynamic_partitions(connection, name)
            rows = [
                (time.time(), name, each, int(exist))
                for each in dict.fromkeys(partitions)
                if (each in known) is not exist
            ]
            connection.executemany(
                "INSERT INTO dynamic_partition (timestamp, name, partition, exists_now) VALUES (?, ?, ?, ?)",
                rows,
            )

    def dynamic_partitions(self, name: str) -> Mapping[str, None]:
        """Return the dynamic partitions of a name, in the order in which they were added, as the keys of a mapping."""
        with self._database.reading() as connection:
            return _dynamic_partitions(connection, name)

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Keep every other kernel from recording anything meanwhile."""
        with self._database.writing(durable=False):
            yield

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _query(self, sql: str, *parameters: Any) -> Sequence[Materialization]:
        with self._database.reading() as connection:
            return [from_row(row) for row in connection.execute(sql, parameters)]

    def _catch_up(self) -> None:
        token = self._database.change_token()
        if token == self._seen_token:
            return
        with self._database.reading() as connection:
            (newest,) = connection.execute("SELECT coalesce(max(id), 0) FROM materialization").fetchone()
            if newest > self._seen_id:
                rows = (
                    connection.execute(f"{_SELECT} WHERE id > ? ORDER BY id", (self._seen_id,))
                    if self._seen_id
                    else connection.execute(_NEWEST)
                )
                for row in rows:
                    self._take(from_row(row))
                self._seen_id = newest
            self._seen_token = token

    def _take(self, record: Materialization) -> None:
        if record.partition is None:
            self._latest[record.asset_key] = record
        else:
            self._latest_parts.setdefault(record.asset_key, {})[record.partition] = record
        # Last, so that whoever hears of it on another thread finds it.
        self._renewed.note(record.asset_key)


def _dynamic_partitions(connection: sqlite3.Connection, name: str) -> dict[str, None]:
    rows = connection.execute(
        "SELECT partition FROM dynamic_partition WHERE id IN "
        "(SELECT max(id) FROM dynamic_partition WHERE name = ? GROUP BY partition) AND exists_now ORDER BY id",
        (name,),
    )
    return dict.fromkeys(partition for (partition,) in rows)
