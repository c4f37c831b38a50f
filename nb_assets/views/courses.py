"""The numbers among an asset's metadata over its versions, below the table of its history."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from nb_assets.storage.metadata_history import numeric_points
from nb_assets.views.report import Report
from nb_assets.views.sparkline import course, sparkline_html, sparkline_text

if TYPE_CHECKING:
    from nb_assets.storage.materialization import Materialization

__all__ = ["with_courses"]

NAMES = 20


def with_courses(table: Report, versions: Iterable[Materialization]) -> Report:
    """Return a table with a line for each number that several versions have, if there are some."""
    courses = {name: points for name, points in numeric_points(versions).items() if len(points) > 1}
    shown = list(courses.items())[:NAMES]
    if not shown:
        return table
    html = "".join(
        f"<tr><td>{escape(name)}</td><td>{sparkline_html(points)}</td>"
        f'<td class="nba-dim">{escape(course(points))}</td></tr>'
        for name, points in shown
    )
    width = max(len(name) for name, _ in shown)
    text = "\n".join(
        f"{name.ljust(width)}  {sparkline_text([value for _, value in points])}  {course(points)}"
        for name, points in shown
    )
    drawn = (
        f'<div class="nba" data-nb-assets="courses"><table class="nba-t"><tbody>{html}</tbody></table></div>'
    )
    return Report(html=f"{table.html}{drawn}", text=f"{table.text}\n\n{text}")
