"""Open a notebook in JupyterLab, in this process. Knows nothing of where the notebook comes from."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.parse import quote


def open_lab(notebook: Path, *, port: int | None = None, browser: bool = True) -> int:
    """Run JupyterLab on a notebook until it is stopped."""
    from jupyterlab.labapp import LabApp

    # Settings beside this file are defaults to JupyterLab: no question about news on first sight.
    paths = [str(Path(__file__).resolve().parent), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(path for path in paths if path)
    arguments = [
        f"--ServerApp.root_dir={notebook.parent}",
        f"--LabApp.default_url=/lab/tree/{quote(notebook.name)}",
        "--ServerApp.answer_yes=True",
        "--Application.log_level=WARN",
    ]
    if port is not None:
        arguments.append(f"--port={port}")
    if not browser:
        arguments.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--allow-root")
    print("nb_assets: starting JupyterLab; Ctrl-C ends it", file=sys.stderr, flush=True)
    LabApp.launch_instance(arguments)
    return 0
