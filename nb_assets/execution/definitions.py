"""`Definitions`: what a module or a cell defines, in one object."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.asset_spec import AssetSpec
from nb_assets.definitions.assets_definition import AssetsDefinition, DefinitionHolder, definitions_in
from nb_assets.definitions.external_assets import external_assets, specs_in
from nb_assets.definitions.metadata import as_metadata
from nb_assets.definitions.resource import ResourceDefinition, as_resources
from nb_assets.definitions.resource_graph import check_resources
from nb_assets.errors import DefinitionError, near
from nb_assets.execution.instance import DagsterInstance
from nb_assets.execution.job import AssetJob, JobDefinition, UnresolvedAssetJob, define_asset_job
from nb_assets.execution.materialize import checks_in, definitions_by_key
from nb_assets.execution.passing.passing import Passing
from nb_assets.execution.provisions import Provisions, shared_resources
from nb_assets.graph.asset_graph import AssetGraph
from nb_assets.graph.asset_selection import AssetSelection

if TYPE_CHECKING:
    Job = UnresolvedAssetJob | JobDefinition

GLOBAL_JOB = "__ASSET_JOB"
_NAMED_ONCE = ("resources", "loggers")
_LISTED = ("assets", "schedules", "sensors", "jobs", "asset_checks")


@dataclass(frozen=True)
class Definitions(DefinitionHolder):
    """Assets, jobs and resources that belong together.

    It is looked through when something is first asked of it, as in Dagster: that is when a key that is defined twice, or
    a job that selects what there is not, is told of. In a cell or in a module, its assets are those of the session.
    """

    assets: Iterable[Any] | None = None
    schedules: Iterable[Any] | None = None
    sensors: Iterable[Any] | None = None
    jobs: Iterable[Any] | None = None
    resources: Mapping[str, Any] | None = None
    executor: Any = None
    loggers: Mapping[str, Any] | None = None
    asset_checks: Iterable[Any] | None = None
    metadata: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        for name in _LISTED:
            given = getattr(self, name)
            if isinstance(given, (str, Mapping)) or not isinstance(given, (Iterable, type(None))):
                raise DefinitionError(f"{name} of Definitions is a list, not {given!r}.")
            object.__setattr__(self, name, None if given is None else list(given))
        if self.metadata is not None:
            object.__setattr__(self, "metadata", as_metadata(self.metadata))
        for item in self.assets or ():
            if not isinstance(item, AssetSpec) and not list(definitions_in(item)) and item != []:
                raise DefinitionError(
                    f"assets of Definitions are decorated functions and specs, and {item!r} is neither."
                )
        self._check_jobs_and_checks()
        self._check_what_runs()

    def _check_jobs_and_checks(self) -> None:
        for item in self.asset_checks or ():
            found = list(definitions_in(item))
            if item != [] and (not found or not all(each.check_specs for each in found)):
                raise DefinitionError(
                    f"asset_checks of Definitions are functions with @asset_check or @multi_asset_check, and {item!r} is not."
                )
        for item in self.jobs or ():
            if not isinstance(item, (UnresolvedAssetJob, JobDefinition)):
                raise DefinitionError(
                    f"jobs of Definitions are made by define_asset_job, by @job or by a graph's to_job, and {item!r} is "
                    "not."
                )

    def _check_what_runs(self) -> None:
        for name, logger in dict[Any, Any](self.loggers or {}).items():
            if not isinstance(name, str) or isinstance(logger, str):
                raise DefinitionError(
                    f"loggers of Definitions are loggers by name, not {name!r}: {logger!r}."
                )
        if isinstance(self.executor, str):
            raise DefinitionError(
                f"the executor of Definitions is a definition of one, not {self.executor!r}."
            )

    @cached_property
    def assets_definitions(self) -> tuple[AssetsDefinition, ...]:
        """The definitions among the assets; one of all the specs, which stand for assets that are made elsewhere; those of checks.

        Each has the resources bound to it.
        """
        specs = [spec for item in self.assets or () for spec in specs_in(item)]
        listed = [*(self.assets or ()), *(self.asset_checks or ())]
        made = list(dict.fromkeys(each for item in listed for each in definitions_in(item)))
        if specs:
            made.append(external_assets(specs))
        return (
            tuple(each.with_resources(self.resource_defs) for each in made) if self.resources else tuple(made)
        )

    @cached_property
    def _graph(self) -> AssetGraph:
        return AssetGraph(
            definitions_by_key(self.assets_definitions), checks=checks_in(self.assets_definitions)
        )

    @cached_property
    def resource_defs(self) -> Mapping[str, ResourceDefinition]:
        """The resources, by name."""
        return as_resources(self.resources, "Definitions")

    @cached_property
    def _jobs(self) -> dict[str, Job]:
        jobs: dict[str, Job] = {}
        for job in self.jobs or ():
            if job.name == GLOBAL_JOB:
                raise DefinitionError(f"`{GLOBAL_JOB}` is the job of all assets: give yours another name.")
            if jobs.setdefault(job.name, job) is not job:
                raise DefinitionError(f"two jobs are called `{job.name}`: give one of them another name.")
        return jobs

    def resolve_asset_graph(self) -> AssetGraph:
        """Return the graph of the assets.

        Raises
        ------
        DuplicateKeyError
            When a key is defined twice.
        CycleError
            When assets depend on each other in a circle.
        """
        return self._graph

    def resolve_all_asset_specs(self) -> list[AssetSpec]:
        """Return what is said of each asset; of those that are only derived from, that is the key at least."""
        graph = self._graph
        elsewhere = [graph.spec(key) if graph.described(key) else AssetSpec(key) for key in graph.external]
        return [*(graph.spec(key) for key in graph.keys), *elsewhere]

    get_all_asset_specs = resolve_all_asset_specs

    def resolve_all_asset_keys(self) -> list[AssetKey]:
        """Return the key of each asset, those that are only derived from among them."""
        return [spec.key for spec in self.resolve_all_asset_specs()]

    def resolve_assets_def(self, key: Any) -> AssetsDefinition:
        """Return the definition that makes an asset, or that tells of one that is made elsewhere.

        Raises
        ------
        DefinitionError
            When none does.
        """
        wanted = AssetKey.from_coercible(key)
        if (told := self._graph.described(wanted)) is not None:
            return told
        if wanted not in self._graph:
            names = [known.to_user_string() for known in self._graph.keys]
            shown = wanted.to_user_string()
            raise DefinitionError(f"these definitions make no asset `{shown}`.{near(shown, names)}")
        return self._graph.definition(wanted)

    get_assets_def = resolve_assets_def

    def resolve_job_def(self, name: str) -> JobDefinition:
        """Return a job by its name.

        Raises
        ------
        DefinitionError
            When there is none, or it selects assets that there are not.
        """
        self._check_resources()
        if name == GLOBAL_JOB:
            return self.resolve_implicit_global_asset_job_def()
        if name not in self._jobs:
            raise DefinitionError(f"these definitions have no job `{name}`.{near(name, self._jobs)}")
        job = self._jobs[name]
        if isinstance(job, UnresolvedAssetJob):
            return job.resolve(self._graph, self.resource_defs)
        return replace(job, resource_defs={**self.resource_defs, **job.resource_defs})

    get_job_def = resolve_job_def

    def resolve_implicit_global_asset_job_def(self) -> AssetJob:
        """Return the job that makes every asset."""
        self._check_resources()
        return replace(define_asset_job("all"), name=GLOBAL_JOB).resolve(self._graph, self.resource_defs)

    get_implicit_global_asset_job_def = resolve_implicit_global_asset_job_def

    def resolve_all_job_defs(self) -> list[JobDefinition]:
        """Return every job, that of all assets among them."""
        self._check_resources()
        named = [self.resolve_job_def(name) for name in self._jobs]
        any_ = len(self._graph) or self._graph.checks
        return [*named, self.resolve_implicit_global_asset_job_def()] if any_ else named

    def has_implicit_global_asset_job_def(self) -> bool:
        """Tell whether there is a job of all assets, that is whether there are any."""
        return len(self._graph) > 0

    def load_asset_value(
        self,
        asset_key: Any,
        *,
        python_type: Any = None,
        instance: DagsterInstance | None = None,
        partition_key: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        resource_config: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the latest value of an asset that an instance has, that of this project unless given, or its IO manager.

        Parameters
        ----------
        python_type, metadata
            What the IO manager is told of what takes the value.
        partition_key
            The partition whose value it is.
        resource_config
            The configuration of resources by name: `{"files": {"config": {…}}}`.

        Raises
        ------
        ValueMissingError
            When it was never made there, or has no value.
        """
        key = AssetKey.from_coercible(asset_key)
        instance = instance or DagsterInstance.get()
        made = instance.keeper.latest(key, partition_key)
        provisions = Provisions(run_config={"resources": resource_config or {}}, instance=instance)
        passing = Passing(provisions=provisions, keeper=instance.keeper, graph=self._graph)
        try:
            return passing.value_of(
                key, made, metadata=metadata, hint=python_type, instance=instance, partition=partition_key
            )
        finally:
            provisions.close()

    def _check_resources(self) -> None:
        definitions = self.assets_definitions
        shared_resources(definitions, None)
        for definition in definitions:
            bound = {**self.resource_defs, **definition.resource_defs}
            check_resources(definition.required_resource_keys, bound, f"`{definition.node_name}`")

    @staticmethod
    def validate_loadable(defs: Definitions) -> None:
        """Look through definitions at once.

        Raises
        ------
        DefinitionError
            When a key or a name is there twice, assets make a circle, or a job selects what there is not.
        """
        defs.resolve_asset_graph()
        defs.resolve_all_job_defs()

    @staticmethod
    def merge(*def_sets: Definitions) -> Definitions:
        """Return one object with all that several have.

        Raises
        ------
        DefinitionError
            When two of them mean different things by the name of a resource or a logger, or have different executors.
        """
        merged: dict[str, Any] = {name: [] for name in _LISTED} | {"metadata": {}, "executor": None}
        merged |= {name: {} for name in _NAMED_ONCE}
        for each in def_sets:
            if not isinstance(each, Definitions):
                raise DefinitionError(f"Definitions are merged with Definitions, not with {each!r}.")
            for name in _LISTED:
                merged[name] += getattr(each, name) or []
            merged["metadata"] |= each.metadata or {}
            for name in _NAMED_ONCE:
                for key, value in (getattr(each, name) or {}).items():
                    if merged[name].setdefault(key, value) is not value:
                        raise DefinitionError(
                            f"two of the merged definitions have {name} called `{key}`: rename one."
                        )
            if None not in (merged["executor"], each.executor) and merged["executor"] is not each.executor:
                raise DefinitionError("two of the merged definitions have an executor each: leave one out.")
            merged["executor"] = merged["executor"] or each.executor
        return Definitions(**merged)

    merge_unbound_defs = merge

    def map_asset_specs(
        self, *, func: Callable[[AssetSpec], AssetSpec], selection: Any = None
    ) -> Definitions:
        """Return the same with what is said of its assets changed by a function, for all or for some.

        Raises
        ------
        DefinitionError
            When the function changes a key.
        """
        keys = None if selection is None else AssetSelection.from_coercible(selection).resolve(self._graph)

        def change(spec: AssetSpec) -> AssetSpec:
            return func(spec) if keys is None or spec.key in keys else spec

        return replace(self, assets=map_asset_specs(change, self.assets or ()))

    map_resolved_asset_specs = map_asset_specs

    def with_resources(self, resources: Mapping[str, Any] | None) -> Definitions:
        """Return the same with more resources."""
        return Definitions.merge(self, Definitions(resources=resources)) if resources else self


