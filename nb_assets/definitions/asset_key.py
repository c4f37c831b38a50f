"""The key of an asset: its name, in one or more parts."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import total_ordering
from typing import Any

from nb_assets.errors import DefinitionError

_DELIMITER = "/"


@total_ordering
class AssetKey:
    """The handle of an asset, in one or more parts; equal keys are the same asset."""

    __slots__ = ("_hash", "parts")
    parts: tuple[str, ...]

    def __init__(self, path: str | Sequence[str]) -> None:
        parts = (path,) if isinstance(path, str) else tuple(path) if isinstance(path, (list, tuple)) else ()
        if not parts or not all(isinstance(part, str) for part in parts):
            raise DefinitionError(
                f'an asset key is a text or a list of texts, such as "trips" or ["raw", "trips"], not {path!r}.'
            )
        object.__setattr__(self, "parts", parts)
        object.__setattr__(self, "_hash", hash(parts))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"an AssetKey cannot be changed: build another one instead of setting {name!r}")

    @property
    def path(self) -> list[str]:
        """The parts as a list."""
        return list(self.parts)

    def to_user_string(self) -> str:
        """Return the parts joined by slashes, as people write a key."""
        return _DELIMITER.join(self.parts)

    def to_string(self) -> str:
        """Return the parts as a JSON list."""
        return json.dumps(self.path)

    def to_python_identifier(self, suffix: str | None = None) -> str:
        """Return a valid identifier made of the parts."""
        parts = [*self.parts, suffix] if suffix is not None else self.parts
        return "__".join(parts).replace("-", "_").replace(".", "_")

    @staticmethod
    def from_user_string(text: str) -> AssetKey:
        """Read a key as people write it, with slashes between its parts."""
        return AssetKey(text.split(_DELIMITER))

    def to_escaped_user_string(self) -> str:
        """Return the parts joined by slashes, with those that are in a part marked: no two keys read the same."""
        escape = {_DELIMITER: "\\/", "\\": "\\\\"}
        return _DELIMITER.join("".join(escape.get(char, char) for char in part) for part in self.parts)

    @staticmethod
    def from_escaped_user_string(text: str) -> AssetKey:
        """Read a key that `to_escaped_user_string` wrote."""
        parts = re.findall(r"((?:\\.|[^/\\])*)(?:/|$)", text)
        # The end of the text is matched once more, as an empty part.
        return AssetKey([re.sub(r"\\(.)", r"\1", part) for part in parts[:-1] or parts])

    @staticmethod
    def from_coercible(value: Any) -> AssetKey:
        """Read whatever stands for a key: a text, a list of texts, a key, a spec or a definition of one asset.

        A text is a key of one part, as in Dagster; `from_user_string` is what splits at slashes.

        Raises
        ------
        DefinitionError
            When the value stands for no key.
        """
        if isinstance(value, AssetKey):
            return value
        if isinstance(value, (str, list, tuple)):
            return AssetKey(value)
        key = getattr(value, "key", None)
        if isinstance(key, AssetKey):
            return key
        raise DefinitionError(
            f"{value!r} does not name an asset: give its key as a text, a list of texts or an AssetKey, or the "
            "decorated asset itself."
        )

    def has_prefix(self, prefix: Sequence[str]) -> bool:
        """Tell whether the key begins with these parts."""
        return self.parts[: len(prefix)] == tuple(prefix)

    def with_prefix(self, prefix: str | Sequence[str]) -> AssetKey:
        """Return the key with these parts in front."""
        return AssetKey([*((prefix,) if isinstance(prefix, str) else prefix), *self.parts])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AssetKey) and self.parts == other.parts

    def __lt__(self, other: AssetKey) -> bool:
        return self.parts < other.parts

    def __hash__(self) -> int:
        return self._hash  # type: ignore[attr-defined, no-any-return]

    def __reduce__(self) -> tuple[Any, ...]:
        # The hash of a text differs from process to process, so it is taken anew.
        return AssetKey, (self.parts,)

    def __repr__(self) -> str:
        return f"AssetKey({self.path})"
