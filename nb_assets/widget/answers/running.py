"""Answers what is asked of runs: begin, go on, stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.views.lineage import shown_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nb_assets.widget import messages
    from nb_assets.widget.conversation import Conversation


TO_RUN = frozenset({"stale", "missing", "failed", "skipped"})
"""The states of assets that a run of what is stale runs."""


def _materialize(conversation: Conversation, message: messages.Materialize) -> None:
    keys = [AssetKey.from_user_string(key) for key in message["keys"]]
    conversation.session.submit(keys, force=message["force"], origin="widget")


def _materialize_stale(conversation: Conversation, _: messages.MaterializeStale) -> None:
    session = conversation.session
    keys, _external = shown_keys(session, conversation.selection, conversation.narrowed.keys)
    statuses = session.status(list(keys))
    if to_run := [key for key in keys if statuses[key].state in TO_RUN]:
        session.submit(to_run, origin="widget")


def _resume(conversation: Conversation, message: messages.Resume) -> None:
    key = AssetKey.from_user_string(message["key"])
    conversation.session.submit([key], resume=True, origin="widget")


def _cancel(conversation: Conversation, _: messages.Cancel) -> None:
    conversation.tracker.cancelling()
    conversation.session.cancel()
    conversation.pacer.nudge()


ANSWERS: Mapping[str, Callable[[Conversation, Any], None]] = {
    "materialize": _materialize,
    "materialize_stale": _materialize_stale,
    "resume": _resume,
    "cancel": _cancel,
}
