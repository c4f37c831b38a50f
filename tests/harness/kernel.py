"""A real IPython kernel in its own process, spoken to over its own sockets as a front end does.

One reader: whatever waits reads the kernel's messages and hands each to the execution or the comm that it belongs to.
"""

from __future__ import annotations

import os
import queue
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

from tests.harness.comm import Comm
from tests.harness.execution import Execution

PATIENCE = 60.0
"""Seconds that a test waits for a kernel on two busy cores before it gives up."""

ATTEMPTS = 3
"""How often a kernel is started that dies at once: another process can take its ports before it binds them."""


class Kernel:
    """A running kernel, and what it has said so far."""

    def __init__(self, manager: KernelManager) -> None:
        self.manager = manager
        self.client = manager.client()
        self.comms: dict[str, Comm] = {}
        self.messages: list[dict[str, Any]] = []
        """All that was published since the start, in order."""
        self._executions: dict[str, Execution] = {}
        self._subshell: str | None = None
        self._connect()

    def execute(self, code: str, *, cell_id: str | None = None, timeout: float = PATIENCE) -> Execution:
        """Run a cell and wait for its end."""
        return self.submit(code, cell_id=cell_id).wait(timeout)

    def run(self, code: str, *, cell_id: str | None = None, timeout: float = PATIENCE) -> Execution:
        """Run a cell that must not fail."""
        execution = self.execute(code, cell_id=cell_id, timeout=timeout)
        assert execution.error is None, execution.error.text
        return execution

    def submit(self, code: str, *, cell_id: str | None = None) -> Execution:
        """Send a cell and return at once."""
        content = {
            "code": code,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": True,
        }
        # As JupyterLab sends it: the kernel knows a cell by the id in the request's metadata.
        metadata = (
            {"cellId": cell_id, "deletedCells": [], "recordTiming": False} if cell_id is not None else {}
        )
        identifier = self.send("execute_request", content, metadata=metadata)
        execution = self._executions[identifier] = Execution(self, identifier, code)
        return execution

    def complete(self, code: str, cursor: int | None = None) -> list[str]:
        """Return what Tab offers."""
        reply = self.client.complete(code, cursor, reply=True, timeout=PATIENCE)
        return list(reply["content"]["matches"])

    def inspect(self, code: str, cursor: int | None = None) -> str:
        """Return what `?` and Shift-Tab show."""
        reply = self.client.inspect(code, cursor, reply=True, timeout=PATIENCE)
        return str(reply["content"].get("data", {}).get("text/plain", ""))

    def interrupt(self) -> None:
        """Press the stop button."""
        self.manager.interrupt_kernel()

    def restart(self) -> None:
        """Restart, and forget what the kernel before said."""
        self.client.stop_channels()
        self.manager.restart_kernel(now=True)
        self.client = self.manager.client()
        self.comms.clear()
        self.messages.clear()
        self._executions.clear()
        self._subshell = None
        self._connect()

    def kill(self) -> None:
        """End the kernel with `kill -9`, then start another in its place."""
        provisioner = self.manager.provisioner
        assert provisioner is not None
        os.kill(provisioner.pid, signal.SIGKILL)
        self.restart()

    def open_comm(self, target: str, data: Mapping[str, Any] | None = None) -> Comm:
        """Open a comm from this side."""
        comm = Comm(self, target=target)
        self.comms[comm.id] = comm
        self.send("comm_open", {"comm_id": comm.id, "target_name": target, "data": dict(data or {})})
        return comm

    def widget(self, matches: Callable[[Comm], bool], timeout: float = PATIENCE) -> Comm:
        """Wait for a widget's comm that matches, the newest of them."""

        def newest() -> Comm | None:
            return next((comm for comm in reversed(self.comms.values()) if matches(comm)), None)

        return self.wait_for(newest, timeout, "a widget that matches")

    def wait_for(
        self, found: Callable[[], Any], timeout: float = PATIENCE, what: str = "what the test waits for"
    ) -> Any:
        """Read messages until a function returns something true, and return that."""
        deadline = time.monotonic() + timeout
        while not (value := found()):
            if time.monotonic() > deadline:
                message = (
                    f"The kernel did not bring {what} in {timeout:g} s. Its last messages: {self._last()}"
                )
                raise TimeoutError(message)
            assert self.manager.is_alive(), f"The kernel died. Its last messages: {self._last()}"
            self.read(0.2)
        return value

    def settle(self, quiet: float = 0.5) -> None:
        """Read messages until none has come for a while."""
        while self.read(quiet):
            pass

    def read(self, timeout: float = 0.0) -> bool:
        """Read one message, if one comes in time."""
        try:
            message = self.client.get_iopub_msg(timeout=timeout)
        except queue.Empty:
            return False
        self._take(message)
        return True

    def reply_to(self, identifier: str, timeout: float = PATIENCE) -> dict[str, Any]:
        """Return the reply on the shell channel to a request."""
        deadline = time.monotonic() + timeout
        while True:
            reply = self.client.get_shell_msg(timeout=max(0.01, deadline - time.monotonic()))
            if reply["parent_header"].get("msg_id") == identifier:
                return dict(reply)

    def send(
        self,
        kind: str,
        content: Mapping[str, Any],
        *,
        metadata: Mapping[str, Any] | None = None,
        buffers: list[bytes] | None = None,
        subshell: str | None = None,
    ) -> str:
        """Send any message on the shell channel and return its id."""
        session = self.client.session
        message = session.msg(kind, dict(content), metadata=dict(metadata or {}))
        if subshell is not None:
            message["header"]["subshell_id"] = subshell
        session.send(self.client.shell_channel.socket, message, buffers=buffers)
        return str(message["header"]["msg_id"])

    @property
    def supports_subshells(self) -> bool:
        """Whether comm messages can be handled beside a busy cell (ipykernel 7)."""
        return "kernel subshells" in self._features

    def subshell(self) -> str | None:
        """Return the subshell that comm messages go to, as JupyterLab makes one, or None where there are none."""
        if self._subshell is None and self.supports_subshells:
            session = self.client.session
            message = session.msg("create_subshell_request", {})
            session.send(self.client.control_channel.socket, message)
            while True:
                reply = self.client.get_control_msg(timeout=PATIENCE)
                if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                    break
            self._subshell = str(reply["content"]["subshell_id"])
        return self._subshell

    def _connect(self) -> None:
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)
        information = self.client.kernel_info(reply=True, timeout=PATIENCE)
        self._features = tuple(information["content"].get("supported_features", ()))

    def _take(self, message: dict[str, Any]) -> None:
        self.messages.append(message)
        kind, content = message["msg_type"], message["content"]
        parent = message["parent_header"].get("msg_id", "")
        if kind == "comm_open":
            comm = Comm(self, target=content["target_name"], identifier=content["comm_id"])
            comm.opened_by_kernel(content["data"], message.get("buffers", []))
            self.comms[comm.id] = comm
        elif kind in {"comm_msg", "comm_close"}:
            comm = self.comms.get(content["comm_id"])
            if comm is not None:
                comm.take(kind, content["data"], message.get("buffers", []))
        elif kind in {"update_display_data", "display_data"} and content.get("transient", {}).get(
            "display_id"
        ):
            for execution in self._executions.values():
                execution.update_display(content)
            if kind == "display_data" and parent in self._executions:
                self._executions[parent].take(kind, content)
        elif parent in self._executions:
            self._executions[parent].take(kind, content)

    def _last(self) -> list[tuple[str, str]]:
        return [(message["msg_type"], str(message["content"])[:200]) for message in self.messages[-8:]]


@contextmanager
def kernel(python: str | Path, folder: Path, environment: Mapping[str, str]) -> Iterator[Kernel]:
    """Start a kernel with an interpreter, in a folder, and end it afterwards."""
    running = _start(python, folder, environment)
    try:
        yield running
    finally:
        running.client.stop_channels()
        _end(running.manager)


def _start(python: str | Path, folder: Path, environment: Mapping[str, str]) -> Kernel:
    # The log level keeps a note on encryption out of the tests' output.
    argv = [
        str(python),
        "-m",
        "ipykernel_launcher",
        "-f",
        "{connection_file}",
        "--IPKernelApp.log_level=ERROR",
    ]
    for attempt in range(ATTEMPTS):
        manager = KernelManager(kernel_name="tests")
        manager._kernel_spec = KernelSpec(argv=argv, display_name="tests", language="python")
        manager.start_kernel(cwd=str(folder), env=dict(environment))
        try:
            return Kernel(manager)
        except RuntimeError:
            _end(manager)
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError


def _end(manager: KernelManager) -> None:
    manager.shutdown_kernel(now=True)
    manager.cleanup_resources()
