"""axe-core on a page: what it finds wrong with a part of it, in a line each. It is the front end's own, as npm installs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.stages import frontend

if TYPE_CHECKING:
    from playwright.sync_api import Locator

SCRIPT = frontend.FOLDER / "node_modules" / "axe-core" / "axe.min.js"

# Beside what axe runs by itself: controls that are too small to be hit (WCAG 2.2).
OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
RUN = """async ([root, options]) => (await axe.run(root, options)).violations.flatMap(({id, help, nodes}) =>
    nodes.map(({target, any, all, none}) => [id, help, target.join(' '),
        [...any, ...all, ...none].map(({message}) => message).join('; ')].join(' | ')))"""


def faults(part: Locator) -> list[str]:
    """Return what axe-core finds in a part of a page."""
    page = part.page
    if not page.evaluate("() => Boolean(window.axe)"):
        if not SCRIPT.exists():
            frontend.install()
        # Not as a script of the page, where a loader of modules would take it for one.
        page.evaluate(SCRIPT.read_text(encoding="utf-8") + "\n;window.axe = window.axe || axe;")
    found: list[Any] = page.evaluate(RUN, [part.element_handle(), OPTIONS])
    return [str(line) for line in found]
