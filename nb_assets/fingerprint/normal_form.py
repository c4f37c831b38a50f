"""Source text without what does not change its meaning: comments, docstrings, annotations, formatting, our decorators."""

from __future__ import annotations

import ast
import functools
import types

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
    try:
        tree = ast.parse(source)
    except SyntaxError:
        # A lambda, or a def in the middle of an expression: its lines do not stand alone.
        return source
    return _written(_Normalizer().visit(tree))


def _written(node: object) -> str:
    """Return a tree as a text that is the same in every version of Python: `unparse` and `dump` are not."""
    if isinstance(node, ast.AST):
        fields = [
            f"{name}={_written(value)}"
            for name, value in ast.iter_fields(node)
            # What is empty may be a field that other versions do not have.
            if name not in _UNWRITTEN and value is not None and value != []
        ]
        if isinstance(node, ast.JoinedStr):
            # Some versions put empty texts between the parts.
            parts = [
                part for part in node.values if not (isinstance(part, ast.Constant) and part.value == "")
            ]
            fields = [_written(parts)]
        if isinstance(node, ast.Constant):
            fields = [_constant(node.value)]
        return f"{type(node).__name__}({' '.join(fields)})"
    if isinstance(node, list):
        return f"[{' '.join(map(_written, node))}]"
    return repr(node)


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


class _Normalizer(ast.NodeTransformer):
    """Drops what does not change the meaning."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._function(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        # Annotations of a class body are meaning: dataclasses are made of them.
        node.body = _without_docstring(node.body)
        for index, statement in enumerate(node.body):
            if not isinstance(statement, ast.AnnAssign):
                node.body[index] = self.visit(statement)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:
        self.generic_visit(node)
        if node.value is None:
            return None
        return ast.Assign(targets=[node.target], value=node.value)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.AST:
        node.body = _without_docstring(node.body)
        node.returns = None
        node.decorator_list = [decorator for decorator in node.decorator_list if not _is_ours(decorator)]
        for argument in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]:
            argument.annotation = None
        for catch_all in (node.args.vararg, node.args.kwarg):
            if catch_all is not None:
                catch_all.annotation = None
        self.generic_visit(node)
        node.body = node.body or [ast.Pass()]
        return node


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
