"""The course of a number over the versions of an asset, in a line of text or in a picture of that size."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape

__all__ = ["course", "sparkline_html", "sparkline_text"]

WIDTH, HEIGHT, EDGE = 120, 24, 3
_BARS = "▁▂▃▄▅▆▇█"
_COLOUR = "#5b8def"


def sparkline_text(values: Sequence[float], count: int = 30) -> str:
    """Return the last values as blocks of different heights; one that never changes is in the middle."""
    shown = values[-count:]
    return "".join(_BARS[round(height * (len(_BARS) - 1))] for height in _heights(shown))


def sparkline_html(points: Sequence[tuple[int, float]]) -> str:
    """Return a picture that survives in a notebook nobody trusts: an image, whose description says the same."""
    heights = _heights([value for _, value in points])
    step = (WIDTH - 2 * EDGE) / max(1, len(points) - 1)
    places = [
        (EDGE + index * step, EDGE + (1 - height) * (HEIGHT - 2 * EDGE))
        for index, height in enumerate(heights)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    x, y = places[-1]
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">'
        f'<polyline points="{line}" fill="none" stroke="{_COLOUR}" stroke-width="1.5"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2" fill="{_COLOUR}"/></svg>'
    )
    data = base64.b64encode(drawn.encode()).decode()
    told = escape(course(points))
    return f'<img alt="{told}" title="{told}" width="{WIDTH}" height="{HEIGHT}" src="data:image/svg+xml;base64,{data}">'


def course(points: Sequence[tuple[int, float]]) -> str:
    """Return the course in words: "v1 to v7: 120 to 300, between 90 and 300"."""
    values = [value for _, value in points]
    first, last = points[0], points[-1]
    return f"v{first[0]} to v{last[0]}: {first[1]:,g} to {last[1]:,g}, between {min(values):,g} and {max(values):,g}"


def _heights(values: Sequence[float]) -> list[float]:
    low, high = min(values, default=0.0), max(values, default=0.0)
    # Halved first: the span of the widest floats is none of them.
    span = high / 2 - low / 2
    return [0.5 if span == 0 else (value / 2 - low / 2) / span for value in values]
