"""Figures of matplotlib: what they show, drawn as SVG. Their objects hold counters and callbacks that never repeat."""

from __future__ import annotations

import io
from typing import Any

from nb_assets.fingerprint.data.walk import UntrackedError, Walk, digest, register_named


@register_named("matplotlib", "Figure")
def encode_figure(value: Any, _walk: Walk) -> bytes:
    """Encode a figure by the vectors, texts and pixels that it is drawn with."""
    import matplotlib as mpl

    drawn = io.BytesIO()
    # A fixed salt, and no date, or the same figure would be drawn differently every time.
    with mpl.rc_context({"svg.hashsalt": "nb_assets", "svg.fonttype": "none", "savefig.bbox": None}):
        try:
            value.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
        except (ValueError, RuntimeError) as error:
            raise UntrackedError(f"a figure that cannot be drawn: {error}") from error
    return digest(b"figure", str(value.dpi).encode(), drawn.getbuffer())


@register_named("matplotlib", "Axes")
def encode_axes(value: Any, walk: Walk) -> bytes:
    """Encode axes as their place in their figure."""
    figure = value.get_figure(root=True)
    return digest(b"axes", str(figure.axes.index(value)).encode(), walk.encode(figure))
