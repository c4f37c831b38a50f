"""Selection strings: Dagster's language for naming assets, read into a tree. `resolve.py` finds what a tree means.

    a                   the asset a; `*` in a name stands for any text
    +a   a+   2+a+1     with all, or so many steps, upstream and downstream of it
    key:"a/b"  group:g  kind:k  tag:k=v  owner:o  status:stale     kind:<null> for those of none
    not x   x and y   x or y   (x)   *   sinks(x)   roots(x)

A bare name takes the same operators as `key:`; Dagster's legacy bare `+a` means one step, ours all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from nb_assets.errors import SelectionError, near
from nb_assets.graph.selection_tree import (
    All,
    And,
    Attribute,
    Function,
    Lacking,
    Not,
    Or,
    Selection,
    Traversal,
)

ATTRIBUTES = ("key", "key_substring", "group", "kind", "tag", "owner", "status")
FUNCTIONS: dict[str, Literal["sinks", "roots"]] = {"sinks": "sinks", "roots": "roots"}
WORDS = ("and", "or", "not")
_MAX_DEPTH = 100


_WORD = r"[A-Za-z0-9_*./@\-]+"
_TOKEN = re.compile(
    rf"""(?P<space>\s+)
      | (?P<paren>[()])
      | (?P<quoted>"(?:[^"\\]|\\.)*")
      | (?P<colon>[:=])
      | (?P<word><null>|{_WORD})""",
    re.VERBOSE,
)
# A plus before a name counts steps on its left, one after a name on its right.
_STEPS_BEFORE = re.compile(r"\d*\+")
_STEPS_AFTER = re.compile(r"\+\d*")


@dataclass(frozen=True)
class Token:
    """A piece of a selection string, and where it begins."""

    kind: str
    text: str
    at: int


def parse(text: str) -> Selection:
    """Read a selection string.

    Raises
    ------
    SelectionError
        When it is not one, with the place where it stops making sense.
    """
    if not isinstance(text, str):
        raise SelectionError(f'a selection is a text such as "group:metrics" or "+daily", not {text!r}.')
    if not text.strip():
        raise SelectionError(
            "the selection is empty. Name assets, such as `daily` or `group:metrics`, or `*` for all."
        )
    parser = _Parser(text)
    selection = parser.either(0)
    parser.finish()
    return selection


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens_of(text)
        self.index = 0

    @property
    def next(self) -> Token | None:
        return self.tokens[self.index] if self.index < len(self.tokens) else None

    def take(self) -> Token:
        token = self.tokens[self.index]
        self.index += 1
        return token

    def takes_word(self, word: str) -> bool:
        if (token := self.next) is not None and token.kind == "word" and token.text.lower() == word:
            self.index += 1
            return True
        return False

    def fail(self, problem: str) -> SelectionError:
        token = self.next
        at = token.at if token is not None else len(self.text)
        marked = f"{self.text[:at]}⟨here⟩{self.text[at:]}"
        return _unreadable(f"the selection `{self.text}` cannot be read: {problem}, at {marked}", at)

    def finish(self) -> None:
        if self.next is None:
            return
        if self.next.kind == "word":
            raise self.fail("two selections stand side by side: put `and` or `or` between them")
        raise self.fail(f"`{self.next.text}` was not expected there")

    def either(self, depth: int) -> Selection:
        operands = [self.both(depth)]
        while self.takes_word("or"):
            operands.append(self.both(depth))
        return Or(tuple(operands)) if len(operands) > 1 else operands[0]

    def both(self, depth: int) -> Selection:
        operands = [self.negated(depth)]
        while self.takes_word("and"):
            operands.append(self.negated(depth))
        return And(tuple(operands)) if len(operands) > 1 else operands[0]

    def negated(self, depth: int) -> Selection:
        if depth > _MAX_DEPTH:
            raise self.fail(f"it nests more than {_MAX_DEPTH} deep")
        if self.takes_word("not"):
            return Not(self.negated(depth + 1))
        return self.traversed(depth)

    def traversed(self, depth: int) -> Selection:
        upstream: int | None = 0
        downstream: int | None = 0
        if (token := self.next) is not None and token.kind == "steps":
            digits = self.take().text.replace("+", "")
            upstream = int(digits) if digits else None
        operand = self.operand(depth)
        if (token := self.next) is not None and token.kind == "steps":
            digits = self.take().text.replace("+", "")
            downstream = int(digits) if digits else None
        return operand if upstream == 0 and downstream == 0 else Traversal(operand, upstream, downstream)

    def operand(self, depth: int) -> Selection:
        token = self.next
        if token is None:
            raise self.fail("an asset or a group is missing")
        if token.text == "(":
            self.take()
            return self.closed(depth)
        if token.kind == "quoted":
            return Attribute("key", _unquoted(self.take().text))
        if token.kind != "word" or token.text.lower() in WORDS:
            raise self.fail("an asset or a group is missing")
        word = self.take().text
        following = self.next
        if following is not None and following.text == ":":
            return self.attribute(word)
        if following is not None and following.text == "(":
            if word not in FUNCTIONS:
                raise self.fail(f"`{word}` is no function of selections, which are {' and '.join(FUNCTIONS)}")
            self.take()
            return Function(FUNCTIONS[word], self.closed(depth))
        return All() if word == "*" else Attribute("key", word)

    def closed(self, depth: int) -> Selection:
        inner = self.either(depth + 1)
        if self.next is None or self.next.text != ")":
            raise self.fail("a `)` is missing")
        self.take()
        return inner

    def attribute(self, name: str) -> Selection:
        if name not in ATTRIBUTES:
            self.index -= 1
            raise self.fail(
                f"`{name}:` is not something to select by.{near(name, ATTRIBUTES)} There are {', '.join(ATTRIBUTES)}"
            )
        self.take()
        value = self.value(name)
        if value == "<null>" and name in {"kind", "owner"}:
            return Lacking("kind" if name == "kind" else "owner")
        if name == "tag" and self.next is not None and self.next.text == "=":
            self.take()
            value = f"{value}={self.value(name)}"
        return Attribute(name, value)

    def value(self, name: str) -> str:
        token = self.next
        if token is None or token.kind not in {"word", "quoted"}:
            raise self.fail(f"`{name}:` needs a value")
        text = self.take().text
        # Owners and tags have colons of their own: team:metrics.
        while name in {"owner", "tag"} and self.next is not None and self.next.text == ":":
            self.take()
            text += ":" + self.value("value")
        return _unquoted(text) if token.kind == "quoted" else text


def is_plain(name: str) -> bool:
    """Tell whether a name can stand in a selection as it is; any other goes in quotes, and so does one with a `*`."""
    return re.fullmatch(_WORD, name) is not None and "*" not in name and name.lower() not in WORDS


def quoted(name: str) -> str:
    """Return a name in quotes, as selections have them."""
    return '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'


def _unreadable(message: str, at: int) -> SelectionError:
    error = SelectionError(message)
    error.at = at
    return error


def tokens_of(text: str) -> list[Token]:
    """Return the pieces of a selection string.

    Raises
    ------
    SelectionError
        When there is something in it that has no meaning in selections.
    """
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        steps = (_STEPS_AFTER if tokens and ends_operand(tokens[-1]) else _STEPS_BEFORE).match(text, at)
        match = steps or _TOKEN.match(text, at)
        if match is None:
            raise _unreadable(
                f"the selection `{text}` cannot be read: `{text[at]}` has no meaning in it. A name with other characters "
                f'goes in quotes, as in key:"{text.strip()}".',
                at,
            )
        kind = "steps" if steps else match.lastgroup or ""
        if kind != "space":
            tokens.append(Token(kind, match.group(), at))
        at = match.end()
    return tokens


def ends_operand(token: Token) -> bool:
    """Tell whether something that selects has just ended, so that `+`, `and` and `or` can follow."""
    return (
        token.text == ")"
        or token.kind == "quoted"
        or (token.kind == "word" and token.text.lower() not in WORDS)
    )


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1]) if text.startswith('"') else text
