"""One cell sent to a kernel, and what came of it, as a notebook would keep it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.harness.kernel import Kernel

ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, kw_only=True)
class CellError:
    """What a cell failed with."""

    name: str
    value: str
    text: str
    """The traceback as shown, without colours."""


class Execution:
    """A cell that was sent, and its outputs so far."""

    def __init__(self, kernel: Kernel, identifier: str, code: str) -> None:
        self.kernel = kernel
        self.id = identifier
        self.code = code
        self.outputs: list[dict[str, Any]] = []
        """In the notebook format, updates of displays applied."""
        self.count: int | None = None
        self.is_idle = False
        self._clear_next = False

    def wait(self, timeout: float = 60.0) -> Execution:
        """Wait until the kernel has said that it is done with this cell."""
        self.kernel.wait_for(lambda: self.is_idle, timeout, f"the end of the cell {self.code[:80]!r}")
        return self

    @property
    def error(self) -> CellError | None:
        """What the cell failed with, if it did."""
        for output in self.outputs:
            if output["output_type"] == "error":
                text = ANSI.sub("", "\n".join(output["traceback"]))
                return CellError(name=output["ename"], value=output["evalue"], text=text)
        return None

    @property
    def stdout(self) -> str:
        """All that was printed."""
        return self._stream("stdout")

    @property
    def stderr(self) -> str:
        """All that went to the error stream."""
        return self._stream("stderr")

    @property
    def data(self) -> list[dict[str, Any]]:
        """The MIME bundles displayed, in order."""
        return [output["data"] for output in self.outputs if "data" in output]

    @property
    def html(self) -> str:
        """All HTML displayed, in order."""
        return "\n".join(str(bundle["text/html"]) for bundle in self.data if "text/html" in bundle)

    @property
    def text(self) -> str:
        """All plain text displayed, in order."""
        return "\n".join(str(bundle["text/plain"]) for bundle in self.data if "text/plain" in bundle)

    @property
    def result(self) -> str | None:
        """The plain text of the cell's value, if it has one."""
        for output in self.outputs:
            if output["output_type"] == "execute_result":
                return str(output["data"].get("text/plain"))
        return None

    def take(self, kind: str, content: dict[str, Any]) -> None:
        """Add one published message to the outputs."""
        if kind == "status":
            self.is_idle = content["execution_state"] == "idle"
        elif kind == "execute_input":
            self.count = content["execution_count"]
        elif kind == "clear_output":
            self._clear_next = content["wait"]
            if not content["wait"]:
                self.outputs.clear()
        elif kind in {"stream", "display_data", "execute_result", "error"}:
            if self._clear_next:
                self.outputs.clear()
                self._clear_next = False
            self._append({"output_type": kind, **content})

    def update_display(self, content: dict[str, Any]) -> None:
        """Replace what was displayed under the same display id."""
        for output in self.outputs:
            if output.get("transient", {}).get("display_id") == content["transient"]["display_id"]:
                output.update(data=content["data"], metadata=content["metadata"])

    def _append(self, output: dict[str, Any]) -> None:
        last = self.outputs[-1] if self.outputs else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            last["text"] += output["text"]
        else:
            self.outputs.append(output)

    def _stream(self, name: str) -> str:
        return "".join(output["text"] for output in self.outputs if output.get("name") == name)
