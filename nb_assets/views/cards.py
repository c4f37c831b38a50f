"""What the card of an asset says: its state and why, what it holds, its last change, its checks and its partitions.

Responsible for the words and numbers, and for working them out again only where something changed. Not responsible for
where a card stands (`views.lineage`), nor for how it is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nb_assets.views.checks import CHECK_LOOKS, states_by_asset, summed_up
from nb_assets.views.model import CardView
from nb_assets.views.partitions import partition_counts
from nb_assets.views.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.session import Session
    from nb_assets.staleness import AssetStatus

__all__ = ["Cards"]

_LONGEST = 300
_NO_CHECKS = ("", "")


class _Said(NamedTuple):
    """A card, and what it rests on: a status is never changed, only replaced."""

    status: AssetStatus | None
    checks: tuple[str, str]
    change: Mapping[str, object] | None
    is_known: bool
    card: CardView


class Cards:
    """The cards of a session's assets. What is returned twice is the same object, and not to be changed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._said: dict[AssetKey, _Said] = {}

    def of(
        self, keys: Iterable[AssetKey], statuses: Mapping[AssetKey, AssetStatus]
    ) -> dict[AssetKey, CardView]:
        """Return the cards of some assets, given the status of those that have one."""
        session, before = self._session, self._said
        checks = _checks(session)
        graph = session.graph
        said: dict[AssetKey, _Said] = {}
        for key in keys:
            status = statuses.get(key)
            checked = checks.get(key, _NO_CHECKS)
            made = None if status is None else status.materialization
            # What a version changed is worked out a while after it was made.
            change = None if made is None else session.change_of(made)
            was = before.get(key)
            is_known = key in graph
            if (
                was is None
                or was.status is not status
                or was.checks != checked
                or was.change != change
                or was.is_known != is_known
            ):
                card = _card(key, status, checked, change, is_known=is_known)
                # What says the same is the same.
                was = _Said(
                    status,
                    checked,
                    change,
                    is_known,
                    was.card if was is not None and was.card == card else card,
                )
            said[key] = was
        self._said = said
        return {key: each.card for key, each in said.items()}


def _card(
    key: AssetKey,
    status: AssetStatus | None,
    checks: tuple[str, str],
    change: Mapping[str, object] | None,
    *,
    is_known: bool,
) -> CardView:
    made = None if status is None else status.materialization
    reason = detail = badge = ""
    if status is not None:
        if status.state in {"stale", "failed", "skipped"}:
            reason = _short_reason(key, status)[:_LONGEST]
        if status.partitions is not None:
            # Of several values, the last that was made is not the asset's.
            detail = plural(len(status.partitions), "partition")
        elif made is not None:
            badge = str((change or {}).get("badge", ""))
            if made.value is not None:
                rows = made.value.rows
                detail = made.value.summary if rows is None else plural(rows, "row")
    return CardView(
        status=status.state if status is not None else "missing",
        reason=reason,
        detail=detail[:_LONGEST] if is_known else "made elsewhere",
        badge=badge,
        checks=checks[0],
        check_look=checks[1],
        partitions=partition_counts(status),
        duration=None if made is None or not is_known else made.duration,
    )


def _checks(session: Session) -> dict[AssetKey, tuple[str, str]]:
    """Return, for each asset with checks, what they come to and the status that this looks like."""
    return {
        key: (summed_up(found), CHECK_LOOKS[next(state for state in CHECK_LOOKS if state in found)])
        for key, found in states_by_asset(session).items()
    }


def _short_reason(key: AssetKey, status: AssetStatus) -> str:
    """Return the first reason in the few words that a card has room for."""
    if not status.reasons:
        return ""
    first = status.reasons[0]
    if first.summary == f"`{key.path[-1]}` changed":
        return "code changed"
    return first.summary.removeprefix("upstream ") if first.kind == "upstream_not_fresh" else first.summary
