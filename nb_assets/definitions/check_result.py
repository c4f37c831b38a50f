"""What a check says of its asset, and what is recorded of that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nb_assets.definitions.asset_check import AssetCheckKey, AssetCheckSeverity
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.metadata import MetadataValue, as_metadata
from nb_assets.errors import DefinitionError


@dataclass(frozen=True, init=False)
class AssetCheckResult:
    """The outcome of a check: whether the asset passed, how much it means when not, and what was measured."""

    passed: bool
    asset_key: AssetKey | None
    check_name: str | None
    metadata: Mapping[str, MetadataValue[Any]]
    severity: AssetCheckSeverity
    description: str | None

    def __init__(
        self,
        *,
        passed: bool,
        asset_key: Any = None,
        check_name: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        severity: AssetCheckSeverity = AssetCheckSeverity.ERROR,
        description: str | None = None,
    ) -> None:
        values = {
            "passed": checked_passed(passed),
            "asset_key": None if asset_key is None else AssetKey.from_coercible(asset_key),
            "check_name": _checked_text("check_name", check_name),
            "metadata": as_metadata(metadata),
            "severity": _checked_severity(severity),
            "description": _checked_text("description", description),
        }
        for attribute, value in values.items():
            object.__setattr__(self, attribute, value)

    def with_metadata(self, metadata: Mapping[str, Any]) -> AssetCheckResult:
        """Return the same result with other metadata."""
        return AssetCheckResult(
            passed=self.passed,
            asset_key=self.asset_key,
            check_name=self.check_name,
            metadata=metadata,
            severity=self.severity,
            description=self.description,
        )


@dataclass(frozen=True, kw_only=True)
class AssetCheckEvaluationTargetMaterializationData:
    """The materialization that a check looked at. `storage_id` is its version."""

    storage_id: int
    run_id: str
    timestamp: float


@dataclass(frozen=True, init=False)
class AssetCheckEvaluation:
    """The outcome of a check as it is recorded, with the materialization that it looked at."""

    asset_key: AssetKey
    check_name: str
    passed: bool
    metadata: Mapping[str, MetadataValue[Any]]
    target_materialization_data: AssetCheckEvaluationTargetMaterializationData | None
    severity: AssetCheckSeverity
    description: str | None
    blocking: bool | None
    partition: str | None

    def __init__(
        self,
        asset_key: AssetKey,
        check_name: str,
        passed: bool,  # noqa: FBT001 - Dagster's signature
        metadata: Mapping[str, Any] | None = None,
        target_materialization_data: AssetCheckEvaluationTargetMaterializationData | None = None,
        severity: AssetCheckSeverity = AssetCheckSeverity.ERROR,
        description: str | None = None,
        blocking: bool | None = None,  # noqa: FBT001 - Dagster's signature
        partition: str | None = None,
    ) -> None:
        values = {
            "asset_key": asset_key,
            "check_name": check_name,
            "passed": passed,
            "metadata": as_metadata(metadata),
            "target_materialization_data": target_materialization_data,
            "severity": severity,
            "description": description,
            "blocking": blocking,
            "partition": partition,
        }
        for attribute, value in values.items():
            object.__setattr__(self, attribute, value)

    @property
    def asset_check_key(self) -> AssetCheckKey:
        """The handle of the check."""
        return AssetCheckKey(self.asset_key, self.check_name)

    @property
    def blocks(self) -> bool:
        """Whether what is derived from the asset must not be made: a blocking check failed, and not as a warning."""
        return bool(self.blocking) and not self.passed and self.severity is AssetCheckSeverity.ERROR

    def with_metadata(self, metadata: Mapping[str, Any]) -> AssetCheckEvaluation:
        """Return the same outcome with other metadata."""
        return AssetCheckEvaluation(
            self.asset_key,
            self.check_name,
            self.passed,
            metadata,
            self.target_materialization_data,
            self.severity,
            self.description,
            self.blocking,
            self.partition,
        )

    def __hash__(self) -> int:
        return hash(self.asset_check_key)


def checked_passed(passed: Any) -> bool:
    """Return whether a check passed, as a plain bool.

    Raises
    ------
    DefinitionError
        When it is no bool, Python's or NumPy's.
    """
    if isinstance(passed, bool):
        return passed
    # What comparing columns gives.
    if type(passed).__module__ == "numpy" and type(passed).__name__ in {"bool", "bool_"}:
        return bool(passed)
    raise DefinitionError(
        f"passed of an AssetCheckResult is True or False, not {passed!r} ({type(passed).__name__}): write "
        "passed=bool(…)."
    )


def _checked_severity(severity: Any) -> AssetCheckSeverity:
    if not isinstance(severity, AssetCheckSeverity):
        raise DefinitionError(
            f"severity is AssetCheckSeverity.WARN or AssetCheckSeverity.ERROR, not {severity!r}."
        )
    return severity


def _checked_text(name: str, text: Any) -> str | None:
    if text is not None and not isinstance(text, str):
        raise DefinitionError(f"{name} of an AssetCheckResult is a text, not {text!r}.")
    return text
