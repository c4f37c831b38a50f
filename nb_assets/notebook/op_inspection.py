"""What `%assets history KEY --ops` shows: every attempt of the ops that make an asset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.views.table import Column, table_of
from nb_assets.views.wording import clock, seconds

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.session import Session
    from nb_assets.views.report import Report

__all__ = ["ops_table"]


def ops_table(session: Session, key: AssetKey) -> Report:
    """Return the attempts of the ops of an asset, newest first."""
    columns = (
        Column(title="op", kind="key"),
        Column(title="attempt", kind="number"),
        Column(title="outcome"),
        Column(title="took", kind="number"),
        Column(title="ended"),
        Column(title="error", kind="prose"),
        Column(title="run"),
    )
    rows = [
        (
            attempt.op,
            str(attempt.attempt or ""),
            attempt.outcome,
            seconds(attempt.duration),
            clock(attempt.timestamp),
            attempt.error or "",
            attempt.run_id[:8],
        )
        for attempt in session.op_history(key)
    ]
    name = key.to_user_string()
    return table_of(
        "ops", columns, rows, empty=f"no ops of `{name}` have run: a `@graph_asset` is made of some."
    )
