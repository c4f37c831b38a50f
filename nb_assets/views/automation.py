"""Automation in pictures: what ran by itself and why, and what each condition found, part by part.

Responsible for HTML and plain text. Gets what it shows from the session's automation; evaluates nothing.
"""

from __future__ import annotations

import time
from html import escape
from typing import TYPE_CHECKING, Final

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.execution.automation.causes import MADE_WITH_IT
from nb_assets.execution.automation.decision import WORDS
from nb_assets.execution.automation.watch_list import conditioned
from nb_assets.views.report import Report
from nb_assets.views.stylesheet import STYLE, TABLE_STYLE
from nb_assets.views.table import paragraph
from nb_assets.views.wording import MARKS, ago, mark, named, plural, prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nb_assets.definitions.automation.condition import AutomationCondition
    from nb_assets.definitions.automation.context import AutomationResult
    from nb_assets.execution.automation.automation import Automation, Evaluated
    from nb_assets.execution.automation.requests import Requested
    from nb_assets.execution.automation.watch_list import Target
    from nb_assets.session import Session

__all__ = ["automation_of", "conditions_of"]

SHOWN = 6
_STATES: Final = {
    "queued": "queued",
    "running": "running",
    "success": "fresh",
    "failure": "failed",
    "cancelled": "skipped",
}
_NAMES: Final = {
    "AND": "all of",
    "OR": "any of",
    "NOT": "not",
    "NEWLY_TRUE": "newly",
    "SINCE": "since … until",
    "ANY_DEPS_MATCH": "for any upstream",
    "ALL_DEPS_MATCH": "for all upstream",
    "ANY_CHECKS_MATCH": "for any check",
    "ALL_CHECKS_MATCH": "for all checks",
    "ANY_DOWNSTREAM_CONDITIONS": "a condition downstream",
}
_JOINED: Final = {"AND": "and", "OR": "or", "SINCE": "since"}
_TREE_STYLE: Final = (
    "<style>.nba ul.nba-tree{list-style:none;margin:0;padding:0 0 0 16px;line-height:19px}"
    ".nba ul.nba-tree>li{margin:0;padding:0}.nba .nba-tree [data-true=false]{color:var(--nba-dim)}"
    ".nba .nba-tree .nba-yes{color:var(--nba-good)}.nba .nba-tree i{font-style:normal;display:inline-block;width:15px}"
    ".nba details.nba-condition{margin:1px 0}.nba details.nba-condition>summary>.nba-key{margin-right:8px}</style>"
)


def automation_of(session: Session) -> Report:
    """Return whether automation is on, for what, and what it had run lately."""
    auto = session.auto
    head = _headline(session)
    state = "running" if auto.runs else "fresh" if auto.is_on else "skipped"
    recent = auto.requests[: -SHOWN - 1 : -1]
    rows = "".join(_request_row(each) for each in recent)
    problem = f'<div class="nba-bad">{prose(auto.problem)}</div>' if auto.problem else ""
    html = (
        f'<div class="nba" data-nb-assets="automation" data-on="{str(auto.is_on).lower()}">{STYLE}{TABLE_STYLE}'
        f'<div class="nba-head">{mark(state)}<span>{prose(head)}</span></div>'
        f"{f'<table class=nba-t>{rows}</table>' if rows else ''}{problem}</div>"
    )
    lines = [f"{MARKS[state]} {head}", *(_request_text(each) for each in recent)]
    return Report(html=html, text="\n".join([*lines, auto.problem] if auto.problem else lines))


def conditions_of(session: Session) -> Report:
    """Return what the last evaluation found of each asset that has a condition."""
    auto = session.auto
    found = auto.evaluated
    if not found:
        return paragraph(_nothing(session))
    head = _headline(session)
    shown = [(key, found[key]) for key in conditioned(session.graph) if key in found]
    body = "".join(_condition_html(key, each, auto) for key, each in shown)
    html = (
        f'<div class="nba" data-nb-assets="conditions">{STYLE}{TABLE_STYLE}{_TREE_STYLE}'
        f'<div class="nba-head"><span>{prose(head)}</span></div>{body}</div>'
    )
    text = [head]
    for key, each in shown:
        text.append(f"{_yes(_is_true(each.result))} {key.to_user_string()}  {_said(key, each, auto)}")
        if each.result is not None:
            text += [
                f"{'    ' * (depth + 1)}{_sign(node)} {_told(node)}" for depth, node in _walk(each.result)
            ]
    return Report(html=html, text="\n".join(text))


def _headline(session: Session) -> str:
    keys = conditioned(session.graph)
    watched = len(keys)
    only_assets = all(isinstance(key, AssetKey) for key in keys)
    assets = plural(watched, "asset") if only_assets else f"{watched:,} assets and checks"
    if not session.auto.is_on:
        return "Automation is off. `%assets auto on` turns it on."
    if not watched:
        return "Automation is on, and no asset has an automation condition yet."
    return f"Automation is on for {assets}."


