"""What an IO manager is told of a value that it is to load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.metadata import as_metadata
from nb_assets.definitions.passing.passed_context import PassedContext
from nb_assets.errors import InvocationError

if TYPE_CHECKING:
    from nb_assets.definitions.metadata_value import MetadataValue
    from nb_assets.definitions.passing.output_context import OutputContext


class InputContext(PassedContext):
    """What is known of an input: what takes it, and which output gave the value."""

    def __init__(
        self, *, upstream_output: OutputContext | None = None, instance: Any = None, **common: Any
    ) -> None:
        super().__init__(**common)
        self._upstream_output = upstream_output
        self._instance = instance
        self._added: dict[str, MetadataValue[Any]] = {}

    @property
    def has_input_name(self) -> bool:
        """Whether an input takes the value: not so when it is loaded outside of a run."""
        return self._name is not None

    @property
    def upstream_output(self) -> OutputContext | None:
        """The output that gave the value, None when it comes from nowhere in the graph."""
        return self._upstream_output

    @property
    def instance(self) -> Any:
        """The DagsterInstance that keeps the values and the history of the run."""
        return self._instance if self._instance is not None else self._lacks("instance")

    def get_identifier(self) -> Sequence[str]:
        """Return what tells the output that gave the value from all others.

        Raises
        ------
        InvocationError
            When nothing in the graph gave it.
        """
        if self._upstream_output is None:
            raise InvocationError(
                "this input has no upstream_output: nothing in the graph gave its value, so there is no identifier of that."
            )
        return self._upstream_output.get_identifier()

    def add_input_metadata(self, metadata: Mapping[str, Any], description: str | None = None) -> None:
        """Say something of the value that was loaded."""
        del description
        self._added |= as_metadata(metadata)

    def consume_logged_metadata(self) -> Mapping[str, MetadataValue[Any]]:
        """Return what was said since the last time."""
        added, self._added = self._added, {}
        return added
