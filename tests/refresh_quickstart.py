"""`python -m tests.refresh_quickstart`: executes the quickstart and commits its outputs to the notebook itself.

What needs a live kernel (buttons, the live lineage) is left out of the saved outputs; the pictures and tables beside it
stay, so that the notebook reads well where nothing runs.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

QUICKSTART = Path(__file__).parents[1] / "notebooks" / "quickstart.ipynb"
LIVE = "application/vnd.jupyter.widget-view+json"


def execute(document: nbformat.NotebookNode, folder: Path) -> nbformat.NotebookNode:
    """Run all cells of a notebook in a new kernel, in a folder that is theirs."""
    client = NotebookClient(document, timeout=600, resources={"metadata": {"path": str(folder)}})
    client.execute()
    return document


def without_live_parts(document: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Take out what says nothing without a kernel, and what differs from run to run for no reason."""
    document.metadata.pop("widgets", None)
    document.metadata["language_info"] = {"name": "python"}
    for cell in document.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if not (_is_live(output) or _is_empty(output))]
    return document


def _is_live(output: Any) -> bool:
    return LIVE in output.get("data", {})


def _is_empty(output: Any) -> bool:
    """Tell whether it showed the progress of a run, and nothing since: a quick run shows none."""
    return "data" in output and not output["data"].get("text/plain", "").strip()


def main() -> int:
    """Execute the quickstart and write it back."""
    with tempfile.TemporaryDirectory() as folder:
        document = execute(nbformat.read(QUICKSTART, as_version=4), Path(folder))
    nbformat.write(without_live_parts(document), QUICKSTART)
    sys.stdout.write(f"{QUICKSTART.name}: {QUICKSTART.stat().st_size / 1024:.0f} KB\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
