"""How well a name matches what was typed of it, and which of its letters do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_FUZZY_FROM = 2
_MOST_SCATTERED = 200
SCATTERED = 5
"""The rank of what holds the letters with others between them."""
_BOUNDARIES = "/_-.=: "


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """A name that matches, with the stretches of letters that do; of two, that of the lower rank is the better."""

    name: str
    rank: int
    hits: tuple[tuple[int, int], ...]


def matches(fragment: str, names: Iterable[str], enough: int) -> list[Match]:
    """Return the names that match, the best first: as a whole, from the start, at the start of a part, anywhere.

    Only when fewer than `enough` do, those follow that hold the letters with others between them. Capitals do not count.
    """
    if not fragment:
        return [Match(name=name, rank=1, hits=()) for name in names]
    wanted = fragment.lower()
    found: list[Match] = []
    rest: list[str] = []
    for name in names:
        rank, at = _rank(wanted, name.lower())
        if rank is None:
            rest.append(name)
        else:
            found.append(Match(name=name, rank=rank, hits=((at, at + len(wanted)),)))
    # Of those that match alike, the shorter one has less that was not asked for.
    found.sort(key=lambda match: (match.rank, len(match.name)))
    if len(found) < enough and len(wanted) >= _FUZZY_FROM:
        found += _scattered(wanted, rest)
    return found


def _rank(wanted: str, name: str) -> tuple[int | None, int]:
    at = name.find(wanted)
    if at < 0:
        return None, 0
    if at == 0:
        return (0 if len(name) == len(wanted) else 1), 0
    last = name.rfind("/") + 1
    if last and name.startswith(wanted, last):
        return 2, last
    part = next((each for each in _starts(wanted, name) if name[each - 1] in _BOUNDARIES), None)
    return (3, part) if part is not None else (4, at)


def _starts(wanted: str, name: str) -> Iterable[int]:
    at = name.find(wanted)
    while at >= 0:
        yield at
        at = name.find(wanted, at + 1)


def _scattered(wanted: str, names: Iterable[str]) -> list[Match]:
    """Match names that hold the letters in this order, those where they stand closest together first."""
    pattern = re.compile(".*?".join(f"({re.escape(letter)})" for letter in wanted))
    found: list[tuple[int, int, Match]] = []
    for name in names:
        match = pattern.search(name.lower())
        if match is None:
            continue
        places = [match.start(index) for index in range(1, len(wanted) + 1)]
        hits = tuple((place, place + 1) for place in places)
        found.append((places[-1] - places[0], len(name), Match(name=name, rank=SCATTERED, hits=hits)))
        if len(found) == _MOST_SCATTERED:
            break
    return [match for _, _, match in sorted(found, key=lambda each: each[:2])]
