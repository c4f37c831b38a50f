"""What `%assets` shows: a table, or what is known of one asset.

Responsible for asking the session and putting its answers into tables. Not responsible for the tables' look.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.errors import SelectionError, UsageError
from nb_assets.graph.search import search
from nb_assets.notebook.acceptance import accepted, unaccepted
from nb_assets.notebook.automation import automate
from nb_assets.notebook.card_display import Card
from nb_assets.notebook.check_inspection import show_checks
from nb_assets.notebook.commands import NOT_YET, SUBCOMMANDS
from nb_assets.notebook.diff_display import show_diff
from nb_assets.notebook.errors import show_as_users_own
from nb_assets.notebook.history_display import show_history
from nb_assets.notebook.op_inspection import ops_table
from nb_assets.notebook.upkeep import collected, pinned, unpinned
from nb_assets.views.checks import summed_up
from nb_assets.views.explanation import explanation_of
from nb_assets.views.table import Column, paragraph, table_of
from nb_assets.views.wording import ago, not_tracked, plural

if TYPE_CHECKING:
    from nb_assets.definitions.asset_check import AssetCheckKey
    from nb_assets.notebook.arguments import Arguments
    from nb_assets.notebook.surface import Surface
    from nb_assets.session import Session
    from nb_assets.staleness import PartitionTable
    from nb_assets.staleness.checks import CheckStatus
    from nb_assets.storage.materialization import Materialization
    from nb_assets.views.report import Report

__all__ = ["inspect"]

_LOOKING_BACK = frozenset({"history", "history --ops", "diff"})
_WORDS = re.compile(r"[\w\s.@/-]+")


@dataclass(frozen=True, kw_only=True)
class _Subcommand:
    """A first word that `%assets` takes for more than a selection, and the options that go with it alone."""

    answer: Callable[[Surface, Arguments], None]
    flags: tuple[str, ...] = ()


def inspect(surface: Surface, arguments: Arguments) -> None:
    """Show what was asked for."""
    first, *rest = arguments.words or ("",)
    # An asset may be called like a subcommand; alone, its name means the asset.
    is_named = first in surface.session.assets and not rest
    subcommand = None if is_named or arguments.has("--search") else _SUBCOMMANDS.get(first)
    _refuse_options_of_others(arguments, subcommand)
    if subcommand is not None:
        subcommand.answer(surface, arguments)
    elif arguments.has("--search"):
        surface.show(search_table(surface.session, _searched(arguments)))
    else:
        surface.show(selected_or_found(surface.session, arguments.text or "*"))


def selected_or_found(session: Session, text: str) -> Report:
    """Return the table of a selection; of plain words that select nothing, that of what a search for them finds.

    Raises
    ------
    SelectionError
        When nothing is found either, or the text is more than words.
    """
    try:
        return status_table(session, text)
    except SelectionError:
        if not _WORDS.fullmatch(text) or not search(text, session.graph, session.last_metadata()):
            raise
        return search_table(session, text)


def status_table(session: Session, selection: str) -> Report:
    """Return the table of a selection: key, group, status and why, when it was made, rows or size."""
    columns: tuple[Column, ...] = (
        Column(title="", kind="mark"),
        Column(title="asset", kind="key"),
        Column(title="group"),
        Column(title="status", kind="prose"),
        Column(title="made", kind="number"),
        Column(title="value"),
    )
    checks = session.checks() if session.graph.checks else {}
    if checks:
        columns = (*columns, Column(title="checks", kind="prose"))
    rows: list[tuple[str, ...]] = []
    for key, status in session.status(selection).items():
        made = status.materialization
        said = f"{status.state}: {status.summary}" if status.summary else status.state
        said = " · ".join(filter(None, [said, not_tracked(status.untracked)]))
        when = ago(made.timestamp) if made is not None else ""
        value = _value(made) if status.partitions is None else _partitions_made(status.partitions)
        row = (status.state, key.to_user_string(), session.graph.group_of(key), said, when, value)
        rows.append((*row, _checks_of(session, key, checks)) if checks else row)
    if selection == "*":
        # What is made elsewhere cannot be selected, so it is told of where everything is.
        graph = session.graph
        rows += [
            ("external", key.to_user_string(), graph.group_of(key), "made elsewhere", "", "")
            + ((_checks_of(session, key, checks),) if checks else ())
            for key in graph.external
            if graph.described(key) is not None
        ]
    empty = (
        "No assets yet. Put `%%asset` on top of a cell and run it."
        if not session.assets
        else "None selected."
    )
    return table_of("assets", columns, rows, empty=empty)


def search_table(session: Session, text: str) -> Report:
    """Return the table of what a search found: key, group, where the words are, status."""
    found = search(text, session.graph, session.last_metadata())
    status = session.status([each.key for each in found])
    columns = (
        Column(title="", kind="mark"),
        Column(title="asset", kind="key"),
        Column(title="group"),
        Column(title="found in", kind="prose"),
        Column(title="status", kind="prose"),
    )
    rows = [
        (
            status[each.key].state,
            each.key.to_user_string(),
            session.graph.group_of(each.key),
            each.where,
            status[each.key].state,
        )
        for each in found
    ]
    return table_of("search", columns, rows, empty=f"Nothing that is said of an asset has “{text}” in it.")


def load_module(surface: Surface, arguments: Arguments) -> None:
    """Register the assets of a module, and show them as under a cell that defines them.

    Raises
    ------
    UsageError
        When not exactly one module is named.
    """
    if len(arguments.words) != 2:  # noqa: PLR2004 - "load" and a name
        raise UsageError("`%assets load` takes one module: `%assets load mypackage.metrics -g metrics`.")
    prefix = tuple(part for part in (arguments.one("--key-prefix") or "").split("/") if part)
    try:
        loaded = surface.modules.load(arguments.words[1], arguments.one("--group"), prefix)
    except Exception as error:
        show_as_users_own(surface.shell, error)
        raise
    surface.cards.retire([*loaded.keys, *loaded.change.removed])
    stale = [key for key in loaded.became_stale if key not in loaded.keys]
    surface.cards.show(Card(loaded.keys, stale=stale, removed=loaded.change.removed))


def _searched(arguments: Arguments) -> str:
    if arguments.text:
        raise UsageError(
            f"`%assets` searches or selects, and was told to do both: leave out `{arguments.text}`, or `--search`."
        )
    return " ".join(arguments.all("--search"))


def _refuse_options_of_others(arguments: Arguments, chosen: _Subcommand | None) -> None:
    for name, subcommand in _SUBCOMMANDS.items():
        for flag in subcommand.flags:
            if arguments.has(flag) and (chosen is None or flag not in chosen.flags):
                hint = ""
                if flag == "--group":
                    hint = f" To select a group, write `%assets group:{arguments.one(flag)}`."
                elif name == "checks":
                    hint = " `%materialize` is what runs assets."
                # What `checks` takes may be left out, though a key completes it.
                argument = "" if name == "checks" else SUBCOMMANDS.get(name, "")
                takes = {"key": " KEY", "module": " MODULE"}.get(argument, "")
                raise UsageError(f"`{flag}` is for `%assets {name}{takes}`.{hint}")


def _checks_of(session: Session, key: AssetKey, checks: Mapping[AssetCheckKey, CheckStatus]) -> str:
    return summed_up(checks[each].state for each in session.graph.checks.of(key) if each in checks)


def partitions_table(session: Session, words: list[str]) -> Report:
    """Return the partitions of an asset: status and why, when each was made, rows or size; those to make first."""
    key = _one_key(session, "partitions", words)
    columns = (
        Column(title="", kind="mark"),
        Column(title="partition", kind="key"),
        Column(title="status", kind="prose"),
        Column(title="made", kind="number"),
        Column(title="value"),
    )
    rows = []
    for partition, status in session.partition_status(key).items():
        made = status.materialization
        said = f"{status.state}: {status.summary}" if status.summary else status.state
        when = "" if made is None else ago(made.timestamp)
        rows.append((status.state, partition, said, when, _value(made)))
    # A long list shows what asks for attention, in the order of the partitions.
    rows.sort(key=lambda row: row[0] == "fresh")
    name = key.to_user_string()
    empty = (
        f"`{name}` has no partitions yet."
        if key in session.graph.partitioned
        else f"`{name}` has no partitions."
    )
    return table_of("partitions", columns, rows, empty=empty)


def explanation(session: Session, words: list[str]) -> Report:
    """Return why an asset is stale, or fresh."""
    return explanation_of(session.explain(_one_key(session, "explain", words)))


def _two_versions(session: Session, words: list[str]) -> tuple[AssetKey, int, int]:
    """Read an asset and two of its versions, the last two unless told."""
    key = _one_key(session, "diff", words[:1])
    if len(words) not in {1, 3}:
        raise UsageError("`%assets diff` takes a key, or a key and two versions: `%assets diff daily 1 3`.")
    try:
        return (key, int(words[1]), int(words[2])) if len(words) > 1 else (key, -2, -1)
    except ValueError:
        raise UsageError(
            f"`%assets diff` takes versions as numbers, not `{words[1]}` and `{words[2]}`: 1, 2, … as `%assets history "
            f"{words[0]}` lists them, or -1 for the newest."
        ) from None


def forgotten(session: Session, words: list[str]) -> Report:
    """Take an asset out of the session, and say that what it made is kept."""
    key = _one_key(session, "forget", words)
    session.forget(key)
    return paragraph(
        f"`{key.to_user_string()}` is no longer registered. Its values and its history stay in the store."
    )


def not_yet(name: str) -> Callable[[Session, list[str]], Report]:
    """Return the honest answer of a subcommand that is still to come."""

    def answer(_session: Session, _words: list[str]) -> Report:
        raise UsageError(f"`%assets {name}` is not there yet. `%assets?` lists what is.")

    return answer


def _one_key(session: Session, subcommand: str, words: list[str]) -> AssetKey:
    if len(words) != 1:
        raise UsageError(f"`%assets {subcommand}` takes the key of one asset: `%assets {subcommand} KEY`.")
    try:
        keys = session.select(f'key:"{words[0]}"')
    except SelectionError:
        # What no cell of this kernel has defined yet may have been made before, and can be looked back at.
        if "*" in words[0] or session.latest(words[0]) is None or subcommand not in _LOOKING_BACK:
            raise
        return AssetKey.from_user_string(words[0])
    if len(keys) != 1:
        raise UsageError(f"`%assets {subcommand}` takes one asset, and `{words[0]}` selects {len(keys)}.")
    return keys[0]


def _partitions_made(table: PartitionTable) -> str:
    made = sum(status.materialization is not None for status in table.values())
    return plural(made, "partition") if made else ""


def _value(made: Materialization | None) -> str:
    return made.value.summary if made is not None and made.value is not None else ""


def _shown(answer: Callable[[Session, list[str]], Report]) -> _Subcommand:
    """Return the subcommand that shows a report made from the words after it."""
    return _Subcommand(
        answer=lambda surface, arguments: surface.show(answer(surface.session, list(arguments.words[1:])))
    )


def _show_checks(surface: Surface, arguments: Arguments) -> None:
    show_checks(
        surface, list(arguments.words[1:]), run=arguments.has("--run"), force=arguments.has("--force")
    )


def _show_history(surface: Surface, arguments: Arguments) -> None:
    words = list(arguments.words[1:])
    if arguments.has("--ops"):
        surface.show(ops_table(surface.session, _one_key(surface.session, "history --ops", words)))
    else:
        show_history(surface, _one_key(surface.session, "history", words), arguments.one("--partition"))


def _show_diff(surface: Surface, arguments: Arguments) -> None:
    asked = _two_versions(surface.session, list(arguments.words[1:]))
    show_diff(surface, *asked, arguments.one("--partition"))


def _accept(surface: Surface, arguments: Arguments) -> None:
    key = _one_key(surface.session, "accept", list(arguments.words[1:]))
    surface.show(accepted(surface.session, key, arguments.one("--partition")))


def _unaccept(surface: Surface, arguments: Arguments) -> None:
    key = _one_key(surface.session, "unaccept", list(arguments.words[1:]))
    surface.show(unaccepted(surface.session, key, arguments.one("--partition")))


def _collect(surface: Surface, arguments: Arguments) -> None:
    surface.show(collected(surface.session, arguments))


_SUBCOMMANDS: dict[str, _Subcommand] = {
    "load": _Subcommand(answer=load_module, flags=("--group", "--key-prefix")),
    "checks": _Subcommand(answer=_show_checks, flags=("--run", "--force")),
    "explain": _shown(explanation),
    "history": _Subcommand(answer=_show_history, flags=("--ops", "--partition")),
    "partitions": _shown(partitions_table),
    "diff": _Subcommand(answer=_show_diff, flags=("--partition",)),
    "accept": _Subcommand(answer=_accept, flags=("--partition",)),
    "unaccept": _Subcommand(answer=_unaccept, flags=("--partition",)),
    "auto": _Subcommand(answer=lambda surface, arguments: automate(surface, list(arguments.words[1:]))),
    "pin": _shown(pinned),
    "unpin": _shown(unpinned),
    "gc": _Subcommand(answer=_collect, flags=("--keep", "--yes")),
    "forget": _shown(forgotten),
} | {name: _shown(not_yet(name)) for name in NOT_YET}
