"""What the two sides say of what differs from an earlier moment; the part of `messages` that is about that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

from nb_assets.widget.fields import is_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nb_assets.views.changes import ChangesView, MomentView
    from nb_assets.widget.fields import Fields

__all__ = ["FIELDS"]


class Changes(TypedDict):
    """What differs from a moment, and the moments to choose from; None where there is none of that name any more."""

    kind: Literal["changes"]
    request: str
    moments: list[MomentView]
    changes: ChangesView | None


class AskChanges(TypedDict):
    """Say what differs from a moment, by its name."""

    kind: Literal["ask_changes"]
    request: str
    since: str


FromKernel = Changes
ToKernel = AskChanges

FIELDS: Mapping[str, Fields] = {"ask_changes": {"request": is_text, "since": is_text}}
