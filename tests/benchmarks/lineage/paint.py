"""How long until the picture is on a page: the widget's committed bundle and vis-network as pyvis sets it up, in Chromium.

Ours is given the message that a kernel sends, from a real session. Time runs from there until the browser has drawn the
frame after it; for vis-network until its physics has come to rest, as pyvis's page waits for it too.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nb_assets import asset
from nb_assets.definitions.registry import Origin
from nb_assets.export.html import vis_network
from nb_assets.session import Session
from nb_assets.widget.conversation import Conversation
from nb_assets.widget.lineage import STATIC
from tests.benchmarks.lineage.crossings import Polyline, count_crossings

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.benchmarks.lineage.graphs import Graph

PATIENCE = 60_000
OURS = """
async ([source, graph]) => {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const { default: widget } = await import(url);
  const heard = {};
  const model = { on: (event, does) => (heard[event] = does), off() {}, send() {} };
  widget.render({ model, el: document.getElementById("place") });
  await new Promise((does) => setTimeout(does, 100));
  const begun = performance.now();
  heard["msg:custom"](graph, []);
  await new Promise((does) => requestAnimationFrame(() => setTimeout(does)));
  return performance.now() - begun;
}
"""
VIS = """
([nodes, edges, options, patience]) =>
  new Promise((does) => {
    const begun = performance.now();
    const data = { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) };
    const network = new vis.Network(document.getElementById("place"), data, options);
    const done = () => does([performance.now() - begun, network.getPositions()]);
    network.once("stabilizationIterationsDone", () => network.once("afterDrawing", () => setTimeout(done)));
    setTimeout(() => does(null), patience);
  })
"""


def conversation(graph: Graph, folder: Path) -> tuple[Conversation, list[dict[str, Any]]]:
    """Return a conversation about a session with these assets, and the list in which its messages arrive."""
    reads: dict[str, list[str]] = {}
    for edge in graph.edges:
        reads.setdefault(edge.target, []).append(edge.source)

    def make(name: str, group: str | None) -> Any:
        @asset(name=name, group_name=group, deps=reads.get(name, ()), code_version="1")
        def made() -> int:
            return 1

        return made

    session = Session(folder)
    session.register(Origin(id="cell", label="cell"), [make(node.id, node.group) for node in graph.nodes])
    heard: list[dict[str, Any]] = []
    return Conversation(session, "*", "lineage", heard.append), heard  # type: ignore[arg-type]


def our_paint(page: Page, graph: Graph) -> float:
    """Return the milliseconds from the kernel's message to the picture, as the widget opens: large ones folded."""
    with tempfile.TemporaryDirectory() as folder:
        talk, heard = conversation(graph, Path(folder))
        talk.handle({"kind": "ready", "request": "view:1"})
        message = next(message for message in heard if message["kind"] == "graph")
        talk.close()
    style = (STATIC / "lineage.css").read_text(encoding="utf-8")
    page.set_content(f'<style>{style}</style><div id="place" style="width:1200px"></div>')
    source = (STATIC / "lineage.js").read_text(encoding="utf-8")
    return float(page.evaluate(OURS, [source, json.loads(json.dumps(message))]))


def pyvis_paint(page: Page, graph: Graph) -> tuple[float, int] | None:
    """Return the milliseconds that pyvis's page takes, and its crossings; None where it takes too long."""
    from pyvis.network import Network

    network = Network(directed=True, height="600px", width="1200px", cdn_resources="in_line")
    for node in graph.nodes:
        network.add_node(node.id, label=node.id, shape="box", group=node.group or "")
    for edge in graph.edges:
        network.add_edge(edge.source, edge.target)
    page.set_content('<div id="place" style="width:1200px;height:600px"></div>')
    page.add_script_tag(content=vis_network())
    given = [network.nodes, network.edges, json.loads(network.options.to_json()), PATIENCE]
    found = page.evaluate(VIS, given)
    if found is None:
        return None
    places = {name: (place["x"], place["y"]) for name, place in found[1].items()}
    lines: list[Polyline] = [[places[edge.source], places[edge.target]] for edge in graph.edges]
    return float(found[0]), count_crossings(lines)


def on_a_page(work: Callable[[Page], None]) -> None:
    """Do something with a page of Chromium."""
    from playwright.sync_api import sync_playwright

    from tests.harness import chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.set_default_timeout(2 * PATIENCE)
        work(page)
        browser.close()
