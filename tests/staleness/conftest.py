"""A project of its own for each test, in whose folder the test runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.project import Project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path / "store")
