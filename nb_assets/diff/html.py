"""Diffs as self-contained HTML: one root element, an inline scoped style, folds without scripts.

Whatever comes from data goes through `escaped`: it is text, never markup. The whole is never larger than `LARGEST`.
"""

from __future__ import annotations

import html
import re
from functools import singledispatch
from typing import TYPE_CHECKING

from nb_assets.diff.blocks import (
    Block,
    Cell,
    Column,
    Fold,
    Line,
    Lines,
    Measure,
    Measures,
    Note,
    Pictures,
    Row,
    Shape,
    Table,
)
from nb_assets.diff.style import STYLE
from nb_assets.diff.wording import MINUS, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nb_assets.diff.wording import Headline, Phrase

LARGEST = 200_000
"""How many bytes the HTML of one diff may take in a notebook."""

_ROOM = LARGEST - 2_000
_SIGNS = {"": "", "added": "+", "removed": MINUS, "changed": "~"}
_LEFT_OUT = '<div class="note">More differs than a notebook should hold; the rest is left out.</div>'
_SAFE_SOURCE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*\Z")


def document(
    kind: str, headline: Headline, blocks: Iterable[Block], *, equal: bool, asset_key: str | None = None
) -> str:
    """Draw a whole diff."""
    about = f' data-asset-key="{escaped(asset_key)}"' if asset_key is not None else ""
    start = (
        f'<div data-nb-assets="diff" data-kind="{escaped(kind)}" data-equal="{str(equal).lower()}"{about}>'
        f'{STYLE}<span class="head">{_clauses(headline, equal=equal)}</span>'
    )
    pieces = [start]
    room = _ROOM - _bytes(start)
    for drawn in map(block_html, blocks):
        size = _bytes(drawn)
        if size > room:
            pieces.append(_LEFT_OUT)
            break
        room -= size
        pieces.append(drawn)
    return "".join([*pieces, "</div>"])


def escaped(text: str) -> str:
    """Make text safe inside elements and quoted attributes, and visible where it is not printable."""
    return html.escape(visible(text), quote=True)


def _bytes(text: str) -> int:
    return len(text.encode())


def _clauses(headline: Headline, *, equal: bool) -> str:
    if equal:
        return " · ".join(_phrase(phrase) for clause in headline for phrase in clause)
    return "; ".join(", ".join(map(_phrase, clause)) for clause in headline)


def _phrase(phrase: Phrase) -> str:
    words = _with_code(phrase.text)
    return f'<span class="{phrase.tone}">{words}</span>' if phrase.tone else words


