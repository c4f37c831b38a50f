"""The inputs of a graph as what takes them declares them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.op_io import NamedIn, fields_of
from nb_assets.definitions.sources import InputRef, parts_of

if TYPE_CHECKING:
    from nb_assets.definitions.composition import Node


def inputs_within(inputs: Iterable[str], nodes: Iterable[Node]) -> tuple[NamedIn, ...]:
    """Return each input with the type, the default and the rest that the first node has for it which takes it."""
    taken: dict[str, Any] = {}
    for node in nodes:
        definition: Any = node.definition
        for name, source in node.inputs.items():
            for part in parts_of(source):
                if isinstance(part, InputRef):
                    taken.setdefault(part.name, definition.input_dict[name])
    return tuple(
        NamedIn(**{**(fields_of(taken[name]) if name in taken else {}), "name": name}) for name in inputs
    )


def optional_within(inputs: Iterable[str], nodes: Iterable[Node]) -> frozenset[str]:
    """Return the inputs that no node needs: each that takes one has a default for it, or takes no value."""
    needed: set[str] = set()
    for node in nodes:
        for name, source in node.inputs.items():
            alone = isinstance(source, InputRef) and name in node.definition.optional_inputs
            needed.update(part.name for part in parts_of(source) if isinstance(part, InputRef) and not alone)
    return frozenset(inputs) - needed


def loadable_within(name: str, nodes: Iterable[Node]) -> Any:
    """Return the type of an input, where each node that takes it can have it of a configuration; else None."""
    found: list[Any] = []
    for node in nodes:
        for taken, source in node.inputs.items():
            if InputRef(name) in parts_of(source):
                found.append(node.definition.loadable(taken) if isinstance(source, InputRef) else None)
    return found[0] if found and all(each is not None for each in found) else None
