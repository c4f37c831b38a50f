"""Open a notebook in JupyterLab, in this process. Knows nothing of where the notebook comes from."""

from __future__ import annotations

import os
from pathlib import Path


def open_lab(notebook: Path, *, port: int | None = None, browser: bool = True) -> int:
    """Run JupyterLab on a notebook until it is stopped."""
    from jupyterlab.labapp import LabApp

    # Settings beside this file are defaults to JupyterLab: no question about news on first sight.
    paths = [str(Path(__file__).resolve().parent), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(path for path in paths if path)
    arguments = [str(notebook), f"--ServerApp.root_dir={notebook.parent}"]
    if port is not None:
        arguments.append(f"--port={port}")
    if not browser:
        arguments.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--allow-root")
    LabApp.launch_instance(arguments)
    return 0
