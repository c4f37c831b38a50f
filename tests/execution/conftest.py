"""A session in a folder of its own, and assets registered in it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from nb_assets.definitions.registry import Origin
from nb_assets.session import Session
from tests.harness.automated import Automated

_cells = itertools.count(1)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(tmp_path / "store")


@pytest.fixture
def register(session: Session):
    def register(*definitions) -> None:
        number = next(_cells)
        session.register(Origin(id=f"cell {number}", label=f"cell [{number}]"), definitions)

    return register


@pytest.fixture
def notebook(session: Session) -> Iterator[Automated]:
    """A session with automation, which is off when the test ends."""
    yield Automated(session)
    session.auto.off()
    for run in session.runs:
        run.wait()
