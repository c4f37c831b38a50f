"""What a project's store knows of values that IO managers have: which of them can still be had.

An IO manager holds what it was handed last. So only the newest version of an asset can be had, and not even that once
something else was handed over after it, as by a run that failed before it was recorded.
"""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.errors import ValueMissingError
from nb_assets.execution.passing.place import is_managed, managed_ref, name_in
from nb_assets.fingerprint.data_version import fingerprint_data
from nb_assets.storage.event_feed import EventFeed
from nb_assets.storage.handlers.registry import handlers_for
from nb_assets.storage.values import type_name

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.io_manager import IOManager
    from nb_assets.definitions.passing.output_context import OutputContext
    from nb_assets.execution.event_log import EventLog
    from nb_assets.execution.outcome import Product
    from nb_assets.storage.history import History
    from nb_assets.storage.materialization import Materialization

HANDED_OVER = "handed_over"
# In the place of a file's checksum: the value is gone with the process that made it.
IN_MEMORY = "in memory"
_Part = tuple["AssetKey", "str | None"]


class ManagedValues:
    """The values of one store that IO managers have.

    Attributes
    ----------
    places
        Returns where the value of each asset is looked for now that has an IO manager; None where nobody says.
    load_by_manager
        Loads the value of a materialization by its IO manager, outside of runs.
    """

    def __init__(self, history: History, log: EventLog) -> None:
        self.places: Callable[[], Mapping[AssetKey, str]] | None = None
        self.load_by_manager: Callable[[Materialization], Any] | None = None
        self._history = history
        self._log = log
        self._feed = EventFeed(history, HANDED_OVER)
        # The version after which something was handed over last.
        self._handed: dict[_Part, int] = {}
        self._managers: dict[_Part, IOManager] = {}
        self._lock = threading.Lock()

    def concerns(self, made: Materialization) -> bool:
        """Tell whether an IO manager has the value, or is to have it now."""
        return is_managed(made.value) or (self.places is not None and made.asset_key in self.places())

    def has(self, made: Materialization) -> bool:
        """Tell whether the IO manager that is asked now can give the value of a materialization."""
        if made.value is None:
            return True
        if not is_managed(made.value):
            return False
        if self.places is not None and self.places().get(made.asset_key) != made.value.address:
            return False
        latest = self._history.latest(made.asset_key, made.partition)
        part = (made.asset_key, made.partition)
        if latest is None or latest.version != made.version or self._known().get(part, -1) >= made.version:
            return False
        return made.value.checksum != IN_MEMORY or part in self._managers

    def load(self, made: Materialization) -> Any:
        """Return the value of a materialization.

        Raises
        ------
        ValueMissingError
            When its IO manager has another version by now, or cannot be asked.
        """
        assert made.value is not None
        name = made.asset_key.to_user_string()
        if not self.has(made) or self.load_by_manager is None:
            raise ValueMissingError(
                f"version {made.version} of `{name}` is not to be had: its value was handed to the IO manager "
                f"`{name_in(made.value)}`, which has the last one alone, if it still is the one that is asked. Without an IO "
                "manager every version is kept."
            )
        return self.load_by_manager(made)

    def handing_over(
        self, product: Product, address: str, manager: IOManager, told: OutputContext
    ) -> Product:
        """Note that a value is about to be handed over: from then on the version before it cannot be had."""
        # Taken before the manager sees it, which may change it or use it up.
        content = fingerprint_data(product.value).version
        handler = next(iter(handlers_for(product.value)), None)
        summary = None if handler is None else handler.summarise(product.value)
        ref = managed_ref(
            address,
            type_name(product.value),
            "" if summary is None else summary.text,
            None if summary is None else summary.rows,
        )
        if manager.lives_in_memory:
            ref = dataclasses.replace(ref, checksum=IN_MEMORY)
        for partition in told.partitions_passed:
            self._note(product.key, partition, told.run_id)
            self._managers[product.key, partition] = manager
        return dataclasses.replace(product, kept_at=ref, content=content)

    def kept_by(self, made: Materialization) -> IOManager | None:
        """Return the IO manager that took the value of a materialization, if that was in this process."""
        return self._managers.get((made.asset_key, made.partition))

    def lose(self, made: Materialization) -> None:
        """Note that the value of a materialization cannot be had."""
        self._note(made.asset_key, made.partition, made.run_id)

    def _note(self, key: AssetKey, partition: str | None, run_id: str) -> None:
        latest = self._history.latest(key, partition)
        after = 0 if latest is None else latest.version
        with self._lock:
            self._handed[key, partition] = after
        payload = {"after": after, "partition": partition}
        self._log.append(run_id, time.time(), HANDED_OVER, key, payload)

    def _known(self) -> Mapping[_Part, int]:
        with self._lock:
            for event in self._feed.unread():
                if event.asset_key is not None:
                    part = (event.asset_key, event.payload.get("partition"))
                    self._handed[part] = max(self._handed.get(part, -1), int(event.payload["after"]))
            return self._handed
