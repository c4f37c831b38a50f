"""Print our crossings beside ELK's on many graphs, and the median of their ratios.

Run with `python -m tests.benchmarks.lineage.beside_elk [SEEDS]`.
"""

from __future__ import annotations

import statistics
import sys

from nb_assets.layout import layout
from tests.benchmarks.lineage import peers
from tests.benchmarks.lineage.crossings import as_polyline, count_crossings
from tests.benchmarks.lineage.graphs import layered, lineage, quickstart


def main() -> None:
    """Count one graph after the other."""
    peers.install()
    seeds = range(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
    graphs = [quickstart()]
    for seed in seeds:
        graphs += [lineage(50, groups, seed=seed) for groups in (5, 10)]
        graphs += [
            lineage(50, 8, seed=seed, nested=True),
            layered(30, 6, seed=seed),
            layered(60, 8, seed=seed),
        ]
        graphs += [lineage(300, 20, seed=seed), lineage(300, 20, seed=seed, nested=True)]
    ratios = []
    for graph in graphs:
        placed = layout(graph.nodes, graph.edges)
        ours = count_crossings([as_polyline(edge.points) for edge in placed.edges])
        drawn = peers.draw("elk", graph)
        if drawn is None:
            print(f"{graph.name:<32} {ours:>6,}  ELK gave up", flush=True)
            continue
        theirs = count_crossings(drawn.lines)
        # One more on both sides, so that none at all can be compared.
        ratios.append((ours + 1) / (theirs + 1))
        print(f"{graph.name:<32} {ours:>6,} {theirs:>6,}", flush=True)
    print(f"median of ours to ELK's: {statistics.median(ratios):.2f} over {len(ratios)} graphs")


if __name__ == "__main__":
    main()
