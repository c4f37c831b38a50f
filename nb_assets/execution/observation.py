"""Observing assets that are made elsewhere: which version their data is now."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.compute import compute_function
from nb_assets.definitions.metadata import as_metadata
from nb_assets.definitions.result import DataVersion, ObserveResult
from nb_assets.definitions.user_events import DATA_VERSION_TAG
from nb_assets.errors import OutputError
from nb_assets.execution.context import AssetExecutionContext, step_logger
from nb_assets.execution.keeper import OBSERVED
from nb_assets.storage.materialization import Materialization

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.execution.provisions import Provisions
    from nb_assets.execution.run import Run
    from nb_assets.execution.store_keeper import StoreKeeper
    from nb_assets.graph.asset_graph import AssetGraph


def observe_sources(
    graph: AssetGraph, keys: Iterable[AssetKey], keeper: StoreKeeper, provisions: Provisions, run: Run
) -> None:
    """Record the versions of the data that assets are derived from and something else makes, where a function says them.

    Raises
    ------
    OutputError
        When a function says no version.
    Exception
        What it raises.
    """
    behind = graph.ancestors(keys) if graph.external else ()
    for key in graph.external:
        told = graph.described(key)
        if told is not None and key in behind and getattr(told.specs_by_key[key], "observe_fn", None):
            _record(key, _observed(told, key, provisions, run), keeper, run)


def _observed(told: AssetsDefinition, key: AssetKey, provisions: Provisions, run: Run) -> ObserveResult:
    spec: Any = told.specs_by_key[key]
    compute = compute_function(spec.observe_fn)
    owner = f"`{key.to_user_string()}`"
    arguments: list[Any] = []
    if compute.has_context:
        arguments.append(
            AssetExecutionContext(
                definition=told,
                run_id=run.run_id,
                log=step_logger(told.node_name, lambda _level, _text: None),
                run_tags=run.tags,
                job_name=run.job_name,
                resources=provisions.resources(told, spec.required_resource_keys, owner),
            )
        )
    given = spec.observe_fn(
        *arguments, **{name: provisions.resource(told, name, owner) for name in compute.resource_arguments}
    )
    if isinstance(given, DataVersion):
        return ObserveResult(data_version=given)
    if isinstance(given, ObserveResult) and given.data_version is not None:
        return given
    raise OutputError(
        f"the function that observes {owner} returned {given!r}: it returns a DataVersion, or an ObserveResult that has one."
    )


def _record(key: AssetKey, seen: ObserveResult, keeper: StoreKeeper, run: Run) -> None:
    assert seen.data_version is not None
    version = seen.data_version.value
    latest = keeper.latest(key)
    if latest is None or latest.data_version != version or latest.code_version != OBSERVED:
        keeper.store.history.record(
            Materialization(
                asset_key=key,
                run_id=run.run_id,
                timestamp=time.time(),
                duration=0.0,
                code_version=OBSERVED,
                data_version=version,
                metadata=as_metadata(seen.metadata),
                tags={**(seen.tags or {}), DATA_VERSION_TAG: version},
            )
        )
