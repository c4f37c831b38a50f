"""Whether a value is of the type that a function's annotation names, as far as Dagster checks that too.

What cannot be told from a value, such as the arguments of a callable or of a generic of another package, passes.
"""

from __future__ import annotations

import collections.abc
import inspect
import types
import typing
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.annotated_outputs import annotation_of_output
from nb_assets.definitions.dagster_type import DagsterType, TypeCheck, type_of_class
from nb_assets.definitions.result import MaterializeResult, Output
from nb_assets.errors import TypeCheckError
from nb_assets.execution.running import running_context

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.assets_definition import AssetsDefinition

_WRAPPERS = (Output, MaterializeResult)
_STREAMS = (
    collections.abc.Iterator,
    collections.abc.Iterable,
    collections.abc.Generator,
    collections.abc.AsyncIterator,
    collections.abc.AsyncIterable,
    collections.abc.AsyncGenerator,
)


def check_input(definition: AssetsDefinition, argument: str, value: Any) -> None:
    """Check the value for an argument against the argument's annotation.

    Raises
    ------
    TypeCheckError
        When it is of another type.
    """
    hint = definition.compute.hints.get(argument, Any)
    if (why := unmet(value, hint)) is not None:
        upstream = definition.keys_by_input_name[argument].to_user_string()
        raise TypeCheckError(
            f"`{definition.node_name}` takes `{argument}: {shown_type(hint)}`, but the value of `{upstream}` is a "
            f"{_type_of(value)}{why}. Correct the annotation, or what `{upstream}` returns."
        )


def check_output(
    definition: AssetsDefinition,
    key: AssetKey,
    value: Any,
    *,
    returned_output: bool,
    returned_plain: bool = False,
) -> None:
    """Check a value that a function gave against its return annotation.

    `returned_output` tells whether it was returned, not yielded, within an Output, `returned_plain` whether it was returned
    as it is: the annotation has to say so too.

    Raises
    ------
    TypeCheckError
        When it is of another type.
    """
    names = list(definition.specs_by_output_name)
    output = next(name for name, spec in definition.specs_by_output_name.items() if spec.key == key)
    if output in definition.valueless_outputs and value is not None:
        raise TypeCheckError(
            f"`{definition.node_name}` gave a {_type_of(value)} for `{key.to_user_string()}`, whose AssetSpec says that the "
            "function stores its value itself: declare it as an AssetOut in `outs` to have the value stored here."
        )
    if output in definition.types_by_output or definition.graph is not None:
        _check_declared(definition, output, value)
        return
    hint = definition.compute.hints.get("return", Any)
    if len(names) != 1:
        hint = annotation_of_output(hint, names.index(output), len(names))
    if hint is Any:
        return
    origin = typing.get_origin(hint) or hint
    if origin is Output and returned_plain:
        raise TypeCheckError(
            f"`{definition.node_name}` is annotated to return an Output for `{output}`, but returned a {_type_of(value)}: wrap "
            "it in an Output, or annotate its own type."
        )
    if origin in _STREAMS and inspect.isgeneratorfunction(inspect.unwrap(definition.compute.fn)):
        return
    if origin in _WRAPPERS:
        hint = next(iter(typing.get_args(hint)), Any)
    elif returned_output and isinstance(origin, type):
        raise TypeCheckError(
            f"`{definition.node_name}` is annotated to return {shown_type(hint)}, but returned an Output: annotate it as "
            f"Output[{shown_type(hint)}], or return the value itself."
        )
    if (why := unmet(value, hint)) is not None:
        raise TypeCheckError(
            f"`{definition.node_name}` is annotated to return {shown_type(hint)}, but gave a {_type_of(value)}{why}. Correct the "
            "annotation, or what the function returns."
        )


def _check_declared(definition: AssetsDefinition, output: str, value: Any) -> None:
    hint = definition.types_by_output.get(output, Any)
    if (why := unmet(value, hint)) is not None:
        raise TypeCheckError(
            f"the output `{output}` of `{definition.node_name}` is declared as {shown_type(hint)}, but it gave a "
            f"{_type_of(value)}{why}. Correct the declaration, or what the function gives."
        )


def matches(value: Any, hint: Any) -> bool:
    """Tell whether a value is of an annotated type. A whole number is no float, as in Dagster."""
    return unmet(value, hint) is None


def unmet(value: Any, hint: Any) -> str | None:
    """Return what is wrong with a value of an annotated or declared type: nothing, or a remark that may be empty."""
    declared = hint if isinstance(hint, DagsterType) else type_of_class(hint)
    if declared is None:
        return None if _matches(value, hint) else ""
    found = declared.type_check(running_context(), value)
    return None if found.success else _remark(found)


def _remark(check: TypeCheck) -> str:
    said = [f"{name} = {each.as_text()}" for name, each in check.metadata.items()]
    remarks = [check.description] * bool(check.description) + said
    return f" ({'; '.join(map(str, remarks))})" if remarks else ""


def _matches(value: Any, hint: Any) -> bool:
    if hint is Any:
        return True
    if hint is None:
        return value is None
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is None:
        return _is_instance(value, hint)
    if origin is typing.Union or origin is types.UnionType:
        return any(matches(value, each) for each in arguments)
    if origin is typing.Annotated:
        return matches(value, arguments[0])
    if origin is typing.Literal:
        return value in arguments
    return _is_instance(value, origin) and _items_match(value, origin, arguments)


def _items_match(value: Any, origin: Any, arguments: tuple[Any, ...]) -> bool:
    if not arguments:
        # typing.Dict alone, say: of anything.
        return True
    if origin in (list, set, frozenset):
        return all(matches(item, arguments[0]) for item in value)
    if origin is dict:
        return all(matches(k, arguments[0]) and matches(v, arguments[1]) for k, v in value.items())
    if origin is tuple and arguments[-1:] != (...,):
        return len(value) == len(arguments) and all(map(matches, value, arguments))
    return True


def _is_instance(value: Any, cls: Any) -> bool:
    try:
        return not isinstance(cls, type) or isinstance(value, cls)
    except TypeError:  # a protocol or a typed dict, which says nothing at run time
        return True


def shown_type(hint: Any) -> str:
    """Return a type as an annotation has it."""
    if hint is type(None):
        return "None"
    if isinstance(hint, DagsterType):
        return hint.display_name
    return hint.__qualname__ if isinstance(hint, type) and not typing.get_args(hint) else str(hint)


def _type_of(value: Any) -> str:
    kind = type(value)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
