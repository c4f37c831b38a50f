"""Copies of a definition of which something else is said: other keys, attributes, resources, or some of its assets."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_spec import AssetSpec
from nb_assets.definitions.check_queries import CheckQueries
from nb_assets.definitions.naming import DEFAULT_GROUP
from nb_assets.definitions.resource import as_resources
from nb_assets.definitions.spec_queries import SpecQueries
from nb_assets.errors import DefinitionError, InvocationError, near

if TYPE_CHECKING:
    from typing_extensions import Self

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.resource import ResourceDefinition

BY_KEY = {
    "group_names_by_key": "group_name",
    "descriptions_by_key": "description",
    "metadata_by_key": "metadata",
    "tags_by_key": "tags",
    "owners_by_key": "owners",
    "automation_conditions_by_key": "automation_condition",
}
# What may be said anew of an asset of which it was said before.
_REPLACED = frozenset({"metadata"})
_WORKED_OUT = (
    "specs",
    "specs_by_key",
    "check_specs_by_key",
    "dependency_keys",
    "derives_within",
    "partitions_def",
    "self_dependent",
    "needs_settings",
    "manager_keys",
)


class DefinitionCopies(SpecQueries, CheckQueries):
    """Makes copies of a definition. None of them changes it."""

    can_subset: bool
    is_subset: bool
    hook_defs: frozenset[Any]
    resource_defs: dict[str, ResourceDefinition]

    def with_resources(self, resources: Mapping[str, Any]) -> Self:
        """Return the same computation with resources of its own added, those that it needs.

        Raises
        ------
        InvocationError
            When it has a resource of one of these names.
        """
        given = as_resources(resources, f"`{self.node_name}`")
        for name in self.resource_defs:
            if name in given:
                raise InvocationError(
                    f"`{self.node_name}` has a resource `{name}` of its own, and was given one of that name: give one "
                    "of them another name, or leave one out."
                )
        copied = copy.copy(self)
        copied.resource_defs = {**given, **self.resource_defs}
        return copied

    def with_attributes(
        self,
        *,
        asset_key_replacements: Mapping[AssetKey, AssetKey] | None = None,
        hook_defs: AbstractSet[Any] | None = None,
        **by_key: Any,
    ) -> Self:
        """Return the same computation with other keys and more said of its assets.

        Parameters
        ----------
        asset_key_replacements
            Another key in the place of each of these, wherever it stands.
        hook_defs
            Hooks in place of its own.
        by_key
            `group_names_by_key`, `tags_by_key`, `metadata_by_key` and what else can be said of an asset.

        Raises
        ------
        DefinitionError
            When something is said of an asset of which it was said before.
        """
        rename = dict(asset_key_replacements or {})
        changed = self.with_specs(changing(by_key, rename), rename)
        if hook_defs is not None:
            changed.hook_defs = frozenset(hook_defs)
        return changed

    def subset_for(
        self, selected_asset_keys: AbstractSet[AssetKey], selected_asset_check_keys: Any = None
    ) -> Self:
        """Return the same computation as it makes only some of its assets.

        Raises
        ------
        DefinitionError
            When it cannot make some of them alone.
        """
        del selected_asset_check_keys
        chosen = {
            name: spec for name, spec in self.specs_by_output_name.items() if spec.key in selected_asset_keys
        }
        if len(chosen) == len(self.specs_by_output_name):
            return self
        if not self.can_subset:
            raise DefinitionError(
                f"`{self.node_name}` makes all of its assets or none: give it can_subset=True to have it make some."
            )
        copied = self._copied()
        copied.specs_by_output_name = chosen
        copied.is_subset = True
        if copied._upstream_by_key is not None:  # noqa: SLF001 - a copy of itself
            copied._upstream_by_key = {spec.key: self.upstream_of(spec.key) for spec in chosen.values()}  # noqa: SLF001
        return copied

    def _copied(self) -> Self:
        copied = copy.copy(self)
        # What was derived from the specs before is worked out anew.
        for name in (*_WORKED_OUT, "node_def"):
            vars(copied).pop(name, None)
        return copied

    def with_specs(
        self, change: Callable[[AssetSpec], AssetSpec], rename: Mapping[AssetKey, AssetKey] | None = None
    ) -> Self:
        """Return the same computation with each of its specs changed, and the keys that it reads renamed."""
        renamed = rename or {}
        specs = {name: change(spec).with_group() for name, spec in self.specs_by_output_name.items()}
        moved = {old.key: specs[name].key for name, old in self.specs_by_output_name.items()} | dict(renamed)
        copied = self._copied()
        copied.specs_by_output_name = specs
        copied.check_specs_by_output_name = {
            name: spec.renamed(moved) for name, spec in self.check_specs_by_output_name.items()
        }
        copied.keys_by_input_name = {
            name: moved.get(key, key) for name, key in self.keys_by_input_name.items()
        }
        if self._upstream_by_key is not None:
            copied._upstream_by_key = {  # noqa: SLF001 - a copy of itself
                moved[key]: tuple(moved.get(other, other) for other in upstream)
                for key, upstream in self._upstream_by_key.items()
            }
        return copied


def changing(
    by_key: Mapping[str, Any], rename: Mapping[AssetKey, AssetKey]
) -> Callable[[AssetSpec], AssetSpec]:
    """Return the function that says of specs what is given by key, and renames them.

    Raises
    ------
    DefinitionError
        When nothing of that name can be said of an asset. The function does when it was said before.
    """
    given: dict[str, Any] = {}
    for parameter, value in by_key.items():
        name = BY_KEY.get(parameter, parameter)
        if name not in AssetSpec.__dataclass_fields__ and name != "group_name":
            raise DefinitionError(
                f"`{parameter}` is nothing that can be said of assets.{near(parameter, BY_KEY)}"
            )
        if value is not None:
            given[name] = value

    def change(spec: AssetSpec) -> AssetSpec:
        changes = {
            name: value[spec.key] if isinstance(value, Mapping) else value
            for name, value in given.items()
            if not isinstance(value, Mapping) or spec.key in value
        }
        for name in changes.keys() - _REPLACED:
            before = getattr(spec, name)
            if before and not (name == "group_name" and before == DEFAULT_GROUP):
                raise DefinitionError(
                    f"the {name} of `{spec.key.to_user_string()}` is {before!r} already: it is given in one place only."
                )
        if "metadata" in changes:
            changes["metadata"] = {**spec.metadata, **changes["metadata"]}
        if rename:
            changes["key"] = rename.get(spec.key, spec.key)
            changes["deps"] = [dep.of(rename.get(dep.asset_key, dep.asset_key)) for dep in spec.deps]
        return spec.replace_attributes(**changes) if changes else spec

    return change
