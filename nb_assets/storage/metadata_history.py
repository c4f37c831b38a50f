"""The metadata of an asset over its versions: rows for a frame, points for a plot."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.metadata import MetadataValue

if TYPE_CHECKING:
    from nb_assets.storage.materialization import Materialization

_NUMBERS = frozenset({"int", "float"})


def metadata_rows(versions: Iterable[Materialization]) -> list[dict[str, Any]]:
    """Return one row a version, oldest first: its number, moment, run and partition, and each metadata value by its name.

    Numbers, bools and texts are themselves, moments are datetimes in UTC, and the rest is in words, so that
    `pandas.DataFrame(rows)` has a column for each. What a version lacks is None.
    """
    oldest_first = sorted(versions, key=lambda made: made.timestamp)
    is_partitioned = any(made.partition is not None for made in oldest_first)
    names = dict.fromkeys(name for made in oldest_first for name in made.metadata)
    return [
        {
            "version": made.version,
            "timestamp": dt.datetime.fromtimestamp(made.timestamp, dt.timezone.utc),
            "run_id": made.run_id,
            **({"partition": made.partition} if is_partitioned else {}),
            **{name: _plain(made.metadata.get(name)) for name in names},
        }
        for made in oldest_first
    ]


def numeric_points(versions: Iterable[Materialization]) -> dict[str, list[tuple[int, float]]]:
    """Return the versions, oldest first, with the number that each has of a name; names without numbers are left out."""
    points: dict[str, list[tuple[int, float]]] = {}
    for made in sorted(versions, key=lambda made: made.version):
        for name, value in made.metadata.items():
            number = number_of(value)
            if number is not None:
                points.setdefault(name, []).append((made.version, number))
    return points


def number_of(value: object) -> float | None:
    """Return the number that a metadata value is, if it is a finite one."""
    if not isinstance(value, MetadataValue) or value.kind not in _NUMBERS or value.value is None:
        return None
    try:
        number = float(value.value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _plain(value: Any) -> Any:
    if not isinstance(value, MetadataValue):
        return value
    if value.kind == "timestamp":
        return dt.datetime.fromtimestamp(value.value, dt.timezone.utc)
    held = value.value
    return held if held is None or isinstance(held, (bool, int, float, str)) else value.as_text()
