"""`AssetSelection`: a selection made of objects, with operators, on the same tree as selection strings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_check import AssetCheckKey
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.assets_definition import AssetsDefinition, definitions_in
from nb_assets.definitions.external_assets import external_in
from nb_assets.errors import SelectionError
from nb_assets.graph.asset_graph import AssetGraph
from nb_assets.graph.check_selection import resolve_checks
from nb_assets.graph.resolve import resolve, resolve_leniently
from nb_assets.graph.selection import parse
from nb_assets.graph.selection_text import text_of
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
    StatusOf = Callable[[AssetKey], str]


@dataclass(frozen=True)
class AssetSelection(Selecting):
    """A selection of assets. `|`, `&`, `-` and `~` combine selections; `str()` gives the selection string.

    It can stand wherever a selection string can, and strings and objects mean the same: one resolves as the other does.
    """

    @staticmethod
    def all(include_sources: bool = False) -> AssetSelection:  # noqa: FBT001, FBT002 - Dagster's signature
        """Select every asset; with `include_sources`, those that are made elsewhere, too."""
        return AssetSelection(All(external=include_sources))

    @staticmethod
    def assets(*assets_defs: Any) -> AssetSelection:
        """Select assets by definition or key."""
        return AssetSelection(Keys(tuple(key for item in assets_defs for key in _keys_of(item))))

    @staticmethod
    def keys(*asset_keys: Any) -> AssetSelection:
        """Select assets by key."""
        return AssetSelection.assets(*asset_keys)

    @staticmethod
    def key_prefixes(*key_prefixes: str | Sequence[str], include_sources: bool = False) -> AssetSelection:
        """Select the assets whose keys begin with one of these parts."""
        prefixes = tuple((one,) if isinstance(one, str) else tuple(one) for one in key_prefixes)
        return AssetSelection(Prefixes(prefixes, external=include_sources))

    @staticmethod
    def key_substring(key_substring: str, include_sources: bool = False) -> AssetSelection:  # noqa: FBT001, FBT002
        """Select the assets whose keys have this text in them."""
        return AssetSelection(Attribute("key_substring", key_substring, include_sources))

    @staticmethod
    def groups(*group_strs: str, include_sources: bool = False) -> AssetSelection:
        """Select the assets of groups, and of the groups inside them.

        Raises
        ------
        SelectionError
            When the name of a group is no text.
        """
        for group in group_strs:
            if not isinstance(group, str):
                raise SelectionError(f"a group is selected by its name, which is a text, not {group!r}.")
        return AssetSelection(Groups(group_strs, include_sources))

    @staticmethod
    def tag(key: str, value: str, include_sources: bool = False) -> AssetSelection:  # noqa: FBT001, FBT002
        """Select the assets that have a tag of this value."""
        return AssetSelection(Attribute("tag", f"{key}={value}", include_sources))

    @staticmethod
    def tag_string(string: str, include_sources: bool = False) -> AssetSelection:  # noqa: FBT001, FBT002
        """Select the assets that have a tag, told as `name=value` or, for an empty value, `name`.

        Raises
        ------
        SelectionError
            When the text has more than one `=`.
        """
        if string.count("=") > 1:
            raise SelectionError(f"a tag is told as `name=value`, and `{string}` has more than one `=`.")
        key, _, value = string.partition("=")
        return AssetSelection.tag(key, value, include_sources)

    @staticmethod
    def kind(kind: str | None, include_sources: bool = False) -> AssetSelection:  # noqa: FBT001, FBT002
        """Select the assets of a kind; None selects those of no kind."""
        return AssetSelection(
            Lacking("kind", include_sources) if kind is None else Attribute("kind", kind, include_sources)
        )

    @staticmethod
    def owner(owner: str | None) -> AssetSelection:
        """Select the assets of an owner; None selects those that nobody owns."""
        return AssetSelection(Lacking("owner") if owner is None else Attribute("owner", owner))

    @staticmethod
    def all_asset_checks() -> AssetSelection:
        """Select every asset check and no asset."""
        return AssetSelection(Checks(every=True))

    @staticmethod
    def checks_for_assets(*assets_defs: Any) -> AssetSelection:
        """Select the checks of assets, and not the assets."""
        keys = tuple(key for item in assets_defs for key in _keys_of(item))
        return AssetSelection(Checks(assets=keys))

    @staticmethod
    def checks(*assets_defs_or_check_keys: Any) -> AssetSelection:
        """Select asset checks by key, or those that definitions make."""
        keys = (key for item in assets_defs_or_check_keys for key in _check_keys_of(item))
        return AssetSelection(Checks(tuple(dict.fromkeys(keys))))

    @staticmethod
    def from_string(string: str, include_sources: bool = False) -> AssetSelection:  # noqa: FBT001, FBT002
        """Return what a selection string says.

        Raises
        ------
        SelectionError
            When it cannot be read.
        """
        del include_sources
        return AssetSelection(parse(string))

    @staticmethod
    def from_coercible(selection: Any) -> AssetSelection:
        """Return what a string, a selection, or a list of strings, keys or definitions selects.

        Raises
        ------
        SelectionError
            When it is none of these.
        """
        if isinstance(selection, AssetSelection):
            return selection
        if isinstance(selection, str):
            return AssetSelection.from_string(selection)
        if isinstance(selection, AssetCheckKey):
            return AssetSelection.checks(selection)
        if isinstance(selection, (AssetKey, AssetsDefinition)):
            return AssetSelection.assets(selection)
        if not isinstance(selection, Iterable):
            raise SelectionError(
                f"a selection is a text, a key, an asset, an AssetSelection or a list of them, not {selection!r}."
            )
        return AssetSelection(_either([AssetSelection.from_coercible(item).tree for item in selection]))

    def upstream(self, depth: int | None = None, include_self: bool = True) -> AssetSelection:  # noqa: FBT001, FBT002
        """Select, with these, what they are derived from, over at most `depth` steps."""
        return self._around(Traversal(self.tree, _checked_depth(depth), 0), include_self=include_self)

    def downstream(self, depth: int | None = None, include_self: bool = True) -> AssetSelection:  # noqa: FBT001, FBT002
        """Select, with these, what is derived from them, over at most `depth` steps."""
        return self._around(Traversal(self.tree, 0, _checked_depth(depth)), include_self=include_self)

    def sinks(self) -> AssetSelection:
        """Select those that no other of these is derived from them."""
        return AssetSelection(Function("sinks", self.tree))

    def roots(self) -> AssetSelection:
        """Select those that are derived from no other of these."""
        return AssetSelection(Function("roots", self.tree))

    def sources(self) -> AssetSelection:
        """Select the roots: an older name."""
        return self.roots()

    def required_multi_asset_neighbors(self) -> AssetSelection:
        """Select, with these, what one function always makes together with them."""
        return AssetSelection(Function("neighbors", self.tree))

    def materializable(self) -> AssetSelection:
        """Select those that are made here."""
        return AssetSelection(Function("materializable", self.tree))

    def upstream_source_assets(self) -> AssetSelection:
        """Select what these are derived from, over any number of steps, and what is made elsewhere."""
        return AssetSelection(Function("sources", self.tree))

    def without_checks(self) -> AssetSelection:
        """Select the same assets without their checks."""
        return self - AssetSelection.all_asset_checks()

    def resolve(self, all_assets: Any, allow_missing: bool = False) -> set[AssetKey]:  # noqa: FBT001, FBT002
        """Return the keys that this selects among definitions, or in a graph.

        Parameters
        ----------
        allow_missing
            Leave out keys that there are not, in place of an error.

        Raises
        ------
        SelectionError
            When it names what there is not.
        """
        if isinstance(all_assets, AssetGraph):
            graph = all_assets
        else:
            given = list(all_assets)
            made = {key: each for item in given for each in definitions_in(item) for key in each.specs_by_key}
            told = {key: each for each in external_in(given, made) for key in each.specs_by_key}
            graph = AssetGraph({**made, **told})
        return (resolve_leniently if allow_missing else resolve)(self.tree, graph)

    def resolve_checks(self, asset_graph: AssetGraph, allow_missing: bool = False) -> set[AssetCheckKey]:  # noqa: FBT001, FBT002
        """Return the checks that this selects in a graph: unless it says otherwise, those of the assets that it selects.

        Raises
        ------
        SelectionError
            When it names what there is not, unless `allow_missing`.
        """
        return resolve_checks(self.tree, asset_graph, lenient=allow_missing)

    def to_selection_str(self) -> str:
        """Return the selection string that means the same.

        Raises
        ------
        SelectionError
            When selection strings have no words for it.
        """
        return text_of(self.tree)

    def __or__(self, other: AssetSelection) -> AssetSelection:
        return AssetSelection(Or((*_operands(self, Or), *_operands(_selection(other), Or))))

    def __and__(self, other: AssetSelection) -> AssetSelection:
        return AssetSelection(And((*_operands(self, And), *_operands(_selection(other), And))))

    def __sub__(self, other: AssetSelection) -> AssetSelection:
        return AssetSelection(And((self.tree, Not(_selection(other).tree))))

    def __invert__(self) -> AssetSelection:
        return AssetSelection(Not(self.tree))

    def __str__(self) -> str:
        try:
            return self.to_selection_str()
        except SelectionError:
            return repr(self)

    def _around(self, traversal: Traversal, *, include_self: bool) -> AssetSelection:
        return AssetSelection(traversal if include_self else And((traversal, Not(self.tree))))


def _keys_of(item: Any) -> Iterable[AssetKey]:
    if isinstance(item, AssetsDefinition):
        return item.specs_by_key
    if isinstance(item, str):
        return (AssetKey.from_user_string(item),)
    # A spec stands for the asset that it tells of.
    return (AssetKey.from_coercible(getattr(item, "key", item)),)


def _check_keys_of(item: Any) -> Iterable[AssetCheckKey]:
    if isinstance(item, AssetsDefinition):
        return item.check_specs_by_key
    if isinstance(item, AssetCheckKey):
        return (item,)
    raise SelectionError(f"a check is selected by its AssetCheckKey or its definition, not by {item!r}.")


def _selection(other: Any) -> AssetSelection:
    if not isinstance(other, AssetSelection):
        raise SelectionError(
            f"a selection is combined with another selection, not with {other!r}: "
            "AssetSelection.from_coercible makes one of a text or of assets."
        )
    return other


def _operands(selection: AssetSelection, kind: type[And | Or]) -> tuple[Selection, ...]:
    tree = selection.tree
    # What holds a `not` is a difference, and stays one.
    if isinstance(tree, kind) and tree.operands and not any(isinstance(one, Not) for one in tree.operands):
        return tree.operands
    return (tree,)


def _either(trees: list[Selection]) -> Selection:
    return trees[0] if len(trees) == 1 else Or(tuple(trees))


def _checked_depth(depth: int | None) -> int | None:
    if depth is not None and (isinstance(depth, bool) or not isinstance(depth, int)):
        raise SelectionError(f"a depth is a number of steps, or None for all of them, not {depth!r}.")
    return depth
