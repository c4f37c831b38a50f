"""What changed between two NumPy arrays: shape, type, how many elements, by how much at most and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nb_assets.diff.blocks import Block, Cell, Column, Measure, Measures, Row, Table
from nb_assets.diff.cell_text import change_cell
from nb_assets.diff.heat_map import heat_map
from nb_assets.diff.safely import safe_equal
from nb_assets.diff.value_diff import ValueDiff, shown, unchanged
from nb_assets.diff.wording import ARROW, Phrase, badge, count, headline, number_text, percent, shorten

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nb_assets.diff.dispatch import Options

_MOST_SHOWN = 10
_NUMBERS = "biufc"


def is_array(value: object) -> bool:
    """Recognise NumPy arrays without importing NumPy."""
    return any(cls.__module__ == "numpy" and cls.__name__ == "ndarray" for cls in type(value).__mro__)


def diff_arrays(old: NDArray[Any], new: NDArray[Any], options: Options) -> ValueDiff:
    """Compare two arrays, element by element where their shapes are the same."""
    old, new = _plain(old), _plain(new)
    clauses = []
    if old.shape != new.shape:
        clauses.append([Phrase(f"shape {_shape(old)} {ARROW} {_shape(new)}", "changed")])
    if old.dtype != new.dtype:
        clauses.append([Phrase(f"{old.dtype} {ARROW} {new.dtype}", "changed")])
    changed = 0
    blocks: tuple[Block, ...] = ()
    if old.shape == new.shape:
        differs = _differing(old, new, options.tolerance)
        changed = int(differs.sum())
        if changed:
            clauses.insert(0, _counted(old, new, differs, changed))
            blocks = _blocks(old, new, differs, changed)
    if not clauses:
        return unchanged("array", f"{new.dtype} {_shape(new)}")
    grown = _growth(old, new)
    return shown("array", headline(*clauses), badge=badge(changed=changed, **grown) or "~", blocks=blocks)


def _plain(array: NDArray[Any]) -> NDArray[Any]:
    """Let go of subclasses that index in ways of their own, as matrices do; masks are kept."""
    import numpy as np

    return array if isinstance(array, np.ma.MaskedArray) else np.asarray(array)


def _growth(old: NDArray[Any], new: NDArray[Any]) -> dict[str, int]:
    """Say rows gained or lost, when only the length of the array changed."""
    if not old.ndim or old.ndim != new.ndim or old.shape[1:] != new.shape[1:]:
        return {}
    return {"added": max(0, len(new) - len(old)), "removed": max(0, len(old) - len(new))}


def _shape(array: NDArray[Any]) -> str:
    return "(" + ", ".join(f"{length:,}" for length in array.shape) + ")"


def _differing(old: NDArray[Any], new: NDArray[Any], tolerance: float | None) -> NDArray[np.bool_]:
    """Mark the elements that differ; what is masked on both sides is equal."""
    import numpy as np

    if isinstance(old, np.ma.MaskedArray) or isinstance(new, np.ma.MaskedArray):
        hidden = [np.ma.getmaskarray(side) for side in (old, new)]
        differs = _differing(np.ma.getdata(old), np.ma.getdata(new), tolerance)
        apart: NDArray[np.bool_] = hidden[0] != hidden[1]
        return np.asarray((differs & ~hidden[0] & ~hidden[1]) | apart)
    if old.dtype.names and old.dtype == new.dtype:
        fields = [_differing(old[name], new[name], tolerance) for name in old.dtype.names]
        return np.asarray(np.any([_over_elements(field, old.ndim) for field in fields], axis=0))
    if "O" in {old.dtype.kind, new.dtype.kind}:
        pairs = zip(old.ravel(), new.ravel(), strict=True)
        flat = np.fromiter((not _same(a, b) for a, b in pairs), dtype=bool, count=old.size)
        return flat.reshape(old.shape)
    if old.dtype.kind in _NUMBERS and new.dtype.kind in _NUMBERS:
        differs = np.asarray(old != new)
        if old.dtype.kind in "fc" and new.dtype.kind in "fc":
            differs &= ~(np.isnan(old) & np.isnan(new))
        if tolerance is not None:
            with np.errstate(all="ignore"):
                differs &= ~(np.abs(_distance(old, new)) <= tolerance)
        return differs
    if old.dtype.kind in "mM" and old.dtype.kind == new.dtype.kind:
        return np.asarray((old != new) & ~(np.isnat(old) & np.isnat(new)))
    if old.dtype == new.dtype or (old.dtype.kind in "US" and old.dtype.kind == new.dtype.kind):
        return np.asarray(old != new)
    return np.ones(old.shape, dtype=bool)


def _over_elements(differs: NDArray[np.bool_], dimensions: int) -> NDArray[np.bool_]:
    """Say of each element whether anything in a field that holds an array differs."""
    import numpy as np

    inner = tuple(range(dimensions, differs.ndim))
    return np.asarray(differs.any(axis=inner)) if inner else differs


def _same(old: object, new: object) -> bool:
    if type(old) is not type(new):
        return False
    both_nan = isinstance(old, float) and old != old and new != new  # noqa: PLR0124 - NaN
    return both_nan or bool(safe_equal(old, new))


def _distance(old: NDArray[Any], new: NDArray[Any]) -> NDArray[Any]:
    kind = complex if "c" in {old.dtype.kind, new.dtype.kind} else float
    difference: NDArray[Any] = new.astype(kind) - old.astype(kind)
    return difference


def _counted(old: NDArray[Any], new: NDArray[Any], differs: NDArray[np.bool_], changed: int) -> list[Phrase]:
    phrases = [Phrase(f"{changed:,} of {count(old.size, 'element')} changed", "changed")]
    largest = _largest(old, new, differs)
    if largest is not None:
        place, amount = largest
        phrases.append(
            Phrase(f"by at most {number_text(amount)}" + (f" at {_index(place)}" if place else ""))
        )
    return phrases


def _largest(
    old: NDArray[Any], new: NDArray[Any], differs: NDArray[np.bool_]
) -> tuple[tuple[int, ...], float] | None:
    """Find where the two are furthest apart."""
    import numpy as np

    if old.dtype.kind not in _NUMBERS or new.dtype.kind not in _NUMBERS:
        return None
    places = np.nonzero(differs.ravel())[0]
    with np.errstate(all="ignore"):
        apart = np.abs(_distance(old.ravel()[places], new.ravel()[places]))
    apart = np.where(np.isfinite(apart), apart, -1)
    at = int(apart.argmax())
    if apart[at] < 0:
        return None
    return tuple(int(each) for each in np.unravel_index(places[at], old.shape)), float(apart[at])


def _index(place: tuple[int, ...]) -> str:
    return "[" + ", ".join(map(str, place)) + "]"


def _blocks(
    old: NDArray[Any], new: NDArray[Any], differs: NDArray[np.bool_], changed: int
) -> tuple[Block, ...]:
    """Show the largest changes, or the first where there is no largest."""
    import numpy as np

    places = np.nonzero(differs.ravel())[0]
    if old.dtype.kind in _NUMBERS and new.dtype.kind in _NUMBERS:
        with np.errstate(all="ignore"):
            apart = np.nan_to_num(np.abs(_distance(old.ravel()[places], new.ravel()[places])), nan=np.inf)
        places = places[np.argsort(-apart, kind="stable")[:_MOST_SHOWN]]
    rows = tuple(_row(old, new, int(place)) for place in places[:_MOST_SHOWN])
    caption = f"the {len(rows)} largest of {changed:,} changes" if changed > len(rows) else ""
    bar = Measure(
        "elements", f"{changed:,}", changed / max(1, old.size), "changed", percent(changed, old.size)
    )
    table = Table((Column("index"), Column("value", numeric=old.dtype.kind in _NUMBERS)), rows, caption)
    if old.size <= 1:
        return ()
    drawn = heat_map(old, new, differs)
    return (Measures((bar,)), table) if drawn is None else (Measures((bar,)), drawn, table)


def _row(old: NDArray[Any], new: NDArray[Any], place: int) -> Row:
    import numpy as np

    where = tuple(int(each) for each in np.unravel_index(place, old.shape))
    before, after = old.ravel()[place], new.ravel()[place]
    before, after = (value.item() if hasattr(value, "item") else value for value in (before, after))
    return Row((Cell(shorten(_index(where))), change_cell(before, after)), "changed")
