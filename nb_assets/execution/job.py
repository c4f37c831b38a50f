"""Jobs: a name and tags for something that is run again and again, and `define_asset_job`."""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.config.mapping import ConfigMapping
from nb_assets.definitions.config.run_config import as_run_config
from nb_assets.definitions.hook import HookDefinition, checked_hooks
from nb_assets.definitions.metadata import as_metadata
from nb_assets.definitions.naming import checked_name, checked_owners, tags_as_text
from nb_assets.definitions.partitions.loading import partition_loading_context
from nb_assets.definitions.partitions.partitioned_config import PartitionedConfig
from nb_assets.errors import DefinitionError, SelectionError
from nb_assets.execution.materialize import materialize
from nb_assets.graph.asset_selection import AssetSelection

if TYPE_CHECKING:
    from typing_extensions import Self

    from nb_assets.definitions.asset_check import AssetCheckKey
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.partitions.partitions_definition import PartitionsDefinition
    from nb_assets.definitions.resource import ResourceDefinition
    from nb_assets.execution.instance import DagsterInstance
    from nb_assets.execution.run import RunResult
    from nb_assets.graph.asset_graph import AssetGraph


@dataclass(frozen=True, kw_only=True)
class JobDefinition(ABC):
    """Something that can be run by its name.

    Attributes
    ----------
    tags
        What is said of the job.
    run_tags
        What its runs are tagged with: the same unless given.
    config
        The configuration of its runs unless they are given one, or a `ConfigMapping` to it.
    resource_defs
        The resources that it is run with.
    hook_defs
        What is called after each of its steps.
    executor_def
        What Dagster would run it with; here it runs in this process.
    partitions_def
        The partitions of which its runs make one, if what it makes has any and the same.
    """

    name: str
    description: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    run_tags: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    config: Any = field(default=None, repr=False)
    resource_defs: Mapping[str, ResourceDefinition] = field(default_factory=dict, repr=False)
    owners: Sequence[str] = ()
    hook_defs: frozenset[HookDefinition] = frozenset()
    executor_def: Any = None
    partitions_def: PartitionsDefinition[Any] | None = None

    def with_metadata(self, metadata: Mapping[str, Any]) -> Self:
        """Return the same job with other metadata."""
        return dataclasses.replace(self, metadata=as_metadata(metadata))

    def with_hooks(self, hook_defs: AbstractSet[HookDefinition]) -> Self:
        """Return the same job with more hooks that are called after each of its steps."""
        more = checked_hooks(hook_defs, f"the job `{self.name}`")
        return dataclasses.replace(self, hook_defs=self.hook_defs | more)

    @property
    def partitioned_config(self) -> PartitionedConfig | None:
        """The configuration that follows from a partition, where there is one."""
        return self.config if isinstance(self.config, PartitionedConfig) else None

    def tags_of_partition(self, partition_key: str | None) -> Mapping[str, str]:
        """Return the tags of a run of a partition.

        Raises
        ------
        DefinitionError
            When the job has no partitions.
        UnknownPartitionError
            When it has no such partition.
        """
        if partition_key is None:
            return {}
        if self.partitions_def is None:
            raise DefinitionError(
                f"the job `{self.name}` has no partitions, so it cannot be run for `{partition_key}`: give it a "
                "partitions_def."
            )
        self.partitions_def.check_partition_key(partition_key, self.name)
        of_config = self.partitioned_config or self.partitions_def
        return of_config.get_tags_for_partition_key(partition_key)

    @abstractmethod
    def execute_in_process(
        self,
        run_config: Any = None,
        *,
        raise_on_error: bool = True,
        tags: Mapping[str, str] | None = None,
        **options: Any,
    ) -> RunResult:
        """Run the job in this process, keep its values in the result alone, and return that."""

    def run_config_for(self, given: Any, partition_key: str | None = None) -> Any:
        """Return the configuration of a run: the given one, else the job's own, that of the partition where there is one.

        Raises
        ------
        ConfigError
            When the job makes it of another one, and what was given is not that.
        """
        if isinstance(self.config, PartitionedConfig):
            if given is not None or partition_key is None:
                return given
            return self.config.get_run_config_for_partition_key(partition_key)
        if isinstance(self.config, ConfigMapping):
            return self.config.resolve_from_unvalidated_config(as_run_config(given))
        return self.config if given is None else given


