"""The kinds of metadata that tell of tables: their records, their columns, where their columns come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.metadata_kinds import Named, Parts
from nb_assets.definitions.table import (
    TableColumn,
    TableColumnConstraints,
    TableColumnDep,
    TableColumnLineage,
    TableConstraints,
    TableRecord,
    TableSchema,
)
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from typing_extensions import Self


@dataclass(frozen=True)
class TableMetadataValue(Parts):
    """A table: its records, and their schema, which is read from the first of them unless given."""

    kind = "table"
    records: Sequence[TableRecord]
    schema: TableSchema | None = None

    def __post_init__(self) -> None:
        records: Any = self.records
        if not isinstance(records, Sequence) or not all(isinstance(each, TableRecord) for each in records):
            raise DefinitionError(
                f"a table in metadata is a list of TableRecord, not {self.records!r}: write "
                'MetadataValue.table([TableRecord({"name": "Ada"})]).'
            )
        if self.schema is None:
            if not self.records:
                raise DefinitionError("a table without records needs a schema: give it a TableSchema.")
            object.__setattr__(self, "schema", _schema_of(self.records[0]))
        elif not isinstance(self.schema, TableSchema):
            raise DefinitionError(f"the schema of a table is a TableSchema, not {self.schema!r}.")

    def as_text(self) -> str:
        """Return the records as lines, below the names of the columns."""
        assert self.schema is not None
        names = [column.name for column in self.schema.columns]
        rows = [
            ["" if (cell := record.data.get(name)) is None else str(cell) for name in names]
            for record in self.records
        ]
        return "\n".join(" | ".join(row) for row in [names, *rows])

    @staticmethod
    def infer_column_type(value: object) -> str:
        """Return the name of the type that a column with this value has."""
        named = {bool: "bool", int: "int", float: "float"}
        return next((name for cls, name in named.items() if isinstance(value, cls)), "string")

    @classmethod
    def of_payload(cls, payload: Any) -> Self:
        """Return the value of records and schema."""
        records = [TableRecord(record["data"]) for record in payload["records"]]
        return cls(records, _schema(payload["schema"]))


@dataclass(frozen=True)
class TableSchemaMetadataValue(Named[TableSchema]):
    """The columns of a table."""

    kind = "table_schema"
    accepts = TableSchema
    wanted = "a TableSchema"
    schema: TableSchema

    def as_text(self) -> str:
        """Return each column with its type."""
        return "\n".join(f"{column.name}: {column.type}" for column in self.schema.columns)

    def payload(self) -> Any:
        """Return the parts by name."""
        return asdict(self.schema)

    @classmethod
    def of_payload(cls, payload: Any) -> Self:
        """Return the value of the parts."""
        return cls(_schema(payload))


@dataclass(frozen=True)
class TableColumnLineageMetadataValue(Named[TableColumnLineage]):
    """The columns that each column is derived from."""

    kind = "column_lineage"
    accepts = TableColumnLineage
    wanted = "a TableColumnLineage"
    lineage: TableColumnLineage

    @property
    def column_lineage(self) -> TableColumnLineage:  # type: ignore[override]
        """The lineage."""
        return self.lineage

    def as_text(self) -> str:
        """Return each column with those that it is derived from."""
        return "\n".join(
            f"{name} ← " + ", ".join(f"{dep.asset_key.to_user_string()}.{dep.column_name}" for dep in of)
            for name, of in self.lineage.deps_by_column.items()
        )

    def payload(self) -> Any:
        """Return pairs of key and column, by column."""
        deps = self.value.deps_by_column
        return {name: [[dep.asset_key.path, dep.column_name] for dep in of] for name, of in deps.items()}

    @classmethod
    def of_payload(cls, payload: Any) -> Self:
        """Return the value of the pairs."""
        deps = {
            name: [TableColumnDep(AssetKey(path), column) for path, column in of]
            for name, of in payload.items()
        }
        return cls(TableColumnLineage(deps))


def _schema_of(record: TableRecord) -> TableSchema:
    infer = TableMetadataValue.infer_column_type
    return TableSchema([TableColumn(name, infer(value)) for name, value in record.data.items()])


def _schema(payload: Mapping[str, Any]) -> TableSchema:
    columns = [
        TableColumn(**{**column, "constraints": TableColumnConstraints(**column["constraints"])})
        for column in payload["columns"]
    ]
    return TableSchema(columns, TableConstraints(**payload["constraints"]))
