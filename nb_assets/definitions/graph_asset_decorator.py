"""`@graph_asset` and `@graph_multi_asset`: assets that several ops make, without the ops being assets."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, overload

from nb_assets.definitions.asset_decorator import derived_from, inputs_of, key_of, made_with, said_of_inputs
from nb_assets.definitions.asset_out import AssetOut
from nb_assets.definitions.asset_spec import AssetSpec
from nb_assets.definitions.assets_definition import AssetsDefinition
from nb_assets.definitions.compute import ComputeFunction
from nb_assets.definitions.graph_definition import compose_graph
from nb_assets.definitions.hook import HookDefinition, checked_hooks
from nb_assets.definitions.multi_asset_decorator import check_groups, managers_of
from nb_assets.definitions.naming import checked_name
from nb_assets.definitions.resource import as_resources
from nb_assets.definitions.result import DEFAULT_OUTPUT
from nb_assets.definitions.retry import RetryPolicy, checked_retry_policy
from nb_assets.definitions.unfolding import unfolding
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.definitions.asset_check import AssetCheckSpec
    from nb_assets.definitions.asset_dep import AssetDep
    from nb_assets.definitions.asset_in import AssetIn
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.automation.condition import AutomationCondition
    from nb_assets.definitions.partitions.backfill_policy import BackfillPolicy
    from nb_assets.definitions.partitions.partitions_definition import PartitionsDefinition


@overload
def graph_asset(compose_fn: Callable[..., Any]) -> AssetsDefinition: ...
@overload
def graph_asset(
    *,
    name: str | None = ...,
    description: str | None = ...,
    ins: Mapping[str, AssetIn] | None = ...,
    key_prefix: str | Sequence[str] | None = ...,
    group_name: str | None = ...,
    metadata: Mapping[str, Any] | None = ...,
    tags: Mapping[str, str] | None = ...,
    owners: Sequence[str] | None = ...,
    code_version: str | None = ...,
    automation_condition: AutomationCondition | None = ...,
    key: AssetKey | str | Sequence[str] | None = ...,
    kinds: Iterable[str] | None = ...,
    retry_policy: RetryPolicy | None = ...,
    partitions_def: PartitionsDefinition[Any] | None = ...,
    backfill_policy: BackfillPolicy | None = ...,
    resource_defs: Mapping[str, Any] | None = ...,
    config: Any = ...,
    check_specs: Sequence[AssetCheckSpec] | None = ...,
    hooks: AbstractSet[HookDefinition] | None = ...,
) -> Callable[[Callable[..., Any]], AssetsDefinition]: ...
def graph_asset(
    compose_fn: Callable[..., Any] | None = None,
    *,
    name: str | None = None,
    description: str | None = None,
    ins: Mapping[str, AssetIn] | None = None,
    key_prefix: str | Sequence[str] | None = None,
    group_name: str | None = None,
    metadata: Mapping[str, Any] | None = None,
    tags: Mapping[str, str] | None = None,
    owners: Sequence[str] | None = None,
    code_version: str | None = None,
    automation_condition: AutomationCondition | None = None,
    key: AssetKey | str | Sequence[str] | None = None,
    kinds: Iterable[str] | None = None,
    retry_policy: RetryPolicy | None = None,
    resource_defs: Mapping[str, Any] | None = None,
    config: Any = None,
    partitions_def: PartitionsDefinition[Any] | None = None,
    backfill_policy: BackfillPolicy | None = None,
    check_specs: Sequence[AssetCheckSpec] | None = None,
    hooks: AbstractSet[HookDefinition] | None = None,
) -> AssetsDefinition | Callable[[Callable[..., Any]], AssetsDefinition]:
    """Make an asset of several ops: the function's body calls them and returns what the last of them gives.

    Parameters
    ----------
    name, key_prefix, key, ins, group_name, description, metadata, tags, owners, kinds, code_version,
    automation_condition
        As in `@asset`.
    retry_policy
        When a failed op is tried again that has no policy of its own.
    partitions_def, backfill_policy
        As in `@asset`.
    resource_defs
        Resources of its own by name, for its ops.
    config
        The configuration of its ops by name, or a `ConfigMapping` from a configuration of its own to theirs.
    check_specs
        The checks that ops make: the body returns a dict with the asset as "result", and under ASSET_CHECK what the op
        gives that makes the check.
    hooks
        What is called after each of its ops: see `success_hook`.

    Raises
    ------
    DefinitionError
        When a name or key is not a valid one, or the body does not connect ops.
    """

    def decorate(fn: Callable[..., Any]) -> AssetsDefinition:
        __tracebackhide__ = True
        asset_key = key_of(fn, name, key_prefix, key)
        checks = made_with(check_specs, asset_key.to_user_string(), [asset_key])
        graph = compose_graph(
            fn,
            name=asset_key.to_python_identifier(),
            outputs=(DEFAULT_OUTPUT, *checks),
            more_inputs=tuple(ins or ()),
        )
        compute = ComputeFunction(fn, graph.inputs, frozenset(), has_context=False, catch_all=False)
        inputs = inputs_of(compute, ins or {}, graph.name)
        spec = AssetSpec(
            asset_key,
            deps=_upstream(graph.name, asset_key, inputs, ins),
            partitions_def=partitions_def,
            description=description or inspect.getdoc(fn),
            metadata=metadata,
            group_name=group_name,
            code_version=code_version,
            automation_condition=automation_condition,
            owners=owners,
            tags=tags,
            kinds=kinds,
        )
        return AssetsDefinition.build(
            compute=compute,
            node_name=graph.name,
            specs_by_output_name={DEFAULT_OUTPUT: spec},
            keys_by_input_name=inputs,
            retry_policy=retry_policy,
            graph_def=graph,
            hook_defs=checked_hooks(hooks, f"`{graph.name}`"),
            unfolding=unfolding(graph, checked_retry_policy(retry_policy, graph.name)),
            resource_defs=as_resources(resource_defs, f"`{graph.name}`"),
            backfill_policy=backfill_policy,
            graph_config=config,
            check_specs_by_output_name=checks,
        )

    return decorate if compose_fn is None else decorate(compose_fn)


def graph_multi_asset(
    *,
    outs: Mapping[str, AssetOut],
    name: str | None = None,
    ins: Mapping[str, AssetIn] | None = None,
    group_name: str | None = None,
    can_subset: bool = False,
    retry_policy: RetryPolicy | None = None,
    resource_defs: Mapping[str, Any] | None = None,
    config: Any = None,
    partitions_def: PartitionsDefinition[Any] | None = None,
    backfill_policy: BackfillPolicy | None = None,
    check_specs: Sequence[AssetCheckSpec] | None = None,
    hooks: AbstractSet[HookDefinition] | None = None,
) -> Callable[[Callable[..., Any]], AssetsDefinition]:
    """Make several assets of several ops: the body returns a dict, by output name, of what ops give, or a tuple.

    Parameters
    ----------
    outs
        The assets by output name.
    name, ins, group_name, can_subset
        As in `@multi_asset`.
    check_specs
        As in `@graph_asset`.
    retry_policy
        When a failed op is tried again that has no policy of its own.
    partitions_def, backfill_policy
        As in `@asset`.
    resource_defs
        Resources of its own by name, for its ops.
    config
        The configuration of its ops by name, or a `ConfigMapping` from a configuration of its own to theirs.
    hooks
        What is called after each of its ops: see `success_hook`.

    Raises
    ------
    DefinitionError
        When a name or key is not a valid one, or the body does not connect ops or lacks an output.
    """
    _check_outs(outs)
    check_groups("@graph_multi_asset", group_name, [out.spec(name).group for name, out in outs.items()])

    def decorate(fn: Callable[..., Any]) -> AssetsDefinition:
        __tracebackhide__ = True
        node_name = checked_name(name or fn.__name__, "graph_multi_asset")
        checks = made_with(check_specs, node_name, [out.spec(output).key for output, out in outs.items()])
        graph = compose_graph(fn, name=node_name, outputs=(*outs, *checks), more_inputs=tuple(ins or ()))
        compute = ComputeFunction(fn, graph.inputs, frozenset(), has_context=False, catch_all=False)
        inputs = inputs_of(compute, ins or {}, node_name)
        description = inspect.getdoc(fn)
        by_output = {
            output: out.spec(
                output,
                deps=derived_from(inputs, ins=ins),
                group_name=group_name,
                description=description,
                partitions_def=partitions_def,
            )
            for output, out in outs.items()
        }
        return AssetsDefinition.build(
            compute=compute,
            node_name=node_name,
            specs_by_output_name=by_output,
            keys_by_input_name=inputs,
            retry_policy=retry_policy,
            optional_outputs=frozenset(output for output, out in outs.items() if not out.is_required),
            can_subset=can_subset,
            graph_def=graph,
            hook_defs=checked_hooks(hooks, f"`{node_name}`"),
            unfolding=unfolding(graph, checked_retry_policy(retry_policy, node_name)),
            resource_defs=as_resources(resource_defs, f"`{node_name}`"),
            backfill_policy=backfill_policy,
            graph_config=config,
            check_specs_by_output_name=checks,
            description=description,
            io_manager_keys=managers_of(outs),
            inputs=said_of_inputs(ins),
        )

    return decorate


def _check_outs(outs: Any) -> None:
    if not isinstance(outs, Mapping) or not all(isinstance(out, AssetOut) for out in outs.values()):
        raise DefinitionError(
            f"outs of @graph_multi_asset is a dict of AssetOut by output name, not {outs!r}."
        )


def _upstream(
    name: str, key: AssetKey, inputs: Mapping[str, AssetKey], ins: Mapping[str, AssetIn] | None
) -> list[AssetDep]:
    if key in inputs.values():
        raise DefinitionError(
            f"`{name}` depends on itself: an asset is derived from other assets. Rename it or its argument, or name the "
            "asset behind the argument with `ins`."
        )
    return derived_from(inputs, ins=ins)