@dataclass(frozen=True, kw_only=True)
class AssetJob(JobDefinition):
    """A job that makes assets.

    Attributes
    ----------
    definitions
        All the definitions that it was resolved among.
    selected
        The assets that it makes, each after what it is derived from.
    checks
        The checks that it runs.
    """

    definitions: tuple[AssetsDefinition, ...] = field(repr=False)
    selected: tuple[AssetKey, ...]
    checks: tuple[AssetCheckKey, ...] = ()

    def execute_in_process(
        self,
        run_config: Any = None,
        *,
        raise_on_error: bool = True,
        tags: Mapping[str, str] | None = None,
        resources: Mapping[str, Any] | None = None,
        asset_selection: Iterable[Any] | None = None,
        partition_key: str | None = None,
        instance: DagsterInstance | None = None,
        **options: Any,
    ) -> RunResult:
        """Make the job's assets, or those of them that are named, whatever their state.

        Raises
        ------
        SelectionError
            When one of them is none of the job's.
        Exception
            What the first asset that failed raised, unless `raise_on_error` is off.
        """
        __tracebackhide__ = True
        chosen, checks = list(self.selected), list(self.checks)
        if asset_selection is not None:
            named: Iterable[AssetKey] = AssetSelection.assets(*asset_selection).tree.keys  # type: ignore[union-attr,assignment]
            for key in named:
                if key not in chosen:
                    raise SelectionError(
                        f"the job `{self.name}` does not make `{key.to_user_string()}`: it makes {_listed(chosen)}."
                    )
            chosen = list(named)
            checks = [check for check in checks if check.asset_key in chosen]
        selection = AssetSelection.assets(*chosen).without_checks() | AssetSelection.checks(*checks)
        with partition_loading_context(dynamic_partitions_store=instance):
            own_tags = self.tags_of_partition(partition_key)
            config = self.run_config_for(run_config, partition_key)
        return materialize(
            self.definitions,
            selection=selection,
            raise_on_error=raise_on_error,
            tags={**self.run_tags, **own_tags, **tags_as_text(tags)},
            job_name=self.name,
            run_config=config,
            partition_key=partition_key,
            instance=instance,
            resources={**self.resource_defs, **(resources or {})},
            hook_defs=self.hook_defs,
            **options,
        )


