"""Hands the values of a run to IO managers, and takes them from there, where the definitions say so.

Which value is where is `place`'s to say; what is recorded of it is the keeper's. Values without an IO manager never come
here.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.io_manager import InputManager, IOManager
from nb_assets.definitions.metadata import as_metadata
from nb_assets.definitions.naming import IO_MANAGER_METADATA
from nb_assets.definitions.result import NoValue
from nb_assets.errors import DefinitionError, OutputError, ValueMissingError
from nb_assets.execution.passing.place import address_of, is_managed, manager_of, named_or_default
from nb_assets.execution.passing.run_contexts import RunContexts

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.metadata_value import MetadataValue
    from nb_assets.definitions.passing.input_context import InputContext
    from nb_assets.definitions.passing.output_context import OutputContext
    from nb_assets.definitions.resource import ResourceDefinition
    from nb_assets.execution.keeper import Keeper
    from nb_assets.execution.outcome import Product
    from nb_assets.execution.passing.run_contexts import Context
    from nb_assets.execution.provisions import Provisions
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.storage.materialization import Materialization


class Passing:
    """Passes the values of one run.

    Parameters
    ----------
    provisions
        What makes the IO managers of the run.
    graph
        The assets whose values are read.
    """

    def __init__(self, *, provisions: Provisions, keeper: Keeper, graph: AssetGraph) -> None:
        self.contexts = RunContexts(provisions)
        self._provisions = provisions
        self._keeper = keeper
        self._graph = graph

    # Storing

    def stored(self, definition: AssetsDefinition, product: Product, context: Context) -> Product:
        """Hand a product to its IO manager if it has one, and return it with what that says of it."""
        if product.value is NoValue or product.kept_at is not None:
            return product
        name = manager_of(definition, product.key, self._provisions.definitions_for(definition))
        if name is None:
            return product
        (output,) = (
            each for each, spec in definition.specs_by_output_name.items() if spec.key == product.key
        )
        given = self.contexts.of_output(
            definition, name, output, context, key=product.key, said=product.metadata
        )
        return self.handed_over(definition, name, product, given)

    def handed_over(
        self, definition: AssetsDefinition, name: str, product: Product, context: OutputContext
    ) -> Product:
        """Hand a product to an IO manager; what is known of its content is taken before that."""
        manager = self.manager(definition, name)
        address = address_of(name, self._provisions.definitions_for(definition).get(name))
        noted = self._keeper.handing_over(product, address, manager, context)
        added = self.handle(manager, context, product.value)
        return dataclasses.replace(noted, metadata={**product.metadata, **added})

    def handle(self, manager: IOManager, context: OutputContext, value: Any) -> dict[str, MetadataValue[Any]]:
        """Have an IO manager store a value; return the metadata that it adds.

        Raises
        ------
        OutputError
            When it returns or yields what is no metadata.
        """
        given: Any = manager.handle_output(context, value)
        added: dict[str, MetadataValue[Any]] = {}
        for item in given if inspect.isgenerator(given) else () if given is None else (given,):
            if isinstance(item, Mapping):
                added |= as_metadata(item)
            elif type(item).__name__ == "AssetMaterialization":
                context.log_event(item)
            else:
                raise OutputError(
                    f"{type(manager).__name__}.handle_output gave {item!r}: it stores the value and returns nothing, or metadata "
                    "as a dict. `context.add_output_metadata` adds metadata too."
                )
        return {**added, **context.consume_logged_metadata()}

    # Loading

    def reads(
        self, definition: AssetsDefinition, argument: str, key: AssetKey, made: Materialization | None
    ) -> str | None:
        """Return the name of the resource that loads the value for an argument, None where the keeper does."""
        given = definition.inputs.get(argument)
        if given is not None and given.input_manager_key is not None:
            return given.input_manager_key
        return self._manager_of_value(definition, key, made)

    def loaded(
        self,
        definition: AssetsDefinition,
        name: str,
        argument: str,
        key: AssetKey,
        made: Materialization | None,
        context: Context,
    ) -> Any:
        """Load the value for an argument by the resource of a name.

        Raises
        ------
        Exception
            What loading it raises. The value counts as lost then, so that it is made again.
        """
        given = definition.inputs.get(argument)
        hint = None if given is None else given.dagster_type
        loading = self.contexts.of_input(
            definition,
            name,
            argument,
            context,
            node=definition.node_def,
            config_path=definition.node_name,
            metadata=None if given is None else given.metadata,
            hint=hint if hint is not None else definition.compute.hints.get(argument, Any),
            upstream=self._upstream(definition, name, key, made),
            key=key,
        )
        return self._load(definition, name, key, made, loading)

    def value_of(
        self, key: AssetKey, made: Materialization | None, *, partition: str | None = None, **said: Any
    ) -> Any:
        """Return the value of an asset, for what is no input of a step.

        Parameters
        ----------
        said
            What an IO manager is told of what takes the value.

        Raises
        ------
        ValueMissingError
            When it has none.
        """
        definition = self._defined(key)
        name = None if definition is None else self._manager_of_value(definition, key, made)
        if definition is None or name is None:
            if made is None:
                raise ValueMissingError(
                    f"`{key.to_user_string()}` was never materialized, so it has no value to load."
                )
            return self._keeper.load(made)
        upstream = self._upstream(definition, name, key, made)
        loading = self.contexts.of_look(definition, name, key, upstream, partition=partition, **said)
        return self._load(definition, name, key, made, loading)

    def manager(self, definition: AssetsDefinition, name: str) -> IOManager:
        """Return the IO manager of a name.

        Raises
        ------
        MissingResourceError
            When there is none.
        DefinitionError
            When it is something else.
        """
        found = self._provisions.resource(definition, name, f"`{definition.node_name}`")
        if not isinstance(found, IOManager):
            raise DefinitionError(
                f"`{definition.node_name}` has the resource `{name}` for its IO manager, and that is a "
                f"{type(found).__name__}: an IO manager is a subclass of IOManager."
            )
        return found

    def loader(self, definition: AssetsDefinition, name: str) -> InputManager:
        """Return the IO manager or input manager of a name that loads an input.

        Raises
        ------
        MissingResourceError
            When there is none.
        DefinitionError
            When it is something else.
        """
        found = self._provisions.resource(definition, name, f"`{definition.node_name}`")
        if not isinstance(found, InputManager):
            raise DefinitionError(
                f"`{definition.node_name}` has the resource `{name}` load an input, and that is a {type(found).__name__}: what "
                "loads inputs is a subclass of InputManager or of IOManager, or made by @input_manager."
            )
        return found

    def _manager_of_value(
        self, definition: AssetsDefinition, key: AssetKey, made: Materialization | None
    ) -> str | None:
        upstream = self._defined(key)
        resources = self._provisions.definitions_for(definition)
        if upstream is None:
            # Of what nothing tells, the default IO manager is asked, as in Dagster.
            return named_or_default(None, resources) if made is None else None
        if made is not None and made.value is not None and not is_managed(made.value):
            is_named = IO_MANAGER_METADATA in upstream.specs_by_key[key].metadata
            return None if upstream.is_executable or not is_named else manager_of(upstream, key, resources)
        return manager_of(upstream, key, {**resources, **self._provisions.definitions_for(upstream)})

    def _defined(self, key: AssetKey) -> AssetsDefinition | None:
        return self._graph.definition(key) if key in self._graph else self._graph.described(key)

    def _load(
        self,
        definition: AssetsDefinition,
        name: str,
        key: AssetKey,
        made: Materialization | None,
        context: InputContext,
    ) -> Any:
        upstream = self._defined(key)
        # What brings its IO manager along is read by that one.
        owner = upstream if upstream is not None and name in upstream.resource_defs else definition
        kept = None if made is None else self._keeper.kept_by(made)
        loader = self.loader(owner, name)
        if kept is not None and kept.lives_in_memory:
            # One that holds values in itself is made anew for each run: the one that took the value has it.
            loader = kept
        try:
            return loader.load_input(context)
        except Exception:
            if made is not None and is_managed(made.value):
                self._keeper.lose(made)
            raise

    def _upstream(
        self, definition: AssetsDefinition, name: str, key: AssetKey, made: Materialization | None
    ) -> OutputContext:
        return self.contexts.of_upstream(definition, name, key, self._defined(key), made)

    def resources_for(self, definition: AssetsDefinition) -> Mapping[str, ResourceDefinition]:
        """Return the definitions of the resources that there are for a definition."""
        return self._provisions.definitions_for(definition)
