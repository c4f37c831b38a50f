"""What is said of an asset check apart from how it is run: its key, its severity, its spec."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from nb_assets.definitions.asset_dep import AssetDep, as_deps
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.naming import checked_name
from nb_assets.errors import CheckSpecError, DefinitionError, DuplicateKeyError


class AssetCheckSeverity(Enum):
    """How much a check that did not pass means: WARN for what may be wrong, ERROR for what is."""

    WARN = "WARN"
    ERROR = "ERROR"


@dataclass(frozen=True, order=True)
class AssetCheckKey:
    """The handle of a check: its asset and its name, which is its own among the checks of the asset."""

    asset_key: AssetKey
    name: str

    def to_user_string(self) -> str:
        """Return the check as people write it: `asset:check`."""
        return f"{self.asset_key.to_user_string()}:{self.name}"

    @staticmethod
    def from_user_string(text: str) -> AssetCheckKey:
        """Read a check as people write it.

        Raises
        ------
        DefinitionError
            When the text names no check.
        """
        asset, colon, name = text.rpartition(":")
        if not colon or not asset or not name:
            raise DefinitionError(f"`{text}` names no check: a check is written `asset:check`.")
        return AssetCheckKey(AssetKey.from_user_string(asset), name)

    def with_asset_key_prefix(self, prefix: str | Sequence[str]) -> AssetCheckKey:
        """Return the check of the same name on the asset whose key has these parts in front."""
        return AssetCheckKey(self.asset_key.with_prefix(prefix), self.name)


@dataclass(frozen=True, init=False)
class AssetCheckSpec:
    """A check: which asset it looks at, and what it does to those downstream when it fails."""

    name: str
    asset_key: AssetKey
    description: str | None
    additional_deps: list[AssetDep]
    blocking: bool
    metadata: Mapping[str, Any]
    automation_condition: Any
    partitions_def: Any

    def __init__(
        self,
        name: str,
        *,
        asset: Any,
        description: str | None = None,
        additional_deps: Iterable[Any] | None = None,
        blocking: bool = False,
        metadata: Mapping[str, Any] | None = None,
        automation_condition: Any = None,
        partitions_def: Any = None,
    ) -> None:
        asset_key = AssetKey.from_coercible(asset)
        deps = as_deps(additional_deps)
        if any(dep.asset_key == asset_key for dep in deps):
            shown = asset_key.to_user_string()
            raise CheckSpecError(
                f"the check `{name}` looks at `{shown}` and names it in additional_deps too: name there only what else it "
                "looks at."
            )
        values = {
            "name": name,
            "asset_key": asset_key,
            "description": description,
            "additional_deps": list(deps),
            "blocking": blocking,
            "metadata": dict(metadata or {}),
            "automation_condition": automation_condition,
            "partitions_def": partitions_def,
        }
        for attribute, value in values.items():
            object.__setattr__(self, attribute, value)

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def key(self) -> AssetCheckKey:
        """The handle of the check."""
        return AssetCheckKey(self.asset_key, self.name)

    @property
    def dependency_keys(self) -> tuple[AssetKey, ...]:
        """All that it looks at, its asset first."""
        return (self.asset_key, *(dep.asset_key for dep in self.additional_deps))

    def get_python_identifier(self) -> str:
        """Return a name for the check that is unique among all checks, and a valid identifier."""
        return f"{self.asset_key.to_python_identifier()}_{self.name}".replace(".", "_")

    def replace_key(self, key: AssetCheckKey) -> AssetCheckSpec:
        """Return the same check under another key."""
        return self._with(name=key.name, asset_key=key.asset_key)

    def with_metadata(self, metadata: Mapping[str, Any]) -> AssetCheckSpec:
        """Return the same check with other metadata."""
        return self._with(metadata=dict(metadata))

    def renamed(self, keys: Mapping[AssetKey, AssetKey]) -> AssetCheckSpec:
        """Return the same check of assets that have other keys now."""
        return self._with(
            asset_key=keys.get(self.asset_key, self.asset_key),
            additional_deps=list(
                as_deps(keys.get(dep.asset_key, dep.asset_key) for dep in self.additional_deps)
            ),
        )

    def _with(self, **changes: Any) -> AssetCheckSpec:
        copy = object.__new__(AssetCheckSpec)
        for attribute in self.__dataclass_fields__:
            object.__setattr__(copy, attribute, changes.get(attribute, getattr(self, attribute)))
        return copy


def checked_check_name(spec: AssetCheckSpec) -> str:
    """Return the name that the computation of a check goes by.

    Raises
    ------
    DefinitionError
        When the check's name is not a valid one.
    """
    name: Any = spec.name
    if not isinstance(name, str) or not name:
        raise DefinitionError(f"the name of a check is a text, not {name!r}.")
    checked_name(name.replace(".", "_"), "check")
    return checked_name(spec.get_python_identifier(), "check")


def checked_check_specs(
    specs: Iterable[AssetCheckSpec] | None, owner: str, keys: Iterable[AssetKey] | None
) -> tuple[AssetCheckSpec, ...]:
    """Return the checks that the function of some assets makes with them.

    Raises
    ------
    DefinitionError
        When something is no spec, or looks at an asset that the function does not make.
    DuplicateKeyError
        When two have one name on one asset.
    """
    if specs is None:
        return ()
    own = None if keys is None else set(keys)
    found: dict[AssetCheckKey, AssetCheckSpec] = {}
    for spec in specs:
        if not isinstance(spec, AssetCheckSpec):
            raise DefinitionError(
                f'check_specs of `{owner}` has {spec!r}: it is a list of AssetCheckSpec("name", asset="{owner}").'
            )
        checked_check_name(spec)
        if spec.key in found:
            raise DuplicateKeyError(
                f"check_specs of `{owner}` has `{spec.key.to_user_string()}` twice: give one of them another name."
            )
        if own is not None and spec.asset_key not in own:
            made = ", ".join(f"`{key.to_user_string()}`" for key in sorted(own))
            raise DefinitionError(
                f"check_specs of `{owner}` has a check of `{spec.asset_key.to_user_string()}`, which its function does not "
                f"make: it makes {made}. A check of another asset is a function of its own, with `@asset_check`."
            )
        found[spec.key] = spec
    return tuple(found.values())
