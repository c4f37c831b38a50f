"""What the page was told last of the assets and groups of a picture, and what of that has changed since.

Responsible for finding it in one cheap pass: as long as the picture has the same assets, only those are looked at whose
status or card is another object. Not responsible for what a card says (`views.cards`).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from nb_assets.staleness import TO_RUN
from nb_assets.views.lineage import roll_up
from nb_assets.widget.messages import GroupPatch, NodePatch

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.staleness import AssetStatus
    from nb_assets.views.model import CardView
    from nb_assets.views.roster import Roster


class Changed(NamedTuple):
    """What the page has to be told."""

    nodes: list[NodePatch]
    groups: list[GroupPatch]


class _Basis(NamedTuple):
    """What was counted last: the cards and statuses stand in the order of the roster."""

    roster: Roster
    cards: Sequence[CardView]
    statuses: Sequence[AssetStatus | None]


class Tally:
    """The patches that bring a page up to date."""

    def __init__(self) -> None:
        self.nodes: dict[str, NodePatch] = {}
        """What is said of each asset that is made here, whether its card is on screen or folded away."""
        self._groups: dict[str, GroupPatch] = {}
        self._states: Counter[str] = Counter()
        self._basis: _Basis | None = None

    @property
    def stale(self) -> int:
        """How many assets a run of what is stale would run."""
        return sum(self._states[state] for state in TO_RUN)

    def to_retry(self, missed: Collection[AssetKey]) -> int:
        """Return how many assets failed, or were missed out and are still to run."""
        names = (key.to_user_string() for key in missed)
        missing = (self.nodes[name]["status"] for name in names if name in self.nodes)
        return self._states["failed"] + sum(state in TO_RUN and state != "failed" for state in missing)

    def count(
        self,
        roster: Roster,
        cards: Mapping[AssetKey, CardView],
        statuses: Mapping[AssetKey, AssetStatus],
    ) -> Changed:
        """Take note of what the assets of a roster are now, and return what differs from the last time."""
        said, known = list(cards.values()), [statuses.get(key) for key in roster.every]
        before, self._basis = self._basis, _Basis(roster, said, known)
        if before is None or before.roster is not roster:
            nodes, self.nodes = self._all(roster, said, known)
        else:
            nodes = self._some(before, said, known)
            if not nodes:
                return Changed([], [])
        states = [card["status"] for card in said]
        self._states = Counter(states[len(roster.external) :])
        pairs = zip(roster.boxes, states, strict=True)
        groups = {
            name: GroupPatch(name=name, count=sum(counts.values()), statuses=dict(counts))
            for name, counts in roll_up(pairs).items()
        }
        changed = [group for name, group in groups.items() if group != self._groups.get(name)]
        self._groups = groups
        return Changed(nodes, changed)

    def _all(
        self, roster: Roster, said: Sequence[CardView], known: Sequence[AssetStatus | None]
    ) -> tuple[list[NodePatch], dict[str, NodePatch]]:
        """Return what differs of all assets, and all of them."""
        nodes: dict[str, NodePatch] = {}
        first = len(roster.external)
        for key, card, status in zip(roster.keys, said[first:], known[first:], strict=True):
            node = _node(roster.names[key], card, status)
            was = self.nodes.get(node["key"])
            nodes[node["key"]] = node if was is None or was != node else was
        return [node for name, node in nodes.items() if node is not self.nodes.get(name)], nodes

    def _some(
        self, before: _Basis, said: Sequence[CardView], known: Sequence[AssetStatus | None]
    ) -> list[NodePatch]:
        """Take note of the assets whose card or status is another object, and return those of which other things are said."""
        changed: list[NodePatch] = []
        first, roster = len(before.roster.external), before.roster
        pairs = zip(said, before.cards, known, before.statuses, strict=True)
        for at, (card, card_before, status, status_before) in enumerate(pairs):
            if (card is card_before and status is status_before) or at < first:
                continue
            node = _node(roster.names[roster.every[at]], card, status)
            if node != self.nodes[node["key"]]:
                self.nodes[node["key"]] = node
                changed.append(node)
        return changed


def _node(name: str, card: CardView, status: AssetStatus | None) -> NodePatch:
    made = None if status is None else status.materialization
    return NodePatch(**card, key=name, made=None if made is None else made.timestamp)
