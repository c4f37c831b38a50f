"""The tags of the op that makes assets, with what it is made with among them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from nb_assets.errors import DefinitionError

COMPUTE_KIND_TAG = "dagster/compute_kind"


def tags_of_op(
    tags: Mapping[str, Any] | None, compute_kind: str | None, kinds: Iterable[str] | None, owner: str
) -> dict[str, str]:
    """Return the tags of an op: text to text, other values as JSON.

    Raises
    ------
    DefinitionError
        When one of them has no JSON, or what it is made with is said in two ways.
    """
    if compute_kind is not None and kinds:
        raise DefinitionError(f"`{owner}` has both compute_kind and kinds, which say the same: give kinds.")
    if compute_kind is not None and not isinstance(compute_kind, str):
        raise DefinitionError(f"the compute_kind of `{owner}` is a word, not {compute_kind!r}.")
    found: dict[str, str] = {}
    for key, value in (tags or {}).items():
        try:
            found[str(key)] = value if isinstance(value, str) else json.dumps(value)
        except (TypeError, ValueError):
            raise DefinitionError(
                f"the tag `{key}` of the op of `{owner}` has the value {value!r}, which has no JSON."
            ) from None
    if compute_kind is not None:
        if COMPUTE_KIND_TAG in found:
            raise DefinitionError(
                f"`{owner}` has a compute_kind, and op_tags with `{COMPUTE_KIND_TAG}`: give one of them."
            )
        found[COMPUTE_KIND_TAG] = compute_kind
    return found
