"""Execute a notebook without a screen, and write what came of it. Knows nothing of where the notebook comes from."""

from __future__ import annotations

import copy
import sys
import time
from pathlib import Path
from typing import Any


def execute(notebook: Path) -> int:
    """Execute a notebook in a kernel of its own; write the executed copy and an HTML page beside it.

    Returns 0, or 1 when a cell failed. Both files are written either way, and the cell is shown.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    document = nbformat.read(notebook, as_version=4)
    client = NotebookClient(
        document,
        timeout=None,
        kernel_name="python3",
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
        resources={"metadata": {"path": str(notebook.parent)}},
    )
    started = time.monotonic()
    _say(f"executing {notebook}")
    failure = None
    try:
        client.execute()
    except CellExecutionError as error:
        failure = error
    executed = notebook.with_suffix(".executed.ipynb")
    nbformat.write(document, executed)
    page = notebook.with_suffix(".html")
    page.write_text(_html(document, title=notebook.stem), encoding="utf-8")
    _say(
        f"wrote {executed.name} and {page.name} in {notebook.parent}, after {time.monotonic() - started:.0f} s"
    )
    if failure is not None:
        print(f"\nA cell of {notebook.name} failed:\n\n{failure}", file=sys.stderr)
        return 1
    return 0


def _html(document: Any, *, title: str) -> str:
    """Return the page of a notebook, which fetches nothing from anywhere.

    Live widgets would need a script from elsewhere, so that their static pictures take their place.
    """
    from nbconvert import HTMLExporter

    document = copy.deepcopy(document)
    document.metadata.pop("widgets", None)
    for cell in document.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)

    exporter = HTMLExporter(embed_images=True)
    for name in exporter.trait_names():
        if name.endswith("_url"):
            setattr(exporter, name, "")
    body, _ = exporter.from_notebook_node(document, resources={"metadata": {"name": title}})
    return str(body)


def _say(text: str) -> None:
    print(f"nb_assets: {text}", file=sys.stderr, flush=True)
