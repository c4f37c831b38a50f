"""The graph of a session's assets. The one module that knows networkx.

A graph is a picture of the registry at one moment: it never changes, so threads may share it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.naming import DEFAULT_GROUP
from nb_assets.errors import CycleError, DefinitionError
from nb_assets.graph.check_catalogue import CheckCatalogue
from nb_assets.graph.partition_check import check_mappings
from nb_assets.graph.vocabulary import Vocabulary

if TYPE_CHECKING:
    import networkx as nx

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.asset_spec import AssetSpec
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.partitions.partitions_definition import PartitionsDefinition
    from nb_assets.definitions.registry import RegistryState


class AssetGraph:
    """Assets and what each is derived from. Orders are topological, with the order of definition between equals.

    Parameters
    ----------
    definitions
        The definition of each key.
    withdrawn
        The keys that were defined here and are not any more: what was made of them stands for nothing.

    checks
        The definitions of checks that are functions of their own.
    before
        A graph of before a change: where the change leaves what is derived from what, the order need not be worked out.

    Raises
    ------
    CycleError
        When assets depend on each other in a circle.
    DuplicateKeyError
        When two checks of an asset have one name.
    DefinitionError
        When the partitions of an asset cannot be derived from those of another as it is said.
    """

    def __init__(
        self,
        definitions: Mapping[AssetKey, AssetsDefinition],
        withdrawn: frozenset[AssetKey] = frozenset(),
        checks: Iterable[AssetsDefinition] = (),
        before: AssetGraph | None = None,
    ) -> None:
        self.withdrawn = withdrawn
        self.checks = CheckCatalogue((*dict.fromkeys(definitions.values()), *checks))
        self._definitions = {key: each for key, each in definitions.items() if each.is_executable}
        self._described = {key: each for key, each in definitions.items() if not each.is_executable}
        self._upstream = {key: definition.upstream_of(key) for key, definition in definitions.items()}
        # The definitions whose functions are called several times in a run, because other assets come between theirs.
        self.called_apart: frozenset[int] = frozenset()
        self._order: dict[AssetKey, int]
        if before is not None and self._is_ordered_as(before):
            self._order = before._order  # noqa: SLF001 - of this class
            # What follows from the order and the keys alone.
            same = ("keys", "external", "with_externals", "_downstream")
            vars(self).update({name: vars(before)[name] for name in same if name in vars(before)})
        else:
            self._order = {key: index for index, key in enumerate(self._topological())}
        if self.partitioned:
            check_mappings(self)
        self._check_partitions_of_checks()

    def _check_partitions_of_checks(self) -> None:
        for key in self.checks:
            own, known = self.checks.spec(key).partitions_def, key.asset_key in self.partitioned
            if (
                own is not None
                and (known or key.asset_key in self)
                and own != self.partitions_def(key.asset_key)
            ):
                shown = key.asset_key.to_user_string()
                raise DefinitionError(
                    f"the check `{key.to_user_string()}` has other partitions than `{shown}`: give it the partitions_def of "
                    "its asset, or none to look at all partitions at once."
                )

    @classmethod
    def of(cls, state: RegistryState, before: AssetGraph | None = None) -> AssetGraph:
        """Return the graph of what is registered at one moment."""
        return cls(state.by_key, state.withdrawn, state.checks, before)

    def __contains__(self, key: object) -> bool:
        return key in self._definitions

    def __iter__(self) -> Iterator[AssetKey]:
        return iter(self.keys)

    def __len__(self) -> int:
        return len(self._definitions)

    @cached_property
    def nx(self) -> nx.DiGraph:
        """The graph as networkx has it: nodes are keys, edges lead downstream, external assets are among the nodes."""
        import networkx as nx

        graph = nx.DiGraph()
        graph.add_nodes_from(self._definitions)
        graph.add_nodes_from(self._described)
        graph.add_edges_from(self.edges())
        return graph

    @cached_property
    def keys(self) -> list[AssetKey]:
        """The keys of all assets that are made here, each after what it is derived from."""
        return [key for key in self._order if key in self._definitions]

    @cached_property
    def with_externals(self) -> list[AssetKey]:
        """The keys of all assets that are made here and of what they are derived from, in order."""
        return self.in_order(self.ancestors(self.keys))

    @cached_property
    def external(self) -> list[AssetKey]:
        """The keys that assets are derived from, or that are told of, but that nothing here makes."""
        return [key for key in self._order if key not in self._definitions]

    @cached_property
    def _downstream(self) -> dict[AssetKey, list[AssetKey]]:
        downstream: dict[AssetKey, list[AssetKey]] = {key: [] for key in self._order}
        for key in self._order:
            for upstream in self._upstream.get(key, ()):
                downstream[upstream].append(key)
        return downstream

    def differing(self, other: AssetGraph) -> Iterator[AssetKey]:
        """Yield the assets, those that are made elsewhere included, that are defined otherwise in another graph."""
        for key in self.with_externals:
            if (
                self._definitions.get(key) is not other._definitions.get(key)
                or self._described.get(key) is not other._described.get(key)
                or self._upstream.get(key) != other._upstream.get(key)
            ):
                yield key

    def edges(self) -> Iterator[tuple[AssetKey, AssetKey]]:
        """Yield each dependency as (upstream, downstream)."""
        for key, upstream in self._upstream.items():
            for other in upstream:
                yield other, key

    def upstream(self, key: AssetKey) -> tuple[AssetKey, ...]:
        """Return what the asset is directly derived from."""
        return self._upstream.get(key, ())

    def downstream(self, key: AssetKey) -> tuple[AssetKey, ...]:
        """Return what is directly derived from the asset."""
        return tuple(self._downstream.get(key, ()))

    def ancestors(self, keys: Iterable[AssetKey], depth: int | None = None) -> set[AssetKey]:
        """Return the keys and all that they are derived from, over at most `depth` steps."""
        return self._reach(keys, self.upstream, depth)

    def descendants(self, keys: Iterable[AssetKey], depth: int | None = None) -> set[AssetKey]:
        """Return the keys and all that is derived from them, over at most `depth` steps."""
        return self._reach(keys, self.downstream, depth)

    def in_order(self, keys: Iterable[AssetKey]) -> list[AssetKey]:
        """Return the keys, each after what it is derived from."""
        return sorted(set(keys), key=self._order.__getitem__)

    def definition(self, key: AssetKey) -> AssetsDefinition:
        """Return what makes the asset."""
        return self._definitions[key]

    def spec(self, key: AssetKey) -> AssetSpec:
        """Return what is said of the asset, which may be one that is only told of here."""
        definition = self._definitions.get(key) or self._described[key]
        return definition.specs_by_key[key]

    def described(self, key: AssetKey) -> AssetsDefinition | None:
        """Return what tells of an asset that is made elsewhere, if anything does."""
        return self._described.get(key)

    def partitions_def(self, key: AssetKey) -> PartitionsDefinition[Any] | None:
        """Return the partitions of an asset, None when it has none or nothing tells of it."""
        definition = self._definitions.get(key) or self._described.get(key)
        return None if definition is None else definition.specs_by_key[key].partitions_def

    @cached_property
    def partitioned(self) -> frozenset[AssetKey]:
        """The assets that have partitions."""
        every = {**self._described, **self._definitions}
        return frozenset(
            key for key, each in every.items() if each.specs_by_key[key].partitions_def is not None
        )

    @cached_property
    def touching_partitions(self) -> frozenset[AssetKey]:
        """The assets that are made here and have partitions, or are directly derived from one that has."""
        if not self.partitioned:
            return frozenset()
        return frozenset(
            key
            for key in self._definitions
            if key in self.partitioned or not self.partitioned.isdisjoint(self._upstream[key])
        )

    def group_of(self, key: AssetKey) -> str:
        """Return the group that the asset is in."""
        is_known = key in self._definitions or key in self._described
        return self.spec(key).group_name or DEFAULT_GROUP if is_known else DEFAULT_GROUP

    @cached_property
    def groups(self) -> dict[str, list[AssetKey]]:
        """The assets of each group, in order."""
        groups: dict[str, list[AssetKey]] = {}
        for key in self.keys:
            groups.setdefault(self.group_of(key), []).append(key)
        return groups

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words that selections of these assets can be made of."""
        return Vocabulary(self)

    @staticmethod
    def _reach(keys: Iterable[AssetKey], step: object, depth: int | None) -> set[AssetKey]:
        reached = set(keys)
        frontier = list(reached)
        while frontier and (depth is None or depth > 0):
            following = {other for key in frontier for other in step(key)} - reached  # type: ignore[operator]
            reached |= following
            frontier = list(following)
            depth = None if depth is None else depth - 1
        return reached

    def _topological(self) -> list[AssetKey]:
        # A definition of several assets is one step: its assets stand for it, so that a circle through it is seen.
        owner = {key: next(iter(self._definitions[key].specs_by_key)) for key in self._definitions}
        ordered = self._ordered(owner, apart=True)
        made_with: dict[AssetKey, list[AssetKey]] = {}
        for key in self._rank():
            made_with.setdefault(owner.get(key, key), []).append(key)
        return [key for step in ordered for key in self._inside(made_with[step])]

    def _is_ordered_as(self, other: AssetGraph) -> bool:
        """Tell whether the order has to be that of another graph: the same keys, and the same ones together in a step."""
        exchanged = [
            (each, other._definitions[key])
            for key, each in self._definitions.items()
            if key in other._definitions and other._definitions[key] is not each
        ]
        return (
            not other.called_apart
            and list(self._upstream) == list(other._upstream)
            and list(self._definitions) == list(other._definitions)
            and self._upstream == other._upstream
            and all(list(new.specs_by_key) == list(old.specs_by_key) for new, old in exchanged)
        )

    def _rank(self) -> dict[AssetKey, int]:
        nodes = [
            *self._definitions,
            *self._described,
            *(key for ups in self._upstream.values() for key in ups),
        ]
        return {key: index for index, key in enumerate(dict.fromkeys(nodes))}

    def _ordered(self, owner: dict[AssetKey, AssetKey], *, apart: bool) -> list[AssetKey]:
        """Return the steps in order, each under the asset that stands for it. A circle of steps is taken apart, if it can be."""
        import networkx as nx

        rank = self._rank()
        steps = nx.DiGraph()
        steps.add_nodes_from(owner.get(key, key) for key in rank)
        for upstream, key in self.edges():
            if upstream == key:
                raise CycleError([key.to_user_string()])
            if (source := owner.get(upstream, upstream)) != (target := owner.get(key, key)):
                steps.add_edge(source, target)
        try:
            return list(nx.lexicographical_topological_sort(steps, key=rank.__getitem__))
        except nx.NetworkXUnfeasible:
            circles = [part for part in nx.strongly_connected_components(steps) if len(part) > 1]
        # A function that can make some of its assets alone may be called several times, between the calls of others.
        several = {
            key
            for key, first in owner.items()
            if any(first in part for part in circles) and self._definitions[key].can_subset
        }
        if apart and several:
            owner.update({key: key for key in several})
            self.called_apart = frozenset(id(self._definitions[key]) for key in several)
            return self._ordered(owner, apart=False)
        raise CycleError([source.to_user_string() for source, _ in nx.find_cycle(steps)])

    def _inside(self, keys: list[AssetKey]) -> list[AssetKey]:
        """Order the assets of one definition, which may be derived from each other."""
        ordered: list[AssetKey] = []
        waiting = list(keys)
        while waiting:
            ready = [key for key in waiting if not set(self._upstream.get(key, ())).intersection(waiting)]
            if not ready:
                raise CycleError([key.to_user_string() for key in waiting])
            ordered += ready
            waiting = [key for key in waiting if key not in ready]
        return ordered
