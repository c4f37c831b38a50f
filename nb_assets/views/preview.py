"""A first look at a value, of bounded size: a small table or a short text.

Responsible for recognising the values that have rows and columns, without importing their libraries. New kinds
are registered in `_TABLES`.
"""

from __future__ import annotations

import reprlib
from typing import TYPE_CHECKING, Any, TypedDict

from nb_assets.diff.cell_text import value_text as plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["TableView", "table_preview", "text_preview"]

ROWS = 8
COLUMNS = 12
CELL = 60
TEXT = 1_500


class TableView(TypedDict):
    """The first rows and columns as texts, and what was left out in words."""

    columns: list[str]
    rows: list[list[str]]
    more: str


def table_preview(value: object) -> TableView | None:
    """Return the top left corner of a frame or of a matrix, or None for a value that is neither."""
    for base in type(value).__mro__:
        draw = _TABLES.get((base.__module__.partition(".")[0], base.__name__))
        if draw is not None:
            return draw(value)
    return None


def text_preview(value: object) -> str:
    """Return a short text that shows the value."""
    if isinstance(value, str):
        return value if len(value) <= TEXT else f"{value[:TEXT]}…"
    return _cut(_REPR.repr(value), TEXT)


_REPR = reprlib.Repr()
_REPR.maxdict = _REPR.maxlist = _REPR.maxtuple = _REPR.maxset = _REPR.maxfrozenset = 20
_REPR.maxstring = _REPR.maxlong = 200
_REPR.maxother = TEXT
_REPR.maxlevel = 4


def _pandas_frame(value: Any) -> TableView:
    corner = value.iloc[:ROWS, :COLUMNS]
    index = [_cut(_cell_text(label)) for label in corner.index]
    rows = [
        [label, *(_cell_text(corner.iat[row, column]) for column in range(corner.shape[1]))]
        for row, label in enumerate(index)
    ]
    return _table(["", *map(str, corner.columns)], rows, *value.shape)


def _pandas_series(value: Any) -> TableView:
    return _pandas_frame(value.iloc[:ROWS].to_frame()) | {"more": _more(len(value), 1)}


def _polars_frame(value: Any) -> TableView:
    corner = value[:ROWS, :COLUMNS]
    rows = [[_cell_text(cell) for cell in row] for row in corner.rows()]
    return _table(corner.columns, rows, *value.shape)


def _polars_series(value: Any) -> TableView:
    rows = [[_cell_text(cell)] for cell in value[:ROWS].to_list()]
    return _table([value.name], rows, len(value), 1)


def _arrow_table(value: Any) -> TableView:
    corner = value.slice(0, ROWS).select(value.column_names[:COLUMNS])
    rows = zip(*(column.to_pylist() for column in corner.columns), strict=True)
    return _table(
        corner.column_names,
        [[_cell_text(cell) for cell in row] for row in rows],
        value.num_rows,
        value.num_columns,
    )


def _array(value: Any) -> TableView | None:
    if value.ndim != 2 or value.dtype.names is not None:  # noqa: PLR2004 - a matrix has two dimensions
        return None
    corner = value[:ROWS, :COLUMNS]
    rows = [[_cell_text(cell) for cell in row] for row in corner.tolist()]
    return _table([str(column) for column in range(corner.shape[1])], rows, *value.shape)


_TABLES: dict[tuple[str, str], Callable[[Any], TableView | None]] = {
    ("pandas", "DataFrame"): _pandas_frame,
    ("pandas", "Series"): _pandas_series,
    ("polars", "DataFrame"): _polars_frame,
    ("polars", "Series"): _polars_series,
    ("pyarrow", "Table"): _arrow_table,
    ("numpy", "ndarray"): _array,
}


def _table(columns: Iterable[str], rows: Sequence[Sequence[str]], height: int, width: int) -> TableView:
    return TableView(
        columns=[_cut(column) for column in columns],
        rows=[[_cut(cell) for cell in row] for row in rows],
        more=_more(height, width),
    )


def _more(height: int, width: int) -> str:
    more = []
    if height > ROWS:
        more.append(f"{height - ROWS:,} more rows")
    if width > COLUMNS:
        more.append(f"{width - COLUMNS:,} more columns")
    return ", ".join(more)


def _cell_text(value: Any) -> str:
    # Cells of pandas are NumPy scalars, whose own text names their type.
    if type(value).__module__ == "numpy" and callable(item := getattr(value, "item", None)):
        value = item()
    return plain_text(value)


def _cut(text: str, length: int = CELL) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
