"""What a run gives to functions besides their inputs: resources and configuration."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.resource import ResourceDefinition, as_resources
from nb_assets.errors import DefinitionError
from nb_assets.execution.resources import Resources, ResourceScope, check_resources

if TYPE_CHECKING:
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.compute import ComputeFunction

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
        run_config: Mapping[str, Any] | None = None,
        run_id: str | None = None,
        run: Any = None,
    ) -> None:
        self.run_config = dict(run_config or {})
        self._bindings = bindings or own_resources
        self._scope = ResourceScope(config=self.run_config.get("resources"), run_id=run_id, run=run)

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

    def resources(self, definition: AssetsDefinition, names: Collection[str], owner: str) -> Resources:
        """Return resources of a definition as attributes, each made when it is first asked for."""
        return Resources(names, lambda name: self.resource(definition, name, owner), owner)

    def prepare(self, definition: AssetsDefinition, names: Collection[str], owner: str) -> None:
        """Make the resources that a function needs, before it is called."""
        for name in sorted(names):
            self.resource(definition, name, owner)

    def arguments(self, definition: AssetsDefinition, compute: ComputeFunction, owner: str) -> dict[str, Any]:
        """Return what the parameters of a function that stand for resources are given."""
        return {name: self.resource(definition, name, owner) for name in compute.resource_arguments}

    def check(self, definitions: Iterable[AssetsDefinition]) -> None:
        """Check that the resources of all of them are there.

        Raises
        ------
        MissingResourceError
            When one is not.
        """
        for definition in definitions:
            if definition.required_resource_keys:
                owner = f"`{definition.node_name}`"
                check_resources(definition.required_resource_keys, self._bindings(definition), owner)

    def close(self) -> None:
        """Close the resources."""
        self._scope.close()


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
