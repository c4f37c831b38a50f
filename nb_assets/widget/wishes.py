"""Which assets a wish of the page means: those that were picked, groups, what is stale, what failed, or all of the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.naming import groups_around
from nb_assets.errors import SelectionError
from nb_assets.staleness import TO_RUN
from nb_assets.views.lineage import shown_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nb_assets.staleness import AssetStatus
    from nb_assets.widget.conversation import Conversation
    from nb_assets.widget.run_messages import Wish

__all__ = ["in_groups", "keys_of_wish"]


def keys_of_wish(conversation: Conversation, wish: Wish) -> list[AssetKey]:
    """Return the assets that a wish is about, each after what it is derived from.

    Raises
    ------
    SelectionError
        When it names a group in which there is nothing; assets that are not there are refused by whoever runs them.
    """
    session = conversation.session
    graph = session.graph
    named = [AssetKey.from_user_string(key) for key in wish["keys"]]
    shown, _external = shown_keys(session, conversation.selection, conversation.narrowed.keys)
    if wish["what"] == "assets":
        found = {*named, *in_groups(conversation, wish["groups"])}
    elif wish["what"] == "all":
        found = set(shown)
    elif wish["what"] == "stale":
        statuses = session.status(shown)
        found = {key for key in shown if statuses[key].state in TO_RUN}
    else:
        found = set(named) or set(_to_retry(conversation, session.status(shown)))
    if wish["reach"] == "upstream":
        found = {key for key in graph.ancestors(found) if key in graph or key in named}
    elif wish["reach"] == "downstream":
        found = graph.descendants(found)
    # What is not there stays among them, so that it is refused and not passed over.
    unknown = [key for key in found if key not in graph]
    return [*unknown, *graph.in_order(key for key in found if key in graph)]


def _to_retry(conversation: Conversation, statuses: Mapping[AssetKey, AssetStatus]) -> Iterable[AssetKey]:
    """Yield the assets whose last attempt failed, and those that were skipped because of them."""
    missed = conversation.tracker.missed
    for key, status in statuses.items():
        if status.state == "failed" or (key in missed and status.state in TO_RUN):
            yield key


def in_groups(conversation: Conversation, names: Iterable[str]) -> Iterable[AssetKey]:
    """Yield the assets of the picture that are in these groups or in groups of theirs.

    Raises
    ------
    SelectionError
        When there is nothing in one.
    """
    session = conversation.session
    shown, _external = shown_keys(session, conversation.selection, conversation.narrowed.keys)
    for name in names:
        inside = [key for key in shown if name in groups_around(session.graph.group_of(key))]
        if not inside:
            raise SelectionError(f"there is no group `{name}` in this picture.")
        yield from inside
