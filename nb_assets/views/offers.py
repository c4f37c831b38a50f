"""What can be done with one asset beside running it, and why not where it cannot.

Responsible for saying it; doing it is the session's business.
"""

from __future__ import annotations

import inspect
import os
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from nb_assets.notebook_file import notebook_file
from nb_assets.views.acceptance import told_of, why_not_acceptable
from nb_assets.views.versions import has_value, version_count
from nb_assets.views.wording import plural

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.session import Session
    from nb_assets.staleness import AssetStatus

__all__ = ["OffersView", "PlaceView", "offers_view"]

ELSEWHERE = "It is made elsewhere"


class PlaceView(TypedDict):
    """Where an asset is defined: in a cell, or on a line of a file. Each part is empty where it is not known.

    `path` is the file as seen from the folder of the notebook.
    """

    cell: str
    label: str
    excerpt: str
    path: str
    line: int


class OffersView(TypedDict):
    """What can be done with an asset: `accept` and `load` say why not and are empty where it can.

    `accepted` says what of it is accepted as equivalent now, `versions` how many there are, and `newest` is the newest of
    them, 0 where those of each partition are counted apart.
    """

    accept: str
    accepted: str
    load: str
    versions: int
    newest: int
    place: PlaceView


def offers_view(session: Session, key: AssetKey) -> OffersView:
    """Return what can be done with an asset, or with one that is only read here."""
    if key not in session.graph:
        return OffersView(
            accept=ELSEWHERE, accepted="", load=ELSEWHERE, versions=0, newest=0, place=_place("", "")
        )
    status = session.status([key])[key]
    versions = version_count(session, key, None)
    return OffersView(
        accept=why_not_acceptable(key, status),
        accepted=_accepted(session, key),
        load=_why_not_loaded(session, status),
        versions=versions,
        newest=versions if status.partitions is None else 0,
        place=place_of(session, key),
    )


def place_of(session: Session, key: AssetKey) -> PlaceView:
    """Return where an asset is defined."""
    origin = session.registry.origin(key)
    if origin.kind == "module":
        path, line = _source_of(session, key)
        return _place("", origin.label, path=path, line=line)
    return _place(origin.id if origin.certain else "", origin.label, origin.excerpt)


def _place(cell: str, label: str, excerpt: str = "", *, path: str = "", line: int = 0) -> PlaceView:
    return PlaceView(cell=cell, label=label, excerpt=excerpt, path=path, line=line)


def _source_of(session: Session, key: AssetKey) -> tuple[str, int]:
    definition = session.assets[key]
    fn = inspect.unwrap(definition.compute.fn)
    try:
        file, line = inspect.getsourcefile(fn), inspect.getsourcelines(fn)[1]
    except (OSError, TypeError):
        return "", 0
    if file is None or not Path(file).is_file():
        return "", 0
    notebook = notebook_file()
    folder = Path.cwd() if notebook is None else notebook.parent
    try:
        path = os.path.relpath(Path(file).resolve(), folder.resolve())
    except ValueError:  # on another drive
        path = file
    return Path(path).as_posix(), line


def _accepted(session: Session, key: AssetKey) -> str:
    told = told_of(session, key)
    if not told:
        return ""
    (partition, version), because = next(iter(told.items()))
    if len(told) > 1 or partition:
        return f"{plural(len(told), 'partition')} {because}"
    return f"v{version} {because}"


def _why_not_loaded(session: Session, status: AssetStatus) -> str:
    made = status.materialization
    if made is None:
        return "It was never materialized"
    if made.value is None:
        return "It stores no value of its own"
    return "" if has_value(session, made) else "Its value is gone from the store"
