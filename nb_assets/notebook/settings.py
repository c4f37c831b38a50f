"""What users set with `%config NbAssets`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from traitlets import Bool, Unicode
from traitlets.config import SingletonConfigurable

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["NbAssets", "register_settings", "unregister_settings"]


class NbAssets(SingletonConfigurable):
    """Settings of nb_assets in this kernel."""

    materialize_on_run = Bool(
        default_value=False,
        help="Materialize the assets of an `%%asset` cell each time it is run, as if each had `-m`.",
    ).tag(config=True)
    buttons = Bool(default_value=True, help="Show a Materialize button under an `%%asset` cell.").tag(
        config=True
    )
    progress = Bool(default_value=True, help="Show a run while it runs, not only its report.").tag(
        config=True
    )
    auto = Bool(
        default_value=False,
        help="Make assets by themselves where their automation conditions say so, as after `%assets auto on`.",
    ).tag(config=True)
    executor = Unicode(
        default_value="",
        help="The executor of `%materialize` where no `--executor` is given; empty for the default.",
    ).tag(config=True)


def register_settings(shell: InteractiveShell) -> NbAssets:
    """Return the settings, known to the shell's `%config`."""
    settings: NbAssets = NbAssets.instance(parent=shell)
    known: list[Any] = shell.configurables
    if settings not in known:
        known.append(settings)
    return settings


def unregister_settings(shell: InteractiveShell) -> None:
    """Take the settings out of the shell's `%config`; what was set is kept for the next load."""
    known: list[Any] = shell.configurables
    known[:] = [one for one in known if not isinstance(one, NbAssets)]
