"""A run while it runs: what is running with its last lines, what is done, what waits.

Responsible for one picture of a moment, as HTML and plain text. Its size is bounded however many assets a run has.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from nb_assets.views.report import Report
from nb_assets.views.stylesheet import STYLE, TABLE_STYLE
from nb_assets.views.wording import MARKS, bar, mark, named, prose, seconds

if TYPE_CHECKING:
    from nb_assets.views.run_record import AssetRecord, RunRecord

__all__ = ["progress_of"]

DONE_SHOWN = 8
QUEUED_SHOWN = 4
LINES_SHOWN = 5


def progress_of(record: RunRecord, now: float) -> Report:
    """Return the run as it is at the time `now`."""
    finished = record.count("ran", "restored", "failed", "skipped", "fresh")
    total = len(record.assets)
    share = finished / total if total else 0.0
    elapsed = now - record.started if record.started is not None else 0.0
    shown, left_out = _shown(record)
    title = ", ".join(
        filter(None, [f"{finished:,} of {total:,} assets", _partitions(record), seconds(elapsed)])
    )
    rows = "".join(_row(asset, now) for asset in shown)
    more = f'<div class="nba-dim">and {left_out:,} more</div>' if left_out else ""
    html = (
        f'<div class="nba" data-nb-assets="progress">{STYLE}{TABLE_STYLE}'
        f'<div class="nba-head">{mark("running")}<span>{escape(title)}</span></div>'
        f'<div role="progressbar" aria-label="Run" aria-valuemin="0" aria-valuemax="{total}" '
        f'aria-valuenow="{finished}">{bar("whole", share).replace("span", "div")}</div>'
        f'<table class="nba-t nba-wide">{rows}</table>{more}</div>'
    )
    lines = [f"{MARKS['running']} {title}", *(f"  {MARKS[asset.state]} {_name(asset)}" for asset in shown)]
    return Report(html=html, text="\n".join(lines))


def _partitions(record: RunRecord) -> str:
    """Say how many of all partitions are done, where there are any."""
    known = [asset.partitions for asset in record.assets.values() if asset.partitions is not None]
    total = sum(each.total for each in known)
    done = sum(each.total if each.tally is not None else min(each.done, each.total) for each in known)
    return f"{done:,} of {total:,} partitions" if total else ""


def _shown(record: RunRecord) -> tuple[list[AssetRecord], int]:
    done = record.in_state("ran", "restored", "skipped")
    queued = record.in_state("queued")
    chosen = {
        asset.key
        for asset in (
            *done[-DONE_SHOWN:],
            *record.in_state("failed")[-DONE_SHOWN:],
            *record.in_state("running", "retrying")[-DONE_SHOWN:],
            *queued[:QUEUED_SHOWN],
        )
    }
    rows = [asset for asset in record.assets.values() if asset.key in chosen]
    return rows, len(record.assets) - record.count("fresh") - len(rows)


def _row(asset: AssetRecord, now: float) -> str:
    running = asset.state in {"running", "retrying"}
    elapsed = now - asset.started if running and asset.started is not None else asset.duration
    said = asset.error.summary if asset.state == "failed" and asset.error is not None else asset.why
    value = asset.materialization.value if asset.materialization is not None else None
    cells = (
        f'<td class="nba-m">{mark(asset.state)}</td>',
        f"<td>{named(_name(asset))}</td>",
        f'<td class="nba-dim nba-why">{prose(said)}</td>',
        f'<td class="nba-b">{_bar(asset, elapsed or 0.0) if running else ""}</td>',
        f'<td class="nba-n">{escape(seconds(elapsed))}</td>',
        f"<td>{escape(value.summary) if value is not None else ''}</td>",
    )
    lines = asset.log.tail(LINES_SHOWN) if running or asset.state == "failed" else []
    log = (
        f'<tr class="nba-f"><td></td><td colspan="5"><pre class="nba-pre nba-log">{escape(chr(10).join(lines))}</pre></td></tr>'
        if lines
        else ""
    )
    return f'<tbody class="nba-a"><tr class="nba-r">{"".join(cells)}</tr>{log}</tbody>'


def _bar(asset: AssetRecord, elapsed: float) -> str:
    if asset.partitions is not None and asset.partitions.total > 1:
        return bar("whole", asset.partitions.share)
    return bar("moving", phase=elapsed)


def _name(asset: AssetRecord) -> str:
    return asset.key.to_user_string()
