"""Where the bundles of the front end are, as `npm run build` writes them."""

from __future__ import annotations

from pathlib import Path

__all__ = ["STATIC"]

STATIC = Path(__file__).parent / "static"
