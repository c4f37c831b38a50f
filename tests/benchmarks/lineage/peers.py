"""The peers: brought by npm into a cache that is no part of the product, run in a process of their own.

Responsible for how long each takes to lay a graph out and where it draws the edges. pyvis is drawn in a page, by `paint`.
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.stages.frontend import node_folder
from tests.stages.stage import ROOT

if TYPE_CHECKING:
    from tests.benchmarks.lineage.crossings import Polyline
    from tests.benchmarks.lineage.graphs import Graph

PACKAGES = ("elkjs@0.10.0", "@dagrejs/dagre@1.1.5")
FOLDER = ROOT / ".cache" / "benchmarks-lineage"
PATIENCE = 90
"""Seconds after which a peer is given up on."""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What a peer made of a graph: milliseconds, and the edges as lines; `note` says what is not as asked."""

    milliseconds: float
    lines: list[Polyline]
    note: str = ""


def install() -> Path:
    """Bring the peers, unless they are there; return the folder that they are in."""
    stamp = FOLDER / "installed"
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != " ".join(PACKAGES):
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", *PACKAGES]
        subprocess.run(command, check=True, cwd=FOLDER, env=_environment())
        stamp.write_text(" ".join(PACKAGES), encoding="utf-8")
    return FOLDER


def draw(peer: str, graph: Graph) -> Drawn | None:
    """Have a peer lay a graph out, once after warming up where that is quick; None where it takes too long or fails."""
    given = {
        "nodes": [
            {"id": node.id, "width": node.width, "height": node.height, "group": node.group}
            for node in graph.nodes
        ],
        "edges": [{"source": edge.source, "target": edge.target} for edge in graph.edges],
    }
    rounds = "1" if len(graph.nodes) <= WARMED_UP else "0"
    command = ["node", str(Path(__file__).with_name("peers.mjs")), str(FOLDER), peer, rounds]
    try:
        done = subprocess.run(
            command,
            check=True,
            input=json.dumps(given),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            env=_environment(),
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return None
    said = json.loads(done.stdout)
    return Drawn(
        milliseconds=said["times"][0],
        lines=[[(x, y) for x, y in line] for line in said["lines"]],
        note=said.get("note", ""),
    )


def _environment() -> dict[str, str]:
    return {**os.environ, "PATH": f"{node_folder()}{os.pathsep}{os.environ.get('PATH', '')}"}


WARMED_UP = 300
