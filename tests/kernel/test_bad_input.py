"""Every mistake is told in one paragraph that says what to do, and leaves definitions, history and values as they were."""

from __future__ import annotations

import pytest

DECORATED = "from nb_assets import asset\n"

# What is typed; the error's type; what it says.
MISTAKES = {
    "an unknown option of %%asset": ("%%asset --grop raw\ndef one(): return 1", "UsageError", ["--group", "Did you mean"]),
    "an unknown option of %materialize": ("%materialize --froce", "UsageError", ["--force", "Did you mean"]),
    "an unknown option of %lineage": ("%lineage --deep", "UsageError", ["--deep"]),
    "an unknown option of %assets": ("%assets --all", "UsageError", ["--all"]),
    "an option without its value": ("%%asset -g\ndef one(): return 1", "UsageError", ["--group GROUP"]),
    "two names": ("%%asset my table\n1", "UsageError", ["one name"]),
    "a name with a blank": ('%%asset "my table"\n1', "DefinitionError", ["my table"]),
    "a name that begins with a digit": ("%%asset 1st\n1", "CellError", ["1st", "letter"]),
    "a name with a dot": ("%%asset raw.trips\n1", "DefinitionError", ["raw.trips"]),
    "an invalid name in @asset": (
        f"%%asset\n{DECORATED}@asset(name='my table')\ndef one(): return 1", "DefinitionError", ["my table"]),
    "an invalid group": ("%%asset -g 'my group'\ndef one(): return 1", "DefinitionError", ["my group"]),
    "one key twice in a cell": (
        f"%%asset\n{DECORATED}@asset\ndef one(): return 1\n@asset(name='one')\ndef other(): return 2",
        "DuplicateKeyError", ["`one`", "another name"]),
    "the key of another cell": (
        "%%asset\ndef flights(): return []", "DuplicateKeyError", ["`flights`", "cell [2]", "%assets forget flights"]),
    "a cycle in a cell": (
        f"%%asset\n{DECORATED}@asset\ndef one(two): return 1\n@asset\ndef two(one): return 2",
        "CycleError", ["one → two → one"]),
    "an asset that reads itself": (f"%%asset\n{DECORATED}@asset\ndef one(one): return 1", "DefinitionError", ["one"]),
    "a cell that defines nothing": ("%%asset\nx = 1", "CellError", ["defines no asset", "%%asset NAME"]),
    "a syntax error": ("%%asset\ndef one(:\n    return 1", "CellError", ["invalid syntax", "line 2", "def one(:"]),
    "an empty cell": ("%%asset one\n# later", "CellError", ["empty"]),
    "a name beside definitions": (
        f"%%asset one\n{DECORATED}@asset\ndef two(): return 1", "CellError", ["`one`", "`two`"]),
    "two plain functions": ("%%asset\ndef one(): return 1\ndef two(): return 2", "CellError", ["@asset"]),
    "an unknown key to materialize": ("%materialize flihgts", "SelectionError", ["flihgts", "Did you mean `flights`?"]),
    "an unknown key in the lineage": ("%lineage +weathr", "SelectionError", ["weathr", "`weather`"]),
    "an unknown key in the table": ("%assets repot", "SelectionError", ["repot", "`report`"]),
    "an unknown key to explain": ("%assets explain repot", "SelectionError", ["repot", "`report`"]),
    "an unknown group": ("%materialize group:rwa", "SelectionError", ["rwa", "`raw`"]),
    "an unknown status": ("%assets status:stael", "SelectionError", ["stael", "stale"]),
    "a selection that cannot be read": ("%materialize (flights and", "SelectionError", ["("]),
    "an unknown executor": ("%materialize --executor in_proces", "Error", ["in_process"]),
    "a version that is not there": ("%assets diff report 1 9", "Error", ["version 9"]),
    "a key that Python is asked for": ("nba_s = __import__('nb_assets').load('flihgts')", "SelectionError", ["`flights`"]),
}  # fmt: skip


