"""The events of one kind as they come, in the order of their rows, whichever kernel wrote them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nb_assets.storage.history import History
    from nb_assets.storage.records import Event


class EventFeed:
    """Hands out each event of a kind once. What this kernel writes itself may come late: its writer knows of it."""

    def __init__(self, history: History, kind: str) -> None:
        self._history = history
        self._kind = kind
        self._seen_id = 0
        self._seen_token: tuple[int, int] | None = None

    def unread(self) -> Sequence[Event]:
        """Return the events that were not handed out yet, oldest first."""
        token = self._history.change_token()
        if token == self._seen_token:
            return ()
        events = self._history.events(kind=self._kind, after=self._seen_id)
        if events:
            self._seen_id = events[-1].id
        self._seen_token = token
        return events
