"""Where an input of a step comes from: an output of another step, an input of the graph, all of a dynamic output."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from nb_assets.errors import DefinitionError, near


@dataclass(frozen=True)
class OutputRef:
    """The output of a node."""

    node: str
    output: str

    def __getattr__(self, name: str) -> NoReturn:
        """Say what cannot be done with what stands for a value that is not there yet."""
        if name.startswith("__"):
            raise AttributeError(name)
        if name in {"map", "collect"}:
            raise DefinitionError(
                f"the output `{self.output}` of `{self.node}` is one value, so there is nothing to {name}: declare it as "
                "DynamicOut() and yield a DynamicOutput for each part."
            )
        if name in {"alias", "tag", "with_hooks", "with_retry_policy"}:
            raise DefinitionError(
                f"`{self.node}` is called already: change the op first and call it then, as in "
                f"`{self.node}.{name}(…)(…)`."
            )
        raise AttributeError(
            f"in the body of a graph `{self.node}(…)` stands for a value that is there when the graph runs, so it has no "
            f"`{name}` yet: take it apart in an op."
        )

    def __getitem__(self, index: object) -> NoReturn:
        """Refuse to be taken apart: it is one value."""
        self.__iter__()

    def __iter__(self) -> NoReturn:
        """Refuse to be taken apart: it is one value."""
        raise DefinitionError(
            f"the output `{self.output}` of `{self.node}` is one value to the body of a graph, which cannot take it apart: "
            "declare an Out for each part with out={…}, or a DynamicOut."
        )


@dataclass(frozen=True)
class MappedRef(OutputRef):
    """One part of a dynamic output, or what a step gave for one part: the step that takes it runs for each."""


@dataclass(frozen=True)
class CollectedRef(OutputRef):
    """All parts of a dynamic output, or what a step gave for each, as a list."""


@dataclass(frozen=True)
class DynamicRef:
    """A dynamic output, or what a step gives for each of its parts, as the body of a graph has it."""

    node: str
    output: str

    def map(self, fn: Callable[..., Any]) -> Any:
        """Have the steps that the function calls run for each part; return what stands for all that it returns.

        Raises
        ------
        DefinitionError
            When the function returns something else than what steps give.
        """
        return self._of_each(fn(MappedRef(self.node, self.output)))

    def collect(self) -> CollectedRef:
        """Return what stands for a list of all parts, in the order in which they were given."""
        return CollectedRef(self.node, self.output)

    def _of_each(self, returned: Any) -> Any:
        if returned is None or isinstance(returned, DynamicRef):
            return returned
        if isinstance(returned, CollectedRef) or not isinstance(returned, (OutputRef, tuple)):
            raise DefinitionError(
                f"the function given to `map` over `{self.node}` returned {returned!r}: it calls ops, and returns what one or "
                "several of them give, or nothing."
            )
        if isinstance(returned, OutputRef):
            return DynamicRef(returned.node, returned.output)
        return OutputRefs(self._of_each(each) for each in returned)


@dataclass(frozen=True)
class InputRef:
    """An input of the graph that is being composed."""

    name: str


class OutputRefs(tuple[Any, ...]):
    """All outputs of a node: `x, y = two()` takes them apart, and `two().x` works as well."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = next((each for each in self if each.output == name), None)
        if found is None:
            names = [each.output for each in self]
            raise AttributeError(
                f"`{self[0].node}` has no output `{name}`.{near(name, names)} It has {', '.join(names)}."
            )
        return found


Source = OutputRef | InputRef | tuple[OutputRef | InputRef, ...]
"""Where an input comes from; a tuple for a list of values from several steps."""


def parts_of(source: Source) -> tuple[OutputRef | InputRef, ...]:
    """Return what a source has several of, or itself."""
    return source if isinstance(source, tuple) else (source,)
