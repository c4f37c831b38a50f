"""The runs that automation started: which, why, and which of them have not ended."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nb_assets.definitions.asset_check import AssetCheckKey
from nb_assets.errors import NbAssetsError
from nb_assets.execution.run import Run
from nb_assets.execution.runs import Request
from nb_assets.graph.asset_selection import AssetSelection

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.automation.decision import Due
    from nb_assets.execution.runs import Runs

ORIGIN: Final = "automation"
KEPT: Final = 30


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
        """Start a run, or one for each set of partitions: a run makes the same ones of all assets that have any.

        Raises
        ------
        NbAssetsError
            When one of them cannot be run, as when it reads what nothing makes; the others are run then.
        """
        assets: dict[frozenset[str] | None, dict[AssetKey, Due]] = {}
        checks: dict[AssetCheckKey, Due] = {}
        for each in due:
            if isinstance(each.key, AssetCheckKey):
                checks[each.key] = each
            else:
                assets.setdefault(each.partitions, {})[each.key] = each
        problems: list[NbAssetsError] = []
        for partitions, together in assets.items():
            asked = None if partitions is None else sorted(partitions)
            problems += self._start_assets(together, asked, timestamp)
        # The checks of an asset run with it.
        made = {key for together in assets.values() for key in together}
        alone = {key: each for key, each in checks.items() if key.asset_key not in made}
        if alone:
            forced = any(each.forced for each in alone.values())
            selection = AssetSelection.checks(*alone)
            self._start(alone.values(), Request(selection=selection, force=forced, echo=False), timestamp)
        for problem in problems:
            raise problem

    def _start_assets(
        self, due: Mapping[AssetKey, Due], partitions: list[str] | None, timestamp: float
    ) -> list[NbAssetsError]:
        forced = [key for key, each in due.items() if each.forced]
        request = Request(selection=list(due), force=forced, partitions=partitions, echo=False)
        try:
            self._start(due.values(), request, timestamp)
        except NbAssetsError as error:
            if len(due) == 1:
                return [error]
            one_by_one = ({key: each} for key, each in due.items())
            return [
                problem for one in one_by_one for problem in self._start_assets(one, partitions, timestamp)
            ]
        return []

    def _start(self, due: Iterable[Due], request: Request, timestamp: float) -> None:
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
