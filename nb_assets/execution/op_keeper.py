"""What keeps the history and the outputs of ops, and what it tells of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from nb_assets.errors import ValueMissingError
from nb_assets.execution.op_values import key_in, without_key

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.events import OpFinished
    from nb_assets.execution.op_outcome import OpOutput


@dataclass(frozen=True, kw_only=True)
class OpAttempt:
    """One attempt of an op. The timestamp is in seconds since 1970, the duration in seconds."""

    op: str
    run_id: str
    timestamp: float
    attempt: int
    duration: float
    outcome: str
    error: str | None = None


@dataclass(frozen=True, kw_only=True)
class KeptOutput:
    """An output of a run before, with the version of its data."""

    output: OpOutput
    version: str


class OpKeeper(Protocol):
    """Keeps what ops did and gave."""

    def note(self, event: OpFinished) -> None:
        """Keep that an attempt ended."""
        ...

    def keep(
        self, key: AssetKey, op: str, run_id: str, made_with: str, outputs: Mapping[str, OpOutput]
    ) -> dict[str, str]:
        """Keep the outputs of an op under what they were made with and from; return the versions of their data."""
        ...

    def outputs(self, key: AssetKey, op: str, made_with: str) -> dict[str, KeptOutput] | None:
        """Return the outputs that were made with and from this, or None when they are not all at hand."""
        ...

    def value(self, key: AssetKey, op: str, output: str) -> Any:
        """Return the last value of an output.

        Raises
        ------
        ValueMissingError
            When there is none.
        """
        ...


def part_of(path: str, name: str, op: str, output: str) -> str | None:
    """Return the mapping key of an output that was kept, if it is a part of what an op gives for an output."""
    if without_key(path) != op or without_key(name) != output:
        return None
    return key_in(name) or key_in(path)


def missing_output(key: AssetKey, op: str, output: str) -> ValueMissingError:
    """Return the error of asking for an output that was not given."""
    return ValueMissingError(
        f"the op `{op}` of `{key.to_user_string()}` gave no value for its output `{output}`."
    )
