"""Answers views that come and go, want their panes, and fold groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nb_assets.widget.bundles import STATIC
from nb_assets.widget.messages import view_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nb_assets.widget import messages
    from nb_assets.widget.conversation import Conversation


def _ready(conversation: Conversation, message: messages.Ready) -> None:
    conversation.arrive(view_of(message["request"]))


def _left(conversation: Conversation, message: messages.Left) -> None:
    conversation.leave(view_of(message["request"]))


def _fetch_panes(conversation: Conversation, message: messages.FetchPanes) -> None:
    # Read anew each time, so that a bundle that was rebuilt is the one on a page that is loaded again.
    source = (STATIC / "panes.js").read_text(encoding="utf-8")
    conversation.send({"kind": "panes", "request": message["request"], "source": source})


def _arrange(conversation: Conversation, message: messages.Arrange) -> None:
    conversation.arrange(frozenset(message["collapsed"]), message["direction"], anew=message["anew"])


ANSWERS: Mapping[str, Callable[[Conversation, Any], None]] = {
    "ready": _ready,
    "left": _left,
    "fetch_panes": _fetch_panes,
    "arrange": _arrange,
}
