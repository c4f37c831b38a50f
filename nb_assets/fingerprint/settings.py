"""What a function is run with besides its inputs: its configuration, and the resources that it needs, with theirs.

Values are told one by one, so that what changed can be named. What comes from the environment is told by the name of the
variable and a short hash: no secret is to be read from the history, and none to be found by comparing.
"""

from __future__ import annotations

import hashlib
import os
import weakref
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.config.mapping import ConfigMapping, Mapped, functions_within
from nb_assets.definitions.config.problems import Reading
from nb_assets.definitions.config.run_config import node_field
from nb_assets.definitions.config.shapes import HasFields, Shape
from nb_assets.definitions.resource_graph import transitive
from nb_assets.errors import NbAssetsError
from nb_assets.fingerprint.made_with import made_with

if TYPE_CHECKING:
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.config.types import ConfigType
    from nb_assets.definitions.resource import ResourceDefinition
    from nb_assets.fingerprint.reach import Reach

CONFIG = "config"
RESOURCE = "resource "
NOT_GIVEN = "not given"
_HIDDEN = "a secret"
_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, eq=False)
class Settings:
    """The configuration and the resources of one definition.

    Attributes
    ----------
    owner
        The definition, not kept alive.
    resources
        The resources that it needs, and those that they need, by name: None for one that is not there.
    written
        What the configuration of the run says of the definition.
    resource_config
        What it says of resources, by name.
    managers
        What stores its values and loads its inputs, by name.
    """

    owner: weakref.ref[AssetsDefinition]
    resources: Mapping[str, ResourceDefinition | None]
    written: Mapping[str, Any] = field(default_factory=dict)
    resource_config: Mapping[str, Any] = field(default_factory=dict)
    managers: Mapping[str, ResourceDefinition] = field(default_factory=dict)

    def same(self, other: Settings | None) -> bool:
        """Tell whether these are the same: the same definitions, configured in the same way."""
        return (
            other is not None
            and self.resources.keys() == other.resources.keys()
            and self.managers.keys() == other.managers.keys()
            and all(each is other.resources[name] for name, each in self.resources.items())
            and all(each is other.managers[name] for name, each in self.managers.items())
            and self.written == other.written
            and self.resource_config == other.resource_config
        )

    def values(self) -> dict[str, str]:
        """Return each value of the configurations as it is now, by its place."""
        found = dict(self._own_config())
        for name, definition in {**self.resources, **self.managers}.items():
            if definition is None:
                found[f"{RESOURCE}{name}"] = NOT_GIVEN
            else:
                found |= _resource_values(
                    f"{RESOURCE}{name}", definition, self.resource_config.get(name) or {}
                )
                if name in self.managers and definition.is_fixed:
                    held = made_with(definition.fixed)
                    found |= {f"{RESOURCE}{name} {part}": value for part, value in held.items()}
        return found

    def take_up(self, reach: Reach) -> dict[str, str]:
        """Take up what the settings mean; return what of it is no code."""
        before = dict(reach.findings.meanings)
        values = self.values()
        for name, value in values.items():
            reach.findings.add(name, value)
        reach.evidence.saw_content((self,), lambda held: repr(held[0].values()), repr(values))
        for config in self._mappings():
            reach.take(f"{CONFIG}(mapping)", config.config_fn)
        for fn in self._configuring():
            reach.take(f"{CONFIG}(configured)", fn)
        for cls in self._classes():
            reach.take(f"{CONFIG} {cls.__name__}", cls)
        objects = dict(values)
        for name, definition in self.resources.items():
            if definition is not None and name not in self.managers:
                _take_resource(reach, f"{RESOURCE}{name}", definition)
                if definition.is_fixed:
                    objects |= {
                        key: text for key, text in reach.findings.meanings.items() if key not in before
                    }
        self._tell_of_older(reach)
        for name, definition in self.managers.items():
            _take_manager(reach, f"{RESOURCE}{name}", definition)
        return objects

    def _tell_of_older(self, reach: Reach) -> None:
        for cls in self._classes():
            reach.in_use(cls)
        for definition in {**self.resources, **self.managers}.values():
            for each in _with_nested(definition):
                if (made_of := _class_of(each)) is not None:
                    reach.in_use(made_of)

    def _own_config(self) -> Iterator[tuple[str, str]]:
        definition = self.owner()
        if definition is None:
            return
        if definition.config is None and definition.graph is None and not self.written:
            return
        yield from _leaves(CONFIG, node_field(definition).config_type, self.written)

    def _classes(self) -> Iterator[type]:
        """Yield the classes of configuration that functions are handed objects of: what their methods do counts."""
        definition = self.owner()
        if definition is None:
            return
        steps = definition.graph.steps if definition.graph is not None else ()
        for own in (definition.config, *(step.op.config for step in steps)):
            made_by = None if own is None else getattr(own.as_argument, "__self__", None)
            if isinstance(made_by, type):
                yield made_by

    def _configuring(self) -> Iterator[Any]:
        """Yield the functions that make configurations of others, by `configured`."""
        definition = self.owner()
        if definition is None:
            return
        steps = definition.graph.steps if definition.graph is not None else ()
        for own in (definition.config, *(step.op.config for step in steps)):
            if own is not None:
                yield from functions_within(own.field.config_type)

    def _mappings(self) -> Iterator[ConfigMapping]:
        definition = self.owner()
        if definition is None:
            return
        graph = definition.graph
        configs = [definition.graph_config, *(graph.configs.values() if graph is not None else ())]
        yield from (each for each in configs if isinstance(each, ConfigMapping))


