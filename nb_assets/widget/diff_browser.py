"""A widget that pages through all the rows of two data frames that differ.

It is shown below the diff, which says the same in short and stays when there is no kernel. The frames are read when the
widget is opened on the page, not before.
"""

from __future__ import annotations

import functools
import threading
from typing import TYPE_CHECKING, Any

from nb_assets.widget.answering import telling_errors
from nb_assets.widget.bundles import STATIC
from nb_assets.widget.comparisons import page_view
from nb_assets.widget.diff_messages import PageAsked, PageRefused, PageShown, read_question
from nb_assets.widget.messages import request_of
from nb_assets.widget.sendable import sendable

if TYPE_CHECKING:
    from collections.abc import Callable

    from nb_assets.diff.frame_pages import FramePages


class DiffConversation:
    """The kernel's side of one widget.

    Parameters
    ----------
    pages
        Reads and compares the frames; called once, when the first page is asked for.
    send
        Sends a message to every view.
    """

    def __init__(
        self, pages: Callable[[], FramePages], send: Callable[[PageShown | PageRefused], None]
    ) -> None:
        self._read = pages
        self._send = send
        self._pages: FramePages | None = None
        self._lock = threading.Lock()

    def handle(self, content: object) -> None:
        """Answer a message of the page; one that cannot be understood is answered with an error."""
        with telling_errors(self._send, request_of(content)):
            self._send(self._page(read_question(content)))

    def _page(self, asked: PageAsked) -> PageShown:
        with self._lock:
            if self._pages is None:
                self._pages = self._read()
            pages = self._pages
        page = page_view(pages, asked["start"], asked["length"], asked["kinds"], asked["column"])
        return {"kind": "page", "request": asked["request"], **page}

    def close(self) -> None:
        """Let go of the frames."""
        with self._lock:
            self._pages = None


def diff_browser(pages: Callable[[], FramePages], total: int) -> Any:
    """Return a widget that pages through rows that differ.

    Parameters
    ----------
    total
        How many rows differ, which it says before it is opened.
    """
    return _widget_class()(pages, total)


@functools.cache
def _widget_class() -> type:
    import anywidget
    import traitlets

    class DiffBrowser(anywidget.AnyWidget):
        """The widget; closing it lets go of the frames."""

        _esm = STATIC / "browser.js"
        _css = STATIC / "browser.css"
        total = traitlets.Int(0).tag(sync=True)

        def __init__(self, pages: Callable[[], FramePages], total: int) -> None:
            super().__init__(total=total)
            self.conversation = DiffConversation(pages, lambda content: self.send(sendable(content)))
            self.on_msg(lambda _widget, content, _buffers: self.conversation.handle(content))

        def __repr__(self) -> str:
            return f"{self.total:,} rows that differ"

        def close(self) -> None:
            """Take the widget off the page."""
            if (conversation := getattr(self, "conversation", None)) is not None:
                conversation.close()
            super().close()

    return DiffBrowser
