"""What is known of one run: its events, folded into one record per asset.

Responsible for keeping what progress and report show, in bounded memory however much a run prints. Not responsible
for drawing it, nor for where the events come from: events of other runs are ignored.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Literal

from nb_assets.execution.events import (
    AssetFailed,
    AssetFresh,
    AssetLogged,
    AssetMaterialized,
    AssetRestored,
    AssetSkipped,
    CheckEvaluated,
    CheckFailed,
    CheckSkipped,
    CheckStands,
    Event,
    PartitionEnded,
    PartitionsStarted,
    RunEvent,
    RunFinished,
    RunQueued,
    RunStarted,
    StepRetrying,
    StepStarted,
)
from nb_assets.staleness.checks import outcome_of
from nb_assets.views.partition_record import PartitionRecord
from nb_assets.views.wording import plural

if TYPE_CHECKING:
    from nb_assets.definitions.asset_check import AssetCheckKey
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.diff.code import CodeDiff
    from nb_assets.diff.value_diff import ValueDiff
    from nb_assets.execution.events import ErrorInfo
    from nb_assets.staleness import Reason
    from nb_assets.storage.check_record import CheckRecord
    from nb_assets.storage.materialization import Materialization

__all__ = ["AssetRecord", "CheckEntry", "Log", "RunRecord", "State"]

State = Literal["queued", "running", "retrying", "ran", "restored", "fresh", "failed", "skipped", "cancelled"]

_STOPPED = frozenset({"cancelled", "interrupted"})
LOG_LINES = 200
LINE_LENGTH = 2_000


class Log:
    """The last lines that an asset printed."""

    def __init__(self) -> None:
        self._lines: deque[str] = deque(maxlen=LOG_LINES)
        self._open = ""
        self.count = 0

    def write(self, text: str) -> None:
        """Append text as a terminal would: a carriage return starts its line again."""
        *whole, self._open = (self._open + text).replace("\r\n", "\n").split("\n")
        self._open = self._open[-LINE_LENGTH:]
        self._lines.extend(_overwritten(line)[:LINE_LENGTH] for line in whole)
        self.count += len(whole)

    def tail(self, count: int = LOG_LINES) -> list[str]:
        """Return the last lines, oldest first."""
        lines = [*self._lines, *([_overwritten(self._open)] if self._open else [])]
        return lines[-count:]

    def __len__(self) -> int:
        return self.count + bool(self._open)


@dataclass(kw_only=True, slots=True)
class AssetRecord:
    """One asset in one run."""

    key: AssetKey
    state: State = "queued"
    why: str = ""
    started: float | None = None
    duration: float | None = None
    attempts: int = 1
    log: Log = field(default_factory=Log)
    materialization: Materialization | None = None
    previous: Materialization | None = None
    diff: ValueDiff | None = None
    code: CodeDiff | None = None
    error: ErrorInfo | None = None
    partitions: PartitionRecord | None = None

    @property
    def changed(self) -> bool:
        """Whether the run gave the asset a value that differs from the one before."""
        made, before = self.materialization, self.previous
        if (
            self.partitions is not None
            and self.partitions.tally is not None
            and self.partitions.tally.made != 1
        ):
            # Of several partitions each has a change of its own.
            return False
        return made is not None and before is not None and made.data_version != before.data_version

    @property
    def unchanged(self) -> bool:
        """Whether the run gave the asset the same value as before."""
        made, before = self.materialization, self.previous
        if (
            self.partitions is not None
            and self.partitions.tally is not None
            and self.partitions.tally.made != 1
        ):
            return False
        return made is not None and before is not None and made.data_version == before.data_version


@dataclass(kw_only=True, slots=True)
class CheckEntry:
    """One check in one run. What it said before and stands has `stood`."""

    name: str
    state: str = "missing"
    why: str = ""
    stood: bool = False
    record: CheckRecord | None = None

    @property
    def duration(self) -> float | None:
        """How long it ran, in seconds; None when it did not."""
        return None if self.record is None or self.stood else self.record.duration


class RunRecord:
    """One run as far as its events have told; without a `run_id`, the run of the first event."""

    def __init__(self, run_id: str | None = None) -> None:
        self.run_id = run_id
        self.assets: dict[AssetKey, AssetRecord] = {}
        self.checks: dict[tuple[AssetCheckKey, str | None], CheckEntry] = {}
        self.started: float | None = None
        self.duration: float | None = None
        self.outcome: str | None = None

    def apply(self, event: Event) -> bool:
        """Take in an event; return whether it was one of this run's."""
        if not isinstance(event, RunEvent):
            return False
        if self.run_id is None:
            self.run_id = event.run_id
        if event.run_id != self.run_id:
            return False
        self._apply(event)
        return True

    def count(self, *states: State) -> int:
        """Return how many assets are in any of these states."""
        return sum(record.state in states for record in self.assets.values())

    def in_state(self, *states: State) -> list[AssetRecord]:
        """Return the assets in any of these states, in the order of the run."""
        return [record for record in self.assets.values() if record.state in states]

    def _of(self, key: AssetKey) -> AssetRecord:
        if key not in self.assets:
            self.assets[key] = AssetRecord(key=key)
        return self.assets[key]

    @singledispatchmethod
    def _apply(self, event: Event) -> None:
        """Ignore what is not about a run."""

    @_apply.register
    def _(self, event: RunQueued) -> None:
        for key in event.keys:
            self._of(key)

    @_apply.register
    def _(self, event: RunStarted) -> None:
        self.started = event.timestamp
        for key in event.keys:
            self._of(key)
        for key, count in event.partitions.items():
            self._partitions(key).total = count

    @_apply.register
    def _(self, event: StepStarted) -> None:
        for key in event.keys:
            record = self._of(key)
            record.state, record.started, record.attempts = "running", event.timestamp, event.attempt
            record.why = _first_of(event.reasons) or record.why

    @_apply.register
    def _(self, event: StepRetrying) -> None:
        for key in event.keys:
            record = self._of(key)
            record.state, record.error = "retrying", event.error

    @_apply.register
    def _(self, event: AssetLogged) -> None:
        if event.check is None or event.key in self.assets:
            self._of(event.key).log.write(event.text)

    @_apply.register
    def _(self, event: CheckEvaluated) -> None:
        self._checked(event.check, event.record)

    @_apply.register
    def _(self, event: CheckFailed) -> None:
        self._checked(event.check, event.record)

    @_apply.register
    def _(self, event: CheckStands) -> None:
        self._checked(event.check, event.record, stood=True)

    def _checked(self, key: AssetCheckKey, record: CheckRecord, *, stood: bool = False) -> None:
        entry = self._check(key, record.partition)
        entry.state, entry.record, entry.stood = outcome_of(record), record, stood

    @_apply.register
    def _(self, event: CheckSkipped) -> None:
        entry = self._check(event.check)
        entry.state, entry.why = "skipped", event.because

    def _check(self, key: AssetCheckKey, partition: str | None = None) -> CheckEntry:
        name = key.to_user_string() + ("" if partition is None else f" {partition}")
        return self.checks.setdefault((key, partition), CheckEntry(name=name))

    def _partitions(self, key: AssetKey) -> PartitionRecord:
        record = self._of(key)
        if record.partitions is None:
            record.partitions = PartitionRecord()
        return record.partitions

    @_apply.register
    def _(self, event: PartitionsStarted) -> None:
        for key in event.keys:
            self._partitions(key).begin(event)
            self._of(key).why = self._partitions(key).progress

    @_apply.register
    def _(self, event: PartitionEnded) -> None:
        self._partitions(event.key).end(event)

    def _tallied(
        self, event: AssetMaterialized | AssetRestored | AssetFresh | AssetFailed | AssetSkipped
    ) -> None:
        """Say what came of all partitions of an asset that has any."""
        if event.partitions is not None:
            partitions, record = self._partitions(event.key), self._of(event.key)
            partitions.tally = event.partitions
            record.why = partitions.summary
            if record.started is not None:
                record.duration = event.timestamp - record.started

    @_apply.register
    def _(self, event: AssetMaterialized) -> None:
        record = self._made(event, "ran")
        record.diff, record.code = event.diff, event.code
        record.why = _first_of(event.reasons) or record.why
        self._tallied(event)

    @_apply.register
    def _(self, event: AssetRestored) -> None:
        self._made(event, "restored").why = "made before with the same code and inputs"
        self._tallied(event)

    def _made(self, event: AssetMaterialized | AssetRestored, state: State) -> AssetRecord:
        record = self._of(event.key)
        record.state, record.error = state, None
        record.materialization, record.previous = event.materialization, event.previous
        record.duration = event.materialization.duration if state == "ran" else None
        return record

    @_apply.register
    def _(self, event: AssetFresh) -> None:
        self._of(event.key).state = "fresh"
        self._tallied(event)

    @_apply.register
    def _(self, event: AssetFailed) -> None:
        record = self._of(event.key)
        record.state, record.error = "failed", event.error
        if record.started is not None:
            record.duration = event.timestamp - record.started
        self._tallied(event)

    @_apply.register
    def _(self, event: AssetSkipped) -> None:
        record = self._of(event.key)
        record.state = "cancelled" if event.upstream is None and event.because in _STOPPED else "skipped"
        record.why = event.because

    @_apply.register
    def _(self, event: RunFinished) -> None:
        self.outcome, self.duration = event.outcome, event.duration
        for record in self.in_state("queued", "running", "retrying"):
            record.state = "cancelled"


def _first_of(reasons: Sequence[Reason]) -> str:
    if not reasons:
        return ""
    more = len(reasons) - 1
    return reasons[0].summary + (f" and {plural(more, 'more reason')}" if more else "")


def _overwritten(line: str) -> str:
    return line.rstrip("\r").rpartition("\r")[2]
