"""What a handler is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol


class UnfaithfulError(Exception):
    """Says that a format would not give back the same value, so that another one has to hold it."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A line about a value, and how many rows it has when it has rows."""

    text: str
    rows: int | None = None


class Handler(Protocol):
    """Stores the values of one type in one format.

    What `read` returns is equal to what `write` was given, may be changed, and needs the file no longer.
    """

    @property
    def name(self) -> str:
        """The name of the format, which records refer to."""
        ...

    @property
    def suffix(self) -> str:
        """The end of the files' names, with its dot."""
        ...

    def matches(self, value: Any) -> bool:
        """Tell whether this handler is the one for a value, in a few microseconds and without importing anything."""
        ...

    def summarise(self, value: Any) -> Summary:
        """Say in a line what the value is."""
        ...

    def write(self, value: Any, file: BinaryIO) -> None:
        """Write the value; raise UnfaithfulError when the format cannot hold it exactly."""
        ...

    def read(self, file: BinaryIO) -> Any:
        """Read the value that was written."""
        ...


def module_of(value: Any) -> str:
    """Return the top-level package that a value's type comes from."""
    return module_of_type(type(value))


def module_of_type(kind: type) -> str:
    """Return the top-level package that a type comes from."""
    return kind.__module__.partition(".")[0]
