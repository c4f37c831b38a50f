"""Fixtures for the acceptance tests on real kernels: what a session holds, told by the store and the kernel themselves."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness import interpreters
from tests.harness.kernel import Kernel
from tests.harness.kernel import kernel as running_kernel
from tests.harness.store_snapshot import StoreSnapshot

FLIGHTS = """%%asset -g raw
from nb_assets import asset
@asset
def flights():
    return [1, 2, 3]
@asset
def weather():
    return {"wind": 4}
"""
REPORT = "%%asset -g reports\ndef report(flights, weather):\n    return len(flights) * weather['wind']"
LOOK = """import nb_assets as _nba
_s = _nba.session()
{
    "code": {key.to_user_string(): (_s.code(key), _s.graph.group_of(key)) for key in _s.assets},
    "status": {key.to_user_string(): (status.state, status.summary) for key, status in _s.status().items()},
    "names": {name: id(value) for name, value in globals().items() if not name.startswith("_")},
}"""


class Session:
    """A kernel with three assets, all of them made."""

    def __init__(self, kernel: Kernel, folder: Path) -> None:
        self.kernel = kernel
        self.folder = folder
        self.store = folder / ".nb_assets"
        kernel.run("%load_ext nb_assets")
        kernel.run(FLIGHTS, cell_id="flights")
        kernel.run(REPORT, cell_id="report")
        kernel.run("%materialize")

    def snapshot(self) -> tuple[object, StoreSnapshot]:
        """Return all that a mistake must leave alone: definitions, statuses, names, history and values."""
        return ast.literal_eval(self.kernel.run(LOOK).result), StoreSnapshot.of(self.store)


@pytest.fixture(scope="module")
def shared_session(kernel_version: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """One session for the tests of a module that leave it as it is."""
    folder = tmp_path_factory.mktemp(f"kernel{kernel_version}")
    with running_kernel(interpreters.interpreter(kernel_version), folder, os.environ) as kernel:
        yield Session(kernel, folder)


@pytest.fixture
def session(start_kernel, tmp_path: Path) -> Session:
    """A session of the test's own."""
    return Session(start_kernel(), tmp_path)
