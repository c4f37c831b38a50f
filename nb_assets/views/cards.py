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
    from collections.abc import Mapping, Sequence

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.graph.asset_graph import AssetGraph
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
        # What the last answer was for, and the answer; what was said is as of this mark.
        self._keys: Sequence[AssetKey] = ()
        self._statuses: list[AssetStatus | None] = []
        self._checks: Mapping[AssetKey, tuple[str, str]] = {}
        self._graph: AssetGraph | None = None
        self._cards: dict[AssetKey, CardView] = {}
        self._mark = 0

    def of(
        self, keys: Sequence[AssetKey], statuses: Mapping[AssetKey, AssetStatus]
    ) -> dict[AssetKey, CardView]:
        """Return the cards of some assets, in order, given the status of those that have one."""
        session = self._session
        graph, checks = session.graph, _checks(session)
        # What a version changed is worked out a while after it was made.
        self._mark, changed = session.changed_since(self._mark)
        now = [statuses.get(key) for key in keys]
        if graph is self._graph and (keys is self._keys or keys == self._keys):
            cards = self._cards.copy()
            doubtful = [
                key for key, new, old in zip(keys, now, self._statuses, strict=True) if new is not old
            ]
            doubtful += [key for key in changed if key in cards]
            doubtful += [
                key
                for key in checks.keys() | self._checks.keys()
                if key in cards and checks.get(key) != self._checks.get(key)
            ]
        else:
            said = self._said
            self._said = {key: said[key] for key in keys if key in said}
            cards, doubtful = {}, list(keys)
        anew = frozenset(changed)
        for key in doubtful:
            cards[key] = self._card(
                key, statuses.get(key), checks.get(key, _NO_CHECKS), anew=key in anew, is_known=key in graph
            )
        self._keys, self._statuses, self._checks = keys, now, checks
        self._graph, self._cards = graph, cards
        return cards.copy()

    def _card(
        self,
        key: AssetKey,
        status: AssetStatus | None,
        checks: tuple[str, str],
        *,
        anew: bool,
        is_known: bool,
    ) -> CardView:
        """Return the card of an asset: the same object as long as it says the same."""
        was = self._said.get(key)
        if was is not None and was.status is status and not anew:
            change = was.change
        else:
            made = None if status is None else status.materialization
            change = None if made is None else self._session.change_of(made)
        if (
            was is None
            or was.status is not status
            or was.checks != checks
            or was.change != change
            or was.is_known != is_known
        ):
            card = _card(key, status, checks, change, is_known=is_known)
            if was is not None and was.card == card:
                card = was.card
            was = self._said[key] = _Said(status, checks, change, is_known, card)
        return was.card


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
