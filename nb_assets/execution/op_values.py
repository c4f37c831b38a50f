"""What the ops of a graph gave so far in one run, and what each input is from that.

An op that is mapped over a dynamic output runs once for each of its parts, and gives its outputs for each: they are told apart
by the mapping key. What failed is lost to those that take it; what was not given is absent, and skips them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.sources import CollectedRef, InputRef, OutputRef, Source, parts_of

if TYPE_CHECKING:
    from nb_assets.definitions.op import OpDefinition
    from nb_assets.definitions.unfolding import OpStep
    from nb_assets.execution.op_outcome import OpOutput


@dataclass(frozen=True)
class Made:
    """An output that is at hand, with the version of its data."""

    output: OpOutput
    version: str


class AbsentInputError(Exception):
    """An input comes from an output that was not given, so the op has nothing to do."""


class LostInputError(Exception):
    """An input comes from an op that failed, or that lacked what another should have given."""


def label(path: str, mapping_key: str | None) -> str:
    """Return the name of an op in history, or of an output, with the part that it is of: "double[a]"."""
    return path if mapping_key is None else f"{path}[{mapping_key}]"


def without_key(name: str) -> str:
    """Return a name without the part that it is of."""
    return name.partition("[")[0]


def key_in(name: str) -> str | None:
    """Return the part that a name is of, if it is of one."""
    _, bracket, rest = name.partition("[")
    return rest[:-1] if bracket else None


class OpValues:
    """The outputs of one run of a graph's steps."""

    def __init__(self, steps: Sequence[OpStep] = ()) -> None:
        self._mapped = {step.path: step.mapped_over for step in steps if step.mapped_over is not None}
        self._made: dict[tuple[str, str, str | None], Made] = {}
        self._parts: dict[tuple[str, str], list[str]] = {}
        self._lost: set[tuple[str, str | None]] = set()

    def take(self, name: str, made: Made) -> None:
        """Take the value of an input of the graph."""
        self._made["", name, None] = made

    def keep(self, op: OpDefinition, path: str, mapping_key: str | None, given: Mapping[str, Made]) -> None:
        """Keep what a step gave, by output; a part of a dynamic output bears its mapping key."""
        for name, out in op.outs.items():
            if out.is_dynamic:
                keys = [
                    key for each in given if without_key(each) == name and (key := key_in(each)) is not None
                ]
                if keys or out.is_required:
                    self._parts[path, name] = keys
        for each, made in given.items():
            self._made[path, without_key(each), key_in(each) or mapping_key] = made

    def lose(self, path: str, mapping_key: str | None) -> None:
        """Note that a step gave nothing because it failed, or lacked what failed."""
        self._lost.add((path, mapping_key))

    def runs_of(self, step: OpStep) -> Sequence[str | None]:
        """Return the parts for which a step runs; None alone for one that runs once, or not at all for want of them."""
        over = step.mapped_over
        return [None] if over is None else self._parts.get((over.node, over.output), [None])

    def given(self, ref: OutputRef) -> Made | None:
        """Return a single output, if it is there."""
        return self._made.get((ref.node, ref.output, None))

    def value(
        self, source: Source, mapping_key: str | None, take: Callable[[Made], Any] | None = None
    ) -> Any:
        """Return the value of an input, for a step or one of its parts.

        Parameters
        ----------
        take
            Returns the value of an output; as it was given unless said otherwise.

        Raises
        ------
        LostInputError
            When what should have given it failed.
        AbsentInputError
            When it was not given.
        """
        take = take or _as_given
        made = [list(self._all(part, mapping_key)) for part in parts_of(source)]
        if isinstance(source, CollectedRef):
            return [take(each) for each in made[0]]
        if not isinstance(source, tuple):
            if not made[0]:
                raise AbsentInputError
            return take(made[0][0])
        found = [take(each) for of_part in made for each in of_part]
        if source and not found:
            raise AbsentInputError
        return found

    def versions(self, source: Source, mapping_key: str | None) -> list[str]:
        """Return the versions of what an input is of."""
        return [made.version for part in parts_of(source) for made in self._all(part, mapping_key)]

    def _all(self, part: OutputRef | InputRef, mapping_key: str | None) -> Iterator[Made]:
        if isinstance(part, InputRef):
            keys: Sequence[str | None] = [None]
            node, output = "", part.name
        else:
            node, output = part.node, part.output
            keys = self._collected(part) if isinstance(part, CollectedRef) else [self._key(part, mapping_key)]
        mapped = node in self._mapped
        if any((node, key if mapped else None) in self._lost for key in keys) or (node, None) in self._lost:
            raise LostInputError
        made = [found for key in keys if (found := self._made.get((node, output, key))) is not None]
        if keys and not made and isinstance(part, CollectedRef):
            raise AbsentInputError
        yield from made

    def _key(self, part: OutputRef, mapping_key: str | None) -> str | None:
        is_of_parts = part.node in self._mapped or (part.node, part.output) in self._parts
        return mapping_key if is_of_parts else None

    def _collected(self, part: OutputRef) -> Sequence[str]:
        over = self._mapped.get(part.node, part)
        if (over.node, None) in self._lost:
            raise LostInputError
        keys = self._parts.get((over.node, over.output))
        if keys is None:
            raise AbsentInputError
        return keys


def _as_given(made: Made) -> Any:
    return made.output.value
