"""The assets as rows of a list, with what can be sorted by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.session import Session
    from nb_assets.views.finding_model import RowView

__all__ = ["rows_view"]

_OF_CARD = ("reason", "detail", "badge", "checks", "check_look", "partitions", "made")


def rows_view(session: Session, keys: Iterable[AssetKey], cards: Mapping[str, Any]) -> list[RowView]:
    """Return a row for each asset that is made here.

    Parameters
    ----------
    cards
        What is said on the cards, by key.
    """
    graph = session.graph
    kinds, owners, tags = map(graph.vocabulary.of_keys, ("kind", "owner", "tag"))
    statuses = session.status()
    rows: list[RowView] = []
    for key in keys:
        name = key.to_user_string()
        if name not in cards:
            continue
        card, made = cards[name], statuses[key].materialization
        row: dict[str, Any] = {
            "key": name,
            "group": graph.group_of(key),
            "status": card["status"],
            **{field: card[field] for field in _OF_CARD},
            "kinds": list(kinds[key]),
            "owners": list(owners[key]),
            "tags": list(tags[key]),
        }
        if made is not None:
            row["duration"] = made.duration
            if made.value is not None:
                row["rows"], row["size"] = made.value.rows, made.value.size
        rows.append(cast("RowView", {field: value for field, value in row.items() if value not in _NOTHING}))
    return rows


_NOTHING: tuple[object, ...] = (None, "", [], {})
