"""Hands the outputs of ops to IO managers, and takes their inputs from there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nb_assets.execution.op_outcome import Handed, OpOutput
from nb_assets.execution.op_values import Made, key_in, without_key
from nb_assets.execution.outcome import Product
from nb_assets.execution.passing.place import manager_of, named_or_default

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.unfolding import OpStep
    from nb_assets.execution.context import OpExecutionContext
    from nb_assets.execution.passing.passing import Passing
    from nb_assets.execution.passing.run_contexts import Context


class OpPassing:
    """Passes the values of one graph of ops."""

    def __init__(self, passing: Passing) -> None:
        self._passing = passing

    def stored(
        self,
        definition: AssetsDefinition,
        step: OpStep,
        path: str,
        given: Mapping[str, OpOutput],
        context: OpExecutionContext,
    ) -> dict[str, OpOutput]:
        """Hand each output of an op to its IO manager, if it has one, and return them with what that says of them."""
        stored = dict(given)
        for label, each in given.items():
            name = without_key(label)
            key = _asset_of(definition, step, name)
            manager = self._manager(definition, step, name, key)
            if manager is None or each.stored_itself or step.op.outs[name].is_nothing:
                continue
            gives_nothing = each.value is None and key is None and step.op.compute.returns_nothing
            told = self._passing.contexts.of_output(
                definition,
                manager,
                name,
                lambda: context,
                key=key,
                said=each.metadata,
                op=step.op,
                path=path,
                mapping_key=key_in(label) or context.get_mapping_key(),
            )
            if gives_nothing:
                # It stored its value itself, and what takes it may find it by the IO manager all the same.
                metadata, handed = dict(each.metadata), Handed(manager=manager, context=told)
            elif key is None:
                added = self._passing.handle(self._passing.manager(definition, manager), told, each.value)
                metadata, handed = {**each.metadata, **added}, Handed(manager=manager, context=told)
            else:
                product = Product(key=key, value=each.value, metadata=each.metadata)
                noted = self._passing.handed_over(definition, manager, product, told)
                metadata = dict(noted.metadata)
                handed = Handed(manager=manager, context=told, kept_at=noted.kept_at, content=noted.content)
            stored[label] = replace(each, metadata=metadata, handed=handed)
        return stored

    def taker(
        self, definition: AssetsDefinition | None, step: OpStep, path: str, name: str, context: Context
    ) -> Callable[[Made], Any] | None:
        """Return what takes the value of an input of an op from the output behind it, None where that is as it was given."""
        if definition is None:
            return None
        own = step.op.ins[name].input_manager_key

        def take(made: Made) -> Any:
            if own is None and made.output.handed is None:
                return made.output.value
            return self.loaded(definition, step, path, name, made.output.handed, context)

        return take

    def loaded(
        self,
        definition: AssetsDefinition | None,
        step: OpStep,
        path: str,
        name: str,
        handed: Handed | None,
        context: Context,
    ) -> Any:
        """Load an input of an op: by its own manager, or by the one that its value was handed to."""
        assert definition is not None
        given = step.op.ins[name]
        manager = given.input_manager_key or (None if handed is None else handed.manager)
        assert manager is not None
        hint = given.dagster_type
        loading = self._passing.contexts.of_input(
            definition,
            manager,
            name,
            context,
            node=step.op,
            config_path=path,
            metadata=given.metadata,
            hint=step.op.compute.hints.get(name, Any) if hint is None else hint,
            upstream=None if handed is None else handed.context,
        )
        return self._passing.loader(definition, manager).load_input(loading)

    def _manager(
        self, definition: AssetsDefinition, step: OpStep, name: str, key: AssetKey | None
    ) -> str | None:
        resources = self._passing.resources_for(definition)
        if key is not None:
            return manager_of(definition, key, resources)
        return named_or_default(step.op.outs[name].io_manager_key, resources)


def _asset_of(definition: AssetsDefinition, step: OpStep, output: str) -> AssetKey | None:
    """Return the asset that an output of an op is."""
    for name, source in definition.graph.results.items() if definition.graph is not None else ():
        if (source.node, source.output) == (step.path, output) and name in definition.specs_by_output_name:
            return definition.specs_by_output_name[name].key
    return None
