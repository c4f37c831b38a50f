"""The record of one evaluation of a check: what came of it, when, by which code, of which data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_check import AssetCheckKey, AssetCheckSeverity
from nb_assets.definitions.check_result import (
    AssetCheckEvaluation,
    AssetCheckEvaluationTargetMaterializationData,
)
from nb_assets.storage.records import metadata_of

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey


@dataclass(frozen=True, kw_only=True)
class CheckTarget:
    """The materialization that a check looked at; all empty when there was none."""

    version: int = 0
    run_id: str = ""
    timestamp: float = 0.0
    data_version: str = ""


@dataclass(frozen=True, kw_only=True)
class CheckRecord:
    """One evaluation. `timestamp` is when it ended, in seconds since 1970; `duration` is in seconds.

    Attributes
    ----------
    provenance
        The code of the check and the data versions of all that it looked at, as one text to compare.
    error
        The error in a line, of an evaluation that broke off: it says nothing of the asset.
    partition
        The partition that it is of, of a check that looks at one at a time.
    """

    key: AssetCheckKey
    run_id: str
    timestamp: float
    duration: float
    provenance: str
    passed: bool
    severity: AssetCheckSeverity = AssetCheckSeverity.ERROR
    blocking: bool = False
    description: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    target: CheckTarget = field(default_factory=CheckTarget)
    error: str | None = None
    partition: str | None = None

    @property
    def blocks(self) -> bool:
        """Whether what is derived from the asset must not be made."""
        failed = not self.passed and self.severity is AssetCheckSeverity.ERROR
        return self.blocking and (failed or self.error is not None)

    @property
    def evaluation(self) -> AssetCheckEvaluation:
        """The same as Dagster has it."""
        target = self.target
        return AssetCheckEvaluation(
            asset_key=self.key.asset_key,
            check_name=self.key.name,
            passed=self.passed,
            metadata=self.metadata,
            target_materialization_data=AssetCheckEvaluationTargetMaterializationData(
                storage_id=target.version, run_id=target.run_id, timestamp=target.timestamp
            )
            if target.version
            else None,
            severity=self.severity,
            description=self.description,
            blocking=self.blocking,
            partition=self.partition,
        )

    def to_payload(self) -> dict[str, Any]:
        """Return what an event holds of it beside the asset, the run and the moment."""
        return {
            "check": self.key.name,
            "duration": self.duration,
            "provenance": self.provenance,
            "passed": self.passed,
            "severity": self.severity.value,
            "blocking": self.blocking,
            "description": self.description,
            "metadata": dict(self.metadata),
            "target": dict(vars(self.target)),
            "error": self.error,
            "partition": self.partition,
        }

    @staticmethod
    def from_payload(
        asset: AssetKey, run_id: str, timestamp: float, payload: Mapping[str, Any]
    ) -> CheckRecord:
        """Return the record that `to_payload` was called of."""
        return CheckRecord(
            key=AssetCheckKey(asset, str(payload["check"])),
            run_id=run_id,
            timestamp=timestamp,
            duration=float(payload["duration"]),
            provenance=str(payload["provenance"]),
            passed=bool(payload["passed"]),
            severity=AssetCheckSeverity(payload["severity"]),
            blocking=bool(payload["blocking"]),
            description=payload["description"],
            metadata=metadata_of(payload["metadata"]),
            target=CheckTarget(**payload["target"]),
            error=payload["error"],
            partition=payload.get("partition"),
        )
