"""Answers the search box: which of the assets shown a selection means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nb_assets.errors import NbAssetsError
from nb_assets.views.lineage import roll_up, shown_groups, shown_keys
from nb_assets.widget import messages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nb_assets.widget.conversation import Conversation


def _find(conversation: Conversation, message: messages.Find) -> None:
    session = conversation.session
    found = messages.Found(kind="found", request=message["request"], keys=[], groups={}, error="")
    try:
        keys = set(session.select(message["text"]))
    except NbAssetsError as error:
        found["error"] = str(error)
    else:
        shown, _ = shown_keys(session, conversation.selection)
        groups = shown_groups(session, shown)
        found["keys"] = [key.to_user_string() for key in shown if key in keys]
        counts = roll_up({key: group for key, group in groups.items() if key in keys}, {})
        found["groups"] = {name: sum(states.values()) for name, states in counts.items()}
    conversation.send(found)


ANSWERS: Mapping[str, Callable[[Conversation, Any], None]] = {"find": _find}
