"""What happens in a session, as told to whoever shows it. Events are plain data, in the order in which they happened."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from nb_assets.definitions.asset_check import AssetCheckKey
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.user_events import UserEvent
    from nb_assets.diff.code import CodeDiff
    from nb_assets.diff.value_diff import ValueDiff
    from nb_assets.staleness import Reason
    from nb_assets.storage.check_record import CheckRecord
    from nb_assets.storage.materialization import Materialization

Outcome = Literal["success", "failure", "cancelled"]


@dataclass(frozen=True, kw_only=True)
class RunEvent:
    """Something that happened in a run. The timestamp is in seconds since 1970."""

    run_id: str
    timestamp: float = field(default_factory=time.time)


@dataclass(frozen=True, kw_only=True)
class RunQueued(RunEvent):
    """A run waits for the one before it."""

    keys: tuple[AssetKey, ...]
    origin: str


@dataclass(frozen=True, kw_only=True)
class RunStarted(RunEvent):
    """A run begins; these assets may be made in it, in this order, and so many partitions of those that have any."""

    keys: tuple[AssetKey, ...]
    origin: str
    partitions: Mapping[AssetKey, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class StepStarted(RunEvent):
    """A function is called that makes these assets, or one of checks alone is called again; attempts count from 1."""

    keys: tuple[AssetKey, ...]
    reasons: tuple[Reason, ...] = ()
    attempt: int = 1
    checks: tuple[AssetCheckKey, ...] = ()


@dataclass(frozen=True)
class PartitionTally:
    """What came of the partitions of an asset in a run."""

    made: int = 0
    restored: int = 0
    fresh: int = 0
    failed: int = 0
    skipped: int = 0

    @property
    def summary(self) -> str:
        """The counts in a few words: "28 made, 1 failed, 2 fresh"."""
        named = [(count, word) for word, count in vars(self).items() if count]
        return ", ".join(f"{count:,} {word}" for count, word in named) or "none"


@dataclass(frozen=True, kw_only=True)
class PartitionsStarted(RunEvent):
    """Some partitions of assets are about to be made, by one call; `position` counts from 1 up to `total`."""

    keys: tuple[AssetKey, ...]
    partitions: tuple[str, ...]
    position: int
    total: int


@dataclass(frozen=True, kw_only=True)
class PartitionEnded(RunEvent):
    """A partition was made, restored, failed or skipped. The diffs are against the version before, where there is one."""

    key: AssetKey
    partition: str
    outcome: Literal["made", "restored", "failed", "skipped"]
    materialization: Materialization | None = None
    previous: Materialization | None = None
    diff: ValueDiff | None = None
    code: CodeDiff | None = None
    error: ErrorInfo | None = None
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class StepRetrying(RunEvent):
    """An attempt failed, and another follows after the delay, in seconds."""

    keys: tuple[AssetKey, ...]
    attempt: int
    delay: float
    error: ErrorInfo
    checks: tuple[AssetCheckKey, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AssetLogged(RunEvent):
    """A step printed or logged something: whole lines, or the part of one that was flushed. A check tells under its asset."""

    key: AssetKey
    stream: Literal["stdout", "stderr", "log"]
    text: str
    level: str = "INFO"
    check: AssetCheckKey | None = None


@dataclass(frozen=True, kw_only=True)
class UserEventTold(RunEvent):
    """A function said something beside its outputs. The key is the asset's that it makes, the op the one that it is, if any."""

    key: AssetKey
    told: UserEvent
    op: str | None = None


@dataclass(frozen=True, kw_only=True)
class AssetMaterialized(RunEvent):
    """An asset was made, stored and recorded. The diffs are against the version before, where there is one."""

    key: AssetKey
    materialization: Materialization
    previous: Materialization | None = None
    diff: ValueDiff | None = None
    code: CodeDiff | None = None
    reasons: tuple[Reason, ...] = ()
    partitions: PartitionTally | None = None

    @property
    def asset_key(self) -> AssetKey:
        """The asset, by the name that Dagster's events have for it."""
        return self.key


@dataclass(frozen=True, kw_only=True)
class AssetRestored(RunEvent):
    """An earlier version is what a run would give, and stands for the asset again."""

    key: AssetKey
    materialization: Materialization
    previous: Materialization | None = None
    partitions: PartitionTally | None = None


@dataclass(frozen=True, kw_only=True)
class AssetFresh(RunEvent):
    """An asset needed no run."""

    key: AssetKey
    partitions: PartitionTally | None = None


@dataclass(frozen=True, kw_only=True)
class AssetFailed(RunEvent):
    """An asset could not be made."""

    key: AssetKey
    error: ErrorInfo
    partitions: PartitionTally | None = None


