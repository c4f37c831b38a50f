"""The runs that automation started: which, why, and which of them have not ended."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nb_assets.definitions.asset_check import AssetCheckKey
from nb_assets.execution.run import Run
from nb_assets.execution.runs import Request
from nb_assets.graph.asset_selection import AssetSelection

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
    because: Mapping[AssetKey | AssetCheckKey, tuple[str, ...]]
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
        checks: list[Due] = []
        for each in due:
            if isinstance(each.key, AssetCheckKey):
                checks.append(each)
            else:
                by_partitions.setdefault(each.partitions, []).append(each)
        for partitions, together in by_partitions.items():
            keys = [each.key for each in together]
            forced = [
                each.key for each in together if each.forced and not isinstance(each.key, AssetCheckKey)
            ]
            asked = None if partitions is None else sorted(partitions)
            self._start(
                together, Request(selection=keys, force=forced, partitions=asked, echo=False), timestamp
            )
        # The checks of an asset run with it.
        made = {each.key for together in by_partitions.values() for each in together}
        alone = [
            each for each in checks if isinstance(each.key, AssetCheckKey) and each.key.asset_key not in made
        ]
        if alone:
            selection = AssetSelection.checks(*(each.key for each in alone))
            forced_check = any(each.forced for each in alone)
            self._start(alone, Request(selection=selection, force=forced_check, echo=False), timestamp)

    def _start(self, due: list[Due], request: Request, timestamp: float) -> None:
        run = Run(ORIGIN)
        self._open[run.run_id] = run
        because = {each.key: each.because for each in due}
        self._made.append(Requested(timestamp=timestamp, because=because, run=run))
        try:
            self._runs.in_background(request, run)
        except BaseException:
            del self._open[run.run_id]
            self._made.pop()
            raise
