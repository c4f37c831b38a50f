"""What a new version changed, in value and in code, against the version before it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final

from nb_assets.definitions.result import NoValue
from nb_assets.diff import diff
from nb_assets.diff.code import code_diff
from nb_assets.diff.value_diff import ValueDiff

if TYPE_CHECKING:
    from collections.abc import Callable

    from nb_assets.definitions.asset_spec import AssetSpec
    from nb_assets.diff.code import CodeDiff
    from nb_assets.execution.keeper import Keeper
    from nb_assets.storage.materialization import Materialization

LARGE: Final = 5_000_000
"""From so many bytes on disk, a value is compared on a thread of its own."""
PATIENCE: Final = 5.0
"""How many seconds a run waits for the comparison of a large value."""
STILL_COMPARING: Final = ValueDiff(
    kind="pending", equal=False, summary="changed; how is still being worked out", badge="~"
)


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
    key = spec.metadata.get("primary_key")
    if record.value is None or record.value.size < LARGE:
        return _compared(keeper, previous, record, value, key), code
    return within(PATIENCE, lambda: _compared(keeper, previous, record, value, key)), code


def _compared(
    keeper: Keeper, previous: Materialization, record: Materialization, value: Any, key: Any
) -> ValueDiff | None:
    try:
        value_diff = diff(keeper.load(previous), value, key=key)
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
        return None
    return value_diff


def within(seconds: float, compare: Callable[[], ValueDiff | None]) -> ValueDiff | None:
    """Compare on a thread of its own; what is not done in time goes on there, and is noted when it is."""
    found: list[ValueDiff | None] = []
    # A daemon: a kernel that ends does not wait for what nobody will see.
    thread = threading.Thread(target=lambda: found.append(compare()), name="nb_assets-diff", daemon=True)
    thread.start()
    thread.join(seconds)
    return found[0] if found else STILL_COMPARING
