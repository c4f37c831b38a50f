"""Tab completion of the magics: options, subcommands, and the keys, groups and kinds of the session.

`Completer.complete` maps a line to candidates; `answer` says them in the words of IPython's matchers, which Jupyter's
`complete_request` asks, too. https://ipython.readthedocs.io/en/stable/api/generated/IPython.core.completer.html
"""

from __future__ import annotations

import pkgutil
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from IPython.core.completer import SimpleCompletion

from nb_assets.definitions.partitions.key_range import RANGE_SEPARATOR
from nb_assets.errors import NbAssetsError
from nb_assets.graph.selection import ATTRIBUTES, FUNCTIONS, WORDS
from nb_assets.notebook.arguments import Command, words
from nb_assets.notebook.commands import ASSET, ASSETS, COMMANDS, SUBCOMMANDS
from nb_assets.views.status import STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nb_assets.session import Session

__all__ = ["Candidates", "Completer", "answer"]

_MAGIC = re.compile(r"\s*(%%?\w+)\s")
# What is being typed of a selection: the name after an operator, a parenthesis or an attribute.
_OPEN_NAME = re.compile(r"""(?:(?P<field>\w+):)?(?P<quote>["']?)(?P<name>[^\s"'()+,:]*)$""")
# The newest ones come first: nobody looks through ten years of days.
_PARTITIONS_OFFERED = 400
_EXECUTORS = ("in_process",)


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidates:
    """What can stand in place of `fragment`, the end of what was typed."""

    fragment: str
    names: tuple[str, ...]


class Completer:
    """Complete the lines of the magics from what the session knows."""

    def __init__(self, session: Callable[[], Session]) -> None:
        self._session = session

    def complete(self, line: str) -> Candidates | None:
        """Return the candidates at the end of the line, or None for lines that are no business of ours."""
        match = _MAGIC.match(line)
        command = COMMANDS.get(match[1]) if match is not None else None
        if match is None or command is None:
            return None
        rest = line[match.end() :]
        typed = [word.text for word in words(rest)]
        open_word = typed.pop() if typed and not rest[-1:].isspace() else ""
        if open_word.startswith("-"):
            return _matching(open_word, _unused(command, typed))
        asked = _value_of(command, typed)
        if asked is not None:
            return (
                self._partitions(open_word, typed, command)
                if asked == "partition"
                else _matching(open_word, self._names(asked))
            )
        if command is ASSET:
            return Candidates(fragment=open_word, names=())
        if command is ASSETS and typed and typed[0] in SUBCOMMANDS:
            if SUBCOMMANDS[typed[0]] == "module":
                return Candidates(fragment=open_word, names=tuple(_modules(open_word)))
            return _matching(open_word, self._names(SUBCOMMANDS[typed[0]]))
        found = self._selection(open_word)
        if command is ASSETS and not typed and not found.fragment.startswith(("+", "(")):
            first = [name for name in SUBCOMMANDS if name.startswith(open_word)]
            return Candidates(fragment=found.fragment, names=(*first, *found.names))
        return found

    def _selection(self, word: str) -> Candidates:
        match = _OPEN_NAME.search(word)
        assert match is not None  # it matches the empty end
        if match["field"] is not None:
            return _matching(match["name"], self._names(match["field"]))
        names = [*self._names("key")]
        if match.start() == 0 or word[: match.start()].endswith(("+", "(")):
            names += [*(f"{name}:" for name in ATTRIBUTES), *WORDS, *(f"{name}(" for name in FUNCTIONS)]
        return _matching(match["name"], names)

    def _partitions(self, word: str, typed: list[str], command: Command) -> Candidates:
        """Return the partitions of the assets that the line names, those of all when it names none yet."""
        # Of a range, the end is completed once its beginning stands.
        fragment = word.rpartition(RANGE_SEPARATOR)[2]
        named = [each for each in typed if not each.startswith("-") and each not in SUBCOMMANDS]
        try:
            session = self._session()
            first = command.parse(" ".join(named[:1])).text if named else ""
            graph = session.graph
            keys = session.select(first, graph) if first else list(graph.partitioned)
            partitioned = [key for key in keys if key in graph.partitioned]
            found = dict.fromkeys(
                partition
                for partitions_def in dict.fromkeys(map(graph.partitions_def, partitioned))
                if partitions_def is not None
                for partition in reversed(partitions_def.get_partition_keys())
                if partition.startswith(fragment)
            )
        except NbAssetsError:
            return Candidates(fragment=fragment, names=())
        return Candidates(fragment=fragment, names=tuple(found)[:_PARTITIONS_OFFERED])

    def _names(self, what: str) -> list[str]:
        if what == "status":
            return [*STATUSES]
        if what == "automation":
            return ["on", "off", "status"]
        if what == "executor":
            return [*_EXECUTORS]
        if what == "direction":
            return ["LR", "TB"]
        try:
            session = self._session()
        except NbAssetsError:
            return []  # a store that cannot be read is told of when something is asked of it, not at each tab
        vocabulary = session.graph.vocabulary
        return sorted(vocabulary.keys) if what in {"key", "key_substring"} else [*vocabulary.values(what)]


def _matching(fragment: str, names: Iterable[str]) -> Candidates:
    names = list(names)
    start = [name for name in names if name.startswith(fragment)]
    # `daily` finds `trips/daily`: keys with a prefix are typed by their last part, too.
    inner = [name for name in names if fragment and fragment in name and name not in start and "/" in name]
    return Candidates(fragment=fragment, names=tuple(start + inner))


def _modules(fragment: str) -> list[str]:
    """Return the modules beside the notebook whose names begin so, one level at a time."""
    parent = fragment.rpartition(".")[0]
    folder = Path.cwd().joinpath(*parent.split(".")) if parent else Path.cwd()
    prefix = f"{parent}." if parent else ""
    names = [info.name for info in pkgutil.iter_modules([str(folder)], prefix)]
    return sorted(name for name in names if name.startswith(fragment))


def _unused(command: Command, typed: Iterable[str]) -> list[str]:
    flags = command.flags
    given = {flags[word].flag for word in typed if word in flags and not flags[word].repeats}
    return [flag for flag in flags if flags[flag].flag not in given]


def _value_of(command: Command, typed: list[str]) -> str | None:
    """Return what completes the value of an option that is still open; empty if nothing does."""
    flags = command.flags
    for back, word in enumerate(reversed(typed)):
        option = flags.get(word)
        if option is not None:
            is_open = option.takes == "many" or (option.takes == "one" and back == 0)
            return (option.names or "") if is_open else None
    return None


def answer(completer: Completer, line: str) -> dict[str, Any]:
    """Return the candidates at the end of the line as IPython's matchers do."""
    found = completer.complete(line)
    if found is None:
        return {"completions": []}
    return {
        "completions": [SimpleCompletion(text=name, type="asset") for name in found.names],
        "matched_fragment": found.fragment,
        "suppress": True,
        "ordered": True,
    }
