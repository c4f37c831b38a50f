"""A home directory of the tests' own, so that no test reads or leaves anything in the user's."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OURS = ("HOME", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "MPLCONFIGDIR")
UNSET = (
    "NB_ASSETS_HOME",
    "JUPYTER_PATH",
    "JUPYTER_CONFIG_PATH",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
)


@contextmanager
def own_home() -> Iterator[Path]:
    """Point every variable that leads to a home directory at an empty one."""
    before = dict(os.environ)
    user = Path.home()
    folder = Path(tempfile.mkdtemp(prefix="nb-assets-home-"))
    try:
        for name in UNSET:
            os.environ.pop(name, None)
        # Downloads stay where they are kept for good.
        os.environ.setdefault("UV_CACHE_DIR", str(user / ".cache" / "uv"))
        os.environ.setdefault("PIP_CACHE_DIR", str(user / ".cache" / "pip"))
        os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(user / ".cache" / "ms-playwright"))
        for name in OURS:
            place = folder if name == "HOME" else folder / name.lower()
            place.mkdir(exist_ok=True)
            os.environ[name] = str(place)
        yield folder
    finally:
        os.environ.clear()
        os.environ.update(before)
        shutil.rmtree(folder, ignore_errors=True)
