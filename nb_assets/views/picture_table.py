"""The assets of a picture as a plain table: what is there to read where neither scripts nor styles are.

Responsible for HTML that survives what untrusted notebooks and exported pages do to it: no styles, no pictures, nothing
that needs an attribute to be understood. Moments are dates, for nobody knows when it is read.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from nb_assets.views.checks import states_by_asset, summed_up
from nb_assets.views.lineage import shown_keys
from nb_assets.views.status import STATUSES
from nb_assets.views.wording import MARKS, clock, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nb_assets.session import Session
    from nb_assets.staleness import AssetStatus

__all__ = ["picture_table"]

ROWS = 500
_LEFT = 'style="text-align:left"'  # Notebooks set tables as if they held numbers.
_COLUMNS = ("Asset", "Group", "Status", "Why", "Last materialized")


def picture_table(session: Session, selection: str = "*") -> str:
    """Return the table of the selected assets, folded, as HTML; nothing without assets."""
    keys, external = shown_keys(session, selection)
    if not keys:
        return ""
    graph, statuses = session.graph, session.status()
    checks = {key: summed_up(found) for key, found in states_by_asset(session).items()}
    columns = (*_COLUMNS, "Checks") if checks else _COLUMNS
    rows = [
        (
            key.to_user_string(),
            graph.group_of(key),
            *_said(statuses[key]),
            *([checks.get(key, "")] if checks else []),
        )
        for key in keys[:ROWS]
    ]
    room = max(0, ROWS - len(rows))
    blanks = ("",) * (len(columns) - 3)
    rows += [(key.to_user_string(), "", "made elsewhere", *blanks) for key in external[:room]]
    hidden = len(keys) + len(external) - len(rows)
    more = f"<p>and {hidden:,} more</p>" if hidden else ""
    head = "".join(f'<th scope="col" {_LEFT}>{title}</th>' for title in columns)
    return (
        f"<details><summary>{plural(len(keys), 'asset')} as a table</summary>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(map(_row, rows))}</tbody></table>{more}</details>"
    )


def _said(status: AssetStatus) -> Iterator[str]:
    made = status.materialization
    yield f"{MARKS[status.state]} {STATUSES[status.state].label}"
    yield status.summary
    yield "never" if made is None else clock(made.timestamp)


def _row(cells: tuple[str, ...]) -> str:
    key, *rest = (escape(cell.replace("`", "")) for cell in cells)
    cells_of_rest = "".join(f"<td {_LEFT}>{cell}</td>" for cell in rest)
    return f'<tr><th scope="row" {_LEFT}>{key}</th>{cells_of_rest}</tr>'
