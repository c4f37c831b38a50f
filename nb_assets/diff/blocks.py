"""What a diff shows below its headline, as plain data: notes, facts, tables, lines, folds, pictures.

A diff is a small document. Each kind of value says what is in it; ``html.py`` and ``plain.py`` each know how
to draw the same few blocks. Blocks are JSON-ready, so that a stored diff can be drawn again without the values.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Mark = Literal["", "added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence: how the comparison was made, or what it could not see."""

    text: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in a table; a changed one also says what it was before."""

    text: str
    before: str | None = None
    mark: Mark = ""
    faint: bool = False
    """Whether the value is missing (null, NaN) or beside the point."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, marked as a whole."""

    cells: tuple[Cell, ...]
    mark: Mark = ""


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column of a table."""

    name: str
    detail: str = ""
    mark: Mark = ""
    numeric: bool = False
    key: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below heads; the caption says what is shown of how much."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """How values are distributed before and after: heights from 0 to 1, one a bin or category."""

    before: tuple[float, ...]
    after: tuple[float, ...]
    low: str = ""
    """What the first bin stands for, and `high` the last."""
    high: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A label with a count, drawn as a share of the whole."""

    label: str
    text: str
    share: float = 0.0
    mark: Mark = ""
    detail: str = ""
    shape: Shape | None = None


@dataclass(frozen=True, slots=True)
class Measures:
    """Labelled shares below each other, as bars."""

    rows: tuple[Measure, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text of either side; emphasised segments are the words that differ."""

    mark: Mark
    segments: tuple[tuple[str, bool], ...]
    old: int | None = None
    new: int | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """A diff of lines, as hunks with the unchanged lines between them left out."""

    hunks: tuple[tuple[Line, ...], ...]
    title: str = ""
    omitted: int = 0
    """How many more lines differ than are shown."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as a data URI."""

    source: str
    caption: str
    crisp: bool = False
    """Whether its pixels mean something each, as those of a heat map do."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """Images side by side."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks below a title that opens and closes."""

    title: str
    blocks: tuple[Block, ...]
    open: bool = False


Block: TypeAlias = "Note | Table | Measures | Lines | Pictures | Fold"


def block_to_dict(block: Block) -> dict[str, Any]:
    """Turn a block into plain JSON data that says which block it was."""
    if isinstance(block, Fold):
        blocks = [block_to_dict(inner) for inner in block.blocks]
        return {"block": "Fold", "title": block.title, "blocks": blocks, "open": block.open}
    return {"block": type(block).__name__, **asdict(block)}


def block_from_dict(data: Mapping[str, Any]) -> Block:
    """Turn what `block_to_dict` made back into the block."""
    return _READERS[data["block"]](data)


def _read_table(data: Mapping[str, Any]) -> Table:
    rows = (Row(tuple(Cell(**cell) for cell in row["cells"]), row["mark"]) for row in data["rows"])
    return Table(tuple(Column(**column) for column in data["columns"]), tuple(rows), data["caption"])


def _read_measure(data: Mapping[str, Any]) -> Measure:
    drawn = data.get("shape")
    shape = (
        None
        if drawn is None
        else Shape(tuple(drawn["before"]), tuple(drawn["after"]), drawn["low"], drawn["high"])
    )
    return Measure(**{**data, "shape": shape})


def _read_line(data: Mapping[str, Any]) -> Line:
    segments = tuple((str(text), bool(emphasis)) for text, emphasis in data["segments"])
    return Line(data["mark"], segments, data["old"], data["new"])


def _read_lines(data: Mapping[str, Any]) -> Lines:
    hunks = tuple(tuple(map(_read_line, hunk)) for hunk in data["hunks"])
    return Lines(hunks, data["title"], data["omitted"])


_READERS: dict[str, Callable[[Mapping[str, Any]], Block]] = {
    "Note": lambda data: Note(data["text"], data["warning"]),
    "Table": _read_table,
    "Measures": lambda data: Measures(tuple(map(_read_measure, data["rows"])), data["caption"]),
    "Lines": _read_lines,
    "Pictures": lambda data: Pictures(tuple(Picture(**picture) for picture in data["pictures"])),
    "Fold": lambda data: Fold(data["title"], tuple(map(block_from_dict, data["blocks"])), data["open"]),
}
