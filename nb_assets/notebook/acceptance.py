"""`%assets accept` and `unaccept`: what the user says of an asset, and what that did, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.views.table import paragraph
from nb_assets.views.wording import plural

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.session import Session
    from nb_assets.views.report import Report

__all__ = ["accepted", "unaccepted"]


def accepted(session: Session, key: AssetKey, partition: str | None = None) -> Report:
    """Accept what is stale as equivalent, and say what that means."""
    said, name = session.accept(key, partition), key.to_user_string()
    because = "; ".join(dict.fromkeys(reason for each in said for reason in each.reasons))
    back = f"`%assets unaccept {name}{f' --partition {partition}' if partition else ''}` takes it back."
    if said[0].partition is None:
        return paragraph(
            f"`{name}` is accepted: version {said[0].version} stands for what a run now would give ({because}). {back}"
        )
    which = (
        f"partition `{said[0].partition}` of `{name}` is"
        if len(said) == 1
        else f"{len(said):,} partitions of `{name}` are"
    )
    what = "its value stands" if len(said) == 1 else "their values stand"
    return paragraph(
        f"{which[0].upper()}{which[1:]} accepted: {what} for what a run now would give ({because}). {back}"
    )


def unaccepted(session: Session, key: AssetKey, partition: str | None = None) -> Report:
    """Take back what was last accepted, and say how the asset stands now."""
    said, name = session.unaccept(key, partition), key.to_user_string()
    status, of = session.status(key)[key], ""
    if said[0].partition is not None:
        of = (
            f" of {plural(len(said), 'partition')}"
            if len(said) > 1
            else f" of partition `{said[0].partition}`"
        )
    return paragraph(
        f"What was accepted{of} of `{name}` is taken back. It is {status.state}"
        f"{f': {status.summary}' if status.summary else ''}."
    )
