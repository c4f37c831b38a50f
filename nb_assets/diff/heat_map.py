"""Draws where two-dimensional arrays differ, and by how much, as a small picture."""

from __future__ import annotations

import base64
import struct
import zlib
from typing import TYPE_CHECKING, Any

from nb_assets.diff.blocks import Picture, Pictures
from nb_assets.diff.wording import count, number_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MATRIX = 2
_MOST_CELLS = 96
_LEAST_PIXELS = 4
_MOST_PIXELS = 288
# The accent that marks changes everywhere; how much changed is how opaque it is, so that it reads on any background.
_COLOUR = (217, 154, 28)
_FAINTEST = 0.22


def heat_map(old: NDArray[Any], new: NDArray[Any], differs: NDArray[Any]) -> Pictures | None:
    """Draw the largest difference of each region of a matrix; None for what is no matrix of numbers.

    Parameters
    ----------
    differs
        Which elements count as changed.
    """
    import numpy as np

    if old.ndim != _MATRIX or min(old.shape) == 1 or not {old.dtype.kind, new.dtype.kind} <= set("biuf"):
        return None
    with np.errstate(all="ignore"):
        apart = np.abs(new.astype(float) - old.astype(float))
    # What is infinitely far apart, or came from or became NaN, is drawn like the largest difference.
    finite = apart[differs & np.isfinite(apart)]
    largest = float(finite.max()) if finite.size and finite.max() > 0 else 1.0
    strength = np.where(differs, np.where(np.isfinite(apart), apart / largest, 1.0), 0.0)
    cells = _pooled(_pooled(strength, 0), 1)
    alpha = np.where(cells > 0, _FAINTEST + (1 - _FAINTEST) * np.clip(cells, 0, 1), 0.06)
    scale = max(1, min(_LEAST_PIXELS * 3, _MOST_PIXELS // max(cells.shape)))
    pixels = np.repeat(np.repeat((alpha * 255).astype(np.uint8), scale, axis=0), scale, axis=1)
    rows, columns = old.shape
    caption = f"where {count(rows, 'row')} × {count(columns, 'column')} differ, up to {number_text(largest)}"
    return Pictures((Picture(f"data:image/png;base64,{_png(pixels)}", caption, crisp=True),))


def _pooled(values: NDArray[Any], axis: int) -> NDArray[Any]:
    """Keep the largest of each run of rows or columns, so that one changed element of a million is still seen."""
    import numpy as np

    length = values.shape[axis]
    if length <= _MOST_CELLS:
        return values
    starts = np.linspace(0, length, _MOST_CELLS, endpoint=False).astype(int)
    return np.asarray(np.maximum.reduceat(values, starts, axis=axis))


def _png(alpha: NDArray[Any]) -> str:
    """Write one colour under an alpha channel as PNG. See https://www.w3.org/TR/png-3/."""
    import numpy as np

    height, width = alpha.shape
    image = np.empty((height, width, 4), dtype=np.uint8)
    image[..., :3] = _COLOUR
    image[..., 3] = alpha
    rows = b"".join(b"\0" + row.tobytes() for row in image)
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    written = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return base64.b64encode(written).decode("ascii")
