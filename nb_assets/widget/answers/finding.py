"""Answers the search box, the filters, the list, and what narrows the picture down."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.errors import NbAssetsError, SelectionError, near
from nb_assets.graph.selection_completion import complete
from nb_assets.views.finding import facet_views, find_assets
from nb_assets.views.finding_model import CandidateView
from nb_assets.views.lineage import roll_up, shown_groups, shown_keys
from nb_assets.views.listing import rows_view
from nb_assets.views.narrowing import Focus, Scope
from nb_assets.widget import finding_messages as messages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nb_assets.widget.conversation import Conversation


def _find(conversation: Conversation, message: messages.Find) -> None:
    session = conversation.session
    found = messages.Found(
        kind="found", request=message["request"], keys=[], groups={}, selection="", error="", at=None
    )
    try:
        keys, found["selection"] = find_assets(
            session, message["text"], message["filters"], _states(conversation)
        )
    except NbAssetsError as error:
        found["error"] = str(error)
        found["at"] = error.at if isinstance(error, SelectionError) else None
    else:
        shown = _searched(conversation)
        groups = shown_groups(session, shown)
        found["keys"] = [key.to_user_string() for key in shown if key in keys]
        counts = roll_up((group, "") for key, group in groups.items() if key in keys)
        found["groups"] = {name: sum(states.values()) for name, states in counts.items()}
    conversation.send(found)


def _states(conversation: Conversation) -> dict[str, str]:
    """Return the status of each asset as the page was last told."""
    return {key: card["status"] for key, card in conversation.cards.items()}


def _searched(conversation: Conversation) -> list[AssetKey]:
    """Return the assets that are looked through: those around the focus, hidden by the last search or not."""
    session = conversation.session
    around = conversation.narrowed.scope.neighbourhood.keys(session)
    return list(shown_keys(session, conversation.selection, around)[0])


def _complete(conversation: Conversation, message: messages.Complete) -> None:
    statuses = Counter(_states(conversation).values())
    found = complete(message["text"], message["at"], conversation.session.graph.vocabulary, statuses)
    conversation.send(
        messages.Completions(
            kind="completions",
            request=message["request"],
            start=found.start,
            end=found.end,
            candidates=[
                CandidateView(
                    text=each.text,
                    name=each.name,
                    kind=each.kind,
                    count=each.count,
                    hint=each.hint,
                    hits=[list(hit) for hit in each.hits],
                )
                for each in found.candidates
            ],
            more=found.more,
        )
    )


def _facets(conversation: Conversation, message: messages.AskFacets) -> None:
    facets = facet_views(
        conversation.session,
        _searched(conversation),
        message["text"],
        message["filters"],
        _states(conversation),
    )
    conversation.send(messages.Facets(kind="facets", request=message["request"], facets=facets))


def _narrow(conversation: Conversation, message: messages.Narrow) -> None:
    focus = None
    if message["key"]:
        key = AssetKey.from_user_string(message["key"])
        graph = conversation.session.graph
        if key not in graph.nx:
            names = [known.to_user_string() for known in graph.keys]
            raise SelectionError(f"no asset is called `{message['key']}`.{near(message['key'], names)}")
        focus = Focus(key=key, up=message["up"], down=message["down"])
    conversation.narrow(Scope(focus=focus, text=message["text"], filters=message["filters"]))


def _reveal(conversation: Conversation, message: messages.Reveal) -> None:
    conversation.reveal(AssetKey.from_user_string(message["key"]))


def _list(conversation: Conversation, message: messages.AskRows) -> None:
    session = conversation.session
    keys, _ = shown_keys(session, conversation.selection, conversation.narrowed.keys)
    wanted = set(message["keys"])
    chosen = [key for key in keys if key.to_user_string() in wanted] if wanted else keys
    rows = rows_view(session, chosen, conversation.cards)
    conversation.send(messages.Rows(kind="rows", request=message["request"], rows=rows, every=not wanted))


ANSWERS: Mapping[str, Callable[[Conversation, Any], None]] = {
    "find": _find,
    "complete": _complete,
    "facets": _facets,
    "narrow": _narrow,
    "reveal": _reveal,
    "list": _list,
}
