"""Contexts that are built by hand, for calling an asset or an op directly."""

from __future__ import annotations

import copy
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.assets_definition import AssetsDefinition
from nb_assets.definitions.op import OpDefinition
from nb_assets.definitions.resource_graph import check_resources
from nb_assets.errors import InvocationError, NoRunError
from nb_assets.execution.built_resources import BuiltResources
from nb_assets.execution.context import (
    AssetCheckExecutionContext,
    AssetExecutionContext,
    OpExecutionContext,
)
from nb_assets.execution.direct_provisions import op_config_of
from nb_assets.execution.partition_context import partition_tags
from nb_assets.execution.user_event_listener import checked

if TYPE_CHECKING:
    from typing_extensions import Self

    from nb_assets.definitions.partitions.key_range import PartitionKeyRange
    from nb_assets.definitions.user_events import UserEvent
    from nb_assets.execution.instance import DagsterInstance

EPHEMERAL = "EPHEMERAL"


class BuiltContext(OpExecutionContext):
    """A context of no run. Called with it, a definition sees one that is its own, with what was given here."""

    def __init__(
        self,
        *,
        resources: Mapping[str, Any] | None = None,
        config: Any = None,
        partition_key: str | None = None,
        partition_key_range: PartitionKeyRange | None = None,
        mapping_key: str | None = None,
        run_tags: Mapping[str, str] | None = None,
        instance: DagsterInstance | None = None,
    ) -> None:
        super().__init__(
            definition=None,
            run_id=EPHEMERAL,
            log=logging.getLogger("nb_assets"),
            run_tags={**partition_tags(partition_key, partition_key_range), **(run_tags or {})},
            instance=instance,
            mapping_key=mapping_key,
            hear=self._heard,
        )
        self._events: list[UserEvent] = []
        self.op_config = config
        self.built = BuiltResources(resources)

    @property
    def resources(self) -> Any:
        """The resources that were given, as attributes."""
        return self.built.view

    def bound_to(self, called: AssetsDefinition | OpDefinition) -> Self:
        """Return the context that a definition sees when it is called with this one. Metadata goes to both.

        Raises
        ------
        InvocationError
            When the definition needs a resource that was not given.
        """
        own = called.resource_defs if isinstance(called, AssetsDefinition) else {}
        # Those that are parameters may be given in the call.
        needed = called.required_resource_keys.difference(called.compute.resource_arguments)
        check_resources(needed, {**self.built.definitions, **own}, f"`{called.name}`")
        bound = copy.copy(self)
        # Where it is a parameter, the call has seen to it.
        if called.compute.config_type is None or self.op_config is not None:
            bound.op_config = op_config_of(called.name, called.config, self.op_config)
        if own:
            bound.built = BuiltResources({**own, **self.built.definitions})
        if isinstance(called, OpDefinition):
            bound._op = called  # noqa: SLF001 - a copy of itself
        else:
            bound._definition = called  # noqa: SLF001 - a copy of itself
        return bound

    # What the steps of a run have, and a direct call has not

    @property
    def job_def(self) -> Any:
        """Refuse: there is no job.

        Raises
        ------
        NoRunError
            In any case, as the others do.
        """
        raise NoRunError("job_def")

    @property
    def node_handle(self) -> Any:
        """Refuse: there is no step."""
        raise NoRunError("node_handle")

    @property
    def step_launcher(self) -> Any:
        """Refuse: there is no step."""
        raise NoRunError("step_launcher")

    def get_step_execution_context(self) -> Any:
        """Refuse: there is no step."""
        raise NoRunError("get_step_execution_context")

    def get_events(self) -> list[UserEvent]:
        """Return what was said through `log_event`, in order."""
        return list(self._events)

    def _heard(self, event: UserEvent) -> None:
        self._events.append(checked(event))

    def __enter__(self) -> Self:
        """Begin a block: inside of it, resources that close themselves are to be had."""
        self.built.enter()
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the resources."""
        self.built.close()


class BuiltAssetContext(BuiltContext, AssetExecutionContext):
    """A context of no run, for an asset."""


class BuiltCheckContext(BuiltContext, AssetCheckExecutionContext):
    """A context of no run, for a check."""


def build_op_context(
    resources: Mapping[str, Any] | None = None,
    op_config: Any = None,
    *,
    config: Any = None,
    partition_key: str | None = None,
    partition_key_range: PartitionKeyRange | None = None,
    mapping_key: str | None = None,
    run_tags: Mapping[str, str] | None = None,
    instance: DagsterInstance | None = None,
) -> OpExecutionContext:
    """Return a context for calling an op directly; its messages go to the logger `nb_assets`.

    Parameters
    ----------
    resources
        What `context.resources` has, by name.
    op_config, config
        What `context.op_config` is: give one of them.
    instance
        What `context.instance` is; that of the project unless given.

    Raises
    ------
    InvocationError
        When the configuration is given by both of its names.
    """
    if op_config is not None and config is not None:
        raise InvocationError("op_config and config are two names of one thing: give one of them.")
    return BuiltContext(
        resources=resources,
        config=config if op_config is None else op_config,
        partition_key=partition_key,
        partition_key_range=partition_key_range,
        mapping_key=mapping_key,
        run_tags=run_tags,
        instance=instance,
    )


def build_asset_context(
    resources: Mapping[str, Any] | None = None,
    *,
    asset_config: Any = None,
    partition_key: str | None = None,
    partition_key_range: PartitionKeyRange | None = None,
    run_tags: Mapping[str, str] | None = None,
    instance: DagsterInstance | None = None,
) -> AssetExecutionContext:
    """Return a context for calling a decorated function directly; its messages go to the logger `nb_assets`.

    Parameters
    ----------
    resources
        What `context.resources` has, by name.
    asset_config
        What `context.op_config` is.
    instance
        What `context.instance` is; that of the project unless given.
    """
    return BuiltAssetContext(
        resources=resources,
        config=asset_config,
        partition_key=partition_key,
        partition_key_range=partition_key_range,
        run_tags=run_tags,
        instance=instance,
    )


def build_asset_check_context(
    resources: Mapping[str, Any] | None = None,
    *,
    asset_config: Any = None,
    partition_key: str | None = None,
    partition_key_range: PartitionKeyRange | None = None,
    run_tags: Mapping[str, str] | None = None,
    instance: DagsterInstance | None = None,
) -> AssetCheckExecutionContext:
    """Return a context for calling a check directly; its messages go to the logger `nb_assets`.

    Parameters
    ----------
    resources
        What `context.resources` has, by name.
    instance
        What `context.instance` is; that of the project unless given.
    """
    return BuiltCheckContext(
        resources=resources,
        config=asset_config,
        partition_key=partition_key,
        partition_key_range=partition_key_range,
        run_tags=run_tags,
        instance=instance,
    )


def empty_context(called: AssetsDefinition | OpDefinition) -> OpExecutionContext:
    """Return the context of a definition that is called with None in its place."""
    built = BuiltContext() if isinstance(called, OpDefinition) else BuiltAssetContext()
    return built.bound_to(called)
