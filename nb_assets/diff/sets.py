"""What changed between two sets: which members came, which went."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

from nb_assets.diff.blocks import Cell, Column, Row, Table
from nb_assets.diff.opaque import diff_opaque
from nb_assets.diff.safely import short_repr
from nb_assets.diff.value_diff import ValueDiff, shown, unchanged
from nb_assets.diff.wording import badge, count, counts_clause, headline

if TYPE_CHECKING:
    from nb_assets.diff.blocks import Mark
    from nb_assets.diff.dispatch import Options

_MOST_SHOWN = 20
_MOST_SORTED = 10_000


def diff_sets(old: AbstractSet[Any], new: AbstractSet[Any], options: Options) -> ValueDiff:
    """Compare two sets."""
    if type(old) is not type(new):
        return diff_opaque(old, new, options)
    added, removed = new - old, old - new
    if not added and not removed:
        return unchanged("set", count(len(new), "member"))
    rows = (*_rows(added, "added"), *_rows(removed, "removed"))
    more = len(added) + len(removed) - len(rows)
    caption = f"{len(rows)} of {len(added) + len(removed):,} members that came or went" if more else ""
    return shown(
        "set",
        headline(counts_clause("member", added=len(added), removed=len(removed))),
        badge=badge(added=len(added), removed=len(removed)),
        blocks=(Table((Column("member"),), rows, caption),),
    )


def _rows(members: AbstractSet[Any], mark: Mark) -> tuple[Row, ...]:
    texts = [short_repr(member) for member, _ in zip(members, range(_MOST_SORTED), strict=False)]
    return tuple(Row((Cell(text),), mark) for text in sorted(texts)[:_MOST_SHOWN])
