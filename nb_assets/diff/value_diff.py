"""`ValueDiff`, what every comparison answers with: a verdict, one line, a badge, and blocks to show.

It holds no reference to the compared values, so that keeping a diff keeps no data alive.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nb_assets.diff import html, plain
from nb_assets.diff.blocks import Block, Note, block_from_dict, block_to_dict
from nb_assets.diff.wording import UNCHANGED, Headline, Phrase, headline_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LARGEST = 150_000
"""How many characters of JSON the blocks of one diff may take in history."""


@dataclass(frozen=True, kw_only=True, repr=False)
class ValueDiff:
    """What changed between two values."""

    kind: str
    """What was compared: ``frame``, ``text``, ``number``, …"""
    equal: bool
    summary: str
    """One line of plain text; names stand in backticks."""
    badge: str = ""
    """The shortest form, ``+120 −3 ~45``; empty when equal."""
    headline: Headline = ()
    """The summary in pieces with their tones; without one the summary is shown as it is."""
    blocks: tuple[Block, ...] = ()

    def to_html(self, asset_key: str | None = None) -> str:
        """Draw the diff as self-contained HTML that belongs to an asset, if one is named."""
        pieces = self.headline or ((Phrase(self.summary),),)
        return html.document(self.kind, pieces, self.blocks, equal=self.equal, asset_key=asset_key)

    def _repr_html_(self) -> str:
        return self.to_html()

    def _repr_markdown_(self) -> str:
        return plain.markdown(self.summary, self.blocks)

    def __str__(self) -> str:
        return plain.text(self.summary, self.blocks)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.kind}: {self.summary}>"

    def to_dict(self) -> dict[str, Any]:
        """Give all of it as JSON-ready data, from which `from_dict` can draw it again."""
        return {
            "kind": self.kind,
            "equal": self.equal,
            "summary": self.summary,
            "badge": self.badge,
            "headline": [[[phrase.text, phrase.tone] for phrase in clause] for clause in self.headline],
            "blocks": list(_within_bounds(self.blocks)),
            **self.facts(),
        }

    def facts(self) -> dict[str, Any]:
        """Give what this kind of diff knows beyond any other, JSON-ready."""
        return {}


def _within_bounds(blocks: tuple[Block, ...]) -> Iterator[dict[str, Any]]:
    """Give blocks as data, as many as a record of history should hold."""
    room = _LARGEST
    for data in map(block_to_dict, blocks):
        room -= len(json.dumps(data))
        if room < 0:
            yield block_to_dict(Note("More differs than is kept; the rest is left out."))
            return
        yield data


def shown(kind: str, pieces: Headline, *, badge: str = "", blocks: tuple[Block, ...] = ()) -> ValueDiff:
    """Make the diff of two values that differ from its headline."""
    return ValueDiff(
        kind=kind, equal=False, summary=headline_text(pieces), badge=badge, headline=pieces, blocks=blocks
    )


def unchanged(kind: str, about: str = "") -> ValueDiff:
    """Make the diff of two equal values; `about` says what they are."""
    pieces: Headline = ((Phrase(UNCHANGED), Phrase(about)),) if about else ((Phrase(UNCHANGED),),)
    return ValueDiff(kind=kind, equal=True, summary=UNCHANGED, headline=pieces)


def from_dict(data: Mapping[str, Any]) -> ValueDiff:
    """Read a diff back from `ValueDiff.to_dict`, to be shown; the facts of its kind stay in the dict."""
    return ValueDiff(
        kind=data["kind"],
        equal=data["equal"],
        summary=data["summary"],
        badge=data["badge"],
        headline=tuple(tuple(Phrase(text, tone) for text, tone in clause) for clause in data["headline"]),
        blocks=tuple(map(block_from_dict, data["blocks"])),
    )
