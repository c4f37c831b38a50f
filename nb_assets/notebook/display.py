"""Run a selection from a cell: progress while it runs, the report when it ends, the error last.

Responsible for the order in which a cell shows these. Not responsible for the pictures (`views`), for what runs
(`session`), or for cards (`notebook.card_display`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nb_assets.notebook.errors import RunInterrupted, show_as_users_own
from nb_assets.notebook.live_run import LiveRun
from nb_assets.notebook.output import Output, can_redraw
from nb_assets.views.report import Report, headline, report_of

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from nb_assets.notebook.settings import NbAssets
    from nb_assets.session import Session
    from nb_assets.views.run_record import RunRecord

__all__ = ["CellRun", "materialize"]


@dataclass(frozen=True, kw_only=True)
class CellRun:
    """A run that a cell made, ended one way or the other, not yet reported."""

    record: RunRecord
    output: Output
    error: BaseException | None

    def report(self, *, heading: bool = True) -> Report:
        """Return what changed; without tracebacks where the error is raised below it."""
        return report_of(self.record, heading=heading, tracebacks=self.error is None)

    @property
    def did_something(self) -> bool:
        """Whether there is more to report than that all was fresh."""
        told = [
            entry for entry in self.record.checks.values() if not (entry.stood and entry.state == "passed")
        ]
        return self.record.count("fresh") < len(self.record.assets) or bool(told)

    def raise_error(self, shell: InteractiveShell) -> None:
        """Raise what stopped the run, if anything did, so that no later cell runs."""
        if self.error is not None:
            show_as_users_own(shell, self.error)
            raise self.error


def materialize(
    shell: InteractiveShell, session: Session, settings: NbAssets, selection: Any, **options: Any
) -> CellRun:
    """Run a selection in this thread, drawing progress.

    Raises
    ------
    NbAssetsError
        For a run that could not even begin, like one of a selection that names nothing.
    """
    live = can_redraw(shell)
    output = Output(live=live)
    watch = LiveRun(output if live and settings.progress else None)
    error: BaseException | None = None
    try:
        with watch:
            # Prints of the assets are shown under them, in a terminal also as they come.
            session.materialize(selection, origin="notebook", echo=not live, on_event=watch.take, **options)
    except KeyboardInterrupt:
        error = RunInterrupted(f"the run was stopped. {headline(watch.record)}. What finished is kept.")
    except Exception as caught:
        if watch.record.run_id is None:
            raise
        error = caught
    return CellRun(record=watch.record, output=output, error=error)
