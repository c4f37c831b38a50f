"""What `%%asset` does with its words: registers the cell, shows its card, materializes when asked.

Responsible for the order in which a cell shows its value, its card and what changed. How a cell's source becomes
definitions is `notebook.cell`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.outside_dep import EnvDep, FileDep
from nb_assets.errors import NbAssetsError, UsageError
from nb_assets.notebook.card_display import Card
from nb_assets.notebook.cell import CellOptions, register_cell
from nb_assets.notebook.display import materialize
from nb_assets.notebook.errors import show_as_users_own

if TYPE_CHECKING:
    from nb_assets.notebook.arguments import Arguments
    from nb_assets.notebook.cell_result import CellResult
    from nb_assets.notebook.surface import Surface

__all__ = ["cell_options", "run_asset_cell"]


def run_asset_cell(surface: Surface, arguments: Arguments, cell: str) -> None:
    """Register the cell, and show what that did."""
    options = cell_options(arguments)
    try:
        result = register_cell(surface.shell, surface.session, cell, options)
    except Exception as error:
        show_as_users_own(surface.shell, error)
        raise
    surface.cards.retire([*result.keys, *result.checks, *result.change.removed, *result.change.checks])
    card = Card(
        result.keys,
        stale=[key for key in result.became_stale if key not in result.keys],
        removed=result.change.removed,
        notes=_notes(result),
        checks=result.checks,
    )
    if (result.keys or result.checks) and (
        arguments.has("--materialize") or surface.settings.materialize_on_run
    ):
        _materialize(surface, result, card)
    else:
        if not result.is_plain:  # a plain cell was not run, so that it has nothing to show
            _show_value(surface, result)
        surface.cards.show(card)


def cell_options(arguments: Arguments) -> CellOptions:
    """Return what the line says of the assets of its cell.

    Raises
    ------
    UsageError
        For words that cannot be what their place asks for.
    """
    if arguments.has("--sql"):
        raise UsageError(
            "`%%asset --sql` is not there yet. Until then query in Python: "
            '`duckdb.sql("…").df()` or `polars.sql("…").collect()` as the last line of a plain `%%asset NAME` cell.'
        )
    if len(arguments.words) > 1:
        raise UsageError(
            f"`%%asset` takes one name, and `{arguments.text}` is {len(arguments.words)} words. "
            "Options begin with a dash; a description of several words needs quotes."
        )
    return CellOptions(
        name=arguments.words[0] if arguments.words else None,
        group=arguments.one("--group"),
        key_prefix=tuple(part for part in (arguments.one("--key-prefix") or "").split("/") if part),
        deps=(
            *(AssetKey.from_user_string(key) for key in _split(arguments.all("--deps"))),
            # A path may have a comma in it.
            *(FileDep(path).key for path in arguments.all("--path")),
            *(EnvDep(name).key for name in _split(arguments.all("--env"))),
        ),
        code_version=arguments.one("--code-version"),
        description=arguments.one("--description"),
        kinds=tuple(_split(arguments.all("--kind"))),
        tags=dict(_tag(text) for text in arguments.all("--tag")),
    )


def _materialize(surface: Surface, result: CellResult, card: Card) -> None:
    try:
        surface.modules.check()
        ended = materialize(
            surface.shell,
            surface.session,
            surface.settings,
            [*result.keys, *result.checks],
            executor=surface.settings.executor or None,
        )
    except NbAssetsError:
        surface.cards.show(card)
        raise
    if ended.error is None:
        ended.output.clear()
        _show_value(surface, result)
    else:
        card.output = ended.output  # in place of the progress
    card.report = ended.report(heading=False) if ended.did_something else None
    surface.cards.show(card)
    ended.raise_error(surface.shell)


def _show_value(surface: Surface, result: CellResult) -> None:
    value = result.value_to_show(surface.session, surface.shell.user_ns)
    if value is not None:
        surface.shell.displayhook(value)  # as the last line of any cell: `_`, `Out` and all


def _notes(result: CellResult) -> list[str]:
    elsewhere = [f"`{key.to_user_string()}` is made elsewhere" for key in result.external]
    names = ", ".join(f"`{name}`" for name in result.resources)
    whose = (
        "its assets, and others that have none of that name" if result.keys else "all assets that need them"
    )
    brought = [f"Resources for {whose}: {names}."] if names else []
    return [
        *brought,
        *elsewhere,
        *_unknown(result),
    ]


def _unknown(result: CellResult) -> list[str]:
    return [
        f"`{key.to_user_string()}` is not an asset yet. {hint}".strip()
        for key, hint in result.unknown_inputs.items()
    ]


def _split(words: tuple[str, ...]) -> list[str]:
    return [name for word in words for name in word.split(",") if name]


def _tag(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise UsageError(
            f"`%%asset` option `--tag` takes a name and a value: write `--tag {text or 'name'}=value`."
        )
    return name, value
