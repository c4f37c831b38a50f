"""Draws the committed pictures of every kind of diff, in light and in dark: `python -m tests.refresh_diff_pictures`.

Look at what changed before committing it. Each picture carries a digest of the HTML that it was drawn from, by which
`tests/diff/test_pictures.py` tells a picture that is out of date.
"""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import sync_playwright

from nb_assets.diff import diff
from tests.diff.gallery import pairs
from tests.harness import chromium

PICTURES = Path(__file__).parent / "diff" / "pictures"
THEMES = {"light": ("#ffffff", "#212121"), "dark": ("#111111", "#e0e0e0")}
DIGEST = "html"
_WIDTH = 860
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:e-?\d+)?")
_INLINE_PICTURE = re.compile(r'src="data:image/[^"]*"')


def digest_of(html: str) -> str:
    """Return what stands for the HTML: its words and its form. Numbers and inline pictures count by their place alone.

    Those differ with the versions of what draws figures and fits models.
    """
    lasting = _NUMBER.sub("0", _INLINE_PICTURE.sub('src=""', html))
    return hashlib.sha256(lasting.encode()).hexdigest()[:16]


def main() -> None:
    """Draw all of them."""
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    path = chromium.find()
    assert path is not None, "There is no Chromium; `python3 -m tests browser` brings one."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        page = browser.new_page(viewport={"width": _WIDTH, "height": 600})
        for name, (before, after) in pairs().items():
            html = diff(before, after).to_html()
            for theme, (background, text) in THEMES.items():
                page.set_content(
                    f'<!doctype html><body style="margin:0"><div id="shown" style="background:{background};color:{text};padding:10px;'
                    f'color-scheme:{theme}">{html}</div></body>'
                )
                shot = Image.open(io.BytesIO(page.locator("#shown").screenshot()))
                said = PngInfo()
                said.add_text(DIGEST, digest_of(html))
                small = shot.convert("RGB").quantize(128)
                small.save(PICTURES / f"{name}-{theme}.png", pnginfo=said, optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
