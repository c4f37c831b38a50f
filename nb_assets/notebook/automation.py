"""`%assets auto`: turns automation on and off, and shows below the cell that did what runs by itself, and why.

Responsible for the display and its Cancel button. Not responsible for what runs (`session.auto`) nor for the picture
(`views.automation`).
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from nb_assets.errors import UsageError, near
from nb_assets.execution.events import AutomationChanged, RegistryChanged
from nb_assets.notebook.card_button import CardButton
from nb_assets.notebook.output import Output, can_redraw
from nb_assets.views.automation import automation_of, conditions_of
from nb_assets.widget.pacer import Pacer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from IPython.core.interactiveshell import InteractiveShell

    from nb_assets.execution.events import Event
    from nb_assets.notebook.settings import NbAssets
    from nb_assets.notebook.surface import Surface
    from nb_assets.session import Session
    from nb_assets.views.report import Report

__all__ = ["AutomationDisplay", "automate"]

_WORDS = ("on", "off", "status")
INTERVAL = 0.15


class AutomationDisplay:
    """What automation does, below the cell that turned it on last."""

    def __init__(self, shell: InteractiveShell, session: Session, settings: NbAssets) -> None:
        self._session = session
        self._settings = settings
        self._live = can_redraw(shell)
        self._output: Output | None = None
        self._button: CardButton | None = None
        self._pacer = Pacer(self._refresh_later, INTERVAL)
        self._lock = threading.Lock()
        self._unsubscribe = session.subscribe(self._take) if self._live else None

    def follow_setting(self) -> None:
        """Do as the setting says, now and whenever it is changed."""
        self._settings.observe(self._setting_changed, "auto")
        if self._settings.auto:
            self.turn(on=True)

    def turn(self, *, on: bool) -> None:
        """Turn automation on or off, and show it below the current cell."""
        self._retire()
        if on:
            self._session.auto.on()
        else:
            self._session.auto.off()
        self._output = Output(live=self._live)
        self._output.finish(self._picture())
        if on and self._live and self._settings.buttons:
            self._button = CardButton(on_run=self.refresh, on_cancel=self._session.auto.cancel)
            self._button.show(runnable=False)

    def refresh(self) -> None:
        """Draw it again, as it is now."""
        with self._lock:
            output, button = self._output, self._button
        if output is not None:
            output.draw(self._picture())
        if button is not None:
            button.update(runnable=False, running=bool(self._session.auto.runs))

    def close(self) -> None:
        """Stop following the session and the setting, and turn automation off."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._pacer.close()
        self._settings.unobserve(self._setting_changed, "auto")
        self._session.auto.off()
        self._retire()

    def _picture(self) -> Report:
        return automation_of(self._session)

    def _retire(self) -> None:
        with self._lock:
            output, button, self._output, self._button = self._output, self._button, None, None
        if button is not None:
            button.close()
        if output is not None:
            output.clear()

    def _take(self, event: Event) -> None:
        if not isinstance(event, (AutomationChanged, RegistryChanged)):
            return
        with self._lock:
            if self._output is not None:
                self._pacer.nudge()

    def _refresh_later(self) -> None:
        try:
            self.refresh()
        except Exception as error:
            if type(error).__module__.partition(".")[0] != "zmq":
                raise
            # The kernel is on its way out, and its sockets are closed: nobody sees it any more.

    def _setting_changed(self, change: dict[str, object]) -> None:
        self.turn(on=bool(change["new"]))


def automate(surface: Surface, words: Sequence[str]) -> None:
    """Turn automation on or off, or show what the conditions found last.

    Raises
    ------
    UsageError
        For any other word.
    """
    word = words[0] if words else "status"
    if len(words) > 1 or word not in _WORDS:
        raise UsageError(
            f"`%assets auto` is told `on`, `off` or `status`, not `{' '.join(words)}`.{near(word, _WORDS)}"
        )
    if word == "status":
        surface.show(conditions_of(surface.session))
    else:
        surface.automation.turn(on=word == "on")
