"""The lines under an `%%asset` cell: what was registered, what it reads, what became stale by it.

Responsible for their HTML and plain text, one line an asset, as far as one reads. Not responsible for the button beside them, nor for when
they are drawn again (`notebook.card_display`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from nb_assets.views.checks import check_glyph, check_mark
from nb_assets.views.report import Report
from nb_assets.views.stylesheet import STYLE
from nb_assets.views.wording import MARKS, bar, listed, mark, named, prose

__all__ = ["CardLine", "card_of", "paragraph", "retired_card"]

# Reopened without a kernel, a button is a bare line, "Loading widget..." or "Error displaying widget: model not found":
# hide it.
_NO_DEAD_BUTTON = (
    "<style>.jp-OutputArea:has([data-nb-assets=card])>.jp-OutputArea-child"
    ":has(>.jp-OutputArea-output.lm-Panel):not(:has(>.jp-OutputArea-output>*)){display:none}"
    ".nba-button.widget-button{line-height:20px;padding:0 10px}</style>"
)


LINES_SHOWN = 40
_EYES = {
    state: place for place, state in enumerate(("failed", "running", "stale", "skipped", "queued", "missing"))
}


@dataclass(frozen=True, kw_only=True, slots=True)
class CardLine:
    """One asset of a cell.

    `said` is its status in words: the reason when stale, rows or size and age when fresh. With `is_check` it is a check,
    by its key, and `state` that of a check.
    """

    key: str
    state: str
    group: str = ""
    inputs: tuple[str, ...] = ()
    said: str = ""
    checks: str = ""
    is_check: bool = False


def card_of(
    lines: Sequence[CardLine],
    *,
    stale: Sequence[str] = (),
    removed: Sequence[str] = (),
    notes: Sequence[str] = (),
    below: Report | None = None,
) -> Report:
    """Return the card of a cell.

    Parameters
    ----------
    stale
        Keys that became stale by the cell.
    removed
        Keys that the cell defined before, and does not any more.
    notes
        What else there is to say.
    below
        What the cell's run shows, or its report.
    """
    shown = _worth_showing(lines)
    drawn = "".join(_line(line, moving=below is None) for line in shown)
    said = [_left_out(lines, shown), *notes] if len(shown) < len(lines) else list(notes)
    if stale:
        said.append(f"now stale: {listed(list(stale))}")
    if removed:
        said.append(f"no longer registered: {listed(list(removed))}")
    drawn += "".join(f'<div class="nba-note">{prose(note)}</div>' for note in said)
    html = (
        f'<div class="nba" data-nb-assets="card">{STYLE}{_NO_DEAD_BUTTON}{drawn}'
        f"{below.html if below is not None else ''}</div>"
    )
    text = [_line_text(line) for line in shown] + [f"  {note}" for note in said]
    if below is not None:
        text.append(below.text)
    return Report(html=html, text="\n".join(text))


def retired_card(keys: Sequence[str]) -> Report:
    """Return what is left of a card whose assets are registered from elsewhere now."""
    text = f"registered by another cell since: {listed(list(keys))}"
    html = f'<div class="nba" data-nb-assets="card">{STYLE}{_NO_DEAD_BUTTON}<div class="nba-note">{escape(text)}</div></div>'
    return Report(html=html, text=text)


def paragraph(text: str) -> Report:
    """Return a sentence that stands below a card."""
    return Report(html=f'<div class="nba-note nba-bad">{prose(text)}</div>', text=text)


def _worth_showing(lines: Sequence[CardLine]) -> Sequence[CardLine]:
    """Return as many lines as one reads, in their order: what needs somebody's eyes goes before what is fresh."""
    if len(lines) <= LINES_SHOWN:
        return lines
    first = sorted(range(len(lines)), key=lambda place: _EYES.get(lines[place].state, len(_EYES)))
    return [lines[place] for place in sorted(first[:LINES_SHOWN])]


def _left_out(lines: Sequence[CardLine], shown: Sequence[CardLine]) -> str:
    counts = Counter(line.state for line in lines)
    counts.subtract(line.state for line in shown)
    states = ", ".join(f"{count:,} {state}" for state, count in counts.items() if count)
    return f"and {len(lines) - len(shown):,} more: {states}. `%assets` lists all."


def _line(line: CardLine, *, moving: bool) -> str:
    parts = [escape(line.group)] if line.group else []
    if line.inputs:
        whole = escape(", ".join(line.inputs))
        parts.append(
            f'<span title="{whole}">reads <span class="nba-code">{escape(listed(list(line.inputs)))}</span></span>'
        )
    if line.said:
        parts.append(prose(line.said))
    if line.checks:
        parts.append(escape(line.checks))
    # The dots are text: an untrusted notebook has no styles.
    rest = "".join(f'<span class="nba-sep"> · </span><span class="nba-dim">{part}</span>' for part in parts)
    progress = bar("moving") if line.state == "running" and moving else ""
    return f'<div class="nba-card" data-state="{escape(line.state)}">{check_mark(line.state) if line.is_check else mark(line.state)}{named(line.key)}{rest}{progress}</div>'


def _line_text(line: CardLine) -> str:
    shape = check_glyph(line.state) if line.is_check else MARKS.get(line.state, "·")
    parts = [f"{shape} {line.key}"]
    if line.group:
        parts.append(line.group)
    if line.inputs:
        parts.append(f"reads {listed(list(line.inputs))}")
    if line.said:
        parts.append(line.said)
    if line.checks:
        parts.append(line.checks)
    return " · ".join(parts)
