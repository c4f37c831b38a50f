"""What a step knows of the run that it is part of: the `context` argument."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.metadata import MetadataValue, as_metadata
from nb_assets.definitions.result import DEFAULT_OUTPUT
from nb_assets.errors import InvocationError, near

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.assets_definition import AssetsDefinition


@dataclass(frozen=True)
class RunInfo:
    """The run that a step is part of."""

    run_id: str
    tags: Mapping[str, str] = field(default_factory=dict)


class OpExecutionContext:
    """What a step knows of its run: its logger, the run, the asset, and where metadata goes.

    Attributes
    ----------
    log
        A logger whose messages are shown under the asset.
    run
        The run, with its `run_id`.
    retry_number
        How often the step failed before, in this run.
    """

    def __init__(
        self,
        *,
        definition: AssetsDefinition | None,
        run_id: str,
        log: logging.Logger,
        selected: AbstractSet[AssetKey] | None = None,
        retry_number: int = 0,
        run_tags: Mapping[str, str] | None = None,
        op_name: str | None = None,
        op_outputs: tuple[str, ...] | None = None,
    ) -> None:
        self._definition = definition
        self._op_name = op_name
        self._op_outputs = op_outputs
        self._selected = selected
        self.run = RunInfo(run_id, dict(run_tags or {}))
        self.log = log
        self.retry_number = retry_number
        self.output_metadata: dict[str, dict[str, MetadataValue]] = {}

    @property
    def run_id(self) -> str:
        """The id of the run."""
        return self.run.run_id

    @property
    def op_execution_context(self) -> OpExecutionContext:
        """The same, for code that asks for it by this name."""
        return self

    @property
    def op_name(self) -> str:
        """The name of the step, with those of the graphs that it is in."""
        return self._op_name or self.assets_def.node_name

    @property
    def run_tags(self) -> Mapping[str, str]:
        """The tags of the run."""
        return self.run.tags

    @property
    def assets_def(self) -> AssetsDefinition:
        """The definition that is being run."""
        if self._definition is None:
            raise InvocationError("this context belongs to no asset: it was built for a direct call.")
        return self._definition

    @property
    def asset_key(self) -> AssetKey:
        """The key of the one asset that is made."""
        return self.assets_def.key

    @property
    def selected_asset_keys(self) -> AbstractSet[AssetKey]:
        """The assets that this step is to make."""
        return set(self._selected) if self._selected is not None else self.assets_def.keys

    @property
    def has_partition_key(self) -> bool:
        """Whether the step makes one partition."""
        return False

    def asset_key_for_output(self, output_name: str = DEFAULT_OUTPUT) -> AssetKey:
        """Return the asset that an output stands for."""
        return self.assets_def.specs_by_output_name[self._output(output_name)].key

    def asset_key_for_input(self, input_name: str) -> AssetKey:
        """Return the asset that an argument stands for."""
        keys = self.assets_def.keys_by_input_name
        if input_name not in keys:
            raise InvocationError(
                f"`{input_name}` is no input of `{self.assets_def.node_name}`.{near(input_name, keys)}"
            )
        return keys[input_name]

    def add_output_metadata(
        self, metadata: Mapping[str, Any], output_name: str | None = None, mapping_key: str | None = None
    ) -> None:
        """Add metadata to the materialization of an output, the only one unless it is named."""
        del mapping_key  # outputs that are known only at run time are not there
        name = self._output(output_name or self._only_output())
        self.output_metadata.setdefault(name, {}).update(as_metadata(metadata))

    def add_asset_metadata(
        self, metadata: Mapping[str, Any], asset_key: AssetKey | None = None, partition_key: str | None = None
    ) -> None:
        """Add metadata to the materialization of an asset, the only one unless it is named."""
        del partition_key
        outputs = {} if self._definition is None else self._definition.specs_by_output_name
        names = [name for name, spec in outputs.items() if asset_key in (None, spec.key)]
        self.add_output_metadata(metadata, names[0] if asset_key is not None and names else None)

    def get_output_metadata(self, output_name: str = DEFAULT_OUTPUT) -> Mapping[str, MetadataValue]:
        """Return the metadata that was added to an output so far."""
        return dict(self.output_metadata.get(output_name, {}))

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
        if self._op_outputs is not None:
            return list(self._op_outputs)
        return (
            list(self._definition.specs_by_output_name) if self._definition is not None else [DEFAULT_OUTPUT]
        )


class AssetExecutionContext(OpExecutionContext):
    """What the function of an asset knows of its run. See `OpExecutionContext`."""


def build_asset_context() -> AssetExecutionContext:
    """Return a context for calling a decorated function directly; its messages go to the logger `nb_assets`."""
    return AssetExecutionContext(definition=None, run_id="EPHEMERAL", log=logging.getLogger("nb_assets"))


def build_op_context() -> OpExecutionContext:
    """Return a context for calling an op directly; its messages go to the logger `nb_assets`."""
    return OpExecutionContext(
        definition=None, run_id="EPHEMERAL", log=logging.getLogger("nb_assets"), op_name="op"
    )


class _Forward(logging.Handler):
    def __init__(self, emit: Callable[[str, str], None]) -> None:
        super().__init__()
        self._forward = emit

    def emit(self, record: logging.LogRecord) -> None:
        self._forward(record.levelname, self.format(record))


def step_logger(name: str, emit: Callable[[str, str], None]) -> logging.Logger:
    """Return a logger that hands each message, with the name of its level, to a function."""
    # Made directly, not by getLogger: that one keeps every logger for the life of the process.
    logger = logging.Logger(name, logging.DEBUG)  # noqa: LOG001
    logger.addHandler(_Forward(emit))
    return logger
