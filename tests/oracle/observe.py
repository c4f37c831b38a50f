"""Runs a program with the names of one library and writes down what it made, in plain Python."""

from __future__ import annotations

import importlib
import inspect
import linecache
import logging
import typing
import warnings
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import dagster

import nb_assets

# The names that both have: programs are written with them.
NAMES = [name for name in nb_assets.__all__ if hasattr(dagster, name)]
# What a library adds by itself to the tags of a materialization.
_SYSTEM_TAGS = ("dagster/code_version", "dagster/data_version", "dagster/input", "dagster/is_user_provided")


@dataclass
class Observed:
    """What came of a program. `refused` when it raised; the rest is what there was by then."""

    refused: bool = False
    error: BaseException | None = field(default=None, compare=False)
    definitions: dict[str, Any] = field(default_factory=dict)
    run: dict[str, Any] | None = None
    seen: Any = None


def observe(library: str, name: str, source: str) -> Observed:
    """Run a program with the names of `dagster` or of `nb_assets`."""
    module = importlib.import_module(library)
    # A module of its own, so that annotations and sources are found as in a file.
    filename = f"<program {name} in {library}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    namespace: dict[str, Any] = {known: getattr(module, known) for known in NAMES}
    namespace |= {"__name__": "program", "Optional": typing.Optional}
    if library == "dagster":
        # The same contract without files, whose paths would be among the metadata.
        namespace["materialize"] = module.materialize_to_memory
    # In memory as well, but for what has an IO manager of its own.
    namespace["materialize_passing"] = partial(_materialize_passing, module)
    observed = Observed()
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile(source, filename, "exec", dont_inherit=True), namespace)
            observed.definitions = {
                key: _definition(value)
                for key, value in namespace.items()
                if type(value).__name__ == "AssetsDefinition"
            }
            if namespace.get("result") is not None:
                observed.run = _run(namespace["result"], observed.definitions)
            observed.seen = namespace.get("seen")
    except Exception as error:  # noqa: BLE001 - being refused is an outcome too
        observed.refused, observed.error = True, error
    finally:
        logging.disable(logging.NOTSET)
    return observed


def _materialize_passing(
    library: Any, assets: Any, *, resources: dict[str, Any] | None = None, **options: Any
) -> Any:
    in_memory = {"io_manager": library.mem_io_manager} if library.__name__ == "dagster" else {}
    return library.materialize(assets, resources={**in_memory, **(resources or {})}, **options)


def _definition(definition: Any) -> dict[str, Any]:
    return {
        "node": definition.node_def.name,
        "stores itself": _stored_itself(definition),
        "outputs": list(definition.keys_by_output_name),
        # Dagster makes inputs of deps too, under names of its own.
        "inputs": {name: definition.keys_by_input_name[name].path for name in _arguments(definition)},
        "can subset": definition.can_subset,
        "assets": {key.to_user_string(): _asset(definition, key) for key in sorted(definition.keys)},
    }


def _stored_itself(definition: Any) -> list[str]:
    valueless = getattr(definition, "valueless_outputs", None)
    if valueless is not None:
        return sorted(valueless)
    if len(definition.keys) == 1 and list(definition.keys_by_output_name) == ["result"]:
        return []
    outputs = definition.node_def.output_defs
    return sorted(each.name for each in outputs if each.dagster_type.is_nothing)


def _asset(definition: Any, key: Any) -> dict[str, Any]:
    spec = definition.specs_by_key[key]
    return {
        "key": key.path,
        "derived from": sorted(other.path for other in definition.asset_deps[key]),
        "group": definition.group_names_by_key[key],
        "description": definition.descriptions_by_key.get(key),
        "tags": dict(definition.tags_by_key[key]),
        "kinds": sorted(spec.kinds),
        "owners": list(spec.owners),
        "metadata": {name: plain(value) for name, value in definition.metadata_by_key[key].items()},
        "code version": definition.code_versions_by_key[key],
        "spec": [
            spec.key.path,
            spec.group_name,
            spec.description,
            sorted(dep.asset_key.path for dep in spec.deps),
        ],
    }


def _arguments(definition: Any) -> list[str]:
    compute = getattr(definition, "compute", None)
    if compute is not None or hasattr(definition.node_def, "node_defs"):
        return sorted(definition.keys_by_input_name)
    deps = {dep.path[-1] for deps in definition.asset_deps.values() for dep in deps}
    parameters = inspect.signature(definition.op.compute_fn.decorated_fn).parameters
    catch_all = any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters.values())
    return sorted(
        name for name in definition.keys_by_input_name if name in parameters or (catch_all and name in deps)
    )


def _run(result: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    nodes = {}
    for definition in definitions.values():
        node = definition["node"]
        made = result.asset_materializations_for_node(node)
        nodes[node] = {
            # What a function stores itself is None in Dagster when nothing was said of it, and nothing otherwise.
            "values": {
                output: _value(result, node, output)
                for output in definition["outputs"]
                if output not in definition["stores itself"]
            },
            "materializations": [
                {
                    "key": one.asset_key.path,
                    "metadata": {name: plain(entry) for name, entry in one.metadata.items()},
                    "tags": {
                        name: text
                        for name, text in (one.tags or {}).items()
                        if not name.startswith(_SYSTEM_TAGS)
                    },
                    "data version": _data_version(one),
                }
                for one in made
            ],
        }
    return {"success": result.success, "nodes": nodes}


def _value(result: Any, node: str, output: str) -> Any:
    try:
        value = result.output_for_node(node, output)
    except Exception:  # noqa: BLE001 - having no value is an outcome too
        return "no value"
    return "no value" if getattr(value, "__name__", "") == "NoValueSentinel" else value


def _data_version(materialization: Any) -> str | None:
    version = (materialization.tags or {}).get("dagster/data_version")
    # A computed one is each library's own affair.
    return version if version is not None and len(version) < 10 else None


def plain(value: Any) -> Any:
    """Return a metadata value as (kind, value), with Dagster's names of the kinds."""
    cls = type(value).__name__
    if cls == "MetadataValue" or hasattr(value, "kind"):
        return (value.kind, _key(value.value))
    if cls.endswith("MetadataValue"):
        kind = {"MarkdownMetadataValue": "md", "DagsterAssetMetadataValue": "asset"}.get(cls)
        return (kind or cls.removesuffix("MetadataValue").lower(), _key(value.value))
    return value


def _key(value: Any) -> Any:
    return value.path if type(value).__name__ == "AssetKey" else value
