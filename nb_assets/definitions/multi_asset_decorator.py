"""`@multi_asset`: a function that makes several assets."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.annotated_outputs import check_annotation
from nb_assets.definitions.asset_decorator import derived_from, inputs_of, made_with, said_of_inputs
from nb_assets.definitions.asset_dep import AssetDep, as_deps
from nb_assets.definitions.asset_out import AssetOut
from nb_assets.definitions.asset_spec import AssetSpec
from nb_assets.definitions.assets_definition import AssetsDefinition
from nb_assets.definitions.builtin_types import NOTHING, Nothing
from nb_assets.definitions.compute import compute_function
from nb_assets.definitions.config.own import own_config
from nb_assets.definitions.hook import HookDefinition, checked_hooks
from nb_assets.definitions.naming import IO_MANAGER_METADATA, checked_name
from nb_assets.definitions.op_tags import tags_of_op
from nb_assets.definitions.partitions.dependence import common_partitions_def
from nb_assets.definitions.required_resources import required_keys
from nb_assets.definitions.resource import as_resources
from nb_assets.definitions.retry import RetryPolicy, checked_retry_policy
from nb_assets.errors import DefinitionError, near

if TYPE_CHECKING:
    from nb_assets.definitions.asset_check import AssetCheckSpec
    from nb_assets.definitions.asset_in import AssetIn
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.partitions.backfill_policy import BackfillPolicy
    from nb_assets.definitions.partitions.partitions_definition import PartitionsDefinition


def multi_asset(
    *,
    outs: Mapping[str, AssetOut] | None = None,
    name: str | None = None,
    ins: Mapping[str, AssetIn] | None = None,
    deps: Iterable[Any] | None = None,
    description: str | None = None,
    internal_asset_deps: Mapping[str, set[AssetKey]] | None = None,
    can_subset: bool = False,
    group_name: str | None = None,
    retry_policy: RetryPolicy | None = None,
    code_version: str | None = None,
    specs: Sequence[AssetSpec] | None = None,
    required_resource_keys: AbstractSet[str] | None = None,
    resource_defs: Mapping[str, Any] | None = None,
    config_schema: Any = None,
    partitions_def: PartitionsDefinition[Any] | None = None,
    backfill_policy: BackfillPolicy | None = None,
    check_specs: Sequence[AssetCheckSpec] | None = None,
    allow_arbitrary_check_specs: bool = False,
    op_tags: Mapping[str, Any] | None = None,
    compute_kind: str | None = None,
    hooks: AbstractSet[HookDefinition] | None = None,
    pool: str | None = None,
) -> Callable[[Callable[..., Any]], AssetsDefinition]:
    """Make several assets of one function.

    The function returns the values in the order of the outputs, or a dict of them by output name, or yields an `Output`
    or a `MaterializeResult` for each as soon as it is there.

    Parameters
    ----------
    outs
        The assets by output name; their values are stored.
    specs
        In place of outs: assets whose values the function stores itself, or hands over in a `MaterializeResult`.
    ins, deps
        As in `@asset`; they hold for every output unless `internal_asset_deps` says otherwise.
    internal_asset_deps
        What an output is derived from, by output name, where that is not all inputs: inputs, or other outputs.
    can_subset
        Whether the function can make some of its assets alone: it then looks at `context.selected_asset_keys`.
    group_name, code_version
        Those of the outputs that name none.
    required_resource_keys, resource_defs, config_schema, op_tags, compute_kind, hooks, pool
        As in `@asset`.
    partitions_def, backfill_policy
        As in `@asset`: all of the assets have the same partitions.
    check_specs
        The checks that the function makes of what it gives, as in `@asset`.
    allow_arbitrary_check_specs
        Whether they may be of assets that it does not make.

    Raises
    ------
    DefinitionError
        When both outs and specs are given; when a name, key or group is not a valid one; or when
        dependencies name what is neither an input nor an output.
    """
    _check_arguments(outs, specs, deps, internal_asset_deps)
    check_groups(
        "@multi_asset",
        group_name,
        [spec.group for spec in specs or ()] + [out.spec(name).group for name, out in (outs or {}).items()],
    )

    def decorate(fn: Callable[..., Any]) -> AssetsDefinition:
        if not callable(fn):
            raise DefinitionError(f"@multi_asset goes on a function, not on {fn!r}.")
        node_name = checked_name(name or getattr(fn, "__name__", "multi_asset"), "multi_asset")
        compute = compute_function(fn)
        inputs = inputs_of(compute, ins or {}, node_name)
        defaults: dict[str, Any] = {
            "group_name": group_name,
            "code_version": code_version,
            "description": description or inspect.getdoc(fn),
            "partitions_def": partitions_def,
        }
        if specs is not None:
            _check_specs(node_name, specs, inputs)
            by_output = {spec.key.to_python_identifier(): _with_defaults(spec, defaults) for spec in specs}
            internal: Mapping[str, Iterable[AssetDep]] = {
                output: spec.deps for output, spec in by_output.items()
            }
        else:
            every = derived_from(inputs, as_deps(deps), ins)
            internal = _internal_deps(node_name, outs or {}, every, internal_asset_deps)
            by_output = {
                checked_name(output, "output"): out.spec(output, deps=internal.get(output, every), **defaults)
                for output, out in (outs or {}).items()
            }
        _check_keys(node_name, by_output)
        _check_partitions(node_name, by_output.values())
        check_annotation(compute, tuple(by_output), node_name)
        return AssetsDefinition.build(
            compute=compute,
            node_name=node_name,
            specs_by_output_name=by_output,
            keys_by_input_name=inputs,
            retry_policy=checked_retry_policy(retry_policy, node_name),
            optional_outputs=frozenset(output for output, spec in by_output.items() if spec.skippable),
            valueless_outputs=_valueless(by_output, outs if specs is None else None),
            can_subset=can_subset,
            upstream_by_key={
                spec.key: tuple(dep.asset_key for dep in spec.deps) for spec in by_output.values()
            }
            if internal
            else None,
            types_by_output={
                output: out.dagster_type
                for output, out in (outs or {}).items()
                if out.dagster_type and not _is_nothing(out)
            },
            description=defaults["description"],
            required_resource_keys=required_keys(compute, required_resource_keys, node_name),
            resource_defs=as_resources(resource_defs, f"`{node_name}`"),
            io_manager_keys=managers_of(outs),
            inputs=said_of_inputs(ins),
            backfill_policy=backfill_policy,
            config=own_config(compute, config_schema, node_name),
            check_specs_by_output_name=made_with(
                check_specs,
                node_name,
                None if allow_arbitrary_check_specs else [spec.key for spec in by_output.values()],
            ),
            op_tags=tags_of_op(
                op_tags, compute_kind, {kind for spec in specs or () for kind in spec.kinds}, node_name
            ),
            hook_defs=checked_hooks(hooks, f"`{node_name}`"),
            pool=pool,
        )

    return decorate


def managers_of(outs: Mapping[str, AssetOut] | None) -> dict[str, str]:
    """Return the IO manager of each output that names one."""
    return {output: out.io_manager_key for output, out in (outs or {}).items() if out.io_manager_key}


def _is_nothing(out: AssetOut) -> bool:
    return out.dagster_type is Nothing or out.dagster_type is NOTHING


def _valueless(by_output: Mapping[str, AssetSpec], outs: Mapping[str, AssetOut] | None) -> frozenset[str]:
    """Return the outputs that stand for what the function stores itself."""
    if outs is not None:
        return frozenset(output for output, out in outs.items() if _is_nothing(out))
    # A spec that names an IO manager has a value for it.
    return frozenset(output for output, spec in by_output.items() if IO_MANAGER_METADATA not in spec.metadata)


def _check_arguments(
    outs: Any, specs: Any, deps: Iterable[Any] | None, internal: Mapping[str, set[AssetKey]] | None
) -> None:
    if outs and specs:
        raise DefinitionError(
            "give @multi_asset its assets either as outs or as specs: one of them, and not both."
        )
    if outs is not None and not (
        isinstance(outs, Mapping) and all(isinstance(out, AssetOut) for out in outs.values())
    ):
        raise DefinitionError(
            f"outs of @multi_asset is a dict of AssetOut by output name, not {outs!r}: write "
            'outs={"name": AssetOut()}.'
        )
    if specs is not None and not (
        isinstance(specs, Sequence) and all(isinstance(spec, AssetSpec) for spec in specs)
    ):
        raise DefinitionError(
            f'specs of @multi_asset is a list of AssetSpec, not {specs!r}: write specs=[AssetSpec("name")].'
        )
    if specs and (deps is not None or internal is not None):
        raise DefinitionError(
            "with specs, each AssetSpec has its own deps: give @multi_asset neither deps nor internal_asset_deps."
        )


def check_groups(decorator: str, group: str | None, given: Iterable[str | None]) -> None:
    """Check that no asset of a definition names another group than the one that is given to all of them.

    Raises
    ------
    DefinitionError
        When one does.
    """
    if group is not None and any(each not in {None, group} for each in given):
        raise DefinitionError(
            f"the group `{group}` is given to the whole {decorator}, and one of its assets names another: an asset "
            "is in one group, so give it in one place."
        )


def _with_defaults(spec: AssetSpec, defaults: Mapping[str, Any]) -> AssetSpec:
    if (
        spec.partitions_def
        and defaults["partitions_def"]
        and spec.partitions_def != defaults["partitions_def"]
    ):
        raise DefinitionError(
            f"`{spec.key.to_user_string()}` has other partitions in its spec than the @multi_asset has: give them in one place."
        )
    return spec.replace_attributes(
        group_name=spec.group or defaults["group_name"],
        code_version=spec.code_version or defaults["code_version"],
        description=spec.description or defaults["description"],
        partitions_def=spec.partitions_def or defaults["partitions_def"],
    )


def _check_specs(node: str, specs: Sequence[AssetSpec], inputs: Mapping[str, AssetKey]) -> None:
    named = {dep.asset_key for spec in specs for dep in spec.deps}
    for argument, key in inputs.items():
        if key not in named:
            raise DefinitionError(
                f"`{node}` takes `{argument}`, and none of its specs depends on `{key.to_user_string()}`: name it in the "
                "deps of those that are derived from it."
            )


def _check_partitions(node: str, given: Iterable[AssetSpec]) -> None:
    specs = list(given)
    if any(spec.partitions_def is not None for spec in specs):
        common_partitions_def(specs, node)
    mapped: dict[AssetKey, object] = {}
    for dep in (dep for spec in specs for dep in spec.deps):
        if mapped.setdefault(dep.asset_key, dep.partition_mapping) != dep.partition_mapping:
            raise DefinitionError(
                f"two assets of `{node}` map the partitions of `{dep.asset_key.to_user_string()}` in two ways: one call is "
                "handed the same partitions for all, so give both the same partition_mapping."
            )


def _check_keys(node: str, by_output: Mapping[str, AssetSpec]) -> None:
    seen: set[AssetKey] = set()
    for spec in by_output.values():
        if spec.key in seen:
            raise DefinitionError(
                f"`{node}` makes `{spec.key.to_user_string()}` twice: give each output a key of its own."
            )
        seen.add(spec.key)


def _internal_deps(
    node: str,
    outs: Mapping[str, AssetOut],
    every: Sequence[AssetDep],
    internal: Mapping[str, set[AssetKey]] | None,
) -> dict[str, list[AssetDep]]:
    """Return what each output is derived from, for those of which it is said."""
    for output in internal or {}:
        if output not in outs:
            raise DefinitionError(
                f"internal_asset_deps of `{node}` names the output `{output}`, which it has not.{near(output, outs)}"
            )
    by_key = {dep.asset_key: dep for dep in every}
    known = {**by_key, **{key: AssetDep(key) for key in (out.spec(name).key for name, out in outs.items())}}
    for output, keys in (internal or {}).items():
        for key in keys:
            if key not in known:
                raise DefinitionError(
                    f"internal_asset_deps of `{node}` says that `{output}` is derived from `{key.to_user_string()}`, "
                    "which is neither one of its inputs nor one of its assets."
                )
    used = {key for keys in (internal or {}).values() for key in keys}
    for key in by_key if internal else ():
        if key not in used:
            raise DefinitionError(
                f"`{node}` takes `{key.to_user_string()}`, and its internal_asset_deps say of no output that it is derived "
                "from it: name it for the outputs that are."
            )
    return {output: [known[key] for key in sorted(keys)] for output, keys in (internal or {}).items()}
