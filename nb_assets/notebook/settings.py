"""What users set with `%config NbAssets`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from traitlets import Bool, Enum, Unicode, observe
from traitlets.config import SingletonConfigurable

from nb_assets.fingerprint.packages import set_package_policy

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
    package_versions = Enum(
        ["off", "warn", "stale"],
        default_value="warn",
        help="What another version of an installed package that an asset's code uses does: nothing, a note, or stale.",
    ).tag(config=True)

    @observe("package_versions")
    def _set_package_policy(self, change: Any) -> None:
        set_package_policy(change["new"])


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
