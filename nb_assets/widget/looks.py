"""Reads values for the details pane in the background, so that a large one keeps no message waiting.

Responsible for what is read, for whom, and for remembering the last few looks. Not responsible for what a look says
(`views.look`).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from nb_assets.views.look import look_mark, look_view
from nb_assets.widget.errands import Errands

if TYPE_CHECKING:
    from collections.abc import Callable

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.diff.value_diff import ValueDiff
    from nb_assets.session import Session
    from nb_assets.views.details_model import LookView

_REMEMBERED = 8


class Looks:
    """The looks at values that one conversation takes; of each view only the newest wish counts."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lock = threading.Lock()
        self._errands = Errands("nb_assets-looks")
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

        def work(is_wanted: Callable[[], bool]) -> None:
            look = self._take(key, last_diff)
            if is_wanted():
                tell(look)

        self._errands.order(view, work)

    def drop(self, view: str) -> None:
        """Forget what a view waits for."""
        self._errands.drop(view)

    def close(self) -> None:
        """Forget what all views wait for."""
        self._errands.close()

    def _take(self, key: AssetKey, last_diff: ValueDiff | None) -> LookView:
        mark = look_mark(self._session, key)
        look = look_view(self._session, key, last_diff)
        with self._lock:
            self._known[key] = mark, look
            self._known.move_to_end(key)
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return look
