"""What differs from an earlier moment, as the map shows it: marks on cards and edges, and counts of them in groups.

Responsible for plain, JSON-ready data. The comparison is that of `nb_assets.changes`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from nb_assets.definitions.naming import groups_around

if TYPE_CHECKING:
    from collections.abc import Collection

    from nb_assets.changes import Changes
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.session import Session

__all__ = ["ChangesView", "MarkView", "MomentView", "changes_view", "moment_views"]


class MomentView(TypedDict):
    """A moment to compare with: what it is, to be read after "since", and when, in seconds since 1970."""

    id: str
    label: str
    timestamp: float


class MarkView(TypedDict):
    """How an asset differs: `new`, `edited`, `data`, or several of these."""

    key: str
    marks: list[str]
    detail: str


class ChangesView(TypedDict):
    """What differs from a moment; edges are upstream first, and `groups` counts the marked assets in each group."""

    since: MomentView
    assets: list[MarkView]
    removed: list[str]
    edges_added: list[list[str]]
    edges_removed: list[list[str]]
    groups: dict[str, int]


def moment_views(session: Session) -> list[MomentView]:
    """Return the moments that there are to compare with."""
    return [MomentView(id=each.id, label=each.label, timestamp=each.timestamp) for each in session.moments()]


def changes_view(session: Session, changes: Changes, shown: Collection[AssetKey]) -> ChangesView:
    """Return what differs of the assets that are shown, and which are not there any more."""
    graph = session.graph
    assets: list[MarkView] = []
    groups: dict[str, int] = {}
    removed = [key for key, change in changes.assets.items() if "removed" in change.marks]
    for key, change in changes.assets.items():
        if key not in shown:
            continue
        assets.append(MarkView(key=key.to_user_string(), marks=list(change.marks), detail=change.detail))
        for group in groups_around(graph.group_of(key)):
            groups[group] = groups.get(group, 0) + 1
    ends = {*shown, *removed, *graph.external}
    edges_added, edges_removed = (
        [[up.to_user_string(), key.to_user_string()] for up, key in edges if up in ends and key in ends]
        for edges in (changes.added, changes.removed)
    )
    since = changes.since
    return ChangesView(
        since=MomentView(id=since.id, label=since.label, timestamp=since.timestamp),
        assets=assets,
        removed=[key.to_user_string() for key in removed],
        edges_added=edges_added,
        edges_removed=edges_removed,
        groups=groups,
    )