@pytest.mark.parametrize(("cell", "name", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_one_paragraph_and_changes_nothing(shared_session, cell, name, said):
    before = shared_session.snapshot()
    error = shared_session.kernel.execute(cell, cell_id="mistake").error
    assert error is not None
    assert error.name.endswith(name)
    assert_one_paragraph(error)
    for text in said:
        assert text in " ".join(error.text.split())
    assert shared_session.snapshot() == before


def test_the_same_key_from_two_cells_names_both(shared_session):
    error = shared_session.kernel.execute("%%asset\ndef report(): return 0", cell_id="another").error
    text = " ".join(error.text.split())
    assert text.startswith("DuplicateKeyError: `report` is defined in two places: cell [3]")
    assert "def report(flights, weather)" in text
    assert "def report(): return 0" in text


def test_a_cycle_over_two_cells_is_drawn_and_refused(session):
    session.kernel.run("%%asset\ndef one(two): return 1", cell_id="one")
    before = session.snapshot()
    error = session.kernel.execute("%%asset\ndef two(one): return 2", cell_id="two").error
    assert error.name == "CycleError"
    assert_one_paragraph(error)
    assert "one → two → one" in error.text or "two → one → two" in error.text
    assert session.snapshot() == before


def test_a_cell_that_raises_while_it_registers_changes_nothing(shared_session):
    before = shared_session.snapshot()
    error = shared_session.kernel.execute(
        "%%asset\ndef one(): return 1\nimported = 1\n1 / 0", cell_id="mistake"
    ).error
    assert error.name == "ZeroDivisionError"
    assert "1 / 0" in error.text
    assert "nb_assets" not in error.text
    assert shared_session.snapshot() == before


def test_an_unknown_dependency_is_said_when_registered_and_refused_when_run(session):
    card = session.kernel.run("%%asset\ndef late(flihgts): return 1", cell_id="late")
    assert "`flihgts` is not an asset yet. Did you mean `flights`?" in card.text
    before = session.snapshot()
    error = session.kernel.execute("%materialize late").error
    assert error is not None
    assert_one_paragraph(error)
    assert "flihgts" in error.text
    assert "`flights`" in error.text
    assert session.snapshot() == before


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("__import__('threading').Lock()", "lock"),
        ("[1, __import__('threading').Lock()]", "list"),
        ("__import__('sqlite3').connect(':memory:')", "Connection"),
    ],
    ids=["a lock", "a lock in a list", "a connection"],
)
def test_a_value_that_cannot_be_stored_fails_its_asset_in_one_paragraph(session, value, shown):
    session.kernel.run(f"%%asset\ndef one(): return {value}", cell_id="one")
    before = session.snapshot()[1]
    error = session.kernel.execute("%materialize").error
    assert error.name == "UnsupportedValueError"
    assert_one_paragraph(error)
    assert "`one`" in error.text
    assert shown in error.text
    assert session.snapshot()[1] == before
    assert session.kernel.run("%materialize report").error is None


def test_a_value_that_is_gone_or_damaged_is_told_in_one_paragraph(session):
    file = next(path for path in (session.store / "values").rglob("*") if path.is_file())
    file.write_bytes(b"not what it was")
    errors = [
        error
        for key in ("flights", "weather", "report")
        if (error := session.kernel.execute(f"import nb_assets; nb_assets.load('{key}')").error)
    ]
    assert len(errors) == 1
    assert_one_paragraph(errors[0])
    session.kernel.run("%materialize --force")
    for key in ("flights", "weather", "report"):
        session.kernel.run(f"nb_assets.load('{key}')")


@pytest.mark.parametrize("newer", [True, False], ids=["newer", "unreadable"])
def test_a_store_that_cannot_be_opened_stays_as_it_is(start_kernel, tmp_path, newer):
    import sqlite3

    store = tmp_path / ".nb_assets"
    store.mkdir()
    history = store / "history.sqlite"
    if newer:
        start_kernel().run("%load_ext nb_assets")
        connection = sqlite3.connect(history)
        connection.execute("PRAGMA user_version = 9999")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
    else:
        history.write_bytes(b"this is no database" * 100)
    before = history.read_bytes()
    kernel = start_kernel()
    for cell in ("%load_ext nb_assets", "%%asset one\n1", "%materialize", "%lineage", "%assets"):
        error = kernel.execute(cell).error
        assert error.name == ("StoreVersionError" if newer else "StoreError")
        assert_one_paragraph(error)
        assert str(history) in error.text.replace("\n", "") or ".nb_assets" in error.text
    assert history.read_bytes() == before


def assert_one_paragraph(error) -> None:
    """A paragraph has a name, a sentence that ends, and no stack."""
    assert error.text.startswith(f"{error.name}: ")
    assert "Traceback" not in error.text
    assert "\n\n" not in error.text
    assert error.text.rstrip()[-1] in ".?`)⟩"
    assert max(map(len, error.text.splitlines())) < 200
