"""The lineage of a session's assets, placed and ready to draw.

Responsible for which assets, groups and edges are in the picture and what each card says. Positions come from
`layout`; drawing is the business of the widget's front end and of `export`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nb_assets.definitions.naming import groups_around
from nb_assets.errors import UsageError
from nb_assets.layout import layout
from nb_assets.views.cards import Cards
from nb_assets.views.model import EdgeView, GroupView, LineageView, NodeView
from nb_assets.views.roster import Roster, boxes_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.layout import Layout
    from nb_assets.session import Session
    from nb_assets.views.model import CardView, Direction

__all__ = [
    "FOLD_ABOVE",
    "Shown",
    "groups_to_fold",
    "lineage_view",
    "read_direction",
    "roll_up",
    "roster_of",
    "shown_groups",
    "shown_keys",
]

NODE_WIDTH = 200.0
NODE_HEIGHT = 64.0
FOLD_ABOVE = 300
"""How many assets are drawn before their groups start folded."""
FOLD_WITHIN_ABOVE = 48
"""How many folded groups are drawn before those around them start folded too."""


@dataclass(slots=True)
class Shown:
    """The layout that is on a screen, and whose."""

    layout: Layout | None = None
    roster: Roster | None = None


def lineage_view(
    session: Session,
    selection: object = "*",
    *,
    collapsed: Iterable[str] | None = None,
    direction: Direction = "LR",
    node_size: tuple[float, float] = (NODE_WIDTH, NODE_HEIGHT),
    within: Collection[AssetKey] | None = None,
    shown: Shown | None = None,
    cards: Cards | None = None,
) -> LineageView:
    """Return the picture of the selected assets and of what else they are derived from.

    Parameters
    ----------
    collapsed
        The groups drawn as one small box; by default those that `groups_to_fold` names.
    node_size
        Width and height of every card.
    within
        The assets that alone stay in the picture; an edge leads past what was taken out between two of them.
    shown
        What was on screen before, which stays where it was as far as that goes well; now what this returns.
    cards
        What the cards said before, where that was kept.
    """
    graph = session.graph
    shown = Shown() if shown is None else shown
    statuses = session.status()
    shown.roster = roster = roster_of(session, selection, within, shown.roster)
    names, groups = roster.names, roster.groups
    shut = groups_to_fold(groups) if collapsed is None else frozenset(collapsed)
    placed = layout(
        roster.nodes(node_size),
        roster.edges,
        collapsed=shut,
        direction=direction,
        before=shown.layout,
    )
    shown.layout = placed
    said = (cards or Cards(session)).of(roster.every, statuses)
    nodes = [
        _node(key, name, graph, said[key], groups.get(key), placed)
        for key, name in names.items()
        if name in placed.nodes
    ]
    counts = roll_up(zip(roster.boxes, (card["status"] for card in said.values()), strict=True))
    return LineageView(
        nodes=nodes,
        groups=list(_groups(placed, shut, counts)),
        edges=[
            EdgeView(
                source=edge.source,
                target=edge.target,
                # A tenth of a pixel is more than is seen, and half of what is sent is digits.
                points=[[round(x, 1), round(y, 1)] for x, y in edge.points],
            )
            for edge in placed.edges
        ],
        width=placed.width,
        height=placed.height,
        direction=direction,
    )


def read_direction(text: object) -> Direction:
    """Return the way edges are to run.

    Raises
    ------
    UsageError
        When it is neither `LR` nor `TB`.
    """
    if text == "LR" or text == "TB":  # noqa: PLR1714 - so that the type follows
        return text
    raise UsageError(f"edges run `LR`, left to right, or `TB`, top to bottom; not {text!r}.")


def shown_keys(
    session: Session, selection: object, within: Collection[AssetKey] | None = None
) -> tuple[Sequence[AssetKey], Sequence[AssetKey]]:
    """Return the selected assets, and those made elsewhere that they are derived from; all of these when all are shown.

    Parameters
    ----------
    within
        The assets that alone are shown.
    """
    keys = session.select(selection)
    graph = session.graph
    external = graph.external
    if selection != "*":
        read = {other for key in keys for other in graph.upstream(key)}
        external = [key for key in external if key in read]
    if within is None:
        return keys, external
    return [key for key in keys if key in within], [key for key in external if key in within]


def shown_groups(session: Session, keys: Sequence[AssetKey]) -> dict[AssetKey, str]:
    """Return the box of each asset; none at all when every one of them would be in the box `default`."""
    return boxes_of(session.graph, keys)


def roster_of(
    session: Session,
    selection: object,
    within: Collection[AssetKey] | None = None,
    before: Roster | None = None,
) -> Roster:
    """Return the assets of a picture; those of before where they would be the same."""
    graph = session.graph
    if before is not None and before.serves(graph, selection, within):
        return before
    keys, external = shown_keys(session, selection, within)
    return Roster(graph=graph, selection=selection, within=within, keys=keys, external=external)


def groups_to_fold(groups: Mapping[AssetKey, str]) -> frozenset[str]:
    """Return the groups that start folded, when there are more assets than an eye takes in.

    Those that hold assets; and where these are too many in turn, those around them too, from the first level on which there
    are several.
    """
    if len(groups) <= FOLD_ABOVE:
        return frozenset()
    names = frozenset(groups.values())
    if len(names) <= FOLD_WITHIN_ABOVE:
        return names
    around = {above for name in names for above in groups_around(name)}
    levels = sorted({name.count("/") for name in around})
    first = next((level for level in levels if sum(name.count("/") == level for name in around) > 1), 0)
    return frozenset(name for name in around if name.count("/") >= first)


def roll_up(states: Iterable[tuple[str | None, str]]) -> dict[str, Counter[str]]:
    """Count the states in each group, given the group and state of each asset; a group `a/b` counts in `a` too."""
    counts: dict[str, Counter[str]] = {}
    for (group, state), count in Counter(states).items():
        for name in () if group is None else groups_around(group):
            counts.setdefault(name, Counter())[state] += count
    return counts


def _node(
    key: AssetKey, name: str, graph: AssetGraph, card: CardView, group: str | None, placed: Layout
) -> NodeView:
    box = placed.nodes[name]
    known = key in graph
    told = known or graph.described(key) is not None
    spec = graph.spec(key) if told else None
    return NodeView(
        **card,
        key=name,
        name=name,
        group=group,
        kinds=sorted(spec.kinds) if spec is not None else [],
        owner=next(iter(spec.owners), "") if spec is not None else "",
        upstream=len(graph.upstream(key)) if told else 0,
        downstream=len(graph.downstream(key)),
        external=not known,
        x=round(box.x, 1),
        y=round(box.y, 1),
        width=box.width,
        height=box.height,
    )


def _groups(placed: Layout, shut: frozenset[str], counts: Mapping[str, Counter[str]]) -> Iterator[GroupView]:
    for name, box in placed.groups.items():
        above, _, title = name.rpartition("/")
        states = counts.get(name, Counter())
        yield GroupView(
            name=name,
            title=title,
            count=sum(states.values()),
            statuses=dict(states),
            collapsed=name in shut,
            x=box.x,
            y=box.y,
            width=box.width,
            height=box.height,
            parent=above or None,
        )
