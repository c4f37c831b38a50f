"""The runs that automation started: which, why, and which of them have not ended."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nb_assets.execution.run import Run
from nb_assets.execution.runs import Request

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.automation.decision import Due
    from nb_assets.execution.runs import Runs

ORIGIN: Final = "automation"
KEPT: Final = 100


@dataclass(frozen=True, kw_only=True)
class Requested:
    """What one evaluation had run, why, and the run."""

    timestamp: float
    because: Mapping[AssetKey, tuple[str, ...]]
    run: Run


class Requests:
    """Starts runs in the background, and remembers the last of them."""

    def __init__(self, runs: Runs) -> None:
        self._runs = runs
        self._made: deque[Requested] = deque(maxlen=KEPT)
        self._open: dict[str, Run] = {}

    @property
    def made(self) -> list[Requested]:
        """The last requests, oldest first."""
        return list(self._made)

    @property
    def open(self) -> list[Run]:
        """The runs that have not ended."""
        return [run for run in list(self._open.values()) if not run.done]

    def ended(self, run_id: str) -> bool:
        """Say that a run ended, and tell whether it was one of these."""
        return self._open.pop(run_id, None) is not None

    def start(self, due: Iterable[Due], timestamp: float) -> None:
        """Start a run, or one for each set of partitions: a run makes the same ones of all assets that have any."""
        by_partitions: dict[frozenset[str] | None, list[Due]] = {}
        for each in due:
            by_partitions.setdefault(each.partitions, []).append(each)
        for partitions, together in by_partitions.items():
            self._start(together, None if partitions is None else sorted(partitions), timestamp)

    def _start(self, due: list[Due], partitions: list[str] | None, timestamp: float) -> None:
        run = Run(ORIGIN)
        self._open[run.run_id] = run
        because = {each.key: each.because for each in due}
        self._made.append(Requested(timestamp=timestamp, because=because, run=run))
        request = Request(
            selection=[each.key for each in due],
            force=[each.key for each in due if each.forced],
            partitions=partitions,
            echo=False,
        )
        try:
            self._runs.in_background(request, run)
        except BaseException:
            del self._open[run.run_id]
            self._made.pop()
            raise
