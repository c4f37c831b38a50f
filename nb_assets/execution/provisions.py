"""What a run gives to functions besides their inputs: resources and configuration."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.config.own import ANYTHING
from nb_assets.definitions.config.run_config import ReadConfig, as_run_config, read_run_config
from nb_assets.definitions.config.shapes import Shape, as_field, read_config
from nb_assets.definitions.io_manager import passes_values
from nb_assets.definitions.naming import DEFAULT_IO_MANAGER
from nb_assets.definitions.resource import ResourceDefinition, as_resources
from nb_assets.definitions.resource_graph import check_resources, transitive
from nb_assets.errors import DefinitionError
from nb_assets.execution.resources import Resources, ResourceScope
from nb_assets.fingerprint.settings import settings_of

if TYPE_CHECKING:
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.compute import ComputeFunction
    from nb_assets.definitions.config.own import OwnConfig
    from nb_assets.fingerprint.settings import Settings

Bindings = Callable[["AssetsDefinition"], Mapping[str, ResourceDefinition]]
"""The resources that there are for the function of a definition."""


class Provisions:
    """Gives functions their resources and their configuration, for one run.

    Parameters
    ----------
    bindings
        The resources that there are for a definition; its own alone unless given.
    run_config
        The configuration that the run was given.
    """

    def __init__(
        self,
        bindings: Bindings | None = None,
        *,
        run_config: Any = None,
        run_id: str | None = None,
        run: Any = None,
        instance: Any = None,
    ) -> None:
        self._written = as_run_config(run_config)
        self._read = ReadConfig()
        self._bindings = bindings or own_resources
        self._scope = ResourceScope(
            config=self._written.get("resources"), run_id=run_id, run=run, instance=instance
        )

    def resource(self, definition: AssetsDefinition, name: str, owner: str) -> Any:
        """Return a resource of a definition, made when it is first asked for.

        Raises
        ------
        MissingResourceError
            When there is none of that name.
        Exception
            What making it raises.
        """
        return self._scope.get(name, self._bindings(definition), owner)

    def definitions_for(self, definition: AssetsDefinition) -> Mapping[str, ResourceDefinition]:
        """Return the definitions of the resources that there are for a definition."""
        return self._bindings(definition)

    def resource_config(self, definition: AssetsDefinition, name: str) -> Any:
        """Return the configuration of a resource, as its function is given it."""
        bound = self._bindings(definition)
        return self._scope.config_of(name, bound[name]) if name in bound else None

    def io_config(self, path: str, kind: str, name: str, schema: Any = None) -> Any:
        """Return the configuration of an input or output of an op: its `kind` is "inputs" or "outputs".

        Raises
        ------
        ConfigError
            When it is not what its IO manager asks for.
        """
        said = self._written.get("ops", {})
        for part in path.split("."):
            said = said.get(part, said.get("ops", {}).get(part, {})) if isinstance(said, Mapping) else {}
        given = said.get(kind) if isinstance(said, Mapping) else None
        for each in given if isinstance(given, list) else (given,):
            if isinstance(each, Mapping) and name in each:
                what = f"the configuration of the {kind[:-1]} `{name}` of `{path}`"
                field = ANYTHING if schema is None else as_field(schema)
                return read_config(Shape({"config": field}), {"config": each[name]}, what).get("config")
        return None

    def resources(self, definition: AssetsDefinition, names: Collection[str], owner: str) -> Resources:
        """Return resources of a definition as attributes, each made when it is first asked for."""
        return Resources(names, lambda name: self.resource(definition, name, owner), owner)

    def prepare(self, definition: AssetsDefinition, names: Collection[str], owner: str) -> None:
        """Make the resources that a function needs, before it is called."""
        for name in sorted(names):
            self.resource(definition, name, owner)

    def arguments(
        self,
        definition: AssetsDefinition,
        compute: ComputeFunction,
        config: OwnConfig | None,
        path: str,
        owner: str,
    ) -> dict[str, Any]:
        """Return what the parameters of a function that stand for resources, and for its configuration, are given."""
        given = {name: self.resource(definition, name, owner) for name in compute.resource_arguments}
        if config is not None and config.as_argument is not None:
            given["config"] = config.as_argument(self.config(path))
        return given

    @property
    def inputs(self) -> Mapping[str, Any]:
        """The values that the configuration has for inputs of ops that nothing else gives."""
        return self._read.inputs

    def config(self, path: str) -> Any:
        """Return the configuration of an op, by its path: "my_asset", or "my_graph.inner.add"."""
        return self._read.ops.get(path)

    def read(
        self,
        definitions: Iterable[AssetsDefinition],
        *,
        others: Iterable[AssetsDefinition] = (),
        root: AssetsDefinition | None = None,
    ) -> dict[str, Any]:
        """Check that the resources of definitions are there, and read the configuration of the run for them.

        Parameters
        ----------
        others
            Those of the run that need not be called: they may be configured, and need not be.
        root
            The graph whose ops stand under `ops` themselves, as those of a job do.

        Raises
        ------
        MissingResourceError
            When a resource is not there.
        ConfigError
            When the configuration is not what they ask for.
        """
        listed = list(definitions)
        resources: dict[str, ResourceDefinition] = {}
        for definition in listed:
            bound = self._bindings(definition)
            needed = definition.required_resource_keys | definition.manager_keys
            if DEFAULT_IO_MANAGER in bound:
                needed |= {DEFAULT_IO_MANAGER}
            _check_managers(definition, bound)
            if needed:
                check_resources(needed, bound, f"`{definition.node_name}`")
                resources |= {name: bound[name] for name in transitive(needed, bound)}
        if self._written or resources or any(each.config or each.graph for each in listed):
            spared = list(others)
            named = {
                name
                for each in spared
                for name in transitive(each.required_resource_keys, self._bindings(each))
            }
            self._read = read_run_config(
                self._written, listed, resources.items(), root=root, others=spared, other_resources=named
            )
        return dict(self._read.whole)

    def settings(
        self, definition: AssetsDefinition, managers: Mapping[str, ResourceDefinition] | None = None
    ) -> Settings | None:
        """Return what a definition is run with, for its fingerprint: with what passes its values, where that is given."""
        return settings_of(definition, self._bindings, self._written, managers or {})

    def close(self) -> None:
        """Close the resources."""
        self._scope.close()


def _check_managers(definition: AssetsDefinition, bound: Mapping[str, ResourceDefinition]) -> None:
    for name in sorted(definition.manager_keys):
        found = bound.get(name)
        if found is not None and not passes_values(found):
            raise DefinitionError(
                f"`{definition.node_name}` has the resource `{name}` pass a value, and that is neither an IO manager nor an "
                "input manager: make it by @io_manager or @input_manager, or of a subclass of IOManager."
            )


def own_resources(definition: AssetsDefinition) -> Mapping[str, ResourceDefinition]:
    """Return the resources that a definition brings along."""
    return definition.resource_defs


def shared_resources(definitions: Iterable[AssetsDefinition], given: Mapping[str, Any] | None) -> Bindings:
    """Return the resources of definitions that are run together: those given, and those that they bring along.

    Raises
    ------
    DefinitionError
        When two different resources have one name.
    """
    merged = as_resources(given, "the run")
    owners = dict.fromkeys(merged, "the run was given it")
    for definition in definitions:
        for name, own in definition.resource_defs.items():
            known = merged.setdefault(name, own)
            if known is not own and not (known.is_fixed and own.is_fixed and known.fixed is own.fixed):
                raise DefinitionError(
                    f"two different resources are called `{name}`: {owners[name]}, and `{definition.node_name}` has one of its "
                    "own. Give one of them another name."
                )
            owners.setdefault(name, f"`{definition.node_name}` has it")
    return lambda _definition: merged
