"""What `%assets checks` shows: the checks of a selection, with what each said, run first when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.graph.asset_selection import AssetSelection
from nb_assets.notebook.display import materialize
from nb_assets.views.checks import CHECK_WORDS, evidence
from nb_assets.views.table import Column, table_of
from nb_assets.views.wording import ago, not_tracked

if TYPE_CHECKING:
    from nb_assets.notebook.surface import Surface
    from nb_assets.session import Session
    from nb_assets.views.report import Report

__all__ = ["checks_table", "show_checks"]


def show_checks(surface: Surface, words: list[str], *, run: bool, force: bool) -> None:
    """Show the checks of a selection; run those first of which nothing is known, or all of them with `force`.

    Raises
    ------
    SelectionError
        When the selection names what there is not.
    AssetCheckFailedError
        When a blocking check failed.
    """
    session, selection = surface.session, " ".join(words) or "*"
    if not run and not force:
        surface.show(checks_table(session, selection))
        return
    surface.modules.check()
    keys = session.select_checks(selection)
    ended = materialize(
        surface.shell,
        session,
        surface.settings,
        AssetSelection.checks(*keys),
        force=force,
        executor=surface.settings.executor or None,
    )
    ended.output.finish(checks_table(session, selection))
    surface.cards.refresh()
    ended.raise_error(surface.shell)


def checks_table(session: Session, selection: str) -> Report:
    """Return the table of the checks of a selection: what each said, of which version, and when."""
    columns = (
        Column(title="", kind="check"),
        Column(title="asset", kind="key"),
        Column(title="check", kind="key"),
        Column(title="state"),
        Column(title="said", kind="prose"),
        Column(title="of version", kind="number"),
        Column(title="ran", kind="number"),
        Column(title="blocking"),
    )
    rows = []
    for key, status in session.checks(selection).items():
        record = status.record
        said = " · ".join(filter(None, [evidence(status), not_tracked(status.untracked)]))
        rows.append(
            (
                status.state,
                key.asset_key.to_user_string(),
                key.name,
                CHECK_WORDS.get(status.state, status.state),
                said or status.description.partition("\n")[0],
                str(record.target.version) if record is not None and record.target.version else "",
                ago(record.timestamp) if record is not None else "",
                "yes" if status.blocking else "",
            )
        )
    empty = (
        "None of these assets has a check."
        if session.graph.checks
        else "No checks yet. Put `@asset_check(asset=…)` on a function in an `%%asset` cell and run it."
    )
    return table_of("checks", columns, rows, empty=empty)
