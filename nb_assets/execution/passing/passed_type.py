"""The type of a value as an IO manager sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nb_assets.execution.type_check import shown_type


@dataclass(frozen=True)
class PassedType:
    """A declared or annotated type. `typing_type` is the type itself."""

    typing_type: Any

    @property
    def display_name(self) -> str:
        """The type as an annotation has it."""
        return shown_type(self.typing_type)

    @property
    def is_any(self) -> bool:
        """Whether it says nothing."""
        return self.typing_type is Any

    @property
    def is_nothing(self) -> bool:
        """Whether it says that there is no value."""
        return self.typing_type is None or self.typing_type is type(None)


def passed_type(declared: Any) -> Any:
    """Return the type of a value as an IO manager sees it: what has a `typing_type` already is that."""
    return declared if hasattr(declared, "typing_type") else PassedType(declared)
