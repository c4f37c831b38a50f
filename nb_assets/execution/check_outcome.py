"""What a function said of its checks, each result with the check that it is of."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.check_result import AssetCheckResult
from nb_assets.definitions.result import MaterializeResult
from nb_assets.errors import NoOutputError, OutputError, near

if TYPE_CHECKING:
    from nb_assets.definitions.asset_check import AssetCheckKey
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.assets_definition import AssetsDefinition


@dataclass(frozen=True, kw_only=True)
class CheckOutcome:
    """The result of one check, and the partitions that it is of, of an asset that has any."""

    key: AssetCheckKey
    result: AssetCheckResult
    partitions: tuple[str, ...] = ()


class CheckResults:
    """Reads the results that one call gives, and knows which are still to come.

    Parameters
    ----------
    selected
        The checks that were to be made; all of the definition's unless given.
    """

    def __init__(
        self, definition: AssetsDefinition, selected: Collection[AssetCheckKey] | None = None
    ) -> None:
        self._definition = definition
        self._wanted = set(definition.check_specs_by_key if selected is None else selected)
        self._given: set[AssetCheckKey] = set()

    def take(
        self, result: Any, asset: AssetKey | None = None, as_check: AssetCheckKey | None = None
    ) -> CheckOutcome:
        """Return a result with the check that it is of.

        Parameters
        ----------
        asset
            The asset whose `MaterializeResult` it came in.
        as_check
            The check in whose place it was given.

        Raises
        ------
        OutputError
            When it is none, is of no check of the definition or of one that was given already, or does not say which.
        """
        if not isinstance(result, AssetCheckResult):
            keys = list(self._definition.check_specs_by_key)
            name = keys[0].to_user_string() if len(keys) == 1 else self._definition.node_name
            raise OutputError(
                f"`{name}` gave a {type(result).__name__} for a check: give an AssetCheckResult(passed=…)."
            )
        key = as_check if as_check is not None and result.check_name is None else self._key_of(result, asset)
        if key in self._given:
            raise OutputError(
                f"`{self._definition.node_name}` gave a result of the check `{key.to_user_string()}` twice: give it once."
            )
        self._given.add(key)
        return CheckOutcome(key=key, result=result)

    def of(self, item: Any) -> Iterator[CheckOutcome]:
        """Yield the results that come within a `MaterializeResult`."""
        if isinstance(item, MaterializeResult):
            for each in item.check_results:
                yield self.take(each, item.asset_key)

    def check_complete(self) -> None:
        """Check that every check was made that had to be.

        Raises
        ------
        OutputError
            When one was not.
        """
        definition = self._definition
        missing = sorted(self._wanted - self._given)
        if missing and not definition.can_subset:
            names = ", ".join(f"`{key.to_user_string()}`" for key in missing)
            raise NoOutputError(
                f"`{definition.node_name}` gave no result of the check {names}: give an AssetCheckResult for each check "
                "that it declares."
            )

    def _key_of(self, result: AssetCheckResult, asset: AssetKey | None) -> AssetCheckKey:
        definition = self._definition
        known = definition.check_specs_by_key
        if not known:
            raise OutputError(
                f"`{definition.node_name}` gave an AssetCheckResult and declares no check: name it in check_specs, as "
                f'AssetCheckSpec("{result.check_name or "name"}", asset="{definition.node_name}").'
            )
        wanted = result.asset_key or asset
        of_asset = [key for key in known if wanted in (None, key.asset_key)]
        if not of_asset and wanted is not None:
            names = dict.fromkeys(key.asset_key.to_user_string() for key in known)
            shown = wanted.to_user_string()
            raise OutputError(
                f"`{definition.node_name}` gave a result of a check of `{shown}`, and has none of it.{near(shown, names)} "
                f"Its checks are of {', '.join(f'`{name}`' for name in names)}."
            )
        if wanted is None and len({key.asset_key for key in known}) > 1:
            raise OutputError(
                f"`{definition.node_name}` gave an AssetCheckResult without an asset_key, and it checks several assets: say "
                "which one it is of."
            )
        named = [key for key in of_asset if result.check_name in (None, key.name)]
        if len(named) == 1:
            return named[0]
        names = dict.fromkeys(key.name for key in of_asset)
        listed = ", ".join(f"`{name}`" for name in names)
        if named:
            raise OutputError(
                f"`{definition.node_name}` gave an AssetCheckResult without a check_name, and it has several checks: say "
                f"which one it is of, of {listed}."
            )
        raise OutputError(
            f"`{definition.node_name}` gave a result of the check `{result.check_name}`, which it does not have."
            f"{near(str(result.check_name), names)} It has {listed}."
        )
