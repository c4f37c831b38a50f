"""The tables of the history and how older ones become today's.

A schema is changed by adding a migration, never by editing one: `MIGRATIONS[n]` takes a database from version n to n + 1.
"""

from __future__ import annotations

import sqlite3
from typing import Final

# Marks the file as ours at a fixed place of its header, see https://www.sqlite.org/fileformat.html. Reads "nbas".
APPLICATION_ID: Final = 0x6E626173


def _never_changed(table: str) -> tuple[str, ...]:
    return tuple(
        f"""CREATE TRIGGER {table}_is_never_{verb.lower()}d BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, 'the history is only ever added to'); END"""
        for verb in ("UPDATE", "DELETE")
    )


_VERSION_1: Final = (
    """CREATE TABLE materialization (
        id INTEGER PRIMARY KEY,
        asset_key TEXT NOT NULL,
        version INTEGER NOT NULL,
        run_id TEXT NOT NULL,
        timestamp REAL NOT NULL,
        duration REAL NOT NULL,
        code_version TEXT NOT NULL,
        data_version TEXT NOT NULL,
        provenance TEXT NOT NULL,
        inputs TEXT NOT NULL,
        metadata TEXT NOT NULL,
        tags TEXT NOT NULL,
        code TEXT NOT NULL,
        restored_from INTEGER,
        value_address TEXT,
        value_format TEXT,
        value_size INTEGER,
        value_type TEXT,
        value_summary TEXT,
        value_rows INTEGER,
        value_checksum TEXT,
        UNIQUE (asset_key, version)
    )""",
    "CREATE INDEX materialization_provenance ON materialization (asset_key, provenance, version)",
    """CREATE INDEX materialization_value ON materialization (value_address, value_size)
        WHERE value_address IS NOT NULL""",
    """CREATE TABLE event (
        id INTEGER PRIMARY KEY,
        run_id TEXT NOT NULL,
        timestamp REAL NOT NULL,
        kind TEXT NOT NULL,
        asset_key TEXT,
        payload TEXT NOT NULL
    )""",
    "CREATE INDEX event_run ON event (run_id, id)",
    "CREATE INDEX event_asset ON event (asset_key, kind, id) WHERE asset_key IS NOT NULL",
    "CREATE INDEX event_kind ON event (kind, id)",
    """CREATE TABLE run (
        id INTEGER PRIMARY KEY,
        run_id TEXT NOT NULL UNIQUE,
        timestamp REAL NOT NULL,
        origin TEXT NOT NULL,
        keys TEXT NOT NULL
    )""",
    *(trigger for table in ("materialization", "event", "run") for trigger in _never_changed(table)),
)

# Versions are counted for each partition apart, so the table is made anew: a constraint cannot be changed.
# Dropping a table fires no trigger of its rows, and takes the triggers and the indexes with it.
_VERSION_2: Final = (
    "ALTER TABLE materialization RENAME TO materialization_1",
    """CREATE TABLE materialization (
        id INTEGER PRIMARY KEY,
        asset_key TEXT NOT NULL,
        partition TEXT NOT NULL DEFAULT '',
        version INTEGER NOT NULL,
        run_id TEXT NOT NULL,
        timestamp REAL NOT NULL,
        duration REAL NOT NULL,
        code_version TEXT NOT NULL,
        data_version TEXT NOT NULL,
        provenance TEXT NOT NULL,
        inputs TEXT NOT NULL,
        metadata TEXT NOT NULL,
        tags TEXT NOT NULL,
        code TEXT NOT NULL,
        restored_from INTEGER,
        value_address TEXT,
        value_format TEXT,
        value_size INTEGER,
        value_type TEXT,
        value_summary TEXT,
        value_rows INTEGER,
        value_checksum TEXT,
        UNIQUE (asset_key, partition, version)
    )""",
    """INSERT INTO materialization (
        id, asset_key, version, run_id, timestamp, duration, code_version, data_version, provenance, inputs, metadata,
        tags, code, restored_from, value_address, value_format, value_size, value_type, value_summary, value_rows,
        value_checksum
    ) SELECT
        id, asset_key, version, run_id, timestamp, duration, code_version, data_version, provenance, inputs, metadata,
        tags, code, restored_from, value_address, value_format, value_size, value_type, value_summary, value_rows,
        value_checksum
    FROM materialization_1""",
    "DROP TABLE materialization_1",
    """CREATE INDEX materialization_provenance
        ON materialization (asset_key, partition, provenance, version)""",
    """CREATE INDEX materialization_value ON materialization (value_address, value_size)
        WHERE value_address IS NOT NULL""",
    # What was added and taken out, the newest row of a key deciding.
    """CREATE TABLE dynamic_partition (
        id INTEGER PRIMARY KEY,
        timestamp REAL NOT NULL,
        name TEXT NOT NULL,
        partition TEXT NOT NULL,
        exists_now INTEGER NOT NULL
    )""",
    "CREATE INDEX dynamic_partition_name ON dynamic_partition (name, partition, id)",
    *_never_changed("materialization"),
    *_never_changed("dynamic_partition"),
)

MIGRATIONS: Final = (_VERSION_1, _VERSION_2)
SCHEMA_VERSION: Final = len(MIGRATIONS)


def migrate(connection: sqlite3.Connection) -> bool:
    """Bring the database to today's schema in one transaction; two processes may do so at once.

    Return False, with nothing changed, when it is unmarked and yet has tables, so that it is somebody else's.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if not version and connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            connection.execute("ROLLBACK")
            return False
        for migration in MIGRATIONS[version:]:
            for statement in migration:
                connection.execute(statement)
        if version < SCHEMA_VERSION:
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return True
