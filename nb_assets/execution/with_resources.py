"""`with_resources`: definitions with the resources that they need bound to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from nb_assets.definitions.assets_definition import AssetsDefinition
from nb_assets.definitions.config.shapes import Shape, read_config
from nb_assets.definitions.resource import as_resources
from nb_assets.definitions.resource_graph import check_resources
from nb_assets.errors import InvocationError


def with_resources(
    definitions: Iterable[Any],
    resource_defs: Mapping[str, Any],
    resource_config_by_key: Mapping[str, Any] | None = None,
) -> list[Any]:
    """Return the same definitions with resources of their own, those that they need of the given ones.

    Parameters
    ----------
    resource_config_by_key
        The configuration of resources by name: `{"db": {"config": {…}}}`.

    Raises
    ------
    MissingResourceError
        When one needs a resource that is not given.
    InvocationError
        When one has another resource of the same name.
    """
    given = as_resources(resource_defs, "with_resources")
    for name, config in (resource_config_by_key or {}).items():
        if name not in given:
            continue
        if not isinstance(config, Mapping) or "config" not in config:
            raise InvocationError(
                f'resource_config_by_key of `{name}` is {{"config": …}}, as in a run_config, not {config!r}.'
            )
        what = f"the configuration of the resource `{name}`"
        read_config(Shape({"config": given[name].config_field}), config, what, resolving=False)
        given[name] = given[name].configured(config["config"])
    return [_bound(each, given) for each in definitions]


def _bound(definition: Any, given: Mapping[str, Any]) -> Any:
    if not isinstance(definition, AssetsDefinition):
        return definition
    bound = definition.with_resources(given)
    owner = f"`{definition.node_name}`"
    needed = definition.required_resource_keys.union(definition.resource_defs)
    check_resources(needed, bound.resource_defs, owner)
    return bound
