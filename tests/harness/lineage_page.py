"""The lineage widget on a page, as a user meets it: found by the names that the page promises, worked by clicks and keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from playwright.sync_api import TimeoutError as NotInTimeError
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.harness.notebook_page import Notebook

PATIENCE = 30_000
"""Milliseconds."""

STATUSES = """root => Object.fromEntries([...root.querySelectorAll('[data-asset-key][data-status]')]
    .map(node => [node.dataset.assetKey, node.dataset.status]))"""


class LineagePage:
    """One view of the widget: the one below a cell."""

    def __init__(self, notebook: Notebook, cell: int, *, place: Locator | None = None) -> None:
        self.notebook = notebook
        self.root: Locator = (place or notebook.cell(cell)).locator('[data-nb-assets="lineage"]')
        self.details = self.root.get_by_role("region", name="Details")
        self.searchbox = self.root.get_by_role("searchbox")
        self.progressbar = self.root.get_by_role("progressbar")

    def wait(self) -> LineagePage:
        """Wait until the kernel has answered; bring the widget into view."""
        expect(self.root).to_have_attribute("data-ready", "true", timeout=PATIENCE)
        self.root.scroll_into_view_if_needed()
        return self

    def node(self, key: str) -> Locator:
        """Return the card of an asset."""
        return self.root.locator(f'.nbl-map [data-asset-key="{key}"]')

    def group(self, name: str) -> Locator:
        """Return the button of a group."""
        return self.root.locator(f'[data-group="{name}"]')

    def button(self, name: str) -> Locator:
        """Return a button by its accessible name."""
        return self.root.get_by_role("button", name=name, exact=True)

    def press(self, name: str) -> None:
        """Click a button once it can be clicked."""
        expect(self.button(name)).to_be_enabled(timeout=PATIENCE)
        self.button(name).click()

    def open(self, key: str) -> Locator:
        """Click an asset and return its details."""
        if self.details.count() > 0:
            self.press("Fit")  # The pane may lie over the card.
        self.node(key).click()
        expect(self.details.get_by_role("heading", level=3)).to_have_text(key.rpartition("/")[2])
        expect(self.details.locator(".nbl-details-body")).to_be_visible()
        return self.details

    def statuses(self) -> dict[str, str]:
        """Return the status of every card."""
        return dict(self.root.evaluate(STATUSES))

    def wait_for_statuses(
        self, *, fresh: Iterable[str] = (), timeout: float = PATIENCE, **others: Iterable[str]
    ) -> None:
        """Wait until the cards are exactly in these states: `wait_for_statuses(stale={"a"}, fresh={"b"})`."""
        wanted = dict.fromkeys(fresh, "fresh")
        wanted.update((key, status) for status, keys in others.items() for key in keys)
        self._wait(wanted, timeout)

    def wait_until_all(self, status: str, timeout: float = PATIENCE) -> None:
        """Wait until every card has a status."""
        self._wait(dict.fromkeys(self.statuses(), status), timeout)

    def _wait(self, wanted: dict[str, str], timeout: float) -> None:
        try:
            self.notebook.page.wait_for_function(
                f"""([root, wanted]) => {{
                    const now = ({STATUSES})(root);
                    return Object.keys(now).length === Object.keys(wanted).length
                        && Object.entries(wanted).every(([key, status]) => now[key] === status);
                }}""",
                arg=[self.root.element_handle(), wanted],
                timeout=timeout,
            )
        except NotInTimeError:
            now = self.statuses()
            wrong = {
                key: (now.get(key), wanted.get(key))
                for key in now | wanted
                if now.get(key) != wanted.get(key)
            }
            message = f"The cards are not as expected; (what it is, what was expected): {wrong}"
            raise AssertionError(message) from None


def visible_lines_of_dead_widgets(notebook: Notebook) -> list[str]:
    """Return what is to be seen of widgets that nothing stands behind."""
    page = notebook.page
    lines = page.get_by_text("Error displaying widget").or_(page.get_by_text("Loading widget"))
    return [line.inner_text() for line in lines.all() if line.is_visible()]
