"""Which assets of a graph a selection means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from nb_assets.definitions.asset_check import AssetCheckKey
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.naming import DEFAULT_GROUP
from nb_assets.errors import SelectionError, near
from nb_assets.graph.selection import parse
from nb_assets.graph.selection_tree import (
    All,
    And,
    Attribute,
    Checks,
    Function,
    Groups,
    Keys,
    Lacking,
    Not,
    Or,
    Prefixes,
    Selecting,
    Selection,
    Traversal,
)

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
        A selection string, an `AssetSelection`, a key, a definition, or a list of any of them, which selects what each
        one does.
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
        return resolve(parse(selection), graph, status_of)
    if isinstance(selection, Selecting):
        return _made_here(resolve(selection.tree, graph, status_of), graph)
    if isinstance(selection, AssetCheckKey):
        return set()
    if isinstance(selection, AssetKey):
        return {_known(selection.to_user_string(), selection, graph)}
    keys = getattr(selection, "keys", None)
    if isinstance(keys, set):
        return {_known(key.to_user_string(), key, graph) for key in keys}
    if isinstance(selection, Iterable):
        return {key for item in selection for key in _selected(item, graph, status_of)}
    raise SelectionError(f"a selection is a text, a key, an asset or a list of them, not {selection!r}.")


def resolve(tree: Selection, graph: AssetGraph, status_of: StatusOf | None = None) -> set[AssetKey]:
    """Return the assets that a tree means, those that are made elsewhere among them where it says so.

    Raises
    ------
    SelectionError
        When it names a key, group or status that there is not.
    """
    return _Resolver(graph, status_of, lenient=False).find(tree)


def resolve_leniently(tree: Selection, graph: AssetGraph) -> set[AssetKey]:
    """Return the assets that a tree means, as far as there are any."""
    return _Resolver(graph, None, lenient=True).find(tree)


class _Resolver:
    def __init__(self, graph: AssetGraph, status_of: StatusOf | None, *, lenient: bool) -> None:
        self.graph = graph
        self.status_of = status_of
        self.lenient = lenient
        self.made_here = set(graph.keys)
        self.elsewhere = set(graph.external)

    def find(self, tree: Selection) -> set[AssetKey]:
        match tree:
            case And(operands):
                return self._all_of(operands)
            case Or(operands):
                return set().union(*map(self.find, operands))
            case Not(operand):
                return self.made_here - self.find(operand)
            case Traversal(operand, upstream, downstream):
                return self._around(self.find(operand), upstream, downstream)
            case Function(name, operand):
                return _FUNCTIONS[name](self, self.find(operand))
            case Checks():
                return set()
            case Attribute():
                return _matching(tree, self.graph, self.status_of)
        return self._named(tree)

    def _named(self, tree: All | Keys | Prefixes | Groups | Lacking) -> set[AssetKey]:
        graph = self.graph
        match tree:
            case All(external):
                return self._base(external=external)
            case Prefixes(prefixes, external):
                return {
                    key
                    for key in self._base(external=external)
                    if any(key.parts[: len(prefix)] == prefix for prefix in prefixes)
                }
            case Keys(keys):
                return {key for key in keys if self._exists(key)}
            case Groups(names, external):
                return {
                    key
                    for key in _known_keys(graph, external=external)
                    if any(_in_group(graph.group_of(key), one) for one in names)
                }
            case Lacking(attribute, external):
                known = _known_keys(graph, external=external)
                return {key for key in known if not getattr(graph.spec(key), _LACKED[attribute])}

    def _base(self, *, external: bool) -> set[AssetKey]:
        return self.made_here | self.elsewhere if external else set(self.made_here)

    def _all_of(self, operands: tuple[Selection, ...]) -> set[AssetKey]:
        """Return what all of them select; what one excludes may be made elsewhere."""
        wanted = [self.find(each) for each in operands if not isinstance(each, Not)]
        excluded = [self.find(each.operand) for each in operands if isinstance(each, Not)]
        return (set.intersection(*wanted) if wanted else set(self.made_here)).difference(*excluded)

    def _around(self, keys: set[AssetKey], upstream: int | None, downstream: int | None) -> set[AssetKey]:
        graph = self.graph
        reached = (graph.ancestors(keys, upstream) | graph.descendants(keys, downstream)) & self.made_here
        return reached if upstream != 0 else reached | keys

    def _exists(self, key: AssetKey) -> bool:
        if key in self.made_here or key in self.elsewhere:
            return True
        if self.lenient:
            return False
        _known(key.to_user_string(), key, self.graph)
        raise AssertionError(key)  # pragma: no cover - the line above raises

    def ends(self, keys: set[AssetKey], *, downstream: bool) -> set[AssetKey]:
        """Return those that nothing else of them comes after, or before: over any number of steps."""
        graph = self.graph
        # One sweep for all: what is before the keys cannot be last among them, and what is after them not first.
        follow, sweep = (
            (graph.upstream, graph.ancestors) if downstream else (graph.downstream, graph.descendants)
        )
        return keys - sweep({other for key in keys for other in follow(key)})

    def neighbors(self, keys: set[AssetKey]) -> set[AssetKey]:
        """Return, with these, what is always made together with them."""
        definitions = [self.graph.definition(key) for key in keys & self.made_here]
        return keys.union(*(each.keys for each in definitions if not each.can_subset))


_LACKED = {"kind": "kinds", "owner": "owners"}

_FUNCTIONS: dict[str, Callable[[_Resolver, set[AssetKey]], set[AssetKey]]] = {
    "sinks": lambda resolver, keys: resolver.ends(keys, downstream=True),
    "roots": lambda resolver, keys: resolver.ends(keys, downstream=False),
    "neighbors": lambda resolver, keys: resolver.neighbors(keys),
    "materializable": lambda resolver, keys: keys & resolver.made_here,
    "sources": lambda resolver, keys: resolver.graph.ancestors(keys) & resolver.elsewhere,
}


def _made_here(keys: set[AssetKey], graph: AssetGraph) -> set[AssetKey]:
    """Leave out what is made elsewhere, which can be selected, but not run or shown as an asset."""
    here = {key for key in keys if key in graph}
    if keys and not here:
        key = min(keys)
        _known(key.to_user_string(), key, graph)
    return here


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
    known = _known_keys(graph, external=attribute.external)
    return {key for key in known if _has(graph, key, name, value)}


def _known_keys(graph: AssetGraph, *, external: bool) -> list[AssetKey]:
    """Return the keys of what is made here and, where asked for, of what is told of and made elsewhere."""
    elsewhere = [key for key in graph.external if graph.described(key)] if external else []
    return [*graph.keys, *elsewhere]


def _has(graph: AssetGraph, key: AssetKey, name: str, value: str) -> bool:
    spec = graph.spec(key)
    if name == "key_substring":
        return value.lower() in key.to_user_string().lower()
    if name == "group":
        return _in_group(spec.group_name or DEFAULT_GROUP, value)
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
        why = "assets are derived from it, but no cell or module defines it"
        if graph.described(key) is not None:
            why = "it is told of, and something else makes it"
        raise SelectionError(f"`{shown}` is not made here: {why}.")
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
