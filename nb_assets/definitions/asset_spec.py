"""What is said of an asset apart from how it is made."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_dep import AssetDep, as_deps
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.automation.condition import AutomationCondition, checked_condition
from nb_assets.definitions.naming import (
    DEFAULT_GROUP,
    IO_MANAGER_METADATA,
    KIND_TAG_PREFIX,
    checked_group,
    checked_owners,
    checked_tags,
)
from nb_assets.definitions.partitions.partitions_definition import checked_partitions_def
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.definitions.partitions.partitions_definition import PartitionsDefinition


@dataclass(frozen=True, init=False)
class AssetSpec:
    """The key, dependencies and description of an asset. Alone it stands for one that is made elsewhere."""

    key: AssetKey
    deps: Sequence[AssetDep]
    description: str | None
    metadata: Mapping[str, Any]
    group: str | None
    skippable: bool
    code_version: str | None
    owners: Sequence[str]
    tags: Mapping[str, str]
    automation_condition: AutomationCondition | None
    partitions_def: PartitionsDefinition[Any] | None

    def __init__(
        self,
        key: AssetKey | str | Sequence[str],
        *,
        deps: Iterable[Any] | None = None,
        description: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        skippable: bool = False,
        group_name: str | None = None,
        code_version: str | None = None,
        automation_condition: AutomationCondition | None = None,
        owners: Iterable[str] | None = None,
        tags: Mapping[str, str] | None = None,
        kinds: Iterable[str] | None = None,
        partitions_def: PartitionsDefinition[Any] | None = None,
    ) -> None:
        asset_key = AssetKey.from_coercible(key)
        if code_version is not None and not isinstance(code_version, str):
            raise DefinitionError(
                f"the code_version of `{asset_key.to_user_string()}` is a text, not {code_version!r}: "
                f'write code_version="{code_version}".'
            )
        if group_name is not None:
            checked_group(group_name)
        if metadata is not None and not isinstance(metadata, Mapping):
            raise DefinitionError(
                f"the metadata of `{asset_key.to_user_string()}` is a dict, not {metadata!r}."
            )
        values = {
            "key": asset_key,
            "deps": list(as_deps(deps)),
            "description": description,
            "metadata": dict(metadata or {}),
            "group": group_name,
            "skippable": skippable,
            "code_version": code_version,
            "owners": list(checked_owners(owners, asset_key.to_user_string())),
            "tags": checked_tags(tags, kinds),
            "automation_condition": checked_condition(automation_condition, asset_key.to_user_string()),
        }
        if partitions_def is not None:
            checked_partitions_def(partitions_def, asset_key.to_user_string())
        values["partitions_def"] = partitions_def
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def group_name(self) -> str | None:
        """The group; that of an asset that is defined is `default` when none was given."""
        return self.group

    @property
    def own_group(self) -> str | None:
        """The group that was given, if one was."""
        return None if self.group == DEFAULT_GROUP else self.group

    def with_group(self) -> AssetSpec:
        """Return the spec as that of an asset that is defined: in `default` when it has no group of its own."""
        return self if self.group is not None else _replaced(self, {"group": DEFAULT_GROUP})

    @property
    def kinds(self) -> set[str]:
        """What the asset is made with or made of, such as "pandas" or "table"."""
        return {tag[len(KIND_TAG_PREFIX) :] for tag in self.tags if tag.startswith(KIND_TAG_PREFIX)}

    def with_io_manager_key(self, io_manager_key: str) -> AssetSpec:
        """Return a copy that says which IO manager has its value: what reads it loads it from there."""
        return self.merge_attributes(metadata={IO_MANAGER_METADATA: io_manager_key})

    def replace_attributes(self, **changes: Any) -> AssetSpec:
        """Return a copy with some attributes replaced, under the names that the constructor has for them."""
        if "key" in changes:
            changes["key"] = AssetKey.from_coercible(changes["key"])
        if "group_name" in changes:
            group = changes.pop("group_name")
            changes["group"] = None if group is None else checked_group(group)
        if "kinds" in changes:
            plain = {k: v for k, v in self.tags.items() if not k.startswith(KIND_TAG_PREFIX)}
            changes["tags"] = checked_tags(changes.get("tags", plain), changes.pop("kinds"))
        if "deps" in changes:
            changes["deps"] = list(as_deps(changes["deps"]))
        if "owners" in changes:
            changes["owners"] = list(checked_owners(changes["owners"], self.key.to_user_string()))
        return _replaced(self, changes)

    def merge_attributes(
        self,
        *,
        deps: Iterable[Any] = (),
        metadata: Mapping[str, Any] | None = None,
        owners: Iterable[str] = (),
        tags: Mapping[str, str] | None = None,
        kinds: Iterable[str] = (),
    ) -> AssetSpec:
        """Return a copy with these added to what it has; metadata and tags of the same name are replaced."""
        return self.replace_attributes(
            deps=[*self.deps, *deps],
            metadata={**self.metadata, **(metadata or {})},
            owners=[*self.owners, *owners],
            tags=checked_tags({**self.tags, **(tags or {})}, kinds),
        )


def _replaced(spec: AssetSpec, changes: Mapping[str, Any]) -> AssetSpec:
    # `dataclasses.replace` calls the constructor, whose parameters are Dagster's and not the fields.
    copied = copy.copy(spec)
    for name in spec.__dataclass_fields__:
        if name in changes:
            object.__setattr__(copied, name, changes[name])
    return copied
