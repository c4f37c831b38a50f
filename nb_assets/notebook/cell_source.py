"""What can be told of a cell from its source alone: what it binds, which names it takes from outside, how it ends."""

from __future__ import annotations

import ast
import symtable
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nb_assets.errors import CellError

_DECORATORS = frozenset({"asset", "multi_asset", "graph_asset", "graph_multi_asset"})
_QUIET = (
    ast.Import,
    ast.ImportFrom,
    ast.Assign,
    ast.AnnAssign,
    ast.ClassDef,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
)


@dataclass(frozen=True)
class CellSource:
    """A cell's source: as it was typed, and as plain Python without magics.

    Line 1 is the line of the `%%asset` magic itself, blank in `python`, so that tracebacks count as the notebook does.
    """

    typed: str
    python: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed source.

        Raises
        ------
        CellError
            When it is no Python.
        """
        try:
            tree = ast.parse(self.python)
            # Compiling finds what parsing lets pass, such as a `return` outside of any function.
            compile(tree, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        except SyntaxError as error:
            line = (error.text or "").strip()
            shown = f", in `{line}`" if line else ""
            raise CellError(
                f"the cell cannot be read: {error.msg}, at line {error.lineno}{shown}. Nothing was registered or changed."
            ) from None
        return tree

    @property
    def functions(self) -> list[str]:
        """The names of the plain functions at its top level, those with an asset decorator left out."""
        return [node.name for node in self._defs if not any(map(_is_asset_decorator, node.decorator_list))]

    @property
    def has_decorated(self) -> bool:
        """Whether a function at its top level bears an asset decorator."""
        return any(_is_asset_decorator(decorator) for node in self._defs for decorator in node.decorator_list)

    @property
    def only_defines(self) -> bool:
        """Whether it has nothing but imports, assignments, functions and classes."""
        return all(isinstance(node, _QUIET) or _is_docstring(node) for node in self.tree.body)

    @property
    def last_expression(self) -> ast.expr | None:
        """The expression that the cell ends with, if it does."""
        last = self.tree.body[-1] if self.tree.body else None
        # A text at the end is a value; one that something follows is a docstring.
        return last.value if isinstance(last, ast.Expr) else None

    @property
    def is_silent(self) -> bool:
        """Whether a semicolon at the end keeps the last value from being shown."""
        code = [
            line for line in self.typed.splitlines() if line.strip() and not line.lstrip().startswith("#")
        ]
        return bool(code) and code[-1].rstrip().endswith(";")

    @cached_property
    def bound(self) -> list[str]:
        """The names that the top level binds: by assignment, import, def or class."""
        table = self._table
        return [s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()]

    @cached_property
    def taken(self) -> list[str]:
        """The names that it reads before it binds them, at its top level or in functions inside it."""
        bound = set(self.bound)
        free = dict.fromkeys(name for name in _read_globals(self._table) if name not in bound)
        return list(free | dict.fromkeys(_read_before_bound(self.tree, bound)))

    @property
    def awaits(self) -> bool:
        """Whether the top level awaits something."""
        return any(
            isinstance(node, (ast.Await, ast.AsyncFor, ast.AsyncWith)) for node in _top_level(self.tree)
        )

    @cached_property
    def _table(self) -> symtable.SymbolTable:
        return symtable.symtable(self.python, "<cell>", "exec")

    @property
    def _defs(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        return [node for node in self.tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def _is_asset_decorator(decorator: ast.expr) -> bool:
    target = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")
    return name in _DECORATORS


def _is_docstring(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _read_globals(table: symtable.SymbolTable) -> Iterator[str]:
    """Yield the names that the module or any scope inside it reads from the module's scope."""
    pending = [table]
    while pending:
        scope = pending.pop()
        at_top = scope.get_type() == "module"
        for symbol in scope.get_symbols():
            if symbol.is_referenced() and (at_top or symbol.is_global()):
                yield symbol.get_name()
        pending.extend(scope.get_children())


