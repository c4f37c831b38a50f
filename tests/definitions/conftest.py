"""A notebook in this process."""

from __future__ import annotations

from tests.harness.shell import notebook

__all__ = ["notebook"]
