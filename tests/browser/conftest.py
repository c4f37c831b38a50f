"""Fixtures for tests in Chromium: a server of either application, and notebooks open in it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.harness import chromium
from tests.harness.notebook_page import Notebook, write_notebook
from tests.harness.server import App, JupyterServer, jupyter_server

PICTURES = Path(__file__).resolve().parents[2] / "test-results"
VIEWPORT = {"width": 1360, "height": 960}


@pytest.fixture(scope="session")
def browser():
    """Chromium, one for all tests of a process: its context, where pages are opened."""
    from playwright.sync_api import sync_playwright

    path = chromium.find()
    assert path is not None, "There is no Chromium; `python3 -m tests browser` brings one."
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        # One context: a test does not wait for the application's scripts when another has loaded them already.
        yield running.new_context(viewport=VIEWPORT, device_scale_factor=1, reduced_motion="reduce")
        running.close()


@pytest.fixture(params=["lab", "notebook"], scope="session")
def app(request: pytest.FixtureRequest) -> App:
    """The application, each in turn."""
    return request.param


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., JupyterServer]]:
    """Start servers when first asked for; one of a kind serves all tests of a process."""
    running: dict[tuple[App, int], JupyterServer] = {}
    with ExitStack() as stack:

        def start(app: App = "lab", kernel_version: int = 7) -> JupyterServer:
            if (app, kernel_version) not in running:
                folder = tmp_path_factory.mktemp(f"{app}{kernel_version}")
                server = jupyter_server(folder, app, kernel_version=kernel_version)
                running[app, kernel_version] = stack.enter_context(server)
            return running[app, kernel_version]

        yield start


@pytest.fixture
def server(servers: Callable[..., JupyterServer], app: App) -> Iterator[JupyterServer]:
    """A server of the application, whose kernels end with the test."""
    running = servers(app)
    yield running
    running.forget()


@pytest.fixture
def folder(server: JupyterServer, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A folder of the test's own below the server's, for its notebooks and their store."""
    place = server.folder / re.sub(r"\W+", "-", request.node.name).strip("-")
    place.mkdir()
    yield place
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def open_notebook(
    browser, server: JupyterServer, folder: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Notebook]]:
    """Open a notebook: a list of cells to write one from, or the path of one to copy.

    A test that fails leaves a picture of every page it had open in test-results/.
    """
    opened: list[Notebook] = []

    def open_(what: Sequence[str] | Path, name: str = "notebook.ipynb") -> Notebook:
        if isinstance(what, Path):
            target = Path(shutil.copy(what, folder / what.name))
        else:
            target = write_notebook(folder / name, what)
        notebook = Notebook(browser.new_page(), server)
        opened.append(notebook)
        return notebook.open(target.relative_to(server.folder).as_posix())

    yield open_
    if getattr(request.node, "failed", False):
        for number, notebook in enumerate(opened):
            notebook.screenshot(PICTURES / f"{folder.name}-{number}.png")
    for notebook in opened:
        notebook.page.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    report = yield
    if report.when == "call" and report.failed:
        item.failed = True
    return report
