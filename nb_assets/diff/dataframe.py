"""What changed between two data frames: pandas, polars and Arrow through one polars engine.

This module orders the steps and says the result in words. Conversion is in ``frame_input.py``, pairing of rows in
``frame_pairs.py`` and ``keys.py``, comparison of cells in ``frame_cells.py``, the examples in ``frame_sample.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nb_assets.diff.blocks import Block, Note
from nb_assets.diff.frame_cells import ColumnPair, changed_cells, comparable
from nb_assets.diff.frame_input import Frame, as_frames
from nb_assets.diff.frame_measures import column_measures
from nb_assets.diff.frame_pairs import (
    Pairing,
    pair_as_multisets,
    pair_by_key,
    pair_by_position,
    pair_repeated,
)
from nb_assets.diff.frame_sample import sample_table
from nb_assets.diff.keys import infer_key, key_frames
from nb_assets.diff.value_diff import ValueDiff
from nb_assets.diff.wording import (
    ARROW,
    UNCHANGED,
    Phrase,
    badge,
    count,
    counts_clause,
    enumerate_names,
    headline,
    headline_text,
)
from nb_assets.errors import near

if TYPE_CHECKING:
    import polars as pl

    from nb_assets.diff.dispatch import Options

_MOST_RENAMES_TRIED = 400


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


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Two frames, side by side: what the words and the examples are made from."""

    old: Frame
    new: Frame
    columns: list[ColumnPair]
    pairing: Pairing
    changed: pl.DataFrame
    """For each matched pair of rows, which columns differ; ``c0`` is the first of `columns`."""
    key: tuple[str, ...] | None
    paired_by: str
    notes: tuple[Note, ...] = ()


def diff_frames(old: Any, new: Any, options: Options) -> FrameDiff:
    """Compare two tables of any of the three libraries."""
    compared = _compare(*as_frames(old, new), options)
    return _described(compared)


def _compare(old: Frame, new: Frame, options: Options) -> Compared:
    nan_is_missing = old.nan_is_missing or new.nan_is_missing
    columns = [
        comparable(name, old.data[name], new.data[name], nan_is_missing=nan_is_missing)
        for name in old.data.columns
        if name in new.data.schema
    ]
    key, notes = _given_key(options.key, old, new)
    by_name = {pair.name: pair for pair in columns}
    chosen = [by_name[name] for name in key or ()]
    pairing: Pairing | None = None
    paired_by = "key"
    if chosen:
        olds, news = key_frames(chosen)
        pairing = pair_by_key(olds, news)
        if pairing is None:
            pairing = pair_repeated(olds, news)
            notes.append(_repeated_note(tuple(key or ()), pairing))
    elif old.height == new.height:
        position = pair_by_position(old.height, new.height)
        changed = changed_cells(columns, position, options.tolerance)
        if not _any_changed(changed).any():
            return Compared(
                old=old,
                new=new,
                columns=columns,
                pairing=position,
                changed=changed,
                key=None,
                paired_by="position",
                notes=tuple(notes),
            )
    if pairing is None:
        choice = infer_key(columns, (*old.index, *new.index))
        if choice is not None:
            key, pairing = choice.columns, choice.pairing
            notes.append(Note(f"Rows are recognised by {_names(choice.columns)}, which no two rows share."))
        else:
            key = None
            pairing, paired_by, note = _keyless(columns, old, new, options)
            notes.append(note)
    return Compared(
        old=old,
        new=new,
        columns=columns,
        pairing=pairing,
        changed=changed_cells(columns, pairing, options.tolerance),
        key=key,
        paired_by=paired_by,
        notes=tuple(notes),
    )


def _given_key(
    key: tuple[str, ...] | None, old: Frame, new: Frame
) -> tuple[tuple[str, ...] | None, list[Note]]:
    """Take the key as given if both sides have it, else say what is missing."""
    if key is None:
        return None, []
    for frame, side in ((old, "old"), (new, "new")):
        for name in key:
            if name not in frame.data.schema:
                hint = near(name, frame.data.columns)
                return None, [
                    Note(
                        f"The {side} frame has no column `{name}`, so the given key was not used.{hint}",
                        warning=True,
                    )
                ]
    return key, []


def _repeated_note(key: tuple[str, ...], pairing: Pairing) -> Note:
    rows = count(pairing.repeated, "row repeats", "rows repeat")
    return Note(
        f"{rows} a value of the key {_names(key)}; such rows are paired in their order of appearance.",
        warning=True,
    )


