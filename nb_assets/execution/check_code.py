"""The code version of a check: that of its own function, or of the function that makes it with its asset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.fingerprint.code import CodeFingerprint, fingerprint_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from nb_assets.definitions.asset_check import AssetCheckKey
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.fingerprint.settings import Settings
    from nb_assets.graph.asset_graph import AssetGraph


def fingerprint_check(
    graph: AssetGraph,
    key: AssetCheckKey,
    settings_for: Callable[[AssetsDefinition], Settings | None],
) -> CodeFingerprint:
    """Return the fingerprint of the code of a check as it is now.

    Parameters
    ----------
    settings_for
        Returns what a definition is run with.
    """
    definition = graph.checks.definition(key)
    given = graph.spec(key.asset_key).code_version if graph.checks.is_made_with_asset(key) else None
    return fingerprint_code(definition, given, settings_for(definition))
