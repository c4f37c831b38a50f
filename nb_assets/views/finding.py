"""Which assets a search and its filters mean, and what else could be filtered by.

Filters of one facet are alternatives, those of several facets all hold. What is typed is a selection string; plain
words that are no selection are looked for in the keys.
"""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from typing import TYPE_CHECKING

from nb_assets.errors import SelectionError
from nb_assets.graph.resolve import select
from nb_assets.graph.selection import WORDS, parse
from nb_assets.graph.selection_text import text_of
from nb_assets.graph.selection_tree import And, Attribute, Lacking, Or, Selecting, Selection
from nb_assets.views.finding_model import FacetView, ValueCountView
from nb_assets.views.status import STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.graph.asset_graph import AssetGraph
    from nb_assets.session import Session

__all__ = ["FACETS", "LACKING", "facet_views", "filtering", "find_assets"]

FACETS = ("status", "group", "kind", "owner", "tag")
LACKING = "<null>"
"""The value of those that have none."""
_CAN_LACK = frozenset({"kind", "owner"})
_MOST_VALUES = 200
_PLAIN_WORDS = re.compile(r"[\w./\-]+(?:\s+[\w./\-]+)*")


def find_assets(
    session: Session,
    text: str,
    filters: Mapping[str, Sequence[str]],
    states: Mapping[str, str] | None = None,
) -> tuple[set[AssetKey], str]:
    """Return what a search means, and the selection string that means the same; every asset when nothing is asked for.

    Parameters
    ----------
    states
        The status words of the assets by key, where they are known.

    Raises
    ------
    SelectionError
        When the text cannot be read or names what there is not.
    """
    narrower = filtering(filters)

    def selected(selection: object) -> set[AssetKey]:
        if states is None:
            return set(session.select(selection))
        return set(select(selection, session.graph, lambda key: states.get(key.to_user_string(), "missing")))

    if not text.strip():
        keys, tree = set(session.select("*")), narrower
    else:
        keys, tree = _typed(selected, text)
        tree = tree if narrower is None else And((*_operands(tree), *_operands(narrower)))
    if narrower is not None:
        keys &= selected(Selecting(narrower))
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


def _typed(selected: Callable[[object], set[AssetKey]], text: str) -> tuple[set[AssetKey], Selection]:
    try:
        return selected(text), parse(text)
    except SelectionError:
        # Half a name finds what has it, as in every other search box.
        words = text.split()
        if _PLAIN_WORDS.fullmatch(text.strip()) is None or any(word.lower() in WORDS for word in words):
            raise
        parts: list[Selection] = [Attribute("key_substring", word) for word in words]
        tree = parts[0] if len(parts) == 1 else And(tuple(parts))
        keys = selected(Selecting(tree))
        if not keys:
            raise
        return keys, tree


def facet_views(
    session: Session,
    keys: Sequence[AssetKey],
    text: str,
    filters: Mapping[str, Sequence[str]],
    states: Mapping[str, str],
) -> list[FacetView]:
    """Return what some assets can be filtered by: the counts of a facet are of what search and other facets leave.

    A value that is chosen is there though nothing of it is left; a search that cannot be read leaves everything.

    Parameters
    ----------
    states
        The status words of the assets, by key.
    """
    graph = session.graph
    found: Container[AssetKey] = keys
    if text.strip():
        with contextlib.suppress(SelectionError):
            found, _ = find_assets(session, text, {}, states)
    wanted = {facet: frozenset(filters.get(facet, ())) for facet in FACETS}
    asked = [key for key in keys if found is keys or key in found]
    counts = {facet: Counter[str](dict.fromkeys(wanted[facet], 0)) for facet in FACETS}
    # Thousands of assets have the same values: those that do are looked at together.
    alike = Counter(zip(*(_values(graph, asked, facet, states) for facet in FACETS), strict=True))
    for values, count in alike.items():
        failed = [
            at for at, facet in enumerate(FACETS) if wanted[facet] and wanted[facet].isdisjoint(values[at])
        ]
        # What one facet alone shuts out counts there: it is what choosing another value of it would bring.
        if len(failed) <= 1:
            for at in failed or range(len(FACETS)):
                for value in values[at]:
                    counts[FACETS[at]][value] += count
    return [_facet(facet, counts[facet]) for facet in FACETS]


def _values(
    graph: AssetGraph, keys: Sequence[AssetKey], facet: str, states: Mapping[str, str]
) -> Iterator[Sequence[str]]:
    """Yield the values that each asset has of a facet."""
    if facet == "status":
        return ((states.get(key.to_user_string(), "missing"),) for key in keys)
    values = graph.vocabulary.of_keys(facet)
    lacking = (LACKING,) if facet in _CAN_LACK else ()
    return (values[key] or lacking for key in keys)


def _facet(name: str, counts: Counter[str]) -> FacetView:
    if set(counts) == {LACKING} and name in _CAN_LACK:
        counts = Counter()  # where nothing has one there is nothing to choose
    order = (
        list(STATUSES) if name == "status" else sorted(counts, key=lambda value: (value == LACKING, value))
    )
    shown = [value for value in order if value in counts]
    return FacetView(
        name=name,
        values=[ValueCountView(value=value, count=counts[value]) for value in shown[:_MOST_VALUES]],
        more=max(0, len(shown) - _MOST_VALUES),
    )
