"""The lineage in a notebook: the live widget, and beside it the picture that a saved notebook keeps.

Responsible for showing the two together, for ending them together when their cell is run again or too many others
were shown since, and for keeping the picture up to date. Neither the widget nor the picture
knows the other: the widget's view on the page hides the picture while it lives.
"""

from __future__ import annotations

import threading
import uuid
from collections import deque
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from IPython.core.getipython import get_ipython

from nb_assets.execution.events import CodeMayHaveChanged, RegistryChanged, RunFinished
from nb_assets.export.html import standalone_html, to_pyvis
from nb_assets.export.svg import data_uri, describe, lineage_svg
from nb_assets.notebook.output import WITHOUT_KERNEL, Output, display_widget
from nb_assets.notebook.running_cell import RunningCell, running_cell
from nb_assets.views.lineage import lineage_view, read_direction
from nb_assets.views.picture_table import picture_table
from nb_assets.views.report import Report
from nb_assets.widget.lineage import lineage_widget
from nb_assets.widget.pacer import Pacer

if TYPE_CHECKING:
    from pathlib import Path

    from pyvis.network import Network

    from nb_assets.execution.events import Event
    from nb_assets.session import Session
    from nb_assets.views.model import Direction, LineageView

__all__ = ["Lineage", "lineage", "show_lineage"]

_MOST_LIVE = 8
_MOST_OFTEN = 0.5


class Lineage:
    """The lineage of a selection: shown as a widget where it is displayed, and written as other formats on demand.

    Parameters
    ----------
    selection
        Which assets are in it; what they are derived from elsewhere is drawn too.
    direction
        `LR`: edges run from left to right. `TB`: from top to bottom.

    Raises
    ------
    SelectionError
        When the selection cannot be read or names what there is not.
    UsageError
        When edges cannot run that way.
    """

    def __init__(self, session: Session, selection: str = "*", direction: str = "LR") -> None:
        session.select(selection)
        self.session = session
        self.selection = selection
        self.direction = read_direction(direction)

    def view(self) -> LineageView:
        """Return the picture as plain data."""
        return lineage_view(self.session, self.selection, direction=self.direction)

    def to_svg(self) -> str:
        """Return a static picture."""
        return lineage_svg(self.view())

    def to_pyvis(self) -> Network:
        """Return a pyvis network with these positions, to be changed or written.

        Raises
        ------
        MissingPackageError
            When pyvis is not installed.
        """
        return to_pyvis(self.view())

    def to_html(self, path: str | Path | None = None) -> str:
        """Return a page that needs no kernel and no network; with a path, write it there too."""
        page = standalone_html(self.to_pyvis(), "Asset lineage")
        if path is not None:
            from pathlib import Path

            Path(path).write_text(page, encoding="utf-8")
        return page

    def _ipython_display_(self) -> None:
        show_lineage(self.session, self.selection, self.direction)

    def __repr__(self) -> str:
        return f"<Lineage of {self.selection}: {describe(self.view())}>"


def lineage(session: Session, selection: str = "*", direction: str = "LR") -> Lineage:
    """Return the lineage of the selected assets; `Session.lineage` finds it here by name."""
    return Lineage(session, selection, direction)


def show_lineage(session: Session, selection: str = "*", direction: Direction = "LR") -> None:
    """Show the widget below the current cell, and the picture that stays when there is no kernel.

    Raises
    ------
    SelectionError
        When the selection cannot be read or names what there is not. Nothing is shown then.
    """
    session.select(selection)
    shell = get_ipython()
    cell = running_cell(shell)
    for earlier in [one for one in _shown if one.cell.is_run_again_by(cell)]:
        _shown.remove(earlier)
        earlier.close()
    lineage_id = uuid.uuid4().hex
    namespace = None if shell is None else shell.user_ns
    widget = lineage_widget(session, selection, lineage_id, direction, namespace)
    display_widget(widget)
    # The page loads its script meanwhile, and asks for its picture when this one has looked at all code.
    with widget.conversation.held():
        picture = _Picture(session, selection, lineage_id, direction)
    _shown.append(_Shown(cell=cell, widget=widget, picture=picture))
    while len(_shown) > _MOST_LIVE:
        _shown.popleft().close()


@dataclass(frozen=True, kw_only=True, eq=False)
class _Shown:
    """A lineage below a cell: its widget and its picture."""

    cell: RunningCell
    widget: Any
    picture: _Picture

    def close(self) -> None:
        """Take the widget off the page, which brings the picture to light as it is then."""
        self.widget.close()
        self.picture.close()


class _Picture:
    """The static picture of one widget, drawn again when runs end and definitions change."""

    def __init__(self, session: Session, selection: str, lineage_id: str, direction: Direction) -> None:
        self._session = session
        self._selection = selection
        self._direction = direction
        self._lineage_id = lineage_id
        self._output = Output(live=True)
        self._lock = threading.Lock()
        self._drawn: object = None
        self._pacer = Pacer(self._draw, _MOST_OFTEN)
        self._draw()
        self._unsubscribe = session.subscribe(self._follow)

    def close(self) -> None:
        """Leave the picture as it is."""
        self._unsubscribe()
        self._pacer.close()

    def _follow(self, event: Event) -> None:
        if isinstance(event, (RunFinished, RegistryChanged)):
            self._pacer.nudge()
        elif isinstance(event, CodeMayHaveChanged) and self._session.running is None and self._is_outdated():
            # At once, and not when the pacer gets to it: what executes notebooks without a page (nbclient, papermill)
            # listens no longer than until the cell ends.
            self._draw()

    def _is_outdated(self) -> bool:
        return self._look() != self._drawn

    def _look(self) -> object:
        return [
            (key, status.state, status.summary, status.materialization and status.materialization.version)
            for key, status in self._session.status().items()
        ]

    def _draw(self) -> None:
        with self._lock:
            self._drawn = self._look()
            self._send()

    def _send(self) -> None:
        view = lineage_view(self._session, self._selection, direction=self._direction)
        said = describe(view)
        html = (
            f'{WITHOUT_KERNEL}<div data-nb-assets="static-lineage" data-lineage-id="{self._lineage_id}">'
            f'<img alt="Asset lineage: {escape(said)}" src="{data_uri(lineage_svg(view))}" '
            f'style="max-width:100%;height:auto">{picture_table(self._session, self._selection)}</div>'
        )
        self._output.finish(Report(html=html, text=f"Asset lineage: {said}"))


_shown: deque[_Shown] = deque()
