"""Where the value of an asset is when an IO manager has it: which manager, by its name and by what it was made of.

A manager that is configured differently is another place: what was stored before is not looked for there.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.naming import DEFAULT_IO_MANAGER
from nb_assets.definitions.resource_graph import transitive
from nb_assets.errors import NbAssetsError
from nb_assets.fingerprint.made_with import made_with
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


def managers_concerned(
    definition: AssetsDefinition, graph: AssetGraph, resources_for: Callable[[AssetsDefinition], Resources]
) -> dict[str, ResourceDefinition]:
    """Return the resources that store the values of a definition or load its inputs, by name."""
    own = resources_for(definition)
    names = {*definition.manager_keys, *(manager_of(definition, key, own) for key in definition.specs_by_key)}
    found = {name: own[name] for name in names if name is not None and name in own}
    for argument, key in definition.keys_by_input_name.items():
        given = definition.inputs.get(argument)
        if given is not None and given.input_manager_key is not None:
            continue
        upstream: Any = graph.definition(key) if key in graph else graph.described(key)
        if upstream is None:
            continue
        brought = upstream.resource_defs
        there = {**own, **resources_for(upstream)}
        name = manager_of(upstream, key, there)
        if name in there:
            one = there[name]
            # Two of one name, each brought along by what it stores the values of.
            told = name if found.get(name, one) is one or name not in brought else f"{name} {key.path[-1]}"
            found[told] = one
    with contextlib.suppress(NbAssetsError):
        # One that is not there fails the run, which tells of it.
        found |= {name: own[name] for name in transitive([name for name in found if name in own], own)}
    return dict(sorted(found.items()))


def address_of(name: str, definition: ResourceDefinition | None) -> str:
    """Return what tells an IO manager from others of its name: what it is, and how it is configured."""
    told = [name] if definition is None else [name, *_told_of(definition)]
    return f"{MANAGED}:{name}:{hashlib.sha256(repr(told).encode()).hexdigest()[:16]}"


def _told_of(definition: ResourceDefinition) -> list[str]:
    source: Any = definition.source_object
    if source is not None:
        # A class of configuration, or what is left of one to be configured later.
        cls = getattr(source, "resource_cls", type(source))
        fields = {**vars(source), **getattr(source, "data", {})}
        held = [each for _, one in sorted(definition.nested.items()) for each in _told_of(one)]
        return [*_named(cls), *(f"{key}={value!r}" for key, value in _plain(fields)), *held]
    if not definition.is_fixed:
        return [*_named(definition.resource_fn), repr(getattr(definition, "configured_with", None))]
    attributes = made_with(definition.fixed).items()
    return [*_named(type(definition.fixed)), *(f"{name}={value}" for name, value in attributes)]


def _named(made: Any) -> tuple[str, str]:
    return str(getattr(made, "__module__", "")), str(getattr(made, "__qualname__", type(made).__qualname__))


def _plain(fields: Mapping[str, Any]) -> list[tuple[str, Any]]:
    plain = (str, int, float, bool, type(None), os.PathLike, list, tuple, dict)
    return [
        (key, os.fspath(value) if isinstance(value, os.PathLike) else value)
        for key, value in sorted(fields.items())
        if not key.startswith("_") and isinstance(value, plain)
    ]


def name_in(ref: ValueRef) -> str:
    """Return the name of the IO manager that a reference is to."""
    return ref.address.split(":")[1]


def is_managed(ref: ValueRef | None) -> bool:
    """Tell whether an IO manager has the value."""
    return ref is not None and ref.format == MANAGED


def managed_ref(address: str, type_name: str, summary: str = "", rows: int | None = None) -> ValueRef:
    """Return the reference to a value that an IO manager has."""
    return ValueRef(address=address, format=MANAGED, size=0, type_name=type_name, summary=summary, rows=rows)


def managed_places(
    graph: AssetGraph, resources_for: Callable[[AssetsDefinition], Resources]
) -> dict[AssetKey, str]:
    """Return the place of the value of each asset of a graph that an IO manager has, with the resources that there are."""
    places: dict[AssetKey, str] = {}
    for key in [*graph.keys, *graph.external]:
        definition: Any = graph.definition(key) if key in graph else graph.described(key)
        if definition is None:
            continue
        resources = resources_for(definition)
        name = manager_of(definition, key, resources)
        if name is not None:
            places[key] = address_of(name, resources.get(name))
    return places
