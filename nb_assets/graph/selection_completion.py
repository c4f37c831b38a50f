"""What can stand where something is being typed in a selection string: names, attributes, operators, functions.

The pieces of the string are those that `graph.selection` reads, so that what is offered can be read. Not responsible
for how a shell or a notebook quotes words around it (`notebook.completion`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from nb_assets.errors import SelectionError
from nb_assets.graph.matching import SCATTERED, Match, matches
from nb_assets.graph.selection import ATTRIBUTES, FUNCTIONS, ends_operand, is_plain, quoted, tokens_of
from nb_assets.graph.vocabulary import VALUED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nb_assets.graph.vocabulary import Vocabulary

Kind = Literal["asset", "group", "kind", "tag", "owner", "status", "attribute", "operator", "function"]

MOST = 60
"""How many candidates are returned: nobody looks through more, and one more letter leaves fewer."""
_VALUES_BESIDE_KEYS = 6
_ENOUGH = 12

# What is being typed, at the end: the value of an attribute, maybe in quotes that are not closed yet; or a name.
_OPEN_VALUE = re.compile(
    r"""(?:(?<=^)|(?<=[\s(+]))(?P<attribute>\w+):(?P<value>"(?:[^"\\]|\\.)*|[^\s()"+]*)$"""
)
_OPEN_NAME = re.compile(r"""(?:"(?:[^"\\]|\\.)*|[A-Za-z0-9_*./@\-]*)$""")
_REST = re.compile(r"""[A-Za-z0-9_*./@\-:=]*"?""")

