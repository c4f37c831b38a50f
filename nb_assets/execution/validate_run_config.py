"""`validate_run_config`: whether a configuration is one that a job can be run with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nb_assets.definitions.assets_definition import AssetsDefinition
from nb_assets.definitions.compute import ComputeFunction
from nb_assets.definitions.unfolding import unfold
from nb_assets.errors import DefinitionError
from nb_assets.execution.graph_job import GraphJob
from nb_assets.execution.job import AssetJob
from nb_assets.execution.provisions import Provisions

if TYPE_CHECKING:
    from nb_assets.execution.job import JobDefinition


def validate_run_config(job_def: JobDefinition, run_config: Any = None) -> dict[str, Any]:
    """Return the configuration that a job would be run with, defaults filled in.

    Parameters
    ----------
    run_config
        The job's own unless given.

    Raises
    ------
    ConfigError
        When it is not what the job asks for: everything that is wrong is told.
    """
    written = job_def.run_config_for(run_config)
    if isinstance(job_def, GraphJob):
        graph = job_def.graph
        compute = ComputeFunction(
            graph.compose_fn or dict, graph.inputs, frozenset(), has_context=False, catch_all=False
        )
        root = AssetsDefinition.build(
            compute=compute,
            node_name=graph.name,
            specs_by_output_name={},
            keys_by_input_name={},
            graph=unfold(graph),
            graph_config=graph.config,
            resource_defs=job_def.resource_defs,
        )
        return Provisions(run_config=written).read([root], root=root)
    if isinstance(job_def, AssetJob):
        selected = {id(each): each for each in job_def.definitions if each.keys & set(job_def.selected)}
        provisions = Provisions(
            lambda definition: {**job_def.resource_defs, **definition.resource_defs}, run_config=written
        )
        return provisions.read(selected.values())
    raise DefinitionError(f"a configuration is validated for a job, and {job_def!r} is none.")
