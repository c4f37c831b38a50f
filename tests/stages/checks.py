"""Static checks of the Python: lint, format, types, and the direction of imports."""

from __future__ import annotations

from collections.abc import Sequence

from tests.stages.stage import Counts, command, tool


def lint(_: Sequence[str]) -> Counts:
    """Check rules and format."""
    return command([tool("ruff"), "check", "--output-format=concise"]) + command(
        [tool("ruff"), "format", "--check"]
    )


def types(_: Sequence[str]) -> Counts:
    """Check types."""
    return command([tool("mypy")])


def imports(_: Sequence[str]) -> Counts:
    """Check that imports flow one way."""
    return command([tool("lint-imports"), "--no-logo"])
