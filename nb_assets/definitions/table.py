"""What metadata says of tables: their records, their columns, what is always so of them, where columns come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.errors import DefinitionError

Cell = str | int | float | bool | None

_CELLS = (str, int, float, bool, type(None))


@dataclass(frozen=True)
class TableRecord:
    """One row: a text, a number, a bool or nothing by column name."""

    data: Mapping[str, Cell]

    def __post_init__(self) -> None:
        if not isinstance(self.data, Mapping):
            raise DefinitionError(
                f'a TableRecord is a dict by column name, not {self.data!r}: write TableRecord({{"name": "Ada"}}).'
            )
        cells: Mapping[Any, Any] = self.data
        for name, value in cells.items():
            if not isinstance(name, str) or not isinstance(value, _CELLS):
                raise DefinitionError(
                    f"a TableRecord holds texts, numbers, bools and None by column name, and {name!r} is {value!r} "
                    f"({type(value).__name__}): write it as a text."
                )


@dataclass(frozen=True)
class TableConstraints:
    """What is always so of a whole table, in words."""

    other: Sequence[str]

    def __post_init__(self) -> None:
        _check_texts("TableConstraints", "other", self.other)


@dataclass(frozen=True)
class TableColumnConstraints:
    """What is always so of a column: whether it may lack values or repeat them, and the rest in words."""

    nullable: bool = True
    unique: bool = False
    other: Sequence[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        _fill(self, "other", [])
        for name in ("nullable", "unique"):
            _check("TableColumnConstraints", name, getattr(self, name), bool)
        _check_texts("TableColumnConstraints", "other", self.other)


@dataclass(frozen=True)
class TableColumn:
    """A column: its name, its type by any name, what it holds, and its tags."""

    name: str
    type: str = "string"
    description: str | None = None
    constraints: TableColumnConstraints = field(default_factory=TableColumnConstraints)
    tags: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _fill(self, "constraints", TableColumnConstraints())
        _fill(self, "tags", {})
        _check("TableColumn", "name", self.name, str)
        _check("TableColumn", "type", self.type, str)
        _check("TableColumn", "description", self.description, (str, type(None)))
        _check("TableColumn", "constraints", self.constraints, TableColumnConstraints)
        _check("TableColumn", "tags", self.tags, Mapping)
        _check_texts("TableColumn", "tags", [*self.tags, *self.tags.values()])


@dataclass(frozen=True)
class TableSchema:
    """The columns of a table in order, and what is always so of it."""

    columns: Sequence[TableColumn]
    constraints: TableConstraints = field(default_factory=lambda: TableConstraints(other=[]))

    def __post_init__(self) -> None:
        _fill(self, "constraints", TableConstraints(other=[]))
        _check("TableSchema", "constraints", self.constraints, TableConstraints)
        _check_items("TableSchema", "columns", self.columns, TableColumn)

    @staticmethod
    def from_name_type_dict(name_type_dict: Mapping[str, str]) -> TableSchema:
        """Return the schema of columns that are given as types by name."""
        return TableSchema([TableColumn(name, type_) for name, type_ in name_type_dict.items()])


@dataclass(frozen=True)
class TableColumnDep:
    """A column of another asset that a column is derived from."""

    asset_key: AssetKey
    column_name: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "asset_key", AssetKey.from_coercible(self.asset_key))
        _check("TableColumnDep", "column_name", self.column_name, str)


@dataclass(frozen=True)
class TableColumnLineage:
    """The columns that each column of a table is derived from."""

    deps_by_column: Mapping[str, Sequence[TableColumnDep]]

    def __post_init__(self) -> None:
        _check("TableColumnLineage", "deps_by_column", self.deps_by_column, Mapping)
        in_order: dict[str, list[TableColumnDep]] = {}
        for column, deps in self.deps_by_column.items():
            _check("TableColumnLineage", "deps_by_column", column, str)
            _check("TableColumnLineage", f"deps_by_column[{column!r}]", deps, list)
            _check_items("TableColumnLineage", f"deps_by_column[{column!r}]", deps, TableColumnDep)
            in_order[column] = sorted(deps, key=lambda dep: (dep.asset_key, dep.column_name))
            if len(set(deps)) != len(deps):
                raise DefinitionError(
                    f"the lineage of the column `{column}` names a column twice: name each that it is derived from once."
                )
        object.__setattr__(self, "deps_by_column", in_order)


def _fill(record: Any, name: str, default: Any) -> None:
    """Put the default in the place of None, which Dagster takes for it."""
    if getattr(record, name) is None:
        object.__setattr__(record, name, default)


def _check(owner: str, name: str, value: Any, types: Any) -> None:
    if not isinstance(value, types):
        wanted = types if isinstance(types, tuple) else (types,)
        words = " or ".join("None" if each is type(None) else each.__name__ for each in wanted)
        raise DefinitionError(f"`{name}` of a {owner} is a {words}, not {value!r} ({type(value).__name__}).")


def _check_items(owner: str, name: str, values: Any, cls: type) -> None:
    if isinstance(values, str) or not isinstance(values, Sequence):
        raise DefinitionError(f"`{name}` of a {owner} is a list of {cls.__name__}, not {values!r}.")
    for value in values:
        _check(owner, f"each of {name}", value, cls)


def _check_texts(owner: str, name: str, values: Any) -> None:
    _check_items(owner, name, values, str)
