"""Draws the lineage of projects of 5, 50, 300 and 5,000 assets in JupyterLab, in light and in dark.

It is done by `python -m tests.refresh_lineage_pictures`, or with sizes behind it (`5 50`) for those alone. Look at what
changed before committing it.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.harness import chromium
from tests.harness.large_project import source
from tests.harness.lineage_page import LineagePage
from tests.harness.notebook_page import Notebook, write_notebook
from tests.harness.server import jupyter_server

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from tests.harness.server import JupyterServer

PICTURES = Path(__file__).parent / "browser" / "pictures"
SIZES = (5, 50, 300, 5_000)
LARGEST_OF_FRAMES = 300
VIEWPORT = {"width": 1500, "height": 1000}
PATIENCE = 600_000
COLOURS = 160
# A day's work: all is made, then some is edited, some fails, some is new; a run is under way.
CELLS = (
    "%load_ext nb_assets\nimport nb_assets as nba",
    "%assets load project",
    "nba.session().materialize(raise_on_error=False);",
    "import pathlib\n_ = pathlib.Path('project.py').write_text(pathlib.Path('later.py').read_text())\npathlib.Path('hold').touch()",
    "%assets load project",
    """import random, time
stale = [key for key, status in nba.session().status().items() if status.state != "fresh"]
nba.session().submit(random.Random(3).sample(stale, len(stale) * 2 // 3)) if stale else None
time.sleep(3)""",
    "%lineage",
)


def main(sizes: tuple[int, ...]) -> None:
    """Draw the pictures of projects of these sizes."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    path = chromium.find()
    assert path is not None, "There is no Chromium; `python3 -m tests browser` brings one."
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        jupyter_server(Path(folder), "lab", kernel_version=7) as server,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        context = browser.new_context(viewport=VIEWPORT, device_scale_factor=1, reduced_motion="reduce")
        for size in sizes:
            _draw(context, server, size)
        browser.close()


def _draw(context: BrowserContext, server: JupyterServer, size: int) -> None:
    place = server.folder / f"project-{size}"
    place.mkdir()
    for name, later in (("project.py", False), ("later.py", True)):
        text = source(size, later=later, frames=size <= LARGEST_OF_FRAMES)
        (place / name).write_text(text, encoding="utf-8")
    notebook = Notebook(context.new_page(), server)
    path = write_notebook(place / "notebook.ipynb", CELLS)
    notebook.open(path.relative_to(server.folder).as_posix())
    notebook.run_all(PATIENCE)
    assert notebook.errors() == [], notebook.errors()
    lineage = LineagePage(notebook, len(CELLS) - 1).wait()
    _take(notebook, lineage, f"{size}")
    if lineage.root.locator('[data-group][aria-expanded="false"]').count():
        lineage.press("More")
        lineage.root.get_by_role("menuitem", name="Unfold all groups").click()
        lineage.root.locator('[data-group][aria-expanded="false"]').first.wait_for(
            state="detached", timeout=PATIENCE
        )
        lineage.press("Fit")
        _take(notebook, lineage, f"{size}-unfolded")
    assert notebook.problems == [], notebook.problems
    (place / "hold").unlink(missing_ok=True)
    notebook.page.close()
    server.forget()


def _take(notebook: Notebook, lineage: LineagePage, name: str) -> None:
    for theme in ("light", "dark"):
        notebook.set_theme(theme)  # type: ignore[arg-type]
        lineage.root.scroll_into_view_if_needed()
        notebook.page.wait_for_timeout(500)
        shot = (
            Image.open(io.BytesIO(lineage.root.screenshot()))
            .convert("RGB")
            .quantize(COLOURS, Image.Quantize.MAXCOVERAGE)
        )
        shot.save(PICTURES / f"lineage-{name}-{theme}.png", optimize=True)


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
