"""`@asset_check` and `@multi_asset_check`: functions that look at assets and say whether they are as they should be."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_check import AssetCheckKey, AssetCheckSpec, checked_check_name
from nb_assets.definitions.asset_decorator import inputs_of, said_of_inputs
from nb_assets.definitions.asset_dep import as_deps
from nb_assets.definitions.asset_in import AssetIn
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.assets_definition import AssetsDefinition
from nb_assets.definitions.checks_definition import AssetChecksDefinition
from nb_assets.definitions.compute import compute_function
from nb_assets.definitions.config.own import own_config
from nb_assets.definitions.naming import checked_name
from nb_assets.definitions.required_resources import required_keys
from nb_assets.definitions.resource import as_resources
from nb_assets.definitions.result import DEFAULT_OUTPUT
from nb_assets.definitions.retry import RetryPolicy, checked_retry_policy
from nb_assets.errors import DefinitionError, DuplicateKeyError, near

if TYPE_CHECKING:
    from nb_assets.definitions.compute import ComputeFunction
    from nb_assets.definitions.partitions.partitions_definition import PartitionsDefinition


def asset_check(
    *,
    asset: Any,
    name: str | None = None,
    description: str | None = None,
    blocking: bool = False,
    additional_ins: Mapping[str, AssetIn] | None = None,
    additional_deps: Iterable[Any] | None = None,
    required_resource_keys: AbstractSet[str] | None = None,
    resource_defs: Mapping[str, Any] | None = None,
    config_schema: Any = None,
    retry_policy: RetryPolicy | None = None,
    metadata: Mapping[str, Any] | None = None,
    automation_condition: Any = None,
    partitions_def: PartitionsDefinition[Any] | None = None,
    compute_kind: str | None = None,
    op_tags: Mapping[str, Any] | None = None,
    pool: str | None = None,
) -> Callable[[Callable[..., Any]], AssetChecksDefinition]:
    """Make a check of a function that returns an `AssetCheckResult`.

    The function takes the value of the asset under any one name, or nothing when it looks at it by itself.

    Parameters
    ----------
    asset
        The asset that it looks at: its key or its definition.
    name
        The function's name unless given; its own among the checks of the asset.
    description
        What it looks for; the function's docstring unless given.
    blocking
        Whether what is derived from the asset waits for the check, and is not made when it fails with the severity ERROR.
    additional_ins
        The assets behind the arguments of the function apart from the one that stands for the asset.
    additional_deps
        Assets that it looks at without being handed their values.
    required_resource_keys, resource_defs, config_schema
        As in `@asset`.
    retry_policy
        When a failed run of the function is tried again.
    metadata
        What is known of the check.
    automation_condition
        Recorded with the check: a check runs by itself whenever its asset is made.
    partitions_def
        The partitions of the asset, where the check looks at the one that is made.
    compute_kind, op_tags, pool
        As in `@asset`.

    Raises
    ------
    DefinitionError
        When the name is not a valid one, or an argument of the function stands for no asset.
    """

    def decorate(fn: Callable[..., Any]) -> AssetChecksDefinition:
        _check_function(fn, "@asset_check")
        compute = compute_function(fn)
        asset_key = AssetKey.from_coercible(asset)
        own = str(name or getattr(fn, "__name__", "asset_check"))
        deps = as_deps(additional_deps)
        inputs = _inputs(compute, own, asset_key, additional_ins or {}, {dep.asset_key for dep in deps})
        others = dict.fromkeys([*inputs.values(), *(dep.asset_key for dep in deps)])
        spec = AssetCheckSpec(
            own,
            asset=asset_key,
            description=description or inspect.getdoc(fn),
            additional_deps=[key for key in others if key != asset_key],
            blocking=blocking,
            metadata=metadata,
            automation_condition=automation_condition,
            partitions_def=partitions_def,
        )
        return AssetChecksDefinition.build(
            compute=compute,
            node_name=checked_check_name(spec),
            specs_by_output_name={},
            keys_by_input_name=inputs,
            retry_policy=checked_retry_policy(retry_policy, own),
            required_resource_keys=required_keys(compute, required_resource_keys, own),
            resource_defs=as_resources(resource_defs, f"`{own}`"),
            config=own_config(compute, config_schema, own),
            inputs=said_of_inputs(additional_ins),
            check_specs_by_output_name={DEFAULT_OUTPUT: spec},
            op_tags=_tags(op_tags, compute_kind),
            pool=pool,
        )

    return decorate


def multi_asset_check(
    *,
    specs: Sequence[AssetCheckSpec],
    name: str | None = None,
    description: str | None = None,
    can_subset: bool = False,
    required_resource_keys: AbstractSet[str] | None = None,
    resource_defs: Mapping[str, Any] | None = None,
    config_schema: Any = None,
    retry_policy: RetryPolicy | None = None,
    ins: Mapping[str, Any] | None = None,
    compute_kind: str | None = None,
    op_tags: Mapping[str, Any] | None = None,
    pool: str | None = None,
) -> Callable[[Callable[..., Any]], AssetChecksDefinition]:
    """Make several checks of one function, which yields an `AssetCheckResult` for each.

    Parameters
    ----------
    specs
        The checks.
    name
        The name of the computation; the function's unless given.
    can_subset
        Whether the function can run some of its checks alone: it then looks at `context.selected_asset_check_keys`.
    required_resource_keys, resource_defs, config_schema
        As in `@asset`.
    retry_policy
        When a failed run of the function is tried again.
    ins
        The asset behind an argument, where the argument's name alone does not say it.
    compute_kind, op_tags, pool
        As in `@asset`.

    Raises
    ------
    DefinitionError
        When a name is not a valid one, or an argument stands for an asset that none of the checks looks at.
    DuplicateKeyError
        When two checks have one name on one asset.
    """
    by_key = _checked_specs(specs)

    def decorate(fn: Callable[..., Any]) -> AssetChecksDefinition:
        _check_function(fn, "@multi_asset_check")
        compute = compute_function(fn)
        own = checked_name(name or getattr(fn, "__name__", "multi_asset_check"), "check")
        looked_at = list(dict.fromkeys(key for spec in by_key.values() for key in spec.dependency_keys))
        given = {
            argument: each if isinstance(each, AssetIn) else AssetIn(AssetKey.from_coercible(each))
            for argument, each in (ins or {}).items()
        }
        inputs = inputs_of(compute, given, own)
        for argument, key in inputs.items():
            if key not in looked_at:
                names = [each.to_user_string() for each in looked_at]
                raise DefinitionError(
                    f"`{own}` takes `{argument}`, and none of its specs looks at `{key.to_user_string()}`."
                    f"{near(key.to_user_string(), names)} Name it in additional_deps of those that do, or name the asset "
                    "behind the argument with `ins`."
                )
        return AssetChecksDefinition.build(
            compute=compute,
            node_name=own,
            specs_by_output_name={},
            keys_by_input_name=inputs,
            retry_policy=checked_retry_policy(retry_policy, own),
            required_resource_keys=required_keys(compute, required_resource_keys, own),
            resource_defs=as_resources(resource_defs, f"`{own}`"),
            config=own_config(compute, config_schema, own),
            can_subset=can_subset,
            inputs=said_of_inputs(
                {name: each for name, each in (ins or {}).items() if isinstance(each, AssetIn)}
            ),
            check_specs_by_output_name={spec.get_python_identifier(): spec for spec in by_key.values()},
            description=description or inspect.getdoc(fn),
            op_tags=_tags(op_tags, compute_kind),
            pool=pool,
        )

    return decorate


def _tags(op_tags: Mapping[str, Any] | None, compute_kind: str | None) -> dict[str, Any]:
    return {**({"kind": compute_kind} if compute_kind else {}), **(op_tags or {})}


def _check_function(fn: Any, decorator: str) -> None:
    if isinstance(fn, AssetsDefinition):
        raise DefinitionError(
            f"`{fn.node_name}` is decorated already: put {decorator} on a function of its own."
        )
    if not callable(fn):
        raise DefinitionError(f"{decorator} goes on a function, not on {fn!r}.")


def _checked_specs(specs: Any) -> dict[AssetCheckKey, AssetCheckSpec]:
    if not isinstance(specs, Sequence) or isinstance(specs, str):
        raise DefinitionError(f"specs of @multi_asset_check is a list of AssetCheckSpec, not {specs!r}.")
    found: dict[AssetCheckKey, AssetCheckSpec] = {}
    for spec in specs:
        if not isinstance(spec, AssetCheckSpec):
            raise DefinitionError(
                f'specs of @multi_asset_check has {spec!r}: write AssetCheckSpec("name", asset="…").'
            )
        checked_check_name(spec)
        if found.setdefault(spec.key, spec) is not spec:
            raise DuplicateKeyError(
                f"specs of @multi_asset_check has `{spec.key.to_user_string()}` twice: give one of them another name."
            )
    return found


def _inputs(
    compute: ComputeFunction,
    name: str,
    asset_key: AssetKey,
    additional: Mapping[str, AssetIn],
    deps: set[AssetKey],
) -> dict[str, AssetKey]:
    """Return the asset behind each argument: one that `additional_ins` does not name stands for the asset itself."""
    shown = asset_key.to_user_string()
    others = inputs_of(compute, additional, name) if additional else {}
    if asset_key in deps or asset_key in {others[argument] for argument in additional}:
        where = "additional_deps" if asset_key in deps else "additional_ins"
        raise DefinitionError(
            f"the check `{name}` looks at `{shown}` and names it in {where} too: name there only what else it looks at."
        )
    own = [argument for argument in compute.arguments if argument not in additional]
    if len(own) > 1:
        raise DefinitionError(
            f"the check `{name}` takes {', '.join(f'`{argument}`' for argument in own)}, and one argument stands for "
            f"`{shown}`: name the assets behind the others with additional_ins."
        )
    return {
        **dict.fromkeys(own, asset_key),
        **{argument: others[argument] for argument in additional},
    }
