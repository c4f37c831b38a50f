"""The key of a partition in several dimensions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from typing_extensions import Self

DELIMITER = "|"


class PartitionDimensionKey(NamedTuple):
    """The part of a key that is of one dimension."""

    dimension_name: str
    partition_key: str


class MultiPartitionKey(str):
    """The key of a partition in several dimensions: a text of its parts, in the order of their dimensions' names."""

    __slots__ = ("_by_dimension",)
    _by_dimension: dict[str, str]

    def __new__(cls, keys_by_dimension: Mapping[str, str]) -> Self:
        """Join the parts."""
        given: object = keys_by_dimension
        if not isinstance(given, Mapping) or not all(
            isinstance(part, str) for pair in given.items() for part in pair
        ):
            raise DefinitionError(
                f"the key of a partition in several dimensions is a dict of texts by dimension, not {keys_by_dimension!r}."
            )
        by_dimension = {name: keys_by_dimension[name] for name in sorted(keys_by_dimension)}
        key = super().__new__(cls, DELIMITER.join(by_dimension.values()))
        key._by_dimension = by_dimension
        return key

    def __getnewargs__(self) -> tuple[dict[str, str]]:  # type: ignore[override]
        return (self._by_dimension,)

    @property
    def keys_by_dimension(self) -> Mapping[str, str]:
        """The parts by dimension."""
        return dict(self._by_dimension)

    @property
    def dimension_keys(self) -> list[PartitionDimensionKey]:
        """The parts in order, each with its dimension."""
        return [PartitionDimensionKey(name, part) for name, part in self._by_dimension.items()]
