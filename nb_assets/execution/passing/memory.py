"""The IO manager that keeps values in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from nb_assets.definitions.io_manager import IOManager, IOManagerDefinition, io_manager

if TYPE_CHECKING:
    from nb_assets.definitions.passing.input_context import InputContext
    from nb_assets.definitions.passing.output_context import OutputContext


class InMemoryIOManager(IOManager):
    """Keeps each value in memory, under the run, the step and the output that gave it."""

    lives_in_memory: ClassVar[bool] = True

    def __init__(self) -> None:
        self.values: dict[tuple[object, ...], object] = {}

    def handle_output(self, context: OutputContext, obj: Any) -> None:
        """Keep the value."""
        self.values[tuple(context.get_identifier())] = obj

    def load_input(self, context: InputContext) -> Any:
        """Return the value as it was given."""
        return self.values[tuple(context.get_identifier())]


def _in_memory(_context: Any) -> InMemoryIOManager:
    """Keep values in memory."""
    return InMemoryIOManager()


mem_io_manager: IOManagerDefinition = io_manager(_in_memory)
