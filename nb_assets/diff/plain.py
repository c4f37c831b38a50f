"""Diffs as text: for terminals and logs, and as Markdown for hosts that show no HTML."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from nb_assets.diff.blocks import Block, Cell, Fold, Lines, Measures, Note, Pictures, Table
from nb_assets.diff.wording import ARROW, MINUS, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SIGNS = {"": " ", "added": "+", "removed": MINUS, "changed": "~"}
_CODE_SIGNS = {"": " ", "added": "+", "removed": "-", "changed": "~"}
_WIDEST_CELL = 40


def text(summary: str, blocks: Sequence[Block]) -> str:
    """Write a diff as plain text, its summary first."""
    return visible("\n".join([summary, *_indented(blocks)]))


def markdown(summary: str, blocks: Sequence[Block]) -> str:
    """Write a diff as Markdown: the summary in bold words, the rest as text that nothing can turn into markup."""
    summary, body = visible(summary), visible("\n".join(_indented(blocks)))
    if not body:
        return _plain_markdown(summary)
    fence = "`" * max(3, _longest_run(body, "`") + 1)
    return f"{_plain_markdown(summary)}\n\n{fence}diff\n{body}\n{fence}"


def _plain_markdown(line: str) -> str:
    # Backticks stay: they set names as code. What could start a tag, a link or emphasis outside of them does not.
    for character in "\\<>[]*_":
        line = line.replace(character, "\\" + character) if character != "<" else line.replace("<", "&lt;")
    return "**What changed**: " + line


def _longest_run(body: str, character: str) -> int:
    longest = run = 0
    for each in body:
        run = run + 1 if each == character else 0
        longest = max(longest, run)
    return longest


def _indented(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        yield from block_lines(block)


@singledispatch
def block_lines(block: Block) -> Iterator[str]:
    """Write one block as lines of text."""
    raise TypeError(f"no text for a block of type {type(block).__name__}")


@block_lines.register(Note)
def _(block: Note) -> Iterator[str]:
    yield f"{'!' if block.warning else '·'} {_flat(block.text)}"


@block_lines.register(Pictures)
def _(block: Pictures) -> Iterator[str]:
    yield from (f"[{picture.caption}]" for picture in block.pictures)


@block_lines.register(Fold)
def _(block: Fold) -> Iterator[str]:
    yield f"{block.title}:"
    yield from (f"  {line}" for line in _indented(block.blocks))


@block_lines.register(Measures)
def _(block: Measures) -> Iterator[str]:
    if block.caption:
        yield block.caption
    labels = [_cut(row.label) for row in block.rows]
    widest = max(map(len, labels), default=0)
    for label, row in zip(labels, block.rows, strict=True):
        shape = "" if row.shape is None else f"  {_bars(row.shape.before)} {ARROW} {_bars(row.shape.after)}"
        detail = f"  {_flat(row.detail)}{shape}" if row.detail or shape else ""
        yield f"{_SIGNS[row.mark]} {label.ljust(widest)}  {row.text}{detail}".rstrip()


def _bars(heights: Sequence[float]) -> str:
    """Write heights from 0 to 1 as a row of blocks; whatever is there at all is seen."""
    last = len(_BARS) - 1
    return "".join(_BARS[max(1, round(height * last))] if height else _BARS[0] for height in heights)


_BARS = " ▁▂▃▄▅▆▇█"


@block_lines.register(Table)
def _(block: Table) -> Iterator[str]:
    if block.caption:
        yield block.caption
    heads = [_cut(column.name) for column in block.columns]
    rows = [[_cell(cell) for cell in row.cells] for row in block.rows]
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    yield _joined("  ", heads, widths, block)
    for row, cells in zip(block.rows, rows, strict=True):
        yield _joined(_SIGNS[row.mark] + " ", cells, widths, block)


@block_lines.register(Lines)
def _(block: Lines) -> Iterator[str]:
    if block.title:
        yield block.title
    for number, hunk in enumerate(block.hunks):
        if number:
            yield "…"
        for line in hunk:
            yield _CODE_SIGNS[line.mark] + " " + "".join(segment for segment, _ in line.segments)
    if block.omitted:
        yield f"… {block.omitted:,} more lines differ"


def _joined(gutter: str, cells: list[str], widths: list[int], block: Table) -> str:
    padded = (
        cell.rjust(width) if column.numeric else cell.ljust(width)
        for cell, width, column in zip(cells, widths, block.columns, strict=True)
    )
    return (gutter + "  ".join(padded)).rstrip()


def _cell(cell: Cell) -> str:
    now = _cut(cell.text)
    if cell.before is None:
        return now
    return f"{_cut(cell.before)} {ARROW} {now}"


def _cut(value: str) -> str:
    value = _flat(value)
    return value if len(value) <= _WIDEST_CELL else value[: _WIDEST_CELL - 1] + "…"


def _flat(value: str) -> str:
    return value.replace("\r", "␍").replace("\n", "⏎")
