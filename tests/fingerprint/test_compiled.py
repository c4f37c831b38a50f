"""Modules of the project in machine code: what they were loaded from counts, as their functions have no source."""

from __future__ import annotations

import importlib
import shutil
import sys
from pathlib import Path

import pytest
import xxhash._xxhash as installed

from nb_assets import asset
from nb_assets.fingerprint.code import fingerprint_code

NAME = "project_of_mine._xxhash"


@pytest.fixture
def compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file of a compiled module in a package of the project."""
    folder = tmp_path / "project_of_mine"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    for name in (NAME, "project_of_mine"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return Path(shutil.copy(installed.__file__, folder))


def taken() -> tuple[str, tuple[str, ...]]:
    """Return the fingerprint of an asset that calls the module, and what is not tracked of it."""
    module = importlib.import_module(NAME)
    names = {"__name__": "__main__", "module": module, "text": module.xxh3_64_hexdigest}
    exec("def made(): return module.xxh3_64_hexdigest('a')\ndef also(): return text('a')", names)
    first, second = (fingerprint_code(asset(names[fn])) for fn in ("made", "also"))
    assert f"compiled module {NAME}" in first.parts
    assert f"compiled module {NAME}" in second.parts
    return first.version, first.untracked


def test_a_compiled_module_counts_by_the_file_that_was_loaded(compiled: Path):
    first, untracked = taken()
    assert not untracked
    assert taken() == (first, ())
    content = compiled.read_bytes()
    compiled.unlink()  # what is loaded is mapped from the file, and must not change under it
    compiled.write_bytes(content + b"\n")
    again, untracked = taken()
    assert again == first
    assert "built again" in untracked[0]
    # As after a restart: the module is loaded anew.
    del sys.modules[NAME]
    importlib.invalidate_caches()
    later, untracked = taken()
    assert later != first
    assert not untracked


def test_what_is_installed_counts_by_its_package():
    names = {"__name__": "__main__", "text": installed.xxh3_64_hexdigest}
    exec("def made(): return text('a')", names)
    assert not any(name.startswith("compiled") for name in fingerprint_code(asset(names["made"])).parts)