def settings_of(
    definition: AssetsDefinition,
    bindings: Callable[[AssetsDefinition], Mapping[str, ResourceDefinition]],
    run_config: Mapping[str, Any] = _NOTHING,
    managers: Mapping[str, ResourceDefinition] = _NOTHING,
) -> Settings | None:
    """Return the settings of a definition, or None when it has none, as most have.

    Parameters
    ----------
    bindings
        The resources that there are for it: asked for when it needs some.
    run_config
        The configuration of a run, as it is written.
    managers
        What stores its values and loads its inputs, by name.
    """
    needed = definition.required_resource_keys
    written = (run_config.get("ops") or _NOTHING).get(definition.node_name) if run_config else None
    plain = not needed and not written and definition.config is None and not managers
    if plain and not (definition.graph is not None and _is_configured(definition)):
        return None
    bound = bindings(definition)
    resources: dict[str, ResourceDefinition | None] = dict.fromkeys(sorted(needed))
    try:
        resources |= {name: bound[name] for name in transitive(needed, bound)}
    except NbAssetsError:
        resources |= {name: bound[name] for name in needed if name in bound}
    configs = run_config.get("resources") or _NOTHING
    return Settings(
        weakref.ref(definition),
        resources,
        written or _NOTHING,
        {name: configs[name] for name in (*resources, *managers) if configs.get(name)},
        managers,
    )


def _is_configured(definition: AssetsDefinition) -> bool:
    graph = definition.graph
    assert graph is not None
    return (
        definition.graph_config is not None
        or bool(graph.configs)
        or any(step.op.config is not None for step in graph.steps)
    )


def _resource_values(name: str, definition: ResourceDefinition, written: Any) -> dict[str, str]:
    shape = Shape({"config": definition.config_field})
    found = dict(_leaves(name, shape, written))
    if definition.version is not None:
        found[f"{name} version"] = definition.version
    for part, held in definition.nested.items():
        if part not in definition.late:
            found |= _resource_values(f"{name} {part}", held, {})
    return found