def map_asset_specs(func: Callable[[AssetSpec], AssetSpec], iterable: Iterable[Any]) -> list[Any]:
    """Return definitions and specs with what is said of their assets changed by a function.

    Raises
    ------
    DefinitionError
        When the function changes a key.
    """
    mapped: list[Any] = []
    for item in iterable:
        if isinstance(item, AssetSpec):
            mapped.append(func(item))
        else:
            mapped += [_mapped(each, func) for each in definitions_in(item)]
    return mapped


def _mapped(definition: AssetsDefinition, func: Callable[[AssetSpec], AssetSpec]) -> AssetsDefinition:
    arguments = set(definition.keys_by_input_name.values())

    def change(spec: AssetSpec) -> AssetSpec:
        changed, name = func(spec), spec.key.to_user_string()
        if changed.key != spec.key:
            raise DefinitionError(
                f"`{name}` cannot become `{changed.key.to_user_string()}` here: what is mapped over specs may change all but "
                "their keys."
            )
        before, after = ({dep.asset_key for dep in each.deps} for each in (spec, changed))
        if lost := (before - after) & arguments:
            raise DefinitionError(
                f"`{name}` takes the value of `{min(lost).to_user_string()}` as an argument, so it stays derived from that: "
                "keep it in deps."
            )
        if (more := after - before) and definition.graph_def is not None:
            raise DefinitionError(
                f"`{name}` is made by a graph, and what it is derived from are the inputs of that:"
                f" `{min(more).to_user_string()}` cannot be added."
            )
        return changed

    return definition.with_specs(change)
