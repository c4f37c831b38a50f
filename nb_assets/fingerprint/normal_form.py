"""Source text without what does not change its meaning: comments, docstrings, annotations, formatting, our decorators."""

from __future__ import annotations

import ast
import functools
import types
from collections.abc import Callable, Iterable
from typing import Any

_UNWRITTEN = frozenset({"ctx", "kind", "type_comment"})
_ASSET_DECORATORS = frozenset(
    {
        "asset",
        "multi_asset",
        "graph_asset",
        "graph_multi_asset",
        "op",
        "graph",
        "asset_check",
        "multi_asset_check",
    }
)


@functools.lru_cache(maxsize=8192)
def normal_form(source: str) -> str:
    """Return the source with the same meaning in one form; as it is when it cannot be parsed on its own."""
    tree = parsed(source)
    # A lambda, or a def in the middle of an expression: its lines do not stand alone.
    return source if tree is None else _written(tree)


@functools.lru_cache(maxsize=64)
def parsed(source: str) -> ast.Module | None:
    """Return the tree of a source, which several look at and none changes; None when it cannot be parsed alone."""
    try:
        return ast.parse(source)
    except SyntaxError:
        return None


def _written(node: Any) -> str:
    """Return a tree as a text that is the same in every version of Python: `unparse` and `dump` are not."""
    if isinstance(node, ast.AST):
        special = _SPECIAL.get(type(node))
        return _node(node) if special is None else special(node)
    return _list(node) if isinstance(node, list) else repr(node)


def _node(node: ast.AST, **instead: Any) -> str:
    """Return a node with what its fields hold, or what is given instead. It is asked for each node of each function."""
    fields = []
    for name in node._fields:
        if name in _UNWRITTEN:
            continue
        value = instead[name] if name in instead else getattr(node, name, None)
        # What is empty may be a field that other versions do not have.
        if value is None or value == []:
            continue
        if type(value) is list:
            value = _without_declarations(value)
            if value:
                fields.append(f"{name}={_list(value)}")
        else:
            fields.append(f"{name}={_written(value)}")
    return f"{type(node).__name__}({' '.join(fields)})"


def _list(nodes: Iterable[Any]) -> str:
    return f"[{' '.join(map(_written, nodes))}]"


def _without_declarations(nodes: list[Any]) -> list[Any]:
    """Leave out what is annotated and given no value."""
    return [node for node in nodes if type(node) is not ast.AnnAssign or node.value is not None]


def _function(node: Any) -> str:
    return _node(
        node,
        body=_without_declarations(_without_docstring(node.body)) or [ast.Pass()],
        decorator_list=[decorator for decorator in node.decorator_list if not _is_ours(decorator)],
        returns=None,
    )


def _class(node: ast.ClassDef) -> str:
    # Annotations of a class body are meaning: dataclasses are made of them.
    body = [
        _node(statement) if type(statement) is ast.AnnAssign else _written(statement)
        for statement in _without_docstring(node.body)
    ]
    return _node(node, body=_Texts(body))


class _Texts(tuple[str, ...]):
    """What is written already."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"[{' '.join(self)}]"


_SPECIAL: dict[type, Callable[[Any], str]] = {
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    ast.arg: lambda node: _node(node, annotation=None),
    ast.AnnAssign: lambda node: _node(ast.Assign(targets=[node.target], value=node.value)),
    # Some versions put empty texts between the parts.
    ast.JoinedStr: lambda node: (
        f"JoinedStr({_list(part for part in node.values if not _is_empty_text(part))})"
    ),
    ast.Constant: lambda node: f"Constant({_constant(node.value)})",
}


def _is_empty_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == ""


def normal_form_of_code(code: types.CodeType) -> str:
    """Return the meaning of compiled code: for what has no source of its own. It differs between versions of Python."""
    return repr(
        (
            code.co_code,
            code.co_names,
            code.co_varnames,
            code.co_freevars,
            code.co_cellvars,
            (code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_flags),
            getattr(code, "co_exceptiontable", b""),
            [_constant(constant) for constant in code.co_consts],
        )
    )


def _constant(value: object) -> str:
    if isinstance(value, types.CodeType):
        return normal_form_of_code(value)
    if isinstance(value, tuple):
        return f"({', '.join(map(_constant, value))})"
    if isinstance(value, frozenset):
        # The order of a set's elements differs between processes.
        return f"{{{', '.join(sorted(map(_constant, value)))}}}"
    return repr(value)


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0] if body else None
    if (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        return body[1:] or [ast.Pass()]
    return body


def _is_ours(decorator: ast.expr) -> bool:
    target = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")
    return name in _ASSET_DECORATORS
