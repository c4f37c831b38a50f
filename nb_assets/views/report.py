"""The report that a run leaves behind: what ran, what did not and why, and what changed.

Responsible for its HTML and its plain text. Not responsible for gathering it (`views.run_record`), nor for how code
and values are compared and drawn (`diff`). Whatever users wrote is escaped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from nb_assets.views.checks import checks_html, checks_said, checks_text
from nb_assets.views.stylesheet import STYLE, TABLE_STYLE
from nb_assets.views.wording import MARKS, bar, listed, mark, named, plural, prose, seconds, size

if TYPE_CHECKING:
    from nb_assets.views.run_record import AssetRecord, RunRecord

__all__ = ["Report", "change_fold", "headline", "report_of"]

ROWS = 200
LINES_SHOWN = 4
_SIGNED = re.compile(r"([+\u2212~])\s?([\d,.]+[kM]?)")
_CLASS = {"+": "nba-plus", "\u2212": "nba-minus", "~": "nba-tilde"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """A finished run, ready to show."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


def report_of(record: RunRecord, *, heading: bool = True, tracebacks: bool = True) -> Report:
    """Return the run's report.

    Parameters
    ----------
    heading
        Whether it begins with what became of the assets in numbers.
    tracebacks
        Whether a failed asset's traceback is unfolded; not when the error is shown below the report anyway.
    """
    return Report(
        html=_html(record, heading=heading, tracebacks=tracebacks), text=_text(record, heading=heading)
    )


def headline(record: RunRecord) -> str:
    """Return the run in one line: `3 fresh, 1 restored, 2 run, 1 failed, 1 skipped in 2.1 s`."""
    counts = (
        (record.count("fresh"), "fresh"),
        (record.count("restored"), "restored"),
        (record.count("ran"), "run"),
        (record.count("failed"), "failed"),
        (record.count("skipped"), "skipped"),
        (record.count("cancelled"), "not run"),
    )
    checks = checks_said(record)
    said = [f"{count:,} {word}" for count, word in counts if count] + ([checks] if checks else [])
    if len(said) == 1 and record.count("fresh"):
        return f"{said[0]}, nothing to run"
    took = f" in {seconds(record.duration)}" if record.duration is not None else ""
    stopped = "Cancelled: " if record.outcome == "cancelled" else ""
    return stopped + (", ".join(said) or "nothing to run") + took


def change_fold(asset: AssetRecord, *, open_: bool = False, tracebacks: bool = True) -> str:
    """Return what there is to unfold of an asset: cause beside effect, or the error; empty when there is nothing."""
    body = _cause_and_effect(asset) + _error(asset)
    if not body:
        return ""
    diff = asset.changed
    named = f' data-nb-assets="diff" data-asset-key="{escape(_name(asset))}"' if diff else ""
    unfolded = " open" if open_ or (asset.error is not None and tracebacks) else ""
    return (
        f'<details class="nba-fold-up"{named}{unfolded}><summary>{_badge_html(asset)}</summary>'
        f'<div class="nba-open">{body}</div></details>'
    )


def _html(record: RunRecord, *, heading: bool, tracebacks: bool) -> str:
    shown, hidden = _rows(record)
    longest = max((asset.duration or 0.0 for asset in shown), default=0.0)
    rows = "".join(_row(asset, longest, tracebacks=tracebacks) for asset in shown)
    table = f'<table class="nba-t nba-wide">{rows}</table>' if rows else ""
    more = (
        f'<div class="nba-dim">and {hidden:,} more; <code>%assets</code> lists all.</div>' if hidden else ""
    )
    head = f'<div class="nba-head">{mark(_overall(record))}<span>{escape(headline(record))}</span>{_fresh(record)}</div>'
    return (
        f'<div class="nba" data-nb-assets="report" data-outcome="{escape(record.outcome or "")}">{STYLE}{TABLE_STYLE}'
        f"{head if heading else ''}{table}{checks_html(record)}{more}</div>"
    )


def _text(record: RunRecord, *, heading: bool) -> str:
    shown, hidden = _rows(record)
    width = max((len(_name(asset)) for asset in shown), default=0)
    lines = [f"{MARKS[_overall(record)]} {headline(record)}"] if heading else []
    for asset in shown:
        cells = (
            _name(asset).ljust(width),
            seconds(asset.duration).rjust(8),
            _value(asset),
            _badge(asset),
            _why(asset),
        )
        lines.append(
            f"  {MARKS[asset.state]} " + "  ".join(cell for cell in cells if cell.strip() or cell is cells[1])
        )
        lines.extend(f"      {line}" for line in asset.log.tail(LINES_SHOWN))
    lines += checks_text(record)
    if hidden:
        lines.append(f"  and {hidden:,} more")
    return "\n".join(line.rstrip() for line in lines)


def _rows(record: RunRecord) -> tuple[list[AssetRecord], int]:
    """Return the assets to list, in the order of the run, and how many are left out."""
    told = record.in_state("ran", "restored", "failed", "skipped", "cancelled")
    if len(told) <= ROWS:
        return told, 0
    weight = {"failed": 0, "cancelled": 1, "skipped": 3}
    ranked = sorted(told, key=lambda asset: weight.get(asset.state, 2 if asset.changed else 4))
    chosen = {asset.key for asset in ranked[:ROWS]}
    return [asset for asset in told if asset.key in chosen], len(told) - ROWS


