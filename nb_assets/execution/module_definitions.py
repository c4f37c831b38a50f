"""`load_definitions_from_…`: all that modules define, in one object."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from nb_assets.definitions.module_loading import (
    load_asset_checks_from_modules,
    load_assets_from_modules,
    module_of,
    modules_of,
)
from nb_assets.errors import DefinitionError
from nb_assets.execution.definitions import Definitions
from nb_assets.execution.job import JobDefinition, UnresolvedAssetJob


def load_definitions_from_modules(
    modules: Iterable[ModuleType],
    resources: Mapping[str, Any] | None = None,
    loggers: Mapping[str, Any] | None = None,
    executor: Any = None,
) -> Definitions:
    """Return the assets, checks and jobs that are bound to names of the modules, alone or in lists.

    Parameters
    ----------
    resources, loggers, executor
        What they are run with.

    Raises
    ------
    DefinitionError
        When one of the modules gathers what it defines in a `Definitions` object of its own, or two jobs have one name.
    DuplicateKeyError
        When two modules define the same key.
    """
    given = list(modules)
    assets = load_assets_from_modules(given, include_specs=True)
    for module in given:
        for name, value in vars(module).items():
            if isinstance(value, Definitions):
                raise DefinitionError(
                    f"the module `{module.__name__}` gathers what it defines in `{name}` already: use that object, or merge "
                    "it with others by Definitions.merge."
                )
    return Definitions(
        assets=assets,
        asset_checks=load_asset_checks_from_modules(given),
        jobs=_jobs_of(given),
        resources=resources,
        loggers=loggers,
        executor=executor,
    )


def load_definitions_from_module(
    module: ModuleType,
    resources: Mapping[str, Any] | None = None,
    loggers: Mapping[str, Any] | None = None,
    executor: Any = None,
) -> Definitions:
    """Return what a module defines. See `load_definitions_from_modules`."""
    return load_definitions_from_modules([module], resources, loggers, executor)


def load_definitions_from_current_module(
    resources: Mapping[str, Any] | None = None,
    loggers: Mapping[str, Any] | None = None,
    executor: Any = None,
) -> Definitions:
    """Return what the module defines that calls this. See `load_definitions_from_modules`."""
    frame = inspect.currentframe()
    caller = module_of(frame.f_back if frame is not None else None)
    return load_definitions_from_modules([caller], resources, loggers, executor)


def load_definitions_from_package_module(
    package_module: ModuleType,
    resources: Mapping[str, Any] | None = None,
    loggers: Mapping[str, Any] | None = None,
    executor: Any = None,
) -> Definitions:
    """Return what a package and all modules inside it define. See `load_definitions_from_modules`."""
    return load_definitions_from_modules(modules_of(package_module), resources, loggers, executor)


def load_definitions_from_package_name(
    package_name: str,
    resources: Mapping[str, Any] | None = None,
    loggers: Mapping[str, Any] | None = None,
    executor: Any = None,
) -> Definitions:
    """Return what the package of this name and all modules inside it define. See `load_definitions_from_modules`."""
    return load_definitions_from_package_module(
        importlib.import_module(package_name), resources, loggers, executor
    )


def _jobs_of(modules: Iterable[ModuleType]) -> list[UnresolvedAssetJob | JobDefinition]:
    found: dict[int, UnresolvedAssetJob | JobDefinition] = {}
    for module in modules:
        for value in vars(module).values():
            items = value if isinstance(value, (list, tuple)) else (value,)
            found |= {id(one): one for one in items if isinstance(one, (UnresolvedAssetJob, JobDefinition))}
    names: dict[str, int] = {}
    for one in found.values():
        if names.setdefault(one.name, id(one)) != id(one):
            raise DefinitionError(f"two jobs are called `{one.name}`: give one of them another name.")
    return list(found.values())
