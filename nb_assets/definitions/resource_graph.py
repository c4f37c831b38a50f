"""Which resources need which: those of a run by name, and all that they are made with."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from nb_assets.definitions.resource import ResourceDefinition
from nb_assets.errors import DefinitionError, MissingResourceError

Definitions = Mapping[str, ResourceDefinition]
_Identity = tuple[Any, ...]


def found(name: str, definitions: Definitions, owner: str) -> ResourceDefinition:
    """Return the definition of a resource that somebody needs.

    Raises
    ------
    MissingResourceError
        When there is none.
    """
    if name not in definitions:
        raise MissingResourceError(name, owner, definitions)
    return definitions[name]


def check_resources(names: Collection[str], definitions: Definitions, owner: str) -> None:
    """Check that the named resources are there, and those that they need in turn.

    Raises
    ------
    MissingResourceError
        When one is not.
    DefinitionError
        When they need each other in a circle.
    """
    waiting = [(name, owner, ()) for name in sorted(names)]
    seen: set[str] = set()
    while waiting:
        name, wanted_by, above = waiting.pop()
        if name in above:
            raise circle(above[above.index(name) :])
        definition = found(name, definitions, wanted_by)
        if name in seen and not above:
            continue
        seen.add(name)
        path: Any = (*above, name)
        waiting += [
            (each, f"the resource `{name}`", path) for each in sorted(definition.required_resource_keys)
        ]


def needed_by(name: str, definitions: Definitions) -> set[str]:
    """Return the names of the resources that one is made with: those that it names, and those late ones that it holds.

    Raises
    ------
    MissingResourceError
        When one that it holds, and that is configured on its own, is not among them.
    """
    needed: set[str] = set()
    waiting = [definitions[name]]
    while waiting:
        definition = waiting.pop()
        needed |= definition.required_resource_keys
        for field, held in definition.nested.items():
            key = key_of_late(field, definition, definitions, name)
            if key is None:
                waiting.append(held)
            else:
                needed.add(key)
    return needed


def key_of_late(
    field: str, definition: ResourceDefinition, definitions: Definitions, name: str
) -> str | None:
    """Return the name of a resource that another one holds, where it is configured on its own; else None.

    Raises
    ------
    MissingResourceError
        When it is configured on its own, and has no name in the run.
    """
    held = definition.nested[field]
    if field not in definition.late:
        return None
    for key, each in definitions.items():
        if each is held:
            return key
    if held.config_field.is_required:
        raise MissingResourceError(field, f"the resource `{name}`", definitions)
    return None


def transitive(names: Collection[str], definitions: Definitions) -> list[str]:
    """Return the names of resources, and of all that they are made with, as far as they are there."""
    found: dict[str, None] = {}
    waiting = sorted(names, reverse=True)
    while waiting:
        name = waiting.pop()
        if name not in found and name in definitions:
            found[name] = None
            waiting += sorted(needed_by(name, definitions), reverse=True)
    return list(found)


def identity_of(name: str, definitions: Definitions) -> _Identity:
    """Return what tells a resource from others of a run: its definition, and those of all that it is made with."""
    definition = definitions[name]
    own = id(definition.fixed) if definition.is_fixed else id(definition)
    inner = (identity_of(each, definitions) for each in sorted(needed_by(name, definitions)))
    return (name, own, *inner)


def circle(chain: tuple[str, ...]) -> DefinitionError:
    """Return the error of resources that need each other in a circle."""
    drawn = " → ".join([*chain, chain[0]])
    return DefinitionError(
        f"these resources need each other in a circle, so none of them can be made first: {drawn}. Remove one of the "
        "required_resource_keys."
    )
