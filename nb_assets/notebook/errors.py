"""Show a failed asset's error as the user's own: their frames and the libraries' below, none of ours.

Errors of ours (`nb_assets.errors`) render themselves as a paragraph and need nothing here.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from nb_assets.errors import NbAssetsError

if TYPE_CHECKING:
    from types import TracebackType

    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["RunInterrupted", "show_as_users_own", "users_frames"]

_OURS = str(Path(__file__).parent.parent)
# A step that ran on a thread reaches its caller through these.
_MACHINERY = ("concurrent/futures/thread.py", "concurrent/futures/_base.py", "/threading.py")


class RunInterrupted(KeyboardInterrupt):
    """The user stopped a run; the report says what was kept."""

    def _render_traceback_(self) -> list[str]:
        return [f"KeyboardInterrupt: {self}"]


def users_frames(traceback: TracebackType | None) -> TracebackType | None:
    """Return the traceback from the first frame that is not ours, or None."""
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if not file.startswith(_OURS) and not file.replace("\\", "/").endswith(_MACHINERY):
            return traceback
        traceback = traceback.tb_next
    return None


def show_as_users_own(shell: InteractiveShell, error: BaseException) -> None:
    """Have the shell show only the user's frames when `error` is raised to it."""
    frames = users_frames(error.__traceback__)
    if frames is None or isinstance(error, NbAssetsError):
        return

    def render() -> list[str]:
        shown: list[str] = shell.InteractiveTB.structured_traceback(type(error), error, frames, tb_offset=0)
        return shown

    # An exception with slots keeps its whole traceback, which is longer but no less true.
    with contextlib.suppress(AttributeError, TypeError):
        error._render_traceback_ = render  # type: ignore[attr-defined]