def _read_before_bound(tree: ast.Module, bound: set[str]) -> Iterator[str]:
    """Yield the names of `bound` whose first appearance at the top level, in the order of evaluation, is a read.

    Branches and loops count as taken: what one of them binds is bound after it.
    """
    seen: set[str] = set()
    for name, is_read in _appearances(tree):
        if name in bound and name not in seen:
            if is_read:
                yield name
            seen.add(name)


def _appearances(root: ast.AST) -> Iterator[tuple[str, bool]]:
    """Yield each name at the top level with whether it is read there, in the order of evaluation."""
    pending: list[_Part] = [root]
    while pending:
        node = pending.pop()
        if node is None:
            continue
        if isinstance(node, tuple):
            yield node
        elif isinstance(node, ast.Name):
            yield node.id, not isinstance(node.ctx, ast.Store)
        else:
            parts = _PARTS_IN_ORDER.get(type(node), ast.iter_child_nodes)(node)
            pending.extend(reversed(list(parts)))


def _function_parts(node: Any) -> list[_Part]:
    return [*node.decorator_list, *_default_parts(node), (node.name, False)]


def _default_parts(node: Any) -> list[_Part]:
    return [*node.args.defaults, *node.args.kw_defaults]


def _import_parts(node: Any) -> list[_Part]:
    return [((alias.asname or alias.name).partition(".")[0], False) for alias in node.names]


def _augmented_parts(node: Any) -> list[_Part]:
    read = (node.target.id, True) if isinstance(node.target, ast.Name) else None
    return [read, node.value, node.target]


def _handler_parts(node: Any) -> list[_Part]:
    return [node.type, _bound(node.name), *node.body]


def _bound(name: str | None) -> _Part:
    return None if name is None else (name, False)


def _comprehension_parts(node: Any) -> list[_Part]:
    # The rest has a scope of its own, which the symbol table has told of.
    return [node.generators[0].iter]


_Part = ast.AST | tuple[str, bool] | None
# Where the order of the fields is not the order of evaluation; a pair is a name and whether it is read.
_PARTS_IN_ORDER: dict[type[ast.AST], Callable[[Any], Iterable[_Part]]] = {
    ast.FunctionDef: _function_parts,
    ast.AsyncFunctionDef: _function_parts,
    ast.ClassDef: lambda node: [*node.decorator_list, *node.bases, *node.keywords, (node.name, False)],
    ast.Lambda: _default_parts,
    ast.ListComp: _comprehension_parts,
    ast.SetComp: _comprehension_parts,
    ast.DictComp: _comprehension_parts,
    ast.GeneratorExp: _comprehension_parts,
    ast.Import: _import_parts,
    ast.ImportFrom: _import_parts,
    ast.Assign: lambda node: [node.value, *node.targets],
    ast.AnnAssign: lambda node: [node.value, node.target] if node.value is not None else [],
    ast.AugAssign: _augmented_parts,
    ast.NamedExpr: lambda node: [node.value, node.target],
    ast.For: lambda node: [node.iter, node.target, *node.body, *node.orelse],
    ast.AsyncFor: lambda node: [node.iter, node.target, *node.body, *node.orelse],
    ast.ExceptHandler: _handler_parts,
    ast.MatchAs: lambda node: [node.pattern, _bound(node.name)],
    ast.MatchStar: lambda node: [_bound(node.name)],
    ast.MatchMapping: lambda node: [*node.keys, *node.patterns, _bound(node.rest)],
}


def _top_level(root: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes below one that belong to its own scope: not those inside functions, lambdas or classes."""
    pending: list[ast.AST] = [root]
    while pending:
        node = pending.pop()
        yield node
        if node is not root and isinstance(
            node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
        ):
            continue
        if node is root and isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            pending.extend(node.decorator_list)
            continue
        pending.extend(ast.iter_child_nodes(node))
