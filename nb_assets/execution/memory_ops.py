"""Keeps the outputs of the ops of one run in memory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from nb_assets.execution.op_keeper import KeptOutput, missing_output, part_of

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.execution.events import OpFinished
    from nb_assets.execution.op_outcome import OpOutput


class MemoryOps:
    """Keeps the outputs of one run in memory."""

    def __init__(self) -> None:
        self._values: dict[tuple[AssetKey, str, str], Any] = {}

    def note(self, event: OpFinished) -> None:
        """Keep nothing: the run tells of its attempts itself."""

    def keep(
        self, key: AssetKey, op: str, run_id: str, made_with: str, outputs: Mapping[str, OpOutput]
    ) -> dict[str, str]:
        """Keep the values as they were given; their versions play no part in one run."""
        del made_with
        self._values.update({(key, op, name): given.value for name, given in outputs.items()})
        return dict.fromkeys(outputs, run_id)

    def outputs(self, key: AssetKey, op: str, made_with: str) -> dict[str, KeptOutput] | None:
        """Return nothing: one run has no past."""
        del key, op, made_with
        return None

    def value(self, key: AssetKey, op: str, output: str) -> Any:
        """Return the value of an output, or those of its parts by mapping key."""
        if (key, op, output) in self._values:
            return self._values[key, op, output]
        parts = {
            part: value
            for (of, path, name), value in self._values.items()
            if of == key and (part := part_of(path, name, op, output)) is not None
        }
        if not parts:
            raise missing_output(key, op, output)
        return parts
