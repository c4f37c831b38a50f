"""What changed between two pictures (Pillow images, Matplotlib figures): side by side, with the pixels that differ."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any

from nb_assets.diff.blocks import Block, Picture, Pictures
from nb_assets.diff.value_diff import ValueDiff, shown, unchanged
from nb_assets.diff.wording import ARROW, Phrase, headline, percent

if TYPE_CHECKING:
    from PIL.Image import Image

    from nb_assets.diff.dispatch import Options

_LARGEST_SIDE = 320
_MOST_BYTES = 45_000
_RED = (229, 72, 77, 255)


def is_image(value: object) -> bool:
    """Recognise Pillow images without importing Pillow."""
    return any(cls.__module__ == "PIL.Image" and cls.__name__ == "Image" for cls in type(value).__mro__)


def is_figure(value: object) -> bool:
    """Recognise Matplotlib figures without importing Matplotlib."""
    return any(
        cls.__module__ == "matplotlib.figure" and cls.__name__ == "Figure" for cls in type(value).__mro__
    )


def diff_figures(old: Any, new: Any, options: Options) -> ValueDiff:
    """Compare two figures by what they draw."""
    return diff_images(_drawn(old), _drawn(new), options)


def diff_images(old: Image, new: Image, options: Options) -> ValueDiff:  # noqa: ARG001 - the signature of every kind
    """Compare two images pixel by pixel."""
    about = f"{new.width:,} × {new.height:,} {new.mode}"
    clauses = []
    pictures = [_picture(old, "before"), _picture(new, "after")]
    if old.size != new.size:
        clauses.append(
            [
                Phrase(
                    f"{old.width:,} × {old.height:,} {ARROW} {new.width:,} × {new.height:,} pixels", "changed"
                )
            ]
        )
    if old.mode != new.mode:
        clauses.append([Phrase(f"mode {old.mode} {ARROW} {new.mode}", "changed")])
    if old.size == new.size and old.width and old.height:
        mask = _differing(old, new)
        pixels = mask.histogram()[255]
        if pixels:
            share = percent(pixels, old.width * old.height)
            clauses.insert(0, [Phrase(f"{pixels:,} pixels changed ({share})", "changed")])
            pictures.append(_picture(_masked(new, mask), "what differs"))
    if not clauses:
        return unchanged("image", about)
    blocks: tuple[Block, ...] = (Pictures(tuple(each for each in pictures if each is not None)),)
    return shown("image", headline(*clauses), badge="~", blocks=blocks)


def _drawn(figure: Any) -> Image:
    from PIL import Image

    target = io.BytesIO()
    figure.savefig(target, format="png", dpi=72)
    target.seek(0)
    return Image.open(target).convert("RGBA")


def _differing(old: Image, new: Image) -> Image:
    """Mark every pixel that differs in any channel with 255."""
    from PIL import Image, ImageChops

    if old.mode == new.mode and old.mode[0] in "IF":  # Deeper than eight bits, which colours would cut off.
        import numpy as np

        before, after = np.asarray(old), np.asarray(new)
        differs = (before != after) & ~((before != before) & (after != after))  # noqa: PLR0124 - NaN
        return Image.fromarray(np.where(differs, 255, 0).astype(np.uint8), "L")
    channels = ImageChops.difference(old.convert("RGBA"), new.convert("RGBA")).split()
    mask = channels[0]
    for channel in channels[1:]:
        mask = ImageChops.lighter(mask, channel)
    return mask.point([0] + [255] * 255)


def _masked(image: Image, mask: Image) -> Image:
    from PIL import Image

    faded = Image.blend(image.convert("RGBA"), Image.new("RGBA", image.size, (255, 255, 255, 255)), 0.75)
    faded.paste(_RED, mask=mask)
    return faded


def _picture(image: Image, caption: str) -> Picture | None:
    """Make a thumbnail that is small enough to keep in a notebook; None for an image without pixels."""
    if not image.width or not image.height:
        return None
    side = _LARGEST_SIDE
    while side >= _LARGEST_SIDE // 8:
        small = image.convert("RGBA")
        small.thumbnail((side, side))
        target = io.BytesIO()
        small.save(target, format="PNG", optimize=True)
        if target.tell() <= _MOST_BYTES:
            encoded = base64.b64encode(target.getvalue()).decode("ascii")
            return Picture(f"data:image/png;base64,{encoded}", caption)
        side //= 2
    return None
