"""Making definitions of assets of ops and graphs that are there already, and the other way round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.asset_spec import AssetSpec
from nb_assets.definitions.assets_definition import AssetsDefinition
from nb_assets.definitions.builtin_types import NOTHING, resolve_dagster_type
from nb_assets.definitions.compute import ComputeFunction
from nb_assets.definitions.definition_copies import BY_KEY, changing
from nb_assets.definitions.external_assets import external_assets
from nb_assets.definitions.graph_definition import GraphDefinition
from nb_assets.definitions.op import In, OpDefinition, Out
from nb_assets.definitions.resource import as_resources
from nb_assets.definitions.result import DEFAULT_OUTPUT
from nb_assets.definitions.unfolding import unfolding
from nb_assets.errors import DefinitionError, near

if TYPE_CHECKING:
    from nb_assets.definitions.dagster_type import DagsterType

# The parameters that say something of each asset, with the parameters of AssetSpec that they are.
_BY_OUTPUT = {
    "group_names_by_output_name": "group_name",
    "descriptions_by_output_name": "description",
    "metadata_by_output_name": "metadata",
    "tags_by_output_name": "tags",
    "owners_by_output_name": "owners",
    "code_versions_by_output_name": "code_version",
    "automation_conditions_by_output_name": "automation_condition",
}


def assets_from_node(
    node: OpDefinition | GraphDefinition,
    *,
    keys_by_input_name: Mapping[str, AssetKey] | None = None,
    keys_by_output_name: Mapping[str, AssetKey] | None = None,
    key_prefix: str | Sequence[str] | None = None,
    internal_asset_deps: Mapping[str, set[AssetKey]] | None = None,
    group_name: str | None = None,
    resource_defs: Mapping[str, Any] | None = None,
    can_subset: bool = False,
    hook_defs: AbstractSet[Any] | None = None,
    **said: Any,
) -> AssetsDefinition:
    """Make an asset of each output of an op or a graph.

    Parameters
    ----------
    keys_by_input_name, keys_by_output_name
        The asset behind each input and output: that of its name unless given. The one output of a node that has no name
        of its own is called as the node is.
    key_prefix
        Parts in front of the keys of the outputs.
    internal_asset_deps
        What an output is derived from, by output name, where that is not all inputs.
    said
        `descriptions_by_output_name`, `metadata_by_output_name` and so on; what else is given is said of every asset.

    Raises
    ------
    DefinitionError
        When one of them names an input or output that the node does not have.
    """
    inputs = _keys_of_inputs(node, keys_by_input_name or {})
    outputs = _keys_of_outputs(node, keys_by_output_name or {}, key_prefix)
    if group_name is not None and said.get("group_names_by_output_name"):
        raise DefinitionError("give either group_name or group_names_by_output_name, and not both.")
    attributes: dict[str, dict[str, Any]] = {output: {} for output in outputs}
    for parameter, value in said.items():
        if parameter in _BY_OUTPUT:
            for output, each in (value or {}).items():
                _known(node, output, outputs, parameter)
                attributes[output][_BY_OUTPUT[parameter]] = each
        elif value is not None:
            for each_of in attributes.values():
                each_of[parameter] = value
    for each_of in attributes.values():
        each_of.update({} if group_name is None else {"group_name": group_name})
    for output in internal_asset_deps or {}:
        _known(node, output, outputs, "internal_asset_deps")
    deps = {
        output: sorted((internal_asset_deps or {}).get(output, set(inputs.values()))) for output in outputs
    }
    specs = {
        output: AssetSpec(key, deps=deps[output], **attributes[output]) for output, key in outputs.items()
    }
    return _made_by(
        node,
        inputs,
        specs,
        can_subset=can_subset,
        resource_defs=as_resources(resource_defs, f"`{node.name}`"),
        hook_defs=frozenset(hook_defs or ()),
        upstream_by_key={specs[output].key: tuple(keys) for output, keys in deps.items()}
        if internal_asset_deps
        else None,
    )


def from_attributes(
    *,
    node_def: OpDefinition | GraphDefinition | None = None,
    keys_by_input_name: Mapping[str, AssetKey] | None = None,
    keys_by_output_name: Mapping[str, AssetKey] | None = None,
    specs: Sequence[AssetSpec] | None = None,
    asset_deps: Mapping[AssetKey, AbstractSet[AssetKey]] | None = None,
    selected_asset_keys: AbstractSet[AssetKey] | None = None,
    can_subset: bool = False,
    resource_defs: Mapping[str, Any] | None = None,
    hook_defs: AbstractSet[Any] | None = None,
    is_subset: bool = False,
    **said: Any,
) -> AssetsDefinition:
    """Make a definition of a node and the keys of its inputs and outputs, or of specs alone.

    Raises
    ------
    DefinitionError
        When there is neither a node nor a spec, or they contradict each other.
    """
    del is_subset
    said = {name: value for name, value in said.items() if value is not None}
    if node_def is None:
        if specs is None or keys_by_input_name or keys_by_output_name or can_subset or said:
            raise DefinitionError(
                "an AssetsDefinition is made of a node_def, with the keys of what it gives, or of specs alone: of assets "
                "that nothing here makes. A decorator, as @asset, is the usual way to make one."
            )
        return external_assets(specs)
    by_output = dict(keys_by_output_name or {})
    if specs is not None:
        if asset_deps is not None or any(name in BY_KEY for name in said):
            raise DefinitionError("specs say all of each asset: leave out what says a part of it by key.")
        by_key = {spec.key: spec for spec in specs}
    else:
        inputs = set((keys_by_input_name or {}).values())
        deps = asset_deps if asset_deps is not None else dict.fromkeys(by_output.values(), inputs)
        if set(deps) != set(by_output.values()):
            raise DefinitionError(
                "asset_deps says what each of the assets is derived from: its keys are those of the outputs."
            )
        by_key = {key: AssetSpec(key, deps=sorted(deps[key])) for key in by_output.values()}
        change = changing(said, {})
        by_key = {key: change(spec) for key, spec in by_key.items()}
    missing = [output for output, key in by_output.items() if key not in by_key]
    if missing or not by_output:
        raise DefinitionError(
            f"nothing says which asset the output `{(missing or list(node_def.output_names))[0]}` of `{node_def.name}` "
            "is: name it in keys_by_output_name."
        )
    definition = _made_by(
        node_def,
        dict(keys_by_input_name or {}),
        {output: by_key[key] for output, key in by_output.items()},
        can_subset=can_subset,
        resource_defs=as_resources(resource_defs, f"`{node_def.name}`"),
        hook_defs=frozenset(hook_defs or ()),
        upstream_by_key={key: tuple(dep.asset_key for dep in spec.deps) for key, spec in by_key.items()},
    )
    return definition if selected_asset_keys is None else definition.subset_for(selected_asset_keys)


def node_of(definition: AssetsDefinition) -> OpDefinition | GraphDefinition:
    """Return the op or the graph that makes the assets of a definition.

    Raises
    ------
    DefinitionError
        When nothing does.
    """
    if not definition.is_executable:
        raise DefinitionError("nothing here makes these assets, so there is no op and no graph that does.")
    if definition.graph_def is not None:
        return definition.graph_def
    behind = set(definition.keys_by_input_name.values())
    order = [key for key in definition.dependency_keys if key not in behind]
    first = next(iter(definition.specs), None)
    node = OpDefinition.build(
        compute=definition.compute,
        name=definition.node_name,
        ins={
            **{name: _in_of(definition, name) for name in definition.keys_by_input_name},
            **{key.to_python_identifier(): In(NOTHING) for key in order},
        },
        outs={output: _out_of(definition, output) for output in definition.specs_by_output_name},
        description=definition.description or (None if first is None else first.description),
        retry_policy=definition.retry_policy,
        code_version=None if first is None else first.code_version,
        tags=definition.op_tags,
        config=definition.config,
        required_resource_keys=definition.required_resource_keys,
        pool=definition.pool,
    )
    outs = {
        each.name: replace(node.outs[each.name], dagster_type=each.dagster_type) for each in node.output_defs
    }
    return node.with_changes(outs=outs)


def _in_of(definition: AssetsDefinition, name: str) -> In:
    given = definition.inputs.get(name)
    hint = definition.compute.hints.get(name, Any)
    if given is None:
        return In(_type_of(hint))
    declared = given.dagster_type
    return In(
        _type_of(hint) if declared is None else declared,
        metadata=dict(given.metadata),
        input_manager_key=given.input_manager_key,
    )


def _out_of(definition: AssetsDefinition, output: str) -> Out:
    spec = definition.specs_by_output_name[output]
    return Out(
        NOTHING if output in definition.valueless_outputs else definition.types_by_output.get(output),
        description=spec.description,
        is_required=output not in definition.optional_outputs,
        io_manager_key=definition.get_io_manager_key_for_asset_key(spec.key),
        metadata=dict(spec.metadata),
        code_version=spec.code_version,
    )


def _type_of(hint: Any) -> DagsterType | None:
    try:
        return resolve_dagster_type(hint)
    except DefinitionError:
        # An annotation may be anything, and says nothing to the op then.
        return None


def _made_by(
    node: OpDefinition | GraphDefinition,
    inputs: Mapping[str, AssetKey],
    specs: Mapping[str, AssetSpec],
    **attributes: Any,
) -> AssetsDefinition:
    if isinstance(node, GraphDefinition):
        compute = ComputeFunction(
            node.compose_fn or _no_body, node.inputs, frozenset(), has_context=False, catch_all=False
        )
        compose = unfolding(node, None)
        known = compose(False)  # noqa: FBT003
        ops = {step.path: step.op for step in known.steps}
        outs = {name: ops[source.node].outs[source.output] for name, source in known.results.items()}
        own: dict[str, Any] = {"unfolding": compose, "graph_def": node, "graph_config": node.config}
    else:
        compute, outs = node.compute, dict(node.outs)
        own = {
            "retry_policy": node.retry_policy,
            "required_resource_keys": node.required_resource_keys,
            "config": node.config,
            "op_tags": node.tags,
            "pool": node.pool,
            "types_by_output": {
                name: out.dagster_type
                for name, out in outs.items()
                if out.dagster_type is not None and not out.is_nothing
            },
            "valueless_outputs": frozenset(name for name, out in outs.items() if out.is_nothing),
        }
        inputs = {name: key for name, key in inputs.items() if node.ins[name].carries_value}
    return AssetsDefinition.build(
        compute=compute,
        node_name=node.name,
        specs_by_output_name={
            output: _with_what_the_out_says(spec, outs[output], node) for output, spec in specs.items()
        },
        keys_by_input_name=inputs,
        optional_outputs=frozenset(name for name, out in outs.items() if not out.is_required),
        description=node.description,
        **own,
        **attributes,
    )


def _with_what_the_out_says(spec: AssetSpec, out: Out, node: OpDefinition | GraphDefinition) -> AssetSpec:
    return spec.replace_attributes(
        metadata={**(out.metadata or {}), **spec.metadata},
        description=spec.description or out.description or node.description,
        code_version=spec.code_version or out.code_version,
        skippable=not out.is_required,
    )


def _keys_of_inputs(
    node: OpDefinition | GraphDefinition, given: Mapping[str, AssetKey]
) -> dict[str, AssetKey]:
    for name in given:
        if name not in node.input_names:
            raise DefinitionError(
                f"`{node.name}` has no input `{name}`.{near(name, node.input_names)} It has "
                f"{', '.join(node.input_names) or 'none'}."
            )
    return {name: given.get(name) or AssetKey([name]) for name in node.input_names}


def _keys_of_outputs(
    node: OpDefinition | GraphDefinition, given: Mapping[str, AssetKey], prefix: str | Sequence[str] | None
) -> dict[str, AssetKey]:
    for name in given:
        _known(node, name, node.output_names, "keys_by_output_name")
    keys: dict[str, AssetKey] = {}
    for name in node.output_names:
        alone = name == DEFAULT_OUTPUT and len(node.output_names) == 1
        key = given.get(name) or AssetKey([node.name if alone else name])
        keys[name] = key.with_prefix(prefix) if prefix else key
    return keys


def _known(node: OpDefinition | GraphDefinition, output: str, outputs: Any, parameter: str) -> None:
    if output not in outputs:
        raise DefinitionError(
            f"`{parameter}` names the output `{output}`, which `{node.name}` does not have.{near(output, outputs)} It has "
            f"{', '.join(outputs)}."
        )


def _no_body() -> None:
    """Stand for the body of a graph that is written down."""
