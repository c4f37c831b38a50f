"""The versions of an asset, newest first: how large each was, how long it took, what changed, and because of what.

Gets the materializations from its callers; asks the session nothing.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from nb_assets.diff.code import code_diff
from nb_assets.views.table import Column, table_of
from nb_assets.views.wording import clock, seconds, size

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.storage.materialization import Materialization
    from nb_assets.views.report import Report

__all__ = ["cause_of", "timeline_table"]

_COLUMNS = (
    Column(title="version", kind="number"),
    Column(title="made"),
    Column(title="took", kind="number"),
    Column(title="value"),
    Column(title="size", kind="number"),
    Column(title="change", kind="prose"),
    Column(title="because of", kind="prose"),
    Column(title="data version"),
    Column(title="run"),
)


def timeline_table(
    name: str,
    versions: Sequence[Materialization],
    *,
    version_of: Callable[[AssetKey, str], int | None],
    said: Mapping[tuple[str, int], str],
    by_partition: bool = False,
) -> Report:
    """Return the table of an asset's versions.

    Parameters
    ----------
    version_of
        Finds the version of another asset that had a data version.
    said
        What is to be told of a version of a partition besides: that it is pinned, or was accepted for other code.
    by_partition
        Whether the versions are those of several partitions, each counted apart.
    """
    before = _before(versions)
    rows = [
        (
            *((made.partition or "",) if by_partition else ()),
            str(made.version),
            clock(made.timestamp),
            seconds(made.duration),
            "" if made.value is None else made.value.summary,
            "" if made.value is None else size(made.value.size),
            " · ".join(
                filter(
                    None,
                    [
                        _change(made, before.get(id(made))),
                        said.get((made.partition or "", made.version), ""),
                    ],
                )
            ),
            cause_of(made, before.get(id(made)), version_of),
            made.data_version[:14],
            made.run_id[:8],
        )
        for made in versions
    ]
    columns = ((Column(title="partition", kind="key"),) if by_partition else ()) + _COLUMNS
    empty = f"`{name}` was never materialized. `%materialize {name}` does it."
    return table_of("history", columns, rows, empty=empty)


def _before(versions: Sequence[Materialization]) -> dict[int, Materialization]:
    """Return the version before each, by the identity of its record."""
    of_part: dict[str | None, list[Materialization]] = {}
    for made in versions:
        of_part.setdefault(made.partition, []).append(made)
    return {id(made): older for part in of_part.values() for made, older in pairwise(part)}


def _change(made: Materialization, older: Materialization | None) -> str:
    if made.restored_from is not None:
        return f"version {made.restored_from} again"
    if older is not None and older.data_version == made.data_version:
        return "unchanged"
    return str((made.change or {}).get("summary", "")) or ("first version" if made.version == 1 else "")


def cause_of(
    made: Materialization, older: Materialization | None, version_of: Callable[[AssetKey, str], int | None]
) -> str:
    """Say what was not as it had been for the version before: code, then inputs."""
    if older is None:
        return ""
    causes = []
    if made.code_version != older.code_version:
        causes.append(code_diff(older.code, made.code).summary if made.code != older.code else "code version")
    for key, data in made.inputs.items():
        was = older.inputs.get(key)
        if was == data:
            continue
        name = key.to_user_string()
        versions = [version_of(key, each) if each else None for each in (was, data)]
        if was is None:
            causes.append(f"now reads `{name}`")
        elif None in versions:
            causes.append(f"`{name}` had new data")
        else:
            causes.append(f"`{name}` version {versions[0]} → {versions[1]}")
    causes += [f"no longer reads `{key.to_user_string()}`" for key in older.inputs if key not in made.inputs]
    return "; ".join(causes)
