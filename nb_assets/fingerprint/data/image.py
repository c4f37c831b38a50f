"""PIL images: mode, size, palette and pixels; not the file that they came from."""

from __future__ import annotations

from typing import Any

from nb_assets.fingerprint.data.walk import Walk, digest, register_named


@register_named("PIL", "Image")
def encode_image(value: Any, walk: Walk) -> bytes:
    """Encode an image as what it shows; opened from a file or made in memory is the same."""
    palette = value.getpalette("RGBA") if value.mode in ("P", "PA") else None
    head = walk.encode((value.mode, value.size, palette, value.info.get("transparency")))
    return digest(b"image", head, value.tobytes())
