"""The values of the partitions behind an input: one as it is, several as a dict by partition key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.errors import InvocationError, RunError, UnknownPartitionError
from nb_assets.execution.partition_context import PartitionScope

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.keeper import Keeper
    from nb_assets.execution.plan import Step
    from nb_assets.staleness import AssetStatus, Reading
    from nb_assets.storage.materialization import Materialization


class PartitionValues:
    """Finds and loads the partitions behind the inputs of steps."""

    def __init__(self, reading: Reading, keeper: Keeper) -> None:
        self._reading = reading
        self._keeper = keeper

    def has(self, key: AssetKey) -> bool:
        """Tell whether an asset has partitions."""
        return key in self._reading.graph.partitioned

    def scope(self, step: Step) -> PartitionScope:
        """Return what the context of a step knows of partitions."""
        return PartitionScope(
            keys=step.partitions or (),
            upstream=lambda key: self._behind(step, key) if self.has(key) else None,
            partitions_def=self._reading.graph.partitions_def,
        )

    def version(self, step: Step, key: AssetKey, known: Mapping[AssetKey, AssetStatus]) -> str:
        """Return the data version of the partitions behind an input."""
        made = self._records(step, key, known)
        return "|".join(f"{partition}={record.data_version}" for partition, record in made.items())

    def first(
        self, step: Step, key: AssetKey, known: Mapping[AssetKey, AssetStatus]
    ) -> Materialization | None:
        """Return the record of the first partition behind an input that was made, which says where the values are."""
        return next(iter(self._records(step, key, known).values()), None)

    def load(self, step: Step, argument: str, key: AssetKey, known: Mapping[AssetKey, AssetStatus]) -> Any:
        """Return what an argument is handed: the value of one partition, or a dict of several by key.

        Raises
        ------
        RunError
            When one of them was never made.
        InvocationError
            When the step makes no partition, and so nothing says which partitions it is derived from.
        """
        found = self._records(step, key, known)
        wanted = self._behind(step, key)
        lacking = [partition for partition in wanted if partition not in found]
        if lacking:
            others = len(lacking) - 1
            more = f" and {others:,} more partition{'s' if others > 1 else ''}" if others else ""
            raise RunError(
                f"`{step.definition.node_name}` reads `{key.to_user_string()}` through its argument `{argument}`, but its "
                f"partition `{lacking[0]}`{more} was never materialized."
            )
        if not wanted:
            return None
        if len(wanted) == 1:
            return self._keeper.load(found[wanted[0]])
        return {partition: self._keeper.load(found[partition]) for partition in wanted}

    def load_all(self, key: AssetKey) -> dict[str, Any]:
        """Return the values of all partitions that were made of an asset."""
        return {
            partition: self._keeper.load(record)
            for partition, record in self._keeper.latest_partitions(key).items()
        }

    def _records(
        self, step: Step, key: AssetKey, known: Mapping[AssetKey, AssetStatus]
    ) -> dict[str, Materialization]:
        status = known.get(key)
        table = None if status is None else status.partitions
        found: dict[str, Materialization] = {}
        for partition in self._behind(step, key):
            at_hand = None if table is None else table.get(partition)
            made = self._keeper.latest(key, partition) if at_hand is None else at_hand.materialization
            if made is not None:
                found[partition] = made
        return found

    def _behind(self, step: Step, key: AssetKey) -> tuple[str, ...]:
        graph, view = self._reading.graph, self._reading.view
        if not step.keys and step.partitions:
            return step.partitions
        if not step.keys:
            # A check looks at all that there is.
            made = self._keeper.latest_partitions(key)
            return tuple(partition for partition in view.existing(key) if partition in made)
        if step.partitions is None and step.definition.partitions_def is not None:
            raise InvocationError(
                f"`{step.definition.node_name}` has partitions, and this run makes none, so nothing says which partitions of "
                f"`{key.to_user_string()}` it is derived from: run it with partition_key=…"
            )
        owner = next((each for each in step.keys if key == each or key in graph.upstream(each)), step.keys[0])
        mapped = view.upstream_of_several(owner, step.partitions or (None,), key)
        if mapped.missing:
            partitions_def = graph.partitions_def(key)
            assert partitions_def is not None
            raise UnknownPartitionError(
                f"`{step.definition.node_name}` is derived from partitions that do not exist: "
                f"{partitions_def.unknown(mapped.missing[0], key.to_user_string())} If that is meant to be, map them with "
                "TimeWindowPartitionMapping(allow_nonexistent_upstream_partitions=True)."
            )
        return mapped.keys
