"""A session in a folder of its own, and assets registered in it."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from nb_assets.definitions.registry import Origin
from nb_assets.session import Session

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
