"""How numbers, times and counts read inline."""

from __future__ import annotations

import re
import time
from html import escape

__all__ = ["MARKS", "ago", "bar", "clock", "listed", "mark", "named", "plural", "prose", "seconds", "size"]

NAME_LENGTH = 34
_CODE = re.compile(r"`([^`]+)`")

MARKS: dict[str, str] = {
    "fresh": "●",
    "stale": "◐",
    "missing": "○",
    "ran": "✓",
    "restored": "↺",
    "failed": "✗",
    "skipped": "⊘",
    "cancelled": "◼",
    "running": "▸",
    "retrying": "↻",
    "queued": "·",
}
"""A shape for each state, so that colour is never the only sign."""

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def mark(state: str) -> str:
    """Return the state's mark as HTML; the word is its tooltip and its accessible name."""
    shape = MARKS.get(state, "·")
    return f'<span class="nba-mark" data-mark="{escape(state)}" role="img" title="{escape(state)}" aria-label="{escape(state)}">{shape}</span>'


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
    """Return a duration as `0.21 s`, `12 s` or `3 min 05 s`."""
    if duration is None:
        return ""
    if duration < 0.0995:
        return f"{duration * 1000:.0f} ms"
    if duration < 9.95:
        return f"{duration:.2g} s" if duration < 1 else f"{duration:.1f} s"
    if duration < _MINUTE:
        return f"{duration:.0f} s"
    if duration < _HOUR:
        return f"{int(duration // _MINUTE)} min {int(duration % _MINUTE):02d} s"
    return f"{int(duration // _HOUR)} h {int(duration % _HOUR // _MINUTE):02d} min"


def size(count: int) -> str:
    """Return a number of bytes as `12.3 MB`."""
    amount = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "B" or amount >= 100 else f"{amount:.3g} {unit}"
        amount /= 1000
    return f"{amount:.3g} TB"


def ago(timestamp: float, now: float | None = None) -> str:
    """Return how long ago that was: `just now`, `5 min ago`, `yesterday's` date beyond a day."""
    passed = (time.time() if now is None else now) - timestamp
    if passed < 10:
        return "just now"
    if passed < _MINUTE:
        return f"{passed:.0f} s ago"
    if passed < _HOUR:
        return f"{passed // _MINUTE:.0f} min ago"
    if passed < _DAY:
        return f"{passed // _HOUR:.0f} h ago"
    return clock(timestamp)


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
