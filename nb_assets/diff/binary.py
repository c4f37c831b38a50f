"""What changed between two byte strings: their lengths, and the first bytes that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.diff.blocks import Line, Lines
from nb_assets.diff.value_diff import ValueDiff, shown, unchanged
from nb_assets.diff.wording import ARROW, Phrase, count, headline

if TYPE_CHECKING:
    from nb_assets.diff.dispatch import Options

_ROW = 16
_ROWS = 4


def diff_bytes(old: bytes, new: bytes, options: Options) -> ValueDiff:  # noqa: ARG001 - the signature of every kind
    """Compare two byte strings."""
    if old == new:
        return unchanged("bytes", count(len(new), "byte"))
    at = _first_difference(old, new)
    size = (
        f"{len(old):,} {ARROW} {count(len(new), 'byte')}" if len(old) != len(new) else count(len(new), "byte")
    )
    pieces = headline([Phrase(size, "changed")], [Phrase(f"they differ from byte {at:,} on", "changed")])
    start = at - at % _ROW
    return shown(
        "bytes", pieces, badge="~", blocks=(Lines((_dump(old, new, start),), "from the first difference"),)
    )


def _first_difference(old: bytes, new: bytes) -> int:
    """Find the first differing byte by halving, so that only comparisons in C walk the data."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _dump(old: bytes, new: bytes, start: int) -> tuple[Line, ...]:
    lines: list[Line] = []
    for offset in range(start, start + _ROW * _ROWS, _ROW):
        before, after = old[offset : offset + _ROW], new[offset : offset + _ROW]
        if before == after:
            lines += [Line("", _segments(before, after, offset))] if before else []
            continue
        lines += [Line("removed", _segments(before, after, offset))] if before else []
        lines += [Line("added", _segments(after, before, offset))] if after else []
    return tuple(lines)


def _segments(row: bytes, other: bytes, offset: int) -> tuple[tuple[str, bool], ...]:
    cells: list[tuple[str, bool]] = []
    for place, byte in enumerate(row):
        cells += [(f"{byte:02x}", place >= len(other) or other[place] != byte), (" ", False)]
    printable = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)  # noqa: PLR2004 - printable ASCII
    return ((f"{offset:08x}  ", False), *cells, ("   " * (_ROW - len(row)) + " " + printable, False))
