"""What changed between two texts: line by line, and word by word in the lines that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.diff.lines import changed_line_counts, line_diff
from nb_assets.diff.value_diff import ValueDiff, shown, unchanged
from nb_assets.diff.wording import badge, count, counts_clause, headline

if TYPE_CHECKING:
    from nb_assets.diff.blocks import Block
    from nb_assets.diff.dispatch import Options


def diff_text(old: str, new: str, options: Options) -> ValueDiff:  # noqa: ARG001 - the signature of every kind
    """Compare two texts."""
    if old == new:
        return unchanged("text", count(len(new), "character"))
    added, removed, changed = changed_line_counts(old, new)
    block = line_diff(old, new)
    blocks: tuple[Block, ...] = (block,) if block is not None else ()
    return shown(
        "text",
        headline(counts_clause("line", added=added, removed=removed, changed=changed)),
        badge=badge(added=added, removed=removed, changed=changed),
        blocks=blocks,
    )
