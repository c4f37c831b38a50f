"""What the magics work with: the shell, the session, the settings and the cards, made when first needed."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from IPython.display import display

from nb_assets.notebook.automation import AutomationDisplay
from nb_assets.notebook.card_display import CardBoard
from nb_assets.notebook.modules import Modules, modules
from nb_assets.views.table import paragraph

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from nb_assets.notebook.settings import NbAssets
    from nb_assets.session import Session
    from nb_assets.views.report import Report

__all__ = ["Surface", "surface"]


@dataclass(frozen=True, kw_only=True)
class Surface:
    """Everything that a magic needs."""

    shell: InteractiveShell
    session: Session
    settings: NbAssets
    cards: CardBoard
    automation: AutomationDisplay
    modules: Modules

    def show(self, report: Report) -> None:
        """Display something once below the current cell."""
        display({"text/plain": report.text, "text/html": report.html}, raw=True)

    def watch(self) -> None:
        """Look at modules before each cell, and at statuses after: an ordinary one may have changed what assets use."""
        self.shell.events.register("pre_run_cell", self._before_cell)
        self.shell.events.register("post_run_cell", self._after_cell)

    def close(self) -> None:
        """Stop following the shell and the session."""
        with contextlib.suppress(ValueError):
            self.shell.events.unregister("pre_run_cell", self._before_cell)
            self.shell.events.unregister("post_run_cell", self._after_cell)
        self.cards.close()
        self.automation.close()

    def _before_cell(self, _: object) -> None:
        self.session.auto.cell_began()
        if self.modules.refresh():
            self.show(paragraph(self.modules.problem))

    def _after_cell(self, _: object) -> None:
        self.session.look_again()
        self.session.auto.cell_ended()


def surface(shell: InteractiveShell, session: Session, settings: NbAssets) -> Surface:
    """Return the surface of a session in a shell, with a board for its cards."""
    cards = CardBoard(shell, session, settings)
    made = Surface(
        shell=shell,
        session=session,
        settings=settings,
        cards=cards,
        automation=AutomationDisplay(shell, session, settings),
        modules=modules(shell, session),
    )
    made.watch()
    made.automation.follow_setting()
    return made