def _nothing(session: Session) -> str:
    if not conditioned(session.graph):
        return "No asset has an automation condition: give one with `@asset(automation_condition=AutomationCondition.eager())`."
    if not session.auto.is_on:
        return _headline(session)
    return f"{_headline(session)} Nothing was evaluated yet: that is done when this cell has ended."


def _request_row(request: Requested) -> str:
    keys = ", ".join(key.to_user_string() for key in request.because)
    return (
        f'<tr data-automation-run="{escape(request.run.run_id)}" data-state="{escape(request.run.state)}">'
        f'<td class="nba-m">{mark(_STATES[request.run.state])}</td><td>{named(keys)}</td>'
        f'<td class="nba-dim">{prose(_because(request))}</td>'
        f'<td class="nba-n nba-dim">{escape(time.strftime("%H:%M:%S", time.localtime(request.timestamp)))}</td>'
        f'<td class="nba-dim">{escape(_outcome(request))}</td></tr>'
    )


def _request_text(request: Requested) -> str:
    keys = ", ".join(key.to_user_string() for key in request.because)
    told = "  ".join(filter(None, [keys, _because(request), _outcome(request)]))
    return f"  {MARKS[_STATES[request.run.state]]} {told}"


def _because(request: Requested) -> str:
    every = list(dict.fromkeys(reason for each in request.because.values() for reason in each))
    # What follows within the run says nothing of why there is one.
    reasons = [reason for reason in every if not reason.endswith(MADE_WITH_IT)] or every
    return f"because {', '.join(reasons)}" if reasons else ""


def _outcome(request: Requested) -> str:
    return {"failure": "failed", "cancelled": "cancelled", "queued": "waits"}.get(request.run.state, "")


def _condition_html(key: Target, each: Evaluated, auto: Automation) -> str:
    true = _is_true(each.result)
    tree = "" if each.result is None else f'<ul class="nba-tree">{_node_html(each.result)}</ul>'
    return (
        f'<details class="nba-condition" data-asset-key="{escape(key.to_user_string())}" data-true="{str(true).lower()}">'
        f"<summary>{named(key.to_user_string())} "
        f'<span class="nba-dim">{prose(_said(key, each, auto))}</span></summary>{tree}</details>'
    )


def _node_html(result: AutomationResult) -> str:
    # As deep as a condition was written.
    true, asked = _is_true(result), _was_asked(result)
    sign = f'<i class="{"nba-yes" if true else ""}">{_sign(result)}</i>'
    below = "".join(_node_html(child) for child in result.child_results) if asked else ""
    inside = f'<ul class="nba-tree">{below}</ul>' if below else ""
    why = "" if asked else ' title="not asked: what stands above it was not true"'
    return f'<li><div data-true="{str(true).lower()}"{why}>{sign}<span>{escape(_told(result))}</span></div>{inside}</li>'


def _said(key: Target, each: Evaluated, auto: Automation) -> str:
    if each.problem:
        return each.problem
    parts = [_name(each.condition)]
    if each.verdict is not None:
        because = f" because {', '.join(each.because)}" if each.because else ""
        parts.append(f"{WORDS[each.verdict]}{because}")
    else:
        parts.append("not true now")
    last = next((request for request in reversed(auto.requests) if key in request.because), None)
    if last is not None and each.verdict != "run":
        reasons = ", ".join(last.because[key])
        parts.append(f"last requested {ago(last.timestamp)}" + (f" because {reasons}" if reasons else ""))
    return " · ".join(parts)


def _told(result: AutomationResult) -> str:
    condition = result.condition
    own = condition.get_label() or _NAMES.get(condition.name)
    told = f"{own}:" if own is not None and condition.get_label() is None else own or condition.name
    return told if _was_asked(result) else f"{_name(condition)} (not asked)"


def _name(condition: AutomationCondition) -> str:
    """Return a condition in one line: its label, or those of its parts."""
    label = condition.get_label()
    if label is not None:
        return label
    parts = [_name(each) for each in condition.children]
    if condition.name in _JOINED:
        return f" {_JOINED[condition.name]} ".join(parts)
    if condition.name in _NAMES and parts:
        return f"{_NAMES[condition.name]} {parts[0]}"
    return condition.name


def _walk(result: AutomationResult) -> Iterator[tuple[int, AutomationResult]]:
    waiting = [(0, result)]
    while waiting:
        depth, each = waiting.pop()
        yield depth, each
        if _was_asked(each):
            waiting += [(depth + 1, child) for child in reversed(each.child_results)]


def _was_asked(result: AutomationResult) -> bool:
    return not result.context.candidate_subset.is_empty


def _sign(result: AutomationResult) -> str:
    return _yes(_is_true(result)) if _was_asked(result) else "·"


def _is_true(result: AutomationResult | None) -> bool:
    return result is not None and not result.true_subset.is_empty


def _yes(true: bool) -> str:  # noqa: FBT001 - a word for a truth
    return "✓" if true else "–"
