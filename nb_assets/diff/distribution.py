"""How the values of one column are distributed, before and after: a small shape to draw, and what moved in words.

Shapes and quantiles of long columns are taken from rows at even distances, which the words say; counts are exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nb_assets.diff.blocks import Shape
from nb_assets.diff.cell_text import value_text
from nb_assets.diff.wording import ARROW, number_text, percent, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import polars as pl

_BINS = 16
# Of fewer values the examples say it all.
_FEWEST = 12
_SAMPLE = 50_000
_MOST_CATEGORIES = 12
_MOST_DISTINCT = 1_000
_MOST_NAMED = 3
# Values further out than this share of each side are drawn in the outermost bins, or one outlier would flatten the rest.
_TAIL = 0.005


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """What became of a column as a whole.

    Attributes
    ----------
    shape
        The shares of the column's values before and after; None where there is nothing to draw.
    moved
        What moved, a few words each.
    """

    shape: Shape | None = None
    moved: tuple[str, ...] = ()


def distribution(old: pl.Series, new: pl.Series) -> Distribution:
    """Compare two columns of one type as a whole."""
    import polars as pl

    if old.dtype.is_numeric():
        shape, moved = _of_numbers(old, new)
    elif old.dtype.is_temporal():
        shape, moved = _of_times(old, new)
    elif isinstance(old.dtype, (pl.String, pl.Boolean, pl.Enum, pl.Categorical)):
        shape, moved = _of_categories(old, new)
    else:
        shape, moved = None, []
    return Distribution(shape=shape, moved=(*moved, *_missing(old, new)))


def _of_numbers(old: pl.Series, new: pl.Series) -> tuple[Shape | None, list[str]]:
    sides = tuple(_finite(side) for side in (old, new))
    moved = [*_moved("mean", *(_rounded(side.mean()) for side in sides))]
    if old.dtype.is_float():
        moved += _moved("NaN", *(f"{int(side.is_nan().sum()):,}" for side in (old, new)))
        moved += _moved("infinite", *(f"{int(side.is_infinite().sum()):,}" for side in (old, new)))
    if min(map(len, sides)) < _FEWEST:
        return None, moved
    sampled = any(len(side) > _SAMPLE for side in sides)
    samples = tuple(_sample(side) for side in sides)
    about = "≈ " if sampled else ""
    medians = [side.median() for side in samples]
    moved += _moved(f"median {about}".strip(), *map(_rounded, medians))
    if medians[0] == medians[1]:
        quarters = [f"{_rounded(side.quantile(0.25))}…{_rounded(side.quantile(0.75))}" for side in samples]
        moved += _moved(f"middle half {about}".strip(), *quarters)
    return _histogram(samples, _rounded), moved


def _of_times(old: pl.Series, new: pl.Series) -> tuple[Shape | None, list[str]]:
    import polars as pl

    moved = [
        *_moved("earliest", value_text(old.min()), value_text(new.min())),
        *_moved("latest", value_text(old.max()), value_text(new.max())),
    ]

    def told(place: float) -> str:
        # Days count in another width than moments do.
        return value_text(pl.Series([round(place)]).cast(old.to_physical().dtype).cast(old.dtype)[0])

    if min(len(old), len(new)) < _FEWEST:
        return None, moved
    whole = tuple(side.drop_nulls().to_physical().cast(pl.Int64) for side in (old, new))
    return _histogram(tuple(_sample(side) for side in whole), told), moved


def _of_categories(old: pl.Series, new: pl.Series) -> tuple[Shape | None, list[str]]:
    before, after = (_counts(side) for side in (old, new))
    if before is None or after is None:
        distinct = [f"{side.drop_nulls().n_unique():,}" for side in (old, new)]
        return None, list(_moved("distinct", *distinct))
    come = [name for name in after if name not in before]
    gone = [name for name in before if name not in after]
    moved = [f"{word} {_named(names)}" for word, names in (("new", come), ("gone", gone)) if names]
    if not moved and len(before) <= _MOST_CATEGORIES:
        moved += _most_moved(before, after)
    if not moved:
        moved += _moved("distinct", f"{len(before):,}", f"{len(after):,}")
    names = sorted({*before, *after}, key=lambda name: (-before.get(name, 0), -after.get(name, 0), name))
    if not 1 < len(names) <= _MOST_CATEGORIES or min(len(old), len(new)) < _FEWEST:
        return None, moved
    first, second = ([float(side.get(name, 0)) for name in names] for side in (before, after))
    return _shape(first, second, names[0], names[-1]), moved


def _counts(side: pl.Series) -> dict[str, int] | None:
    """Count each value, unless they hardly repeat, so that they are no categories."""
    import polars as pl

    if _sample(side).n_unique() > _MOST_DISTINCT:
        return None
    said = side.drop_nulls() if side.dtype == pl.Boolean else side.drop_nulls().cast(pl.String)
    counted = said.alias("v").value_counts(name="n")
    if counted.height > _MOST_DISTINCT or 2 * counted.height > len(said):
        return None
    # The most frequent first, and no order of chance.
    counted = counted.sort(["n", "v"], descending=[True, False])
    return {
        repr(shorten(value, 30) if isinstance(value, str) else value): number
        for value, number in counted.iter_rows()
    }


def _named(names: list[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMED])
    return shown + (f" and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else "")


def _most_moved(before: dict[str, int], after: dict[str, int]) -> Iterator[str]:
    """Say which category's share moved most."""
    totals = [sum(side.values()) for side in (before, after)]
    if not all(totals):
        return
    gains = {name: after.get(name, 0) / totals[1] - number / totals[0] for name, number in before.items()}
    name = max(gains, key=lambda each: (round(abs(gains[each]), 9), gains[each]))
    shares = (percent(before[name], totals[0]), percent(after.get(name, 0), totals[1]))
    yield from _moved(name, *shares)


