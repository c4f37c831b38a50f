"""What changed between two nested structures (dicts, lists, tuples, and objects by their attributes), path by path.

Lists of equal length are compared item by item; others are aligned first, so that an inserted item is one change. A value
inside that is a frame, an array or the like is compared by its own kind. The walk is bounded in depth and in number.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from nb_assets.diff.blocks import Block, Cell, Column, Note, Row, Table
from nb_assets.diff.cell_text import distinct_texts
from nb_assets.diff.dispatch import compare
from nb_assets.diff.number import is_number, same_number
from nb_assets.diff.opaque import diff_opaque
from nb_assets.diff.safely import short_repr, type_name
from nb_assets.diff.value_diff import ValueDiff, shown, unchanged
from nb_assets.diff.wording import ARROW, Phrase, badge, count, counts_clause, headline, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nb_assets.diff.dispatch import Options

_MOST_SHOWN = 40
_DEEPEST = 60
_LONGEST_HEADLINE = 60
_MOST_SPELLED = 6
_MOST_VISITED = 1_000_000
_LONGEST_ALIGNED = 2_000
_CONTAINERS = (dict, list, tuple)
_PLAIN = (str, int, float, bool, type(None), bytes)


@dataclass
class _Findings:
    """What the walk has found so far."""

    options: Options
    rows: list[Row] = field(default_factory=list)
    added: int = 0
    removed: int = 0
    changed: int = 0
    visited: int = 0
    cut: bool = False
    only: tuple[str, str, str] | None = None
    """Path, before and after of the last change, for a headline when it is the only one."""

    def came(self, path: str, value: Any) -> None:
        self.added += 1
        self._keep(path, lambda: Cell(_short(value)), "added")

    def went(self, path: str, value: Any) -> None:
        self.removed += 1
        self._keep(path, lambda: Cell(_short(value)), "removed")

    def differs(self, path: str, before: str, after: str) -> None:
        self.changed += 1
        self.only = (path, before, after)
        self._keep(path, lambda: Cell(after, before=before, mark="changed"), "changed")

    def says(self, path: str, words: str) -> None:
        self.changed += 1
        self.only = (path, "", words)
        self._keep(path, lambda: Cell(words, mark="changed"), "changed")

    def _keep(self, path: str, cell: Any, mark: Any) -> None:
        if len(self.rows) < _MOST_SHOWN:
            self.rows.append(Row((Cell(shorten(path or "(the whole)")), cell()), mark))


def is_structure(value: object) -> bool:
    """Recognise dicts, lists and tuples."""
    return isinstance(value, _CONTAINERS)


def diff_structure(old: Any, new: Any, options: Options) -> ValueDiff:
    """Compare two nested structures of one type."""
    if type(old) is not type(new):
        return diff_opaque(old, new, options)
    return diff_parts("structure", old, new, options, count(len(new), "item"))


def diff_parts(kind: str, old: Any, new: Any, options: Options, about: str) -> ValueDiff:
    """Compare what two dicts, lists or tuples hold, under the name of a kind of value."""
    found = _walk(old, new, options)
    total = found.added + found.removed + found.changed
    notes: tuple[Block, ...] = ()
    if found.cut:
        notes = (
            Note(
                "The structure is too large or too deep to compare all of it; these are its first differences.",
                warning=True,
            ),
        )
    if not total:
        result = unchanged(kind, about)
        return (
            result
            if not notes
            else ValueDiff(kind=kind, equal=False, summary="no difference found", blocks=notes)
        )
    caption = f"the first {len(found.rows)} of {total:,} differences" if total > len(found.rows) else ""
    table = Table((Column("path"), Column("value")), tuple(found.rows), caption)
    return shown(
        kind,
        _headline(found, total),
        badge=badge(added=found.added, removed=found.removed, changed=found.changed),
        blocks=(*notes, table) if _needs_table(found, total) else notes,
    )


def _needs_table(found: _Findings, total: int) -> bool:
    """Whether the headline does not say it all."""
    return total > 1 or found.only is None or len(found.only[1]) + len(found.only[2]) > _LONGEST_HEADLINE


def _headline(found: _Findings, total: int) -> tuple[tuple[Phrase, ...], ...]:
    if total == 1 and found.only is not None:
        path, before, after = found.only
        change = f"{shorten(before, 60)} {ARROW} {shorten(after, 60)}" if before else shorten(after, 120)
        return ((Phrase(f"`{shorten(path, 60)}` {change}" if path else change, "changed"),),)
    return headline(counts_clause("value", added=found.added, removed=found.removed, changed=found.changed))


def _walk(old: Any, new: Any, options: Options) -> _Findings:
    """Compare pair by pair, without recursion, in the order of the new structure."""
    found = _Findings(options)
    stack: list[tuple[str, Any, Any, int]] = [("", old, new, 0)]
    seen: set[tuple[int, int]] = set()
    while stack:
        path, before, after, depth = stack.pop()
        found.visited += 1
        if before is after or (isinstance(after, _CONTAINERS) and (id(before), id(after)) in seen):
            continue
        if depth > _DEEPEST or found.visited > _MOST_VISITED:
            found.cut = True
            continue
        if isinstance(after, _CONTAINERS):
            seen.add((id(before), id(after)))  # A structure may hold itself.
        if type(before) is type(after) and isinstance(after, dict):
            stack += reversed(list(_in_dicts(path, before, after, depth + 1, found)))
        elif type(before) is type(after) and isinstance(after, (list, tuple)):
            stack += reversed(list(_in_sequences(path, before, after, depth + 1, found)))
        else:
            _compare_leaf(path, before, after, found)
    return found


def _in_dicts(
    path: str, old: dict[Any, Any], new: dict[Any, Any], depth: int, found: _Findings
) -> Iterator[Any]:
    for key, value in new.items():
        if key in old:
            if _surely_same(old[key], value):
                continue
            yield (_member(path, key), old[key], value, depth)
        else:
            found.came(_member(path, key), value)
    for key, value in old.items():
        if key not in new:
            found.went(_member(path, key), value)


def _in_sequences(
    path: str, old: Sequence[Any], new: Sequence[Any], depth: int, found: _Findings
) -> Iterator[Any]:
    names = getattr(new, "_fields", None)
    if len(old) == len(new):
        for place, (before, after) in enumerate(zip(old, new, strict=True)):
            if not _surely_same(before, after):
                yield (f"{path}.{names[place]}" if names else f"{path}[{place}]", before, after, depth)
        return
    for a, b, c, d in _aligned(old, new):
        both = min(b - a, d - c)
        for offset in range(both):
            yield (f"{path}[{c + offset}]", old[a + offset], new[c + offset], depth)
        for place in range(c + both, d):
            found.came(f"{path}[{place}]", new[place])
        for place in range(a + both, b):
            found.went(f"{path}[{place}]", old[place])


def _aligned(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[int, int, int, int]]:
    """Yield where two lists differ, from and to in each; between their common ends, if they are long, all of it."""
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and _surely_same(old[start], new[start]):
        start += 1
    end = 0
    while end < shorter - start and _surely_same(old[-1 - end], new[-1 - end]):
        end += 1
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(before), len(after)) > _LONGEST_ALIGNED:
        yield (start, len(old) - end, start, len(new) - end)
        return
    matcher = difflib.SequenceMatcher(
        None, list(map(_token, before)), list(map(_token, after)), autojunk=False
    )
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield (start + a, start + b, start + c, start + d)


def _surely_same(old: Any, new: Any) -> bool:
    """Whether two items are plain, and the same; of others nothing is known yet."""
    return old is new or (type(old) is type(new) and type(new) in _PLAIN and bool(old == new))


def _token(item: Any) -> Any:
    """Stand something hashable for an item, equal for items that look equal."""
    if isinstance(item, _PLAIN):
        return (type(item).__name__, item) if item == item else "NaN"  # noqa: PLR0124 - NaN
    return short_repr(item)


def _compare_leaf(path: str, before: Any, after: Any, found: _Findings) -> None:
    if type(before) is not type(after):
        old, new = (
            distinct_texts(before, after)
            if isinstance(before, _PLAIN) and isinstance(after, _PLAIN)
            else (_short(before), _short(after))
        )
        if is_number(before) and is_number(after) and same_number(before, after, found.options.tolerance):
            new += f" ({type_name(before)} {ARROW} {type_name(after)})"
        found.differs(path, old, new)
    elif is_number(after):
        if not same_number(before, after, found.options.tolerance):
            found.differs(path, *distinct_texts(before, after))
    elif isinstance(after, _PLAIN):
        if before != after:
            found.differs(path, *distinct_texts(before, after))
    else:
        inner = compare(before, after, found.options)
        if not inner.equal:
            found.says(path, inner.summary)


def _member(path: str, key: Any) -> str:
    if isinstance(key, str) and key.isidentifier():
        return f"{path}.{key}" if path else key
    return f"{path}[{short_repr(key)}]"


def _short(value: Any) -> str:
    if isinstance(value, _CONTAINERS) and len(value) > _MOST_SPELLED:
        first = ", ".join(short_repr(item) for item in islice(value, 3))
        return shorten(f"{type_name(value)} of {count(len(value), 'item')}: {first}, …")
    return short_repr(value)
