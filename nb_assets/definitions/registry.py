"""The definitions of a session, by key, with the cell or module that each came from."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from nb_assets.definitions.asset_check import AssetCheckKey
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.assets_definition import AssetsDefinition
from nb_assets.errors import DuplicateKeyError, SelectionError, near

Entry = AssetKey | AssetCheckKey
"""What is registered: an asset or a check."""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where definitions were written.

    Attributes
    ----------
    id
        What stays the same when the place is edited: the id of a cell, the name of a module.
    label
        How people know it: "cell [3]", "module metrics".
    excerpt
        Its first line of code.
    certain
        Whether the id is known for sure. Front ends that send no cell ids leave a cell to be known by what it defines.
    kind
        What sort of place it is.
    """

    id: str
    label: str
    excerpt: str = ""
    certain: bool = True
    kind: Literal["cell", "module"] = "cell"

    def __str__(self) -> str:
        return f"{self.label} (`{self.excerpt}`)" if self.excerpt else self.label


@dataclass(frozen=True, kw_only=True)
class Registration:
    """What a change of the registry did: the keys that came, those defined anew, those that went.

    Attributes
    ----------
    checks
        The checks that came, were defined anew, or went.
    """

    added: tuple[AssetKey, ...] = ()
    redefined: tuple[AssetKey, ...] = ()
    removed: tuple[AssetKey, ...] = ()
    checks: tuple[AssetCheckKey, ...] = ()


@dataclass(frozen=True)
class RegistryState:
    """All definitions and where they were written, at one moment; `revision` grows with every change."""

    by_key: Mapping[AssetKey, AssetsDefinition] = field(default_factory=dict)
    origins: Mapping[Entry, Origin] = field(default_factory=dict)
    revision: int = 0
    withdrawn: frozenset[AssetKey] = frozenset()
    by_check: Mapping[AssetCheckKey, AssetsDefinition] = field(default_factory=dict)

    @property
    def checks(self) -> tuple[AssetsDefinition, ...]:
        """The definitions that make checks and no asset."""
        return tuple(dict.fromkeys(each for each in self.by_check.values() if not each.specs_by_output_name))

    @property
    def entries(self) -> dict[Entry, AssetsDefinition]:
        """The definition of each asset and of each check."""
        entries: dict[Entry, AssetsDefinition] = dict(self.by_key.items())
        entries.update(self.by_check.items())
        return entries


