"""What only the values themselves can tell in the details pane: a first look at the newest, and what it changed.

Responsible for reading values, which takes as long as they are large, so that a caller can do it beside all else.
What cannot be read is said in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.errors import NbAssetsError
from nb_assets.storage.materialization import MANAGED
from nb_assets.views.details_model import ChangeView, LookView, ValueView
from nb_assets.views.preview import table_preview, text_preview

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.diff.value_diff import ValueDiff
    from nb_assets.session import Session
    from nb_assets.storage.materialization import Materialization

__all__ = ["glance", "look_mark", "look_view"]

LARGEST_READ = 64_000_000
"""How many bytes a stored value may have to be read for a look at it, or for a comparison."""
TEXT = 20_000


def glance(standing: Materialization | None, versions: Sequence[Materialization]) -> LookView:
    """Return what the records tell of a value and of its last change, without reading a value.

    Parameters
    ----------
    standing
        The materialization that stands for the asset now.
    versions
        All of them, newest first.
    """
    change = None
    if (pair := _changed(versions)) is not None:
        known = pair[1].change or {}
        change = ChangeView(
            summary=str(known.get("summary", "…")), badge=str(known.get("badge", "")), html=""
        )
    return LookView(change=change, value=_described(standing))


def look_mark(session: Session, key: AssetKey) -> object:
    """Return what a look depends on: while this stays the same, so does the look."""
    if key not in session.graph:
        return None
    standing = session.status([key])[key].materialization
    versions = [(made.version, made.data_version) for made in _versions(session, key, standing)[:2]]
    return standing and (standing.partition, standing.version), versions


def look_view(session: Session, key: AssetKey, last_diff: ValueDiff | None = None) -> LookView:
    """Return the same after reading the values, where they are not too large for that.

    Parameters
    ----------
    last_diff
        What the last version changed, where the caller has it from the run; else it is computed from the store.
    """
    if key not in session.graph:
        return LookView(change=None, value=None)
    standing = session.status([key])[key].materialization
    return LookView(
        change=_change(session, key, _versions(session, key, standing), last_diff),
        value=_value(session, key, standing),
    )


def _versions(session: Session, key: AssetKey, standing: Materialization | None) -> list[Materialization]:
    """Return the versions, newest first: of the partition that was made last, where there are any."""
    return session.history(key, None if standing is None else standing.partition)


def _changed(versions: Sequence[Materialization]) -> tuple[Materialization, Materialization] | None:
    """Return the last two versions, the older first, when they differ."""
    if len(versions) < 2:  # noqa: PLR2004 - a change is between two versions
        return None
    new, old = versions[0], versions[1]
    if new.value is None or old.value is None or new.data_version == old.data_version:
        return None
    if MANAGED in (new.value.format, old.value.format):
        return None
    return old, new


def _change(
    session: Session, key: AssetKey, versions: Sequence[Materialization], last_diff: ValueDiff | None
) -> ChangeView | None:
    pair = _changed(versions)
    if pair is None:
        return None
    old, new = pair
    if last_diff is None:
        if max(version.value.size for version in pair if version.value is not None) > LARGEST_READ:
            known = new.change or {}
            summary = str(known.get("summary", "Too large to compare at a glance"))
            return ChangeView(summary=summary, badge=str(known.get("badge", "")), html="")
        try:
            last_diff = session.diff(key, old.version, new.version, new.partition)
        except Exception as error:  # noqa: BLE001 - values of users fail in every way, the pane goes on
            return ChangeView(summary=f"Cannot be compared any more: {error}"[:TEXT], badge="", html="")
    return ChangeView(
        summary=last_diff.summary, badge=last_diff.badge, html=last_diff.to_html(key.to_user_string())
    )


def _described(made: Materialization | None) -> ValueView | None:
    if made is None or made.value is None:
        return None
    ref = made.value
    return ValueView(
        type_name=ref.type_name, summary=ref.summary, size=ref.size, table=None, text="", note=""
    )


def _value(session: Session, key: AssetKey, made: Materialization | None) -> ValueView | None:
    view = _described(made)
    if view is None or made is None:
        return None
    if made.partition is not None:
        view["note"] = f"Of the partition {made.partition}, which was made last."[:TEXT]
    if made.value is not None and made.value.format == MANAGED:
        # How much its IO manager would have to read for a look, nobody here knows.
        view["note"] = "Its IO manager has it: load it to see it."
        return view
    if view["size"] > LARGEST_READ:
        view["note"] = "Too large for a look from here."
        return view
    try:
        value = session.load(key, made.version, made.partition)
        view["table"] = table_preview(value)
        if view["table"] is None:
            view["text"] = text_preview(value)
    except NbAssetsError as error:
        view["note"] = str(error)[:TEXT]
    except Exception as error:  # noqa: BLE001 - what users' types raise when read or printed is not ours to know
        view["note"] = f"It cannot be shown: {type(error).__name__}: {error}"[:TEXT]
    return view
