"""Runs a program about modules, selections, definitions or jobs with the names of one library, and tells what it saw.

A program puts what can be compared into `seen`. Beside the names of the library it has

    module(name, source)      a module made of a source, with the names of the library in it
    package(name, files)      a package of files, written, imported, and forgotten when the program ends
    told(items)               what was loaded: kind, keys, groups, what each is derived from
    selected(selection, *a)   the keys that a selection resolves to, as sorted texts
    made(result)              the keys that a run made, in order
"""

from __future__ import annotations

import importlib
import logging
import sys
import tempfile
import types
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nb_assets


@dataclass
class Observed:
    """What came of a program. `refused` when it raised; `seen` is what it saw by then."""

    refused: bool = False
    seen: Any = None
    error: BaseException | None = field(default=None, compare=False)


def observe(library: str, source: str) -> Observed:
    """Run a program with the names of `dagster` or of `nb_assets`."""
    names = _names(library)
    observed = Observed()
    namespace: dict[str, Any] = {"__name__": "program", **names}
    logging.disable(logging.CRITICAL)
    with _forgotten() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        namespace |= {
            "module": lambda name, text: _module(name, text, names),
            "package": lambda name, files: _package(folder, library, name, files),
            "told": told,
            "selected": lambda selection, *assets: texts(selection.resolve(list(assets))),
            "made": made,
        }
        try:
            exec(compile(source, "<program>", "exec", dont_inherit=True), namespace)
        except Exception as error:  # noqa: BLE001 - being refused is an outcome too
            observed.refused, observed.error = True, error
        finally:
            logging.disable(logging.NOTSET)
    observed.seen = namespace.get("seen")
    return observed


def texts(keys: Any) -> list[str]:
    return sorted(key.to_user_string() for key in keys)


def told(items: Any) -> list[Any]:
    """Return what was loaded in plain Python, in the order in which it was loaded."""
    return [_item(item) for item in items]


def made(result: Any) -> list[str]:
    return [event.asset_key.to_user_string() for event in result.get_asset_materialization_events()]


def _item(item: Any) -> Any:
    if type(item).__name__ == "AssetSpec":
        return [
            "spec",
            item.key.to_user_string(),
            item.group_name or "default",
            texts(dep.asset_key for dep in item.deps),
        ]
    return [
        [
            spec.key.to_user_string(),
            spec.group_name or "default",
            texts(item.asset_deps[spec.key]),
        ]
        for spec in sorted(item.specs, key=lambda spec: spec.key.to_user_string())
    ]


def _names(library: str) -> dict[str, Any]:
    public = importlib.import_module(library)
    return {name: getattr(public, name) for name in nb_assets.__all__ if hasattr(public, name)}


def _module(name: str, source: str, names: Mapping[str, Any]) -> types.ModuleType:
    made = types.ModuleType(name)
    sys.modules[name] = made
    vars(made).update(names)
    exec(compile(source, f"<module {name}>", "exec", dont_inherit=True), vars(made))
    return made


def _package(folder: Path, library: str, name: str, files: Mapping[str, str]) -> types.ModuleType:
    for path, text in {"__init__.py": "", **files}.items():
        file = folder / name / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"from {library} import *\n{text}", encoding="utf-8")
    importlib.invalidate_caches()
    return importlib.import_module(name)


@contextmanager
def _forgotten() -> Iterator[Path]:
    """Give a folder to import from, and have everything forgotten that was imported meanwhile from there."""
    before = set(sys.modules)
    with tempfile.TemporaryDirectory() as folder:
        sys.path.insert(0, folder)
        try:
            yield Path(folder)
        finally:
            sys.path.remove(folder)
            for name in set(sys.modules) - before:
                file = getattr(sys.modules[name], "__file__", None)
                if file is None or str(file).startswith(folder):
                    del sys.modules[name]
