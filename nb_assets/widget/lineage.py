"""The lineage as an anywidget: the committed bundle, and a conversation over custom messages.

No graph data is in traits, so a saved notebook holds none of it and nothing is sent twice. anywidget and ipywidgets
take a tenth of a second to import, so the class is made when the first widget is.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from nb_assets.views.wording import plural
from nb_assets.widget import second_line
from nb_assets.widget.bundles import STATIC
from nb_assets.widget.conversation import Conversation
from nb_assets.widget.sendable import sendable

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from nb_assets.session import Session
    from nb_assets.views.model import Direction


def lineage_widget(
    session: Session,
    selection: str,
    lineage_id: str,
    direction: Direction = "LR",
    namespace: MutableMapping[str, Any] | None = None,
) -> Any:
    """Return a new widget that shows the selected assets.

    Parameters
    ----------
    lineage_id
        The name by which the page finds the static picture of this widget.
    direction
        Which way edges run at first.
    namespace
        The user's variables, into which values can be loaded.
    """

    def converse(send: Callable[[Any], None]) -> Conversation:
        return Conversation(session, selection, lineage_id, send, direction, namespace=namespace)

    return _widget_class()(converse)


@functools.cache
def _widget_class() -> type:
    import anywidget
    import traitlets

    class LineageWidget(anywidget.AnyWidget):
        """The widget; closing it ends its conversation."""

        # Paths, and not texts: with ANYWIDGET_HMR=1 a rebuilt bundle replaces the one on the page.
        _esm = STATIC / "lineage.js"
        _css = STATIC / "lineage.css"
        # By which the page finds another way to the conversation, see `second_line`.
        lineage_id = traitlets.Unicode().tag(sync=True)

        def __init__(self, converse: Callable[[Callable[[Any], None]], Conversation]) -> None:
            super().__init__()
            self.conversation = converse(lambda content: self.send(sendable(content)))
            self.lineage_id = self.conversation.lineage_id
            second_line.offer(self.conversation)
            self.on_msg(lambda _widget, content, _buffers: self.conversation.handle(content))

        def __repr__(self) -> str:
            # What stands in its place where no widget can: in an untrusted notebook, on a page of nbconvert.
            count = len(self.conversation.session.select(self.conversation.selection))
            return f"Lineage of {plural(count, 'asset')}"

        def close(self) -> None:
            """Take the widget off the page."""
            # ipywidgets closes a widget that was only half made, too.
            if (conversation := getattr(self, "conversation", None)) is not None:
                second_line.withdraw(conversation)
                conversation.close()
            layout = getattr(self, "layout", None)
            super().close()
            if layout is not None:
                layout.close()  # a model of its own, which nothing else closes

    return LineageWidget
