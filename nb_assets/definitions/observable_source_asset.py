"""`@observable_source_asset`: an asset that is made elsewhere, with a function that says which version its data is."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, overload

from nb_assets.definitions.asset_decorator import key_of
from nb_assets.definitions.compute import compute_function
from nb_assets.definitions.required_resources import required_keys
from nb_assets.definitions.source_asset import SourceAsset
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey


@overload
def observable_source_asset(observe_fn: Callable[..., Any]) -> SourceAsset: ...
@overload
def observable_source_asset(
    *,
    key: AssetKey | str | Sequence[str] | None = ...,
    name: str | None = ...,
    key_prefix: str | Sequence[str] | None = ...,
    metadata: Mapping[str, Any] | None = ...,
    io_manager_key: str | None = ...,
    io_manager_def: Any = ...,
    description: str | None = ...,
    group_name: str | None = ...,
    required_resource_keys: AbstractSet[str] | None = ...,
    resource_defs: Mapping[str, Any] | None = ...,
    tags: Mapping[str, str] | None = ...,
    op_tags: Mapping[str, Any] | None = ...,
) -> Callable[[Callable[..., Any]], SourceAsset]: ...
def observable_source_asset(
    observe_fn: Callable[..., Any] | None = None,
    *,
    key: AssetKey | str | Sequence[str] | None = None,
    name: str | None = None,
    key_prefix: str | Sequence[str] | None = None,
    metadata: Mapping[str, Any] | None = None,
    io_manager_key: str | None = None,
    io_manager_def: Any = None,
    description: str | None = None,
    group_name: str | None = None,
    required_resource_keys: AbstractSet[str] | None = None,
    resource_defs: Mapping[str, Any] | None = None,
    tags: Mapping[str, str] | None = None,
    op_tags: Mapping[str, Any] | None = None,
) -> SourceAsset | Callable[[Callable[..., Any]], SourceAsset]:
    """Tell of an asset that is made elsewhere by a function that returns the `DataVersion` that it has now.

    In a session the function is called when a run begins that makes something derived from the asset: another version makes
    that stale.

    Parameters
    ----------
    key, name, key_prefix, metadata, description, group_name, tags, required_resource_keys, resource_defs
        As in `@asset`.
    io_manager_key, io_manager_def
        What reads its value.

    Raises
    ------
    DefinitionError
        When the function takes anything but a context and resources, or a name is not a valid one.
    """

    def decorate(fn: Callable[..., Any]) -> SourceAsset:
        asset_key = key_of(fn, name, key_prefix, key)
        compute = compute_function(fn)
        if compute.arguments:
            raise DefinitionError(
                f"`{asset_key.to_user_string()}` is made elsewhere, so the function that observes it takes no asset, and "
                f"`{compute.arguments[0]}` would be one: it takes a context and resources."
            )
        made = SourceAsset(
            asset_key,
            metadata=metadata,
            io_manager_key=io_manager_key,
            io_manager_def=io_manager_def,
            description=description or inspect.getdoc(fn),
            group_name=group_name,
            resource_defs=resource_defs,
            observe_fn=fn,
            op_tags=op_tags,
            tags=tags,
        )
        keys = required_keys(compute, required_resource_keys, asset_key.to_user_string())
        object.__setattr__(made, "required_resource_keys", keys)
        return made

    return decorate if observe_fn is None else decorate(observe_fn)
