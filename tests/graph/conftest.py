"""A session in a folder of its own, and assets registered in it."""

from __future__ import annotations

from tests.execution.conftest import register, session

__all__ = ["register", "session"]
