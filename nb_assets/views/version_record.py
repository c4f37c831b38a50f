"""One version of an asset, opened: what made it, from what, and how that was not as it had been for the version before."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypedDict

from nb_assets.diff.code import code_diff
from nb_assets.errors import ValueMissingError
from nb_assets.views.metadata import field_views
from nb_assets.views.timeline import cause_of
from nb_assets.views.versions import version_views

if TYPE_CHECKING:
    from collections.abc import Callable

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.session import Session
    from nb_assets.storage.materialization import Materialization
    from nb_assets.views.details_model import FieldView, VersionView

__all__ = ["MadeFromView", "VersionRecordView", "version_finder", "version_record"]

TEXT = 2_000


class MadeFromView(TypedDict):
    """An input that a version was made from; its version is 0 where that is not known."""

    key: str
    version: int
    data_version: str
    changed: bool


class VersionRecordView(TypedDict):
    """All that the records tell of one version.

    `code_change` is HTML that the diff's own renderer escaped; `previous` is the version before it, 0 before the first.
    """

    key: str
    row: VersionView
    type_name: str
    size: int
    change: str
    cause: str
    code_change: str
    previous: int
    inputs: list[MadeFromView]
    metadata: list[FieldView]


def version_record(session: Session, key: AssetKey, version: int, partition: str | None) -> VersionRecordView:
    """Return what the records tell of a version; no value is read.

    Raises
    ------
    ValueMissingError
        When there is no such version.
    """
    history = session.store.history
    made = history.get(key, version, partition) if version > 0 else None
    if made is None:
        raise ValueMissingError(f"there is no version {version} of `{key.to_user_string()}`.")
    older = history.get(key, made.version - 1, partition) if made.version > 1 else None
    find = version_finder(session)
    code = None if older is None or older.code == made.code else code_diff(older.code, made.code)
    change = session.change_of(made) or {}
    return VersionRecordView(
        key=key.to_user_string(),
        row=version_views(session, key, [made])[0],
        type_name="" if made.value is None else made.value.type_name,
        size=0 if made.value is None else made.value.size,
        change=str(change.get("summary", ""))[:TEXT],
        cause=cause_of(made, older, find)[:TEXT],
        code_change="" if code is None or code.equal else code.to_html(),
        previous=0 if older is None else older.version,
        inputs=[_input(up, data, older, find) for up, data in made.inputs.items()],
        metadata=field_views(made.metadata),
    )


def _input(
    key: AssetKey,
    data: str,
    older: Materialization | None,
    find: Callable[[AssetKey, str], int | None],
) -> MadeFromView:
    return MadeFromView(
        key=key.to_user_string(),
        version=(find(key, data) or 0) if data else 0,
        data_version=data,
        changed=older is not None and older.inputs.get(key) != data,
    )


def version_finder(session: Session) -> Callable[[AssetKey, str], int | None]:
    """Return what finds the version of an asset that had a data version."""

    @cache
    def known(key: AssetKey) -> dict[str, int]:
        # The oldest of those that had the data: the newer ones are the same again.
        return {made.data_version: made.version for made in session.store.history.list(key)}

    return lambda key, data: known(key).get(data)