class Registry(Mapping[AssetKey, AssetsDefinition]):
    """The definitions by key. Every change is made whole or not at all, and readers on other threads see either."""

    def __init__(self) -> None:
        self._state = RegistryState()
        self.began = time.time()
        # Since when each asset is registered; of those that were taken out again, since when they were.
        self._since: dict[AssetKey, float] = {}
        # Held from reading the state that a change starts from until the change is made.
        self._lock = threading.RLock()

    def __getitem__(self, key: AssetKey | str) -> AssetsDefinition:
        return self._state.by_key[_as_key(key)]

    def __contains__(self, key: object) -> bool:
        return isinstance(key, (AssetKey, str)) and _as_key(key) in self._state.by_key

    def __iter__(self) -> Iterator[AssetKey]:
        return iter(self._state.by_key)

    def __len__(self) -> int:
        return len(self._state.by_key)

    def __repr__(self) -> str:
        return f"{{{', '.join(key.to_user_string() for key in self)}}}"

    @property
    def state(self) -> RegistryState:
        """What is registered now. It stays as it is, whatever is registered later."""
        return self._state

    @property
    def revision(self) -> int:
        """A number that grows with every change."""
        return self._state.revision

    def origin(self, key: Entry) -> Origin:
        """Return where the definition was written."""
        return self._state.origins[key]

    def definitions(self) -> list[AssetsDefinition]:
        """Return each definition once, in the order of registration."""
        return list({id(definition): definition for definition in self._state.by_key.values()}.values())

    def resolve(self, key: AssetKey | str) -> AssetKey:
        """Return the registered key that is meant.

        Raises
        ------
        SelectionError
            When there is none, with near names.
        """
        wanted = _as_key(key)
        if wanted in self._state.by_key:
            return wanted
        names = [known.to_user_string() for known in self]
        shown = wanted.to_user_string()
        known = (
            "No asset is registered yet."
            if not names
            else near(shown, names).strip() or "`%assets` lists them all."
        )
        raise SelectionError(f"no asset is called `{shown}`. {known}")

    def preview(
        self, origin: Origin, definitions: Iterable[AssetsDefinition]
    ) -> tuple[Registration, RegistryState]:
        """Work out what registering these definitions from there would do, without doing it.

        Raises
        ------
        DuplicateKeyError
            When a key is defined twice, there or in two places.
        """
        new = _by_key(origin, definitions)
        state = self._state
        for key in new:
            other = state.origins.get(key)
            if other is not None and other.id != origin.id and other.certain and origin.certain:
                raise DuplicateKeyError(
                    f"`{key.to_user_string()}` is defined in two places: {other} and {origin}. Rename one of them; or, "
                    f"if it was moved, take it out of {other.label} and run that again"
                    + (
                        f", or run `%assets forget {key.to_user_string()}`."
                        if isinstance(key, AssetKey)
                        else "."
                    )
                )
        mine: set[Entry] = {key for key, place in state.origins.items() if place.id == origin.id}
        # A cell known only by what it defines is the same cell when it defines something again.
        for key in new:
            other = state.origins.get(key)
            if other is not None and not (other.certain and origin.certain):
                mine |= {k for k, place in state.origins.items() if place.id == other.id}
        removed = mine - set(new)
        before = state.entries
        entries = {key: value for key, value in before.items() if key not in removed} | new
        origins = {key: value for key, value in state.origins.items() if key not in removed} | dict.fromkeys(
            new, origin
        )
        assets = [key for key in new if isinstance(key, AssetKey)]
        change = Registration(
            added=tuple(key for key in assets if key not in state.by_key),
            redefined=tuple(key for key in assets if key in state.by_key),
            removed=tuple(key for key in state.by_key if key in removed),
            checks=tuple(key for key in (*removed, *new) if isinstance(key, AssetCheckKey)),
        )
        gone = {key for key in removed if isinstance(key, AssetKey)}
        withdrawn = (state.withdrawn | gone) - set(assets)
        return change, _state(entries, origins, state.revision + 1, withdrawn)

    def register(
        self,
        origin: Origin,
        definitions: Iterable[AssetsDefinition],
        check: Callable[[RegistryState], object] = id,
    ) -> Registration:
        """Register the definitions of one place: they replace those registered from there before.

        Parameters
        ----------
        check
            Called with the state as it would be; when it raises, nothing is changed.

        Raises
        ------
        DuplicateKeyError
            When a key is defined twice; nothing is changed then.
        """
        with self._lock:
            change, state = self.preview(origin, definitions)
            check(state)
            self._state = state
            self._since.update(dict.fromkeys(change.added, time.time()))
        return change

    def since(self, key: AssetKey) -> float | None:
        """Return when an asset was registered first, of late where it was taken out meanwhile; None when it never was."""
        return self._since.get(key)

    def remove(self, keys: Iterable[AssetKey]) -> Registration:
        """Take definitions out, as far as they are there. A definition of several assets goes as a whole."""
        with self._lock:
            state = self._state
            definitions = {state.by_key[key] for key in keys if key in state.by_key}
            going: set[Entry] = {key for key, each in state.entries.items() if each in definitions}
            gone = frozenset(key for key in going if isinstance(key, AssetKey))
            self._state = _state(
                {key: value for key, value in state.entries.items() if key not in going},
                {key: value for key, value in state.origins.items() if key not in going},
                state.revision + 1,
                state.withdrawn | gone,
            )
        return Registration(
            removed=tuple(key for key in state.by_key if key in going),
            checks=tuple(key for key in state.by_check if key in going),
        )


def _state(
    entries: Mapping[Entry, AssetsDefinition],
    origins: Mapping[Entry, Origin],
    revision: int,
    withdrawn: frozenset[AssetKey],
) -> RegistryState:
    return RegistryState(
        {key: value for key, value in entries.items() if isinstance(key, AssetKey)},
        origins,
        revision,
        withdrawn,
        {key: value for key, value in entries.items() if isinstance(key, AssetCheckKey)},
    )


def _by_key(origin: Origin, definitions: Iterable[AssetsDefinition]) -> dict[Entry, AssetsDefinition]:
    by_key: dict[Entry, AssetsDefinition] = {}
    for definition in definitions:
        keys: list[Entry] = [*definition.specs_by_key, *definition.check_specs_by_key]
        for key in keys:
            if by_key.get(key, definition) is not definition:
                raise DuplicateKeyError(
                    f"{origin.label} defines `{key.to_user_string()}` twice: give one of them another name."
                )
            by_key[key] = definition
    return by_key


def _as_key(key: AssetKey | str) -> AssetKey:
    return AssetKey.from_user_string(key) if isinstance(key, str) else AssetKey.from_coercible(key)
