"""What changed in the code of an asset: its own function, its helpers, its constants, each by its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nb_assets.diff.blocks import Lines, Note
from nb_assets.diff.lines import line_diff, line_opcodes, split_lines
from nb_assets.diff.value_diff import ValueDiff
from nb_assets.diff.wording import ARROW, MINUS, UNCHANGED, Phrase, headline, headline_text, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nb_assets.diff.blocks import Block

_MOST_NAMED = 3
_MOST_SHOWN = 20
_MOST_LINES = 240
_FEWEST_LINES = 12


@dataclass(frozen=True, kw_only=True, repr=False)
class CodeDiff(ValueDiff):
    """What changed between two sets of named sources."""

    kind: str = "code"
    names_added: tuple[str, ...] = ()
    names_removed: tuple[str, ...] = ()
    names_changed: tuple[str, ...] = ()

    def facts(self) -> dict[str, Any]:
        """Give the names."""
        return {
            "names_added": list(self.names_added),
            "names_removed": list(self.names_removed),
            "names_changed": list(self.names_changed),
        }


def code_diff(old: Mapping[str, str], new: Mapping[str, str]) -> CodeDiff:
    """Compare named sources, such as ``{"daily": "def daily(): …", "clean": "def clean(): …"}``."""
    changed = tuple(name for name in new if name in old and old[name] != new[name])
    added = tuple(name for name in new if name not in old)
    removed = tuple(name for name in old if name not in new)
    if not (changed or added or removed):
        return CodeDiff(equal=True, summary=UNCHANGED, headline=((Phrase(UNCHANGED),),))
    phrases = [
        *(Phrase(_change_words(name, old[name], new[name]), "changed") for name in changed),
        *(Phrase(f"`{name}` added", "added") for name in added),
        *(Phrase(f"`{name}` removed", "removed") for name in removed),
    ]
    if len(phrases) > _MOST_NAMED:
        phrases = [*phrases[:_MOST_NAMED], Phrase(f"{len(phrases) - _MOST_NAMED:,} more")]
    pieces = headline(*([phrase] for phrase in phrases))
    named = (*changed, *added, *removed)
    room = max(_FEWEST_LINES, _MOST_LINES // len(named))
    blocks: tuple[Block, ...] = tuple(
        block
        for name in named[:_MOST_SHOWN]
        if (block := line_diff(old.get(name, ""), new.get(name, ""), title=f"`{name}`", most=room))
    )
    if len(named) > _MOST_SHOWN:
        blocks = (*blocks, Note(f"{len(named) - _MOST_SHOWN:,} more changed."))
    return CodeDiff(
        equal=False,
        summary=headline_text(pieces),
        badge=_badge(blocks),
        headline=pieces,
        blocks=blocks,
        names_added=added,
        names_removed=removed,
        names_changed=changed,
    )


def _change_words(name: str, old: str, new: str) -> str:
    """Say what changed in one source: a constant's values, or the lines of a function."""
    before, after = old.strip(), new.strip()
    if "\n" not in before + after and not before.startswith(("def ", "class ", "@", "async ")):
        return f"`{name}` {_constant(name, before)} {ARROW} {_constant(name, after)}"
    lines = _new_lines(old, new)
    if not lines:
        return f"`{name}` changed"
    first, last = lines[0], lines[-1]
    where = f"line {first}" if first == last else f"lines {first}–{last}"
    return f"`{name}` changed, {where}"


def _constant(name: str, source: str) -> str:
    return shorten(source.removeprefix(f"{name} = "), 40)


def _new_lines(old: str, new: str) -> list[int]:
    """Number the lines of the new source that differ; where lines were removed, the one that took their place."""
    lines: list[int] = []
    before, after = split_lines(old, new)
    for tag, _, _, start, end in line_opcodes(before, after):
        if tag != "equal":
            lines += range(start + 1, end + 1) if end > start else [min(start + 1, max(1, len(after)))]
    return lines


def _badge(blocks: tuple[Block, ...]) -> str:
    marks = [
        line.mark for block in blocks if isinstance(block, Lines) for hunk in block.hunks for line in hunk
    ]
    parts = [
        f"+{marks.count('added')}" if "added" in marks else "",
        f"{MINUS}{marks.count('removed')}" if "removed" in marks else "",
    ]
    return " ".join(filter(None, parts)) or "~"
