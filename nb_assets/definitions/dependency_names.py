"""Which assets dependencies mean among definitions that are used together, and whether they are there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from nb_assets.errors import DefinitionError, near

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.assets_definition import AssetsDefinition

TABLE_NAME = "dagster/table_name"
_MOST_SHOWN = 10


def with_dependencies_found(definitions: Sequence[AssetsDefinition]) -> list[AssetsDefinition]:
    """Return the definitions with the keys that their dependencies mean.

    A name alone that is no key means the one asset of its group whose key ends in it. A dependency that says in its
    metadata which table it is means the asset that says so too.

    Raises
    ------
    DefinitionError
        When an argument stands for an asset that there is not, two assets say that they are the same table, or
        dependencies on one asset say different things of it.
    """
    known = {key for definition in definitions for key in definition.specs_by_key}
    unknown = [
        definition
        for definition in definitions
        if any(key not in known for key in definition.dependency_keys)
    ]
    if not unknown:
        return list(definitions)
    by_name, by_table = _names(definitions)
    found = {id(definition): _found(definition, known, by_name, by_table) for definition in unknown}
    resolved = [found.get(id(definition), definition) for definition in definitions]
    _check_what_is_said(resolved, known)
    return resolved


def _names(
    definitions: Iterable[AssetsDefinition],
) -> tuple[dict[tuple[str | None, str], list[AssetKey]], dict[Any, list[AssetKey]]]:
    by_name: dict[tuple[str | None, str], list[AssetKey]] = {}
    by_table: dict[Any, list[AssetKey]] = {}
    for definition in definitions:
        for spec in definition.specs:
            by_name.setdefault((spec.group_name, spec.key.parts[-1]), []).append(spec.key)
            if (table := _table(spec.metadata)) is not None:
                by_table.setdefault(table, []).append(spec.key)
    return by_name, by_table


def _found(
    definition: AssetsDefinition,
    known: set[AssetKey],
    by_name: dict[tuple[str | None, str], list[AssetKey]],
    by_table: dict[Any, list[AssetKey]],
) -> AssetsDefinition:
    arguments = {key: name for name, key in definition.keys_by_input_name.items()}
    meant: dict[AssetKey, AssetKey] = {}
    for spec in definition.specs:
        tables = {dep.asset_key: _table(dep.metadata) for dep in spec.deps}
        for key in definition.upstream_of(spec.key):
            if key in known:
                continue
            same_name = by_name.get((spec.group_name, key.parts[0]), []) if len(key.parts) == 1 else []
            same_table = by_table.get(tables.get(key), []) if tables.get(key) is not None else []
            if len(same_name) == 1 and same_name[0] not in definition.specs_by_key:
                meant[key] = same_name[0]
            elif len(same_table) == 1:
                meant[key] = same_table[0]
            elif same_table:
                raise DefinitionError(
                    f"`{spec.key.to_user_string()}` is derived from the table {tables[key]!r}, and several assets say that "
                    f"they are it: {_shown(same_table)}. Name the asset by its key."
                )
            elif key in arguments:
                raise DefinitionError(missing_input(spec.key, arguments[key], key, known))
    return definition.with_attributes(asset_key_replacements=meant) if meant else definition


def missing_input(key: AssetKey, argument: str, other: AssetKey, known: Iterable[AssetKey]) -> str:
    """Return the message that an argument stands for an asset that there is not."""
    name, shown = key.to_user_string(), other.to_user_string()
    keys = [each for each in known if each != key]
    alike = sorted(each for each in keys if each.parts[-1] == other.parts[-1])
    meant = (
        f" Did you mean {' or '.join(f'`{each.to_user_string()}`' for each in alike[:_MOST_SHOWN])}?"
        if alike
        else near(shown, [each.to_user_string() for each in keys])
    )
    return (
        f"`{name}` reads `{shown}` through its argument `{argument}`, but no cell or module defines "
        f"an asset of that name.{meant} Define it, rename the argument, or name the asset "
        f'behind it: @asset(ins={{"{argument}": AssetIn("…")}}).'
    )


def _check_what_is_said(definitions: Iterable[AssetsDefinition], known: set[AssetKey]) -> None:
    """Check that no two dependencies say different things of an asset that is made elsewhere."""
    said: dict[AssetKey, Any] = {}
    for definition in definitions:
        for spec in definition.specs:
            for dep in spec.deps:
                if dep.asset_key in known or not dep.metadata:
                    continue
                if said.setdefault(dep.asset_key, dep.metadata) != dep.metadata:
                    raise DefinitionError(
                        f"two dependencies on `{dep.asset_key.to_user_string()}` have different metadata, "
                        f"{said[dep.asset_key]!r} and {dep.metadata!r}, and nothing here defines it: give both the same, or "
                        "define it with an AssetSpec."
                    )


def _table(metadata: Any) -> Any:
    value = metadata.get(TABLE_NAME)
    return getattr(value, "value", value)


def _shown(keys: Iterable[AssetKey]) -> str:
    return ", ".join(f"`{key.to_user_string()}`" for key in keys)
