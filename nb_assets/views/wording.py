"""How numbers, times and counts read inline."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from html import escape

from nb_assets.views.status import STATUSES

__all__ = ["MARKS", "ago", "bar", "clock", "listed", "mark", "named", "plural", "prose", "seconds", "size"]

NAME_LENGTH = 34
_CODE = re.compile(r"`([^`]+)`")
_NAMED = re.compile(r"`[^`]{1,60}`")

_OF_RUNS = {"ran": "✓", "restored": "↺", "retrying": "↻", "cancelled": "■"}
_LOOKS_LIKE = {"ran": "fresh"}
MARKS: dict[str, str] = {state: look.glyph for state, look in STATUSES.items()} | _OF_RUNS
"""A shape for each state of an asset, alone or in a run, so that colour is never the only sign."""

_MILLISECOND, _MINUTE, _HOUR, _DAY = 0.001, 60, 3_600, 86_400
_SHORT_FORMS = ((9.95, "{:.0f} s"), (0.995, "{:.1f} s"), (0.0995, "{:.2f} s"))
_AGES = ((_HOUR, "{:.0f} h ago"), (_MINUTE, "{:.0f} min ago"), (10, "under a minute ago"))
_UNITS = ("B", "kB", "MB", "GB", "TB")


def mark(state: str) -> str:
    """Return the state's mark as HTML; the word is its tooltip and its accessible name."""
    look = STATUSES.get(_LOOKS_LIKE.get(state, state))
    shape = MARKS.get(state, "·")
    if look is not None:
        shape = f'<svg viewBox="0 0 16 16" width="11" height="11"><path fill-rule="evenodd" d="{look.path}"/></svg>'
    word = escape(state)
    return f'<span class="nba-mark" data-mark="{word}" role="img" title="{word}" aria-label="{word}">{shape}</span>'


def bar(kind: str, share: float | None = None, *, phase: float = 0.0) -> str:
    """Return a bar as HTML: of a share, or moving.

    `phase` (seconds since it began to move) lets a redrawn bar go on where the one before was.
    """
    style = f"animation-delay:-{phase:.2f}s" if share is None else f"width:{share:.1%}"
    return f'<span class="nba-bar" data-kind="{escape(kind)}"><i style="{style}"></i></span>'


def prose(text: str) -> str:
    """Return a sentence as HTML: escaped, with what stands in backticks set as code."""
    return _CODE.sub(r'<span class="nba-code">\1</span>', escape(text))


def named(name: str) -> str:
    """Return a key as HTML, cut in the middle when long, whole in its tooltip."""
    half = (NAME_LENGTH - 1) // 2
    short = name if len(name) <= NAME_LENGTH else f"{name[:half]}…{name[-half:]}"
    return f'<span class="nba-key" title="{escape(name)}">{escape(short)}</span>'


def seconds(duration: float | None) -> str:
    """Return a duration as `21 ms`, `0.21 s`, `2.1 s`, `12 s`, `3 min 05 s` or `1 h 20 min`."""
    if duration is None:
        return ""
    if duration >= _HOUR:
        return f"{int(duration // _HOUR)} h {int(duration % _HOUR // _MINUTE):02d} min"
    if duration >= _MINUTE:
        return f"{int(duration // _MINUTE)} min {int(duration % _MINUTE):02d} s"
    for least, form in _SHORT_FORMS:
        if duration >= least:
            return form.format(duration)
    return f"{duration * 1000:.0f} ms" if duration >= _MILLISECOND else "<1 ms"


def size(count: int) -> str:
    """Return a number of bytes as `12.3 MB`."""
    power = max(0, min((len(str(count)) - 1) // 3, len(_UNITS) - 1))
    return f"{count / 1000**power:.3g} {_UNITS[power]}"


def ago(timestamp: float, now: float | None = None) -> str:
    """Return how long ago that was, or the date beyond a day."""
    passed = (time.time() if now is None else now) - timestamp
    if passed >= _DAY:
        return clock(timestamp)
    for unit, form in _AGES:
        if passed >= unit:
            return form.format(passed // unit)
    return "just now"


def clock(timestamp: float) -> str:
    """Return the local date and time."""
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(timestamp))


def plural(count: int, noun: str) -> str:
    """Return `1 asset` or `2 assets`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def listed(names: list[str], most: int = 6) -> str:
    """Return `a, b, c and 4 more`."""
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"


def not_tracked(untracked: Sequence[str]) -> str:
    """Say in a few words what an asset's freshness does not speak for, or nothing; the explanation says why."""
    names = [match[0] for what in untracked if (match := _NAMED.search(what)) is not None]
    return f"not tracked: {listed(names, 2)}" if names else ""
