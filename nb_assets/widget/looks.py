"""Reads values for the details pane on a thread of its own, so that a large one keeps no message waiting.

Responsible for what is read, for whom, and for remembering the last few looks. Not responsible for what a look says
(`views.look`).
"""

from __future__ import annotations

import contextvars
import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nb_assets.views.look import look_mark, look_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.diff.value_diff import ValueDiff
    from nb_assets.session import Session
    from nb_assets.views.details_model import LookView

_LOGGER = logging.getLogger(__name__)
_REMEMBERED = 8


@dataclass(frozen=True, kw_only=True)
class _Order:
    """A look that somebody waits for."""

    key: AssetKey
    last_diff: ValueDiff | None
    tell: Callable[[LookView], None]
    context: contextvars.Context


class Looks:
    """The looks at values that one conversation takes; of each view only the newest wish counts.

    The thread lives while something is waited for.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lock = threading.Lock()
        self._orders: dict[str, _Order] = {}  # by view, the one that is carried out among them
        self._thread: threading.Thread | None = None
        self._known: OrderedDict[AssetKey, tuple[object, LookView]] = OrderedDict()

    def known(self, key: AssetKey) -> LookView | None:
        """Return the last look at an asset, unless it was made again since."""
        with self._lock:
            found = self._known.get(key)
        if found is None or found[0] != look_mark(self._session, key):
            return None
        return found[1]

    def order(
        self, view: str, key: AssetKey, last_diff: ValueDiff | None, tell: Callable[[LookView], None]
    ) -> None:
        """Read the values of an asset and tell about them, unless the view wants something else by then."""
        # Messages of a thread are sent on behalf of the request whose context it has, see ipykernel's shell channel.
        order = _Order(key=key, last_diff=last_diff, tell=tell, context=contextvars.copy_context())
        with self._lock:
            self._orders.pop(view, None)
            self._orders[view] = order
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="nb_assets-looks", daemon=True)
                self._thread.start()

    def drop(self, view: str) -> None:
        """Forget what a view waits for."""
        with self._lock:
            self._orders.pop(view, None)

    def close(self) -> None:
        """Forget what all views wait for."""
        with self._lock:
            self._orders.clear()

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._orders:
                    self._thread = None
                    return
                view, order = next(iter(self._orders.items()))
            try:
                order.context.run(self._carry_out, view, order)
            except Exception:
                _LOGGER.exception("the details of %s could not be brought up to date", order.key)
            with self._lock:
                if self._orders.get(view) is order:
                    del self._orders[view]

    def _carry_out(self, view: str, order: _Order) -> None:
        mark = look_mark(self._session, order.key)
        look = look_view(self._session, order.key, order.last_diff)
        with self._lock:
            self._known[order.key] = mark, look
            self._known.move_to_end(order.key)
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
            wanted = self._orders.get(view) is order
        if wanted:
            order.tell(look)
