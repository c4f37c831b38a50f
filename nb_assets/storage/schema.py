"""The tables of the history and how older ones become today's.

A schema is changed by adding a migration, never by editing one: `MIGRATIONS[n]` takes a database from version n to n + 1.
"""

from __future__ import annotations

import sqlite3
from typing import Final

# Marks the file as ours at a fixed place of its header, see https://www.sqlite.org/fileformat.html. Reads "nbas".
APPLICATION_ID: Final = 0x6E626173

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
    *(
        f"""CREATE TRIGGER {table}_is_never_{verb.lower()}d BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, 'the history is only ever added to'); END"""
        for table in ("materialization", "event", "run")
        for verb in ("UPDATE", "DELETE")
    ),
)

MIGRATIONS: Final = (_VERSION_1,)
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
