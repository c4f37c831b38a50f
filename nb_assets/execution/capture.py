"""Prints of a step, caught where they happen and told as events under their asset.

`sys.stdout` is replaced while a run lasts by a stream that looks at a context variable: what a step prints goes to the
step, what the rest of the kernel prints at the same time goes where it always went. A step in a background thread is
told apart from a busy cell by that alone.
"""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Literal, TextIO

StreamName = Literal["stdout", "stderr"]
Emit = Callable[[StreamName, str], None]

_current: ContextVar[StepOutput | None] = ContextVar("nb_assets_step_output", default=None)
_lock = threading.Lock()
_users = 0


class StepOutput:
    """Collects what a step writes and hands it on in whole lines, or at a flush.

    Parameters
    ----------
    emit
        Called with the name of the stream and the text.
    echo
        Whether the text also goes where it would have gone.
    """

    def __init__(self, emit: Emit, *, echo: bool) -> None:
        self.echo = echo
        self._emit = emit
        self._pending: dict[StreamName, str] = {"stdout": "", "stderr": ""}
        self._lock = threading.Lock()

    def write(self, stream: StreamName, text: str) -> None:
        """Take a text; hand on the lines that it completes."""
        with self._lock:
            whole, newline, rest = (self._pending[stream] + text).rpartition("\n")
            self._pending[stream] = rest
        if newline:
            self._emit(stream, whole + newline)

    def flush(self) -> None:
        """Hand on what is left of an unfinished line."""
        if not self._pending["stdout"] and not self._pending["stderr"]:
            return
        for stream in self._pending:
            with self._lock:
                text, self._pending[stream] = self._pending[stream], ""
            if text:
                self._emit(stream, text)


class _Router(io.TextIOBase):
    """Stands for a stream of the process and sends what is written to the step that writes, if one does."""

    def __init__(self, original: TextIO, name: StreamName) -> None:
        self.original = original
        self._name = name

    def write(self, text: str) -> int:
        output = _current.get()
        if output is None:
            return self.original.write(text)
        output.write(self._name, text)
        return self.original.write(text) if output.echo else len(text)

    def flush(self) -> None:
        # Progress bars flush an unfinished line to show it.
        if (output := _current.get()) is not None:
            output.flush()
        self.original.flush()

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self.original.isatty()

    def fileno(self) -> int:
        return self.original.fileno()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self.original.encoding

    def __getattr__(self, name: str) -> Any:
        return getattr(self.original, name)


@contextmanager
def routed_streams() -> Iterator[None]:
    """Route prints to their steps while the block lasts; blocks may overlap on several threads."""
    global _users  # noqa: PLW0603 - the streams are the process's, and so is their count of users
    with _lock:
        _users += 1
        if _users == 1:
            sys.stdout = _Router(sys.stdout, "stdout")
            sys.stderr = _Router(sys.stderr, "stderr")
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if _users == 0:
                # Somebody may have put a stream of their own over ours in the meantime: theirs stays.
                if isinstance(sys.stdout, _Router):
                    sys.stdout = sys.stdout.original
                if isinstance(sys.stderr, _Router):
                    sys.stderr = sys.stderr.original


class capturing:  # noqa: N801 - used as a function is
    """Send what this context prints to a step, while the block lasts."""

    def __init__(self, output: StepOutput) -> None:
        self._output = output

    def __enter__(self) -> None:
        self._token = _current.set(self._output)

    def __exit__(self, *_error: object) -> None:
        _current.reset(self._token)
        self._output.flush()
