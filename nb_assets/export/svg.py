"""The lineage as a static picture, for saved notebooks, reports and wherever no script may run.

Responsible for one self-contained SVG that reads on light and dark pages alike: it brings its ground, its fonts
are the reader's own, and whatever users wrote is text. Positions come with the view.
"""

from __future__ import annotations

import re
from base64 import b64encode
from html import escape
from typing import TYPE_CHECKING

from nb_assets.export.text_fit import cut_end, cut_middle, text_width
from nb_assets.export.theme import DARK, FONT, LIGHT
from nb_assets.views.status import STATUSES, status_look, status_summary
from nb_assets.views.wording import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nb_assets.views.model import EdgeView, GroupView, LineageView, NodeView

NAME_SIZE = 13
DETAIL_SIZE = 11
TITLE_SIZE = 12
MARK_SIZE = 13
CHECK_SIZE = 10
INSET = 10
EMPTY_WIDTH = 320
EMPTY_HEIGHT = 80

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def lineage_svg(view: LineageView) -> str:
    """Return the picture as the text of an SVG document."""
    width, height = view["width"], view["height"]
    if not view["nodes"] and not view["groups"]:
        width, height = EMPTY_WIDTH, EMPTY_HEIGHT
    return "".join(_document(view, width, height))


def data_uri(svg: str) -> str:
    """Return the picture as the address of an `<img>`, which shows it even in untrusted notebooks."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode("ascii")


def describe(view: LineageView) -> str:
    """Return the picture in a sentence, for those who do not see it."""
    counts: dict[str, int] = {}
    for node in view["nodes"]:
        if not node["external"]:
            counts[node["status"]] = counts.get(node["status"], 0) + 1
    for group in view["groups"]:
        if group["collapsed"]:
            for state, number in group["statuses"].items():
                counts[state] = counts.get(state, 0) + number
    total = sum(counts.values())
    text = f"{total:,} asset{'' if total == 1 else 's'}"
    if view["groups"]:
        text += f" in {len(view['groups']):,} group{'' if len(view['groups']) == 1 else 's'}"
    summary = status_summary(counts)
    return f"{text}: {summary}." if summary else f"{text}."


def _document(view: LineageView, width: float, height: float) -> Iterator[str]:
    size = f"{_number(width)} {_number(height)}"
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_number(width)}" height="{_number(height)}" '
        f'viewBox="0 0 {size}" role="img" aria-labelledby="nba-title nba-desc">\n'
        f'<title id="nba-title">Asset lineage</title><desc id="nba-desc">{_text(describe(view))}</desc>\n'
    )
    yield f"<style>{_style()}</style>\n<defs>"
    used = {node["status"] for node in view["nodes"]}
    used.update(state for group in view["groups"] for state in group["statuses"])
    for state, look in STATUSES.items():
        if state in used:
            yield f'<path id="nba-{state}" d="{look.path}" fill-rule="evenodd"/>'
    yield (
        '<marker id="nba-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        'orient="auto"><path class="head" d="M0 .8 7.4 4 0 7.2Z"/></marker></defs>\n'
    )
    yield f'<rect class="ground" width="{_number(width)}" height="{_number(height)}" rx="8"/>\n'
    if not view["nodes"] and not view["groups"]:
        yield f'<text class="detail" x="{width / 2:g}" y="{height / 2 + 4:g}" text-anchor="middle">No assets yet</text>\n'
    for group in view["groups"]:
        if not group["collapsed"]:
            yield from _group(group)
    for edge in view["edges"]:
        yield _edge(edge)
    for group in view["groups"]:
        if group["collapsed"]:
            yield from _folded_group(group)
    for node in view["nodes"]:
        yield from _node(node)
    yield "</svg>\n"


def _style() -> str:
    """Return the rules of both themes; plain colours, as not every reader of SVG knows custom properties."""
    light = _colours(LIGHT, {state: look.light for state, look in STATUSES.items()})
    dark = _colours(DARK, {state: look.dark for state, look in STATUSES.items()})
    return (
        f"text{{font-family:{FONT};font-size:{DETAIL_SIZE}px}}"
        f".name{{font-size:{NAME_SIZE}px;font-weight:600}}"
        f".title{{font-size:{TITLE_SIZE}px;font-weight:600;stroke-width:3px;paint-order:stroke}}"
        ".badge-text,.word{font-weight:600}.edge{fill:none;stroke-width:1.3}"
        ".external{stroke-dasharray:4 3}.leaf{opacity:.55}"
        f"{light}@media (prefers-color-scheme:dark){{{dark}}}"
    )


def _colours(theme: Mapping[str, str], states: Mapping[str, str]) -> str:
    rules = (
        f".ground{{fill:{theme['ground']}}}"
        f".group{{fill:{theme['group']};stroke:{theme['group-line']}}}.inner{{fill:{theme['inner']}}}"
        f".card{{fill:{theme['card']};stroke:{theme['card-line']}}}"
        f".name,.title{{fill:{theme['text']}}}.title{{stroke:{theme['group']}}}.within{{stroke:{theme['inner']}}}.detail{{fill:{theme['quiet']}}}"
        f".edge{{stroke:{theme['edge']}}}.head{{fill:{theme['edge']}}}"
        f".badge{{fill:{theme['badge']}}}.badge-text{{fill:{theme['badge-text']}}}"
    )
    return rules + "".join(f".{state}{{fill:{colour}}}" for state, colour in states.items())


def _group(group: GroupView) -> Iterator[str]:
    x, y = group["x"], group["y"]
    inner = " inner" if group["parent"] is not None else ""
    yield (
        f"<g><title>{_text(_group_tooltip(group))}</title>"
        f'<rect class="group{inner}" {_rectangle(x, y, group["width"], group["height"])} rx="8"/>'
    )
    room = group["width"] - 2 * INSET
    marks, taken = _roll_up(group, x + group["width"] - INSET, y + 22, room * 0.6)
    count = f"{group['count']:,}"
    title = cut_middle(
        group["title"], room - taken - text_width(count, DETAIL_SIZE) - 18, TITLE_SIZE, bold=True
    )
    start = x + INSET + 4
    yield _label("title within" if inner else "title", start, y + 22, title, count)
    yield f"{marks}</g>\n"


def _folded_group(group: GroupView) -> Iterator[str]:
    x, y, width, height = group["x"], group["y"], group["width"], group["height"]
    yield (
        f"<g><title>{_text(_group_tooltip(group))}</title>"
        f'<rect class="group leaf" {_rectangle(x + 5, y + 4, width - 10, height)} rx="8"/>'
        f'<rect class="group" {_rectangle(x, y, width, height)} rx="8"/>'
    )
    count = f"{group['count']:,} asset{'' if group['count'] == 1 else 's'}"
    title = cut_middle(group["title"], width - 2 * INSET - 16, TITLE_SIZE, bold=True)
    middle = y + height / 2
    yield (
        f'<path class="detail" d="M{_number(x + INSET + 1)} {_number(middle - 12)}l5 4.5-5 4.5Z"/>'
        + _label("title", x + INSET + 14, middle - 3, title)
        + _label("detail", x + INSET + 14, middle + 14, count)
    )
    room = width - 2 * INSET - 24 - text_width(count, DETAIL_SIZE)
    yield _roll_up(group, x + width - INSET, middle + 14, room)[0] + "</g>\n"


def _roll_up(group: GroupView, right: float, baseline: float, room: float) -> tuple[str, float]:
    """Return marks with their numbers, ending at `right`, and the width they take; the least urgent give way."""
    shown: list[tuple[str, str, float]] = []
    taken = 0.0
    for state in STATUSES:
        number = group["statuses"].get(state, 0)
        if number:
            text = f"{number:,}"
            width = 14 + text_width(text, DETAIL_SIZE) + 8
            if taken + width > room:
                break
            shown.append((state, text, width))
            taken += width
    parts = []
    x = right - taken + 8
    for state, text, width in shown:
        parts.append(_mark(state, x, baseline - 9, 11) + _label("detail", x + 14, baseline, text))
        x += width
    return "".join(parts), taken


def _edge(edge: EdgeView) -> str:
    points = [f"{_number(x)} {_number(y)}" for x, y in edge["points"]]
    ends = f"{edge['source']} → {edge['target']}"
    return (
        f'<path class="edge" marker-end="url(#nba-arrow)" d="M{points[0]}C{" ".join(points[1:])}">'
        f"<title>{_text(ends)}</title></path>\n"
    )


def _node(node: NodeView) -> Iterator[str]:
    x, y, width, height = node["x"], node["y"], node["width"], node["height"]
    look = status_look(node["status"])
    external = " external" if node["external"] else ""
    left = x + INSET + MARK_SIZE + 7
    right = x + width - INSET
    about = _about(node)
    upper = y + height / 2 - (13 if about else 5)
    lower = upper + 18
    yield (
        f"<g><title>{_text(_tooltip(node))}</title>"
        f'<rect class="card{external}" {_rectangle(x, y, width, height)} rx="6"/>'
    )
    yield _mark(look.state, x + INSET, upper - 11, MARK_SIZE)
    if node["badge"]:
        badge = cut_end(node["badge"], width * 0.45, DETAIL_SIZE)
        wide = text_width(badge, DETAIL_SIZE, bold=True) + 10
        yield (
            f'<rect class="badge" {_rectangle(right + 4 - wide, upper - 12, wide, 16)} rx="8"/>'
            + _label("badge-text", right - 1, upper, badge, anchor="end")
        )
        right -= wide
    yield _label("name", left, upper, cut_middle(node["name"], right - left, NAME_SIZE, bold=True))
    right = x + width - INSET
    if node["check_look"]:
        checks = node["checks"].partition(",")[0]
        wide = text_width(checks, DETAIL_SIZE, bold=True)
        yield _label(f"word {node['check_look']}", right, lower, checks, anchor="end")
        yield _mark(node["check_look"], right - wide - CHECK_SIZE - 4, lower - 9.5, CHECK_SIZE)
        right -= wide + CHECK_SIZE + 10
    word = "External" if node["external"] else look.label
    kind = "detail" if node["external"] else f"word {look.state}"
    detail = node["reason"] or node["detail"]
    if detail:
        room = right - left - text_width(word, DETAIL_SIZE, bold=True) - text_width(" ", DETAIL_SIZE)
        detail = cut_end("· " + detail, room, DETAIL_SIZE)
    yield _label(kind, left, lower, word, detail)
    if about:
        room = x + width - INSET - left
        yield _label("detail", left, lower + 15, cut_end(about, room, DETAIL_SIZE))
    yield "</g>\n"


def _about(node: NodeView) -> str:
    """Return what stands last on a card: its kinds, and how long its last run took."""
    return " · ".join(part for part in (", ".join(node["kinds"]), seconds(node["duration"])) if part)


def _tooltip(node: NodeView) -> str:
    lines = [node["key"], f"{status_look(node['status']).label}: {node['reason']}".removesuffix(": ")]
    checks = f"checks: {node['checks']}" if node["checks"] else ""
    lines += [line for line in (node["detail"], node["badge"], checks, _about(node)) if line]
    return "\n".join(lines)


def _group_tooltip(group: GroupView) -> str:
    count = f"{group['count']:,} asset{'' if group['count'] == 1 else 's'}"
    summary = status_summary(group["statuses"])
    return f"{group['name']}: {count}" + (f" ({summary})" if summary else "")


def _mark(state: str, x: float, y: float, size: float) -> str:
    look = status_look(state)
    place = f"translate({_number(x)} {_number(y)})scale({size / 16:g})"
    return f'<use href="#nba-{look.state}" class="{look.state}" transform="{place}"/>'


def _label(kind: str, x: float, y: float, text: str, after: str = "", *, anchor: str = "start") -> str:
    """Return a line of text; `after` follows it quietly, wherever the reader's font makes the first part end."""
    end = ' text-anchor="end"' if anchor == "end" else ""
    place = f'x="{_number(x)}" y="{_number(y)}"{end}'
    if not after:
        return f'<text class="{kind}" {place}>{_text(text)}</text>'
    return f'<text {place}><tspan class="{kind}">{_text(text)}</tspan><tspan class="detail" dx="4">{_text(after)}</tspan></text>'


def _rectangle(x: float, y: float, width: float, height: float) -> str:
    return (
        f'x="{_number(x)}" y="{_number(y)}" width="{_number(max(0.0, width))}" '
        f'height="{_number(max(0.0, height))}"'
    )


def _number(value: float) -> str:
    """Return a length without needless digits; tenths of a pixel are as fine as anyone sees."""
    return f"{value:.1f}".removesuffix(".0")


def _text(text: str) -> str:
    """Return what a user wrote as text: escaped, and without the characters that XML has no way to hold."""
    return escape(_FORBIDDEN.sub("\ufffd", text))
