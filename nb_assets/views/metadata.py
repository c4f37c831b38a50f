"""Metadata as the pane shows it: a text in any case, and beside it what its kind allows. Links go to http and https alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from nb_assets.definitions.metadata import MetadataValue
from nb_assets.definitions.metadata_kinds import DagsterAssetMetadataValue, UrlMetadataValue
from nb_assets.definitions.table_metadata import (
    TableColumnLineageMetadataValue,
    TableMetadataValue,
    TableSchemaMetadataValue,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nb_assets.definitions.table import TableSchema
    from nb_assets.views.details_model import FieldView
    from nb_assets.views.preview import TableView

__all__ = ["field_view", "field_views", "safe_link"]

TEXT = 20_000
ROWS = 50
CELL = 200
POINTS = 100

_LINKS = ("http", "https")


def field_views(
    metadata: Mapping[str, Any], points: Mapping[str, Sequence[tuple[int, float]]] | None = None
) -> list[FieldView]:
    """Return metadata with, for each number, what it was in the versions before."""
    known = points or {}
    return [
        field_view(str(name), value, known.get(str(name), ()) if _is_number(value) else ())
        for name, value in metadata.items()
    ]


def field_view(name: str, value: Any, points: Sequence[tuple[int, float]] = ()) -> FieldView:
    """Return one metadata value."""
    typed = value if isinstance(value, MetadataValue) else None
    return {
        "name": name,
        "text": (str(value) if typed is None else typed.as_text())[:TEXT],
        "kind": "text" if typed is None else typed.kind,
        "href": safe_link(typed.value) if isinstance(typed, UrlMetadataValue) else "",
        "asset": typed.as_text() if isinstance(typed, DagsterAssetMetadataValue) else "",
        "table": None if typed is None else _table(typed),
        # One point is no course.
        "points": [list(point) for point in points[-POINTS:]] if len(points) > 1 else [],
    }


def safe_link(url: str) -> str:
    """Return an address that may be followed, or nothing: no script, no file, nothing without a host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme.lower() in _LINKS and parts.netloc else ""


def _is_number(value: Any) -> bool:
    return isinstance(value, MetadataValue) and value.kind in {"int", "float"}


def _table(value: MetadataValue[Any]) -> TableView | None:
    draw = _TABLES.get(type(value))
    return None if draw is None else draw(value)


def _records(value: TableMetadataValue) -> TableView:
    assert value.schema is not None
    names = [column.name for column in value.schema.columns]
    rows = [[_cell(record.data.get(name)) for name in names] for record in value.records[:ROWS]]
    more = len(value.records) - len(rows)
    return {"columns": names, "rows": rows, "more": f"{more:,} more rows" if more > 0 else ""}


def _schema(value: TableSchemaMetadataValue) -> TableView:
    schema = value.schema
    return {
        "columns": ["column", "type", "constraints", "description"],
        "rows": [
            [column.name, column.type, _constraints(column.constraints), column.description or ""]
            for column in schema.columns
        ],
        "more": _of_table(schema),
    }


def _of_table(schema: TableSchema) -> str:
    return "; ".join(schema.constraints.other)


def _constraints(constraints: Any) -> str:
    said = [] if constraints.nullable else ["not null"]
    return ", ".join([*said, *(["unique"] if constraints.unique else []), *constraints.other])


def _lineage(value: TableColumnLineageMetadataValue) -> TableView:
    return {
        "columns": ["column", "derived from"],
        "rows": [
            [name, ", ".join(f"{dep.asset_key.to_user_string()}.{dep.column_name}" for dep in deps)]
            for name, deps in value.lineage.deps_by_column.items()
        ],
        "more": "",
    }


def _cell(value: object) -> str:
    return "" if value is None else str(value)[:CELL]


_TABLES: dict[type, Callable[[Any], TableView]] = {
    TableMetadataValue: _records,
    TableSchemaMetadataValue: _schema,
    TableColumnLineageMetadataValue: _lineage,
}
