"""What changed between two data frames: pandas, polars and Arrow through one polars engine.

This module orders the steps and says the result in words. Conversion is in ``frame_input.py``, the comparison itself in
``frame_compare.py``, the examples in ``frame_sample.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nb_assets.diff.blocks import Block, Note
from nb_assets.diff.frame_cells import changed_cells, comparable
from nb_assets.diff.frame_compare import compare_frames
from nb_assets.diff.frame_input import as_frames
from nb_assets.diff.frame_measures import column_measures
from nb_assets.diff.frame_sample import sample_table
from nb_assets.diff.value_diff import ValueDiff
from nb_assets.diff.wording import (
    ARROW,
    UNCHANGED,
    Phrase,
    Tone,
    badge,
    count,
    counts_clause,
    enumerate_names,
    headline,
    headline_text,
)

if TYPE_CHECKING:
    from nb_assets.diff.dispatch import Options
    from nb_assets.diff.frame_compare import Compared

_MOST_RENAMES_TRIED = 400
_ROWS_TRIED = 500
_MOST_NAMED = 3


@dataclass(frozen=True, kw_only=True, repr=False)
class FrameDiff(ValueDiff):
    """What changed between two data frames."""

    rows_added: int = 0
    rows_removed: int = 0
    rows_changed: int = 0
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()
    columns_renamed: dict[str, str] = field(default_factory=dict)
    """Old name → new name, for columns that hold the same values under another name."""
    columns_retyped: dict[str, tuple[str, str]] = field(default_factory=dict)
    columns_changed: dict[str, int] = field(default_factory=dict)
    """Column → how many of its cells changed."""
    key: tuple[str, ...] | None = None
    """The columns by which rows were recognised; None when by position or as whole rows."""
    paired_by: str = "position"
    """``key``, ``position`` or ``content``."""

    def facts(self) -> dict[str, Any]:
        """Give the counts."""
        return {
            "rows_added": self.rows_added,
            "rows_removed": self.rows_removed,
            "rows_changed": self.rows_changed,
            "columns_added": list(self.columns_added[:200]),
            "columns_removed": list(self.columns_removed[:200]),
            "columns_renamed": dict(list(self.columns_renamed.items())[:200]),
            "columns_retyped": {
                name: list(types) for name, types in list(self.columns_retyped.items())[:200]
            },
            "columns_changed": dict(list(self.columns_changed.items())[:200]),
            "key": list(self.key) if self.key is not None else None,
            "paired_by": self.paired_by,
        }


def diff_frames(old: Any, new: Any, options: Options) -> FrameDiff:
    """Compare two tables of any of the three libraries."""
    return described(compare_frames(*as_frames(old, new), options))


def _names(names: tuple[str, ...]) -> str:
    return enumerate_names(names, limit=4)


def described(compared: Compared) -> FrameDiff:
    """Say in words and examples what a comparison found."""
    facts = _facts(compared)
    clauses = headline(
        counts_clause(
            "row", added=facts["rows_added"], removed=facts["rows_removed"], changed=facts["rows_changed"]
        ),
        *_column_clauses(facts),
        *_order_clauses(compared),
    )
    if not clauses:
        new = compared.new
        about = f"{count(new.height, 'row')} × {count(len(new.columns), 'column')}"
        return FrameDiff(
            kind="frame",
            equal=True,
            summary=UNCHANGED,
            headline=((Phrase(UNCHANGED), Phrase(about)),),
            blocks=_warnings(compared),
            **facts,
        )
    return FrameDiff(
        kind="frame",
        equal=False,
        summary=headline_text(clauses),
        badge=badge(added=facts["rows_added"], removed=facts["rows_removed"], changed=facts["rows_changed"])
        or "~",
        headline=clauses,
        blocks=_blocks(compared, facts),
        **facts,
    )


def _facts(compared: Compared) -> dict[str, Any]:
    """Count what changed."""
    old, new, matched = compared.old, compared.new, compared.matched
    names = [pair.name for pair in compared.columns]
    cells = matched.cells.sum().row(0) if matched.cells.height and names else ()
    changed = {name: int(number) for name, number in zip(names, cells, strict=False) if number}
    renamed = _renamed(compared)
    come = (name for name in new.columns if name not in old.columns)
    gone = (name for name in old.columns if name not in new.columns)
    return {
        "rows_added": len(matched.pairing.added),
        "rows_removed": len(matched.pairing.removed),
        "rows_changed": matched.rows_changed,
        "columns_added": tuple(name for name in come if name not in renamed.values()),
        "columns_removed": tuple(name for name in gone if name not in renamed),
        "columns_renamed": renamed,
        "columns_retyped": {
            name: (old.types[name], new.types[name]) for name in names if old.types[name] != new.types[name]
        },
        "columns_changed": dict(sorted(changed.items(), key=lambda item: -item[1])),
        "key": matched.key,
        "paired_by": matched.paired_by,
    }


def _renamed(compared: Compared) -> dict[str, str]:
    """Find removed columns whose values live on, cell by cell, in an added one."""
    old, new, pairing = compared.old, compared.new, compared.pairing
    gone = [name for name in old.columns if name not in new.columns]
    come = [name for name in new.columns if name not in old.columns]
    renamed: dict[str, str] = {}
    if (
        not pairing.matched
        or len(gone) * len(come) > _MOST_RENAMES_TRIED
        or compared.matched.paired_by == "content"
    ):
        return renamed
    few = pairing.first(_ROWS_TRIED)  # Nearly all that differs differs there.
    for before in gone:
        for after in come:
            if (
                after in renamed.values()
                or old.columns[before].dtype != new.columns[after].dtype
                or old.columns[before].null_count() == old.height
            ):
                continue
            pair = comparable(
                before, old.columns[before], new.columns[after], nan_is_missing=old.nan_is_missing
            )
            if not any(changed_cells([pair], some, None).to_series().any() for some in (few, pairing)):
                renamed[before] = after
                break
    return renamed


def _column_clauses(facts: dict[str, Any]) -> list[list[Phrase]]:
    clauses = []
    sides: tuple[tuple[str, Tone], ...] = (("columns_added", "added"), ("columns_removed", "removed"))
    for fact, tone in sides:
        names = facts[fact]
        if names:
            noun = "column" if len(names) == 1 else "columns"
            clauses.append([Phrase(f"{noun} {enumerate_names(names)} {tone}", tone)])
    for kind, changes in (("renamed", facts["columns_renamed"]), ("retyped", facts["columns_retyped"])):
        words = (
            [f"`{before}` {ARROW} `{after}`" for before, after in changes.items()]
            if kind == "renamed"
            else [f"`{name}` {before} {ARROW} {after}" for name, (before, after) in changes.items()]
        )
        if len(words) > _MOST_NAMED:
            words = [f"{len(words):,} columns {kind}"]
        clauses.append([Phrase(word, "changed") for word in words])
    return clauses


def _order_clauses(compared: Compared) -> list[list[Phrase]]:
    clauses = []
    old, new = compared.old, compared.new
    pairing = compared.pairing
    # Where rows repeat, their order of appearance tells of moves only when nothing came or went.
    telling = compared.matched.paired_by == "key" and not pairing.repeated
    if pairing.reordered and (telling or not (len(pairing.added) or len(pairing.removed))):
        clauses.append([Phrase("rows in another order", "changed")])
    if [name for name in new.columns if name in old.columns] != [pair.name for pair in compared.columns]:
        clauses.append([Phrase("columns in another order", "changed")])
    if old.index != new.index:
        clauses.append(
            [
                Phrase(
                    f"index {_names(old.index) or 'of row numbers'} {ARROW} {_names(new.index) or 'of row numbers'}",
                    "changed",
                )
            ]
        )
    if old.type_name != new.type_name:
        clauses.append([Phrase(f"{old.type_name} {ARROW} {new.type_name}", "changed")])
    return clauses


def _warnings(compared: Compared) -> tuple[Block, ...]:
    notes = [note for note in compared.notes if note.warning]
    as_text = tuple(dict.fromkeys((*compared.old.as_text, *compared.new.as_text)))
    if as_text:
        notes.append(Note(f"{_names(as_text)}: compared as text, for values of mixed types are held there."))
    if compared.old.renamed or compared.new.renamed:
        notes.append(
            Note("Some columns share a name; they are paired in their order, the second named `… (2)`.")
        )
    return tuple(notes)


def _blocks(compared: Compared, facts: dict[str, Any]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if facts["columns_changed"]:
        blocks.append(column_measures(compared.columns, facts["columns_changed"], compared.pairing.matched))
    sample = sample_table(compared, facts["columns_added"], facts["columns_removed"])
    if sample is not None:
        blocks.append(sample)
    notes = [note for note in compared.notes if not note.warning]
    return (*_warnings(compared), *blocks, *notes)
