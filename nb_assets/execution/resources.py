"""The resources of a run: each is made when it is first asked for, after those that it needs, and closed at the end.

What is asked for is one thing for the whole run: two assets that name the same definition share what it makes. Closing
goes backwards, whatever happened in between. How a single resource is made is the business of `resource_making`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from nb_assets.definitions.config.shapes import Shape, read_config
from nb_assets.definitions.resource import ResourceDefinition
from nb_assets.definitions.resource_graph import circle, found, identity_of, key_of_late
from nb_assets.errors import UnknownResourceError, near
from nb_assets.execution.resource_making import InitResourceContext, make_resource

_LOG = logging.getLogger("nb_assets")

Definitions = Mapping[str, ResourceDefinition]
_Identity = tuple[Any, ...]


class Resources:
    """What `context.resources` is: the resources that a function says it needs, as attributes."""

    def __init__(self, names: Collection[str], get: Callable[[str], Any], owner: str) -> None:
        self._names = frozenset(names)
        self._get = get
        self._owner = owner

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in self._names:
            raise UnknownResourceError(self._no_such(name))
        return self._get(name)

    def _no_such(self, name: str) -> str:
        declared = f" It names {', '.join(sorted(self._names))}." if self._names else ""
        return (
            f"{self._owner} asks for the resource `{name}` and does not say that it needs it.{near(name, self._names)}"
            f'{declared} Name it: required_resource_keys={{"{name}"}}, or take it as a parameter.'
        )

    def _asdict(self) -> dict[str, Any]:
        """Return all of them by name."""
        return {name: self._get(name) for name in sorted(self._names)}

    @property
    def original_resource_dict(self) -> Mapping[str, Any]:
        """All of them by name."""
        return self._asdict()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._asdict().values())

    def __repr__(self) -> str:
        return f"<Resources {', '.join(sorted(self._names))}>"


class ResourceScope:
    """Makes the resources of one run, and closes them.

    Parameters
    ----------
    config
        The configuration of resources by name, as the run was given it: `{"db": {"config": {…}}}`.
    run_id
        The run that they are for, None outside of one.
    """

    def __init__(
        self,
        *,
        config: Mapping[str, Any] | None = None,
        run_id: str | None = None,
        run: Any = None,
        instance: Any = None,
        log: logging.Logger | None = None,
    ) -> None:
        self._config = dict(config or {})
        self._run_id = run_id
        self._run = run
        self._instance = instance if instance is not None else getattr(run, "instance", None)
        self._log = log or _LOG
        self._made: dict[_Identity, Any] = {}
        self._closers: list[Callable[[], None]] = []
        self._lock = threading.RLock()

    def get(self, name: str, definitions: Definitions, owner: str) -> Any:
        """Return a resource among some definitions, making it if it is not there yet.

        Raises
        ------
        MissingResourceError
            When there is none of that name, or one that it needs is not there.
        DefinitionError
            When resources need each other in a circle.
        Exception
            What making it raises.
        """
        with self._lock:
            return self._get(name, definitions, owner, ())

    def view(self, names: Collection[str], definitions: Definitions, owner: str) -> Resources:
        """Return the named resources as attributes, each made when it is first asked for."""
        return Resources(names, lambda name: self.get(name, definitions, owner), owner)

    @property
    def closes_something(self) -> bool:
        """Whether something was made that has to be closed."""
        return bool(self._closers)

    def close(self) -> None:
        """Close what was made, the last one first. What cannot be closed is told of in the log, and the rest goes on."""
        with self._lock:
            closers, self._closers = self._closers, []
            self._made.clear()
        for close in reversed(closers):
            close()

    def config_of(self, name: str, definition: ResourceDefinition) -> Any:
        """Return the configuration of a resource, read by its schema.

        Raises
        ------
        ConfigError
            When it is not what that asks for.
        """
        return self._config_of(name, definition, self._config.get(name))

    def _config_of(self, name: str, definition: ResourceDefinition, written: Any) -> Any:
        what = f"the configuration of the resource `{name}`"
        read = read_config(
            Shape({"config": definition.config_field}), written or {}, what, at=("resources", name)
        )
        return read.get("config")

    def _get(self, name: str, definitions: Definitions, owner: str, above: tuple[str, ...]) -> Any:
        definition = found(name, definitions, owner)
        if name in above:
            raise circle(above[above.index(name) :])
        path = (*above, name)
        identity = identity_of(name, definitions)
        if identity not in self._made:
            self._made[identity] = self._make(name, definition, definitions, path)
        return self._made[identity]

    def _make(
        self,
        name: str,
        definition: ResourceDefinition,
        definitions: Definitions,
        path: tuple[str, ...],
        *,
        inner: bool = False,
    ) -> Any:
        owner = f"the resource `{name}`"
        needed = sorted(definition.required_resource_keys)
        values = {each: self._get(each, definitions, owner, path) for each in needed}
        nested: dict[str, Any] = {}
        for field, held in definition.nested.items():
            key = key_of_late(field, definition, definitions, name)
            if key is not None:
                nested[field] = self._get(key, definitions, owner, path)
            else:
                nested[field] = self._make(f"{name}.{field}", held, definitions, path, inner=True)
        context = InitResourceContext(
            resource_config=self._config_of(name, definition, {} if inner else self._config.get(name)),
            resource_def=definition,
            resources=Resources(needed, values.__getitem__, owner),
            log=self._log,
            run_id=self._run_id,
            run=self._run,
            instance=self._instance,
            all_resource_defs=definitions,
            nested=nested,
        )
        made, close = make_resource(name, definition, context)
        if close is not None:
            self._closers.append(close)
        return made
