"""Runs checks among the steps of a run, keeps what they say, and tells which assets a blocking one holds back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from nb_assets.definitions.asset_check import AssetCheckSeverity
from nb_assets.errors import AssetCheckFailedError, RunCancelledError, near
from nb_assets.execution.check_outcome import CheckOutcome
from nb_assets.execution.events import (
    CheckBlocked,
    CheckEvaluated,
    CheckFailed,
    CheckSkipped,
    CheckStands,
    CheckStarted,
    Event,
)
from nb_assets.execution.tracebacks import error_info
from nb_assets.staleness.checks import check_provenance, check_status, data_version_of
from nb_assets.storage.check_record import CheckRecord, CheckTarget

if TYPE_CHECKING:
    from nb_assets.definitions.asset_check import AssetCheckKey
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.calling import Caller
    from nb_assets.execution.keeper import Keeper
    from nb_assets.execution.plan import Plan, Step
    from nb_assets.execution.run import Run
    from nb_assets.fingerprint.code import CodeFingerprint
    from nb_assets.staleness import AssetStatus
    from nb_assets.storage.materialization import Materialization


class Checker:
    """The checks of one run.

    Attributes
    ----------
    gates
        The assets that a blocking check holds back what is derived from, each with why, in a few words.
    failed
        Whether a check broke off, or a blocking one failed.
    """

    def __init__(
        self,
        *,
        plan: Plan,
        run: Run,
        keeper: Keeper,
        caller: Caller,
        fingerprint: Callable[[AssetCheckKey], CodeFingerprint],
        known: Mapping[AssetKey, AssetStatus],
        tell: Callable[[Event], None],
    ) -> None:
        self.gates: dict[AssetKey, str] = {}
        self.failed = False
        self._graph = plan.graph
        self._run = run
        self._keeper = keeper
        self._caller = caller
        self._fingerprint = fingerprint
        self._known = known
        self._tell = tell
        self._open = {key for step in plan.checks for key in step.checks}

    def run(self, step: Step, blocked: Mapping[AssetKey, str]) -> None:
        """Run the checks of a step, unless what they said before stands, or what they look at could not be made."""
        if self._run.cancelled:
            self._skip(step.checks, "cancelled")
            return
        missing = self._missing(step, blocked)
        if missing:
            self._skip(step.checks, missing)
            return
        code = {key: self._fingerprint(key) for key in step.checks}
        partition = _partition_of(step)
        standing = {
            key: check_status(key, self._graph, self._keeper.checks, code[key], self._known, partition)
            for key in step.checks
        }
        if not step.force and not any(self._must_run(key, standing[key].needs_run) for key in step.checks):
            for key, status in standing.items():
                if status.record is not None:
                    self._end(key, CheckStands(run_id=self._run.run_id, check=key, record=status.record))
            self._hold_back(step, [each.record for each in standing.values() if each.record is not None])
            return
        self._make(step, code)

    def take(self, step: Step, given: Iterable[CheckOutcome], began: float) -> None:
        """Keep what the function of assets said of its checks, once its assets are kept."""
        records = []
        for each in given:
            for partition in each.partitions or (None,):
                made = self._made(each.key.asset_key, partition)
                own = each.key.asset_key in step.keys
                of_now = made is not None and (not own or made.run_id == self._run.run_id)
                # Made with the asset, so that it is of the code that the asset was made with.
                version = made.code_version if made is not None and of_now else None
                records.append(self._keep(each, version, began, partition))
        self._hold_back(step, records)

    def _made(self, key: AssetKey, partition: str | None) -> Materialization | None:
        """Return the materialization that stands for an asset, or for a partition of it."""
        status = self._known.get(key)
        if status is not None and partition is not None and status.partitions is not None:
            status = status.partitions.get(partition)
        return self._keeper.latest(key, partition) if status is None else status.materialization

    def close(self) -> None:
        """Tell of the checks that were not come to."""
        self._skip(sorted(self._open), "cancelled" if self._run.cancelled else "the run broke off")

    def _missing(self, step: Step, blocked: Mapping[AssetKey, str]) -> str:
        """Say what keeps a step from being run, or nothing."""
        for key in step.definition.dependency_keys:
            if key in blocked:
                return f"`{key.to_user_string()}` {blocked[key]}"
            if key in self._graph.withdrawn:
                return f"`{key.to_user_string()}` is no longer registered"
        if step.exact:
            return ""
        if step.partitions == ():
            return "no partition was made"
        for key in step.definition.keys_by_input_name.values():
            made = self._made(key, None)
            if made is None and key in self._graph:
                return f"`{key.to_user_string()}` was never materialized"
            if made is None:
                names = [known.to_user_string() for known in self._graph.keys]
                shown = key.to_user_string()
                return f"no asset is called `{shown}`.{near(shown, names)}".rstrip(".")
        return ""

    def _must_run(self, key: AssetCheckKey, needs_run: bool) -> bool:  # noqa: FBT001 - one fact of two
        # Of an asset that is made elsewhere nothing is known, so that no outcome stands.
        unknown = key.asset_key not in self._known or self._graph.checks.reads_history(key)
        return needs_run or unknown

    def _make(self, step: Step, code: Mapping[AssetCheckKey, CodeFingerprint]) -> None:
        run_id = self._run.run_id
        began = time.perf_counter()
        self._tell(CheckStarted(run_id=run_id, checks=step.checks))
        records: list[CheckRecord] = []
        try:
            for each, _ in self._caller.call(step, self._known):
                if isinstance(each, CheckOutcome):
                    then, now = code[each.key].version, self._fingerprint(each.key).version
                    # Code that was edited while it ran may have said this in neither version.
                    version = then if then == now else None
                    records.append(self._keep(each, version, began, _partition_of(step)))
            self._skip(step.checks, "its function said nothing of it this time")
        except RunCancelledError:
            self._skip(step.checks, "cancelled")
        except KeyboardInterrupt:
            self._skip(step.checks, "interrupted")
            raise
        except GeneratorExit:
            raise
        except BaseException as error:  # noqa: BLE001 - whatever the user's code raises fails its check alone
            records += self._broke_off(step, error, code, began)
        self._hold_back(step, records)

    def _broke_off(
        self,
        step: Step,
        error: BaseException,
        code: Mapping[AssetCheckKey, CodeFingerprint],
        began: float,
    ) -> list[CheckRecord]:
        self.failed = True
        info = error_info(error)
        # An error after the last result leaves nobody else to fail.
        open_ = [key for key in step.checks if key in self._open] or list(step.checks)
        records = []
        for key in open_:
            record = self._record(
                key,
                code[key].version,
                began,
                _partition_of(step),
                passed=False,
                severity=AssetCheckSeverity.ERROR,
                error=info.summary,
            )
            self._keeper.checks.keep(record)
            records.append(record)
            self._end(key, CheckFailed(run_id=self._run.run_id, check=key, error=info, record=record))
        return records

    def _keep(
        self, outcome: CheckOutcome, version: str | None, began: float, partition: str | None
    ) -> CheckRecord:
        result = outcome.result
        record = self._record(
            outcome.key,
            version,
            began,
            partition,
            passed=result.passed,
            severity=result.severity,
            description=result.description,
            metadata=result.metadata,
        )
        self._keeper.checks.keep(record)
        self._end(outcome.key, CheckEvaluated(run_id=self._run.run_id, check=outcome.key, record=record))
        return record

    def _record(
        self, key: AssetCheckKey, version: str | None, began: float, partition: str | None, **said: object
    ) -> CheckRecord:
        """Return the record of an outcome; without the version of the code it is of nothing that is there now."""
        made = self._made(key.asset_key, partition)
        target = CheckTarget()
        if made is not None and version is not None:
            target = CheckTarget(
                version=made.version,
                run_id=made.run_id,
                timestamp=made.timestamp,
                data_version=data_version_of(key.asset_key, self._known, partition) or made.data_version,
            )
        return CheckRecord(
            key=key,
            run_id=self._run.run_id,
            timestamp=time.time(),
            duration=time.perf_counter() - began,
            provenance=""
            if version is None
            else check_provenance(key, self._graph, version, self._known, partition),
            partition=partition,
            blocking=self._graph.checks.spec(key).blocking,
            target=target,
            **said,  # type: ignore[arg-type] # what a result says, by the names of the fields
        )

    def _hold_back(self, step: Step, records: Iterable[CheckRecord]) -> None:
        """Have nothing made of the assets of which a blocking check failed."""
        blocking = [record for record in records if record.blocks]
        for record in blocking:
            self.gates.setdefault(record.key.asset_key, f"failed its blocking check `{record.key.name}`")
        failed = [record for record in blocking if record.error is None]
        if not failed:
            return
        self.failed = True
        names = ", ".join(
            f"`{each.key.to_user_string()}`" + (f" ({each.description})" if each.description else "")
            for each in failed
        )
        plural = "blocking checks" if len(failed) > 1 else "the blocking check"
        error = AssetCheckFailedError(
            f"{plural} {names} failed, so that nothing is made of what {'they look' if len(failed) > 1 else 'it looks'} at. "
            "Mend the data or the check, or leave out blocking=True."
        )
        self._tell(
            CheckBlocked(
                run_id=self._run.run_id,
                checks=tuple(each.key for each in failed),
                assets=step.keys,
                error=error_info(error),
            )
        )

    def _skip(self, keys: Iterable[AssetCheckKey], because: str) -> None:
        for key in keys:
            if key in self._open:
                self._end(key, CheckSkipped(run_id=self._run.run_id, check=key, because=because))

    def _end(self, key: AssetCheckKey, event: Event) -> None:
        self._open.discard(key)
        self._tell(event)


def _partition_of(step: Step) -> str | None:
    """Return the partition that a step of checks looks at, if it looks at one."""
    return step.partitions[0] if step.partitions else None
