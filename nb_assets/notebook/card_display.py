"""The cards under `%%asset` cells: drawn once, then kept true while the kernel lives.

Responsible for when a card is drawn again. One board serves every card of the kernel, so that an event costs the same
with one card as with a hundred. Not responsible for the picture (`views.card`) nor for the button
(`notebook.card_button`).
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from nb_assets.errors import NbAssetsError
from nb_assets.execution.events import AssetLogged, CodeMayHaveChanged
from nb_assets.notebook.card_button import CardButton
from nb_assets.notebook.output import Output, can_redraw
from nb_assets.staleness import TO_RUN
from nb_assets.views.card import CardLine, card_of, paragraph, retired_card
from nb_assets.views.checks import CHECK_WORDS, evidence, summed_up
from nb_assets.views.progress import progress_of
from nb_assets.views.report import Report, report_of
from nb_assets.views.run_record import RunRecord
from nb_assets.views.wording import not_tracked, plural
from nb_assets.widget.pacer import Pacer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from IPython.core.interactiveshell import InteractiveShell

    from nb_assets.definitions.asset_check import AssetCheckKey
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.events import Event
    from nb_assets.execution.run import Run
    from nb_assets.notebook.settings import NbAssets
    from nb_assets.session import Session
    from nb_assets.staleness import AssetStatus
    from nb_assets.staleness.checks import CheckStatus

__all__ = ["Card", "CardBoard"]

INTERVAL = 0.12


class Card:
    """What one cell registered, and the last run that its button started."""

    def __init__(
        self,
        keys: Sequence[AssetKey],
        *,
        stale: Sequence[AssetKey] = (),
        removed: Sequence[AssetKey] = (),
        notes: Sequence[str] = (),
        checks: Sequence[AssetCheckKey] = (),
    ) -> None:
        self.keys = tuple(keys)
        self.checks = tuple(checks)
        self.stale = tuple(stale)
        self.removed = tuple(removed)
        self.notes = tuple(notes)
        self.run: RunRecord | None = None
        self.handle: Run | None = None
        self.report: Report | None = None
        self.reported: dict[AssetKey, str] = {}  # the states when the report was first shown
        self.problem: str = ""
        self.output: Output | None = None
        self.button: CardButton | None = None

    @property
    def names(self) -> list[str]:
        """Its assets and its checks, as people write them."""
        return [
            *(key.to_user_string() for key in self.keys),
            *(check.to_user_string() for check in self.checks),
        ]

    @property
    def is_running(self) -> bool:
        """Whether the run that its button started is not over."""
        return self.handle is not None and not self.handle.done

    def lines(self, session: Session, statuses: Mapping[AssetKey, AssetStatus]) -> list[CardLine]:
        """Return a line for each asset that is still registered."""
        reported = self.report is not None or self.run is not None  # which says what the value is
        checks = session.checks() if session.graph.checks else {}
        return [
            *(
                _line(session, key, statuses[key], checks, with_value=not reported)
                for key in self.keys
                if key in statuses
            ),
            *(_check_line(checks[key]) for key in self.checks if key in checks),
        ]

    def picture(self, lines: Sequence[CardLine], statuses: Mapping[AssetKey, AssetStatus]) -> Report:
        """Return the card as it is now."""
        self._drop_outdated(statuses)
        removed = dict.fromkeys([*self.removed, *(key for key in self.keys if key not in statuses)])
        return card_of(
            lines,
            stale=[key.to_user_string() for key in self.stale if _is(statuses, key, "stale")],
            removed=[key.to_user_string() for key in removed if key not in statuses],
            notes=self.notes,
            below=self._below(),
        )

    def _drop_outdated(self, statuses: Mapping[AssetKey, AssetStatus]) -> None:
        if self.is_running or (self.run is None and self.report is None):
            self.reported = {}
            return
        states: dict[AssetKey, str] = {key: statuses[key].state for key in self.keys if key in statuses}
        self.reported = self.reported or states
        if any(states[key] in TO_RUN and states[key] != self.reported.get(key) for key in states):
            self.run, self.report, self.reported = None, None, {}

    def _below(self) -> Report | None:
        if self.problem:
            return paragraph(self.problem)
        if self.run is None:
            return self.report
        if self.run.outcome is None:
            return progress_of(self.run, time.time())
        return report_of(self.run, heading=False)


class CardBoard:
    """Every card of the kernel.

    `_lock` guards the cards and their runs. It is never held while the session is called, because the session's
    events come from threads that hold locks of its own.
    """

    def __init__(self, shell: InteractiveShell, session: Session, settings: NbAssets) -> None:
        self._session = session
        self._settings = settings
        self._live = can_redraw(shell)
        self._cards: list[Card] = []
        self._lock = threading.Lock()
        self._drawing = threading.Lock()
        self._pacer = Pacer(self._refresh_later, INTERVAL)
        self._unsubscribe = session.subscribe(self._take) if self._live else None

    def show(self, card: Card) -> None:
        """Draw a card below the current cell."""
        card.output = card.output or Output(live=self._live)
        statuses = self._session.status()
        card.output.finish(card.picture(card.lines(self._session, statuses), statuses))
        if self._live and self._settings.buttons and card.keys:
            card.button = CardButton(on_run=lambda: self._submit(card), on_cancel=lambda: self._cancel(card))
            card.button.show(runnable=_runnable(card, statuses))
        if self._live:
            with self._lock:
                self._cards.append(card)
            self.refresh()

    def refresh(self) -> None:
        """Draw every card again that is not as it is shown."""
        with self._drawing:
            with self._lock:
                cards = list(self._cards)
            if not cards:
                return
            statuses = self._session.status()
            for card in cards:
                lines = card.lines(self._session, statuses)
                with self._lock:
                    picture, running = card.picture(lines, statuses), card.is_running
                if card.output is not None:
                    card.output.draw(picture)
                if card.button is not None:
                    card.button.update(runnable=_runnable(card, statuses), running=running)

    def close(self) -> None:
        """Stop following the session."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._pacer.close()
        with self._lock:
            self._cards.clear()

    def retire(self, keys: Iterable[AssetKey | AssetCheckKey]) -> None:
        """Let go of the cards of these assets and checks: they are of another cell now, or of this one before it was run again."""
        wanted = set(keys)
        with self._lock:
            gone = [card for card in self._cards if wanted.intersection([*card.keys, *card.checks])]
            self._cards = [card for card in self._cards if card not in gone]
        for card in gone:
            if card.button is not None:
                card.button.close()
            if card.output is not None:  # nobody sees it where it was this cell's own output
                card.output.draw(retired_card(card.names))

    def _take(self, event: Event) -> None:
        if isinstance(event, CodeMayHaveChanged):
            self.refresh()  # before the cell ends, for nobody may listen afterwards (nbclient, papermill)
            return
        with self._lock:
            if isinstance(event, AssetLogged) and not any(card.is_running for card in self._cards):
                return  # what others print is on no card
            if self._cards:
                self._pacer.nudge()

    def _refresh_later(self) -> None:
        try:
            self.refresh()
        except Exception as error:
            if type(error).__module__.partition(".")[0] != "zmq":
                raise
            # The kernel is on its way out, and its sockets are closed: nobody sees the cards any more.

    def _submit(self, card: Card) -> None:
        record = RunRecord()

        def follow(event: Event) -> None:
            with self._lock:
                record.apply(event)

        try:
            handle = self._session.submit(list(card.keys), origin="card", on_event=follow)
        except Exception as error:  # noqa: BLE001 - who clicks has no cell in which it could be raised
            with self._lock:
                card.problem = _told(error)
        else:
            with self._lock:
                card.problem, card.run, card.handle = "", record, handle
            threading.Thread(target=self._await, args=(card, handle), daemon=True).start()
        self.refresh()

    def _await(self, card: Card, handle: Run) -> None:
        while not handle.wait(1):
            self.refresh()  # its clock goes on while it is silent
        if handle.error is not None and handle.state == "failure":  # it could not begin, or not go on
            with self._lock:
                card.problem, card.run = _told(handle.error), None
        self.refresh()

    def _cancel(self, card: Card) -> None:
        if card.handle is not None:
            card.handle.cancel()