def _row(asset: AssetRecord, longest: float, *, tracebacks: bool) -> str:
    share = (asset.duration or 0.0) / longest if longest else 0.0
    timed = bar(asset.state, share) if asset.duration is not None else ""
    fold = change_fold(asset, tracebacks=tracebacks)
    start = f'<td class="nba-m">{mark(asset.state)}</td><td>{named(_name(asset))}</td>'
    why = f'title="{escape(_why(asset))}">{prose(_why(asset))}</td>'
    if asset.duration is None and asset.materialization is None:
        cells = f'{start}<td class="nba-dim nba-why" colspan="4" {why}'
    else:
        cells = (
            f'{start}<td class="nba-dim nba-why" {why}<td class="nba-b">{timed}</td>'
            f'<td class="nba-n">{escape(seconds(asset.duration))}</td>'
            f'<td class="nba-value" title="{escape(_value_title(asset))}">{_value_html(asset)}</td>'
        )
    end = f'<td class="nba-n nba-end">{"" if fold else _badge_html(asset)}</td>'
    below = fold + _log_html(asset)
    folded = f'<tr class="nba-f"><td></td><td colspan="6">{below}</td></tr>' if below else ""
    return f'<tbody class="nba-a"><tr class="nba-r">{cells}{end}</tr>{folded}</tbody>'


def _cause_and_effect(asset: AssetRecord) -> str:
    if not asset.changed:
        return ""
    code = _drawn(asset.code) if asset.code is not None and not asset.code.equal else ""
    cause = code or f"<div>{prose(asset.why or 'run again with the same code')}</div>"
    effect = (
        _drawn(asset.diff) if asset.diff is not None else "<div>The value is not the same as before.</div>"
    )
    before, made = asset.previous, asset.materialization
    versions = f"version {before.version} → {made.version}" if before is not None and made is not None else ""
    return (
        f'<div class="nba-pair"><div><h6 class="nba-h">{"Code" if code else "Cause"}</h6>{cause}</div>'
        f'<div><h6 class="nba-h">Value, {escape(versions)}</h6>{effect}</div></div>'
    )


def _drawn(change: object) -> str:
    draw = getattr(change, "_repr_html_", None)
    return str(draw()) if draw is not None else f'<pre class="nba-pre">{escape(str(change))}</pre>'


def _error(asset: AssetRecord) -> str:
    if asset.error is None:
        return ""
    return (
        f'<pre class="nba-pre nba-error">{escape(asset.error.traceback.strip() or asset.error.message)}</pre>'
    )


def _log_html(asset: AssetRecord) -> str:
    if not len(asset.log):
        return ""
    lines = asset.log.tail()
    earlier, last = lines[:-LINES_SHOWN], lines[-LINES_SHOWN:]
    fold = ""
    if earlier:
        count = len(asset.log) - len(last)
        kept = "" if count == len(earlier) else f", the last {len(earlier)} kept"
        fold = f'<details class="nba-earlier"><summary>{count:,} earlier lines{kept}</summary>{_pre(earlier)}</details>'
    return fold + _pre(last)


def _pre(lines: list[str]) -> str:
    text = "\n".join(lines)
    return f'<pre class="nba-pre nba-log">{escape(text)}</pre>'


def _badge(asset: AssetRecord) -> str:
    if asset.state == "failed":
        return "error"
    if asset.state not in {"ran", "restored"}:
        return ""
    if asset.previous is None:
        return "new"
    if asset.unchanged:
        return "unchanged"
    return (asset.diff.badge if asset.diff is not None else "") or "changed"


def _badge_html(asset: AssetRecord) -> str:
    badge = _badge(asset)
    if not badge:
        return ""
    if badge in {"new", "unchanged"}:
        return f'<span class="nba-badge nba-quiet">{badge}</span>'
    title = asset.diff.summary if asset.diff is not None else ""
    colored = _SIGNED.sub(lambda found: f'<span class="{_CLASS[found[1]]}">{found[0]}</span>', escape(badge))
    return f'<span class="nba-badge" title="{escape(title)}">{colored}</span>'


def _why(asset: AssetRecord) -> str:
    if asset.state == "cancelled":
        return "not run: the run was cancelled"
    said = asset.why
    if asset.attempts > 1:
        said = f"{said}, attempt {asset.attempts}" if said else f"attempt {asset.attempts}"
    return said


def _last_line(asset: AssetRecord) -> str:
    return asset.error.summary if asset.error is not None else ""


def _value(asset: AssetRecord) -> str:
    tally = None if asset.partitions is None else asset.partitions.tally
    if tally is not None and tally.made + tally.restored > 1:
        return plural(tally.made + tally.restored, "partition") if asset.error is None else _last_line(asset)
    value = asset.materialization.value if asset.materialization is not None else None
    return value.summary if value is not None else _last_line(asset)


def _value_html(asset: AssetRecord) -> str:
    text = escape(_value(asset))
    return f'<span class="nba-bad">{text}</span>' if asset.error is not None else text


def _value_title(asset: AssetRecord) -> str:
    value = asset.materialization.value if asset.materialization is not None else None
    return f"{value.type_name}, {size(value.size)} stored" if value is not None else _last_line(asset)


def _fresh(record: RunRecord) -> str:
    names = [_name(asset) for asset in record.in_state("fresh")]
    return (
        f'<span class="nba-dim">{escape(listed(names))}</span>'
        if names and record.count("fresh") == len(record.assets)
        else ""
    )


def _overall(record: RunRecord) -> str:
    if record.outcome == "cancelled":
        return "cancelled"
    if record.count("failed") or any(entry.state in {"failed", "error"} for entry in record.checks.values()):
        return "failed"
    if not record.assets and record.checks:
        return "ran"
    return "ran" if record.count("ran", "restored") else "fresh"


def _name(asset: AssetRecord) -> str:
    return asset.key.to_user_string()
