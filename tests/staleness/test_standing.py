"""Whatever happens to a project: the statuses that are kept say what somebody says who looks at it for the first time."""

from __future__ import annotations

import contextlib
import importlib
import os
import random
import sys
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import nb_assets
from nb_assets import AssetKey
from nb_assets.definitions.registry import Origin
from nb_assets.errors import NbAssetsError
from nb_assets.fingerprint import class_code, code, packages, witness
from nb_assets.graph.latest_graph import LatestGraph
from nb_assets.session import Session
from nb_assets.staleness import KeptStatuses
from tests.harness.project import Project
from tests.harness.upheaval import BEGINNING, DEEDS, EDITS, HOW_MANY, MODULE

# More of them by the environment, to search for longer.
SEEDS = int(os.environ.get("NB_ASSETS_TEST_SEEDS", "2"))
STEPS = int(os.environ.get("NB_ASSETS_TEST_STEPS", "40"))

GIVEN = (
    "AssetCheckResult AssetOut AssetsDefinition Config ConfigurableResource EnvDep FileDep IOManager "
    "StaticPartitionsDefinition asset asset_check graph_asset multi_asset op"
)


class World:
    """A project in a folder of its own, with modules, a file and a variable."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.project = Project(folder / "store")
        self.session = self.project.session
        (folder / "upheaval_module.py").write_text(MODULE, encoding="utf-8")
        names = self.project.names
        names |= {name: getattr(nb_assets, name) for name in GIVEN.split()}
        names |= {"SESSION": self.session, "MODULE_SOURCE": MODULE}
        names["set_package_policy"] = packages.set_package_policy
        for cell in BEGINNING:
            self.project.cell(cell)

    def step(self) -> str:
        """Do something by chance; return what."""
        if self.random.random() < 0.7:
            return self.edit(self.random.choice(EDITS))
        deed = self.random.choice(DEEDS)
        key = self.random.choice([*self.session.assets])
        with contextlib.suppress(NbAssetsError):
            self._do(deed, key)
        return f"{deed} {key.to_user_string()}"

    def edit(self, edit: str) -> str:
        """Run a cell with a number in it; it may fail, as after others that do not go with it."""
        source = edit.format(n=self.random.randrange(HOW_MANY))
        with contextlib.suppress(
            NbAssetsError, TypeError, ValueError, LookupError, ImportError, AttributeError
        ):
            self.project.cell(source)
        return source

    def _do(self, deed: str, key: AssetKey) -> None:
        session, name = self.session, key.to_user_string()
        if deed == "make all":
            make(session)
        elif deed == "make one":
            make(session, f"+{name}")
        elif deed in ("accept", "unaccept", "pin"):
            getattr(session, deed)(name)
        elif deed == "collect":
            session.collect_garbage(keep=1)
        else:
            for file in self._files(key):
                content = file.read_bytes()
                if deed == "truncate":
                    os.truncate(file, len(content) // 2)
                    continue
                file.unlink()
                if deed == "replace":
                    file.write_bytes(content + b" ")
                elif deed == "damage":
                    file.write_bytes(content[::-1])
                    session.load(name)

    def _files(self, key: AssetKey) -> list[Path]:
        made = self.session.store.history.latest(key, "a") or self.session.store.history.latest(key)
        if made is None or made.value is None:
            return []
        return [*(self.session.store.folder / "values").rglob(f"*{made.value.address}*")]


def told(session: Session) -> dict[str, Any]:
    """Return all that the statuses of a session say, and the fingerprints, which say more of what is stale already."""
    statuses, graph = session.status(), session.graph
    return {
        key.to_user_string(): (
            status.state,
            [repr(reason) for reason in status.reasons],
            sorted(status.untracked),
            (status.restored, status.accepted, status.materialization and status.materialization.version),
            {} if status.partitions is None else told_of_parts(status.partitions),
            key in graph and session.fingerprint(key).counted,
        )
        for key, status in statuses.items()
    }


def told_of_parts(table: Any) -> dict[str, Any]:
    """Return what the statuses of partitions say."""
    return {
        part: (status.state, [repr(reason) for reason in status.reasons], status.restored, status.accepted)
        for part, status in table.items()
    }


def from_the_beginning(session: Session) -> dict[str, Any]:
    """Return what is told by somebody who remembers nothing: neither statuses, fingerprints, graphs nor what was seen."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "_kept", KeptStatuses())
        patch.setattr(session, "_graphs", LatestGraph())
        patch.setattr(code, "_taken", weakref.WeakKeyDictionary())
        patch.setattr(class_code, "_taken", weakref.WeakKeyDictionary())
        patch.setattr(witness, "_known", weakref.WeakValueDictionary())
        return told(session)


def differences(session: Session) -> dict[str, Any]:
    """Return what is told of an asset by what is kept, and by a first look, where these differ."""
    kept, first = told(session), from_the_beginning(session)
    return {
        name: (kept.get(name), first.get(name))
        for name in {**kept, **first}
        if kept.get(name) != first.get(name)
    }


def by_another_kernel(session: Session) -> Session:
    """Return a session with the same assets on the same store."""
    other = Session(session.store.folder)
    other.run_config = session.run_config
    other.resources.update(session.resources)
    for key, definition in session.assets.items():
        if key not in other.assets:
            other.register(Origin(id=key.to_string(), label="elsewhere"), [definition])
    return other


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Put back what cells change of the process."""
    import numpy as np

    errors = np.geterr()
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("NB_ASSETS_TEST_VARIABLE", "1")
    monkeypatch.setattr(packages, "_policy", "warn")
    yield
    np.seterr(**errors)
    for name in ("upheaval_module", "upheaval_later"):
        sys.modules.pop(name, None)
    importlib.invalidate_caches()


@pytest.mark.usefixtures("settings")
def test_whatever_is_edited_what_is_kept_says_what_a_first_look_says(tmp_path: Path):
    world = World(tmp_path, 0)
    for number, edit in enumerate(EDITS):
        if number % 10 == 0:
            make(world.session)
        done = world.edit(edit)
        assert differences(world.session) == {}, done
    world.session.store.close()


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.usefixtures("settings")
def test_whatever_happens_what_is_kept_says_what_a_first_look_says(seed: int, tmp_path: Path):
    world = World(tmp_path, seed)
    session, done = world.session, []
    make(session)
    for _ in range(STEPS):
        done.append(world.step())
        if world.random.random() < 0.3:
            session.status(world.random.choice([*session.assets]).to_user_string())
        if world.random.random() < 0.2:
            thread = threading.Thread(target=session.status)
            thread.start()
            session.status()
            thread.join()
        assert differences(session) == {}, done
        if world.random.random() < 0.1:
            done.append(make_elsewhere(world))
            assert differences(session) == {}, done
    session.store.close()


def make(session: Session, selection: str = "*") -> None:
    """Make assets, as far as that can be done."""
    with contextlib.suppress(NbAssetsError):
        session.materialize(selection, echo=False, raise_on_error=False)


def make_elsewhere(world: World) -> str:
    """Make some assets in another kernel; return what was done."""
    other = by_another_kernel(world.session)
    key = world.random.choice([*world.session.assets]).to_user_string()
    make(other, f"+{key}")
    other.store.close()
    return f"make {key} elsewhere"
