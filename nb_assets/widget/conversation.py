"""What the kernel answers to a lineage view, and what it tells it unasked.

Responsible for the whole exchange in terms of the session, without knowing Jupyter: messages come in through `handle`
and go out through `send`, on any thread. The picture is sent once; then patches, a few a second. Nothing that a
message asks for runs on the thread that brought it: runs are submitted.
"""

from __future__ import annotations

import threading
import weakref
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.errors import NbAssetsError
from nb_assets.execution.events import AssetLogged, AssetMaterialized, RegistryChanged, RunFinished
from nb_assets.views.details import details_view
from nb_assets.views.lineage import lineage_view, node_checks, node_text, roll_up, shown_groups, shown_keys
from nb_assets.views.partitions import partition_counts
from nb_assets.widget import messages
from nb_assets.widget.answering import telling_errors
from nb_assets.widget.looks import Looks
from nb_assets.widget.pacer import Pacer
from nb_assets.widget.run_tracker import RunTracker

if TYPE_CHECKING:
    from collections.abc import Callable

    from nb_assets.diff.value_diff import ValueDiff
    from nb_assets.execution.events import Event
    from nb_assets.session import Session
    from nb_assets.views.details_model import LogView, LookView

_TO_RUN = frozenset({"stale", "missing", "failed", "skipped"})


