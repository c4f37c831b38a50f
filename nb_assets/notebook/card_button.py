"""The button beside a card: Materialize, or Cancel while its run runs.

Responsible for the ipywidgets button only. It runs nothing: a click calls back, and the session works in a thread of
its own, because a comm handler that computes would block every later click.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from nb_assets.notebook.output import display_widget

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CardButton"]


class CardButton:
    """A small button, there only when there is something to do."""

    def __init__(self, *, on_run: Callable[[], None], on_cancel: Callable[[], None]) -> None:
        self._on_run = on_run
        self._on_cancel = on_cancel
        self._running = False
        self._button: Any = None

    def show(self, *, runnable: bool) -> None:
        """Display the button below the current cell."""
        try:
            import ipywidgets
        except ImportError:  # a kernel without widgets has cards without buttons
            return
        self._button = ipywidgets.Button(
            description="Materialize",
            layout={
                "width": "auto",
                "height": "22px",
                "margin": "1px 0 2px 18px",
                "display": _shown(runnable),
            },
            style={"font_size": "12px"},
        )
        self._button.add_class("nba-button")
        self._button.on_click(self._clicked)
        display_widget(self._button)

    def update(self, *, runnable: bool, running: bool) -> None:
        """Show what a click would do now."""
        if self._button is None:
            return
        self._running = running
        self._button.description = "Cancel" if running else "Materialize"
        self._button.layout.display = _shown(runnable or running)

    def close(self) -> None:
        """Take the button away."""
        if self._button is not None:
            with contextlib.suppress(Exception):  # its comm may be gone with the page
                for model in (self._button, self._button.layout, self._button.style):
                    model.close()
            self._button = None

    def _clicked(self, _: object) -> None:
        (self._on_cancel if self._running else self._on_run)()


def _shown(shown: bool) -> str:  # noqa: FBT001 -- a word for a truth
    return "inline-flex" if shown else "none"
