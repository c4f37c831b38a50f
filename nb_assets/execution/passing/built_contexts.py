"""Contexts of inputs and outputs that are built by hand, for calling an IO manager directly."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.passing.input_context import InputContext
from nb_assets.definitions.passing.output_context import OutputContext
from nb_assets.definitions.passing.passed_partitions import PassedPartitions
from nb_assets.errors import InvocationError
from nb_assets.execution.built_context import EPHEMERAL
from nb_assets.execution.built_resources import BuiltResources, BuiltView
from nb_assets.execution.resources import Resources

if TYPE_CHECKING:
    from nb_assets.definitions.asset_spec import AssetSpec


def build_input_context(  # noqa: PLR0913, PLR0917 - Dagster's signature
    name: str | None = None,
    config: Any = None,
    definition_metadata: Mapping[str, Any] | None = None,
    upstream_output: OutputContext | None = None,
    dagster_type: Any = None,
    resource_config: Mapping[str, Any] | None = None,
    resources: Any = None,
    op_def: Any = None,
    step_context: Any = None,
    asset_key: AssetKey | str | Sequence[str] | None = None,
    partition_key: str | None = None,
    asset_partition_key_range: Any = None,
    asset_partitions_def: Any = None,
    instance: Any = None,
    metadata: Mapping[str, Any] | None = None,
) -> InputContext:
    """Return a context for calling `load_input` directly, as a test does.

    Parameters
    ----------
    upstream_output
        The context of the output that gave the value, of `build_output_context`.
    definition_metadata, metadata
        What the definition of the input says of it: two names of one thing.
    resources
        What `context.resources` has, by name: objects, or definitions of them. Those that close themselves are to be had
        inside of `with build_input_context(…) as context:` only.
    partition_key, asset_partition_key_range, asset_partitions_def
        The partitions that are passed.

    Raises
    ------
    InvocationError
        When metadata is given by both names, or `upstream_output` is no such context.
    """
    said = _one_of(definition_metadata, metadata)
    if upstream_output is not None and not isinstance(upstream_output, OutputContext):
        raise InvocationError(
            f"upstream_output is the context of an output, of build_output_context, not {upstream_output!r}."
        )
    view = _built_view(resources)
    key = None if asset_key is None else AssetKey.from_coercible(asset_key)
    return InputContext(
        name=name,
        config=config,
        definition_metadata=said,
        upstream_output=upstream_output,
        dagster_type=dagster_type,
        resource_config=resource_config or {},
        resources=view,
        block=_block_of(view),
        op_def=op_def,
        step_context=step_context,
        asset_key=key,
        partition_key=partition_key,
        partitions=PassedPartitions.of(
            partition_key if key is not None else None, asset_partition_key_range, asset_partitions_def
        ),
        instance=instance,
        log=logging.getLogger("nb_assets"),
    )


def build_output_context(  # noqa: PLR0913, PLR0917 - Dagster's signature
    step_key: str | None = None,
    name: str | None = None,
    definition_metadata: Mapping[str, Any] | None = None,
    run_id: str | None = None,
    mapping_key: str | None = None,
    config: Any = None,
    dagster_type: Any = None,
    version: str | None = None,
    resource_config: Mapping[str, Any] | None = None,
    resources: Any = None,
    op_def: Any = None,
    asset_key: AssetKey | str | Sequence[str] | None = None,
    partition_key: str | None = None,
    asset_partitions_def: Any = None,
    asset_partition_key_range: Any = None,
    instance: Any = None,
    asset_spec: AssetSpec | None = None,
    metadata: Mapping[str, Any] | None = None,
    output_metadata: Mapping[str, Any] | None = None,
) -> OutputContext:
    """Return a context for calling `handle_output` directly, as a test does.

    Parameters
    ----------
    step_key, name, run_id, mapping_key, version
        What the output is told apart by.
    definition_metadata, metadata
        What its definition says of it: two names of one thing.
    output_metadata
        What the function says of the value.
    resources
        What `context.resources` has, by name: objects, or definitions of them. Those that close themselves are to be had
        inside of `with build_output_context(…) as context:` only.
    partition_key, asset_partition_key_range, asset_partitions_def
        The partitions that are passed.

    Raises
    ------
    InvocationError
        When metadata is given by both names.
    """
    del instance
    view = _built_view(resources)
    key = None if asset_key is None else AssetKey.from_coercible(asset_key)
    return OutputContext(
        step_key=step_key,
        name=name,
        definition_metadata=_one_of(definition_metadata, metadata),
        run_id=EPHEMERAL if run_id is None else run_id,
        mapping_key=mapping_key,
        config=config,
        dagster_type=dagster_type,
        version=version,
        resource_config=resource_config or {},
        resources=view,
        block=_block_of(view),
        op_def=op_def,
        asset_key=key,
        partition_key=partition_key,
        partitions=PassedPartitions.of(
            partition_key if key is not None else None, asset_partition_key_range, asset_partitions_def
        ),
        asset_spec=asset_spec,
        output_metadata=output_metadata,
        log=logging.getLogger("nb_assets"),
    )


def _built_view(resources: Any) -> Resources:
    """Return resources that were given to a context that is built by hand, as attributes."""
    return resources if isinstance(resources, Resources) else BuiltView(BuiltResources(resources))


def _block_of(view: Resources) -> BuiltResources | None:
    """Return what is closed at the end of a block with the context that has these resources, if anything is."""
    return view.built if isinstance(view, BuiltView) else None


def _one_of(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Return the metadata that was given by either of its two names.

    Raises
    ------
    InvocationError
        When it was given by both.
    """
    if one is not None and other is not None:
        raise InvocationError(
            "definition_metadata and metadata are two names of one thing: give one of them."
        )
    return one if one is not None else other or {}
