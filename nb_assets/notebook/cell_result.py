"""What running an `%%asset` cell registered, and what the cell shows of its value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nb_assets.notebook.plain_cell import Shown, shown_again

if TYPE_CHECKING:
    from nb_assets.definitions.asset_check import AssetCheckKey
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.registry import Registration
    from nb_assets.notebook.cell_source import CellSource
    from nb_assets.session import Session

UNSET = object()


@dataclass(frozen=True, kw_only=True)
class CellResult:
    """What a cell registered.

    Attributes
    ----------
    keys
        Its assets in the order in which it defines them.
    external
        Those that it tells of, and that are made elsewhere.
    checks
        Its checks that are functions of their own.
    change
        What that did to the registry.
    became_stale
        The assets that were fresh before the cell was run and are not any more, each after what it is derived from.
    unknown_inputs
        The assets that it reads, by key, that nothing defines yet, with what may have been meant.
    resources
        The resources that it brings, by name.
    """

    keys: tuple[AssetKey, ...]
    external: tuple[AssetKey, ...]
    checks: tuple[AssetCheckKey, ...]
    change: Registration
    became_stale: tuple[AssetKey, ...]
    unknown_inputs: dict[AssetKey, str]
    source: CellSource
    shown: Shown
    is_plain: bool
    resources: tuple[str, ...] = ()
    last_value: Any = UNSET

    def value_to_show(self, session: Session, namespace: dict[str, Any]) -> Any:
        """Return what the same cell would show without the magic, or None: called after its assets were made."""
        if self.source.is_silent:
            return None
        if not self.is_plain:
            return None if self.last_value is UNSET else self.last_value
        if self.shown.given:
            return self.shown.value
        if self.source.last_expression is None:
            return None
        return shown_again(self.source, self.keys[0].parts[-1], session.load(self.keys[0]), namespace)