def _take_resource(reach: Reach, name: str, definition: ResourceDefinition) -> None:
    if definition.is_fixed:
        kind = type(definition.fixed)
        reach.findings.add(f"{name} type", f"{kind.__module__}.{kind.__qualname__}")
        reach.take(name, definition.fixed)
    elif definition.source_object is not None:
        cls = getattr(definition.source_object, "resource_cls", type(definition.source_object))
        reach.take(name, cls)
    elif definition.version is None:
        reach.take(name, definition.resource_fn)
    for part, held in definition.nested.items():
        _take_resource(reach, f"{name} {part}", held)
    for number, fn in enumerate(functions_within(definition.config_field.config_type)):
        reach.take(f"{name} (configured {number + 1})", fn)


def _with_nested(definition: ResourceDefinition | None) -> Iterator[ResourceDefinition]:
    if definition is not None:
        yield definition
        for held in definition.nested.values():
            yield from _with_nested(held)


def _class_of(definition: ResourceDefinition | None) -> type | None:
    source = None if definition is None else definition.source_object
    if source is not None:
        return getattr(source, "resource_cls", type(source))
    return type(definition.fixed) if definition is not None and definition.is_fixed else None


def _take_manager(reach: Reach, name: str, definition: ResourceDefinition) -> None:
    if definition.is_fixed:
        # It may change while it works: what it keeps is no part of what it does, what it was made with is.
        reach.take_code(name, type(definition.fixed))
    elif definition.source_object is not None:
        reach.take_code(
            name, getattr(definition.source_object, "resource_cls", type(definition.source_object))
        )
    elif definition.version is None:
        reach.take_code(name, definition.resource_fn)
    for part, held in definition.nested.items():
        _take_manager(reach, f"{name} {part}", held)
    for number, fn in enumerate(functions_within(definition.config_field.config_type)):
        reach.take_code(f"{name} (configured {number + 1})", fn)


def _leaves(name: str, config_type: ConfigType, written: Any) -> Iterator[tuple[str, str]]:
    reading = Reading(resolving=False)
    read = config_type.read(written, (name,), reading)
    if reading.problems:
        # Nothing can be made with it: it only has to differ from what anything was made with.
        yield (
            name,
            f"{NOT_GIVEN}, or not as it should be: {reading.problems[0].text}" if written else NOT_GIVEN,
        )
        return
    for path, value in _flat((), config_type, read):
        # Every configuration stands under this word, and nobody has to read it.
        shown = [part for part in path if part != "config"]
        yield " ".join([name, ".".join(shown)]) if shown else name, value


def _flat(
    path: tuple[str, ...], config_type: ConfigType | None, value: Any
) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(config_type, Mapped):
        if config_type.is_given:
            value = config_type.inner.read(config_type.made_by(value), path, Reading(resolving=False))
        inner = config_type.inner if config_type.is_given else config_type.outer.config_type
        yield from _flat(path, inner, value)
        return
    if isinstance(value, Mapping) and value.keys() == {"env"} and isinstance(value["env"], str):
        yield path, _from_environment(value["env"])
        return
    fields = config_type.fields if isinstance(config_type, HasFields) else {}
    if isinstance(value, Mapping) and value and all(isinstance(key, str) for key in value):
        for key, each in value.items():
            known = fields.get(key)
            if known is not None and known.is_secret:
                yield (*path, key), f"{_HIDDEN} #{_digest(repr(each))}"
            else:
                yield from _flat((*path, key), None if known is None else known.config_type, each)
    elif isinstance(value, list) and any(isinstance(each, (Mapping, list)) for each in value):
        for index, each in enumerate(value):
            yield from _flat((*path, str(index)), None, each)
    elif path or not isinstance(value, Mapping):
        yield path, repr(value)


def _from_environment(name: str) -> str:
    text = os.environ.get(name)
    known = "not set" if text is None else f"#{_digest(text)}"
    return f"environment variable {name} ({known})"


def _digest(text: str) -> str:
    return hashlib.blake2b(
        text.encode("utf-8", "surrogatepass"), digest_size=4, person=b"nb_assets"
    ).hexdigest()
