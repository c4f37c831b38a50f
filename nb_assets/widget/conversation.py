"""The kernel's end of the line to a lineage view: what it is told, and what it tells the view unasked.

Responsible for the whole exchange in terms of the session, without knowing Jupyter: messages come in through `handle`,
`answers` says what each asks for, and messages go out through `send`, on any thread. The picture is sent once; then
patches, a few a second. Nothing that a message asks for runs on the thread that brought it: runs are submitted.
"""

from __future__ import annotations

import threading
import weakref
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.naming import groups_around
from nb_assets.execution.events import AssetLogged, AssetMaterialized, RegistryChanged, RunFinished
from nb_assets.views.cards import Cards
from nb_assets.views.lineage import Shown, lineage_view, roster_of
from nb_assets.views.narrowing import Scope
from nb_assets.widget import messages
from nb_assets.widget.answering import telling_errors
from nb_assets.widget.answers import ANSWERS
from nb_assets.widget.comparisons import Comparisons
from nb_assets.widget.log_feed import LogFeed
from nb_assets.widget.looks import Looks
from nb_assets.widget.narrowed import Narrowed
from nb_assets.widget.pacer import Pacer
from nb_assets.widget.receipts import Receipts
from nb_assets.widget.run_queue import expected_seconds, waiting_runs
from nb_assets.widget.run_tracker import RunTracker
from nb_assets.widget.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, MutableMapping
    from contextlib import AbstractContextManager

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.diff.value_diff import ValueDiff
    from nb_assets.execution.events import Event
    from nb_assets.session import Session
    from nb_assets.views.model import Direction
    from nb_assets.widget.tally import Changed


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
    direction
        Which way edges run until a page says otherwise.
    namespace
        The user's variables, where there are any that values can be loaded into.
    """

    def __init__(
        self,
        session: Session,
        selection: str,
        lineage_id: str,
        send: Callable[[messages.FromKernel], None],
        direction: Direction = "LR",
        *,
        namespace: MutableMapping[str, Any] | None = None,
    ) -> None:
        self.session = session
        self.selection = selection
        self.lineage_id = lineage_id
        self.send = send
        self.namespace = namespace
        self._lock = threading.Lock()
        # Held while a picture is made and sent, so that they arrive in order; never while an event is followed.
        self._picture = threading.RLock()
        self._views: set[str] = set()
        self._collapsed: frozenset[str] | None = None
        self._direction = direction
        self.narrowed = Narrowed()
        # What is on screen, and what was before the picture was narrowed: that comes back as it was.
        self._shown = {"whole": Shown(), "part": Shown()}
        self._diffs: dict[AssetKey, ValueDiff | None] = {}
        self._redraw = False
        self._tally = Tally()
        self._receipts = Receipts()
        self.logs = LogFeed(session)
        self.tracker = RunTracker(session.runs, lambda run_id: expected_seconds(session, run_id))
        self._cards = Cards(session)
        self.pacer = Pacer(self._tell)
        self.looks = Looks(session)
        self.comparisons = Comparisons(session)
        self._unsubscribe = _subscribe_weakly(session, self)

    def close(self) -> None:
        """End it: no more messages are sent."""
        self._unsubscribe()
        self.pacer.close()
        self.looks.close()
        self.comparisons.close()
        self._views.clear()

    # What the page says

    def handle(self, content: object) -> None:
        """Answer a message of the page; one that cannot be understood is answered with an error and does nothing.

        That it was heard is said first, and on whichever thread: the page asks again until then.
        """
        request = messages.request_of(content)
        if request:
            self.send({"kind": "heard", "request": request})
        with telling_errors(self.send, request):
            message = messages.read_message(content)
            if message["kind"] not in messages.QUESTIONS and not self._receipts.is_new(request):
                return
            ANSWERS[message["kind"]](self, message)

    def arrive(self, view: str) -> None:
        """Show the picture to a view that is new on the page."""
        self._views.add(view)
        self.send_graph()

    def leave(self, view: str) -> None:
        """Forget a view that left the page."""
        self._views.discard(view)
        self.looks.drop(view)
        self.logs.drop(view)
        self.comparisons.drop(view)

    def arrange(self, collapsed: frozenset[str], direction: Direction, *, anew: bool) -> None:
        """Fold these groups and unfold the others, with edges running that way; anew: forget what is on screen."""
        with self._picture:
            self._collapsed, self._direction = collapsed, direction
            if anew:
                self._shown = {"whole": Shown(), "part": Shown()}
        self.send_graph()

    def narrow(self, scope: Scope) -> None:
        """Leave in the picture only what is in a scope; an empty one brings everything back."""
        with self._picture:
            self._collapsed = self.narrowed.to(self.session, scope, self._collapsed)
            self.send_graph()

    def reveal(self, key: AssetKey) -> None:
        """Bring an asset into the picture: unfold what it is in, and widen the picture where it was taken out."""
        with self._picture:
            if self.narrowed.keys is not None and key not in self.narrowed.keys:
                self._collapsed = self.narrowed.to(self.session, Scope(), self._collapsed)
            around = set(groups_around(self.session.graph.group_of(key)))
            self._collapsed = (self._collapsed or frozenset()) - around
            self.send_graph()

    @property
    def cards(self) -> Mapping[str, messages.NodePatch]:
        """What was last said of each asset, whether its card is on screen or folded away."""
        return self._tally.nodes

    def last_diff(self, key: AssetKey) -> ValueDiff | None:
        """Return how the value of an asset changed last, as far as it was seen."""
        with self._lock:
            return self._diffs.get(key)

    # What the session says

    def follow(self, event: Event) -> None:
        """Take note of an event, on whichever thread it happens."""
        self.tracker.follow(event)
        with self._lock:
            match event:
                case RegistryChanged():
                    self._redraw = True
                case AssetMaterialized():
                    self._diffs[event.key] = event.diff
                case AssetLogged():
                    self.logs.take(event)
                case RunFinished() if not self._views:
                    self._diffs.clear()
        if self._views:
            self.pacer.nudge()

    def _tell(self) -> None:
        """Send what changed since the last message."""
        if not self._views:
            return
        with self._lock:
            redraw, self._redraw = self._redraw, False
        for key, lines in self.logs.unsent():
            self.send({"kind": "logs", "key": key.to_user_string(), "lines": lines})
        if redraw:
            self._forget_gone()
            self.send_graph()
        else:
            self._send_patch()

    def _forget_gone(self) -> None:
        """Forget what is known of assets that are not there any more."""
        graph = self.session.graph
        with self._picture:
            for shown in self._shown.values():
                if shown.roster is not None and shown.roster.graph is not graph:
                    shown.roster = None
        with self._lock:
            self._diffs = {key: diff for key, diff in self._diffs.items() if key in graph}

    # The picture

    def held(self) -> AbstractContextManager[object]:
        """Return a block in which a picture that is asked for waits: two that look at all code at once take twice as long."""
        return self._picture

    def send_graph(self) -> None:
        """Send the whole picture."""
        with self._picture:
            self.narrowed.refresh(self.session)
            # Before the picture: what changes in between is told twice, and not never.
            self._count()
            view = lineage_view(
                self.session,
                self.selection,
                collapsed=self._collapsed,
                direction=self._direction,
                within=self.narrowed.keys,
                shown=self._on_screen,
                cards=self._cards,
            )
            self._collapsed = frozenset(group["name"] for group in view["groups"] if group["collapsed"])
            made = {key: node["made"] for key, node in self.cards.items() if node["made"] is not None}
            self.send(
                {
                    "kind": "graph",
                    "lineage_id": self.lineage_id,
                    "selection": self.selection,
                    "view": view,
                    "made": made,
                    "stale": self._tally.stale,
                    "failed": self._tally.to_retry(self.tracker.missed),
                    "run": self.tracker.view(),
                    "scope": self.narrowed.view(self.session, self.selection, view),
                    "queue": waiting_runs(self.session),
                }
            )

    def _send_patch(self) -> None:
        with self._picture:
            changed = self._count()
            self.send(
                {
                    "kind": "patch",
                    "nodes": changed.nodes,
                    "groups": changed.groups,
                    "stale": self._tally.stale,
                    "failed": self._tally.to_retry(self.tracker.missed),
                    "run": self.tracker.view(),
                    "queue": waiting_runs(self.session),
                }
            )

    @property
    def _on_screen(self) -> Shown:
        return self._shown["whole" if self.narrowed.keys is None else "part"]

    def _count(self) -> Changed:
        """Take note of what the assets of the picture are now, and return what differs from the last time."""
        session, shown = self.session, self._on_screen
        shown.roster = roster = roster_of(session, self.selection, self.narrowed.keys, shown.roster)
        statuses = session.status()
        return self._tally.count(roster, self._cards.of(roster.every, statuses), statuses)


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
