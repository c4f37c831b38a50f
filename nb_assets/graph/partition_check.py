"""Whether the partitions of assets can be derived from each other as it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.definitions.partitions.inferred_mapping import partition_mapping_between
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from nb_assets.graph.asset_graph import AssetGraph


def check_mappings(graph: AssetGraph) -> None:
    """Check each mapping between assets of which one has partitions.

    Raises
    ------
    DefinitionError
        When one cannot be between the partitions of its assets. It names both.
    """
    for key in graph.touching_partitions:
        ours, definition = graph.partitions_def(key), graph.definition(key)
        for other in (*graph.upstream(key), *((key,) if key in definition.self_dependent else ())):
            theirs = graph.partitions_def(other)
            if theirs is None:
                continue
            mapping = partition_mapping_between(definition.partition_mapping(key, other), ours, theirs)
            try:
                mapping.validate_partition_mapping(theirs, ours)
            except DefinitionError as error:
                raise DefinitionError(
                    f"the partitions of `{key.to_user_string()}` cannot be derived from those of `{other.to_user_string()}`: "
                    f"{error} Say how they follow with AssetIn(partition_mapping=…) or AssetDep(…, partition_mapping=…)."
                ) from None
