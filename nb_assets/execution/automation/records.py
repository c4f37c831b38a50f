"""What an evaluation asks of whatever keeps the history: which assets were made, when, by which runs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from nb_assets.definitions.automation.view import Update

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.staleness.checks import CheckRecords
    from nb_assets.storage.check_record import CheckRecord
    from nb_assets.storage.materialization import Materialization

Partitions = Collection["str | None"]


class Records(Protocol):
    """The history, as far as conditions ask for it. A key is that of an asset or of a check."""

    def seen(self) -> Mapping[Any, Mapping[str | None, float]]:
        """Return the id of the last update of each partition of everything that was ever made."""
        ...

    def latest(self, key: Any) -> Mapping[str | None, Update]:
        """Return the last update of each partition that has one."""
        ...

    def updates(self, key: Any, seen: Mapping[str | None, float]) -> list[Update]:
        """Return the updates after those that were seen, oldest first."""
        ...

    def data_versions(self, key: Any, seen: Mapping[str | None, float]) -> Mapping[str | None, str]:
        """Return the data version of each partition as it was when that much was seen."""
        ...

    def in_progress(self, key: Any) -> Partitions:
        """Return the partitions that wait or are made in a run."""
        ...

    def failed(self, key: Any) -> Partitions:
        """Return the partitions that the last run failed to make."""
        ...

    def check_status(self, key: Any, *, passed: bool) -> Partitions:
        """Return for which partitions a check of the latest data passed, or failed."""
        ...

    def code_version(self, key: Any) -> str | None:
        """Return the code version of an asset as it is now."""
        ...

    def edited(self, key: Any) -> str | None:
        """Return the code of an asset as one text, where the code itself is followed, else None."""
        ...


def update_of(
    made: Materialization, run_keys: Iterable[AssetKey] = (), run_tags: Mapping[str, str] | None = None
) -> Update:
    """Return what a materialization tells conditions."""
    return Update(
        id=made.version,
        timestamp=made.timestamp,
        partition=made.partition,
        data_version=made.data_version,
        run_keys=frozenset(run_keys),
        run_tags=dict(run_tags or {}),
    )


def update_of_check(record: CheckRecord) -> Update:
    """Return what an evaluation of a check tells conditions."""
    return Update(id=record.timestamp, timestamp=record.timestamp)


def check_partitions(
    checks: CheckRecords, latest: Materialization | None, key: Any, *, passed: bool
) -> Partitions:
    """Return for which partitions a check of the latest data passed, or failed: one that is of older data did neither."""
    record = checks.latest(key)
    if record is None or record.passed is not passed or record.error is not None:
        return ()
    of_latest = latest is None or (record.target.version, record.target.run_id) == (
        latest.version,
        latest.run_id,
    )
    return {None} if of_latest else ()