def _missing(old: pl.Series, new: pl.Series) -> Iterator[str]:
    """Say how many values are missing on each side, as a share too where the lengths differ."""
    before, after = old.null_count(), new.null_count()
    if before != after:
        yield f"nulls {_share(before, old)} {ARROW} {_share(after, new)}"


def _share(number: int, side: pl.Series) -> str:
    return f"{number:,}" + (f" ({percent(number, len(side))})" if number else "")


def _finite(side: pl.Series) -> pl.Series:
    side = side.drop_nulls()
    return side.filter(side.is_finite()) if side.dtype.is_float() else side


def _sample(side: pl.Series) -> pl.Series:
    return side if len(side) <= _SAMPLE else side.gather_every(-(-len(side) // _SAMPLE))


def _rounded(value: Any) -> str:
    try:
        return number_text(float(f"{float(value):.4g}"))
    except (TypeError, ValueError):
        return "none"


def _moved(what: str, before: str, after: str) -> Iterator[str]:
    if before != after:
        yield f"{what} {before} {ARROW} {after}"


def _histogram(samples: tuple[pl.Series, ...], told: Any) -> Shape | None:
    import numpy as np

    sides = [np.asarray(side.to_numpy(), dtype=float) for side in samples]
    if not any(len(side) for side in sides):
        return None
    whole = np.concatenate(sides)
    low, high = (float(end) for end in (whole.min(), whole.max()))
    ends = [np.quantile(side, (_TAIL, 1 - _TAIL)) for side in sides if len(side)]
    inner_low, inner_high = min(float(end[0]) for end in ends), max(float(end[1]) for end in ends)
    if inner_high > inner_low and high - low > 2 * (inner_high - inner_low):
        clipped_low, clipped_high = inner_low, inner_high
    else:
        clipped_low, clipped_high = low, high
    if not clipped_high > clipped_low or not np.isfinite(clipped_high - clipped_low):
        return None
    edges = np.linspace(clipped_low, clipped_high, _BINS + 1)
    counts = [np.histogram(np.clip(side, clipped_low, clipped_high), edges)[0] for side in sides]
    signs = ("≤ " if clipped_low > low else "", "≥ " if clipped_high < high else "")
    return _shape(
        counts[0].tolist(), counts[1].tolist(), signs[0] + told(clipped_low), signs[1] + told(clipped_high)
    )


def _shape(before: Iterable[float], after: Iterable[float], low: str, high: str) -> Shape | None:
    """Scale the counts of each side to shares, and the tallest of both to one."""
    shares = [
        [count / total for count in side] if (total := sum(side)) else [0.0 for _ in side]
        for side in map(list, (before, after))
    ]
    tallest = max((share for side in shares for share in side), default=0.0)
    if not tallest:
        return None
    first, second = (tuple(round(share / tallest, 3) for share in side) for side in shares)
    return Shape(before=first, after=second, low=low, high=high)
