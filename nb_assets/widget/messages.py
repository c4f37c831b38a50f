"""The wire between the kernel and the page: what each side may say, and the check of what the page says.

The same names as in the front end's `messages.ts`, and what they carry as in its `views.ts`. What is said of one matter is
in a module of its own beside this one (`run_messages`, `finding_messages`, …). The page may ask for what its buttons ask
for and for nothing else, so whatever is not listed is refused. Everything in a message is text, never markup, but for the
diffs, whose renderer escapes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict, cast

from nb_assets.views.model import CardView
from nb_assets.widget import asset_messages, change_messages, finding_messages, run_messages
from nb_assets.widget.fields import (
    MessageError,
    are_names,
    is_direction,
    is_flag,
    is_text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nb_assets.views.details_model import DetailsView, LogView, LookView
    from nb_assets.views.finding_model import ScopeView
    from nb_assets.views.model import Direction, LineageView
    from nb_assets.views.run_model import RunView, WaitingView
    from nb_assets.widget.fields import Fields


# What the kernel says


class NodePatch(CardView):
    """What a card says now, where that changed; `made` is when its value was made, in seconds since 1970."""

    key: str
    made: float | None


class GroupPatch(TypedDict):
    """What changed in a group, its hidden assets counted."""

    name: str
    count: int
    statuses: dict[str, int]


class Graph(TypedDict):
    """The whole picture: the first answer, and again when assets come and go or groups fold."""

    kind: Literal["graph"]
    lineage_id: str
    selection: str
    view: LineageView
    made: dict[str, float]
    stale: int
    failed: int
    run: RunView | None
    scope: ScopeView | None
    queue: list[WaitingView]


class Patch(TypedDict):
    """What changed since the last message. `failed` counts what a retry would run: what failed or was skipped for it."""

    kind: Literal["patch"]
    nodes: list[NodePatch]
    groups: list[GroupPatch]
    stale: int
    failed: int
    run: RunView | None
    queue: list[WaitingView]


class Heard(TypedDict):
    """A request has arrived. The page asks again where this does not come, and nothing is done twice."""

    kind: Literal["heard"]
    request: str


class Details(TypedDict):
    """The pane of one asset, as far as the records tell; what the values tell may follow."""

    kind: Literal["details"]
    request: str
    details: DetailsView


class Look(TypedDict):
    """What the values of the asset in the pane tell, once they are read."""

    kind: Literal["look"]
    request: str
    key: str
    look: LookView


class Logs(TypedDict):
    """What the asset whose pane is open has just printed or logged."""

    kind: Literal["logs"]
    key: str
    lines: list[LogView]


class Panes(TypedDict):
    """The bundle of the panes that open on demand; it follows, since the map does not need it."""

    kind: Literal["panes"]
    request: str
    source: str


class Error(TypedDict):
    """Why a request was not carried out."""

    kind: Literal["error"]
    request: str
    message: str


FromKernel = (
    Graph
    | Patch
    | Heard
    | Details
    | Look
    | Logs
    | Panes
    | Error
    | asset_messages.FromKernel
    | change_messages.FromKernel
    | finding_messages.FromKernel
    | run_messages.FromKernel
)


# What the page says. `request` names the view and the question: "k3x9q2:7".


class Ready(TypedDict):
    """A view is on the page and wants the picture."""

    kind: Literal["ready"]
    request: str


class FetchPanes(TypedDict):
    """The map is painted: send the bundle of the panes."""

    kind: Literal["fetch_panes"]
    request: str


class Left(TypedDict):
    """A view has left the page."""

    kind: Literal["left"]
    request: str


class Arrange(TypedDict):
    """Fold these groups and unfold the others, with edges running that way; `anew`: without regard to what is on screen."""

    kind: Literal["arrange"]
    request: str
    collapsed: list[str]
    direction: Direction
    anew: bool


class Describe(TypedDict):
    """Send the pane of an asset."""

    kind: Literal["describe"]
    request: str
    key: str


ToKernel = (
    Ready
    | Left
    | FetchPanes
    | Arrange
    | Describe
    | asset_messages.ToKernel
    | change_messages.ToKernel
    | finding_messages.ToKernel
    | run_messages.ToKernel
)


def read_message(content: object) -> ToKernel:
    """Check a message of the page and return it.

    Raises
    ------
    MessageError
        When it is none of those above, to the letter.
    """
    if not isinstance(content, dict):
        raise MessageError(f"the lineage view sent {type(content).__name__}, where a message is a mapping.")
    kind = content.get("kind")
    fields = _FIELDS.get(kind) if isinstance(kind, str) else None
    if fields is None:
        raise MessageError(f"the lineage view asked for {_short(kind)}; it can ask for {', '.join(_FIELDS)}.")
    if set(content) != {"kind", *fields}:
        raise MessageError(
            f"the message `{kind}` has the fields {', '.join(fields)}, not {_short(sorted(map(str, content)))}."
        )
    for field, holds in fields.items():
        if not holds(content[field]):
            raise MessageError(
                f"the field `{field}` of the message `{kind}` cannot be {_short(content[field])}."
            )
    return cast("ToKernel", content)


def request_of(content: object) -> str:
    """Return the name of a request, or nothing when it has none that can be sent back."""
    request = content.get("request") if isinstance(content, dict) else None
    return request if isinstance(request, str) and is_text(request) else ""


def view_of(request: str) -> str:
    """Return the name of the view that a request comes from."""
    return request.partition(":")[0]


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:79]}…"  # noqa: PLR2004 - as much as one reads in an error


QUESTIONS = frozenset(
    {"ready", "left", "fetch_panes", "arrange", "describe"}
    | {"find", "complete", "facets", "narrow", "reveal", "list"}
    | {"ask_preview", "ask_outcome", "ask_changes"}
    | {"offer", "show_versions", "show_version", "compare", "show_differing"}
)
"""The kinds of messages that can be answered again without doing anything twice."""

_FIELDS: Mapping[str, Fields] = {
    **asset_messages.FIELDS,
    **change_messages.FIELDS,
    **finding_messages.FIELDS,
    **run_messages.FIELDS,
    "ready": {"request": is_text},
    "left": {"request": is_text},
    "fetch_panes": {"request": is_text},
    "arrange": {
        "request": is_text,
        "collapsed": are_names,
        "direction": is_direction,
        "anew": is_flag,
    },
    "describe": {"request": is_text, "key": is_text},
}
