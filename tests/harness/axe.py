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

# axe does not look at text that is drawn: of each, the contrast of its colour to what is painted below it.
FAINT = """root => {
    const screen = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    const over = (colours) => {  // from the ground up
        screen.clearRect(0, 0, 1, 1);
        for (const colour of colours) { screen.fillStyle = colour; screen.fillRect(0, 0, 1, 1); }
        return [...screen.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const light = rgb => rgb.map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((a, b) => b - a); return (x + 0.05) / (y + 0.05); };
    const ground = getComputedStyle(root).backgroundColor;
    const rects = [...root.querySelectorAll('.nbl-map rect')].map(rect =>
        ({box: rect.getBoundingClientRect(), fill: getComputedStyle(rect).fill}));
    return [...root.querySelectorAll('.nbl-map text, .nbl-map tspan')].flatMap(text => {
        const box = text.getBoundingClientRect();
        const said = [...text.childNodes].filter(each => each.nodeType === 3).map(each => each.data).join('').trim();
        if (!said || box.width === 0 || text.closest('.nbl-dim')) return [];
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        const below = rects.filter(({box: b, fill}) => fill !== 'none' && b.x <= x && x <= b.right && b.y <= y && y <= b.bottom);
        const back = [ground, ...below.map(({fill}) => fill)];
        const found = contrast(over([...back, getComputedStyle(text).fill]), over(back));
        return found < 4.5 ? [`${said}: ${found.toFixed(2)}`] : [];
    });
}"""


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


def faint_texts(part: Locator) -> list[str]:
    """Return the texts of the map whose contrast to what is below them is under 4.5 to 1, and what it is."""
    return [str(line) for line in part.evaluate(FAINT)]
