"""Words for differences: counts, signs, shortened values, and the one-line headline made of them.

Plain text only. How a line is coloured is decided in ``html.py``, what it says in the module of each kind of value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MINUS = "\u2212"
ARROW = "\u2192"
ELLIPSIS = "\u2026"
UNCHANGED = "unchanged"
LONGEST_VALUE = 120

Tone = Literal["", "added", "removed", "changed", "warning"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of a headline, with the colour that it deserves."""

    text: str
    tone: Tone = ""


Headline = tuple[tuple[Phrase, ...], ...]
"""Clauses of phrases: phrases are joined by commas, clauses by semicolons."""


def headline(*clauses: Iterable[Phrase]) -> Headline:
    """Put clauses together, without the empty ones."""
    return tuple(clause for clause in map(tuple, clauses) if clause)


def headline_text(clauses: Headline) -> str:
    """Say a headline in one line of plain text."""
    line = "; ".join(", ".join(phrase.text for phrase in clause) for clause in clauses)
    return visible(line.replace("\n", "\u23ce"))


def visible(text: str) -> str:
    """Show characters that one cannot see, or that no encoding can write, as what they are; lines stay lines."""
    return text.translate(_INVISIBLE).encode("utf-8", "replace").decode("utf-8")


# Control characters have pictures; those that reorder or hide the text around them are shown as unknown ones. Joiners
# stay, since scripts and emoji are written with them.
_INVISIBLE = {
    **{code: 0x2400 + code for code in range(32) if code not in {9, 10}},
    0x7F: 0x2421,
    **dict.fromkeys(
        (
            *range(0x80, 0xA0),
            0xAD,
            0x61C,
            0x200B,
            0x200E,
            0x200F,
            *range(0x2028, 0x202F),
            *range(0x2060, 0x2065),
            *range(0x2066, 0x206A),
            0xFEFF,
        ),
        0xFFFD,
    ),
}


def count(number: int, singular: str, plural: str | None = None) -> str:
    """Say how many of something there are: ``1 row``, ``1,200 rows``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def badge(*, added: int = 0, removed: int = 0, changed: int = 0) -> str:
    """Write the shortest form of three counts: ``+120 −3 ~45``."""
    parts = [(added, "+"), (removed, MINUS), (changed, "~")]
    return " ".join(f"{sign}{number:,}" for number, sign in parts if number)


def counts_clause(noun: str, *, added: int = 0, removed: int = 0, changed: int = 0) -> list[Phrase]:
    """Say three counts of the same thing: ``+120 rows, −3 rows, 45 changed``."""
    phrases = []
    if added:
        phrases.append(Phrase("+" + count(added, noun), "added"))
    if removed:
        phrases.append(Phrase(MINUS + count(removed, noun), "removed"))
    if changed:
        words = f"{changed:,} changed" if phrases else f"{count(changed, noun)} changed"
        phrases.append(Phrase(words, "changed"))
    return phrases


def signed(number: float) -> str:
    """Write a number with its sign, and a minus that is as wide as a plus."""
    return ("+" if number >= 0 else MINUS) + number_text(abs(number))


def number_text(number: float) -> str:
    """Write a number as short as it reads well."""
    if isinstance(number, int) and abs(number) >= _TOO_LONG:
        text = (
            shorten(str(number), 40)
            if number.bit_length() < _MOST_BITS
            else "a number of thousands of digits"
        )
    elif isinstance(number, int):
        text = f"{number:,}"
    else:
        text = f"{number:,.6g}" if abs(number) < _TOO_LONG else f"{number:.6g}"
    return MINUS + text[1:] if text.startswith("-") else text


_TOO_LONG = 10**15
_MOST_BITS = 14_000  # Python refuses to write out whole numbers of more than 4,300 digits.


def percent(part: float, whole: float) -> str:
    """Say a share, never as ``0 %`` or ``100 %`` unless it is exactly that."""
    if not whole:
        return ""
    share = 100 * part / whole
    if 0 < share < _LEAST:
        return f"<{_LEAST} %"
    if _ALL - _LEAST < share < _ALL:
        return f">{_ALL - _LEAST} %"
    return f"{share:.3g} %" if share < _ALL else f"{share:,.0f} %"


_LEAST = 0.01
_ALL = 100


def shorten(text: str, limit: int = LONGEST_VALUE) -> str:
    """Cut a text in its middle, where values differ least in what they tell."""
    if len(text) <= limit:
        return text
    head = (limit - 1) * 2 // 3
    return text[:head] + ELLIPSIS + text[len(text) - (limit - 1 - head) :]


def enumerate_names(names: Sequence[str], limit: int = 3) -> str:
    """List names in backticks: ``a``, ``b`` and 4 more."""
    shown = [f"`{shorten(name, 60)}`" for name in names[:limit]]
    if len(names) > limit:
        return ", ".join(shown) + f" and {len(names) - limit:,} more"
    if len(shown) > 1:
        return ", ".join(shown[:-1]) + " and " + shown[-1]
    return "".join(shown)
