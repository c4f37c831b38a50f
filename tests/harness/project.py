"""A session whose assets are given as source: cells in, states and reasons out. Everything runs for real, in a store."""

from __future__ import annotations

import itertools
import linecache
from pathlib import Path

from nb_assets import AssetKey, AssetSpec, DataVersion, EnvDep, FileDep, MaterializeResult, Output, asset
from nb_assets.definitions.registry import Origin
from nb_assets.session import Session

_numbers = itertools.count(1)

_GIVEN = (asset, AssetSpec, DataVersion, EnvDep, FileDep, MaterializeResult, Output)


class Project:
    """A session whose assets are given as source, one text for each."""

    def __init__(self, folder: Path) -> None:
        self.session = Session(folder)
        self.names: dict = {
            "__name__": "__main__",
            **{thing.__name__: thing for thing in _GIVEN},
        }

    def cell(self, source: str) -> None:
        """Run a source as a cell; register the asset that it defines under the name of its function."""
        filename = f"<ipython-input-{next(_numbers)}>"
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        before = dict(self.names)
        exec(compile(source, filename, "exec", dont_inherit=True), self.names)
        for name, value in self.names.items():
            if value is not before.get(name) and type(value).__name__ == "AssetsDefinition":
                self.session.register(Origin(id=name, label=f"cell of {name}"), [value])

    def run(self, selection: str = "*", **options) -> str:
        result = self.session.materialize(selection, raise_on_error=False, **options)
        kinds = {
            "made": result.materialized,
            "restored": result.restored,
            "failed": result.failed,
            "skipped": result.skipped,
        }
        return "; ".join(f"{kind} {' '.join(_names(keys))}" for kind, keys in kinds.items() if keys)

    @property
    def states(self) -> str:
        """The states that are not fresh, as `a: stale, b: failed`."""
        return ", ".join(
            f"{key.to_user_string()}: {status.state}"
            for key, status in self.session.status().items()
            if status.state != "fresh"
        )

    def why(self, name: str) -> list[str]:
        return [reason.summary for reason in self.session.status(name)[AssetKey(name)].reasons]


def _names(keys) -> list[str]:
    return [key.to_user_string() for key in keys]
