"""Which resources a function needs: those that its decorator names, or those that are its parameters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.definitions.compute import ComputeFunction


def required_keys(compute: ComputeFunction, named: Iterable[str] | None, owner: str) -> frozenset[str]:
    """Return the names of the resources that a function needs.

    Raises
    ------
    DefinitionError
        When they are named in both ways, or are no set of names.
    """
    if isinstance(named, str):
        raise DefinitionError(
            f'required_resource_keys of `{owner}` is a set of names, not one text: write required_resource_keys={{"{named}"}}.'
        )
    keys = frozenset(named or ())
    for key in keys:
        if not isinstance(key, str):
            raise DefinitionError(f"required_resource_keys of `{owner}` are names, and {key!r} is none.")
    if keys and compute.resource_arguments:
        taken = ", ".join(compute.resource_arguments)
        raise DefinitionError(
            f"`{owner}` takes resources as parameters ({taken}) and names others in required_resource_keys: do one of them."
        )
    return keys | frozenset(compute.resource_arguments)
