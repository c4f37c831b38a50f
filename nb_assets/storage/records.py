"""Rows of the history, to and from records. Knows JSON and column order, but no SQL beyond the column names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.metadata import MetadataValue
from nb_assets.storage.materialization import Materialization, ValueRef

COLUMNS: Final = (
    "asset_key, partition, version, run_id, timestamp, duration, code_version, data_version, provenance, inputs, metadata, tags, "
    "code, restored_from, value_address, value_format, value_size, value_type, value_summary, value_rows, "
    "value_checksum"
)
# Stands where a typed metadata value was, which is no plain JSON.
_TYPED: Final = "$metadata"


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that happened in a run. `id` grows from event to event."""

    id: int
    run_id: str
    timestamp: float
    kind: str
    asset_key: AssetKey | None
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StoredValue:
    """The value that a version was recorded with; `age` counts the versions with a value that came after it."""

    asset_key: AssetKey
    partition: str
    version: int
    address: str
    age: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RunRecord:
    """A run that was started: when, from which surface, for which assets."""

    run_id: str
    timestamp: float
    origin: str
    keys: tuple[AssetKey, ...]


def dump(value: Any) -> str:
    """Write a value as JSON; what JSON cannot hold is written as its text."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, MetadataValue):
        return {_TYPED: value.to_json()}
    if isinstance(value, AssetKey):
        return value.path
    if isinstance(value, Mapping):
        return dict(value)
    if callable(item := getattr(value, "item", None)) and getattr(value, "ndim", None) == 0:
        return item()
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    return str(value)


def key_of(text: str) -> AssetKey:
    """Read the key that `AssetKey.to_string` wrote."""
    return AssetKey(json.loads(text))


def metadata_of(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Read metadata that was written as JSON, typed values among them."""
    return {
        name: MetadataValue.from_json(value[_TYPED]) if isinstance(value, dict) and _TYPED in value else value
        for name, value in plain.items()
    }


def to_row(record: Materialization) -> tuple[Any, ...]:
    """Return the record in the order of `COLUMNS`."""
    ref = record.value
    return (
        record.asset_key.to_string(),
        record.partition or "",
        record.version,
        record.run_id,
        record.timestamp,
        record.duration,
        record.code_version,
        record.data_version,
        record.provenance,
        dump(
            [
                [key.path, version, dict(record.input_partitions[key])]
                if key in record.input_partitions
                else [key.path, version]
                for key, version in record.inputs.items()
            ]
        ),
        dump(dict(record.metadata)),
        dump(dict(record.tags)),
        dump(dict(record.code)),
        record.restored_from,
        *(
            (None,) * 7
            if ref is None
            else (ref.address, ref.format, ref.size, ref.type_name, ref.summary, ref.rows, ref.checksum)
        ),
    )


def from_row(row: tuple[Any, ...]) -> Materialization:
    """Return the record that `to_row` was given."""
    inputs = json.loads(row[9])
    return Materialization(
        asset_key=key_of(row[0]),
        partition=row[1] or None,
        version=row[2],
        run_id=row[3],
        timestamp=row[4],
        duration=row[5],
        code_version=row[6],
        data_version=row[7],
        inputs={AssetKey(each[0]): each[1] for each in inputs},
        input_partitions={AssetKey(each[0]): each[2] for each in inputs if len(each) > 2},  # noqa: PLR2004 - where they are told
        metadata=metadata_of(json.loads(row[10])),
        tags=json.loads(row[11]),
        code=json.loads(row[12]),
        restored_from=row[13],
        value=None if row[14] is None else ref_from_row(row[14:21]),
    )


def ref_from_row(row: tuple[Any, ...]) -> ValueRef:
    """Return the reference in the last seven columns of a row."""
    address, format_, size, type_name, summary, rows, checksum = row
    return ValueRef(
        address=address,
        format=format_,
        size=size,
        type_name=type_name,
        summary=summary,
        rows=rows,
        checksum=checksum,
    )
