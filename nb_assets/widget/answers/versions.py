"""Answers what is asked of the past of an asset: its versions, what made one, what changed between two, pins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.views.version_record import version_record
from nb_assets.views.versions import version_count, version_page
from nb_assets.widget.answering import telling_errors
from nb_assets.widget.comparisons import page_view, rows_to_browse
from nb_assets.widget.messages import view_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nb_assets.widget import asset_messages as messages
    from nb_assets.widget.conversation import Conversation


def _show_versions(conversation: Conversation, message: messages.ShowVersions) -> None:
    session, key = conversation.session, AssetKey.from_user_string(message["key"])
    partition = message["partition"] or None
    conversation.send(
        {
            "kind": "versions",
            "request": message["request"],
            "key": message["key"],
            "partition": message["partition"],
            "start": message["start"],
            "total": version_count(session, key, partition),
            "versions": version_page(session, key, partition, message["start"]),
        }
    )


def _show_version(conversation: Conversation, message: messages.ShowVersion) -> None:
    key = AssetKey.from_user_string(message["key"])
    record = version_record(conversation.session, key, message["version"], message["partition"] or None)
    conversation.send({"kind": "version", "request": message["request"], "record": record})


def _compare(conversation: Conversation, message: messages.Compare) -> None:
    def work(is_wanted: Callable[[], bool]) -> None:
        with telling_errors(conversation.send, message["request"]):
            diff = conversation.session.diff(
                message["key"], message["old"], message["new"], message["partition"] or None
            )
            if is_wanted():
                conversation.send(
                    {
                        "kind": "compared",
                        "request": message["request"],
                        "key": message["key"],
                        "partition": message["partition"],
                        "old": message["old"],
                        "new": message["new"],
                        "html": diff.to_html(message["key"]),
                        "badge": diff.badge,
                        "rows": rows_to_browse(diff),
                    }
                )

    conversation.comparisons.order(view_of(message["request"]), work)


def _show_differing(conversation: Conversation, message: messages.ShowDiffering) -> None:
    key = AssetKey.from_user_string(message["key"])

    def work(is_wanted: Callable[[], bool]) -> None:
        with telling_errors(conversation.send, message["request"]):
            pages = conversation.comparisons.pages(
                key, message["old"], message["new"], message["partition"] or None
            )
            page = page_view(pages, message["start"], message["length"], message["kinds"], message["column"])
            if is_wanted():
                conversation.send({"kind": "differing", "request": message["request"], **page})

    conversation.comparisons.order(view_of(message["request"]), work)


def _pin(conversation: Conversation, message: messages.Pin) -> None:
    session = conversation.session
    change = session.pin if message["pinned"] else session.unpin
    made = change(message["key"], message["version"], message["partition"] or None)
    conversation.send(
        {
            "kind": "pinned",
            "request": message["request"],
            "key": message["key"],
            "partition": message["partition"],
            "version": made.version,
            "pinned": message["pinned"],
        }
    )


ANSWERS: Mapping[str, Callable[[Conversation, Any], None]] = {
    "show_versions": _show_versions,
    "show_version": _show_version,
    "compare": _compare,
    "show_differing": _show_differing,
    "pin": _pin,
}