_HINTS = {
    "key": "by its key; * stands for any text",
    "key_substring": "by a part of its key",
    "group": "all of a group",
    "kind": "by what it is or is made with",
    "tag": "by a tag, with or without its value",
    "owner": "by who answers for it",
    "status": "by how it is now",
}
_FUNCTION_HINTS = {"sinks": "those that nothing else of them comes after", "roots": "those that come first"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """Something to put in: its text, the name that is shown for it, and what it stands for.

    Attributes
    ----------
    count
        How many assets it stands for; None where that says nothing.
    hint
        The group of an asset, or what an operator does.
    hits
        The stretches of `name` that match what was typed.
    """

    text: str
    name: str
    kind: Kind
    count: int | None = None
    hint: str = ""
    hits: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Completion:
    """What can take the place of the text from `start` to `end`; `more` were left out."""

    start: int
    end: int
    candidates: tuple[Candidate, ...] = ()
    more: int = 0


def complete(text: str, at: int, vocabulary: Vocabulary, statuses: Mapping[str, int]) -> Completion:
    """Return what can stand where the cursor is in a selection string that need not be whole.

    Parameters
    ----------
    at
        Where the cursor is, as an index.
    statuses
        How many assets are in each status.
    """
    head = text[:at]
    nothing = Completion(start=len(head), end=len(head))
    value = _OPEN_VALUE.search(head)
    if value is not None and value["attribute"] in ATTRIBUTES:
        start = value.start("value")
        fragment, end = _bare(value["value"]), _end(text, at, start)
        if value["attribute"] in {"key", "key_substring"}:
            found = matches(fragment, vocabulary.keys, _ENOUGH)
            assets = [_asset(match, vocabulary, bare=False) for match in found[:MOST]]
            return _cut(assets, start, end, len(found) - len(assets))
        return _cut(_values(value["attribute"], fragment, vocabulary, statuses), start, end)
    name = _OPEN_NAME.search(head)
    assert name is not None  # it matches the empty end
    start = name.start()
    try:
        before = tokens_of(head[:start])
    except SelectionError:
        return nothing
    after_operand = bool(before) and (
        ends_operand(before[-1])
        or (before[-1].kind == "steps" and len(before) > 1 and ends_operand(before[-2]))
    )
    if after_operand:
        is_open = sum({"(": 1, ")": -1}.get(token.text, 0) for token in before) > 0
        return _cut(_operators(head[:start], name[0], is_open=is_open), start, at)
    operands, more = _operands(_bare(name[0]), vocabulary, statuses)
    return _cut(operands, start, _end(text, at, start), more)


def _cut(found: list[Candidate], start: int, end: int, more: int = 0) -> Completion:
    more += max(0, len(found) - MOST)
    return Completion(start=start, end=end, candidates=tuple(found[:MOST]), more=more)


def _end(text: str, at: int, start: int) -> int:
    """Return where the word that the cursor is in ends; a word that has not begun has no end to replace."""
    rest = _REST.match(text, at)
    return rest.end() if rest is not None and start < at else at


def _bare(fragment: str) -> str:
    return re.sub(r"\\(.)", r"\1", fragment[1:]) if fragment.startswith('"') else fragment


def _values(
    attribute: str, fragment: str, vocabulary: Vocabulary, statuses: Mapping[str, int]
) -> list[Candidate]:
    counts = statuses if attribute == "status" else vocabulary.values(attribute)
    kind: Kind = attribute  # type: ignore[assignment]
    return [
        Candidate(
            text=_value_text(attribute, match.name),
            name=match.name,
            kind=kind,
            count=counts[match.name],
            hits=match.hits,
        )
        for match in matches(fragment.replace('"', ""), counts, _ENOUGH)
    ]


def _value_text(attribute: str, value: str) -> str:
    if attribute == "tag":
        name, equals, wanted = value.partition("=")
        return _written(name) + (f"={_written(wanted)}" if equals else "")
    return _written(value)


def _written(name: str) -> str:
    return name if is_plain(name) else quoted(name)


def _asset(match: Match, vocabulary: Vocabulary, *, bare: bool) -> Candidate:
    text = _written(match.name)
    return Candidate(
        text=f"key:{text}" if bare and text.startswith('"') else text,
        name=match.name,
        kind="asset",
        hint=vocabulary.groups[match.name],
        hits=match.hits,
    )


def _operands(
    fragment: str, vocabulary: Vocabulary, statuses: Mapping[str, int]
) -> tuple[list[Candidate], int]:
    """Return what can be selected, and how many assets were left out."""
    every = matches(fragment, vocabulary.keys, _ENOUGH)
    found, more = every[:MOST], max(0, len(every) - MOST)
    assets = [_asset(match, vocabulary, bare=True) for match in found]
    words = _leading(fragment, vocabulary)
    if not fragment:
        return [*words, *assets], more
    exact = assets[:1] if found and found[0].rank == 0 else []
    values = [
        Candidate(
            text=f"{each.kind}:{each.text}",
            name=f"{each.kind}:{each.name}",
            kind=each.kind,
            count=each.count,
            hits=tuple((a + len(each.kind) + 1, b + len(each.kind) + 1) for a, b in each.hits),
        )
        for attribute in ("status", *VALUED)
        for each in _values(attribute, fragment, vocabulary, statuses)[:_VALUES_BESIDE_KEYS]
        # Letters that are scattered over a name are a last resort, which the keys have already.
        if len(each.hits) == 1
    ]
    near = [each for each, match in zip(assets, found, strict=True) if match.rank < SCATTERED][len(exact) :]
    far = assets[len(exact) + len(near) :]
    first, rest = near[:_ENOUGH], near[_ENOUGH:]
    return [*exact, *_around(exact), *words, *first, *values, *rest, *far], more


def _leading(fragment: str, vocabulary: Vocabulary) -> list[Candidate]:
    """Return the attributes, functions and operators that a selection can begin with."""
    attributes = [
        Candidate(
            text=f"{match.name}:",
            name=f"{match.name}:",
            kind="attribute",
            count=len(vocabulary.values(match.name)) if match.name in VALUED else None,
            hint=_HINTS[match.name],
            hits=match.hits,
        )
        for match in _starting(fragment, ATTRIBUTES)
    ]
    functions = [
        Candidate(
            text=f"{match.name}(",
            name=f"{match.name}(…)",
            kind="function",
            hint=_FUNCTION_HINTS[match.name],
            hits=match.hits,
        )
        for match in _starting(fragment, FUNCTIONS)
    ]
    negation = [
        Candidate(text="not ", name="not", kind="operator", hint="all but what follows", hits=match.hits)
        for match in _starting(fragment, ["not"])
    ]
    upstream = (
        [] if fragment else [Candidate(text="+", name="+ …", kind="operator", hint="with all upstream")]
    )
    return [*attributes, *functions, *negation, *upstream]


def _starting(fragment: str, names: Iterable[str]) -> list[Match]:
    return [match for match in matches(fragment, names, 0) if match.rank <= 1]


def _around(exact: list[Candidate]) -> list[Candidate]:
    """Return the steps that can be taken from an asset that is named in full."""
    return [
        Candidate(text=text, name=text, kind="operator", hint=hint)
        for asset in exact
        for text, hint in (
            (f"{asset.text}+", "with all downstream"),
            (f"+{asset.text}", "with all upstream"),
            (f"1+{asset.text}+1", "with its neighbours"),
        )
    ]


def _operators(before: str, fragment: str, *, is_open: bool) -> list[Candidate]:
    gap = "" if before[-1:].isspace() else " "
    offered = [
        Candidate(text=f"{gap}and ", name="and", kind="operator", hint="only what both select"),
        Candidate(text=f"{gap}or ", name="or", kind="operator", hint="what either selects"),
    ]
    found = [each for each in offered if each.name.startswith(fragment.lower())]
    if fragment:
        return found
    if not before.rstrip().endswith("+"):
        found.append(Candidate(text="+", name="+", kind="operator", hint="with all downstream"))
    if is_open:
        found.insert(0, Candidate(text=")", name=")", kind="operator", hint="the end of what was opened"))
    return found
