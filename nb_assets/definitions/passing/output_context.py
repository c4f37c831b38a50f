"""What an IO manager is told of a value that it is to store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.metadata import as_metadata
from nb_assets.definitions.passing.passed_context import PassedContext
from nb_assets.definitions.user_events import AssetMaterialization, AssetObservation
from nb_assets.errors import DefinitionError, InvocationError

if TYPE_CHECKING:
    from nb_assets.definitions.asset_spec import AssetSpec
    from nb_assets.definitions.metadata_value import MetadataValue


class OutputContext(PassedContext):
    """What is known of an output: what gave it, in which run, and what was said of it."""

    def __init__(
        self,
        *,
        step_key: str | None = None,
        run_id: str | None = None,
        mapping_key: str | None = None,
        version: str | None = None,
        output_metadata: Mapping[str, Any] | None = None,
        asset_spec: AssetSpec | None = None,
        **common: Any,
    ) -> None:
        super().__init__(**common)
        self._step_key = step_key
        self._run_id = run_id
        self._mapping_key = mapping_key
        self._version = version
        self._output_metadata = dict(output_metadata or {})
        self._asset_spec = asset_spec
        self._added: dict[str, MetadataValue[Any]] = {}
        self._events: list[Any] = []

    @property
    def step_key(self) -> str:
        """The step that gave it: the name of its node, with those of the graphs that it is in."""
        return self._step_key if self._step_key is not None else self._lacks("step_key")

    @property
    def run_id(self) -> str:
        """The run that gave it."""
        return self._run_id if self._run_id is not None else self._lacks("run_id")

    @property
    def mapping_key(self) -> str | None:
        """Which of the outputs it is, where there are as many as the run finds."""
        return self._mapping_key

    @property
    def version(self) -> str | None:
        """A version that takes the place of the run in the identifier, if one was given."""
        return self._version

    @property
    def output_metadata(self) -> Mapping[str, Any]:
        """The metadata that the function gave with the value."""
        return self._output_metadata

    @property
    def asset_spec(self) -> AssetSpec:
        """What is said of the asset."""
        return self._asset_spec if self._asset_spec is not None else self._lacks("asset_spec")

    def get_identifier(self) -> Sequence[str]:
        """Return what tells the output from all others: the run, the step, the name.

        Raises
        ------
        InvocationError
            When it is one of many and has a version as well.
        """
        if self._version is not None:
            if self._mapping_key is not None:
                raise InvocationError(
                    "an output that is one of many has no version of its own: give a mapping_key or a version."
                )
            return ["versioned_outputs", self._version, self.step_key, self.name]
        return self.get_run_scoped_output_identifier()

    def get_run_scoped_output_identifier(self) -> Sequence[str]:
        """Return the run, the step and the name; last the mapping key, if there is one."""
        identifier = [self.run_id, self.step_key, self.name]
        return identifier if self._mapping_key is None else [*identifier, self._mapping_key]

    get_output_identifier = get_identifier

    def get_asset_output_identifier(self) -> Sequence[str]:
        """Return the parts of the asset's key, by the older name."""
        return self.get_asset_identifier()

    def add_output_metadata(self, metadata: Mapping[str, Any]) -> None:
        """Add metadata to the materialization of what is stored.

        Raises
        ------
        DefinitionError
            When some of it was added before.
        """
        for name in metadata:
            if name in self._added:
                raise DefinitionError(f"the metadata `{name}` was added already: add each once.")
        self._added |= as_metadata(metadata)

    def get_logged_metadata(self) -> Mapping[str, MetadataValue[Any]]:
        """Return the metadata that was added."""
        return dict(self._added)

    def consume_logged_metadata(self) -> Mapping[str, MetadataValue[Any]]:
        """Return the metadata that was added since the last time."""
        added, self._added = self._added, {}
        return added

    def log_event(self, event: Any) -> None:
        """Tell of an AssetMaterialization or an AssetObservation.

        Raises
        ------
        InvocationError
            When it is neither.
        """
        if not isinstance(event, (AssetMaterialization, AssetObservation)):
            raise InvocationError(
                f"log_event takes an AssetMaterialization or an AssetObservation, and {event!r} is neither."
            )
        self._events.append(event)

    def get_logged_events(self) -> Sequence[Any]:
        """Return the events that were told of."""
        return list(self._events)
