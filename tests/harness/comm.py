"""A comm, spoken raw: what a widget's front end receives and sends, without a front end."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.harness.kernel import Kernel

WIDGET_TARGET = "jupyter.widget"


class Comm:
    """One open comm, the state it has told, and the custom messages it has brought."""

    def __init__(self, kernel: Kernel, *, target: str = WIDGET_TARGET, identifier: str | None = None) -> None:
        self.kernel = kernel
        self.target = target
        self.id = identifier or uuid.uuid4().hex
        self.state: dict[str, Any] = {}
        self.messages: list[Any] = []
        """The contents of custom messages, in order."""
        self.buffers: list[list[bytes]] = []
        """The buffers of each of them."""
        self.received: list[dict[str, Any]] = []
        """All data of any kind, in order."""
        self.is_open = True

    def opened_by_kernel(self, data: Mapping[str, Any], buffers: list[Any]) -> None:
        """Take the state that a comm was opened with."""
        self.state.update(data.get("state", {}))
        _put(self.state, data.get("buffer_paths", []), buffers)

    def take(self, kind: str, data: dict[str, Any], buffers: list[Any]) -> None:
        """Take a message that the kernel sent."""
        if kind == "comm_close":
            self.is_open = False
            return
        self.received.append(data)
        if data.get("method") == "custom":
            self.messages.append(data["content"])
            self.buffers.append([bytes(buffer) for buffer in buffers])
        elif data.get("method") == "update":
            self.state.update(data["state"])
            _put(self.state, data.get("buffer_paths", []), buffers)

    def send(self, content: Any, *, buffers: list[bytes] | None = None, on_main_shell: bool = False) -> None:
        """Send a custom message, as `model.send` does."""
        self.send_data({"method": "custom", "content": content}, buffers=buffers, on_main_shell=on_main_shell)

    def update(self, state: Mapping[str, Any], *, on_main_shell: bool = False) -> None:
        """Send new state, as `model.save_changes` does."""
        data = {"method": "update", "state": dict(state), "buffer_paths": []}
        self.send_data(data, on_main_shell=on_main_shell)

    def send_data(
        self, data: Mapping[str, Any], *, buffers: list[bytes] | None = None, on_main_shell: bool = False
    ) -> None:
        """Send any data, well formed or not: beside a busy cell where the kernel can, unless told otherwise."""
        subshell = None if on_main_shell else self.kernel.subshell()
        self.kernel.send(
            "comm_msg", {"comm_id": self.id, "data": dict(data)}, buffers=buffers, subshell=subshell
        )

    def close(self) -> None:
        """Close the comm from this side."""
        self.is_open = False
        self.kernel.send("comm_close", {"comm_id": self.id, "data": {}})

    def wait_for_message(
        self, matches: Callable[[Any], bool], timeout: float = 60.0, *, since: int = 0
    ) -> Any:
        """Wait for a custom message that matches, among those from a position on."""

        def first() -> tuple[Any] | None:
            return next(((message,) for message in self.messages[since:] if matches(message)), None)

        return self.kernel.wait_for(first, timeout, f"a matching message (so far: {self.messages[-3:]})")[0]

    def wait_for_state(
        self, matches: Callable[[dict[str, Any]], bool], timeout: float = 60.0
    ) -> dict[str, Any]:
        """Wait until the state matches."""
        self.kernel.wait_for(lambda: matches(self.state), timeout, "a matching state")
        return self.state


def _put(state: dict[str, Any], paths: list[list[Any]], buffers: list[Any]) -> None:
    for path, buffer in zip(paths, buffers, strict=False):
        place: Any = state
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = bytes(buffer)
