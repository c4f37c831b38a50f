"""Finds out which columns identify a row, when nobody said so.

A key is unique on both sides, holds no null and no measurement (no float, nothing nested). Columns that look like
identifiers come first, then an index, times, text, whole numbers; single columns before pairs before triples. Of several
the one that recognises the most rows wins. The search is bounded: a handful of full checks, whatever the width.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nb_assets.diff.frame_pairs import is_unique, pair_by_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import polars as pl

    from nb_assets.diff.frame_cells import ColumnPair
    from nb_assets.diff.pairing import Pairing

_IDENTIFIER = re.compile(
    r"(?:^|_|\b)(?:id|ids|key|uuid|guid|pk|index|code|isin|sku|ean|iban|email|slug|url)$|(?<=[a-z])(?:Id|ID|Key)$",
    re.IGNORECASE,
)
_SAMPLE = 4_000
_CANDIDATES = 12
_WIDEST = 3
_FULL_CHECKS = 6
_ROWS_PER_CHECK = 30_000_000
_LIKE_A_KEY = 2


@dataclass(frozen=True, kw_only=True)
class KeyChoice:
    """A key, how its rows pair, and why it was chosen."""

    columns: tuple[str, ...]
    pairing: Pairing
    looks_like_one: bool
    """Whether it is an index or named like an identifier, and not only unique."""


def infer_key(columns: Sequence[ColumnPair], index: Sequence[str]) -> KeyChoice | None:
    """Find the smallest key, or None when there is none within the bounds of the search."""
    if (
        not columns
        or not len(columns[0].old)
        or not len(columns[0].new)
        or len(columns[0].old) == len(columns[0].new) == 1
    ):
        return None
    rows = len(columns[0].old) + len(columns[0].new)
    checks = max(2, min(_FULL_CHECKS, _ROWS_PER_CHECK // rows))
    best: KeyChoice | None = None
    for _, group in itertools.groupby(_promising(columns, index), key=len):
        for chosen in itertools.islice(group, checks):
            pairing = pair_by_key(*key_frames(chosen))
            if pairing is None:
                continue
            choice = KeyChoice(
                columns=tuple(pair.name for pair in chosen),
                pairing=pairing,
                looks_like_one=all(_rank(pair, index) <= _LIKE_A_KEY for pair in chosen),
            )
            if best is None or pairing.matched > best.pairing.matched:
                best = choice
            if _recognises_all(choice, columns[0]):
                return choice
        if best is not None and best.pairing.matched:
            return best
    # A key that recognises no row at all says less than none.
    return best if best is not None and best.pairing.matched else None


def key_frames(chosen: Sequence[ColumnPair]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Put the key's columns into a frame for each side, under names that no expression can take for a pattern."""
    import polars as pl

    old = pl.DataFrame({f"k{place}": pair.old for place, pair in enumerate(chosen)})
    return old, pl.DataFrame({f"k{place}": pair.new for place, pair in enumerate(chosen)})


def _recognises_all(choice: KeyChoice, column: ColumnPair) -> bool:
    return choice.pairing.matched == min(len(column.old), len(column.new))


def _promising(columns: Sequence[ColumnPair], index: Sequence[str]) -> Iterator[tuple[ColumnPair, ...]]:
    """Yield combinations that are unique in a sample of both sides, the smallest first."""
    ranked = sorted(
        (pair for pair in columns if _may_identify(pair)),
        key=lambda pair: (_rank(pair, index), pair.name),
    )
    samples = {pair.name: (pair.old.head(_SAMPLE), pair.new.head(_SAMPLE)) for pair in ranked}
    singles = [pair for pair in ranked if _unique_in(samples, (pair,))]
    yield from ((pair,) for pair in singles)
    candidates = ranked[:_CANDIDATES]
    for width in range(2, _WIDEST + 1):
        for chosen in itertools.combinations(candidates, width):
            if _unique_in(samples, chosen):
                yield chosen


def _unique_in(samples: dict[str, tuple[pl.Series, pl.Series]], chosen: Sequence[ColumnPair]) -> bool:
    import polars as pl

    if len(chosen) == 1:  # The most frequent case by far, without the detour through a frame.
        return all(side.n_unique() == len(side) for side in samples[chosen[0].name])
    return all(
        is_unique(pl.DataFrame({f"k{place}": samples[pair.name][side] for place, pair in enumerate(chosen)}))
        for side in (0, 1)
    )


def _may_identify(pair: ColumnPair) -> bool:
    import polars as pl

    kind = pair.old.dtype
    if (
        kind.is_float()
        or kind.is_nested()
        or kind.is_decimal()
        or isinstance(kind, (pl.Null, pl.Binary, pl.Duration))
    ):
        return False
    return not pair.old.null_count() and not pair.new.null_count()


def _rank(pair: ColumnPair, index: Sequence[str]) -> int:
    if pair.name in index:
        return 2 if pair.name == "index" else 0
    if _IDENTIFIER.search(pair.name):
        return 1
    kind = pair.old.dtype
    if kind.is_temporal():
        return 3
    return 5 if kind.is_numeric() else 6 if str(kind) == "Boolean" else 4
