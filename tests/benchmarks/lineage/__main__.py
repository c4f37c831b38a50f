"""Print, for each graph, layout time, time to paint and crossings, beside pyvis (vis-network), ELK and dagre.

Run with `python -m tests.benchmarks.lineage [MOST ASSETS]`. The peers come by npm into `.cache/`. All work on the same
graphs, in turns, and every picture is counted by the same counter; where a figure is the median of several rounds the
graph is small. Layout is of all groups open, in time of the processor; the picture is painted as the widget opens it, from 300 assets on folded.
ELK and dagre only lay out, vis-network does both at once.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import TYPE_CHECKING

from nb_assets.layout import grouped, layout
from tests.benchmarks.lineage import peers
from tests.benchmarks.lineage.crossings import as_polyline, count_crossings
from tests.benchmarks.lineage.graphs import Graph, layered, lineage, quickstart
from tests.benchmarks.lineage.paint import on_a_page, our_paint, pyvis_paint

if TYPE_CHECKING:
    from playwright.sync_api import Page

COUNTED = 1_000
"""Crossings are counted in graphs of up to so many assets; beyond, counting takes longer than all else."""


def graphs() -> list[Graph]:
    """Return what is measured."""
    return [
        quickstart(),
        lineage(50, 8),
        lineage(50, 8, nested=True),
        layered(60, 8),
        lineage(300, 20),
        lineage(300, 20, nested=True),
        layered(200, 12),
        lineage(1_000, 30),
        lineage(1_000, 30, nested=True),
        lineage(5_000, 60),
    ]


def our_layout(graph: Graph) -> peers.Drawn:
    """Lay a graph out afresh, three times."""
    times = []
    for _ in range(3):
        grouped.forget()
        begun = time.process_time()
        placed = layout(graph.nodes, graph.edges)
        times.append((time.process_time() - begun) * 1_000)
    return peers.Drawn(
        milliseconds=statistics.median(times), lines=[as_polyline(edge.points) for edge in placed.edges]
    )


def measure(graph: Graph, page: Page) -> str:
    """Return a graph's row."""
    small = len(graph.nodes) <= peers.WARMED_UP
    times: dict[str, list[float]] = {"ours": [], "elk": [], "dagre": []}
    drawn: dict[str, peers.Drawn | None] = {}
    paints: list[float] = []
    for _ in range(3 if small else 1):
        for name, taken in times.items():
            if name in drawn and drawn[name] is None:
                continue
            done = our_layout(graph) if name == "ours" else peers.draw(name, graph)
            drawn[name] = done
            if done is not None:
                taken.append(done.milliseconds)
        paints.append(our_paint(page, graph))
    vis = pyvis_paint(page, graph)
    cells = [f"{graph.name:<32}"]
    for name, taken in times.items():
        done = drawn[name]
        crossings = "" if done is None or len(graph.nodes) > COUNTED else f"{count_crossings(done.lines):,}"
        cells.append(f"{_milliseconds(statistics.median(taken)) if taken else 'gave up':>9} {crossings:>7}")
        cells[-1] += "*" if done is not None and done.note else " "
    cells.append(f"{_milliseconds(statistics.median(paints)):>9}")
    cells.append("  gave up" if vis is None else f"{_milliseconds(vis[0]):>9} {vis[1]:>9,}")
    return " | ".join(cells)


def _milliseconds(value: float) -> str:
    return f"{value:,.1f}" if value < 10 else f"{value:,.0f}"


def main() -> None:
    """Measure one graph after the other."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    peers.install()
    print("milliseconds and crossings (* groups ignored, as it fails on them)")
    print(
        f"{'assets':<32} | {'ours':>17}  | {'ELK':>17}  | {'dagre':>17}  | {'our paint':>9} | {'pyvis, drawn':>19}"
    )

    def work(page: Page) -> None:
        for graph in graphs():
            if len(graph.nodes) <= most:
                print(measure(graph, page), flush=True)

    on_a_page(work)


if __name__ == "__main__":
    main()
