"""Which requests of the page were heard, so that one that is asked again is not carried out twice."""

from __future__ import annotations

import threading
from collections import OrderedDict

_REMEMBERED = 1_000


class Receipts:
    """Remembers the last requests. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._heard: OrderedDict[str, None] = OrderedDict()

    def is_new(self, request: str) -> bool:
        """Tell whether a request was not heard before, and remember it; one without a name is always new."""
        if not request:
            return True
        with self._lock:
            if request in self._heard:
                return False
            self._heard[request] = None
            if len(self._heard) > _REMEMBERED:
                self._heard.popitem(last=False)
            return True
