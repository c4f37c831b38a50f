"""The source of a function as it was when its code was loaded.

A module that was edited and not loaded again leaves old code in memory beside a new file: the source that `inspect`
reads then is not that of the code that runs. The cells of a notebook never have this problem: each version is kept
under a name of its own.
"""

from __future__ import annotations

import ast
import functools
import inspect
import linecache
import os
import textwrap
import types
import weakref
from pathlib import Path
from typing import Final

from nb_assets.fingerprint.names import with_nested
from nb_assets.fingerprint.normal_form import normal_form_of_code, parsed

_DEFINITIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


# The source of code as it was when it was first asked for: the file may hold another one later, while the code still runs.
# By identity: equal code of two files is one to Python.
_read: dict[int, tuple[weakref.ref[types.CodeType], str]] = {}


def _remember(code: types.CodeType, source: str) -> str:
    at = id(code)
    _read[at] = (weakref.ref(code, lambda _: _read.pop(at, None)), source)
    return source


def _remembered(code: types.CodeType) -> str | None:
    reference, source = _read.get(id(code), (None, None))
    return source if reference is not None and reference() is code else None


class SourceFile:
    """A file that code came from, one object for each, of which can be asked whether it was written again."""

    def __init__(self, path: str) -> None:
        self._path = path

    def stamp(self) -> str:
        """Return what differs once it was written again."""
        try:
            status = os.stat(self._path)  # noqa: PTH116 - asked for every status
        except OSError:
            return ""
        return f"{status.st_mtime_ns} {status.st_size}"


_files: dict[str, SourceFile] = {}


def source_file(code: types.CodeType) -> SourceFile | None:
    """Return the file that code came from, where there is one: cells of a notebook have none."""
    known = _files.get(code.co_filename)
    if known is None and os.path.isfile(code.co_filename):  # noqa: PTH113 - as above
        known = _files[code.co_filename] = SourceFile(code.co_filename)
    return known


def loaded_source(fn: types.FunctionType) -> str | None:
    """Return the source of a function, or None when it cannot be found or is not what was loaded."""
    code = _in_its_file(fn.__code__)
    if code is None:
        return _remembered(fn.__code__)
    source = _source_of_code(code, code.co_filename)
    if source is None:
        return None
    return _remember(fn.__code__, textwrap.dedent(source))


def is_as_loaded(code: types.CodeType) -> bool:
    """Tell whether the file that code came from still holds that code; where there is no file, it does."""
    return _in_its_file(code) is not None


def _in_its_file(code: types.CodeType) -> types.CodeType | None:
    """Return code as it is compiled from its file now, which says where it is; None where the file holds other code."""
    try:
        status = os.stat(code.co_filename)  # noqa: PTH116 - asked for every function of every fingerprint
    except OSError:
        return code
    at = (code.co_filename, status.st_mtime_ns, status.st_size)
    # IPython's autoreload compiles what was edited alone, as if it stood in the first line.
    return code if code in _compiled(*at) else _by_form(*at).get((code.co_name, normal_form_of_code(code)))


@functools.lru_cache(maxsize=256)
def _compiled(filename: str, modified: int, size: int) -> frozenset[types.CodeType]:
    """Return all code of a file as Python compiles it now: none when it does not compile."""
    del modified, size  # what tells that the file is another one
    try:
        module = compile(Path(filename).read_bytes(), filename, "exec", dont_inherit=True)
    except (OSError, SyntaxError, ValueError):
        return frozenset()
    return frozenset(with_nested(module))


@functools.lru_cache(maxsize=256)
def _by_form(filename: str, modified: int, size: int) -> dict[tuple[str, str], types.CodeType]:
    """Return all code of a file by its name and by what it does, wherever it stands."""
    return {(code.co_name, normal_form_of_code(code)): code for code in _compiled(filename, modified, size)}


@functools.lru_cache(maxsize=8192)
def _source_of_code(code: types.CodeType, filename: str) -> str | None:
    # Code of two files can be equal while their sources are not, so the name of the file is part of the question.
    linecache.checkcache(filename)
    lines = linecache.getlines(filename)
    try:
        if not lines or code.co_name == "<module>":
            return inspect.getsource(code)
        # What `inspect.getsource` does, without its search through all modules for the one that the file is of.
        return "".join(_block(lines, code.co_firstlineno - 1))
    except (OSError, TypeError, IndexError, SyntaxError):
        return None


def _block(lines: list[str], first: int) -> list[str]:
    """Return the lines of what begins in one, as `inspect.getblock` does: it is asked of each function of a notebook."""
    block = _indented(lines, first)
    return inspect.getblock(lines[first:]) if block is None else block


def _indented(lines: list[str], first: int) -> list[str] | None:
    """Return the lines of a definition by how they are indented; None where only reading its tokens tells them."""
    at, base = first, _indentation(lines[first])
    while at < len(lines) and lines[at].lstrip().startswith("@"):
        at += 1
    body, last = 0, at
    for number in range(at + 1, len(lines)):
        line = lines[number]
        text = line.strip()
        if not text:
            continue
        indentation = _indentation(line)
        if text.startswith("#"):
            # Comments below are its own as far as they are indented as its body is.
            last = number if body and indentation >= body else last
        elif indentation > base:
            body, last = body or indentation, number
        else:
            break
    block = lines[first : last + 1]
    tree = (
        None
        if any("\t" in line or "\f" in line for line in block)
        else parsed(textwrap.dedent("".join(block)))
    )
    # Cut within brackets or a text of several lines, it cannot be parsed.
    alone = tree is not None and len(tree.body) == 1 and isinstance(tree.body[0], _DEFINITIONS)
    return block if alone else None


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())


def source_of_lambda(code: types.CodeType) -> str | None:
    """Return a lambda as it is written, alone; None when it cannot be told which of its line it is."""
    placed = _in_its_file(code)
    if placed is None:
        return _remembered(code)
    source = _written_lambda(placed)
    return source if source is None else _remember(code, source)


def _written_lambda(code: types.CodeType) -> str | None:
    lines = linecache.getlines(code.co_filename)
    found = _lambdas("".join(lines)).get(code.co_firstlineno, ())
    if len(found) > 1:
        alike = tuple(one for one in found if _compiles_to(one, code))
        found = tuple(one for one in alike or found if _is_placed(one, code)) or alike
    return ast.unparse(found[0]) if len({ast.dump(one) for one in found}) == 1 else None


@functools.lru_cache(maxsize=256)
def _lambdas(text: str) -> dict[int, tuple[ast.Lambda, ...]]:
    """Return the lambdas of a text by the lines that they begin in."""
    found: dict[int, tuple[ast.Lambda, ...]] = {}
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return found
    for node in ast.walk(tree):
        if isinstance(node, ast.Lambda):
            found[node.lineno] = (*found.get(node.lineno, ()), node)
    return found


def _compiles_to(node: ast.Lambda, code: types.CodeType) -> bool:
    """Tell whether a lambda gives this code; one with a closure does not, standing alone."""
    alone = compile(ast.Expression(node), code.co_filename, "eval", dont_inherit=True).co_consts[0]
    return normal_form_of_code(alone) == normal_form_of_code(code)


def _is_placed(node: ast.Lambda, code: types.CodeType) -> bool:
    """Tell whether code comes from the place of a lambda, as far as it says: since Python 3.11."""
    positions = getattr(code, "co_positions", None)
    if positions is None:
        return True
    body = node.body
    first, last = (body.lineno, body.col_offset), (body.end_lineno, body.end_col_offset)
    places = [(line, column) for line, _, column, _ in positions() if column]
    return bool(places) and all(first <= place <= last for place in places)
