"""What each message of a lineage view asks for: one module for each kind of wish, one function for each message.

A function is given the conversation and the message, which was checked. It runs on the thread that brought the
message, so it answers at once or has others do the work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nb_assets.widget.answers import (
    acceptance,
    asset,
    changes,
    finding,
    picture,
    running,
    variables,
    versions,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nb_assets.widget.conversation import Conversation

__all__ = ["ANSWERS"]

ANSWERS: Mapping[str, Callable[[Conversation, Any], None]] = {
    **acceptance.ANSWERS,
    **asset.ANSWERS,
    **changes.ANSWERS,
    **finding.ANSWERS,
    **picture.ANSWERS,
    **running.ANSWERS,
    **variables.ANSWERS,
    **versions.ANSWERS,
}
"""Who answers, by the kind of message."""
