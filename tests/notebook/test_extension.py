from __future__ import annotations

import sqlite3
from pathlib import Path

HEAVY = ("pandas", "pyarrow", "polars", "numpy", "networkx", "anywidget", "ipywidgets")


def test_loading_prints_one_line_and_makes_the_store_beside_the_notebook(kernel, tmp_path):
    loaded = kernel.run("%load_ext nb_assets")
    assert loaded.stdout.startswith("nb_assets ")
    assert "store: new" in loaded.stdout
    assert len(loaded.stdout.splitlines()) == 1
    assert (tmp_path / ".nb_assets" / "history.sqlite").exists()


def test_loading_imports_nothing_heavy(kernel):
    kernel.run("%load_ext nb_assets")
    loaded = kernel.run(f"import sys; print([name for name in {HEAVY!r} if name in sys.modules])")
    assert loaded.stdout.strip() == "[]"


def test_loading_again_changes_nothing(notebook):
    notebook.run("%%asset one\n1")
    notebook.run("%reload_ext nb_assets")
    assert "one" in notebook.run("%assets").text
    assert notebook.complete("%materialize o") == ["one", "owner:", "or"]


def test_unloading_takes_the_magics_back_and_loading_brings_them_again(notebook):
    notebook.run("%unload_ext nb_assets")
    assert "not found" in notebook.execute("%materialize").stderr
    notebook.run("%load_ext nb_assets")
    assert "No assets yet" in notebook.run("%assets").text


def test_a_store_of_a_newer_version_is_one_paragraph_and_stays_as_it_is(start_kernel, tmp_path):
    store = tmp_path / ".nb_assets"
    start_kernel().run("%load_ext nb_assets")
    with sqlite3.connect(store / "history.sqlite") as history:
        history.execute("pragma user_version = 9999")
    kernel = start_kernel()
    loaded = kernel.execute("%load_ext nb_assets")
    assert loaded.error is not None
    assert loaded.error.text.startswith("StoreVersionError: ")
    assert "Traceback" not in loaded.error.text
    # The magics are there all the same, and say the same.
    assert kernel.execute("%assets").error.name == "StoreVersionError"
    assert kernel.execute("%%asset one\n1").error.name == "StoreVersionError"


def test_an_unreadable_store_is_one_paragraph(kernel, tmp_path):
    folder = tmp_path / ".nb_assets"
    folder.mkdir()
    Path(folder / "history.sqlite").write_bytes(b"this is no database" * 100)
    error = kernel.execute("%load_ext nb_assets").error
    assert error.text.startswith("StoreError: ")
    assert "Traceback" not in error.text


def test_settings_are_traitlets_that_config_lists_and_sets(notebook):
    assert "materialize_on_run" in notebook.run("%config NbAssets").stdout
    notebook.run("%config NbAssets.materialize_on_run = True")
    assert notebook.run("%%asset one\n1 + 1").result == "2"


def test_every_magic_has_help(notebook):
    for magic, said in {
        "%%asset": "--group",
        "%materialize": "--force",
        "%lineage": "live widget",
        "%assets": "history",
    }.items():
        assert said in notebook.inspect(magic)
