"""The contexts of the IO managers of a run: what they are told of each value."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.passing.input_context import InputContext
from nb_assets.definitions.passing.output_context import OutputContext
from nb_assets.definitions.passing.passed_partitions import PassedPartitions
from nb_assets.execution.built_context import EPHEMERAL
from nb_assets.execution.passing.passed_type import passed_type

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.execution.context import OpExecutionContext
    from nb_assets.execution.provisions import Provisions
    from nb_assets.storage.materialization import Materialization

    Context = Callable[[], OpExecutionContext]

_LOG = logging.getLogger("nb_assets")


class RunContexts:
    """Makes the contexts of IO managers. `name` is the resource's that is told."""

    def __init__(self, provisions: Provisions) -> None:
        self._provisions = provisions

    def of_output(
        self,
        definition: AssetsDefinition,
        name: str,
        output: str,
        context: Context,
        *,
        key: AssetKey | None,
        said: Mapping[str, Any] | None = None,
        op: Any = None,
        path: str | None = None,
        mapping_key: str | None = None,
    ) -> OutputContext:
        """Return what an IO manager is told of an output of an asset's function, or of an op."""
        around = context()
        spec = None if key is None else definition.specs_by_key[key]
        if op is None:
            hint = definition.types_by_output.get(output)
            if hint is None and len(definition.specs_by_key) == 1:
                hint = definition.compute.hints.get("return", Any)
            node, told = definition.node_def, None if spec is None else spec.metadata
        else:
            out = op.outs[output]
            hint = out.dagster_type
            if hint is None and len(op.outs) == 1:
                hint = op.compute.hints.get("return", Any)
            node, told = op, out.metadata if spec is None else {**(out.metadata or {}), **spec.metadata}
        step_key = definition.node_name if path is None else path
        return OutputContext(
            step_key=step_key,
            name=output,
            job_name=around.job_name,
            run_id=around.run_id,
            mapping_key=mapping_key,
            definition_metadata=told,
            output_metadata=said,
            op_def=node,
            config=self._provisions.io_config(
                step_key, "outputs", output, self._schema(definition, name, "output_config_schema")
            ),
            dagster_type=passed_type(Any if hint is None else hint),
            log=around.log,
            resource_config=self._provisions.resource_config(definition, name),
            resources=self._needed_by(definition, name),
            asset_key=key,
            asset_spec=spec,
            step_context=around,
            partition_key=around.partition_key if around.has_partition_key else None,
            partitions=None
            if spec is None or spec.partitions_def is None
            else PassedPartitions(keys=tuple(around.partition_keys), definition=spec.partitions_def),
        )

    def of_input(  # noqa: PLR0913 - all that is known of the input
        self,
        definition: AssetsDefinition,
        name: str,
        argument: str,
        context: Context,
        *,
        node: Any,
        config_path: str,
        metadata: Mapping[str, Any] | None,
        hint: Any,
        upstream: OutputContext | None,
        key: AssetKey | None = None,
    ) -> InputContext:
        """Return what an IO manager is told of an input of an asset's function, or of an op."""
        around = context()
        return InputContext(
            name=argument,
            job_name=around.job_name,
            op_def=node,
            config=self._provisions.io_config(
                config_path, "inputs", argument, self._schema(definition, name, "input_config_schema")
            ),
            definition_metadata=metadata,
            upstream_output=upstream,
            dagster_type=passed_type(hint),
            log=around.log,
            resource_config=self._provisions.resource_config(definition, name),
            resources=self._needed_by(definition, name),
            asset_key=key,
            step_context=around,
            instance=around.instance,
            partition_key=around.partition_key if around.has_partition_key else None,
            partitions=None if key is None else _behind(around, key),
        )

    def of_upstream(
        self,
        definition: AssetsDefinition,
        name: str,
        key: AssetKey,
        upstream: AssetsDefinition | None,
        made: Materialization | None,
    ) -> OutputContext:
        """Return what an IO manager is told of the output behind an input that is an asset."""
        spec = None if upstream is None else upstream.specs_by_key[key]
        output, hint, node, step_key = key.path[-1], None, None, "none"
        if upstream is not None and upstream.is_executable:
            (output,) = (each for each, one in upstream.specs_by_output_name.items() if one.key == key)
            hint, node, step_key = upstream.types_by_output.get(output), upstream.node_def, upstream.node_name
            if upstream.graph is not None:
                # What gave it is an op of the graph.
                source = upstream.graph.results[output]
                step_key, output = f"{step_key}.{source.node}", source.output
        return OutputContext(
            step_key=step_key,
            name=output,
            run_id=EPHEMERAL if made is None else made.run_id,
            definition_metadata=None if spec is None else spec.metadata,
            op_def=node,
            dagster_type=passed_type(Any if hint is None else hint),
            log=_LOG,
            resource_config=self._provisions.resource_config(definition, name),
            resources=self._needed_by(definition, name),
            asset_key=key,
            asset_spec=spec,
        )

    def of_look(
        self,
        definition: AssetsDefinition,
        name: str,
        key: AssetKey,
        upstream: OutputContext,
        *,
        metadata: Mapping[str, Any] | None = None,
        hint: Any = None,
        instance: Any = None,
        partition: str | None = None,
    ) -> InputContext:
        """Return what an IO manager is told of a value that is loaded for no input."""
        partitions_def = (
            definition.specs_by_key[key].partitions_def if key in definition.specs_by_key else None
        )
        return InputContext(
            upstream_output=upstream,
            definition_metadata=metadata,
            dagster_type=passed_type(Any if hint is None else hint),
            resource_config=self._provisions.resource_config(definition, name),
            resources=self._needed_by(definition, name),
            asset_key=key,
            log=_LOG,
            instance=instance,
            partition_key=partition,
            partitions=PassedPartitions.of(partition, None, partitions_def),
        )

    def _schema(self, definition: AssetsDefinition, name: str, which: str) -> Any:
        return getattr(self._provisions.definitions_for(definition).get(name), which, None)

    def _needed_by(self, definition: AssetsDefinition, name: str) -> Any:
        found = self._provisions.definitions_for(definition).get(name)
        needed = frozenset() if found is None else found.required_resource_keys
        return self._provisions.resources(definition, needed, f"the IO manager `{name}`")


def _behind(around: OpExecutionContext, key: AssetKey) -> PassedPartitions | None:
    """Return the partitions of an asset that are behind an input of a step, None where it has none."""
    scope = around.partition_scope
    keys = None if scope is None else scope.upstream(key)
    return (
        None
        if scope is None or keys is None
        else PassedPartitions(keys=keys, definition=scope.partitions_def(key))
    )
