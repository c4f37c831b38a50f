"""One edit: what is in the notebook before it, what it does, and what is stale after it, and why."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

START = (
    "import collections, contextlib, enum, functools, importlib, itertools, operator, os, re, sys, types, typing\n"
    "from dataclasses import dataclass, field\nimport numpy as np, pandas as pd\nfrom nb_assets import asset\n"
)
"""What every notebook of the table begins with."""


@dataclass(frozen=True, kw_only=True)
class Edit:
    """An edit of what one asset reaches, in its own cell or in others.

    Attributes
    ----------
    gives
        What the asset returns: an expression, or the body of its function.
    before, after
        The cell that is run before the asset is made, and the one that is run then.
    why
        The reason that makes it stale; nothing when it stays fresh.
    told
        What is said not to be tracked, as far as its beginning; nothing when all is.
    """

    name: str
    gives: str
    before: str = "pass"
    after: str = "pass"
    why: str = ""
    told: str = ""

    def asset(self, name: str = "made") -> str:
        """Return the source of the asset."""
        body = (
            self.gives if self.gives.startswith("return ") or "\n" in self.gives else f"return {self.gives}"
        )
        return f"@asset\ndef {name}():\n{textwrap.indent(body, '    ')}\n"
