"""The colours and the font of pictures outside of the notebook, for light and for dark.

Responsible for grounds, lines and text; what a status looks like is `views.status`'s.
"""

from __future__ import annotations

FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
LIGHT = {
    "ground": "#fcfcfd",
    "group": "#f1f3f5",
    "inner": "#e8ebee",
    "group-line": "#d9dee3",
    "card": "#ffffff",
    "card-line": "#c9d0d7",
    "text": "#1c2127",
    "quiet": "#5a636d",
    "edge": "#9aa5b1",
    "badge": "#e5f0fd",
    "badge-text": "#0b4f9e",
}
DARK = {
    "ground": "#15181c",
    "group": "#1d2126",
    "inner": "#252a30",
    "group-line": "#343b43",
    "card": "#23282e",
    "card-line": "#434b55",
    "text": "#e8ebee",
    "quiet": "#a4adb7",
    "edge": "#6b7682",
    "badge": "#152f4f",
    "badge-text": "#a5d0ff",
}
