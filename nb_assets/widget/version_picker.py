"""A widget in which any two versions of an asset are picked and compared, below the table of its history."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from nb_assets.widget.answering import telling_errors
from nb_assets.widget.bundles import STATIC
from nb_assets.widget.fields import MessageError
from nb_assets.widget.messages import request_of
from nb_assets.widget.sendable import sendable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Compare = Callable[[int, int], str]


class Compared(TypedDict):
    """What changed between two versions, as HTML that the diff's own renderer escaped."""

    kind: Literal["compared"]
    request: str
    html: str


class Refused(TypedDict):
    """Why two versions cannot be compared."""

    kind: Literal["error"]
    request: str
    message: str


class PickerConversation:
    """The kernel's side of one widget: it compares what the page picks, and nothing else.

    Parameters
    ----------
    versions
        Those that can be picked.
    compare
        Returns the diff of two versions as HTML.
    send
        Sends a message to every view.
    """

    def __init__(
        self, versions: Mapping[int, str], compare: Compare, send: Callable[[Compared | Refused], None]
    ) -> None:
        self._versions = frozenset(versions)
        self._compare = compare
        self._send = send

    def handle(self, content: object) -> None:
        """Answer a message of the page: `{"kind": "compare", "request": …, "old": 1, "new": 3}`."""
        request = request_of(content)
        with telling_errors(self._send, request):
            old, new = self._picked(content)
            self._send({"kind": "compared", "request": request, "html": self._compare(old, new)})

    def _picked(self, content: object) -> tuple[int, int]:
        if (
            not isinstance(content, dict)
            or set(content) != {"kind", "request", "old", "new"}
            or content["kind"] != "compare"
        ):
            raise MessageError(
                "a view of a history can ask for two versions to be compared, and for nothing else."
            )
        old, new = content["old"], content["new"]
        for version in (old, new):
            if isinstance(version, bool) or not isinstance(version, int) or version not in self._versions:
                raise MessageError("there is no such version to pick.")
        return old, new


def version_picker(versions: Mapping[int, str], compare: Compare) -> Any:
    """Return a widget that compares two of the versions.

    Parameters
    ----------
    versions
        What each is called, newest first.
    """
    return _widget_class()(versions, compare)


@functools.cache
def _widget_class() -> type:
    import anywidget
    import traitlets

    class VersionPicker(anywidget.AnyWidget):
        """The widget."""

        _esm = STATIC / "picker.js"
        _css = STATIC / "browser.css"
        versions: Any = traitlets.List().tag(sync=True)

        def __init__(self, versions: Mapping[int, str], compare: Compare) -> None:
            super().__init__(versions=[[version, label] for version, label in versions.items()])
            self.conversation = PickerConversation(
                versions, compare, lambda content: self.send(sendable(content))
            )
            self.on_msg(lambda _widget, content, _buffers: self.conversation.handle(content))

        def __repr__(self) -> str:
            return f"{len(self.versions)} versions to compare"

    return VersionPicker
