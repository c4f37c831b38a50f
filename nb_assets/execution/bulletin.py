"""Tells events to whoever subscribed, and remembers what the assets printed."""

from __future__ import annotations

import logging
import threading
from collections import defaultdict, deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from nb_assets.execution.events import AssetLogged, Event, Subscriber

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey

_LOGGER = logging.getLogger(__name__)
_KEPT_LOGS = 500


class Bulletin:
    """The subscribers of a session, called with each event on whichever thread it happens."""

    def __init__(self) -> None:
        self._subscribers: list[Subscriber] = []
        self._logs: dict[AssetKey, deque[AssetLogged]] = defaultdict(lambda: deque(maxlen=_KEPT_LOGS))
        self._lock = threading.Lock()

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        """Have a function called with each event; return how to end that."""
        with self._lock:
            self._subscribers.append(callback)

        def unsubscribe() -> None:
            with self._lock:
                if callback in self._subscribers:
                    self._subscribers.remove(callback)

        return unsubscribe

    def tell(self, event: Event, also: Subscriber | None = None) -> None:
        """Call every subscriber, and one more, with an event."""
        with self._lock:
            if isinstance(event, AssetLogged):
                self._logs[event.key].append(event)
            subscribers = [*self._subscribers, *([also] if also is not None else [])]
        for subscriber in subscribers:
            try:
                subscriber(event)
            except Exception:  # a view that breaks must not break the run that it shows
                _LOGGER.exception("a subscriber failed on %s", type(event).__name__)

    def logs(self, key: AssetKey) -> list[AssetLogged]:
        """Return what an asset's last runs printed and logged, oldest first."""
        with self._lock:
            return list(self._logs[key])
