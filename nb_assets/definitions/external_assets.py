"""Assets that are made elsewhere: specs of them in the place where definitions stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from nb_assets.definitions.asset_spec import AssetSpec
from nb_assets.definitions.assets_definition import AssetsDefinition
from nb_assets.definitions.compute import NOT_MADE_HERE
from nb_assets.definitions.resource import as_resource
from nb_assets.definitions.result import DEFAULT_OUTPUT
from nb_assets.errors import DefinitionError, DuplicateKeyError

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey


def external_assets(specs: Iterable[AssetSpec]) -> AssetsDefinition:
    """Return a definition of assets that are made elsewhere: they are shown, and can be read through an IO manager.

    Raises
    ------
    DefinitionError
        When there is none, or one key is there twice.
    """
    given = tuple(specs)
    if not given:
        raise DefinitionError("a definition stands for assets, and no spec was given: give one at least.")
    by_output = {
        DEFAULT_OUTPUT if len(given) == 1 else spec.key.to_python_identifier(): spec for spec in given
    }
    if len({spec.key for spec in given}) != len(given):
        raise DuplicateKeyError("two of the specs have the same key: give one of them another name.")
    return AssetsDefinition.build(
        compute=NOT_MADE_HERE,
        node_name=given[0].key.to_python_identifier(),
        specs_by_output_name=by_output,
        keys_by_input_name={},
        resource_defs={
            name: as_resource(value)
            for spec in given
            for name, value in getattr(spec, "resource_defs", {}).items()
        },
        upstream_by_key={spec.key: tuple(dep.asset_key for dep in spec.deps) for spec in given},
    )


def specs_in(value: object) -> list[AssetSpec]:
    """Return the specs that a value is or, for a list or tuple, has: alone they stand for assets made elsewhere."""
    items = value if isinstance(value, (list, tuple)) else (value,)
    return [item for item in items if isinstance(item, AssetSpec)]


def external_in(values: Iterable[object], made: Iterable[AssetKey]) -> list[AssetsDefinition]:
    """Return a definition of each spec among some values that is not the spec of an asset made here."""
    seen = set(made)
    found: list[AssetsDefinition] = []
    for spec in (spec for value in values for spec in specs_in(value)):
        if spec.key not in seen:
            seen.add(spec.key)
            found.append(external_assets([spec]))
    return found
