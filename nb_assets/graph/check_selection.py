"""Which checks a selection means: those of the assets that it selects, and those that it names itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from nb_assets.definitions.asset_check import AssetCheckKey
from nb_assets.definitions.assets_definition import AssetsDefinition
from nb_assets.graph.resolve import resolve, resolve_leniently, select
from nb_assets.graph.selection_tree import And, Checks, Not, Or, Selecting, Selection

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.graph.asset_graph import AssetGraph


def checks_of_selection(
    selection: object, graph: AssetGraph, selected: Iterable[AssetKey]
) -> list[AssetCheckKey]:
    """Return the checks that a selection means.

    Parameters
    ----------
    selected
        The assets that it means: what names no check means the checks of these.

    Raises
    ------
    SelectionError
        When it names a check that there is not.
    """
    if not graph.checks:
        if isinstance(selection, Selecting):
            resolve_checks(selection.tree, graph)
        return []
    wanted = _wanted(selection, graph)
    if wanted is None:
        return graph.checks.of_all(selected)
    return [key for key in graph.checks if key in wanted]


def _wanted(selection: object, graph: AssetGraph) -> set[AssetCheckKey] | None:
    """Return the checks that a selection means, or None for those of its assets."""
    if isinstance(selection, Selecting):
        return resolve_checks(selection.tree, graph)
    if isinstance(selection, AssetCheckKey):
        return {graph.checks.known(selection)}
    if isinstance(selection, AssetsDefinition):
        of_assets = set(graph.checks.of_all(selection.keys))
        return of_assets | {graph.checks.known(key) for key in selection.check_specs_by_key}
    if isinstance(selection, (list, tuple, set, frozenset)):
        parts = [(each, _wanted(each, graph)) for each in selection]
        if all(found is None for _, found in parts):
            return None
        return {
            key
            for each, found in parts
            for key in (graph.checks.of_all(select(each, graph)) if found is None else found)
        }
    return None


def resolve_checks(tree: Selection, graph: AssetGraph, *, lenient: bool = False) -> set[AssetCheckKey]:
    """Return the checks that a tree means.

    Raises
    ------
    SelectionError
        When it names a check that there is not, unless `lenient`.
    """
    match tree:
        case Checks(keys, None, False):
            if lenient:
                return {key for key in keys if key in graph.checks}
            return {graph.checks.known(key) for key in keys}
        case Checks(_, assets, every):
            return set(graph.checks) if every else set(graph.checks.of_all(assets or ()))
        case Or(operands):
            return set().union(*(resolve_checks(each, graph, lenient=lenient) for each in operands))
        case Not(operand):
            return set(graph.checks) - resolve_checks(operand, graph, lenient=lenient)
        case And(operands):
            found = [resolve_checks(each, graph, lenient=lenient) for each in operands]
            return set.intersection(*found)
    selected = resolve_leniently(tree, graph) if lenient else resolve(tree, graph)
    return set(graph.checks.of_all(selected))
