"""The hash of files: another content is another hash, whatever the clock of the file system says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nb_assets.fingerprint.file import files_version


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("1")
    return tmp_path


def test_the_same_content_has_the_same_hash_and_another_one_another(folder: Path):
    first = files_version("data/a.csv")
    (folder / "b").write_text("1")
    assert files_version("b") == first
    (folder / "b").write_text("2")
    assert files_version("b") != first


def test_a_rewrite_of_the_same_size_within_the_same_tick_is_seen(folder: Path):
    file = folder / "data" / "a.csv"
    seen = set()
    for number in range(50):
        file.write_text(f"{number:02}")
        seen.add(files_version("data/a.csv"))
    assert len(seen) == 50


def test_a_rewrite_with_its_time_set_back_is_seen(folder: Path):
    file = folder / "data" / "a.csv"
    os.utime(file, (1, 1))
    before = files_version("data/a.csv")
    file.write_text("2")
    os.utime(file, (1, 1))
    assert files_version("data/a.csv") != before


@pytest.mark.parametrize("path", ["data", "data/*.csv", "**/*.csv"])
def test_folders_and_patterns_count_by_which_files_there_are_and_what_they_hold(folder: Path, path: str):
    seen = {files_version(path)}
    (folder / "data" / "b.csv").write_text("1")
    seen.add(files_version(path))
    (folder / "data" / "b.csv").write_text("2")
    seen.add(files_version(path))
    (folder / "data" / "b.csv").rename(folder / "data" / "c.csv")
    seen.add(files_version(path))
    assert len(seen) == 4
    (folder / "data" / "c.csv").unlink()
    assert files_version(path) in seen


def test_what_is_not_there_has_no_hash(folder: Path):
    assert files_version("data/none.csv") is None
    assert files_version("data/*.parquet") is None
    (folder / "empty").mkdir()
    assert files_version("empty") is not None