class Conversation:
    """The kernel's side of one widget, which may be on screen in several views.

    Parameters
    ----------
    selection
        Which assets the widget shows.
    lineage_id
        The name by which the page finds the static picture of this widget.
    send
        Sends a message to every view.
    """

    def __init__(
        self, session: Session, selection: str, lineage_id: str, send: Callable[[messages.FromKernel], None]
    ) -> None:
        self.session = session
        self.selection = selection
        self.lineage_id = lineage_id
        self._send = send
        self._lock = threading.Lock()
        # Held while a picture is made and sent, so that they arrive in order; never while an event is followed.
        self._picture = threading.RLock()
        self._views: set[str] = set()
        self._collapsed: frozenset[str] | None = None
        self._watched: AssetKey | None = None
        self._logs: list[LogView] = []
        self._diffs: dict[AssetKey, ValueDiff | None] = {}
        self._redraw = False
        self._nodes: dict[str, messages.NodePatch] = {}
        self._groups: dict[str, messages.GroupPatch] = {}
        self._tracker = RunTracker(session.runs)
        self._pacer = Pacer(self._tell)
        self._looks = Looks(session)
        self._unsubscribe = _subscribe_weakly(session, self)

    def close(self) -> None:
        """End it: no more messages are sent."""
        self._unsubscribe()
        self._pacer.close()
        self._looks.close()
        self._views.clear()

    # What the page says

    def handle(self, content: object) -> None:
        """Answer a message of the page; one that cannot be understood is answered with an error and does nothing."""
        with telling_errors(self._send, messages.request_of(content)):
            message = messages.read_message(content)
            _HANDLERS[message["kind"]](self, message)

    def _ready(self, message: messages.Ready) -> None:
        self._views.add(_view_of(message["request"]))
        self._send_graph()

    def _left(self, message: messages.Left) -> None:
        view = _view_of(message["request"])
        self._views.discard(view)
        self._looks.drop(view)

    def _arrange(self, message: messages.Arrange) -> None:
        self._collapsed = frozenset(message["collapsed"])
        self._send_graph()

    def _find(self, message: messages.Find) -> None:
        found = messages.Found(kind="found", request=message["request"], keys=[], groups={}, error="")
        try:
            keys = set(self.session.select(message["text"]))
        except NbAssetsError as error:
            found["error"] = str(error)
        else:
            shown, _ = shown_keys(self.session, self.selection)
            groups = shown_groups(self.session, shown)
            found["keys"] = [key.to_user_string() for key in shown if key in keys]
            counts = roll_up({key: group for key, group in groups.items() if key in keys}, {})
            found["groups"] = {name: sum(states.values()) for name, states in counts.items()}
        self._send(found)

    def _describe(self, message: messages.Describe) -> None:
        key = AssetKey.from_user_string(message["key"])
        with self._lock:
            self._watched, self._logs = key, []
            last_diff = self._diffs.get(key)
        view, request = _view_of(message["request"]), message["request"]
        self._looks.drop(view)
        look = self._looks.known(key)
        details = details_view(self.session, key, look)
        self._send({"kind": "details", "request": request, "details": details})

        def tell(look: LookView) -> None:
            self._send({"kind": "look", "request": request, "key": message["key"], "look": look})

        if look is None and (details["value"] is not None or details["change"] is not None):
            self._looks.order(view, key, last_diff, tell)

    def _materialize(self, message: messages.Materialize) -> None:
        keys = [AssetKey.from_user_string(key) for key in message["keys"]]
        self.session.submit(keys, force=message["force"], origin="widget")

    def _materialize_stale(self, _: messages.MaterializeStale) -> None:
        keys, _external = shown_keys(self.session, self.selection)
        statuses = self.session.status(list(keys))
        if to_run := [key for key in keys if statuses[key].state in _TO_RUN]:
            self.session.submit(to_run, origin="widget")

    def _resume(self, message: messages.Resume) -> None:
        self.session.submit([AssetKey.from_user_string(message["key"])], resume=True, origin="widget")

    def _cancel(self, _: messages.Cancel) -> None:
        self._tracker.cancelling()
        self.session.cancel()
        self._pacer.nudge()

    # What the session says

    def follow(self, event: Event) -> None:
        """Take note of an event, on whichever thread it happens."""
        self._tracker.follow(event)
        with self._lock:
            match event:
                case RegistryChanged():
                    self._redraw = True
                case AssetMaterialized():
                    self._diffs[event.key] = event.diff
                case AssetLogged() if event.key == self._watched:
                    self._logs.append({"stream": event.stream, "text": event.text})
                case RunFinished() if not self._views:
                    self._diffs.clear()
        if self._views:
            self._pacer.nudge()

    def _tell(self) -> None:
        """Send what changed since the last message."""
        if not self._views:
            return
        with self._lock:
            redraw, self._redraw = self._redraw, False
            logs, self._logs = self._logs, []
            watched = self._watched
        if logs and watched is not None:
            self._send({"kind": "logs", "key": watched.to_user_string(), "lines": logs})
        if redraw:
            self._send_graph()
        else:
            self._send_patch()

    # The picture

    def _send_graph(self) -> None:
        with self._picture:
            view = lineage_view(self.session, self.selection, collapsed=self._collapsed)
            self._collapsed = frozenset(group["name"] for group in view["groups"] if group["collapsed"])
            self._nodes, self._groups, stale = self._snapshot()
            made = {key: node["made"] for key, node in self._nodes.items() if node["made"] is not None}
            self._send(
                {
                    "kind": "graph",
                    "lineage_id": self.lineage_id,
                    "selection": self.selection,
                    "view": view,
                    "made": made,
                    "stale": stale,
                    "run": self._tracker.view(),
                }
            )

    def _send_patch(self) -> None:
        with self._picture:
            nodes, groups, stale = self._snapshot()
            self._send(
                {
                    "kind": "patch",
                    "nodes": [node for key, node in nodes.items() if node != self._nodes.get(key)],
                    "groups": [group for name, group in groups.items() if group != self._groups.get(name)],
                    "stale": stale,
                    "run": self._tracker.view(),
                }
            )
            self._nodes, self._groups = nodes, groups

    def _snapshot(self) -> tuple[dict[str, messages.NodePatch], dict[str, messages.GroupPatch], int]:
        session = self.session
        keys, _ = shown_keys(session, self.selection)
        statuses = session.status()
        nodes: dict[str, messages.NodePatch] = {}
        checked = node_checks(session)
        for key in keys:
            status = statuses[key]
            reason, detail, badge = node_text(session, key, status)
            made = status.materialization
            name = key.to_user_string()
            nodes[name] = messages.NodePatch(
                key=name,
                status=status.state,
                reason=reason,
                detail=detail,
                badge=badge,
                checks=checked.get(key, ("", ""))[0],
                check_look=checked.get(key, ("", ""))[1],
                partitions=partition_counts(status),
                made=None if made is None else made.timestamp,
            )
        counts = roll_up(shown_groups(session, keys), statuses)
        groups = {
            name: messages.GroupPatch(name=name, count=sum(states.values()), statuses=dict(states))
            for name, states in counts.items()
        }
        return nodes, groups, sum(node["status"] in _TO_RUN for node in nodes.values())


_HANDLERS: dict[str, Callable[[Conversation, Any], None]] = {
    "ready": Conversation._ready,  # noqa: SLF001 - its own table
    "left": Conversation._left,  # noqa: SLF001
    "arrange": Conversation._arrange,  # noqa: SLF001
    "find": Conversation._find,  # noqa: SLF001
    "describe": Conversation._describe,  # noqa: SLF001
    "materialize": Conversation._materialize,  # noqa: SLF001
    "materialize_stale": Conversation._materialize_stale,  # noqa: SLF001
    "resume": Conversation._resume,  # noqa: SLF001
    "cancel": Conversation._cancel,  # noqa: SLF001
}


def _view_of(request: str) -> str:
    return request.partition(":")[0]


def _subscribe_weakly(session: Session, conversation: Conversation) -> Callable[[], None]:
    """Have a conversation follow events without keeping it, and with it the widget, alive; return how to end that."""
    reference = weakref.ref(conversation)

    def follow(event: Event) -> None:
        alive = reference()
        if alive is None:
            # Here, and not in a finalizer: those are called wherever garbage is collected, under any lock.
            unsubscribe()
        else:
            alive.follow(event)

    unsubscribe = session.subscribe(follow)
    return unsubscribe
