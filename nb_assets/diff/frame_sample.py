"""Picks the few rows that show what changed in a data frame, and sets them in a table.

Changed rows come first, chosen so that every changed column is seen, then rows that were added and removed.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from nb_assets.diff.blocks import Cell, Column, Row, Table
from nb_assets.diff.cell_text import change_cell, value_cell
from nb_assets.diff.wording import ARROW, count

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from nb_assets.diff.frame_compare import Compared

_CHANGED_ROWS = 10
_WHOLE_ROWS = 5
_CHANGED_COLUMNS = 10
_CONTEXT_COLUMNS = 8
_NEW_COLUMNS = 4


def sample_table(
    compared: Compared, added_columns: Sequence[str], removed_columns: Sequence[str]
) -> Table | None:
    """Set examples of changed, added and removed rows in one table; None when there is nothing to show."""
    changed_places = [place for place, cells in enumerate(changed_counts(compared)) if cells]
    names = _shown_columns(compared, changed_places, added_columns, removed_columns)
    pairs = _changed_pairs(compared, changed_places)
    if not pairs and (added_columns or removed_columns) and compared.pairing.matched:
        pairs = list(range(min(3, compared.pairing.matched)))
    rows = [changed_row(compared, pair, names) for pair in pairs]
    rows += [whole_row(compared, int(row), names, "added") for row in compared.pairing.added[:_WHOLE_ROWS]]
    rows += [
        whole_row(compared, int(row), names, "removed") for row in compared.pairing.removed[:_WHOLE_ROWS]
    ]
    if not rows or not names:
        return None
    numbered = compared.key is None
    heads = [column_head(compared, name) for name in names]
    if numbered:
        heads.insert(0, Column("row", numeric=True))
    return Table(tuple(heads), tuple(rows), _caption(compared, len(rows), len(names)))


def changed_counts(compared: Compared) -> Sequence[int]:
    """Count the changed cells of each column."""
    return (
        compared.matched.cells.sum().row(0)
        if compared.matched.cells.height and compared.matched.cells.width
        else ()
    )


def _shown_columns(
    compared: Compared, changed_places: list[int], added: Sequence[str], removed: Sequence[str]
) -> list[str]:
    """Choose the key, then what changed, came and went, then others for context, each in the order of the frame."""
    counts = changed_counts(compared)
    most = sorted(changed_places, key=lambda place: -counts[place])[:_CHANGED_COLUMNS]
    telling = {
        *(compared.columns[place].name for place in most),
        *added[:_NEW_COLUMNS],
        *removed[:_NEW_COLUMNS],
    }
    order = dict.fromkeys([*compared.new.columns, *compared.old.columns])
    chosen = dict.fromkeys([*(compared.key or ()), *(name for name in order if name in telling)])
    context = (pair.name for pair in compared.columns if pair.name not in chosen)
    return [*chosen, *islice(context, max(0, _CONTEXT_COLUMNS - len(chosen)))]


def _changed_pairs(compared: Compared, changed_places: list[int]) -> list[int]:
    """Take the first two changes of each column, then the first changes of all."""
    if not changed_places:
        return []
    picked: set[int] = set()
    for place in changed_places[:_CHANGED_ROWS]:
        picked.update(compared.matched.cells[f"c{place}"].arg_true().head(2).to_list())
    for pair in compared.matched.rows.arg_true().head(2 * _CHANGED_ROWS).to_list():
        if len(picked) >= _CHANGED_ROWS:
            break
        picked.add(pair)
    return sorted(picked)[:_CHANGED_ROWS]


def changed_row(compared: Compared, pair: int, names: list[str]) -> Row:
    """Set one pair of rows, what it was before beside what it is."""
    old_row, new_row = _at(compared.pairing.old_rows, pair), _at(compared.pairing.new_rows, pair)
    places = {column.name: place for place, column in enumerate(compared.columns)}
    cells = []
    for name in names:
        place = places.get(name)
        if place is None:
            cells.append(_one_sided(compared, name, old_row, new_row))
        elif compared.matched.cells.item(pair, place):
            cells.append(
                change_cell(compared.old.columns[name][old_row], compared.new.columns[name][new_row])
            )
        else:
            cells.append(value_cell(compared.new.columns[name][new_row]))
    differs = any(cell.mark == "changed" for cell in cells)
    return Row(tuple(_numbered(compared, cells, old_row, new_row)), "changed" if differs else "")


def _one_sided(compared: Compared, name: str, old_row: int, new_row: int) -> Cell:
    if name in compared.new.columns:
        return Cell(value_cell(compared.new.columns[name][new_row]).text, mark="added")
    return Cell(value_cell(compared.old.columns[name][old_row]).text, mark="removed")


def whole_row(compared: Compared, row: int, names: list[str], mark: Any) -> Row:
    """Set a row that only one side has."""
    columns = compared.new.columns if mark == "added" else compared.old.columns
    cells = [value_cell(columns[name][row]) if name in columns else Cell("", faint=True) for name in names]
    return Row(tuple(_numbered(compared, cells, row, row)), mark)


def _numbered(compared: Compared, cells: list[Cell], old_row: int, new_row: int) -> list[Cell]:
    if compared.key is not None:
        return cells
    text = f"{new_row:,}" if old_row == new_row else f"{old_row:,} {ARROW} {new_row:,}"
    return [Cell(text), *cells]


def _at(rows: pl.Series | None, pair: int) -> int:
    return pair if rows is None else int(rows[pair])


def column_head(compared: Compared, name: str) -> Column:
    """Name a column, with its type and what became of it."""
    old, new = compared.old, compared.new
    key = name in (compared.key or ())
    if name not in old.types:
        return Column(name, new.types[name], "added", numeric=new.columns[name].dtype.is_numeric())
    if name not in new.types:
        return Column(name, old.types[name], "removed", numeric=old.columns[name].dtype.is_numeric())
    before, after = old.types[name], new.types[name]
    detail = after if before == after else f"{before} {ARROW} {after}"
    return Column(
        name,
        detail,
        "" if before == after else "changed",
        numeric=new.columns[name].dtype.is_numeric(),
        key=key,
    )


def _caption(compared: Compared, rows: int, columns: int) -> str:
    differing = compared.matched.differences
    width = len({*compared.old.columns, *compared.new.columns})
    shown = [f"{rows} of {count(differing, 'row')} that differ"] if differing > rows else []
    if width > columns:
        shown.append(f"{columns} of {count(width, 'column')}")
    return ", ".join(shown)
