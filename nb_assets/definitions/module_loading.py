"""`load_assets_from_…`: the assets that modules define, with a group or a prefix for all of them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Iterator, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_spec import AssetSpec
from nb_assets.definitions.assets_definition import AssetsDefinition, DefinitionHolder
from nb_assets.definitions.checks_definition import AssetChecksDefinition
from nb_assets.definitions.external_assets import external_assets
from nb_assets.definitions.naming import DEFAULT_GROUP, checked_group
from nb_assets.definitions.source_asset import SourceAsset
from nb_assets.errors import DefinitionError, DuplicateKeyError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nb_assets.definitions.asset_check import AssetCheckKey
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.resource import ResourceDefinition

Loadable = AssetsDefinition | AssetSpec


def load_assets_from_modules(
    modules: Iterable[ModuleType],
    group_name: str | None = None,
    key_prefix: str | Sequence[str] | None = None,
    *,
    source_key_prefix: str | Sequence[str] | None = None,
    include_specs: bool = False,
) -> list[Loadable]:
    """Return the assets that are bound to names of the modules, alone or in lists.

    Parameters
    ----------
    group_name
        The group of all of them.
    key_prefix
        Parts in front of all their keys; what they read of each other follows.
    source_key_prefix
        Parts in front of the keys of the specs that stand for assets made elsewhere.
    include_specs
        Whether such specs are returned too; a `SourceAsset` always is.

    Raises
    ------
    DefinitionError
        When one of them is in another group already.
    DuplicateKeyError
        When two modules define the same key.
    """
    kinds = Loadable if include_specs else AssetsDefinition | SourceAsset
    found = [item for item in _found(modules, kinds) if not isinstance(item, AssetChecksDefinition)]
    if group_name is not None:
        checked_group(group_name)
    rename = _renamed(found, _parts(key_prefix, "key_prefix"), _parts(source_key_prefix, "source_key_prefix"))
    return [_changed(item, group_name, rename) for item in found]


def load_assets_from_current_module(
    group_name: str | None = None,
    key_prefix: str | Sequence[str] | None = None,
    *,
    source_key_prefix: str | Sequence[str] | None = None,
    include_specs: bool = False,
) -> list[Loadable]:
    """Return the assets of the module that calls this. See `load_assets_from_modules`."""
    frame = inspect.currentframe()
    caller = frame.f_back if frame is not None else None
    return load_assets_from_modules(
        [module_of(caller)],
        group_name,
        key_prefix,
        source_key_prefix=source_key_prefix,
        include_specs=include_specs,
    )


def load_assets_from_package_module(
    package_module: ModuleType,
    group_name: str | None = None,
    key_prefix: str | Sequence[str] | None = None,
    *,
    source_key_prefix: str | Sequence[str] | None = None,
    include_specs: bool = False,
) -> list[Loadable]:
    """Return the assets of a package and of all modules inside it. See `load_assets_from_modules`."""
    return load_assets_from_modules(
        modules_of(package_module),
        group_name,
        key_prefix,
        source_key_prefix=source_key_prefix,
        include_specs=include_specs,
    )


def load_assets_from_package_name(
    package_name: str,
    group_name: str | None = None,
    key_prefix: str | Sequence[str] | None = None,
    *,
    source_key_prefix: str | Sequence[str] | None = None,
    include_specs: bool = False,
) -> list[Loadable]:
    """Return the assets of the package of this name and of all modules inside it. See `load_assets_from_modules`."""
    return load_assets_from_package_module(
        importlib.import_module(package_name),
        group_name,
        key_prefix,
        source_key_prefix=source_key_prefix,
        include_specs=include_specs,
    )


def load_asset_checks_from_modules(
    modules: Iterable[ModuleType], asset_key_prefix: str | Sequence[str] | None = None
) -> list[AssetChecksDefinition]:
    """Return the checks that are bound to names of the modules, alone or in lists; those made with assets come with these.

    Parameters
    ----------
    asset_key_prefix
        Parts in front of the keys of the assets that they look at: the `key_prefix` that these are loaded with.

    Raises
    ------
    DuplicateKeyError
        When two checks of an asset have one name.
    """
    modules = list(modules)
    prefix = _parts(asset_key_prefix, "asset_key_prefix")
    checks: list[AssetChecksDefinition] = []
    for item in _found(modules, AssetsDefinition):
        if isinstance(item, AssetChecksDefinition):
            keys = {key for spec in item.check_specs for key in spec.dependency_keys}
            rename = {key: key.with_prefix(prefix) for key in keys} if prefix else {}
            checks.append(item.with_specs(lambda spec: spec, rename))
    return checks


def load_asset_checks_from_current_module(
    asset_key_prefix: str | Sequence[str] | None = None,
) -> list[AssetChecksDefinition]:
    """Return the checks of the module that calls this. See `load_asset_checks_from_modules`."""
    frame = inspect.currentframe()
    return load_asset_checks_from_modules(
        [module_of(frame.f_back if frame is not None else None)], asset_key_prefix
    )


def load_asset_checks_from_package_module(
    package_module: ModuleType, asset_key_prefix: str | Sequence[str] | None = None
) -> list[AssetChecksDefinition]:
    """Return the checks of a package and of all modules inside it. See `load_asset_checks_from_modules`."""
    return load_asset_checks_from_modules(modules_of(package_module), asset_key_prefix)


def load_asset_checks_from_package_name(
    package_name: str, asset_key_prefix: str | Sequence[str] | None = None
) -> list[AssetChecksDefinition]:
    """Return the checks of the package of this name and of all modules in it. See `load_asset_checks_from_modules`."""
    return load_asset_checks_from_package_module(importlib.import_module(package_name), asset_key_prefix)


def assets_of_module(
    module: ModuleType, group_name: str | None = None, key_prefix: str | Sequence[str] | None = None
) -> list[AssetsDefinition]:
    """Return the assets that a module, or a package with all modules inside it, brings along.

    A module that says what it defines in an object (`Definitions`) is taken at its word; else it is all it names.
    """
    modules = list(modules_of(module))
    declared = [
        holder
        for each in modules
        for _, holder in sorted(vars(each).items())
        if isinstance(holder, DefinitionHolder)
    ]
    if declared:
        by_id = {id(item): item for holder in declared for item in holder.assets_definitions}
        found: list[Loadable] = list(by_id.values())
    else:
        found = _found(modules, AssetsDefinition)
        made = {key for item in found for key in _keys(item)}
        # The spec of an asset that is made here stands for nothing of its own.
        found += [item for item in _found(modules, AssetSpec) if not made.intersection(_keys(item))]
    rename = _renamed(found, _parts(key_prefix, "key_prefix"), ())
    return [
        item if isinstance(item, AssetsDefinition) else external_assets([item])
        for item in (_changed(item, group_name, rename) for item in found)
    ]


def resources_of_module(module: ModuleType) -> dict[str, ResourceDefinition]:
    """Return the resources that a module, or a package with all modules inside it, says its assets are given."""
    return {
        name: definition
        for each in modules_of(module)
        for _, holder in sorted(vars(each).items())
        if isinstance(holder, DefinitionHolder)
        for name, definition in holder.resource_defs.items()
    }


def _found(modules: Iterable[ModuleType], kinds: Any) -> list[Loadable]:
    found: dict[int, Loadable] = {}
    places: dict[AssetKey | AssetCheckKey, tuple[str, Loadable]] = {}
    for module in modules:
        if not isinstance(module, ModuleType):
            raise DefinitionError(f"{module!r} is no module: import it, and give the module itself.")
        for item in _items(module, kinds):
            found[id(item)] = item
            for key in _keys(item):
                place, other = places.setdefault(key, (module.__name__, item))
                if other is not item and not _same_spec(other, item):
                    where = (
                        f"in {place}" if place == module.__name__ else f"in {place} and in {module.__name__}"
                    )
                    raise DuplicateKeyError(
                        f"`{key.to_user_string()}` is defined twice, {where}: give one of them another name."
                    )
    return list(found.values())


def _items(module: ModuleType, kinds: Any) -> Iterator[Loadable]:
    # By name, as Dagster does; a list counts when there is nothing else in it.
    for _, value in sorted(vars(module).items()):
        if isinstance(value, kinds):
            yield value
        elif isinstance(value, list) and all(isinstance(item, kinds) for item in value):
            yield from value


def _same_spec(one: Loadable, other: Loadable) -> bool:
    return isinstance(one, AssetSpec) and isinstance(other, AssetSpec) and one == other


def _keys(item: Loadable) -> tuple[AssetKey | AssetCheckKey, ...]:
    if isinstance(item, AssetsDefinition):
        return (*item.specs_by_key, *item.check_specs_by_key)
    return (item.key,)


def _renamed(
    found: Iterable[Loadable], prefix: tuple[str, ...], source_prefix: tuple[str, ...]
) -> dict[AssetKey, AssetKey]:
    rename: dict[AssetKey, AssetKey] = {}
    for item in found:
        parts = prefix if isinstance(item, AssetsDefinition) and item.is_executable else source_prefix
        own = item.specs_by_key if isinstance(item, AssetsDefinition) else (item.key,)
        rename |= {key: key.with_prefix(parts) for key in own} if parts else {}
    return rename


def _changed(item: Loadable, group: str | None, rename: Mapping[AssetKey, AssetKey]) -> Loadable:
    def change(spec: AssetSpec) -> AssetSpec:
        if group is not None and spec.group_name not in (None, DEFAULT_GROUP, group):
            raise DefinitionError(
                f"`{spec.key.to_user_string()}` is in the group `{spec.group}` already, and an asset is in one group: "
                f"it cannot be loaded into `{group}` too."
            )
        return spec.replace_attributes(
            key=rename.get(spec.key, spec.key),
            deps=[dep.renamed(rename) for dep in spec.deps],
            group_name=group or spec.group,
        )

    if group is None and not rename:
        return item
    return item.with_specs(change, rename) if isinstance(item, AssetsDefinition) else change(item)


def _parts(prefix: str | Sequence[str] | None, what: str) -> tuple[str, ...]:
    parts = (prefix,) if isinstance(prefix, str) else prefix or ()
    if not isinstance(parts, (list, tuple)) or not all(isinstance(part, str) for part in parts):
        raise DefinitionError(f"{what} is a text or a list of texts, not {prefix!r}.")
    return tuple(parts)


def modules_of(package: ModuleType) -> Iterator[ModuleType]:
    """Yield a module and, for a package, all modules inside it, which are imported for that.

    Raises
    ------
    DefinitionError
        When what is given is no module.
    """
    if not isinstance(package, ModuleType):
        raise DefinitionError(f"{package!r} is no module: import it, and give the module itself.")
    yield package
    for info in pkgutil.walk_packages(getattr(package, "__path__", []), f"{package.__name__}."):
        yield importlib.import_module(info.name)


def module_of(frame: Any) -> ModuleType:
    """Return the module whose code a frame runs.

    Raises
    ------
    DefinitionError
        When the frame is of no module.
    """
    module = inspect.getmodule(frame) or _main(frame)
    if module is None:
        raise DefinitionError(
            "the module that called this cannot be found: use load_assets_from_modules([module])."
        )
    return module


def _main(frame: Any) -> ModuleType | None:
    # The namespace of a notebook is `__main__`, whose frames have no module of their own.
    name = frame.f_globals.get("__name__") if frame is not None else None
    return importlib.import_module(name) if name else None
