"""Free-text search over all that is said of assets. What selects by exact words is `graph.selection`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nb_assets.definitions.metadata import MetadataValue
from nb_assets.definitions.naming import DEFAULT_GROUP, KIND_TAG_PREFIX

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.asset_spec import AssetSpec
    from nb_assets.graph.asset_graph import AssetGraph

_AROUND = 30
_SHORT = 90


@dataclass(frozen=True, kw_only=True)
class Found:
    """An asset that a search found, and where: "description: …daily revenue by…"."""

    key: AssetKey
    where: str


def search(
    text: str, graph: AssetGraph, made: Mapping[AssetKey, Mapping[str, object]] | None = None
) -> list[Found]:
    """Return the assets of which every word of a text is said somewhere, those with it in their key first.

    Capitals do not count. Keys, groups, descriptions, kinds, tags, owners, and metadata by name and value are looked
    through, and the code version.

    Parameters
    ----------
    made
        The metadata of the last materializations.
    """
    words = text.lower().split()
    found: list[tuple[int, int, Found]] = []
    for index, key in enumerate(graph.keys):
        places = list(_said(graph.spec(key), (made or {}).get(key, {})))
        hits = [
            next(
                ((rank, name, told) for rank, (name, told) in enumerate(places) if word in told.lower()), None
            )
            for word in words
        ]
        there = [hit for hit in hits if hit is not None]
        if len(there) < len(words):
            continue
        last = max(there, default=(0, "key", ""), key=lambda hit: hit[0])
        # All the words may stand together in one place, which tells more than the first place of each.
        rank, name, told = next(
            ((rank, name, told) for rank, (name, told) in enumerate(places) if _all_in(words, told)), last
        )
        where = name if name == "key" else f"{name}: {_excerpt(told, words)}"
        found.append((rank, index, Found(key=key, where=where)))
    return [each for _, _, each in sorted(found, key=lambda one: one[:2])]


def _said(spec: AssetSpec, made: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    yield "key", spec.key.to_user_string()
    yield "group", spec.group_name or DEFAULT_GROUP
    yield "kind", " ".join(sorted(spec.kinds))
    for name, value in spec.tags.items():
        if not name.startswith(KIND_TAG_PREFIX):
            yield "tag", f"{name}={value}" if value else name
    for owner in spec.owners:
        yield "owner", owner
    yield "description", " ".join((spec.description or "").split())
    for name, value in {**spec.metadata, **made}.items():
        yield "metadata", f"{name} = {_plain(value)}"
    yield "code version", spec.code_version or ""


def _plain(value: object) -> str:
    # Typed metadata is looked through by what it holds.
    return " ".join((value.as_text() if isinstance(value, MetadataValue) else str(value)).split())


def _all_in(words: list[str], told: str) -> bool:
    return all(word in told.lower() for word in words)


def _excerpt(told: str, words: list[str]) -> str:
    if len(told) <= _SHORT:
        return told
    at = min((place for word in words if (place := told.lower().find(word)) >= 0), default=0)
    begin, end = max(0, at - _AROUND), at + 2 * _AROUND
    return ("…" if begin else "") + told[begin:end].strip() + ("…" if end < len(told) else "")
