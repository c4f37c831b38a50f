"""Read the line of a magic: options and free text.

Responsible for splitting a line into options and the rest, for saying what was wrong with it, and for the help text.
Not responsible for what the words mean. `argparse` is not used because it exits, cannot keep the text of a
selection as it was typed, and takes `-2` for an option.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from nb_assets.errors import UsageError, near

__all__ = ["Arguments", "Command", "Option", "Word", "words"]

Takes = Literal["nothing", "one", "many"]

# A word ends at a blank outside of quotes; a quote that is never closed is a character like any other.
_WORD = re.compile(r"""(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^\s"']|["'])+""")
_QUOTED = re.compile(r""""((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'""")
_OPTION = re.compile(r"--?[A-Za-z]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A word of a line, and where it stands."""

    text: str
    start: int
    end: int

    @property
    def is_option(self) -> bool:
        """Whether it has an option's form; `-2` is a number, not an option."""
        return _OPTION.match(self.text) is not None

    @property
    def unquoted(self) -> str:
        """The text without its quotes."""
        return _QUOTED.sub(lambda match: re.sub(r"\\(.)", r"\1", match[1] or match[2] or ""), self.text)


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One option of a magic.

    `names` says what completes its value: `key`, `group`, `kind`, `executor` or `direction`.
    """

    flag: str
    help: str
    short: str | None = None
    metavar: str = ""
    takes: Takes = "nothing"
    repeats: bool = False
    names: str | None = None

    @property
    def usage(self) -> str:
        """How it is typed."""
        flags = f"{self.short}, {self.flag}" if self.short else self.flag
        return f"{flags} {self.metavar}" if self.metavar else flags


@dataclass(frozen=True, kw_only=True, slots=True)
class Arguments:
    """What a line said: the free text as it was typed, and the values of each option by flag."""

    text: str
    words: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def has(self, flag: str) -> bool:
        """Whether the option was given."""
        return flag in self.values

    def one(self, flag: str) -> str | None:
        """Return the option's value, or None."""
        given = self.values.get(flag)
        return given[-1] if given else None

    def all(self, flag: str) -> tuple[str, ...]:
        """Return every value that the option was given."""
        return self.values.get(flag, ())


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """The words that one magic understands."""

    name: str
    text: str
    options: tuple[Option, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def flags(self) -> dict[str, Option]:
        """Each option by its long and by its short name."""
        named = {option.flag: option for option in self.options}
        return named | {option.short: option for option in self.options if option.short}

    def parse(self, line: str) -> Arguments:
        """Return what the line says.

        Raises
        ------
        UsageError
            For an option that does not exist, lacks its value, or is given twice.
        """
        values: dict[str, tuple[str, ...]] = {}
        kept: list[Word] = []
        pieces: list[str] = []
        at = 0
        queue = list(words(line))
        while queue:
            word = queue.pop(0)
            if not word.is_option:
                kept.append(word)
                continue
            flag, equals, attached = word.text.partition("=")
            option = self._option(flag)
            given = [Word(text=attached, start=word.start, end=word.end)] if equals else []
            if option.takes != "nothing" and not equals:
                while queue and not queue[0].is_option and (option.takes == "many" or not given):
                    given.append(queue.pop(0))
            self._check(option, given, values)
            found = tuple(value.unquoted for value in given)
            values[option.flag] = values.get(option.flag, ()) + found
            pieces.append(line[at : word.start])
            at = given[-1].end if given else word.end
        pieces.append(line[at:])
        text = "".join(pieces).strip()
        return Arguments(text=text, words=tuple(word.unquoted for word in kept), values=values)

    def _option(self, flag: str) -> Option:
        flags = self.flags
        if flag in flags:
            return flags[flag]
        known = ", ".join(f"`{option.flag}`" for option in self.options)
        has = f"Its options are {known}." if known else "It has no options."
        raise UsageError(
            f"`{self.name}` has no option `{flag}`.{near(flag, flags)} {has} `{self.name}?` explains them."
        )

    def _check(self, option: Option, given: list[Word], values: Mapping[str, tuple[str, ...]]) -> None:
        if option.takes == "nothing" and given:
            raise UsageError(
                f"`{self.name}` option `{option.flag}` takes no value. Write `{option.flag}` alone."
            )
        if option.takes != "nothing" and not any(value.unquoted for value in given):
            raise UsageError(
                f"`{self.name}` option `{option.flag}` needs a value: write `{option.flag} {option.metavar}`."
            )
        if option.flag in values and not option.repeats and option.takes != "nothing":
            raise UsageError(f"`{self.name}` was given `{option.flag}` twice. Keep one of them.")

    @property
    def help(self) -> str:
        """What follows the first paragraphs of the magic's help."""
        width = max((len(option.usage) for option in self.options), default=0)
        options = [
            textwrap.fill(
                option.help,
                width=100,
                initial_indent=f"  {option.usage:<{width}}  ",
                subsequent_indent=" " * (width + 4),
            )
            for option in self.options
        ]
        parts = [f"Usage::\n\n  {self.name} {self.text}".rstrip()]
        if options:
            parts.append("Options::\n\n" + "\n".join(options))
        if self.examples:
            parts.append("Examples::\n\n" + "\n".join(f"  {example}" for example in self.examples))
        return "\n\n".join(parts)


def words(line: str) -> Iterator[Word]:
    """Yield the words of a line, quotes kept."""
    for match in _WORD.finditer(line):
        yield Word(text=match[0], start=match.start(), end=match.end())
