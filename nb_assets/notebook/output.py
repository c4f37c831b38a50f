"""One output of a cell that can be drawn again.

Responsible for sending a report to where the cell was run, from any thread. Where nothing can be drawn twice (a
terminal) only the final form is sent.
"""

from __future__ import annotations

import threading
import uuid
from typing import TYPE_CHECKING, Any

from IPython.display import display

from nb_assets.views.report import Report

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["WITHOUT_KERNEL", "Output", "can_redraw", "display_widget"]

# Reopened without a kernel, a widget's place is a bare line, "Loading widget..." or "Error displaying widget: model not
# found". Beside an output of ours that says the same, a place with nothing but text in it is hidden.
WITHOUT_KERNEL = (
    "<style>.jp-OutputArea:has([data-nb-assets])>.jp-OutputArea-child"
    ":has(>.lm-Panel.jp-OutputArea-output):not(:has(>.lm-Panel.jp-OutputArea-output>*)){display:none}</style>"
)

_EMPTY = Report(
    html="<style>.jp-OutputArea-child:has([data-nb-assets=done]){display:none}</style><i data-nb-assets='done'></i>",
    text="",
)


def can_redraw(shell: InteractiveShell) -> bool:
    """Whether outputs of this shell can be replaced: in a kernel, not in a terminal."""
    return hasattr(shell, "kernel")


def display_widget(widget: Any) -> None:
    """Display a widget that says nothing where there can be none: what it would say stands in the output beside it."""
    made = widget._repr_mimebundle_()
    data, metadata = made if isinstance(made, tuple) else (made, {})
    display({**data, "text/plain": ""}, metadata=metadata, raw=True)


class Output:
    """A place below the cell, filled when first shown."""

    def __init__(self, *, live: bool) -> None:
        self._live = live
        self._id = f"nb-assets-{uuid.uuid4().hex}"
        self._shown: Report | None = None
        self._lock = threading.Lock()

    def draw(self, report: Report) -> None:
        """Show the report as it is now; nothing happens where it would stay below its next form."""
        if self._live:
            self._send(report)

    def finish(self, report: Report) -> None:
        """Show the final form."""
        self._send(report)

    def clear(self) -> None:
        """Take away what is shown."""
        if self._shown is not None and self._live:
            self._send(_EMPTY)

    def _send(self, report: Report) -> None:
        with self._lock:
            if report == self._shown:
                return
            again = self._shown is not None and self._live
            self._shown = report
            data = {"text/plain": report.text, "text/html": report.html}
            display(data, raw=True, display_id=self._id, update=again)