@dataclass(frozen=True, kw_only=True)
class UnresolvedAssetJob:
    """A job whose assets are found once it stands among definitions: what `define_asset_job` returns."""

    name: str
    selection: AssetSelection
    description: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    run_tags: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    owners: Sequence[str] = ()
    config: Any = field(default=None, repr=False)
    hook_defs: frozenset[HookDefinition] = frozenset()
    executor_def: Any = None
    partitions_def: PartitionsDefinition[Any] | None = None

    def with_metadata(self, metadata: Mapping[str, Any]) -> UnresolvedAssetJob:
        """Return the same job with other metadata."""
        return dataclasses.replace(self, metadata=as_metadata(metadata))

    def resolve(
        self, asset_graph: AssetGraph, resources: Mapping[str, ResourceDefinition] | None = None
    ) -> AssetJob:
        """Return the job that this is among the assets of a graph, run with some resources.

        Raises
        ------
        DefinitionError
            When it names what there is not.
        """
        try:
            keys = self.selection.resolve(asset_graph)
            checks = self.selection.resolve_checks(asset_graph)
        except SelectionError as error:
            raise DefinitionError(f"the job `{self.name}` cannot be made: {error}") from None
        return AssetJob(
            name=self.name,
            description=self.description,
            tags=self.tags,
            run_tags=self.run_tags,
            metadata=self.metadata,
            config=self.config,
            resource_defs=resources or {},
            definitions=tuple(
                dict.fromkeys(
                    [
                        *map(asset_graph.definition, asset_graph.keys),
                        *filter(None, map(asset_graph.described, asset_graph.external)),
                        *asset_graph.checks.definitions,
                    ]
                )
            ),
            owners=self.owners,
            hook_defs=self.hook_defs,
            executor_def=self.executor_def,
            partitions_def=self._partitions_of(asset_graph, [key for key in keys if key in asset_graph]),
            selected=tuple(asset_graph.in_order(key for key in keys if key in asset_graph)),
            checks=tuple(check for check in asset_graph.checks if check in checks),
        )

    def _partitions_of(self, graph: AssetGraph, keys: Iterable[AssetKey]) -> PartitionsDefinition[Any] | None:
        """Return the partitions that all of the assets have that have any."""
        found: list[PartitionsDefinition[Any]] = []
        for key in sorted(keys):
            own = graph.partitions_def(key)
            if own is None:
                continue
            if self.partitions_def is not None and own != self.partitions_def:
                raise DefinitionError(
                    f"the job `{self.name}` is given other partitions than `{key.to_user_string()}` has, which it makes: "
                    "leave out its partitions_def, and it has those of its assets."
                )
            if own not in found:
                found.append(own)
        return (
            self.partitions_def
            or getattr(self.config, "partitions_def", None)
            or (found[0] if len(found) == 1 else None)
        )


def define_asset_job(  # noqa: PLR0913, PLR0917 - what can be said of a job, in the order of Dagster
    name: str,
    selection: Any = None,
    description: str | None = None,
    tags: Mapping[str, Any] | None = None,
    run_tags: Mapping[str, Any] | None = None,
    metadata: Mapping[str, Any] | None = None,
    owners: Iterable[str] | None = None,
    config: Any = None,
    hooks: AbstractSet[HookDefinition] | None = None,
    executor_def: Any = None,
    partitions_def: PartitionsDefinition[Any] | None = None,
) -> UnresolvedAssetJob:
    """Give a name to the making of some assets.

    Parameters
    ----------
    selection
        A selection string or object, or a list of keys, definitions or strings; everything unless given.
    tags, run_tags
        What is said of the job, and of its runs: the same unless both are given.
    config
        The configuration of its runs unless they are given one, or a `ConfigMapping` to it.
    hooks
        What is called after each of its steps: see `success_hook`.
    executor_def
        What Dagster would run it with; here it runs in this process.
    partitions_def
        The partitions of its assets, which have those already.

    Raises
    ------
    DefinitionError
        When the name or a tag is not a valid one.
    SelectionError
        When the selection cannot be read.
    """
    said = tags_as_text(tags)
    return UnresolvedAssetJob(
        name=checked_name(name, "job"),
        selection=AssetSelection.all() if selection is None else AssetSelection.from_coercible(selection),
        description=description,
        tags=said,
        run_tags=tags_as_text(run_tags) if run_tags else said,
        metadata=as_metadata(metadata),
        owners=list(checked_owners(owners, name)),
        config=config,
        hook_defs=checked_hooks(hooks, f"the job `{name}`"),
        executor_def=executor_def,
        partitions_def=partitions_def,
    )


def partitions_of_job(
    name: str, given: PartitionsDefinition[Any] | None, config: Any
) -> PartitionsDefinition[Any] | None:
    """Return the partitions of a job: those given, else those that its configuration follows from.

    Raises
    ------
    DefinitionError
        When the two are not the same.
    """
    of_config = config.partitions_def if isinstance(config, PartitionedConfig) else None
    if given is not None and of_config is not None and given != of_config:
        raise DefinitionError(
            f"the job `{name}` is given other partitions than its configuration follows from: leave out its partitions_def."
        )
    return given or of_config


def _listed(keys: Iterable[AssetKey]) -> str:
    return ", ".join(f"`{key.to_user_string()}`" for key in keys)
