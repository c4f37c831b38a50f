"""The lineage as a pyvis network, and any such network as one page that needs nothing but itself.

Responsible for handing our positions to vis-network, and for a page that refers to no host: the library comes
out of the pyvis package, the rest from beside this module. What users wrote reaches the page as data, and the
canvas and the tooltips as text.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any

from nb_assets.export.text_fit import cut_middle
from nb_assets.export.theme import DARK, FONT, LIGHT
from nb_assets.views.model import group_end
from nb_assets.views.status import STATUSES, status_look, status_summary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyvis.network import Network

    from nb_assets.views.model import GroupView, LineageView, NodeView

_VIS_FOLDER = re.compile(r"vis-(\d+)\.(\d+)\.(\d+)$")


def to_pyvis(view: LineageView) -> Network:
    """Return the picture as a pyvis network: our positions, no physics, groups as boxes behind the assets.

    Beside what vis-network reads, nodes carry `look` and edges `points`: what `standalone_html` draws from.
    """
    from pyvis.network import Network

    network = Network(height="100vh", width="100%", directed=True, cdn_resources="in_line")
    network.set_options(json.dumps(_options(view)))
    for group in view["groups"]:
        _add_group(network, group)
    for node in view["nodes"]:
        _add_node(network, node)
    for edge in view["edges"]:
        points = [[round(x, 1), round(y, 1)] for x, y in edge["points"]]
        network.add_edge(edge["source"], edge["target"], arrows="to", points=points)
    return network


def standalone_html(network: Network, title: str) -> str:
    """Return a page that shows the network and asks no host for anything.

    Works for any pyvis network; one of `to_pyvis` is drawn as the widget draws it, with the same cards, the
    same routes, and the reader's choice of light or dark.
    """
    options = network.options
    data = {
        "nodes": network.nodes,
        "edges": network.edges,
        "options": options if isinstance(options, dict) else json.loads(options.to_json()),
        "themes": {"light": LIGHT, "dark": DARK},
        "statuses": {
            state: {"label": look.label, "path": look.path, "light": look.light, "dark": look.dark}
            for state, look in STATUSES.items()
        },
        "font": FONT,
    }
    here = resources.files("nb_assets.export")
    style = (here / "page.css").read_text(encoding="utf-8")
    script = (here / "page.js").read_text(encoding="utf-8")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:\">\n"
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<header><h1>{escape(title)}</h1><button type="button" id="fit">Fit</button></header>\n'
        f'<main id="network" role="img" aria-label="{escape(_in_words(network))}"></main>\n'
        f'<script type="application/json" id="data">{script_json(data)}</script>\n'
        f"<script>{vis_network()}</script>\n<script>{script}</script>\n</body>\n</html>\n"
    )


def script_json(data: Any) -> str:
    """Return the data as JSON that no text in it can make end the `<script>` around it, nor name a host."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text.replace("://", ":\\/\\/")


def _options(view: LineageView) -> dict[str, Any]:
    flow = "horizontal" if view["direction"] == "LR" else "vertical"
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {"dragNodes": False, "hover": True, "keyboard": True, "tooltipDelay": 200},
        "nodes": {"shape": "box", "margin": 8, "font": {"face": FONT, "size": 13, "multi": False}},
        "edges": {
            "color": {"color": LIGHT["edge"]},
            "smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": flow, "roundness": 0.5},
        },
    }


def _add_group(network: Network, group: GroupView) -> None:
    count = f"{group['count']:,} asset{'' if group['count'] == 1 else 's'}"
    summary = status_summary(group["statuses"])
    network.add_node(
        group_end(group["name"]),
        label=f"{group['title']} ({group['count']:,})",
        title=_tooltip(f"{group['name']}: {count}" + (f" ({summary})" if summary else "")),
        **_box(group),
        color={
            "background": LIGHT["group"] if group["collapsed"] else "rgba(130,145,160,0.10)",
            "border": LIGHT["group-line"],
        },
        font={"align": "left", "vadjust": 0 if group["collapsed"] else 14 - group["height"] / 2},
        look={
            "kind": "folded" if group["collapsed"] else "group",
            "name": group["title"],
            "detail": count if group["collapsed"] else f"{group['count']:,}",
            "statuses": group["statuses"],
            **_size(group),
        },
    )


def _add_node(network: Network, node: NodeView) -> None:
    look = status_look(node["status"])
    word = "External" if node["external"] else look.label
    detail = node["reason"] or node["detail"]
    lines = [node["key"], f"{word}: {node['reason']}".removesuffix(": "), node["detail"], node["badge"]]
    lines.append(f"checks: {node['checks']}" if node["checks"] else "")
    network.add_node(
        node["key"],
        label=f"{cut_middle(node['name'], node['width'] - 20, 13)}\n{look.glyph} {word}",
        title=_tooltip("\n".join(filter(None, lines))),
        **_box(node),
        color={"background": look.soft_light, "border": look.light},
        font={"align": "left", "color": LIGHT["text"]},
        look={
            "kind": "asset",
            "name": node["name"],
            "status": look.state,
            "word": word,
            "detail": detail,
            "badge": node["badge"],
            "external": node["external"],
            **_size(node),
        },
    )


def _box(box: NodeView | GroupView) -> dict[str, Any]:
    """Return a box as vis-network wants it: placed by its middle, and of this very size."""
    return {
        "shape": "box",
        "x": box["x"] + box["width"] / 2,
        "y": box["y"] + box["height"] / 2,
        "widthConstraint": {"minimum": box["width"] - 16, "maximum": box["width"] - 16},
        "heightConstraint": {"minimum": box["height"] - 16},
        "physics": False,
    }


def _size(box: NodeView | GroupView) -> dict[str, float]:
    return {"width": box["width"], "height": box["height"]}


def _tooltip(text: str) -> str:
    """Return a tooltip that stays text: pyvis's own template takes any with `href` in it for markup."""
    return text.replace("href", "hre\u2060f")


def _in_words(network: Network) -> str:
    assets: Mapping[str, int]
    looks = [node.get("look", {}) for node in network.nodes]
    states = [look["status"] for look in looks if "status" in look]
    assets = {state: states.count(state) for state in STATUSES}
    summary = status_summary(assets)
    return f"Asset lineage: {len(states):,} assets" + (f", {summary}" if summary else "")


@lru_cache(maxsize=1)
def vis_network() -> str:
    """Return the newest vis-network of the pyvis package, without a word that looks like an address.

    What is an address only in a comment or a message loses its scheme; the one that is a name (the namespace of
    SVG) is put together when the script runs, and the pointer to a source map goes.
    """
    folders = []
    for folder in (resources.files("pyvis") / "lib").iterdir():
        match = _VIS_FOLDER.match(folder.name)
        if match:
            folders.append((tuple(map(int, match.groups())), folder))
    newest = max(folders, key=lambda entry: entry[0])[1]
    script = (newest / "vis-network.min.js").read_text(encoding="utf-8")
    script = re.sub(r"//# sourceMappingURL=.*", "", script)
    script = re.sub(r'"(https?:)//', r'"\1"+"//', script)
    script = re.sub(r"https?://", "", script)
    return script.replace("</script", "<\\/script")