def _line(
    session: Session,
    key: AssetKey,
    status: AssetStatus,
    checks: Mapping[AssetCheckKey, CheckStatus],
    *,
    with_value: bool,
) -> CardLine:
    of_asset = [checks[each].state for each in session.graph.checks.of(key) if each in checks]
    group = session.graph.group_of(key)
    made = status.materialization
    value = made.value.summary if made is not None and made.value is not None else ""
    return CardLine(
        key=key.to_user_string(),
        state=status.state,
        group=group if len(session.graph.groups) > 1 else "",
        inputs=tuple(other.to_user_string() for other in session.graph.upstream(key)),
        said=" · ".join(
            filter(None, [status.summary or (value if with_value else ""), not_tracked(status.untracked)])
        ),
        checks=f"{plural(len(of_asset), 'check')}: {summed_up(of_asset)}" if of_asset else "",
    )


def _check_line(status: CheckStatus) -> CardLine:
    words = [
        "blocking check" if status.blocking else "check",
        CHECK_WORDS.get(status.state, status.state),
        evidence(status),
    ]
    return CardLine(
        key=status.key.to_user_string(),
        state=status.state,
        said=" · ".join(filter(None, words)),
        is_check=True,
    )


def _told(error: BaseException) -> str:
    return str(error) if isinstance(error, NbAssetsError) else f"{type(error).__name__}: {error}"


def _is(statuses: Mapping[AssetKey, AssetStatus], key: AssetKey, state: str) -> bool:
    return key in statuses and statuses[key].state == state


def _runnable(card: Card, statuses: Mapping[AssetKey, AssetStatus]) -> bool:
    return any(key in statuses and statuses[key].state in TO_RUN for key in card.keys)
