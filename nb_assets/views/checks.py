"""How checks read: a shape and a word for each state, and what several of them come to.

Responsible for the words, the marks and the rows that reports, tables, cards and the widget show of checks. Not
responsible for which state a check is in (`staleness.checks`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from nb_assets.views.status import STATUSES
from nb_assets.views.wording import named, plural, prose, seconds

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.session import Session
    from nb_assets.staleness.checks import CheckStatus
    from nb_assets.views.run_record import CheckEntry, RunRecord

__all__ = [
    "CHECK_LOOKS",
    "CHECK_WORDS",
    "check_glyph",
    "check_mark",
    "checks_html",
    "checks_said",
    "checks_text",
    "evidence",
    "states_by_asset",
    "summed_up",
]

CHECK_LOOKS: Mapping[str, str] = {
    "failed": "failed",
    "error": "failed",
    "warning": "stale",
    "stale": "queued",
    "missing": "missing",
    "skipped": "skipped",
    "running": "running",
    "passed": "fresh",
}
"""The state of an asset whose shape and colour a check's state has, those that ask for attention first."""

CHECK_WORDS: Mapping[str, str] = {"missing": "not run", "error": "broke off"}
"""The word for a state, where that is not its name."""

_GLYPHS = {"passed": "✓", "warning": "▲", "failed": "✖", "error": "✖"}


def states_by_asset(session: Session) -> dict[AssetKey, list[str]]:
    """Return the states of the checks of each asset that has any."""
    if not session.graph.checks:
        return {}
    states: dict[AssetKey, list[str]] = {}
    for check, status in session.checks().items():
        states.setdefault(check.asset_key, []).append(status.state)
    return states


def check_glyph(state: str) -> str:
    """Return the shape of a state where only text can go."""
    return _GLYPHS.get(state, STATUSES[CHECK_LOOKS.get(state, "missing")].glyph)


def check_mark(state: str) -> str:
    """Return the mark of a state as HTML; its word is the tooltip and the accessible name."""
    look = CHECK_LOOKS.get(state, "missing")
    word = escape(CHECK_WORDS.get(state, state))
    shape = f'<svg viewBox="0 0 16 16" width="11" height="11"><path fill-rule="evenodd" d="{STATUSES[look].path}"/></svg>'
    return f'<span class="nba-mark" data-mark="{look}" role="img" title="{word}" aria-label="{word}">{shape}</span>'


def summed_up(states: Iterable[str]) -> str:
    """Return what the states of checks come to: `1 failed, 2 passed`."""
    counts = Counter(states)
    return ", ".join(
        f"{counts[state]:,} {CHECK_WORDS.get(state, state)}" for state in CHECK_LOOKS if counts[state]
    )


def evidence(status: CheckStatus) -> str:
    """Return what a check said, why it has to be run again, or how it broke off, with what it measured."""
    record = status.record
    metadata = "" if record is None or status.because else _measured(record.metadata)
    return " · ".join(filter(None, [status.summary, metadata]))


def _measured(metadata: Mapping[str, object]) -> str:
    shown = [
        f"{name} {value.as_text() if hasattr(value, 'as_text') else value}"
        for name, value in metadata.items()
    ]
    return ", ".join(text.splitlines()[0][:60] for text in shown[:4] if text)


def checks_said(record: RunRecord) -> str:
    """Return what the checks of a run came to, for its headline: `3 checks: 1 failed, 2 passed`; empty without any."""
    told = [entry for entry in record.checks.values() if not entry.stood]
    if not told:
        return ""
    return f"{plural(len(told), 'check')}: {summed_up(entry.state for entry in told)}"


def checks_html(record: RunRecord) -> str:
    """Return the rows of the checks of a run that there is something to say of; empty without any."""
    rows = "".join(
        f'<tr class="nba-r" data-check="{escape(entry.name)}" data-state="{escape(entry.state)}">'
        f'<td class="nba-m">{check_mark(entry.state)}</td><td>{named(entry.name)}</td>'
        f"<td>{escape(_word(entry))}</td>"
        f'<td class="nba-dim nba-why" title="{escape(_why(entry))}">{prose(_why(entry))}</td>'
        f'<td class="nba-n">{escape(seconds(entry.duration))}</td></tr>'
        for entry in _shown(record)
    )
    if not rows:
        return ""
    return f'<table class="nba-t nba-wide" data-nb-assets="checks"><tbody class="nba-plain">{rows}</tbody></table>'


def checks_text(record: RunRecord) -> list[str]:
    """Return the same as lines of text."""
    shown = _shown(record)
    width = max((len(entry.name) for entry in shown), default=0)
    return [
        f"  {check_glyph(entry.state)} {entry.name.ljust(width)}  {_word(entry)}  {_why(entry)}".rstrip()
        for entry in shown
    ]


def _shown(record: RunRecord) -> Sequence[CheckEntry]:
    # What passed before, and stands, is no news.
    return [entry for entry in record.checks.values() if not (entry.stood and entry.state == "passed")]


def _word(entry: CheckEntry) -> str:
    word = CHECK_WORDS.get(entry.state, entry.state)
    blocks = entry.record is not None and entry.record.blocks
    return f"{word}, blocking" if blocks else word


def _why(entry: CheckEntry) -> str:
    record = entry.record
    if record is None:
        return entry.why
    said = record.error or record.description or ""
    stood = "as before" if entry.stood else ""
    return " · ".join(filter(None, [said, _measured(record.metadata), stood]))
