"""What a step says of its outputs and beside them: the part of its context that takes metadata and events."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.metadata import as_metadata
from nb_assets.definitions.result import DEFAULT_OUTPUT
from nb_assets.errors import InvocationError, near
from nb_assets.execution.op_values import label

if TYPE_CHECKING:
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.op import OpDefinition
    from nb_assets.definitions.user_events import UserEvent


class Saying(ABC):
    """Takes metadata of outputs, until they are given, and events.

    Attributes
    ----------
    output_metadata
        What was added so far, by output; a part of a dynamic output bears its mapping key: "parts[a]".
    given
        The outputs, and parts of them, that were yielded already.
    """

    _definition: AssetsDefinition | None
    _op: OpDefinition | None
    _hear: Callable[[UserEvent], None] | None
    output_metadata: dict[str, dict[str, Any]]
    given: set[str]

    @property
    @abstractmethod
    def op_name(self) -> str:
        """The name of the step."""

    @abstractmethod
    def output_for_asset_key(self, asset_key: AssetKey) -> str:
        """Return the output that stands for an asset."""

    def add_output_metadata(
        self, metadata: Mapping[str, Any], output_name: str | None = None, mapping_key: str | None = None
    ) -> None:
        """Add metadata to the materialization of an output, the only one unless it is named.

        Raises
        ------
        InvocationError
            When there is no such output, or it was yielded already.
        DefinitionError
            When a value cannot be shown.
        """
        slot = label(self._output(output_name or self._only_output()), mapping_key)
        if slot in self.given:
            raise InvocationError(
                f"`{self.op_name}` adds metadata to its output `{slot}`, which it has yielded already: add it before, or give it "
                "with the Output."
            )
        as_metadata(metadata)
        self.output_metadata.setdefault(slot, {}).update(metadata)

    def add_asset_metadata(
        self,
        metadata: Mapping[str, Any],
        asset_key: AssetKey | str | Sequence[str] | None = None,
        partition_key: str | None = None,
    ) -> None:
        """Add metadata to the materialization of an asset, the only one unless it is named."""
        del partition_key
        if self._op is not None or self._definition is None:
            self.add_output_metadata(metadata)
            return
        name = None if asset_key is None else self.output_for_asset_key(AssetKey.from_coercible(asset_key))
        self.add_output_metadata(metadata, name)

    def get_output_metadata(
        self, output_name: str = DEFAULT_OUTPUT, mapping_key: str | None = None
    ) -> Mapping[str, Any] | None:
        """Return the metadata that was added to an output, or to a part of one, so far; None when there is none."""
        added = self.output_metadata.get(label(output_name, mapping_key))
        return None if added is None else dict(added)

    def log_event(self, event: UserEvent) -> None:
        """Say that something was materialized, observed or expected, beside the outputs.

        Raises
        ------
        InvocationError
            When it is no AssetMaterialization, AssetObservation or ExpectationResult.
        """
        if self._hear is not None:
            self._hear(event)

    def _only_output(self) -> str:
        names = self._outputs()
        if len(names) != 1:
            raise InvocationError(f"`{self.op_name}` has several outputs ({', '.join(names)}): name one.")
        return names[0]

    def _output(self, name: str) -> str:
        names = self._outputs()
        if name not in names:
            raise InvocationError(
                f"there is no output `{name}`.{near(name, names)} There are {', '.join(names)}."
            )
        return name

    def _outputs(self) -> list[str]:
        if self._op is not None:
            return list(self._op.outs)
        return (
            list(self._definition.specs_by_output_name) if self._definition is not None else [DEFAULT_OUTPUT]
        )