def _keyless(
    columns: list[ColumnPair], old: Frame, new: Frame, options: Options
) -> tuple[Pairing, str, Note]:
    """Pair by position or by content, whichever explains the data with fewer differences."""
    position = pair_by_position(old.height, new.height)
    if not columns:
        return position, "position", Note("The frames share no column, so their rows were not compared.")
    content = pair_as_multisets(*key_frames(columns))
    if old.height == new.height:
        moved = int(_any_changed(changed_cells(columns, position, options.tolerance)).sum())
        if 2 * (old.height - content.matched) >= moved:
            return position, "position", Note("No columns identify a row, so rows are compared by position.")
    return (
        content,
        "content",
        Note(
            "No columns identify a row, so whole rows are compared: one that changed counts as removed and added."
        ),
    )


def _any_changed(changed: pl.DataFrame) -> pl.Series:
    import polars as pl

    if not changed.width:
        return pl.Series([], dtype=pl.Boolean)
    return changed.select(pl.any_horizontal(pl.all())).to_series()


def _names(names: tuple[str, ...]) -> str:
    return enumerate_names(names, limit=4)


def _described(compared: Compared) -> FrameDiff:
    old, new, pairing = compared.old, compared.new, compared.pairing
    names = [pair.name for pair in compared.columns]
    sums = (
        compared.changed.sum().row(0)
        if compared.changed.width and compared.changed.height
        else [0] * len(names)
    )
    columns_changed = {name: int(cells) for name, cells in zip(names, sums) if cells}
    retyped = {
        name: (old.types[name], new.types[name]) for name in names if old.types[name] != new.types[name]
    }
    renamed = _renamed(compared)
    facts: dict[str, Any] = {
        "rows_added": len(pairing.added),
        "rows_removed": len(pairing.removed),
        "rows_changed": int(_any_changed(compared.changed).sum()) if columns_changed else 0,
        "columns_added": tuple(
            name for name in new.data.columns if name not in old.data.schema and name not in renamed.values()
        ),
        "columns_removed": tuple(
            name for name in old.data.columns if name not in new.data.schema and name not in renamed
        ),
        "columns_renamed": renamed,
        "columns_retyped": retyped,
        "columns_changed": dict(sorted(columns_changed.items(), key=lambda item: -item[1])),
        "key": compared.key,
        "paired_by": compared.paired_by,
    }
    clauses = headline(
        counts_clause(
            "row", added=facts["rows_added"], removed=facts["rows_removed"], changed=facts["rows_changed"]
        ),
        *_column_clauses(facts),
        *_order_clauses(compared),
    )
    if not clauses:
        about = f"{count(new.height, 'row')} × {count(new.data.width, 'column')}"
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


def _renamed(compared: Compared) -> dict[str, str]:
    """Find removed columns whose values live on, cell by cell, in an added one."""
    old, new, pairing = compared.old, compared.new, compared.pairing
    gone = [name for name in old.data.columns if name not in new.data.schema]
    come = [name for name in new.data.columns if name not in old.data.schema]
    renamed: dict[str, str] = {}
    if not pairing.matched or len(gone) * len(come) > _MOST_RENAMES_TRIED or compared.paired_by == "content":
        return renamed
    for before in gone:
        for after in come:
            if (
                after in renamed.values()
                or old.data[before].dtype != new.data[after].dtype
                or old.data[before].null_count() == old.height
            ):
                continue
            pair = comparable(before, old.data[before], new.data[after], nan_is_missing=old.nan_is_missing)
            if not changed_cells([pair], pairing, None).to_series().any():
                renamed[before] = after
                break
    return renamed


def _column_clauses(facts: dict[str, Any]) -> list[list[Phrase]]:
    clauses = []
    for names, verb, tone in (
        (facts["columns_added"], "added", "added"),
        (facts["columns_removed"], "removed", "removed"),
    ):
        if names:
            noun = "column" if len(names) == 1 else "columns"
            clauses.append([Phrase(f"{noun} {enumerate_names(names)} {verb}", tone)])
    for kind, changes in (("renamed", facts["columns_renamed"]), ("retyped", facts["columns_retyped"])):
        words = (
            [f"`{before}` {ARROW} `{after}`" for before, after in changes.items()]
            if kind == "renamed"
            else [f"`{name}` {before} {ARROW} {after}" for name, (before, after) in changes.items()]
        )
        if len(words) > 3:
            words = [f"{len(words):,} columns {kind}"]
        clauses.append([Phrase(word, "changed") for word in words])
    return clauses


def _order_clauses(compared: Compared) -> list[list[Phrase]]:
    clauses = []
    old, new = compared.old, compared.new
    pairing = compared.pairing
    # Where rows repeat, their order of appearance tells of moves only when nothing came or went.
    telling = compared.paired_by == "key" and not pairing.repeated
    if pairing.reordered and (telling or not (len(pairing.added) or len(pairing.removed))):
        clauses.append([Phrase("rows in another order", "changed")])
    if [name for name in new.data.columns if name in old.data.schema] != [
        pair.name for pair in compared.columns
    ]:
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
