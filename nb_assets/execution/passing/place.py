"""Where the value of an asset is when an IO manager has it: which manager, by its name and by what it was made of.

A manager that is configured differently is another place: what was stored before is not looked for there.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.naming import DEFAULT_IO_MANAGER
from nb_assets.storage.materialization import MANAGED, ValueRef

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.resource import ResourceDefinition
    from nb_assets.graph.asset_graph import AssetGraph

Resources = Mapping[str, "ResourceDefinition"]


def manager_of(definition: AssetsDefinition, key: AssetKey, resources: Resources) -> str | None:
    """Return the name of the IO manager that has the value of an asset, None where the session's store has it."""
    return named_or_default(definition.get_io_manager_key_for_asset_key(key), resources)


def named_or_default(name: str | None, resources: Resources) -> str | None:
    """Return the name of an IO manager: one that is named, or the default one where there is such a resource."""
    if name is None or name == DEFAULT_IO_MANAGER:
        return DEFAULT_IO_MANAGER if DEFAULT_IO_MANAGER in resources else None
    return name


def address_of(name: str, definition: ResourceDefinition | None) -> str:
    """Return what tells an IO manager from others of its name: what it is, and the texts and paths that it has."""
    told = [name]
    if definition is not None:
        made = definition.fixed if definition.is_fixed else definition.resource_fn
        kind = type(made) if definition.is_fixed else made
        told += [getattr(kind, "__module__", ""), getattr(kind, "__qualname__", "")]
        said = vars(made) if definition.is_fixed and hasattr(made, "__dict__") else {}
        told += [
            f"{attribute}={os.fspath(value)!r}"
            for attribute, value in sorted(said.items())
            if isinstance(value, (str, os.PathLike))
        ]
        told.append(repr(getattr(definition, "configured_with", None)))
    return f"{MANAGED}:{name}:{hashlib.sha256(repr(told).encode()).hexdigest()[:16]}"


def name_in(ref: ValueRef) -> str:
    """Return the name of the IO manager that a reference is to."""
    return ref.address.split(":")[1]


def is_managed(ref: ValueRef | None) -> bool:
    """Tell whether an IO manager has the value."""
    return ref is not None and ref.format == MANAGED


def managed_ref(address: str, type_name: str, summary: str = "", rows: int | None = None) -> ValueRef:
    """Return the reference to a value that an IO manager has."""
    return ValueRef(address=address, format=MANAGED, size=0, type_name=type_name, summary=summary, rows=rows)


def managed_places(graph: AssetGraph) -> dict[AssetKey, str]:
    """Return the place of the value of each asset of a graph that an IO manager has, by what they bring along."""
    places: dict[AssetKey, str] = {}
    for key in [*graph.keys, *graph.external]:
        definition: Any = graph.definition(key) if key in graph else graph.described(key)
        if definition is None:
            continue
        name = manager_of(definition, key, definition.resource_defs)
        if name is not None:
            places[key] = address_of(name, definition.resource_defs.get(name))
    return places
