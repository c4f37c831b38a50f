"""The source of a function as it was when its code was loaded.

A module that was edited and not loaded again leaves old code in memory beside a new file: the source that `inspect`
reads then is not that of the code that runs. The cells of a notebook never have this problem: each version is kept
under a name of its own.
"""

from __future__ import annotations

import functools
import inspect
import os
import textwrap
import types
from collections.abc import Iterator
from pathlib import Path


def loaded_source(fn: types.FunctionType) -> str | None:
    """Return the source of a function, or None when it cannot be found or is not what was loaded."""
    code = fn.__code__
    if not is_as_loaded(code):
        return None
    source = _source_of_code(code, code.co_filename)
    return None if source is None else textwrap.dedent(source)


def is_as_loaded(code: types.CodeType) -> bool:
    """Tell whether the file that code came from still holds that code; where there is no file, it does."""
    try:
        status = os.stat(code.co_filename)  # noqa: PTH116 - asked for every function of every fingerprint
    except OSError:
        return True
    return code in _compiled(code.co_filename, status.st_mtime_ns, status.st_size)


@functools.lru_cache(maxsize=256)
def _compiled(filename: str, modified: int, size: int) -> frozenset[types.CodeType]:
    """Return all code of a file as Python compiles it now: none when it does not compile."""
    del modified, size  # what tells that the file is another one
    try:
        module = compile(Path(filename).read_bytes(), filename, "exec", dont_inherit=True)
    except (OSError, SyntaxError, ValueError):
        return frozenset()
    return frozenset(_with_nested(module))


def _with_nested(code: types.CodeType) -> Iterator[types.CodeType]:
    pending = [code]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(constant for constant in current.co_consts if isinstance(constant, types.CodeType))


@functools.lru_cache(maxsize=8192)
def _source_of_code(code: types.CodeType, filename: str) -> str | None:
    # Code of two files can be equal while their sources are not, so the name of the file is part of the question.
    del filename
    try:
        return inspect.getsource(code)
    except (OSError, TypeError):
        return None
