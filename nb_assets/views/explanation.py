"""Why an asset is stale, or fresh, as it is shown inline: the state, the reasons root causes first, the code diff."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from nb_assets.views.report import Report
from nb_assets.views.stylesheet import STYLE
from nb_assets.views.wording import mark, prose

if TYPE_CHECKING:
    from nb_assets.explanation import Explanation

__all__ = ["explanation_of"]


def explanation_of(explanation: Explanation) -> Report:
    """Return an explanation, drawn."""
    status = explanation.status
    lines = [f'<div class="nba-reason">{prose(line)}</div>' for line in explanation.lines]
    lines += [
        f'<div class="nba-reason nba-dim">not tracked: {prose(what)}</div>' for what in status.untracked
    ]
    if explanation.offer:
        lines.append(f'<div class="nba-reason nba-dim">{prose(explanation.offer)}</div>')
    code = explanation.code
    if code is not None and not code.equal:
        lines.append(f'<div class="nba-reason">{code.to_html()}</div>')
    html = (
        f'<div class="nba" data-nb-assets="explanation" data-state="{escape(status.state)}">{STYLE}'
        f'<div class="nba-head">{mark(status.state)}<span>{prose(explanation.headline)}</span></div>'
        f"{''.join(lines)}</div>"
    )
    return Report(html=html, text=str(explanation))
