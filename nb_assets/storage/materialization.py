"""The record of a materialization: what was made, when, from what, and where its value is.

Plain data. Reading and writing records is the history's business, reading and writing values that of the value store.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey


# The format of a value that an IO manager has; its address says which one.
MANAGED = "io_manager"


@dataclass(frozen=True, kw_only=True, slots=True)
class ValueRef:
    """Where a stored value is and what it is, readable without loading it.

    `address` is the stem of the file's name, `format` the name of the handler that wrote it, `size` its bytes on
    disk, `checksum` the xxh3-64 of the file.
    """

    address: str
    format: str
    size: int
    type_name: str
    summary: str
    rows: int | None = None
    checksum: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Materialization:
    """One version of an asset. `timestamp` is when it was finished, in seconds since 1970; `duration` is in seconds.

    `version` counts from 1 for each asset, and for each of its partitions apart; the history assigns it, and 0 means that it has not yet. `change`, what it
    changed against the version before, is worked out after the record is safe, and so is no part of the stored record.
    `input_partitions` has the data versions of the partitions that stand behind an input, where they are not too many.
    """

    asset_key: AssetKey
    run_id: str
    timestamp: float
    duration: float
    code_version: str
    data_version: str
    version: int = 0
    inputs: Mapping[AssetKey, str] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    value: ValueRef | None = None
    code: Mapping[str, str] = field(default_factory=dict)
    restored_from: int | None = None
    change: Mapping[str, Any] | None = None
    partition: str | None = None
    input_partitions: Mapping[AssetKey, Mapping[str, str]] = field(default_factory=dict)

    @property
    def provenance(self) -> str:
        """What it was made with and from, as one text to compare and to look up."""
        return provenance(self.code_version, self.inputs)


def provenance(code_version: str, inputs: Mapping[AssetKey, str]) -> str:
    """Return one text for a code version and the data versions of the inputs, whatever their order."""
    parts = [code_version]
    for key, version in sorted(inputs.items()):
        parts += [key.to_string(), version]
    return provenance_of_parts(parts)


def provenance_of_parts(parts: Iterable[str]) -> str:
    """Return one text for a list of texts, another one for every other list."""
    # Lengths in front, so that no two lists of texts read the same.
    payload = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(payload.encode("utf-8", "surrogatepass")).hexdigest()[:32]
