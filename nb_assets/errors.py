"""The errors that users see: one base class, each a paragraph that says what to do.

NbAssetsError (DagsterError)
├── DefinitionError           what was written cannot be an asset
│   ├── DuplicateKeyError     one key, two definitions
│   ├── CycleError            assets that depend on themselves
│   ├── MissingResourceError  a resource that is needed and not there
│   ├── CheckSpecError        a check that looks at its own asset twice
│   └── CellError             a ``%%asset`` cell that cannot be registered
├── InvocationError           a decorated function called in a way it cannot answer
│   ├── UnknownResourceError  a function that asks for a resource it does not say it needs
│   └── NoRunError            a context without a run that is asked for what runs have
├── UnknownPartitionError     a partition that does not exist
├── SelectionError            a selection string that names nothing or cannot be read
├── UsageError                a magic or a command with words it does not know
├── StoreError                history or values that cannot be read or written
│   ├── StoreVersionError     a store written by a newer version
│   ├── UnsupportedValueError a value that no handler can store
│   └── ValueMissingError     a recorded value that is not there (any more)
├── RunError                  a run that could not finish
│   ├── ResourceError         a resource that could not be made
│   ├── OutputError           an asset returned something other than what it declares
│   │   ├── NoOutputError     it gave nothing for what it must give
│   │   └── TypeCheckError    a value of another type than the declared one
│   ├── AssetCheckFailedError a blocking check failed
│   └── RunCancelledError     a run that was asked to stop
└── MissingPackageError       an optional package that is not installed

Between the base and these stand the names that Dagster has for the same: what is caught by one of its names there is
caught by it here. Nothing here knows how errors are drawn, but for the one hook by which IPython asks an exception for
its own text.
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


# Dagster's names. What it tells by them is told by one of ours below, which says more precisely what is wrong.

DagsterError = NbAssetsError


class DagsterInvariantViolationError(NbAssetsError):
    """Something is not as it always has to be."""


class DagsterInvalidDefinitionError(NbAssetsError):
    """What was written cannot be an asset, an op, a job or anything else of that kind."""


class DagsterInvalidConfigDefinitionError(NbAssetsError):
    """What was written cannot be the schema of a configuration."""


class DagsterInvalidConfigError(NbAssetsError):
    """A configuration is not what its schema asks for."""


class DagsterInvalidInvocationError(NbAssetsError):
    """A decorated function was called in a way that it cannot answer."""


class DagsterInvalidSubsetError(NbAssetsError):
    """A selection names what there is not."""


class DagsterUnknownResourceError(NbAssetsError, AttributeError):
    """A resource was asked for that is not there."""


class DagsterUnknownPartitionError(NbAssetsError):
    """A partition was asked for that is not there."""


class DagsterRunNotFoundError(NbAssetsError):
    """A run was asked for that is not there."""


class DagsterExecutionStepNotFoundError(NbAssetsError):
    """A step was asked for that is not there."""


class DagsterEventLogInvalidForRun(NbAssetsError):  # noqa: N818 - Dagster's name
    """The events of a run cannot be made sense of."""


class DagsterStepOutputNotFoundError(NbAssetsError):
    """A step gave nothing for an output."""


class DagsterTypeCheckDidNotPass(NbAssetsError):  # noqa: N818 - Dagster's name
    """A value is not of the type that is declared."""


class DagsterUnmetExecutorRequirementsError(NbAssetsError):
    """An executor cannot do what it is asked to here."""


class DagsterSubprocessError(NbAssetsError):
    """Another process failed."""


class DagsterUserCodeExecutionError(NbAssetsError):
    """The user's own code failed."""


class DagsterExecutionStepExecutionError(DagsterUserCodeExecutionError):
    """The function of a step failed."""


class DagsterTypeCheckError(DagsterUserCodeExecutionError):
    """The function that checks a type failed."""


class DagsterResourceFunctionError(DagsterUserCodeExecutionError):
    """The function of a resource failed."""


class DagsterConfigMappingFunctionError(DagsterUserCodeExecutionError):
    """The function that maps one configuration to another failed."""


class DagsterExecutionInterruptedError(BaseException):
    """A run was interrupted."""


class DefinitionError(DagsterInvalidDefinitionError, DagsterInvariantViolationError):
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


class MissingResourceError(DefinitionError):
    """A resource is needed and not there."""

    def __init__(self, name: str, owner: str, names: Iterable[str], where: str = "") -> None:
        given = list(names)
        there = f" There are {', '.join(sorted(given))}." if given else ""
        super().__init__(
            f"{owner} needs the resource `{name}`, which was not given.{near(name, given)}{there} Give it by name, "
            f'resources={{"{name}": …}}{where}.'
        )


class CheckSpecError(DefinitionError, ValueError):
    """A check names the asset that it looks at as another one too. Dagster has a `ValueError` for it."""


class CellError(DefinitionError):
    """A cell cannot be registered."""


class InvocationError(DagsterInvalidInvocationError, DagsterInvariantViolationError):
    """A decorated function was called in a way that it cannot answer."""


class UnknownResourceError(InvocationError, DagsterUnknownResourceError):
    """A function asks for a resource that it does not say it needs."""


class NoRunError(InvocationError):
    """A context that was built for a direct call is asked for what only runs have."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"`context.{name}` is of a run, and this context was built for a direct call, which is none: leave it out, or run "
            "the function with `materialize` or in a job."
        )


class UnknownPartitionError(DagsterUnknownPartitionError, DagsterInvalidInvocationError):
    """A partition was asked for that does not exist."""


class SelectionError(
    DagsterInvalidSubsetError, DagsterInvalidDefinitionError, DagsterInvariantViolationError
):
    """A selection names nothing or cannot be read.

    Attributes
    ----------
    at
        Where the string stops making sense, as an index; None where it can be read.
    """

    at: int | None = None


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


class RunError(DagsterInvariantViolationError):
    """A run could not finish."""


class ResourceError(RunError, DagsterResourceFunctionError):
    """A resource could not be made."""


class OutputError(RunError):
    """An asset returned something other than what it declares."""


class NoOutputError(OutputError, DagsterStepOutputNotFoundError):
    """An asset gave nothing for what it must give."""


class TypeCheckError(OutputError, DagsterTypeCheckDidNotPass):
    """A value is of another type than the declared one."""


class AssetCheckFailedError(RunError):
    """A blocking check failed, so that what is derived from its asset is not made."""


class RunCancelledError(RunError, DagsterExecutionInterruptedError):
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
