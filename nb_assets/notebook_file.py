"""Where the notebook is that this kernel runs, as far as the front end says."""

from __future__ import annotations

import os
import sys
from pathlib import Path

__all__ = ["notebook_file"]


def notebook_file() -> Path | None:
    """Return the file of the notebook; None where neither Jupyter's server nor VS Code says which one it is."""
    user = getattr(sys.modules.get("__main__"), "__dict__", {})
    for name in (os.environ.get("JPY_SESSION_NAME"), user.get("__session__"), user.get("__vsc_ipynb_file__")):
        if not isinstance(name, str) or not name.endswith(".ipynb"):
            continue
        # The name may be relative to the server's root, which the kernel does not know; it runs beside the notebook.
        for path in (Path(name), Path(Path(name).name)):
            if path.is_file():
                return path
        if Path(name).is_absolute() and Path(name).parent.is_dir():
            return Path(name)  # which is not written yet
    return None
