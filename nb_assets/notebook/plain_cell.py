"""A plain cell as an asset: its code becomes the body of a function whose arguments are the assets it names."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.compute import SHOWN_PARAMETER, ComputeFunction
from nb_assets.errors import CellError, near

if TYPE_CHECKING:
    from nb_assets.notebook.cell_source import CellSource


class Shown:
    """Takes what the cell would show: the value of its last expression, when that is not the asset's value."""

    def __init__(self) -> None:
        self.value: Any = None
        self.given = False

    def __call__(self, value: Any) -> None:
        """Take the value."""
        self.value, self.given = value, True


def plain_cell_function(
    source: CellSource,
    name: str,
    inputs: list[str],
    compile_tree: Callable[[ast.Module], Any],
    namespace: dict[str, Any],
) -> tuple[ComputeFunction, Shown]:
    """Compile a cell into a function of its inputs.

    Parameters
    ----------
    name
        The name of the asset: the variable of this name, if the cell assigns one, is the value.
    inputs
        The names that become arguments.
    namespace
        The globals of the function: the notebook's own namespace.

    Raises
    ------
    CellError
        When the cell gives no value.
    """
    shown = Shown()
    body = copy.deepcopy(source.tree.body)
    assigned = name in source.bound and name not in source.functions
    if source.last_expression is not None:
        last = body.pop()
        assert isinstance(last, ast.Expr)
        if assigned:
            body.append(ast.copy_location(_call_shown(last.value), last))
            body.append(ast.copy_location(ast.Return(ast.Name(name, ast.Load())), last))
        else:
            body.append(ast.copy_location(ast.Return(last.value), last))
    elif assigned:
        body.append(ast.Return(ast.Name(name, ast.Load())))
    else:
        variables = [bound for bound in source.bound if bound not in source.functions]
        raise CellError(
            f"the cell gives no value for `{name}`: end it with an expression, or assign `{name} = …` in it."
            f"{near(name, variables)} Nothing was registered."
        )
    tree = ast.fix_missing_locations(ast.Module([_function(name, inputs, body, awaits=source.awaits)], []))
    scope: dict[str, Any] = {}
    try:
        code = compile_tree(tree)
    except SyntaxError as error:
        raise CellError(
            f"the cell cannot be an asset as it is: {error.msg}, at line {error.lineno}. Its code runs as a function of "
            "its inputs; move what only a notebook's top level allows into an ordinary cell before it."
        ) from None
    exec(code, namespace, scope)  # noqa: S102 - the user's own cell
    fn = scope[name]
    # To a traceback the cell's own lines are its module: IPython finds no source for a function that has no `def`.
    names = [
        name for name in ("co_name", "co_qualname") if hasattr(fn.__code__, name)
    ]  # the latter since 3.11
    fn.__code__ = fn.__code__.replace(**dict.fromkeys(names, "<module>"))
    fn.__kwdefaults__ = {SHOWN_PARAMETER: shown}
    fn.__doc__ = None
    compute = ComputeFunction(
        fn=fn,
        arguments=tuple(inputs),
        optional=frozenset(),
        has_context=False,
        catch_all=False,
        definition_source=source.typed.strip("\n"),
    )
    return compute, shown


def shown_again(source: CellSource, name: str, value: Any, namespace: Mapping[str, Any]) -> Any:
    """Return what the cell would show, given the asset's stored value: what the last expression gives of it.

    The cell's other variables are gone when it did not run; the value itself is shown then.
    """
    if source.last_expression is None:
        return None
    if name not in source.bound:
        return value
    expression = ast.fix_missing_locations(ast.Expression(copy.deepcopy(source.last_expression)))
    try:
        return eval(compile(expression, "<cell>", "eval"), {**namespace, name: value})  # noqa: S307
    except Exception:  # noqa: BLE001 - it names what only a run has
        return value


def _function(name: str, inputs: list[str], body: list[ast.stmt], *, awaits: bool) -> ast.stmt:
    arguments = ast.arguments(
        posonlyargs=[],
        args=[ast.arg(argument) for argument in inputs],
        kwonlyargs=[ast.arg(SHOWN_PARAMETER)],
        kw_defaults=[ast.Constant(None)],
        defaults=[],
    )
    kind: Any = ast.AsyncFunctionDef if awaits else ast.FunctionDef
    fields: dict[str, Any] = {"name": name, "args": arguments, "body": body, "decorator_list": []}
    if "type_params" in kind._fields:
        fields["type_params"] = []
    return kind(**fields)  # type: ignore[no-any-return]


def _call_shown(value: ast.expr) -> ast.Expr:
    return ast.Expr(ast.Call(ast.Name(SHOWN_PARAMETER, ast.Load()), [value], []))
