"""The notebook that fingerprints are taken in."""

from __future__ import annotations

from tests.harness.shell import notebook

__all__ = ["notebook"]
