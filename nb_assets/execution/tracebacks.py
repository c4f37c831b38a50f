"""Errors of the user's code, told with the user's own frames alone."""

from __future__ import annotations

import asyncio
import os
import traceback
from pathlib import Path
from types import TracebackType

from nb_assets.execution.events import ErrorInfo

_PACKAGE = str(Path(__file__).parents[1]) + os.sep
# The event loop calls the user's coroutines between our frames.
_OURS = (_PACKAGE, str(Path(asyncio.__file__).parent) + os.sep)
# As much of a message as anybody reads; the exception itself keeps all of it.
_LONGEST_MESSAGE = 4_000
_LONGEST_TRACEBACK = 100_000


def error_info(error: BaseException) -> ErrorInfo:
    """Return an error as it is told; the exception's own traceback is cut to the user's part too."""
    error.__traceback__ = without_own_frames(error.__traceback__)
    text = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    return ErrorInfo(
        type_name=type(error).__name__,
        message=_cut(_message(error), _LONGEST_MESSAGE),
        traceback=_cut(text, _LONGEST_TRACEBACK),
        exception=error,
    )


def without_own_frames(trace: TracebackType | None) -> TracebackType | None:
    """Return the traceback from the first frame on that is the user's, or None when there is none."""
    frame, behind = trace, None
    while frame is not None and frame.tb_frame.f_code.co_filename.startswith(_OURS):
        if frame.tb_frame.f_code.co_filename.startswith(_PACKAGE):
            behind = frame.tb_next
        frame = frame.tb_next
    # An error of asyncio's own, raised into no frame of the user's, is told from where it left us.
    return behind if frame is None else frame


def _cut(text: str, limit: int) -> str:
    """Leave out the middle of a long text: an error says what it is about at its start or its end."""
    # Half a character, as in the name of a file from elsewhere, can neither be stored nor shown.
    text = text.encode("utf-8", "backslashreplace").decode()
    if len(text) <= limit:
        return text
    half = limit // 2
    return f"{text[:half]}\n… {len(text) - 2 * half:,} more characters …\n{text[-half:]}"


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except Exception as failure:  # noqa: BLE001 - a user's __str__ may raise anything
        return f"(its message cannot be read: {type(failure).__name__})"
