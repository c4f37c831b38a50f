"""What came of the partitions of an asset in a run, and which event tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nb_assets.execution.events import (
    AssetFailed,
    AssetFresh,
    AssetMaterialized,
    AssetRestored,
    AssetSkipped,
    ErrorInfo,
    PartitionTally,
)

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.storage.materialization import Materialization


@dataclass
class PartitionResult:
    """What came of the partitions of one asset, as it is told at the end of the step."""

    tally: PartitionTally
    last: Materialization | None = None
    previous: Materialization | None = None
    diff: Any = None
    code: Any = None
    error: ErrorInfo | None = None
    because: str = ""

    def event(
        self, run_id: str, key: AssetKey, *, has_any: bool
    ) -> AssetFailed | AssetMaterialized | AssetRestored | AssetSkipped | AssetFresh:
        """Return the event that ends the asset in the run: what came of its partitions, the worst of it first."""
        tally = self.tally
        if tally.failed and self.error is not None:
            return AssetFailed(run_id=run_id, key=key, error=self.error, partitions=tally)
        if tally.made and self.last is not None:
            # Of several, each has its own diff, which its own event tells.
            alone = tally.made == 1
            return AssetMaterialized(
                run_id=run_id,
                key=key,
                materialization=self.last,
                previous=self.previous,
                diff=self.diff if alone else None,
                code=self.code if alone else None,
                partitions=tally,
            )
        if tally.restored and self.last is not None:
            return AssetRestored(
                run_id=run_id,
                key=key,
                materialization=self.last,
                previous=self.previous,
                partitions=tally,
            )
        if tally.skipped or not has_any:
            because = self.because or "it has no partitions yet"
            return AssetSkipped(run_id=run_id, key=key, because=because, partitions=tally)
        return AssetFresh(run_id=run_id, key=key, partitions=tally)
