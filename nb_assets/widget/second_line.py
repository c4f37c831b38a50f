"""Another way for the page to reach a lineage whose own has fallen silent.

JupyterLab sends what is said to widgets to a subshell of the kernel and may delete it while a widget still names it; the
kernel then drops what is said there. A comm of a target of its own has a subshell of its own. It carries requests alone;
they are answered as ever, and nothing that was heard before is done twice.
"""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nb_assets.widget.conversation import Conversation

TARGET = "nb_assets.lineage"
"""The name of the comms, as in the front end's `model.ts`."""

_by_lineage: weakref.WeakValueDictionary[str, Conversation] = weakref.WeakValueDictionary()


def offer(conversation: Conversation) -> None:
    """Let a page reach this conversation by the name of its lineage."""
    from comm import get_comm_manager

    _by_lineage[conversation.lineage_id] = conversation
    get_comm_manager().register_target(TARGET, _opened)


def withdraw(conversation: Conversation) -> None:
    """End what `offer` began."""
    _by_lineage.pop(conversation.lineage_id, None)


def _opened(comm: Any, opening: Any) -> None:
    data = opening.get("content", {}).get("data")
    lineage = data.get("lineage") if isinstance(data, dict) else None
    if not isinstance(lineage, str) or lineage not in _by_lineage:
        comm.close()
        return

    def hear(message: Any) -> None:
        # Looked up each time, so that an open comm keeps no widget alive.
        if (conversation := _by_lineage.get(lineage)) is not None:
            conversation.handle(message.get("content", {}).get("data"))

    comm.on_msg(hear)
