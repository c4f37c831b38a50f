"""What an IO manager is told of a value that it is to load."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.metadata import as_metadata
from nb_assets.errors import InvocationError
from nb_assets.execution.passing.output_context import OutputContext, built_view
from nb_assets.execution.passing.passed import PassedContext
from nb_assets.execution.passing.passed_partitions import PassedPartitions

if TYPE_CHECKING:
    from nb_assets.definitions.metadata_value import MetadataValue
    from nb_assets.execution.instance import DagsterInstance


class InputContext(PassedContext):
    """What is known of an input: what takes it, and which output gave the value."""

    def __init__(
        self, *, upstream_output: OutputContext | None = None, instance: Any = None, **common: Any
    ) -> None:
        super().__init__(**common)
        self._upstream_output = upstream_output
        self._instance = instance
        self._added: dict[str, MetadataValue[Any]] = {}

    @property
    def has_input_name(self) -> bool:
        """Whether an input takes the value: not so when it is loaded outside of a run."""
        return self._name is not None

    @property
    def upstream_output(self) -> OutputContext | None:
        """The output that gave the value, None when it comes from nowhere in the graph."""
        return self._upstream_output

    @property
    def instance(self) -> DagsterInstance:
        """What keeps the values and the history of the run."""
        if self._instance is None:
            self._lacks("instance")
        return self._instance  # type: ignore[no-any-return]

    def get_identifier(self) -> Sequence[str]:
        """Return what tells the output that gave the value from all others."""
        if self._upstream_output is None:
            raise InvocationError(
                "this input has no upstream_output: nothing in the graph gave its value, so there is no identifier of that."
            )
        return self._upstream_output.get_identifier()

    def add_input_metadata(self, metadata: Mapping[str, Any], description: str | None = None) -> None:
        """Say something of the value that was loaded."""
        del description
        self._added |= as_metadata(metadata)

    def consume_logged_metadata(self) -> Mapping[str, MetadataValue[Any]]:
        """Return what was said since the last time."""
        added, self._added = self._added, {}
        return added


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
    """
    if definition_metadata is not None and metadata is not None:
        raise InvocationError(
            "definition_metadata and metadata are two names of one thing: give one of them."
        )
    if upstream_output is not None and not isinstance(upstream_output, OutputContext):
        raise InvocationError(
            f"upstream_output is the context of an output, of build_output_context, not {upstream_output!r}."
        )
    key = None if asset_key is None else AssetKey.from_coercible(asset_key)
    return InputContext(
        name=name,
        config=config,
        definition_metadata=definition_metadata if definition_metadata is not None else metadata,
        upstream_output=upstream_output,
        dagster_type=dagster_type,
        resource_config=resource_config or {},
        resources=built_view(resources),
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
