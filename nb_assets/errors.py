"""The errors that users see: one base class, each a paragraph that says what to do.

NbAssetsError
├── DefinitionError           what was written cannot be an asset
│   ├── DuplicateKeyError     one key, two definitions
│   ├── CycleError            assets that depend on themselves
│   └── CellError             a ``%%asset`` cell that cannot be registered
├── InvocationError           a decorated function called in a way it cannot answer
├── SelectionError            a selection string that names nothing or cannot be read
├── UsageError                a magic or a command with words it does not know
├── StoreError                history or values that cannot be read or written
│   ├── StoreVersionError     a store written by a newer version
│   ├── UnsupportedValueError a value that no handler can store
│   └── ValueMissingError     a recorded value that is not there (any more)
├── RunError                  a run that could not finish
│   ├── OutputError           an asset returned something other than what it declares
│   └── RunCancelledError     a run that was asked to stop
└── MissingPackageError       an optional package that is not installed

Nothing here knows how errors are drawn, but for the one hook by which IPython asks an exception for its own text.
"""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterable, Sequence


class NbAssetsError(Exception):
    """Something that the user can mend, said in one paragraph."""

    def _render_traceback_(self) -> list[str]:
        # IPython calls this in place of its own traceback: https://ipython.readthedocs.io/en/stable/config/integrating.html
        name = type(self).__name__
        return (
            textwrap.wrap(f"{name}: {self}", width=110, break_long_words=False, break_on_hyphens=False)
            if ("\n" not in str(self))
            else f"{name}: {self}".splitlines()
        )


class DefinitionError(NbAssetsError):
    """What was written cannot be an asset."""


class DuplicateKeyError(DefinitionError):
    """The same asset key is defined twice."""


class CycleError(DefinitionError):
    """Assets depend on themselves."""

    def __init__(self, chain: Sequence[str]) -> None:
        self.chain = tuple(chain)
        super().__init__(
            "these assets depend on each other in a circle, so none of them can be made first: "
            + " → ".join([*self.chain, self.chain[0]])
            + ". Remove one of these dependencies."
        )


class CellError(DefinitionError):
    """A cell cannot be registered."""


class InvocationError(NbAssetsError):
    """A decorated function was called in a way that it cannot answer."""


class SelectionError(NbAssetsError):
    """A selection names nothing or cannot be read."""


class UsageError(NbAssetsError):
    """A magic or a command was given words that it does not know."""


class StoreError(NbAssetsError):
    """History or values cannot be read or written."""


class StoreVersionError(StoreError):
    """The store was written by a newer version."""


class UnsupportedValueError(StoreError):
    """No handler can store this value."""


class ValueMissingError(StoreError):
    """A recorded value is not there, or not any more."""


class RunError(NbAssetsError):
    """A run could not finish."""


class OutputError(RunError):
    """An asset returned something other than what it declares."""


class RunCancelledError(RunError):
    """A run was asked to stop."""


class MissingPackageError(NbAssetsError):
    """An optional package is not installed."""

    def __init__(self, package: str, purpose: str, install: str | None = None) -> None:
        super().__init__(
            f"{purpose} needs the package `{package}`, which is not installed. "
            f"Install it with `%pip install {install or package}`, then run this again."
        )


def near(name: str, names: Iterable[str]) -> str:
    """Say which of the names may have been meant, or nothing."""
    close = difflib.get_close_matches(name, list(names), n=3, cutoff=0.6)
    if not close:
        return ""
    return " Did you mean " + " or ".join(f"`{candidate}`" for candidate in close) + "?"
