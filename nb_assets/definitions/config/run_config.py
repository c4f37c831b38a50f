"""The configuration of a run: what it looks like for some definitions and resources, and what each of them gets of it.

It is written as in Dagster: `{"ops": {"my_asset": {"config": {…}}}, "resources": {"db": {"config": {…}}}}`. The name of an
asset's function stands under `ops`; ops of graphs stand inside of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.config.mapping import ConfigMapping, Mapped, mapped_field
from nb_assets.definitions.config.own import ANYTHING
from nb_assets.definitions.config.problems import ConfigError, Problem, Reading, shown
from nb_assets.definitions.config.shapes import Field, Shape

if TYPE_CHECKING:
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.input_loading import LoadedInput
    from nb_assets.definitions.resource import ResourceDefinition
    from nb_assets.definitions.unfolding import Unfolded

_ANYTHING = {"execution": ANYTHING, "loggers": ANYTHING, "inputs": ANYTHING}
_BESIDE = {"inputs": ANYTHING, "outputs": ANYTHING}


class RunConfig:
    """The configuration of a run, with objects of `Config` and `ConfigurableResource` in it."""

    def __init__(
        self,
        ops: Mapping[str, Any] | None = None,
        resources: Mapping[str, Any] | None = None,
        loggers: Mapping[str, Any] | None = None,
        execution: Mapping[str, Any] | None = None,
    ) -> None:
        self.ops = dict(ops or {})
        self.resources = dict(resources or {})
        self.loggers = dict(loggers or {})
        self.execution = dict(execution or {})

    def to_config_dict(self) -> dict[str, Any]:
        """Return it as it is written without such objects."""
        return {
            "loggers": self.loggers,
            "resources": _written(self.resources),
            "ops": _written(self.ops),
            "execution": self.execution,
        }

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RunConfig) and self.to_config_dict() == other.to_config_dict()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"RunConfig(ops={self.ops!r}, resources={self.resources!r})"


@dataclass(frozen=True)
class ReadConfig:
    """What of a run's configuration each op and each resource gets.

    Attributes
    ----------
    ops
        By the path of the op: "my_asset", or "my_graph.inner.add".
    resources
        By name, as it is written.
    whole
        All of it, with its defaults.
    inputs
        The values of inputs that nothing else gives.
    """

    ops: Mapping[str, Any] = field(default_factory=dict)
    resources: Mapping[str, Any] = field(default_factory=dict)
    whole: Mapping[str, Any] = field(default_factory=dict)
    inputs: Mapping[str, Any] = field(default_factory=dict)


def as_run_config(given: Any) -> dict[str, Any]:
    """Return the configuration of a run as it is written.

    Raises
    ------
    ConfigError
        When it is neither a dict nor a `RunConfig`.
    """
    if given is None:
        return {}
    if isinstance(given, RunConfig):
        return given.to_config_dict()
    if not isinstance(given, Mapping):
        raise ConfigError(
            "the run config", [Problem((), f"expected a dict or a RunConfig, not {shown(given)}")]
        )
    return dict(given)


def read_run_config(
    given: Any,
    definitions: Iterable[AssetsDefinition],
    resources: Iterable[tuple[str, ResourceDefinition]] = (),
    *,
    root: AssetsDefinition | None = None,
    others: Iterable[AssetsDefinition] = (),
    other_resources: Iterable[str] = (),
) -> ReadConfig:
    """Read the configuration of a run.

    Parameters
    ----------
    definitions
        What is run.
    resources
        The resources that it needs.
    root
        The graph whose ops stand under `ops` themselves, as those of a job do.
    others, other_resources
        What may be configured, and is not needed.

    Raises
    ------
    ConfigError
        When it is not what they ask for: everything that is wrong is told.
    """
    written = as_run_config(given)
    fields = dict(_ANYTHING)
    listed = list(definitions)
    if root is None:
        ops = {each.node_name: ANYTHING for each in others}
        ops |= {each.node_name: node_field(each) for each in listed if _counts(each, written)}
        fields["ops"] = Field(Shape(ops))
    else:
        fields |= _graph_fields(root.node_name, root.graph, "", root.graph_config)
    needed = dict.fromkeys(other_resources, ANYTHING) | {
        name: _resource_field(each) for name, each in resources
    }
    fields["resources"] = Field(Shape(needed))
    reading = Reading()
    read = Shape(fields).read(_without_none(written), (), reading)
    if reading.problems:
        raise ConfigError("the run config", reading.problems)
    found: dict[str, Any] = {}
    loaded: dict[str, Any] = {}
    if root is None:
        for each in listed:
            _collect(read["ops"].get(each.node_name), each.node_name, each.graph, "", found)
    else:
        _collect(read, "", root.graph, "", found)
        if root.graph is not None and root.graph.loads:
            loaded = {name: each.load(of) for name, each, of in _written_inputs(read, root.graph)}
    return ReadConfig(found, written.get("resources") or {}, read, loaded)


def node_field(definition: AssetsDefinition) -> Field:
    """Return what the configuration of a definition looks like, as it stands under its name."""
    if definition.graph is None:
        own = definition.config
        return Field(Shape({"config": ANYTHING if own is None else own.field, **_BESIDE}))
    return Field(
        Shape(_graph_fields(definition.node_name, definition.graph, "", definition.graph_config) | _BESIDE)
    )


def _counts(definition: AssetsDefinition, written: Mapping[str, Any]) -> bool:
    """Tell whether a definition has a part in the configuration at all: most have none."""
    if definition.config is not None or definition.graph is not None:
        return True
    return definition.node_name in (written.get("ops") or {})


def _graph_fields(name: str, graph: Unfolded | None, prefix: str, config: Any) -> dict[str, Any]:
    assert graph is not None
    nodes: dict[str, Any] = {}
    inner: dict[str, None] = {}
    for step in graph.steps:
        if not step.path.startswith(prefix):
            continue
        own, _, deeper = step.path[len(prefix) :].partition(".")
        if deeper:
            inner[own] = None
        else:
            own_config = step.op.config
            nodes[own] = Shape(
                {
                    "config": ANYTHING if own_config is None else own_config.field,
                    **_beside(graph, step.path, step.op.ins),
                }
            )
    for own in inner:
        path = f"{prefix}{own}."
        fields = _graph_fields(own, graph, path, graph.configs.get(path[:-1]))
        nodes[own] = Shape(fields | _beside(graph, path[:-1], ()))
    ops = Shape(nodes)
    if isinstance(config, ConfigMapping):
        return {"config": mapped_field(config.mapped(ops, name))}
    if config is not None:
        constant = dict(config)
        return {"config": mapped_field(Mapped(ANYTHING, lambda _: constant, ops, name))}
    return {"ops": Field(ops)}


def _beside(graph: Unfolded, path: str, names: Iterable[str]) -> dict[str, Any]:
    """Return what stands beside the configuration of a node: among it the values of inputs that nothing gives."""
    loads = {each.name: each.field for each in graph.loads.values() if each.path == path}
    return (
        {**_BESIDE, "inputs": Field(Shape({**dict.fromkeys(names, ANYTHING), **loads}))} if loads else _BESIDE
    )


def _resource_field(definition: ResourceDefinition) -> Field:
    return Field(Shape({"config": definition.config_field}))


def _collect(read: Any, path: str, graph: Unfolded | None, prefix: str, found: dict[str, Any]) -> None:
    if not isinstance(read, Mapping):
        return
    if graph is None:
        if "config" in read:
            found[path] = read["config"]
        return
    nodes = read.get("ops", read.get("config")) or {}
    leaves = {step.path for step in graph.steps}
    for name, node in nodes.items():
        inner = f"{prefix}{name}"
        shown = f"{path}.{name}" if path else name
        _collect(node, shown, None if inner in leaves else graph, f"{inner}.", found)


def _written_inputs(read: Mapping[str, Any], graph: Unfolded) -> Iterable[tuple[str, LoadedInput, Any]]:
    for name, each in graph.loads.items():
        node: Any = read
        for part in each.path.split("."):
            nodes = node.get("ops", node.get("config")) or {}
            node = nodes.get(part) or {}
        given = node.get("inputs") or {}
        if each.name in given:
            yield name, each, given[each.name]


def _without_none(written: Mapping[str, Any]) -> dict[str, Any]:
    # A part that is left empty in a file is None.
    return {name: part for name, part in written.items() if part is not None}


def _written(items: Mapping[str, Any]) -> dict[str, Any]:
    return {name: each if name == "config" else _node(each) for name, each in items.items()}


def _node(each: Any) -> Any:
    convert = getattr(each, "_convert_to_config_dictionary", None)
    if convert is not None:
        return {"config": convert()}
    return _written(each) if isinstance(each, Mapping) else each
