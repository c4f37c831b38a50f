"""Answers what is asked to be loaded into variables of the user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.errors import UsageError
from nb_assets.views.wording import plural
from nb_assets.widget.answering import telling_errors
from nb_assets.widget.variables import check_variable, set_variable, standing_under

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nb_assets.widget import asset_messages as messages
    from nb_assets.widget.conversation import Conversation


def _assign(conversation: Conversation, message: messages.Assign) -> None:
    session, namespace, name = conversation.session, conversation.namespace, message["name"]
    if namespace is None:
        raise UsageError("there are no variables to load into here: this session is not a notebook's.")
    check_variable(name)
    if (standing := standing_under(namespace, name)) and not message["replace"]:
        _tell_taken(conversation, message, standing)
        return
    key, partition = AssetKey.from_user_string(message["key"]), message["partition"] or None

    def work(_: Callable[[], bool]) -> None:
        with telling_errors(conversation.send, message["request"]):
            value = session.load(key, message["version"] or None, partition)
            if not set_variable(namespace, name, value, replace=message["replace"]):
                _tell_taken(conversation, message, standing_under(namespace, name))
                return
            session.look_again()
            conversation.send(
                {
                    "kind": "assigned",
                    "request": message["request"],
                    "name": name,
                    "text": f"{name} = {_described(conversation, message, value)}",
                }
            )

    # Each in a lane of its own: what was asked for last does not take the place of what was asked for before.
    conversation.comparisons.order(message["request"], work)


def _tell_taken(conversation: Conversation, message: messages.Assign, standing: str) -> None:
    name = message["name"]
    text = f"`{name}` is there already: {standing}. Replace it?"
    conversation.send({"kind": "taken", "request": message["request"], "name": name, "text": text})


def _described(conversation: Conversation, message: messages.Assign, value: Any) -> str:
    """Return what a value is, as its record says it: "71 rows × 2 columns"."""
    session, key = conversation.session, AssetKey.from_user_string(message["key"])
    partition = message["partition"] or None
    made = None
    if message["version"]:
        made = session.store.history.get(key, message["version"], partition)
    elif key in session.graph.partitioned:
        if partition is None:
            return f"a dict of {plural(len(value), 'partition')}"
        made = session.latest(key, partition)
    elif key in session.graph:
        made = session.status([key])[key].materialization
    return (made.value.summary if made and made.value else "") or type(value).__name__


ANSWERS: Mapping[str, Callable[[Conversation, Any], None]] = {"assign": _assign}
