"""The resources that the assets of a session are given: by the session, and by the cells and modules that say so.

An asset takes its own resources first, then those of the `Definitions` beside it, in its cell or module, then those of the
session, then those that only one other place has.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.resource import ResourceDefinition, as_resources

if TYPE_CHECKING:
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.registry import Origin

_Resources = Mapping[str, ResourceDefinition]


class ResourceBindings(MutableMapping[str, Any]):
    """The resources of a session by name: `session.resources["db"] = Database(path="…")`.

    As a mapping it has what was set in it. What cells and modules say is kept beside that.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._given: dict[str, Any] = {}
        self._own: dict[str, ResourceDefinition] = {}
        self._placed: dict[str, _Resources] = {}
        self._shared: _Resources | None = None
        self._lock = threading.RLock()

    def __getitem__(self, name: str) -> Any:
        return self._given[name]

    def __setitem__(self, name: str, value: Any) -> None:
        own = as_resources({name: value}, "this session")
        with self._lock:
            self._own |= own
            self._given[name] = value
            self._shared = None
        self._changed()

    def __delitem__(self, name: str) -> None:
        with self._lock:
            del self._given[name]
            del self._own[name]
            self._shared = None
        self._changed()

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._given))

    def __len__(self) -> int:
        return len(self._given)

    def __repr__(self) -> str:
        return f"<resources of the session: {', '.join(self._given) or 'none'}>"

    @property
    def state(self) -> object:
        """Something that is the same as long as nothing changes."""
        return self._for_all()

    def place(self, origin: Origin, resources: _Resources) -> None:
        """Set the resources that a cell or a module brings, in place of those that it brought before."""
        with self._lock:
            if resources:
                self._placed[origin.id] = dict(resources)
            elif self._placed.pop(origin.id, None) is None:
                return
            self._shared = None

    @property
    def differ(self) -> bool:
        """Whether it matters where a definition is from: some cell or module brings resources."""
        return bool(self._placed)

    def of(self, definition: AssetsDefinition, origin: Origin | None) -> _Resources:
        """Return the resources that there are for a definition from somewhere."""
        shared = self._for_all()
        beside = self._placed.get(origin.id) if origin is not None else None
        if not beside and not definition.resource_defs:
            return shared
        return {**shared, **_of_now({**(beside or {}), **definition.resource_defs})}

    def _for_all(self) -> _Resources:
        with self._lock:
            if self._shared is None:
                found: dict[str, list[ResourceDefinition]] = {}
                for placed in self._placed.values():
                    for name, definition in placed.items():
                        found.setdefault(name, []).append(definition)
                # Where two places mean different things by a name, nobody else can tell which is meant.
                self._shared = {name: each[0] for name, each in found.items() if len(each) == 1} | self._own
            now = _of_now(self._shared)
            if any(now[name] is not each for name, each in self._shared.items()):
                self._shared = now
            return self._shared


def _of_now(resources: _Resources) -> _Resources:
    """Return resources with their classes as those are by now."""
    return {name: each.as_defined_now() for name, each in resources.items()}
