"""Answers what is asked about one asset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.views.details import details_view
from nb_assets.views.offers import offers_view
from nb_assets.widget.messages import view_of
from nb_assets.widget.variables import free_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nb_assets.views.details_model import LookView
    from nb_assets.widget import asset_messages, messages
    from nb_assets.widget.conversation import Conversation


def _describe(conversation: Conversation, message: messages.Describe) -> None:
    session, looks = conversation.session, conversation.looks
    key = AssetKey.from_user_string(message["key"])
    last_diff = conversation.last_diff(key)
    view, request = view_of(message["request"]), message["request"]
    looks.drop(view)
    look = looks.known(key)
    with conversation.logs.opening(view, key) as said:
        details = details_view(session, key, look, said)
        conversation.send({"kind": "details", "request": request, "details": details})
    if conversation.logs.waits:
        conversation.pacer.nudge()

    def tell(look: LookView) -> None:
        conversation.send({"kind": "look", "request": request, "key": message["key"], "look": look})

    if look is None and (details["value"] is not None or details["change"] is not None):
        looks.order(view, key, last_diff, tell)


def _offer(conversation: Conversation, message: asset_messages.Offer) -> None:
    key = AssetKey.from_user_string(message["key"])
    conversation.send(
        {
            "kind": "offers",
            "request": message["request"],
            "key": message["key"],
            "offers": offers_view(conversation.session, key),
            "variable": free_name(conversation.namespace or (), key.path[-1]),
        }
    )


ANSWERS: Mapping[str, Callable[[Conversation, Any], None]] = {"describe": _describe, "offer": _offer}
