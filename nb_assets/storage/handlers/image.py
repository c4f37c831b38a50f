"""PIL images, stored as PNG when PNG gives back the same pixels."""

from __future__ import annotations

from typing import Any, BinaryIO, Final

from nb_assets.storage.handlers.handler import Summary, UnfaithfulError, module_of

# Those that PNG holds bit for bit.
_MODES: Final = frozenset(["1", "L", "LA", "RGB", "RGBA", "I;16"])


class ImageHandler:
    """Stores an image as PNG."""

    name: Final = "png"
    suffix: Final = ".png"

    def matches(self, value: Any) -> bool:
        """Tell whether it is an image of PIL."""
        return module_of(value) == "PIL" and any(kind.__qualname__ == "Image" for kind in type(value).__mro__)

    def summarise(self, value: Any) -> Summary:
        """Give size and mode."""
        return Summary(f"image {value.width:,} × {value.height:,} {value.mode}")

    def write(self, value: Any, file: BinaryIO) -> None:
        """Write the pixels."""
        if (
            value.mode not in _MODES
            or "transparency" in value.info
            or getattr(value, "n_frames", 1) != 1
            or not (value.width and value.height)
        ):
            raise UnfaithfulError(f"PNG does not hold this image of mode {value.mode} exactly")
        value.save(file, format="PNG", compress_level=1)

    def read(self, file: BinaryIO) -> Any:
        """Read the pixels into an image of its own."""
        from PIL import Image

        with Image.open(file) as image:
            mode = image.mode
            return image.convert(mode) if mode != "I;16" else image.copy()
