"""What the assets say whose panes are open, as it comes; those lines included that came before a pane was opened.

A line may be told twice, by a pane that opens and right after it, and is never left out: the page knows those that it has.
"""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nb_assets.views.details import log_views

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.events import AssetLogged
    from nb_assets.session import Session
    from nb_assets.views.details_model import LogView


class LogFeed:
    """Collects, for each view, what the asset in its pane says. Safe to use from several threads."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lock = threading.Lock()
        self._watched: dict[str, AssetKey] = {}
        self._unsent: dict[AssetKey, list[AssetLogged]] = {}
        self._opening: Counter[AssetKey] = Counter()

    @contextmanager
    def opening(self, view: str, key: AssetKey) -> Iterator[Sequence[AssetLogged]]:
        """Give what an asset has said while its pane is sent, which the block does; what it says then follows after that."""
        with self._lock:
            self._watched[view] = key
            self._opening[key] += 1
            self._keep_watched()
            self._unsent.setdefault(key, [])
        try:
            yield self._session.logs(key) if key in self._session.registry else ()
        finally:
            with self._lock:
                self._opening -= Counter({key: 1})  # which keeps no zeros

    def drop(self, view: str) -> None:
        """Forget a view that left."""
        with self._lock:
            self._watched.pop(view, None)
            self._keep_watched()

    def take(self, event: AssetLogged) -> None:
        """Take note of something that an asset said."""
        with self._lock:
            if (waiting := self._unsent.get(event.key)) is not None:
                waiting.append(event)

    @property
    def waits(self) -> bool:
        """Whether something was said that was not sent."""
        with self._lock:
            return any(self._unsent.values())

    def unsent(self) -> list[tuple[AssetKey, list[LogView]]]:
        """Return what was said since the last call by assets whose pane has been sent."""
        with self._lock:
            ready = [key for key, said in self._unsent.items() if said and not self._opening[key]]
            found = [(key, log_views(self._unsent[key])) for key in ready]
            for key in ready:
                self._unsent[key] = []
            return found

    def _keep_watched(self) -> None:
        watched = set(self._watched.values())
        self._unsent = {key: said for key, said in self._unsent.items() if key in watched}
