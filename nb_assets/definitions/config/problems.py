"""What is wrong with a configuration: each thing with its place, all of them in one paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from nb_assets.errors import DagsterInvalidConfigDefinitionError, DagsterInvalidConfigError, DefinitionError

_MAX_SHOWN = 60


class ConfigError(DagsterInvalidConfigError):
    """A configuration is not what its schema asks for.

    Attributes
    ----------
    errors
        What is wrong, each in a few words with its place.
    """

    def __init__(self, what: str, problems: Sequence[Problem]) -> None:
        self.errors = tuple(problems)
        told = "; ".join(str(each) for each in problems)
        super().__init__(f"{what} is not what it should be: {told}{'' if told.endswith('?') else '.'}")


class ConfigSchemaError(DefinitionError, DagsterInvalidConfigDefinitionError):
    """What was written cannot say what a configuration looks like."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong."""

    path: tuple[str, ...]
    text: str

    @property
    def message(self) -> str:
        """What is wrong, with its place."""
        return str(self)

    @property
    def place(self) -> str:
        """Where it is wrong: "ops.my_asset.config"."""
        shown = ""
        for part in self.path:
            shown += part if part.startswith("[") else f".{part}" if shown else part
        return shown

    def __str__(self) -> str:
        return f"at {self.place}: {self.text}" if self.path else self.text


@dataclass
class Reading:
    """The reading of one configuration.

    Attributes
    ----------
    resolving
        Whether environment variables are read and enums become what they stand for, as for a run.
    problems
        What was wrong so far.
    """

    resolving: bool = True
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, path: tuple[str, ...], text: str) -> None:
        """Note what is wrong at a place."""
        self.problems.append(Problem(path, text))


def shown(value: Any) -> str:
    """Return a value as an error tells of it, with its type."""
    if value is None:
        return "None"
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001 - objects of users may raise when they are shown
        text = "it"
    text = text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "…"
    return f"{text} ({type(value).__name__})"