def _with_code(text: str) -> str:
    """Set what stands in backticks as code."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        return escaped(text)
    return "".join(
        f"<code>{escaped(piece)}</code>" if odd % 2 else escaped(piece) for odd, piece in enumerate(pieces)
    )


@singledispatch
def block_html(block: Block) -> str:
    """Draw one block."""
    raise TypeError(f"no drawing for a block of type {type(block).__name__}")


@block_html.register(Note)
def _(block: Note) -> str:
    return f'<div class="note{" warning" if block.warning else ""}">{_with_code(block.text)}</div>'


@block_html.register(Table)
def _(block: Table) -> str:
    marked = any(row.mark for row in block.rows)
    head = "".join(map(_head, block.columns))
    gutter = "<td class=sign></td>" if marked else ""
    body = "".join(_row(row, block.columns, marked=marked) for row in block.rows)
    return (
        f"{_caption(block.caption)}<div class=scroll><table><thead><tr>{gutter}{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _caption(text: str) -> str:
    return f"<div class=caption>{_with_code(text)}</div>" if text else ""


def _classes(*names: str) -> str:
    chosen = " ".join(filter(None, names))
    return f' class="{chosen}"' if chosen else ""


def _head(column: Column) -> str:
    classes = _classes("num" if column.numeric else "", "key" if column.key else "", column.mark)
    detail = f"<small>{escaped(column.detail)}</small>" if column.detail else ""
    # A title that says nothing is none to a screen reader.
    tag = "th" if column.name or detail else "td"
    return f"<{tag}{classes}>{escaped(column.name)}{detail}</{tag}>"


def _row(row: Row, columns: tuple[Column, ...], *, marked: bool) -> str:
    gutter = f'<td class="sign {row.mark}">{_SIGNS[row.mark]}</td>' if marked else ""
    cells = "".join(map(_cell, row.cells, columns))
    return f"<tr{_classes(f'r-{row.mark}' if row.mark else '')}>{gutter}{cells}</tr>"


def _cell(cell: Cell, column: Column) -> str:
    classes = _classes(
        "num" if column.numeric else "",
        "key" if column.key else "",
        f"c-{cell.mark}" if cell.mark else "",
        "faint" if cell.faint else "",
    )
    now = escaped(_one_line(cell.text))
    if cell.before is not None:
        now = f"<del>{escaped(_one_line(cell.before))}</del><ins>{now}</ins>"
    return f"<td{classes}>{now}</td>"


def _one_line(text: str) -> str:
    return text.replace("\r\n", "\u23ce").replace("\n", "\u23ce")


@block_html.register(Measures)
def _(block: Measures) -> str:
    rows = "".join(map(_measure, block.rows))
    return f"{_caption(block.caption)}<div class=scroll><table class=bars><tbody>{rows}</tbody></table></div>"


def _measure(row: Measure) -> str:
    width = 0 if row.share <= 0 else max(1.0, min(100.0, 100 * row.share))
    bar = f'<span class="bar {row.mark}"><i style="width:{width:.3g}%"></i></span>' if width else ""
    shape = "" if row.shape is None else _shape(row.shape)
    return (
        f'<tr><td><span class="{row.mark}">{escaped(_one_line(row.label))}</span></td>'
        f"<td>{bar}</td><td class=num>{escaped(row.text)}</td><td>{shape}</td>"
        f"<td class=faint-detail>{_with_code(_one_line(row.detail))}</td></tr>"
    )


def _shape(shape: Shape) -> str:
    """Draw the bins as columns, those of before behind those of after."""
    bins = "".join(
        f'<span><i class=was style="height:{100 * before:.3g}%"></i><i class=is style="height:{100 * after:.3g}%"></i></span>'
        for before, after in zip(shape.before, shape.after, strict=True)
    )
    said = escaped(f"distribution from {shape.low} to {shape.high}: before in grey, after in colour")
    return f'<span class=shape role=img aria-label="{said}" title="{said}">{bins}</span>'


@block_html.register(Lines)
def _(block: Lines) -> str:
    title = f"<div class=title>{_with_code(block.title)}</div>" if block.title else ""
    hunks = "<span class=gap>⋯</span>".join("".join(map(_line, hunk)) for hunk in block.hunks)
    more = f"<span class=gap>{block.omitted:,} more lines differ</span>" if block.omitted else ""
    return f"<div class=lines>{title}<pre>{hunks}{more}</pre></div>"


def _line(line: Line) -> str:
    number = line.new if line.new is not None else line.old
    tag = {"added": "ins", "removed": "del"}.get(line.mark, "span")
    text = "".join(
        f"<{tag}>{escaped(words)}</{tag}>" if strong else escaped(words) for words, strong in line.segments
    )
    classes = _classes("line", f"l-{line.mark}" if line.mark else "")
    return (
        f"<span{classes}><b>{number if number is not None else ''}</b><u>{_SIGNS[line.mark]}</u>{text}</span>"
    )


@block_html.register(Pictures)
def _(block: Pictures) -> str:
    drawn = (
        f'<figure><img{_classes("crisp" if picture.crisp else "")} src="{picture.source}" alt="{escaped(picture.caption)}">'
        f"<figcaption>{escaped(picture.caption)}</figcaption></figure>"
        for picture in block.pictures
        if _SAFE_SOURCE.match(picture.source)
    )
    return f"<div class=pictures>{''.join(drawn)}</div>"


@block_html.register(Fold)
def _(block: Fold) -> str:
    inner = "".join(map(block_html, block.blocks))
    return f"<details{' open' if block.open else ''}><summary>{_with_code(block.title)}</summary>{inner}</details>"
