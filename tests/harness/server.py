"""A real JupyterLab or Notebook 7 server on a folder, on this machine only, gone with the test."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from tests.harness import interpreters

App = Literal["lab", "notebook"]

PATIENCE = 60.0
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    # A test saves when it means to.
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
    # All cells stay in the page, so that a test can look at one without scrolling to it first.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}


@dataclass(frozen=True, kw_only=True)
class JupyterServer:
    """A running server."""

    app: App
    url: str
    folder: Path
    private: Path
    """Where the server keeps what is its own: settings, workspaces, its log."""

    @property
    def log(self) -> Path:
        """What the server has printed."""
        return self.private / "server.log"

    def page(self, path: str) -> str:
        """Return the address of a notebook in this server's own application."""
        return f"{self.url}/{'lab/tree' if self.app == 'lab' else 'notebooks'}/{quote(path)}"

    def api(self, path: str, method: str = "GET") -> Any:
        """Ask the server's REST interface."""
        request = urllib.request.Request(f"{self.url}/api/{path}", method=method)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            text = answer.read().decode()
        return json.loads(text) if text else None

    def forget(self) -> None:
        """End every kernel; forget the workspace and settings that were changed."""
        for session in self.api("sessions"):
            self.api(f"sessions/{session['id']}", "DELETE")
        for running in self.api("kernels"):
            self.api(f"kernels/{running['id']}", "DELETE")
        for place in ("workspaces", "settings"):
            shutil.rmtree(self.private / place, ignore_errors=True)


@contextmanager
def jupyter_server(folder: Path, app: App = "lab", *, kernel_version: int = 7) -> Iterator[JupyterServer]:
    """Run a server on a folder until the block ends; its default kernel has this version of ipykernel."""
    private = Path(os.environ["HOME"]) / f"server-{os.getpid()}-{time.monotonic_ns()}"
    (private / "config" / "labconfig").mkdir(parents=True)
    (private / "config" / "labconfig" / "default_setting_overrides.json").write_text(json.dumps(SETTINGS))
    port = free_port()
    variables = {
        **os.environ,
        "JUPYTER_CONFIG_PATH": str(private / "config"),
        "JUPYTER_DATA_DIR": str(private / "data"),
        "JUPYTER_RUNTIME_DIR": str(private / "runtime"),
    }
    if kernel_version != 7:
        interpreters.interpreter(kernel_version)
        variables["JUPYTER_PATH"] = interpreters.jupyter_path()
    server = JupyterServer(app=app, url=f"http://127.0.0.1:{port}", folder=folder, private=private)
    with server.log.open("wb") as output:
        process = subprocess.Popen(
            _command(app, folder, port, private, kernel_version),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=variables,
            cwd=folder,
            start_new_session=True,
        )
    try:
        _wait(server, process)
        yield server
    finally:
        _end(process)


def _command(app: App, folder: Path, port: int, private: Path, kernel_version: int) -> list[str]:
    application = {"lab": "LabApp", "notebook": "JupyterNotebookApp"}[app]
    return [
        *(sys.executable, "-m", {"lab": "jupyterlab", "notebook": "notebook"}[app]),
        "--no-browser",
        "--allow-root",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={folder}",
        "--ServerApp.terminals_enabled=False",
        f"--MultiKernelManager.default_kernel_name={interpreters.KERNEL_NAMES[kernel_version]}",
        "--IdentityProvider.token=",
        "--ServerApp.password=",
        "--ServerApp.disable_check_xsrf=True",
        f"--{application}.expose_app_in_browser=True",
        f"--{application}.user_settings_dir={private / 'settings'}",
        f"--{application}.workspaces_dir={private / 'workspaces'}",
    ]


def _wait(server: JupyterServer, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not _answers(server):
        assert process.poll() is None, f"The server ended:\n{server.log.read_text()}"
        assert time.monotonic() < deadline, f"The server did not answer:\n{server.log.read_text()}"
        time.sleep(0.1)


def _answers(server: JupyterServer) -> bool:
    try:
        server.api("status")
    except OSError:
        return False
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the server and the kernels it started, all of which are in its process group or end with it."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
