"""Answers what is asked of runs: begin, go on, stop, and what would happen or has happened."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from nb_assets.errors import SelectionError
from nb_assets.views.run_preview import run_preview
from nb_assets.widget.run_tracker import OUTCOMES
from nb_assets.widget.wishes import keys_of_wish

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nb_assets.widget import run_messages as messages
    from nb_assets.widget.conversation import Conversation


def _materialize(conversation: Conversation, message: messages.Materialize) -> None:
    wish = message["wish"]
    # Several views may press the button of what is stale at once: the second finds nothing left to ask for.
    if keys := keys_of_wish(conversation, wish):
        conversation.session.submit(
            keys, force=wish["force"], resume=wish["what"] == "failed", origin="widget"
        )
        conversation.pacer.nudge()


def _preview(conversation: Conversation, message: messages.AskPreview) -> None:
    wish = message["wish"]
    preview = run_preview(conversation.session, keys_of_wish(conversation, wish), force=wish["force"])
    conversation.send({"kind": "preview", "request": message["request"], "preview": preview})


def _outcome(conversation: Conversation, message: messages.AskOutcome) -> None:
    if message["outcome"] not in OUTCOMES:
        raise SelectionError(
            f"`{message['outcome']}` is nothing that comes of an asset in a run: {', '.join(OUTCOMES)}."
        )
    keys = conversation.tracker.of_outcome(message["run_id"], message["outcome"])
    conversation.send(
        {
            "kind": "outcome",
            "request": message["request"],
            "keys": [key.to_user_string() for key in keys],
        }
    )


def _cancel(conversation: Conversation, message: messages.Cancel) -> None:
    session, run_id = conversation.session, message["run_id"] or None
    for run in session.runs:
        if run_id in (None, run.run_id):
            conversation.tracker.cancelling(run.run_id)
    # One that ended in the meantime needs no cancelling.
    with suppress(SelectionError):
        session.cancel(run_id)
    conversation.pacer.nudge()


ANSWERS: Mapping[str, Callable[[Conversation, Any], None]] = {
    "materialize": _materialize,
    "ask_preview": _preview,
    "ask_outcome": _outcome,
    "cancel": _cancel,
}