@dataclass(frozen=True, kw_only=True)
class AssetSkipped(RunEvent):
    """An asset was not tried, for a reason told in a few words."""

    key: AssetKey
    because: str
    upstream: AssetKey | None = None
    partitions: PartitionTally | None = None


@dataclass(frozen=True, kw_only=True)
class CheckStarted(RunEvent):
    """A function is called that runs these checks."""

    checks: tuple[AssetCheckKey, ...]


@dataclass(frozen=True, kw_only=True)
class CheckEvaluated(RunEvent):
    """A check said whether its asset passed."""

    check: AssetCheckKey
    record: CheckRecord


@dataclass(frozen=True, kw_only=True)
class CheckStands(RunEvent):
    """What a check said before stands: neither it nor what it looks at has changed."""

    check: AssetCheckKey
    record: CheckRecord


@dataclass(frozen=True, kw_only=True)
class CheckFailed(RunEvent):
    """A check broke off, so that it says nothing of its asset."""

    check: AssetCheckKey
    error: ErrorInfo
    record: CheckRecord


@dataclass(frozen=True, kw_only=True)
class CheckSkipped(RunEvent):
    """A check was not run, for a reason told in a few words."""

    check: AssetCheckKey
    because: str


@dataclass(frozen=True, kw_only=True)
class CheckBlocked(RunEvent):
    """Blocking checks failed; `assets` are those that the same call made, if it made some."""

    checks: tuple[AssetCheckKey, ...]
    assets: tuple[AssetKey, ...]
    error: ErrorInfo


@dataclass(frozen=True, kw_only=True)
class OpStarted(RunEvent):
    """An op of a graph that makes an asset is called; attempts count from 1."""

    key: AssetKey
    op: str
    attempt: int
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OpFinished(RunEvent):
    """An attempt of an op ended; its duration is in seconds. One that is taken from a run before is `resumed`.

    Attributes
    ----------
    lost
        Whether it was skipped because something that it takes had failed.
    delay
        The seconds after which it is tried again.
    outputs
        The outputs that it gave, each with its metadata.
    """

    key: AssetKey
    op: str
    attempt: int
    duration: float
    outcome: Literal["success", "failure", "retry", "skipped", "resumed"]
    error: ErrorInfo | None = None
    lost: bool = False
    delay: float | None = None
    outputs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class HookFinished(RunEvent):
    """A hook was called after a step, or passed over because the step ended otherwise."""

    key: AssetKey
    step: str
    hook: str
    outcome: Literal["success", "failure", "skipped"]
    error: ErrorInfo | None = None


@dataclass(frozen=True, kw_only=True)
class RunFinished(RunEvent):
    """A run ended; its duration is in seconds. The error is what kept it from beginning, or broke it off."""

    outcome: Outcome
    duration: float
    error: ErrorInfo | None = None


@dataclass(frozen=True, kw_only=True)
class RegistryChanged:
    """Definitions came, changed or went."""

    added: tuple[AssetKey, ...] = ()
    redefined: tuple[AssetKey, ...] = ()
    removed: tuple[AssetKey, ...] = ()
    checks: tuple[AssetCheckKey, ...] = ()
    timestamp: float = field(default_factory=time.time)


@dataclass(frozen=True, kw_only=True)
class CodeMayHaveChanged:
    """Code ran that may have bound other helpers and constants to the names that assets use."""

    timestamp: float = field(default_factory=time.time)


@dataclass(frozen=True, kw_only=True)
class ErrorInfo:
    """An error as it is told: its type, its message, and the user's own part of the traceback as text."""

    type_name: str
    message: str
    traceback: str
    exception: BaseException | None = field(default=None, compare=False, repr=False)

    @property
    def summary(self) -> str:
        """The error in one line."""
        first = self.message.strip().splitlines()
        return f"{self.type_name}: {first[0]}" if first else self.type_name

    @property
    def cls_name(self) -> str:
        """The type, by the name that Dagster has for it."""
        return self.type_name

    @property
    def cause(self) -> ErrorInfo:
        """The error itself: Dagster wraps what a function raises, and here it is told as it is."""
        return self

    def to_string(self) -> str:
        """Return the error with the user's part of its traceback."""
        return self.traceback or self.summary


@dataclass(frozen=True, kw_only=True)
class AutomationChanged:
    """Automation was turned on or off, requested something, or has something else to say."""

    timestamp: float = field(default_factory=time.time)


Event = RunEvent | RegistryChanged | CodeMayHaveChanged | AutomationChanged
Subscriber = Callable[[Event], None]
