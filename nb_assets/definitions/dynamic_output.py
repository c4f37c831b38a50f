"""Outputs of which it is known at run time alone how many there are: each part has a mapping key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from nb_assets.definitions.metadata import MetadataValue, as_metadata
from nb_assets.definitions.op_io import Out
from nb_assets.definitions.result import DEFAULT_OUTPUT
from nb_assets.errors import DefinitionError

T = TypeVar("T")
_KEY = re.compile(r"[A-Za-z0-9_]+")


@dataclass(frozen=True)
class DynamicOut(Out):
    """An output of any number of parts: the op yields a `DynamicOutput` for each."""

    @property
    def is_dynamic(self) -> bool:
        """Whether it has parts."""
        return True


@dataclass(frozen=True, init=False)
class DynamicOutput(Generic[T]):
    """One part of a dynamic output, under a key of letters, digits and underscores that no other part has."""

    value: T
    mapping_key: str
    output_name: str
    metadata: Mapping[str, MetadataValue[Any]]

    def __init__(
        self,
        value: T,
        mapping_key: str,
        output_name: str = DEFAULT_OUTPUT,
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        given: Any = mapping_key
        if not isinstance(given, str) or not _KEY.fullmatch(given):
            raise DefinitionError(
                f"{mapping_key!r} cannot be a mapping_key: it is a text of letters, digits and underscores, which names the part "
                "in the history."
            )
        object.__setattr__(self, "value", value)
        object.__setattr__(self, "mapping_key", mapping_key)
        object.__setattr__(self, "output_name", output_name)
        object.__setattr__(self, "metadata", as_metadata(metadata))
