"""Errors of the user's code, told with the user's own frames alone."""

from __future__ import annotations

import os
import traceback
from pathlib import Path
from types import TracebackType

from nb_assets.execution.events import ErrorInfo

_PACKAGE = str(Path(__file__).parents[1]) + os.sep


def error_info(error: BaseException) -> ErrorInfo:
    """Return an error as it is told; the exception's own traceback is cut to the user's part too."""
    error.__traceback__ = without_own_frames(error.__traceback__)
    text = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    return ErrorInfo(type_name=type(error).__name__, message=_message(error), traceback=text, exception=error)


def without_own_frames(trace: TracebackType | None) -> TracebackType | None:
    """Return the traceback from the first frame on that is not this package's, or None when there is none."""
    while trace is not None and trace.tb_frame.f_code.co_filename.startswith(_PACKAGE):
        trace = trace.tb_next
    return trace


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except Exception as failure:  # noqa: BLE001 - a user's __str__ may raise anything
        return f"(its message cannot be read: {type(failure).__name__})"
