"""What a new version changed, in value and in code, against the version before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nb_assets.definitions.result import NoValue
from nb_assets.diff import diff
from nb_assets.diff.code import code_diff

if TYPE_CHECKING:
    from nb_assets.definitions.asset_spec import AssetSpec
    from nb_assets.diff.code import CodeDiff
    from nb_assets.diff.value_diff import ValueDiff
    from nb_assets.execution.keeper import Keeper
    from nb_assets.storage.materialization import Materialization


def changes(
    keeper: Keeper, previous: Materialization | None, record: Materialization, value: Any, spec: AssetSpec
) -> tuple[ValueDiff | None, CodeDiff | None]:
    """Return the diffs of value and code against the version before, and have the change noted in short.

    An equal data version needs no diff. A diff that fails is left out: the materialization stands without it.
    """
    if previous is None:
        return None, None
    code = code_diff(previous.code, record.code) if previous.code != record.code else None
    if value is NoValue or previous.value is None or previous.data_version == record.data_version:
        return None, code
    try:
        value_diff = diff(keeper.load(previous), value, key=spec.metadata.get("primary_key"))
        keeper.note_change(
            record,
            {
                "summary": value_diff.summary,
                "badge": value_diff.badge,
                "kind": value_diff.kind,
                "from": previous.data_version,
            },
        )
    except Exception:  # noqa: BLE001 - a value that cannot be read or compared any more must not fail what was made
        return None, code
    return value_diff, code
