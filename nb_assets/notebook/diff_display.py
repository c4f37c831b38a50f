"""A diff of two versions below a cell: what stays in a saved notebook, and a widget that pages through the rest.

Responsible for showing the two together. The widget is there only where more rows differ than the diff itself shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.notebook.output import WITHOUT_KERNEL, can_redraw, display_widget
from nb_assets.views.report import Report
from nb_assets.widget.comparisons import frame_pages, rows_to_browse
from nb_assets.widget.diff_browser import diff_browser

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.notebook.surface import Surface


def show_diff(surface: Surface, key: AssetKey, old: int, new: int, partition: str | None = None) -> None:
    """Show what changed between two versions of an asset, or of a partition, below the current cell.

    Raises
    ------
    ValueMissingError
        When there is no such version, or its value is not in the store.
    """
    session = surface.session
    diff = session.diff(key, old, new, partition)
    name = key.to_user_string()
    differing = rows_to_browse(diff)
    browsable = differing > 0 and can_redraw(surface.shell)
    style = WITHOUT_KERNEL if browsable else ""
    surface.show(Report(html=style + diff.to_html(name), text=str(diff)))
    if not browsable:
        return
    # Counted from the newest, other versions would be meant once the asset is made again.
    versions = [made.version for made in session.history(key, partition)]
    first, second = (versions[-version - 1] if version < 0 else version for version in (old, new))
    display_widget(diff_browser(lambda: frame_pages(session, key, first, second, partition), differing))
