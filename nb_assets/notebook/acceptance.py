"""`%assets accept` and `unaccept`: what the user says of an asset, and what that did, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.views.table import paragraph

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.session import Session
    from nb_assets.views.report import Report

__all__ = ["accepted", "told_of", "unaccepted"]


def accepted(session: Session, key: AssetKey) -> Report:
    """Accept what is stale as equivalent, and say what that means."""
    said, name = session.accept(key), key.to_user_string()
    because = "; ".join(said.reasons)
    return paragraph(
        f"`{name}` is accepted: version {said.version} stands for what a run now would give ({because}). "
        f"`%assets unaccept {name}` takes it back."
    )


def unaccepted(session: Session, key: AssetKey) -> Report:
    """Take back what was last accepted, and say how the asset stands now."""
    session.unaccept(key)
    status = session.status(key)[key]
    return paragraph(
        f"What was accepted of `{key.to_user_string()}` is taken back. It is {status.state}"
        f"{f': {status.summary}' if status.summary else ''}."
    )


def told_of(session: Session, key: AssetKey) -> dict[int, str]:
    """Return what was accepted of the versions of an asset, to be told beside each."""
    told: dict[int, str] = {}
    for said in session.acceptances(key) if key in session.assets else ():
        if said.withdrawn is None and said.version not in told:
            told[said.version] = f"accepted for new code ({'; '.join(said.reasons)})"
    return told
