"""Small tables: the assets of a selection, the history of one, and why it is stale.

Responsible for the rows' HTML and plain text. Gets plain cells from its callers, or what a session answers with; asks
the session nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from nb_assets.views.checks import check_glyph, check_mark
from nb_assets.views.report import Report
from nb_assets.views.stylesheet import STYLE, TABLE_STYLE
from nb_assets.views.wording import MARKS, mark, named, prose

__all__ = ["Column", "paragraph", "table_of"]

ROWS = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column: its title, and what its cells are: `text`, `key`, `mark`, `check` (the mark of a check), `prose`, or `number`."""

    title: str
    kind: str = "text"


def table_of(name: str, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, empty: str) -> Report:
    """Return a table named `name` (its `data-nb-assets`); `empty` is what an empty one says."""
    cells = [tuple(row) for row in rows]
    if not cells:
        return paragraph(empty)
    hidden = max(0, len(cells) - ROWS)
    cells = cells[:ROWS]
    note = f"and {hidden:,} more; select fewer to see them" if hidden else ""
    return Report(html=_html(name, columns, cells, note), text=_text(columns, cells, note))


def paragraph(text: str) -> Report:
    """Return a sentence in place of a table."""
    return Report(html=f'<div class="nba" data-nb-assets="note">{STYLE}{prose(text)}</div>', text=text)


def _html(name: str, columns: Sequence[Column], rows: Sequence[Sequence[str]], note: str) -> str:
    head = "".join(_head(column) for column in columns)
    body = "".join(
        "<tr>" + "".join(_cell(column, text) for column, text in zip(columns, row, strict=True)) + "</tr>"
        for row in rows
    )
    more = f'<div class="nba-dim">{escape(note)}</div>' if note else ""
    return (
        f'<div class="nba" data-nb-assets="{escape(name)}">{STYLE}{TABLE_STYLE}'
        f'<table class="nba-t"><thead><tr>{head}</tr></thead><tbody class="nba-plain">{body}</tbody></table>{more}</div>'
    )


def _head(column: Column) -> str:
    tag = "th" if column.title else "td"  # A title that says nothing is none to a screen reader.
    return f'<{tag} class="{_class(column)}">{escape(column.title)}</{tag}>'


def _class(column: Column) -> str:
    return {"mark": "nba-m", "check": "nba-m", "number": "nba-n"}.get(column.kind, "")


def _cell(column: Column, text: str) -> str:
    if column.kind == "mark":
        return f'<td class="nba-m">{mark(text)}</td>'
    if column.kind == "check":
        return f'<td class="nba-m">{check_mark(text)}</td>'
    if column.kind == "key":
        return f"<td>{named(text)}</td>"
    if column.kind == "prose":
        return f'<td class="nba-dim" title="{escape(text)}">{prose(text)}</td>'
    return f'<td class="{_class(column)}">{escape(text)}</td>'


def _text(columns: Sequence[Column], rows: Sequence[Sequence[str]], note: str) -> str:
    shown = [
        [
            MARKS.get(text, "·")
            if column.kind == "mark"
            else check_glyph(text)
            if column.kind == "check"
            else text
            for column, text in zip(columns, row, strict=True)
        ]
        for row in rows
    ]
    titles = [column.title for column in columns]
    widths = [max(len(line[at]) for line in [titles, *shown]) for at in range(len(columns))]
    lines = [
        "  ".join(
            text.rjust(width) if column.kind == "number" else text.ljust(width)
            for column, text, width in zip(columns, line, widths, strict=True)
        ).rstrip()
        for line in [titles, *shown]
    ]
    return "\n".join([*lines, note] if note else lines)
