"""The history of an asset below a cell: the table that stays, and a widget in which any two versions are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.notebook.output import WITHOUT_KERNEL, can_redraw, display_widget
from nb_assets.views.acceptance import told_of
from nb_assets.views.courses import with_courses
from nb_assets.views.report import Report
from nb_assets.views.timeline import timeline_table
from nb_assets.views.version_record import version_finder
from nb_assets.views.wording import clock
from nb_assets.widget.version_picker import version_picker

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.notebook.surface import Surface

__all__ = ["show_history"]

_MOST_PICKED = 500


def show_history(surface: Surface, key: AssetKey, partition: str | None = None) -> None:
    """Show the versions of an asset, or of one of its partitions, below the current cell."""
    session = surface.session
    versions = session.history(key, partition)
    by_partition = key in session.graph.partitioned and partition is None
    said = told_of(session, key)
    for version in session.pinned(key, partition):
        at = (partition or "", version)
        said[at] = " · ".join(filter(None, [said.get(at, ""), "pinned"]))
    table = timeline_table(
        key.to_user_string(),
        versions,
        version_of=version_finder(session),
        said=said,
        by_partition=by_partition,
    )
    if by_partition:
        # The versions of partitions are counted apart, and so are their numbers.
        surface.show(table)
        return
    table = with_courses(table, versions)
    labels = {made.version: f"{made.version} · {clock(made.timestamp)}" for made in versions if made.value}
    if len(labels) < 2 or not can_redraw(surface.shell):  # noqa: PLR2004 - two are compared
        surface.show(table)
        return
    surface.show(Report(html=WITHOUT_KERNEL + table.html, text=table.text))
    shown = dict(list(labels.items())[:_MOST_PICKED])
    display_widget(
        version_picker(
            shown,
            lambda old, new: session.diff(key, old, new, partition).to_html(key.to_user_string()),
        )
    )
