"""Writes what happens in runs to the history, as far as the store can take it.

An event tells of a run and is no part of what the run makes: where it cannot be written, the run goes on.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.storage.history import History

_LOGGER = logging.getLogger(__name__)


class EventLog:
    """The events of a history, for writing. The first one that is lost is warned of, until one can be written again."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._warned = False

    def append(
        self, run_id: str, timestamp: float, kind: str, key: AssetKey, payload: Mapping[str, Any]
    ) -> None:
        """Write an event of a run."""
        try:
            self._history.append_event(run_id, timestamp, kind, key, payload)
        except Exception as error:  # noqa: BLE001 - a disk that is full must not end the run that it cannot tell of
            self._lost(error)
        else:
            self._warned = False

    def begin(self, run_id: str, origin: str, keys: Iterable[AssetKey]) -> None:
        """Write that a run is about to start."""
        try:
            self._history.record_run(run_id, time.time(), origin, keys)
        except Exception as error:  # noqa: BLE001 - as above
            self._lost(error)

    def _lost(self, error: Exception) -> None:
        _LOGGER.log(
            logging.DEBUG if self._warned else logging.WARNING,
            "what happens in this run cannot be recorded, and the run goes on: %s",
            error,
        )
        self._warned = True
