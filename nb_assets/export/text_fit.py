"""How wide a text is about, and the text cut to a width.

Responsible for pictures that cannot ask a browser: widths are those of a common interface font, a little on the
wide side, so that a cut text never runs over its card.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import combining, east_asian_width

ELLIPSIS = "…"
_WIDTHS = {
    **dict.fromkeys("iljI|!.,:;'`", 0.31),
    **dict.fromkeys("ftr()[]{}/\\-· ", 0.38),
    **dict.fromkeys("mwMW@%—…", 0.95),
    **dict.fromkeys("_csvxyzk", 0.53),
    **dict.fromkeys("+\u2212=<>~^", 0.8),
}


@lru_cache(maxsize=4096)
def _em(character: str) -> float:
    if character in _WIDTHS:
        return _WIDTHS[character]
    if combining(character):
        return 0.0
    if east_asian_width(character) in "WF":
        return 1.0
    return 0.72 if character.isupper() else 0.61


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide the text is at a font size, in the same unit."""
    return sum(map(_em, text)) * size * (1.12 if bold else 1.0)


def cut_middle(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Return the text, without its middle where it is wider than `width`: both ends of a name tell it apart."""
    if text_width(text, size, bold=bold) <= width:
        return text
    for keep in range(len(text) - 1, 2, -1):
        head = text[: (keep + 1) // 2]
        tail = text[len(text) - keep // 2 :]
        if text_width(head + ELLIPSIS + tail, size, bold=bold) <= width:
            return head + ELLIPSIS + tail
    return ELLIPSIS


def cut_end(text: str, width: float, size: float) -> str:
    """Return the text, without its end where it is wider than `width`."""
    if text_width(text, size) <= width:
        return text
    room = width - text_width(ELLIPSIS, size)
    for index, character in enumerate(text):
        room -= text_width(character, size)
        if room < 0:
            return text[:index].rstrip() + ELLIPSIS
    return text
