"""Make the virtual environment that a command of a checkout runs in, with nothing but the standard library."""

from __future__ import annotations
