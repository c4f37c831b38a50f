"""Compares texts line by line, and the lines that changed word by word.

Bounded: beyond `_LONGEST` lines the common ends are cut off first and the rest is compared coarsely, so that no text
takes longer than a moment.
"""

from __future__ import annotations

import difflib
import re
from itertools import islice
from typing import TYPE_CHECKING

from nb_assets.diff.blocks import Line, Lines
from nb_assets.diff.cell_text import focused
from nb_assets.diff.wording import ELLIPSIS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CONTEXT = 2
_MOST_SHOWN = 120
_LONGEST = 4_000
_PATIENT = 600
_WIDEST = 400
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_ALIKE = 0.4

Opcode = tuple[str, int, int, int, int]
Segments = tuple[tuple[str, bool], ...]


def line_diff(old: str, new: str, *, title: str = "", most: int = _MOST_SHOWN) -> Lines | None:
    """Give the lines that differ with a little around them; None when the texts are equal."""
    if old == new:
        return None
    before, after = split_lines(old, new)
    hunks = []
    shown = omitted = 0
    for group in _grouped(line_opcodes(before, after)):
        if shown >= most:
            omitted += sum(_differing(opcode) for opcode in group)
            continue
        hunk = tuple(islice(_hunk(before, after, group), most - shown))
        omitted += sum(_differing(opcode) for opcode in group) - sum(1 for line in hunk if line.mark)
        hunks.append(hunk)
        shown += len(hunk)
    return Lines(tuple(hunks), title, omitted)


def split_lines(old: str, new: str) -> tuple[list[str], list[str]]:
    """Split two texts at line feeds; where only one of them lacks the last line feed, its last line says so."""
    before, after = _lines(old), _lines(new)
    if old and new and old.endswith("\n") != new.endswith("\n"):
        (after if old.endswith("\n") else before)[-1] += " \u2420 no line feed"
    return before, after


def _lines(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n") if text else []


def line_opcodes(before: Sequence[str], after: Sequence[str]) -> list[Opcode]:
    """Align two lists of lines, as difflib does; common ends are cut off first, which is most of the work."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    opcodes: list[Opcode] = [("equal", 0, start, 0, start)] if start else []
    if max(len(old), len(new)) > _LONGEST:
        opcodes.append(("replace", start, start + len(old), start, start + len(new)))
    else:
        # Lines that recur by the hundred, such as empty ones, would make long texts take minutes.
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=max(len(old), len(new)) > _PATIENT)
        opcodes += [
            (tag, a + start, b + start, c + start, d + start) for tag, a, b, c, d in matcher.get_opcodes()
        ]
    if end:
        opcodes.append(("equal", len(before) - end, len(before), len(after) - end, len(after)))
    return opcodes


def changed_line_counts(old: str, new: str) -> tuple[int, int, int]:
    """Count lines added, removed, and changed in place."""
    added = removed = changed = 0
    for tag, a, b, c, d in line_opcodes(*split_lines(old, new)):
        if tag != "equal":
            both = min(b - a, d - c)
            changed, removed, added = changed + both, removed + b - a - both, added + d - c - both
    return added, removed, changed


def _differing(opcode: Opcode) -> int:
    tag, a, b, c, d = opcode
    return 0 if tag == "equal" else b - a + d - c


def _grouped(opcodes: list[Opcode]) -> Iterator[list[Opcode]]:
    """Split opcodes into hunks with `_CONTEXT` equal lines around each."""
    group: list[Opcode] = []
    last = len(opcodes) - 1
    for place, (tag, a, b, c, d) in enumerate(opcodes):
        if tag != "equal":
            group.append((tag, a, b, c, d))
            continue
        if place == 0:
            keep = min(_CONTEXT, b - a)
            group = [("equal", b - keep, b, d - keep, d)]
        elif place == last or b - a > 2 * _CONTEXT:
            keep = min(_CONTEXT, b - a)
            yield [*group, ("equal", a, a + keep, c, c + keep)]
            group = [("equal", b - keep, b, d - keep, d)]
        else:
            group.append((tag, a, b, c, d))
    if any(tag != "equal" for tag, *_ in group):
        yield group


def _hunk(before: Sequence[str], after: Sequence[str], group: list[Opcode]) -> Iterator[Line]:
    for tag, a, b, c, d in group:
        if tag == "equal":
            for offset in range(b - a):
                yield Line("", ((_cut(before[a + offset]), False),), a + offset + 1, c + offset + 1)
            continue
        both = islice(zip(before[a:b], after[c:d], strict=False), _MOST_SHOWN)
        pairs = [word_segments(*focused(was, now, _WIDEST)) for was, now in both]
        for offset, text in enumerate(before[a:b]):
            segments = pairs[offset][0] if offset < len(pairs) else ((_cut(text), False),)
            yield Line("removed", segments, old=a + offset + 1)
        for offset, text in enumerate(after[c:d]):
            segments = pairs[offset][1] if offset < len(pairs) else ((_cut(text), False),)
            yield Line("added", segments, new=c + offset + 1)


def word_segments(old: str, new: str) -> tuple[Segments, Segments]:
    """Split two lines into segments, those that differ emphasised; lines that share little are not split."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return ((old, False),), ((new, False),)
    olds: list[tuple[str, bool]] = []
    news: list[tuple[str, bool]] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        olds.append(("".join(before[a:b]), tag != "equal"))
        news.append(("".join(after[c:d]), tag != "equal"))
    return _without_empty(olds), _without_empty(news)


def _without_empty(segments: list[tuple[str, bool]]) -> Segments:
    return tuple(segment for segment in segments if segment[0])


def _cut(line: str) -> str:
    return line if len(line) <= _WIDEST else line[: _WIDEST - 1] + ELLIPSIS
