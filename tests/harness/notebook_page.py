"""A notebook open in a real JupyterLab or Notebook 7, driven through the application's own commands.

What a user does to the page itself (clicks, keys) is done through `page`, Playwright's; what this does is what the
menus do: run, restart, save, change the theme.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.harness.server import JupyterServer

PATIENCE = 60_000
"""Milliseconds."""

THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
KNOWN_PROBLEMS = ("Cannot read properties of undefined (reading 'schema')",)
"""What the applications themselves stumble over: Notebook 7.6 over its settings, with nothing of ours in the page."""

ANSI = re.compile(r"\x1b\[[0-9;]*m")

# `panel` is the open notebook in either application.
PREAMBLE = """
const app = window.jupyterapp;
const panel = [...app.shell.widgets('main')].find(each => each.context && each.content && each.content.widgets);
const kernel = () => panel.sessionContext.session && panel.sessionContext.session.kernel;
"""


class Notebook:
    """The page of one notebook."""

    def __init__(self, page: Page, server: JupyterServer) -> None:
        self.page = page
        self.server = server
        self.path = ""
        self.problems: list[str] = []
        """Errors that were thrown or logged in the page, but for those that it has without us."""
        self.foreign_requests: list[str] = []
        """Addresses beyond this server that the page asked for."""
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self._heard("error", f"{error}\n{error.stack}"))
        page.on(
            "console",
            lambda message: self._heard(message.type, f"{message.text} ({message.location.get('url', '')})"),
        )
        page.on("request", lambda request: self._asked(request.url))

    def open(self, path: str) -> Notebook:
        """Open a notebook and wait until its kernel is connected and idle."""
        self.path = path
        self.page.goto(self.server.page(path))
        self.page.wait_for_function("() => window.jupyterapp && window.jupyterapp.restored")
        self.page.evaluate("async () => { await window.jupyterapp.restored; }")
        self.page.wait_for_function(f"() => {{ {PREAMBLE} return Boolean(panel && panel.context.isReady); }}")
        self._do("await panel.context.ready; await panel.sessionContext.ready; await panel.revealed;")
        self.wait_until_idle()
        return self

    def wait_until_idle(self, timeout: float = PATIENCE) -> None:
        """Wait until the kernel is connected and idle."""
        self.page.wait_for_function(
            f"() => {{ {PREAMBLE} return Boolean(kernel() && kernel().connectionStatus === 'connected'"
            " && kernel().status === 'idle'); }",
            timeout=timeout,
        )

    def run_cell(self, index: int, *, wait: bool = True, timeout: float = PATIENCE) -> None:
        """Run one cell, and wait for its end unless told otherwise."""
        self._do("panel.content.deselectAll(); panel.content.activeCellIndex = argument;", index)
        run = "app.commands.execute('notebook:run-cell')"
        if not wait:
            self._do(f"{run};")
            return
        self._do(f"await {run};")
        self.wait_until_idle(timeout)

    def run_unseen(self, index: int, code: str) -> None:
        """Have the kernel run code as that of a cell, with no focus moved: as if it were run from elsewhere."""
        self._do(
            "const metadata = {cellId: panel.content.widgets[argument[0]].model.id};"
            "await kernel().requestExecute({code: argument[1]}, true, metadata).done;",
            [index, code],
        )

    def run_all(self, timeout: float = 5 * PATIENCE) -> None:
        """Run all cells; a cell that fails stops the rest, as in the menu."""
        self._do("app.commands.execute('notebook:run-all-cells');")
        count = self.cell_count
        self.page.wait_for_function(
            f"""count => {{ {PREAMBLE}
                const cells = panel.content.widgets.slice(0, count).filter(each => each.model.type === 'code');
                const failed = each => each.model.outputs.toJSON().some(output => output.output_type === 'error');
                const done = each => each.model.executionState !== 'running' && (
                    each.model.executionCount !== null || each.model.sharedModel.getSource().trim() === '');
                return cells.every(done) || cells.some(failed);
            }}""",
            arg=count,
            timeout=timeout,
        )
        self.wait_until_idle(timeout)

    @property
    def cell_count(self) -> int:
        """How many cells there are."""
        return int(self._do("return panel.content.widgets.length;"))

    def cell(self, index: int) -> Locator:
        """Return a cell of the page."""
        return self.page.locator(f".jp-Notebook .jp-Cell[data-windowed-list-index='{index}']")

    def source(self, index: int) -> str:
        """Return the source of a cell."""
        return str(self._do("return panel.content.widgets[argument].model.sharedModel.getSource();", index))

    def edit(self, index: int, source: str) -> None:
        """Replace the source of a cell."""
        self._do(
            "panel.content.widgets[argument[0]].model.sharedModel.setSource(argument[1]);", [index, source]
        )

    def find(self, text: str) -> int:
        """Return the index of the first cell whose source contains a text."""
        for index in range(self.cell_count):
            if text in self.source(index):
                return index
        message = f"No cell contains {text!r}."
        raise LookupError(message)

    def append(self, source: str) -> int:
        """Add a code cell at the end and return its index."""
        self._do(
            "panel.content.model.sharedModel.insertCell(panel.content.widgets.length, {cell_type: 'code', source: argument});",
            source,
        )
        return self.cell_count - 1

    def outputs(self, index: int) -> list[dict[str, Any]]:
        """Return the outputs of a cell in the notebook format."""
        return list(self._do("return panel.content.widgets[argument].model.outputs.toJSON();", index))

    def output_text(self, index: int) -> str:
        """Return what a cell printed and the plain text of what it displayed."""
        parts = []
        for output in self.outputs(index):
            text = output.get("text", output.get("data", {}).get("text/plain", output.get("traceback", "")))
            parts.append(text if isinstance(text, str) else "".join(text))
        return ANSI.sub("", "\n".join(parts))

    def errors(self) -> list[str]:
        """Return the errors that cells ended in."""
        found = []
        for index in range(self.cell_count):
            if self._do("return panel.content.widgets[argument].model.type;", index) != "code":
                continue
            found += [
                f"cell {index}: {output['ename']}: {output['evalue']}"
                for output in self.outputs(index)
                if output["output_type"] == "error"
            ]
        return found

    def in_new_view(self, index: int) -> None:
        """Show the output of a cell a second time, as its context menu offers: Create New View for Cell Output."""
        self._do("panel.content.activeCellIndex = argument;", index)
        self._do("await app.commands.execute('notebook:create-output-view');")

    def interrupt(self) -> None:
        """Press the stop button."""
        self._do("await kernel().interrupt();")

    def restart(self) -> None:
        """Restart the kernel, without the dialog that asks whether that is meant."""
        self._do("await panel.sessionContext.restartKernel();")
        self.wait_until_idle()

    def call(self, code: str) -> Any:
        """Run JavaScript that knows `app`, `panel` and `kernel()`, and return what it returns."""
        return self._do(code)

    def save(self) -> None:
        """Save the notebook."""
        self._do("await panel.context.save();")

    def set_theme(self, theme: str) -> None:
        """Change the application's theme: to light, to dark, or to one of its name."""
        name = THEMES.get(theme, theme)
        self._do("await app.commands.execute('apputils:change-theme', {theme: argument});", name)
        self.page.wait_for_function("name => document.body.dataset.jpThemeName === name", arg=name)

    def screenshot(self, path: Path, *, of: Locator | None = None) -> Path:
        """Write a picture of the page, or of a part of it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        (of or self.page).screenshot(path=path)
        return path

    def _do(self, code: str, argument: Any = None) -> Any:
        """Run JavaScript where `app`, `panel` and `kernel()` are to be had."""
        return self.page.evaluate(f"async argument => {{ {PREAMBLE} {code} }}", argument)

    def _heard(self, kind: str, text: str) -> None:
        if kind == "error" and not any(known in text for known in KNOWN_PROBLEMS):
            self.problems.append(text)

    def _asked(self, url: str) -> None:
        if url.startswith(("http", "ws")) and not url.startswith(
            (self.server.url, self.server.url.replace("http", "ws"))
        ):
            self.foreign_requests.append(url)


def write_notebook(path: Path, cells: Sequence[str], kernel: str = "python3") -> Path:
    """Write a notebook of code cells; one that starts with `#md ` is prose."""
    import nbformat

    notebook = nbformat.v4.new_notebook()
    notebook.cells = [
        nbformat.v4.new_markdown_cell(cell.removeprefix("#md "))
        if cell.startswith("#md ")
        else nbformat.v4.new_code_cell(cell)
        for cell in cells
    ]
    notebook.metadata["kernelspec"] = {"name": kernel, "display_name": "Python 3", "language": "python"}
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path
