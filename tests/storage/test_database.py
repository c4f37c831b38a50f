from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from nb_assets.errors import StoreError, StoreVersionError
from nb_assets.storage import database
from nb_assets.storage.database import Database
from nb_assets.storage.schema import APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION

ROOT = Path(database.__file__).parents[2]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "history.sqlite"


def contents(folder):
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_a_new_file_is_marked_as_ours(path):
    Database(path).close()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_an_empty_file_becomes_a_history(path):
    path.touch()
    Database(path).close()
    assert path.stat().st_size > 0


def test_every_schema_of_the_past_is_brought_to_todays(path, tmp_path):
    for version in range(len(MIGRATIONS)):
        old = tmp_path / f"{version}.sqlite"
        connection = sqlite3.connect(old)
        for migration in MIGRATIONS[:version]:
            for statement in migration:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {version}")
        if version:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.commit()
        connection.close()
        Database(old).close()
        tables = "SELECT name, sql FROM sqlite_master ORDER BY name"
        Database(path).close()
        assert (
            sqlite3.connect(old).execute(tables).fetchall()
            == sqlite3.connect(path).execute(tables).fetchall()
        )


def test_a_newer_history_is_refused_and_left_as_it_is(path):
    Database(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 3}")
    connection.close()
    before = contents(path.parent)
    with pytest.raises(StoreVersionError, match=r"newer nb_assets .* left as it is\. Upgrade with"):
        Database(path)
    assert contents(path.parent) == before


def test_a_newer_history_that_another_kernel_has_open_is_refused(path):
    Database(path).close()
    connection = sqlite3.connect(path)
    # Still in the write-ahead log, so that the header of the file does not tell.
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 3}")
    with pytest.raises(StoreVersionError, match="newer"):
        Database(path)
    connection.close()


@pytest.mark.parametrize(
    "content",
    [b"not a database at all" * 20, b"SQLite format 3\x00", b"\x00" * 200, b"x"],
    ids=["text", "cut", "zeros", "x"],
)
def test_a_file_that_is_something_else_is_refused_and_left_as_it_is(path, content):
    path.write_bytes(content)
    with pytest.raises(StoreError, match="not a history of nb_assets, so it was left as it is"):
        Database(path)
    assert contents(path.parent) == {path.name: content}


def test_the_database_of_another_program_is_refused_and_left_as_it_is(path):
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA application_id = 12345")
    connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    before = contents(path.parent)
    with pytest.raises(StoreError, match="not a history of nb_assets"):
        Database(path)
    assert contents(path.parent) == before


def test_an_unmarked_database_with_tables_is_refused(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (x)")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="not a history of nb_assets"):
        Database(path)
    assert sqlite3.connect(path).execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]


def test_a_damaged_history_says_what_to_do(path):
    Database(path).close()
    content = bytearray(path.read_bytes())
    content[100:] = os.urandom(len(content) - 100)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged"), Database(path).reading() as connection:
        connection.execute("SELECT * FROM materialization").fetchall()


def test_a_folder_in_place_of_the_file_is_refused(path):
    path.mkdir()
    with pytest.raises(StoreError, match="cannot be read"):
        Database(path)


AS_NOBODY = """
import os, sys
from nb_assets.errors import StoreError
from nb_assets.storage.store import Store
os.setgid(65534)
os.setuid(65534)
try:
    Store.open(sys.argv[1])
except StoreError as error:
    print(error)
"""


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody else"
)
@pytest.mark.parametrize("mode", [0o555, 0o700], ids=["read-only", "unreadable"])
def test_a_folder_of_somebody_else_says_what_to_do_and_is_left_as_it_is(mode):
    # Not in pytest's own folder, which is closed to others.
    with tempfile.TemporaryDirectory(dir="/var/tmp") as parent:
        Path(parent).chmod(0o755)
        folder = Path(parent) / "store"
        folder.mkdir()
        folder.chmod(mode)
        command = [sys.executable, "-c", AS_NOBODY, str(folder)]
        result = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        assert "Make the folder readable and writable for this user" in result.stdout
        assert "NB_ASSETS_HOME" in result.stdout
        assert list(folder.iterdir()) == []


def test_a_network_file_system_gets_no_write_ahead_log_and_a_note(path, monkeypatch):
    monkeypatch.setattr(database, "file_system_of", lambda path: "nfs4")
    opened = Database(path)
    assert "nfs4 is a network file system" in opened.note
    with opened.reading() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("truncate",)
    with opened.writing() as connection:
        connection.execute("INSERT INTO run (run_id, timestamp, origin, keys) VALUES ('r', 1, 'o', '[]')")
    opened.close()


@pytest.mark.skipif(not Path("/proc/self/mounts").exists(), reason="only Linux tells")
def test_the_file_system_of_a_path_is_known():
    assert database.file_system_of(Path("/proc/self")) == "proc"


def test_a_failing_transaction_leaves_nothing(path):
    opened = Database(path)
    with pytest.raises(ZeroDivisionError), opened.writing() as connection:  # noqa: PT012 - both belong to it
        connection.execute("INSERT INTO run (run_id, timestamp, origin, keys) VALUES ('r', 1, 'o', '[]')")
        raise ZeroDivisionError
    with opened.reading() as connection:
        assert connection.execute("SELECT * FROM run").fetchall() == []


def test_a_history_that_is_locked_too_long_says_so(path, monkeypatch):
    Database(path).close()
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.1)
    opened = Database(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="Another process held it"), opened.writing():
        pass
    other.execute("ROLLBACK")
    with opened.writing():
        pass
