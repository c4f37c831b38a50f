"""Answers what differs from an earlier moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nb_assets.errors import UsageError
from nb_assets.views.changes import changes_view, moment_views
from nb_assets.views.lineage import shown_keys
from nb_assets.widget.change_messages import Changes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nb_assets.widget import change_messages
    from nb_assets.widget.conversation import Conversation


def _changes(conversation: Conversation, message: change_messages.AskChanges) -> None:
    session = conversation.session
    moments = moment_views(session)
    view = None
    try:
        changes = session.changes_since(message["since"])
    except UsageError:
        # The moment went with time, as a run that is not the last any more; the page chooses another.
        pass
    else:
        keys, _ = shown_keys(session, conversation.selection, conversation.narrowed.keys)
        view = changes_view(session, changes, set(keys))
    conversation.send(Changes(kind="changes", request=message["request"], moments=moments, changes=view))


ANSWERS: Mapping[str, Callable[[Conversation, Any], None]] = {"ask_changes": _changes}
