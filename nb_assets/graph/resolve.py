"""Which assets of a graph a selection means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.errors import SelectionError, near
from nb_assets.graph.selection import All, And, Attribute, Function, Not, Or, Selection, Traversal, parse

if TYPE_CHECKING:
    from nb_assets.graph.asset_graph import AssetGraph

StatusOf = Callable[[AssetKey], str]
_LISTED = 8
STATUS_WORDS = ("missing", "fresh", "stale", "failed", "running", "queued", "skipped")


def select(selection: object, graph: AssetGraph, status_of: StatusOf | None = None) -> list[AssetKey]:
    """Return the selected assets, each after what it is derived from.

    Parameters
    ----------
    selection
        A selection string, a key, a definition, or a list of any of them, which selects what each one does.
    status_of
        Tells the status word of an asset, for `status:`.

    Raises
    ------
    SelectionError
        When the string cannot be read, or names a key, group or status that there is not.
    """
    return graph.in_order(_selected(selection, graph, status_of))


def _selected(selection: object, graph: AssetGraph, status_of: StatusOf | None) -> set[AssetKey]:
    if isinstance(selection, str):
        return _resolve(parse(selection), graph, status_of)
    if isinstance(selection, AssetKey):
        return {_known(selection.to_user_string(), selection, graph)}
    keys = getattr(selection, "keys", None)
    if isinstance(keys, set):
        return {_known(key.to_user_string(), key, graph) for key in keys}
    if isinstance(selection, Iterable):
        return {key for item in selection for key in _selected(item, graph, status_of)}
    raise SelectionError(f"a selection is a text, a key, an asset or a list of them, not {selection!r}.")


def _resolve(selection: Selection, graph: AssetGraph, status_of: StatusOf | None) -> set[AssetKey]:
    everything = set(graph.keys)

    def find(tree: Selection) -> set[AssetKey]:
        match tree:
            case All():
                return set(everything)
            case And(operands):
                return set.intersection(*map(find, operands))
            case Or(operands):
                return set.union(*map(find, operands))
            case Not(operand):
                return everything - find(operand)
            case Traversal(operand, upstream, downstream):
                keys = find(operand)
                return (graph.ancestors(keys, upstream) | graph.descendants(keys, downstream)) & everything
            case Function(name, operand):
                return _ends(find(operand), graph, sinks=name == "sinks")
            case Attribute():
                return _matching(tree, graph, status_of)

    return find(selection)


def _ends(keys: set[AssetKey], graph: AssetGraph, *, sinks: bool) -> set[AssetKey]:
    step = graph.downstream if sinks else graph.upstream
    return {key for key in keys if not keys.intersection(step(key))}


def _matching(attribute: Attribute, graph: AssetGraph, status_of: StatusOf | None) -> set[AssetKey]:
    name, value = attribute.name, attribute.value
    if name == "key":
        return _by_key(value, graph)
    if name == "status":
        if value not in STATUS_WORDS:
            raise SelectionError(
                f"`status:{value}` is no status.{near(value, STATUS_WORDS)} There are {', '.join(STATUS_WORDS)}."
            )
        return {key for key in graph.keys if status_of is not None and status_of(key) == value}
    if name == "group" and "*" not in value and not any(_in_group(group, value) for group in graph.groups):
        raise SelectionError(
            f"there is no group `{value}`.{near(value, graph.groups)} {_listing('groups', graph.groups)}"
        )
    return {key for key in graph.keys if _has(graph, key, name, value)}


def _has(graph: AssetGraph, key: AssetKey, name: str, value: str) -> bool:
    spec = graph.spec(key)
    if name == "key_substring":
        return value.lower() in key.to_user_string().lower()
    if name == "group":
        return _in_group(spec.group_name, value)
    if name == "kind":
        return any(_matches(value, kind) for kind in spec.kinds)
    if name == "owner":
        return any(_matches(value, owner) for owner in spec.owners)
    tag, equals, wanted = value.partition("=")
    return tag in spec.tags and (not equals or spec.tags[tag] == wanted)


def _in_group(group: str, pattern: str) -> bool:
    """Tell whether a group is the one meant or inside it: `group:marketing` has those of `marketing/daily` too."""
    return _matches(pattern, group) or group.startswith(pattern + "/")


def _by_key(value: str, graph: AssetGraph) -> set[AssetKey]:
    if "*" in value:
        return {key for key in graph.keys if _matches(value, key.to_user_string())}
    return {_known(value, AssetKey.from_user_string(value), graph)}


def _known(shown: str, key: AssetKey, graph: AssetGraph) -> AssetKey:
    if key in graph:
        return key
    names = [known.to_user_string() for known in graph.keys]
    if key in set(graph.external):
        raise SelectionError(
            f"`{shown}` is not made here: assets are derived from it, but no cell or module defines it."
        )
    last = [name for name in names if name.rpartition("/")[2] == shown]
    hint = f" Did you mean `{last[0]}`?" if last else near(shown, names)
    raise SelectionError(f"no asset is called `{shown}`.{hint} {_listing('assets', names)}")


def _listing(what: str, names: Iterable[str]) -> str:
    shown = list(names)
    if not shown:
        return f"There are no {what} yet: register some with `%%asset`."
    rest = f" and {len(shown) - _LISTED} more" if len(shown) > _LISTED else ""
    return f"The {what} are {', '.join(shown[:_LISTED])}{rest}."


def _matches(pattern: str, text: str) -> bool:
    return re.fullmatch(".*".join(re.escape(part) for part in pattern.split("*")), text) is not None
