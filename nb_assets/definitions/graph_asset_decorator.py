"""`@graph_asset` and `@graph_multi_asset`: assets that several ops make, without the ops being assets."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from nb_assets.definitions.asset_decorator import inputs_of, key_of
from nb_assets.definitions.asset_out import AssetOut
from nb_assets.definitions.asset_spec import AssetSpec
from nb_assets.definitions.assets_definition import AssetsDefinition
from nb_assets.definitions.compute import ComputeFunction
from nb_assets.definitions.graph_definition import compose_graph
from nb_assets.definitions.naming import checked_name
from nb_assets.definitions.result import DEFAULT_OUTPUT
from nb_assets.definitions.unfolding import unfold
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.definitions.asset_in import AssetIn
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.retry import RetryPolicy


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
    key: AssetKey | str | Sequence[str] | None = ...,
    kinds: Iterable[str] | None = ...,
    retry_policy: RetryPolicy | None = ...,
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
    key: AssetKey | str | Sequence[str] | None = None,
    kinds: Iterable[str] | None = None,
    retry_policy: RetryPolicy | None = None,
) -> AssetsDefinition | Callable[[Callable[..., Any]], AssetsDefinition]:
    """Make an asset of several ops: the function's body calls them and returns what the last of them gives.

    Parameters
    ----------
    name, key_prefix, key, ins, group_name, description, metadata, tags, owners, kinds, code_version
        As in `@asset`.
    retry_policy
        When a failed op is tried again that has no policy of its own.

    Raises
    ------
    DefinitionError
        When a name or key is not a valid one, or the body does not connect ops.
    """

    def decorate(fn: Callable[..., Any]) -> AssetsDefinition:
        __tracebackhide__ = True
        asset_key = key_of(fn, name, key_prefix, key)
        graph = compose_graph(fn, name=asset_key.to_python_identifier(), outputs=(DEFAULT_OUTPUT,))
        compute = ComputeFunction(fn, graph.inputs, frozenset(), has_context=False, catch_all=False)
        spec = AssetSpec(
            asset_key,
            description=description or inspect.getdoc(fn),
            metadata=metadata,
            group_name=group_name,
            code_version=code_version,
            owners=owners,
            tags=tags,
            kinds=kinds,
        )
        return AssetsDefinition(
            compute=compute,
            node_name=graph.name,
            specs_by_output_name={DEFAULT_OUTPUT: spec},
            keys_by_input_name=inputs_of(compute, ins or {}, graph.name),
            retry_policy=retry_policy,
            graph=unfold(graph, retry_policy),
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
) -> Callable[[Callable[..., Any]], AssetsDefinition]:
    """Make several assets of several ops: the body returns a dict, by output name, of what ops give, or a tuple.

    Parameters
    ----------
    outs
        The assets by output name.
    name, ins, group_name, can_subset
        As in `@multi_asset`.
    retry_policy
        When a failed op is tried again that has no policy of its own.

    Raises
    ------
    DefinitionError
        When a name or key is not a valid one, or the body does not connect ops or lacks an output.
    """
    if not all(isinstance(out, AssetOut) for out in outs.values()):
        raise DefinitionError("outs of @graph_multi_asset is a dict of AssetOut by output name.")

    def decorate(fn: Callable[..., Any]) -> AssetsDefinition:
        __tracebackhide__ = True
        node_name = checked_name(name or fn.__name__, "graph_multi_asset")
        graph = compose_graph(fn, name=node_name, outputs=tuple(outs))
        compute = ComputeFunction(fn, graph.inputs, frozenset(), has_context=False, catch_all=False)
        by_output = {output: out.spec(output, group_name=group_name) for output, out in outs.items()}
        return AssetsDefinition(
            compute=compute,
            node_name=node_name,
            specs_by_output_name=by_output,
            keys_by_input_name=inputs_of(compute, ins or {}, node_name),
            retry_policy=retry_policy,
            optional_outputs=frozenset(output for output, out in outs.items() if not out.is_required),
            can_subset=can_subset,
            graph=unfold(graph, retry_policy),
            description=inspect.getdoc(fn),
        )

    return decorate
