"""What is known of a run by the names that Dagster has for it."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.run import Run, RunState

ASSET_JOB = "__ASSET_JOB"
EPHEMERAL_JOB = "__ephemeral_asset_job__"


class DagsterRunStatus(enum.Enum):
    """How far a run is."""

    QUEUED = "QUEUED"
    NOT_STARTED = "NOT_STARTED"
    STARTING = "STARTING"
    STARTED = "STARTED"
    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"
    CANCELING = "CANCELING"
    CANCELED = "CANCELED"


_ENDED = (DagsterRunStatus.SUCCESS, DagsterRunStatus.FAILURE, DagsterRunStatus.CANCELED)


@dataclass(frozen=True)
class DagsterRun:
    """A run: its id, the name of its job, its tags and how far it was when this was asked for."""

    run_id: str
    tags: Mapping[str, str] = field(default_factory=dict)
    job_name: str = ASSET_JOB
    status: DagsterRunStatus = DagsterRunStatus.STARTED
    asset_selection: frozenset[AssetKey] | None = None
    run_config: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_finished(self) -> bool:
        """Whether it has ended."""
        return self.status in _ENDED

    @property
    def is_success(self) -> bool:
        """Whether it has ended well."""
        return self.status is DagsterRunStatus.SUCCESS

    @property
    def is_failure(self) -> bool:
        """Whether it has failed."""
        return self.status is DagsterRunStatus.FAILURE

    @property
    def is_failure_or_canceled(self) -> bool:
        """Whether it has ended, but not well."""
        return self.is_finished and not self.is_success


@dataclass(frozen=True, kw_only=True)
class RunsFilter:
    """Which runs are asked for: those that have all of what is given."""

    run_ids: Sequence[str] | None = None
    job_name: str | None = None
    statuses: Sequence[DagsterRunStatus] | None = None
    tags: Mapping[str, str | Sequence[str]] | None = None

    def matches(self, run: DagsterRun) -> bool:
        """Tell whether a run is one of them."""
        return (
            (self.run_ids is None or run.run_id in self.run_ids)
            and self.job_name in (None, run.job_name)
            and (not self.statuses or run.status in self.statuses)
            and all(_has_tag(run, name, value) for name, value in (self.tags or {}).items())
        )


def dagster_run(run: Run, state: RunState | None = None) -> DagsterRun:
    """Return what is known of a run now, or once it is in a state."""
    cancelling = state is None and run.cancelled and not run.done
    return DagsterRun(
        run_id=run.run_id,
        tags=run.tags,
        job_name=run.job_name,
        status=DagsterRunStatus.CANCELING if cancelling else _STATUS[state or run.state],
        asset_selection=None if run.plan is None else frozenset(run.plan.keys),
    )


def _has_tag(run: DagsterRun, name: str, value: str | Sequence[str]) -> bool:
    wanted = (value,) if isinstance(value, str) else value
    return run.tags.get(name) in wanted


_STATUS = {
    "queued": DagsterRunStatus.QUEUED,
    "running": DagsterRunStatus.STARTED,
    "success": DagsterRunStatus.SUCCESS,
    "failure": DagsterRunStatus.FAILURE,
    "cancelled": DagsterRunStatus.CANCELED,
}
