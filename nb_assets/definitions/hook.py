"""Hooks: functions that are called when a step has succeeded, or when it has failed."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Literal, overload

from nb_assets.definitions.compute import CONTEXT_NAMES
from nb_assets.definitions.naming import checked_name
from nb_assets.errors import DefinitionError, InvocationError


@dataclass(frozen=True, eq=False)
class HookDefinition:
    """A function that is called with a `HookContext` when a step has succeeded, or when it has failed.

    Attributes
    ----------
    on
        After what it is called.
    required_resource_keys
        The resources that `context.resources` has.
    """

    name: str
    hook_fn: Callable[[Any], Any]
    on: Literal["success", "failure"]
    required_resource_keys: frozenset[str] = frozenset()

    @property
    def decorated_fn(self) -> Callable[[Any], Any]:
        """The function as it was written."""
        return self.hook_fn

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function with a context that was built for it, or add the hook to a job.

        Raises
        ------
        InvocationError
            When it is given no context.
        """
        __tracebackhide__ = True
        given = [*args, *kwargs.values()]
        if len(given) == 1 and callable(add := getattr(given[0], "with_hooks", None)):
            return add({self})
        parameters = list(inspect.signature(self.hook_fn).parameters)
        known = {*parameters, "context"}
        if len(given) != 1 or not known.issuperset(kwargs):
            raise InvocationError(
                f"the hook `{self.name}` is called with its context alone: build one with `build_hook_context()`."
            )
        return self.hook_fn(given[0])

    def __repr__(self) -> str:
        return f"<HookDefinition {self.name} on {self.on}>"


@overload
def success_hook(hook_fn: Callable[[Any], Any]) -> HookDefinition: ...
@overload
def success_hook(
    *, name: str | None = ..., required_resource_keys: AbstractSet[str] | None = ...
) -> Callable[[Callable[[Any], Any]], HookDefinition]: ...
def success_hook(
    hook_fn: Callable[[Any], Any] | None = None,
    *,
    name: str | None = None,
    required_resource_keys: AbstractSet[str] | None = None,
) -> HookDefinition | Callable[[Callable[[Any], Any]], HookDefinition]:
    """Make a hook of a function: it is called when a step has succeeded.

    Parameters
    ----------
    name
        Its name; the function's unless given.
    required_resource_keys
        The resources that `context.resources` has.

    Raises
    ------
    DefinitionError
        When the function does not take `context`, and that alone.
    """

    def decorate(fn: Callable[[Any], Any]) -> HookDefinition:
        return _hook(fn, name, "success", required_resource_keys)

    return decorate if hook_fn is None else decorate(hook_fn)


@overload
def failure_hook(hook_fn: Callable[[Any], Any]) -> HookDefinition: ...
@overload
def failure_hook(
    *, name: str | None = ..., required_resource_keys: AbstractSet[str] | None = ...
) -> Callable[[Callable[[Any], Any]], HookDefinition]: ...
def failure_hook(
    hook_fn: Callable[[Any], Any] | None = None,
    *,
    name: str | None = None,
    required_resource_keys: AbstractSet[str] | None = None,
) -> HookDefinition | Callable[[Callable[[Any], Any]], HookDefinition]:
    """Make a hook of a function: it is called when a step has failed, after its last attempt. See `success_hook`."""

    def decorate(fn: Callable[[Any], Any]) -> HookDefinition:
        return _hook(fn, name, "failure", required_resource_keys)

    return decorate if hook_fn is None else decorate(hook_fn)


def checked_hooks(hooks: Iterable[Any] | None, owner: str) -> frozenset[HookDefinition]:
    """Return hooks as a set.

    Raises
    ------
    DefinitionError
        When one is none.
    """
    if hooks is not None and (isinstance(hooks, (str, HookDefinition)) or not isinstance(hooks, Iterable)):
        raise DefinitionError(f"hooks of {owner} is a set of hooks, not {hooks!r}.")
    found = frozenset(hooks or ())
    for each in found:
        if not isinstance(each, HookDefinition):
            raise DefinitionError(
                f"hooks of {owner} are made by @success_hook and @failure_hook, and {each!r} is not."
            )
    return found


def _hook(
    fn: Callable[[Any], Any],
    name: str | None,
    on: Literal["success", "failure"],
    keys: AbstractSet[str] | None,
) -> HookDefinition:
    if not callable(fn):
        raise DefinitionError(f"@{on}_hook goes on a function, not on {fn!r}. A name is given as name=….")
    parameters = [each for each in inspect.signature(fn).parameters.values() if each.default is each.empty]
    if len(parameters) != 1 or parameters[0].name not in CONTEXT_NAMES:
        raise DefinitionError(
            f"a hook takes the context and nothing else: write `def {getattr(fn, '__name__', 'hook')}(context): …`."
        )
    return HookDefinition(checked_name(name or fn.__name__, "hook"), fn, on, frozenset(keys or ()))
