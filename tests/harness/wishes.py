"""What a page of the lineage wishes to run, as its messages say it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def wish(
    what: str = "assets",
    *,
    keys: Sequence[str] = (),
    groups: Sequence[str] = (),
    reach: str = "only",
    force: bool = False,
) -> dict[str, Any]:
    """Return a wish for these assets alone, unless something else is said."""
    return {"what": what, "keys": list(keys), "groups": list(groups), "reach": reach, "force": force}
