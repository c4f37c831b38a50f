"""The IO manager that an asset is given: by the name of a resource, or as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey


def own_io_manager(
    key: AssetKey, name: str | None, manager: Any, resource_defs: Mapping[str, Any] | None
) -> tuple[str | None, Mapping[str, Any] | None]:
    """Return the name of the IO manager of an asset, and the resources that it brings along, that one among them.

    Raises
    ------
    DefinitionError
        When it is given by its name and as it is, or its name is that of another resource.
    """
    if manager is None:
        return name, resource_defs
    if name is not None:
        raise DefinitionError(
            f"`{key.to_user_string()}` is given an io_manager_key and an io_manager_def: one is the name of a resource, the other the "
            "IO manager itself. Give one of them."
        )
    name = key.to_python_identifier("io_manager")
    resources = dict(resource_defs or {})
    if resources.setdefault(name, manager) is not manager:
        raise DefinitionError(
            f"`{key.to_user_string()}` is given two different things by the name `{name}`: its io_manager_def, and one of its "
            "resource_defs."
        )
    return name, resources
