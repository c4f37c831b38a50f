"""Compares two converted frames: chooses how their rows pair, then marks the cells that differ.

A given key is taken at its word. Else a key is inferred; where it looks like no identifier it must explain the data
with no more differences than comparing by position does. Without a key, rows pair by position or as whole rows,
whichever leaves fewer differences.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nb_assets.diff.blocks import Note
from nb_assets.diff.frame_cells import ColumnPair, changed_cells, comparable
from nb_assets.diff.frame_pairs import (
    pair_as_multisets,
    pair_by_key,
    pair_by_position,
    pair_repeated,
)
from nb_assets.diff.keys import infer_key, key_frames
from nb_assets.diff.wording import count, enumerate_names
from nb_assets.errors import near

if TYPE_CHECKING:
    import polars as pl

    from nb_assets.diff.dispatch import Options
    from nb_assets.diff.frame_input import Frame
    from nb_assets.diff.pairing import Pairing


@dataclass(frozen=True, kw_only=True)
class Matched:
    """Rows that are paired in one of the possible ways, with the cells that differ."""

    pairing: Pairing
    cells: pl.DataFrame
    """For each pair of rows, which columns differ; ``c0`` is the first column."""
    rows: pl.Series
    """For each pair of rows, whether any column differs."""
    key: tuple[str, ...] | None = None
    paired_by: str = "position"

    @property
    def rows_changed(self) -> int:
        """How many pairs differ."""
        return int(self.rows.sum())

    @property
    def differences(self) -> int:
        """How many rows it takes to explain the new frame from the old one."""
        return len(self.pairing.added) + len(self.pairing.removed) + self.rows_changed


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Two frames side by side: what the words and the examples are made from."""

    old: Frame
    new: Frame
    columns: list[ColumnPair]
    matched: Matched
    notes: tuple[Note, ...] = ()

    @property
    def pairing(self) -> Pairing:
        """Which row is which."""
        return self.matched.pairing

    @property
    def key(self) -> tuple[str, ...] | None:
        """The columns by which rows were recognised."""
        return self.matched.key


def compare_frames(old: Frame, new: Frame, options: Options) -> Compared:
    """Pair the rows of two frames and compare their cells."""
    nan_is_missing = old.nan_is_missing or new.nan_is_missing
    columns = [
        comparable(name, old.columns[name], new.columns[name], nan_is_missing=nan_is_missing)
        for name in old.columns
        if name in new.columns
    ]
    key, notes = _given_key(options.key, old, new)
    if key is not None:
        matched, note = _by_given_key(columns, key, options)
    else:
        matched, note = _by_choice(columns, old, new, options)
    return Compared(old=old, new=new, columns=columns, matched=matched, notes=(*notes, *note))


def _matched(
    columns: list[ColumnPair],
    pairing: Pairing,
    options: Options,
    *,
    key: tuple[str, ...] | None = None,
    paired_by: str = "position",
) -> Matched:
    import polars as pl

    cells = changed_cells(columns, pairing, options.tolerance)
    rows = (
        cells.select(pl.any_horizontal(pl.all())).to_series()
        if cells.width
        else pl.Series([], dtype=pl.Boolean)
    )
    return Matched(pairing=pairing, cells=cells, rows=rows, key=key, paired_by=paired_by)


def _given_key(
    key: tuple[str, ...] | None, old: Frame, new: Frame
) -> tuple[tuple[str, ...] | None, list[Note]]:
    """Take the key as given if both sides have it, else say what is missing."""
    if key is None:
        return None, []
    for frame, side in ((old, "old"), (new, "new")):
        for name in key:
            if name not in frame.columns:
                hint = near(name, frame.columns)
                words = f"The {side} frame has no column `{name}`, so the given key was not used.{hint}"
                return None, [Note(words, warning=True)]
    return key, []


def _by_given_key(
    columns: list[ColumnPair], key: tuple[str, ...], options: Options
) -> tuple[Matched, list[Note]]:
    by_name = {pair.name: pair for pair in columns}
    olds, news = key_frames([by_name[name] for name in key])
    pairing, notes = pair_by_key(olds, news), []
    if pairing is None:
        pairing = pair_repeated(olds, news)
        rows = count(pairing.repeated, "row repeats", "rows repeat")
        words = f"{rows} a value of the key {enumerate_names(key)}; such rows are paired in their order of appearance."
        notes.append(Note(words, warning=True))
    return _matched(columns, pairing, options, key=key, paired_by="key"), notes


def _by_choice(
    columns: list[ColumnPair], old: Frame, new: Frame, options: Options
) -> tuple[Matched, list[Note]]:
    """Find the pairing that explains the data best."""
    position = _matched(columns, pair_by_position(old.height, new.height), options)
    same_height = old.height == new.height
    if same_height and not position.differences:
        return position, []
    if not columns:
        return position, [Note("The frames share no column, so only their rows were counted.")]
    choice = infer_key(columns, (*old.index, *new.index))
    if choice is not None:
        keyed = _matched(columns, choice.pairing, options, key=choice.columns, paired_by="key")
        if choice.looks_like_one or not same_height or keyed.differences <= position.differences:
            return keyed, [
                Note(f"Rows are recognised by {enumerate_names(choice.columns)}, which no two rows share.")
            ]
    pairing = pair_as_multisets(*key_frames(columns))
    content = _matched(columns, pairing, options, paired_by="content")
    if same_height and position.differences <= content.differences:
        return position, [Note("No columns identify a row, so rows are compared by position.")]
    words = (
        "No columns identify a row, so whole rows are compared: one that changed counts as removed and added."
    )
    return content, [Note(words)]
