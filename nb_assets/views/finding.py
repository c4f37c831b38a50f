"""Which assets a search and its filters mean, and what else could be filtered by.

Filters of one facet are alternatives, those of several facets all hold. What is typed is a selection string; plain
words that are no selection are looked for in the keys.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from nb_assets.errors import SelectionError
from nb_assets.graph.selection import WORDS, parse
from nb_assets.graph.selection_text import text_of
from nb_assets.graph.selection_tree import And, Attribute, Lacking, Or, Selecting, Selection
from nb_assets.graph.vocabulary import values_of
from nb_assets.views.finding_model import FacetView, ValueCountView
from nb_assets.views.status import STATUSES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.session import Session

__all__ = ["FACETS", "LACKING", "facet_views", "filtering", "find_assets"]

FACETS = ("status", "group", "kind", "owner", "tag")
LACKING = "<null>"
"""The value of those that have none."""
_CAN_LACK = frozenset({"kind", "owner"})
_MOST_VALUES = 200
_PLAIN_WORDS = re.compile(r"[\w./\-]+(?:\s+[\w./\-]+)*")


def find_assets(session: Session, text: str, filters: Mapping[str, Sequence[str]]) -> tuple[set[AssetKey], str]:
    """Return what a search means, and the selection string that means the same; every asset when nothing is asked for.

    Raises
    ------
    SelectionError
        When the text cannot be read or names what there is not.
    """
    narrower = filtering(filters)
    if not text.strip():
        keys = set(session.select("*"))
        tree = narrower
    else:
        keys, tree = _typed(session, text)
        tree = tree if narrower is None else And((*_operands(tree), *_operands(narrower)))
    if narrower is not None:
        keys &= set(session.select(Selecting(narrower)))
    return keys, "*" if tree is None else text_of(tree)


def _operands(tree: Selection) -> tuple[Selection, ...]:
    return tree.operands if isinstance(tree, And) else (tree,)


def filtering(filters: Mapping[str, Sequence[str]]) -> Selection | None:
    """Return what some filters select, as a tree; None without any."""
    facets: list[Selection] = []
    for facet in FACETS:
        chosen = [_selecting(facet, value) for value in filters.get(facet, ())]
        if chosen:
            facets.append(chosen[0] if len(chosen) == 1 else Or(tuple(chosen)))
    if not facets:
        return None
    return facets[0] if len(facets) == 1 else And(tuple(facets))


def _selecting(facet: str, value: str) -> Selection:
    if value == LACKING and facet in _CAN_LACK:
        return Lacking("kind" if facet == "kind" else "owner")
    return Attribute(facet, value)


def _typed(session: Session, text: str) -> tuple[set[AssetKey], Selection]:
    try:
        return set(session.select(text)), parse(text)
    except SelectionError:
        # Half a name finds what has it, as in every other search box.
        words = text.split()
        if _PLAIN_WORDS.fullmatch(text.strip()) is None or any(word.lower() in WORDS for word in words):
            raise
        parts: list[Selection] = [Attribute("key_substring", word) for word in words]
        tree = parts[0] if len(parts) == 1 else And(tuple(parts))
        keys = set(session.select(Selecting(tree)))
        if not keys:
            raise
        return keys, tree


def facet_views(
    session: Session, keys: Sequence[AssetKey], text: str, filters: Mapping[str, Sequence[str]]
) -> list[FacetView]:
    """Return what some assets can be filtered by: the counts of a facet are of what search and other facets leave.

    A value that is chosen is there though nothing of it is left.
    """
    return [_facet(session, facet, keys, text, filters) for facet in FACETS]


def _facet(
    session: Session, facet: str, keys: Sequence[AssetKey], text: str, filters: Mapping[str, Sequence[str]]
) -> FacetView:
    others = {name: values for name, values in filters.items() if name != facet}
    try:
        found, _ = find_assets(session, text, others)
    except SelectionError:
        found = set()
    counts = Counter[str]()
    graph = session.graph
    statuses = session.status() if facet == "status" else {}
    for key in keys:
        if key not in found:
            continue
        if facet == "status":
            counts[statuses[key].state] += 1
            continue
        values = list(values_of(graph, key, facet))
        counts.update(values or ([LACKING] if facet in _CAN_LACK else ()))
    if set(counts) == {LACKING}:
        counts.clear()  # where nothing has one there is nothing to choose
    for value in filters.get(facet, ()):
        counts[value] += 0
    order = list(STATUSES) if facet == "status" else sorted(counts, key=lambda name: (name == LACKING, name))
    shown = [name for name in order if name in counts]
    return FacetView(
        name=facet,
        values=[ValueCountView(value=name, count=counts[name]) for name in shown[:_MOST_VALUES]],
        more=max(0, len(shown) - _MOST_VALUES),
    )
