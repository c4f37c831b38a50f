"""The source of a function is that of the code that runs, not of the file as it is now."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import pytest

from nb_assets import asset
from nb_assets.fingerprint.code import fingerprint_code
from nb_assets.fingerprint.source import is_as_loaded, loaded_source

BEFORE = "K = 1\n\n\ndef clean(x):\n    return x + K\n"
AFTER = "K = 1\n\n\ndef clean(x):\n    return x - K\n"


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A module of the project, loaded."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (tmp_path / "cleaning_of_trips.py").write_text(BEFORE)
    yield importlib.import_module("cleaning_of_trips")
    del sys.modules["cleaning_of_trips"]


def edit(module) -> None:
    """Write another version of the file, and have it look newer whatever the clock's steps."""
    path = Path(module.__file__)
    path.write_text(AFTER)
    later = path.stat().st_mtime_ns + 10**9
    os.utime(path, ns=(later, later))


def test_a_module_that_is_as_it_was_loaded_shows_its_source(module):
    assert loaded_source(module.clean) == "def clean(x):\n    return x + K\n"


def test_a_module_that_was_edited_since_shows_none(module):
    edit(module)
    assert not is_as_loaded(module.clean.__code__)
    assert loaded_source(module.clean) is None


def test_loading_it_again_shows_the_new_source(module):
    edit(module)
    importlib.reload(module)
    assert loaded_source(module.clean) == "def clean(x):\n    return x - K\n"


def test_old_code_in_memory_never_has_the_fingerprint_of_the_new_file(module):
    def fingerprint():
        # A definition anew, so that nothing is remembered of the one before.
        @asset
        def made():
            return module.clean(1)

        return fingerprint_code(made)

    edit(module)
    old_code = fingerprint()
    importlib.reload(module)
    new_code = fingerprint()
    assert old_code.version != new_code.version
    # This file itself is compiled by pytest, so of it the same may be said.
    assert any("clean" in what and "load it again" in what for what in old_code.untracked)
    assert not any("clean" in what for what in new_code.untracked)


def test_what_was_read_before_an_edit_stays_the_source_of_the_code_that_runs(module):
    before = loaded_source(module.clean)
    edit(module)
    assert loaded_source(module.clean) == before
    assert not is_as_loaded(module.clean.__code__)


def test_an_edit_without_loading_again_is_told_and_makes_nothing_stale(module):
    @asset
    def made():
        return module.clean(1)

    first = fingerprint_code(made)
    assert not first.untracked
    edit(module)
    later = fingerprint_code(made)
    assert later.version == first.version
    assert "load it again" in later.untracked[0]


def test_code_that_was_compiled_alone_is_found_in_its_file(module):
    """As IPython's autoreload does with what was edited: as if it stood in the first line."""
    edit(module)
    alone = "def clean(x):\n    return x - K\n"
    names: dict = {}
    exec(compile(alone, module.__file__, "exec", dont_inherit=True), names)
    module.clean.__code__ = names["clean"].__code__
    assert loaded_source(module.clean) == alone
