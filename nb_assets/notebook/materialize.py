"""What `%materialize` does with its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.notebook.display import materialize

if TYPE_CHECKING:
    from nb_assets.notebook.arguments import Arguments
    from nb_assets.notebook.surface import Surface

__all__ = ["run_materialize"]


def partitions_named(arguments: Arguments) -> list[str] | None:
    """Return the partitions and the ranges that a line names, or None."""
    return [*arguments.all("--partition"), *arguments.all("--partitions")] or None


def run_materialize(surface: Surface, arguments: Arguments) -> None:
    """Run a selection, everything when none is named, and leave the report."""
    surface.modules.check()
    ended = materialize(
        surface.shell,
        surface.session,
        surface.settings,
        arguments.text or "*",
        force=arguments.has("--force"),
        upstream=arguments.has("--upstream"),
        partitions=partitions_named(arguments),
        executor=arguments.one("--executor") or surface.settings.executor or None,
    )
    ended.output.finish(ended.report())
    surface.cards.refresh()
    ended.raise_error(surface.shell)
