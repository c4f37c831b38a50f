"""The function that makes assets: its arguments, its context, its source."""

from __future__ import annotations

import inspect
import linecache
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nb_assets.definitions.hints import parameter_hints, type_hints
from nb_assets.definitions.resource import is_resource_annotation
from nb_assets.errors import DefinitionError

CONTEXT_NAMES = frozenset({"context", "_context", "_", "__"})
_CONTEXT_TYPES = frozenset({"AssetCheckExecutionContext", "AssetExecutionContext", "OpExecutionContext"})
_EMPTY = inspect.Parameter.empty

# By this parameter the function of a plain cell hands over what the cell would show; it is no part of its meaning.
SHOWN_PARAMETER = "__nb_assets_shown__"


@dataclass(frozen=True, eq=False)
class ComputeFunction:
    """A function with what the engine must know to call it.

    Attributes
    ----------
    arguments
        The names of the parameters that stand for inputs, in order, the context left out.
    optional
        Those of them that have a default.
    has_context
        Whether the first parameter is the context.
    catch_all
        Whether the function takes `**kwargs`.
    resource_arguments
        The names of the parameters that stand for resources, left out of the arguments.
    config_type
        The annotation of the parameter `config`, which is the configuration; None where there is no such parameter.
    definition_source
        The source to show and to fingerprint where Python cannot find it, as for code that was generated.
    """

    fn: Callable[..., Any]
    arguments: tuple[str, ...]
    optional: frozenset[str]
    has_context: bool
    catch_all: bool
    definition_source: str | None = None
    resource_arguments: tuple[str, ...] = ()
    config_type: Any = None

    @cached_property
    def source(self) -> str | None:
        """The source as the user wrote it, decorators included, or None when it is not to be had."""
        if self.definition_source is not None:
            return self.definition_source
        unwrapped = inspect.unwrap(self.fn)
        code = getattr(unwrapped, "__code__", None)
        if code is not None and not linecache.getlines(
            code.co_filename, getattr(unwrapped, "__globals__", {})
        ):
            return None
        try:
            return textwrap.dedent(inspect.getsource(unwrapped))
        except (OSError, TypeError):
            return None

    @cached_property
    def hints(self) -> dict[str, Any]:
        """The types that the annotations name; none when they cannot be read."""
        return type_hints(self.fn)

    @property
    def returns_nothing(self) -> bool:
        """Whether the function is annotated to return None, so that it stores its asset itself."""
        annotation = getattr(self.fn, "__annotations__", {}).get("return", _EMPTY)
        return annotation is None or annotation == "None"

    @property
    def location(self) -> tuple[str, int] | None:
        """The file and the first line of the function."""
        code = getattr(inspect.unwrap(self.fn), "__code__", None)
        return None if code is None else (code.co_filename, code.co_firstlineno)


def _made_elsewhere() -> None:
    """Stand for the function of assets that no function of this session makes."""


NOT_MADE_HERE = ComputeFunction(_made_elsewhere, (), frozenset(), has_context=False, catch_all=False)


def compute_function(fn: Callable[..., Any], *, source: str | None = None) -> ComputeFunction:
    """Read the signature of a function that makes assets.

    Raises
    ------
    DefinitionError
        When it takes `*args` or positional-only parameters, whose names cannot stand for assets, or a context that is
        not its first parameter.
    """
    name = getattr(fn, "__name__", repr(fn))
    arguments: list[str] = []
    optional: set[str] = set()
    has_context = catch_all = False
    resources: list[str] = []
    config: Any = None
    hints = parameter_hints(fn)
    for index, parameter in enumerate(inspect.signature(fn).parameters.values()):
        if parameter.kind is parameter.VAR_KEYWORD:
            catch_all = True
        elif parameter.kind in (parameter.VAR_POSITIONAL, parameter.POSITIONAL_ONLY):
            shown = (
                "*" + parameter.name if parameter.kind is parameter.VAR_POSITIONAL else parameter.name + ", /"
            )
            raise DefinitionError(
                f"`{name}({shown})` cannot be an asset: each argument stands for an upstream asset by its name. Name "
                "them one by one, or take **kwargs and say which assets they are with `ins`."
            )
        elif index == 0 and is_context(parameter):
            has_context = True
        elif parameter.name == "context":
            raise DefinitionError(f"`context` must be the first parameter of `{name}`.")
        elif _is_annotated_as_context(parameter):
            raise DefinitionError(
                f"the parameter `{parameter.name}` of `{name}` is annotated as a context: make it the first one, and "
                "call it `context`. Other names stand for upstream assets."
            )
        elif parameter.name == "config":
            config = hints.get("config", _EMPTY)
        elif is_resource_annotation(hints.get(parameter.name)):
            _check_resource(name, parameter.name, hints[parameter.name])
            resources.append(parameter.name)
        else:
            arguments.append(parameter.name)
            if parameter.default is not _EMPTY:
                optional.add(parameter.name)
    return ComputeFunction(
        fn,
        tuple(arguments),
        frozenset(optional),
        has_context,
        catch_all,
        source,
        tuple(resources),
        config,
    )


def _check_resource(owner: str, parameter: str, annotation: Any) -> None:
    if not getattr(annotation, "__nb_assets_itself__", True):
        raise DefinitionError(
            f"the parameter `{parameter}` of `{owner}` is annotated as {annotation.__name__}, which makes a resource and is "
            "none: annotate it as `ResourceParam[T]`, with T the class of what it makes."
        )


def context_names(compute: ComputeFunction) -> set[str]:
    """Return the keywords by which a call can give the context: `context`, and what the function calls it."""
    if not compute.has_context:
        return set()
    code = getattr(compute.fn, "__code__", None)
    return {"context", code.co_varnames[0]} if code is not None and code.co_varnames else {"context"}


def is_context(parameter: inspect.Parameter) -> bool:
    """Tell whether a first parameter is the context, which goes by its name."""
    return parameter.name in CONTEXT_NAMES


def _is_annotated_as_context(parameter: inspect.Parameter) -> bool:
    annotation = parameter.annotation
    annotated = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "")
    return annotated.strip("'\"").rpartition(".")[2] in _CONTEXT_TYPES
