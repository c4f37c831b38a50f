"""Answers what the user says of assets: that new code gives the same value, and that it does not after all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.errors import UsageError
from nb_assets.views.wording import plural
from nb_assets.widget.wishes import in_groups

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nb_assets.execution.acceptances import Acceptance
    from nb_assets.widget import asset_messages as messages
    from nb_assets.widget.conversation import Conversation


def _accept(conversation: Conversation, message: messages.Accept) -> None:
    session = conversation.session
    groups = [message["group"]] if message["group"] else []
    keys = {AssetKey.from_user_string(key) for key in message["keys"]} | {*in_groups(conversation, groups)}
    said: list[Acceptance] = []
    refused: list[UsageError] = []
    # What others are derived from comes first: once it stands, they may be fresh without a word.
    for key in [each for each in session.graph.keys if each in keys] or sorted(keys):
        try:
            said += session.accept(key)
        except UsageError as error:
            refused.append(error)
    if not said:
        if len(refused) == 1:
            raise refused[0]
        raise UsageError("none of these assets is stale by itself: there is nothing to accept.")
    accepted = list(dict.fromkeys(each.key for each in said))
    conversation.send(
        {
            "kind": "accepted",
            "request": message["request"],
            "keys": [key.to_user_string() for key in accepted],
            "text": f"Accepted {_named(accepted, said)}",
        }
    )


def _unaccept(conversation: Conversation, message: messages.Unaccept) -> None:
    session = conversation.session
    keys = [AssetKey.from_user_string(key) for key in message["keys"]]
    said = [each for key in keys for each in session.unaccept(key)]
    conversation.send(
        {
            "kind": "unaccepted",
            "request": message["request"],
            "keys": [key.to_user_string() for key in keys],
            "text": f"No longer accepted: {_named(keys, said)}",
        }
    )


def _named(keys: Sequence[AssetKey], said: Sequence[Acceptance]) -> str:
    if len(keys) != 1:
        return plural(len(keys), "asset")
    name = keys[0].to_user_string()
    if said[0].partition is None:
        return f"{name} v{said[0].version}"
    return f"{name} ({said[0].partition})" if len(said) == 1 else f"{name} ({plural(len(said), 'partition')})"


ANSWERS: Mapping[str, Callable[[Conversation, Any], None]] = {"accept": _accept, "unaccept": _unaccept}
