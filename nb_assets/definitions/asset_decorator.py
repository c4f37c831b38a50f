"""`@asset`: a function that makes one asset."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, overload

from nb_assets.definitions.asset_check import AssetCheckSpec, checked_check_specs
from nb_assets.definitions.asset_dep import AssetDep, as_deps
from nb_assets.definitions.asset_in import AssetIn
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.asset_spec import AssetSpec
from nb_assets.definitions.assets_definition import AssetsDefinition
from nb_assets.definitions.builtin_types import NOTHING, Nothing
from nb_assets.definitions.compute import ComputeFunction, compute_function
from nb_assets.definitions.config.own import own_config
from nb_assets.definitions.hook import HookDefinition, checked_hooks
from nb_assets.definitions.naming import checked_name
from nb_assets.definitions.op_tags import tags_of_op
from nb_assets.definitions.own_io_manager import own_io_manager
from nb_assets.definitions.partitions.dependence import may_follow_itself
from nb_assets.definitions.required_resources import required_keys
from nb_assets.definitions.resource import as_resources
from nb_assets.definitions.result import DEFAULT_OUTPUT
from nb_assets.definitions.retry import RetryPolicy, checked_retry_policy
from nb_assets.errors import DefinitionError, near

if TYPE_CHECKING:
    from nb_assets.definitions.automation.condition import AutomationCondition
    from nb_assets.definitions.partitions.backfill_policy import BackfillPolicy
    from nb_assets.definitions.partitions.partitions_definition import PartitionsDefinition


@overload
def asset(compute_fn: Callable[..., Any]) -> AssetsDefinition: ...
@overload
def asset(
    *,
    name: str | None = ...,
    key_prefix: str | Sequence[str] | None = ...,
    ins: Mapping[str, AssetIn] | None = ...,
    deps: Iterable[Any] | None = ...,
    metadata: Mapping[str, Any] | None = ...,
    tags: Mapping[str, str] | None = ...,
    description: str | None = ...,
    group_name: str | None = ...,
    output_required: bool = ...,
    retry_policy: RetryPolicy | None = ...,
    code_version: str | None = ...,
    automation_condition: AutomationCondition | None = ...,
    key: AssetKey | str | Sequence[str] | None = ...,
    owners: Sequence[str] | None = ...,
    kinds: Iterable[str] | None = ...,
    partitions_def: PartitionsDefinition[Any] | None = ...,
    backfill_policy: BackfillPolicy | None = ...,
    required_resource_keys: AbstractSet[str] | None = ...,
    resource_defs: Mapping[str, Any] | None = ...,
    io_manager_def: Any = ...,
    io_manager_key: str | None = ...,
    config_schema: Any = ...,
    check_specs: Sequence[AssetCheckSpec] | None = ...,
    op_tags: Mapping[str, Any] | None = ...,
    compute_kind: str | None = ...,
    hooks: AbstractSet[HookDefinition] | None = ...,
    pool: str | None = ...,
    dagster_type: Any = ...,
) -> Callable[[Callable[..., Any]], AssetsDefinition]: ...
def asset(
    compute_fn: Callable[..., Any] | None = None,
    *,
    name: str | None = None,
    key_prefix: str | Sequence[str] | None = None,
    ins: Mapping[str, AssetIn] | None = None,
    deps: Iterable[Any] | None = None,
    metadata: Mapping[str, Any] | None = None,
    tags: Mapping[str, str] | None = None,
    description: str | None = None,
    group_name: str | None = None,
    output_required: bool = True,
    retry_policy: RetryPolicy | None = None,
    code_version: str | None = None,
    automation_condition: AutomationCondition | None = None,
    key: AssetKey | str | Sequence[str] | None = None,
    owners: Sequence[str] | None = None,
    kinds: Iterable[str] | None = None,
    partitions_def: PartitionsDefinition[Any] | None = None,
    backfill_policy: BackfillPolicy | None = None,
    required_resource_keys: AbstractSet[str] | None = None,
    resource_defs: Mapping[str, Any] | None = None,
    io_manager_def: Any = None,
    io_manager_key: str | None = None,
    config_schema: Any = None,
    check_specs: Sequence[AssetCheckSpec] | None = None,
    op_tags: Mapping[str, Any] | None = None,
    compute_kind: str | None = None,
    hooks: AbstractSet[HookDefinition] | None = None,
    pool: str | None = None,
    dagster_type: Any = None,
) -> AssetsDefinition | Callable[[Callable[..., Any]], AssetsDefinition]:
    """Make an asset of a function: its value is what the function returns, its inputs are the assets its arguments name.

    Parameters
    ----------
    name
        The last part of the key; the function's name unless given.
    key_prefix
        The parts of the key before the name.
    ins
        The asset behind an argument, where the argument's name alone does not say it.
    deps
        Assets that this one is derived from without being handed their values.
    metadata, tags, owners, kinds
        What the catalogue knows of it. Kinds are at most ten words, such as "pandas"; an owner is an e-mail address or
        `team:NAME`.
    description
        What it is; the function's docstring unless given.
    group_name
        The one group it is in; groups in groups have a `/` between their names.
    output_required
        Whether the function must give a value each time. One that may not yields an `Output` or nothing.
    retry_policy
        When a failed run is tried again.
    code_version
        Replaces the fingerprint of the code: the asset is stale when this text changes, and not when the code does.
    automation_condition
        When it is made by itself, where somebody evaluates that: in a notebook, `%assets auto on`.
    key
        The whole key, in place of a name and a prefix.
    partitions_def
        The partitions that it is made of, such as days, each made, kept and compared apart.
    backfill_policy
        How many of them one call of the function makes: one unless given.
    required_resource_keys
        The resources that `context.resources` has. A parameter that is annotated as a resource needs no mention here.
    resource_defs
        Resources of its own by name: objects, or definitions of them.
    io_manager_key, io_manager_def
        The IO manager that stores the value in place of the session's store: the name of a resource, or the IO manager
        itself. One of the two.
    config_schema
        What its configuration looks like, found at `context.op_config`: a type, a dict of them, a `Field`.
    check_specs
        The checks that the function makes of what it gives: it yields an `AssetCheckResult` for each, or hands them over
        in a `MaterializeResult`.
    op_tags, pool
        What Dagster's executors go by; kept with its op.
    compute_kind
        What it is made with: an older name for one of the kinds.
    dagster_type
        The type that the value must have; that of the function's annotation unless given.
    hooks
        What is called when it was made, or could not be made: see `success_hook`.

    Raises
    ------
    DefinitionError
        When a name, key, group, tag or owner is not a valid one, `ins` names no argument, or the asset would depend on
        itself.
    """

    def decorate(fn: Callable[..., Any]) -> AssetsDefinition:
        if not callable(fn):
            raise DefinitionError(
                f"@asset goes on a function, not on {fn!r}. A name is given as @asset(name=…)."
            )
        if isinstance(fn, AssetsDefinition):
            raise DefinitionError(f"`{fn.node_name}` is an asset already: decorate its function once.")
        asset_key = key_of(fn, name, key_prefix, key)
        compute = compute_function(fn)
        inputs = inputs_of(compute, ins or {}, _shown(asset_key))
        manager, resources = own_io_manager(asset_key, io_manager_key, io_manager_def, resource_defs)
        upstream = as_deps(deps)
        derived = derived_from(inputs, upstream, ins)
        for dep in derived:
            if dep.asset_key == asset_key and not _follows_itself(dep, partitions_def):
                raise DefinitionError(
                    f"`{_shown(asset_key)}` depends on itself: an asset is derived from other assets. Rename it or its "
                    "argument, or name the asset behind the argument with `ins`. One that has partitions of time may be derived "
                    "from its earlier ones, by TimeWindowPartitionMapping(start_offset=-1, end_offset=-1)."
                )
        _check_dep_names(dep.asset_key for dep in upstream)
        spec = AssetSpec(
            asset_key,
            deps=derived,
            description=description or inspect.getdoc(fn),
            metadata=metadata,
            group_name=group_name,
            code_version=code_version,
            automation_condition=automation_condition,
            owners=owners,
            tags=tags,
            kinds=kinds,
            partitions_def=partitions_def,
        )
        return AssetsDefinition.build(
            compute=compute,
            node_name=asset_key.to_python_identifier(),
            specs_by_output_name={DEFAULT_OUTPUT: spec},
            keys_by_input_name=inputs,
            retry_policy=checked_retry_policy(retry_policy, _shown(asset_key)),
            optional_outputs=frozenset() if output_required else frozenset({DEFAULT_OUTPUT}),
            required_resource_keys=required_keys(compute, required_resource_keys, _shown(asset_key)),
            resource_defs=as_resources(resources, f"`{_shown(asset_key)}`"),
            io_manager_keys={} if manager is None else {DEFAULT_OUTPUT: manager},
            inputs=said_of_inputs(ins),
            backfill_policy=backfill_policy,
            config=own_config(compute, config_schema, _shown(asset_key)),
            check_specs_by_output_name=made_with(check_specs, _shown(asset_key), [asset_key]),
            op_tags=tags_of_op(op_tags, compute_kind, kinds, _shown(asset_key)),
            hook_defs=checked_hooks(hooks, f"`{_shown(asset_key)}`"),
            pool=pool,
            types_by_output={} if dagster_type is None else {DEFAULT_OUTPUT: dagster_type},
        )

    return decorate if compute_fn is None else decorate(compute_fn)


def made_with(
    specs: Iterable[AssetCheckSpec] | None, owner: str, keys: Iterable[AssetKey] | None
) -> dict[str, AssetCheckSpec]:
    """Return the checks that are made by the function of some assets, under names like those of outputs.

    Parameters
    ----------
    keys
        The assets that they may be of; any unless given.

    Raises
    ------
    DefinitionError
        When one is no spec, looks at another asset, or is there twice.
    """
    return {spec.get_python_identifier(): spec for spec in checked_check_specs(specs, owner, keys)}


def inputs_of(compute: ComputeFunction, ins: Mapping[str, AssetIn], owner: str) -> dict[str, AssetKey]:
    """Return the asset behind each argument.

    Raises
    ------
    DefinitionError
        When `ins` names something that is no argument.
    """
    for argument, given in ins.items():
        if argument not in compute.arguments and not compute.catch_all and not _is_order(given):
            raise DefinitionError(
                f"`ins` of `{owner}` names `{argument}`, which is no argument of its function."
                f"{near(argument, compute.arguments)}"
            )
    names = dict.fromkeys(checked_name(name, "input") for name in [*compute.arguments, *ins])
    keys = {name: ins.get(name, AssetIn()) for name in names if not _is_order(ins.get(name))}
    for name in compute.arguments:
        if name not in keys:
            raise DefinitionError(
                f"`ins` of `{owner}` says that `{name}` carries nothing, so its function cannot take it: leave the argument out."
            )
    return {name: _as_asset_in(value).key_of(name) for name, value in keys.items()}


def _check_not_both(
    inputs: Mapping[str, AssetKey], deps: Iterable[AssetDep], ins: Mapping[str, AssetIn] | None
) -> None:
    """Check that more is said of an argument than its asset only where deps does not name that too."""
    for dep in deps:
        own = dep.asset_key.to_python_identifier()
        for name, key in inputs.items():
            given = (ins or {}).get(name)
            if not isinstance(given, AssetIn):
                continue
            more = given.says_more or given.partition_mapping is not None
            if (key == dep.asset_key and more) or (key != dep.asset_key and name == own):
                raise DefinitionError(
                    f"deps names `{dep.asset_key.to_user_string()}`, and ins says something of the argument `{name}`: name the "
                    "asset in ins alone."
                )


def _is_order(given: Any) -> bool:
    """Tell whether an input only says what comes first."""
    kind = getattr(given, "dagster_type", None)
    return kind is Nothing or kind is NOTHING


def said_of_inputs(ins: Mapping[str, AssetIn] | None) -> dict[str, AssetIn]:
    """Return the inputs of which more is said than the asset behind them."""
    return {
        name: given
        for name, given in (ins or {}).items()
        if not _is_order(given) and _as_asset_in(given).says_more
    }


def derived_from(
    inputs: Mapping[str, AssetKey],
    deps: Iterable[AssetDep] = (),
    ins: Mapping[str, AssetIn] | None = None,
) -> list[AssetDep]:
    """Return all that an asset is derived from: what is behind its arguments, then its deps.

    Raises
    ------
    DefinitionError
        When the partitions of one are mapped in two ways.
    """
    named = {name: given for name, given in (ins or {}).items() if _is_order(given)}
    deps = [
        *deps,
        *(
            AssetDep(given.key_of(name), partition_mapping=given.partition_mapping)
            for name, given in named.items()
        ),
    ]
    _check_not_both(inputs, deps, ins)
    by_key: dict[AssetKey, AssetDep] = {}
    for name, key in inputs.items():
        mapping = getattr((ins or {}).get(name), "partition_mapping", None)
        known = by_key.get(key)
        if known is not None and known.partition_mapping != mapping:
            raise _mapped_twice(key)
        by_key[key] = AssetDep(key, partition_mapping=mapping)
    for dep in deps:
        known = by_key.get(dep.asset_key)
        if (
            known is not None
            and known.partition_mapping is not None
            and known.partition_mapping != dep.partition_mapping
        ):
            raise _mapped_twice(dep.asset_key)
        by_key[dep.asset_key] = dep
    return list(by_key.values())


def _mapped_twice(key: AssetKey) -> DefinitionError:
    return DefinitionError(
        f"the partitions of `{key.to_user_string()}` are mapped in two ways: give its partition_mapping once."
    )


def _follows_itself(dep: AssetDep, partitions_def: PartitionsDefinition[Any] | None) -> bool:
    if partitions_def is None or dep.partition_mapping is None:
        return False
    return may_follow_itself(dep.partition_mapping)


def _as_asset_in(value: Any) -> AssetIn:
    return value if isinstance(value, AssetIn) else AssetIn(key=AssetKey.from_coercible(value))


def key_of(
    fn: Callable[..., Any],
    name: str | None,
    key_prefix: str | Sequence[str] | None,
    key: AssetKey | str | Sequence[str] | None,
) -> AssetKey:
    """Return the key that a decorator's arguments give to the asset of a function.

    Raises
    ------
    DefinitionError
        When they contradict each other, or it is not a valid name.
    """
    if key is not None:
        if name is not None or key_prefix is not None:
            raise DefinitionError("give @asset either a whole key, or a name and a key_prefix, not both.")
        resolved = AssetKey.from_coercible(key)
    else:
        prefix = (key_prefix,) if isinstance(key_prefix, str) else tuple(key_prefix or ())
        own = name if name is not None else getattr(fn, "__name__", None)
        if own is None or own == "<lambda>":
            raise DefinitionError(
                "this function has no name of its own: give the asset one with @asset(name=…)."
            )
        resolved = AssetKey([*prefix, own])
    checked_name(resolved.to_python_identifier())
    return resolved


def _check_dep_names(keys: Iterable[AssetKey]) -> None:
    for key in keys:
        for part in key.parts:
            if "/" in part:
                raise DefinitionError(
                    f'"{part}" in deps is not the name of an asset: a key of several parts is a list, '
                    f"{part.split('/')!r}."
                )


def _shown(key: AssetKey) -> str:
    return key.to_user_string()
