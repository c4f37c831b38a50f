"""What a step knows of the run that it is part of: the `context` argument."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.result import DEFAULT_OUTPUT
from nb_assets.errors import InvocationError, near
from nb_assets.execution.dagster_run import ASSET_JOB, DagsterRun
from nb_assets.execution.instance import DagsterInstance
from nb_assets.execution.op_values import without_key
from nb_assets.execution.partition_context import PartitionContext, PartitionScope
from nb_assets.execution.resources import Resources
from nb_assets.execution.running import current, running_context
from nb_assets.execution.saying import Saying

if TYPE_CHECKING:
    from typing_extensions import Self

    from nb_assets.definitions.asset_check import AssetCheckKey, AssetCheckSpec
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.op import OpDefinition
    from nb_assets.definitions.result import DataVersion
    from nb_assets.definitions.user_events import UserEvent


@dataclass(frozen=True, kw_only=True)
class OpNode:
    """A step of a graph as its context knows it."""

    name: str
    definition: Any
    tags: Mapping[str, Any]


class OpExecutionContext(Saying, PartitionContext):
    """What a step knows of its run: its logger, the run, the asset, and where metadata goes.

    Attributes
    ----------
    log
        A logger whose messages are shown under the asset.
    run
        The run, with its `run_id`, its tags and the name of its job.
    retry_number
        How often the step failed before, in this run.
    op_config
        The configuration of the step, None unless it was given one.
    """

    def __init__(  # noqa: PLR0913 - all of it is needed, and none of it twice
        self,
        *,
        definition: AssetsDefinition | None,
        run_id: str,
        log: logging.Logger,
        selected: AbstractSet[AssetKey] | None = None,
        selected_outputs: AbstractSet[str] | None = None,
        selected_checks: AbstractSet[AssetCheckKey] | None = None,
        retry_number: int = 0,
        run_tags: Mapping[str, str] | None = None,
        op: OpDefinition | None = None,
        op_path: str | None = None,
        mapping_key: str | None = None,
        op_tags: Mapping[str, Any] | None = None,
        hear: Callable[[UserEvent], None] | None = None,
        load: Callable[..., Any] | None = None,
        job_name: str = ASSET_JOB,
        instance: DagsterInstance | None = None,
        resources: Any = None,
        op_config: Any = None,
        partitions: PartitionScope | None = None,
    ) -> None:
        self._partitions = partitions
        self._definition = definition
        self._op = op
        self._op_path = op_path
        self._mapping_key = mapping_key
        self._op_tags = dict(op_tags or {})
        self._hear = hear
        self._selected = selected
        self._selected_outputs = selected_outputs
        self._selected_checks = selected_checks
        self._load = load
        self._instance = instance
        self.run = DagsterRun(run_id, dict(run_tags or {}), job_name)
        self.log = log
        self.retry_number = retry_number
        self.op_config = op_config
        self.output_metadata: dict[str, dict[str, Any]] = {}
        self.given: set[str] = set()
        self._resources = resources
        self.data_versions: dict[AssetKey, DataVersion] = {}

    @classmethod
    def get(cls) -> Self:
        """Return the context of the step that is running, for code that is not handed it.

        Raises
        ------
        InvocationError
            When no step is running, or one of another kind.
        """
        context = running_context()
        if not isinstance(context, cls):
            raise InvocationError(
                f"no {cls.__name__} is there: it can be had from a function that a run of an asset or op is calling."
            )
        return context

    @property
    def run_id(self) -> str:
        """The id of the run."""
        return self.run.run_id

    @property
    def dagster_run(self) -> DagsterRun:
        """The run, by the name that it also has."""
        return self.run

    @property
    def instance(self) -> DagsterInstance:
        """What keeps the values and the history of the run."""
        return self._instance or DagsterInstance.get()

    @property
    def resources(self) -> Any:
        """The resources that the step says it needs, as attributes."""
        return self._resources if self._resources is not None else Resources((), _nothing, "this step")

    @property
    def op_execution_context(self) -> OpExecutionContext:
        """The same, for code that asks for it by this name."""
        return self

    @property
    def job_name(self) -> str:
        """The name of the job that the run is one of."""
        return self.run.job_name

    @property
    def op_def(self) -> Any:
        """The op that is running; the definition of the assets where these are no ops of a graph."""
        return self._op if self._op is not None else self.assets_def

    @property
    def op(self) -> OpNode:
        """The step: its name, what it calls, and its tags with those that it was given where it is called."""
        name = self._op_path.rpartition(".")[2] if self._op_path is not None else str(self.op_def.name)
        return OpNode(
            name=without_key(name),
            definition=self.op_def,
            tags={**getattr(self._op, "tags", {}), **self._op_tags},
        )

    @property
    def op_name(self) -> str:
        """The name of the step, with those of the graphs that it is in."""
        return self._op_path or str(self.op_def.name)

    def describe_op(self) -> str:
        """Return the step in words."""
        if self._op_path is not None and self._definition is not None:
            return f'op "{self._definition.node_name}.{self._op_path}"'
        return f'op "{self.op_name}"'

    @property
    def run_tags(self) -> Mapping[str, str]:
        """The tags of the run."""
        return self.run.tags

    def has_tag(self, key: str) -> bool:
        """Tell whether the run has a tag."""
        return key in self.run.tags

    def get_tag(self, key: str) -> str | None:
        """Return the value of a tag of the run, or None when it has no such tag."""
        return self.run.tags.get(key)

    @property
    def has_assets_def(self) -> bool:
        """Whether assets are made."""
        return self._definition is not None

    @property
    def assets_def(self) -> AssetsDefinition:
        """The definition that is being run.

        Raises
        ------
        InvocationError
            When the context belongs to no asset.
        """
        if self._definition is None:
            raise InvocationError(
                "this context belongs to no asset: it was built for a direct call, or for a graph that makes none."
            )
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
    def selected_asset_check_keys(self) -> AbstractSet[AssetCheckKey]:
        """The checks that this step is to make."""
        given = self._selected_checks
        return set(given) if given is not None else self.assets_def.check_keys

    @property
    def selected_output_names(self) -> AbstractSet[str]:
        """The outputs that this step is to give."""
        if self._op is not None:
            return set(self._op.output_names if self._selected_outputs is None else self._selected_outputs)
        selected = self.selected_asset_keys
        outputs = self.assets_def.specs_by_output_name
        return {name for name, spec in outputs.items() if spec.key in selected}

    @property
    def is_subset(self) -> bool:
        """Whether the step is to make some of its assets only."""
        return set(self.selected_asset_keys) != self.assets_def.keys

    def get_mapping_key(self) -> str | None:
        """Return the part of a dynamic output for which the step runs, None when it runs for no part."""
        return self._mapping_key

    def asset_key_for_output(self, output_name: str = DEFAULT_OUTPUT) -> AssetKey:
        """Return the asset that an output stands for.

        Raises
        ------
        InvocationError
            When the output stands for no asset.
        """
        if self._op is not None:
            graph = self.assets_def.graph
            for name, source in graph.results.items() if graph is not None else ():
                if (source.node, source.output) == (self._op_path, output_name):
                    return self.assets_def.specs_by_output_name[name].key
            raise InvocationError(f"the output `{output_name}` of `{self.op_name}` is no asset.")
        return self.assets_def.specs_by_output_name[self._output(output_name)].key

    def output_for_asset_key(self, asset_key: AssetKey) -> str:
        """Return the output that stands for an asset.

        Raises
        ------
        InvocationError
            When the step does not make the asset.
        """
        for name, spec in self.assets_def.specs_by_output_name.items():
            if spec.key == asset_key:
                return name
        raise self._no_asset(asset_key)

    def asset_key_for_input(self, input_name: str) -> AssetKey:
        """Return the asset that an argument stands for.

        Raises
        ------
        InvocationError
            When there is no such argument.
        """
        keys = self.assets_def.keys_by_input_name
        for other in self.assets_def.dependency_keys if input_name not in keys else ():
            # What is only named in deps goes by its key.
            if other.to_python_identifier() == input_name:
                return other
        if input_name not in keys:
            raise InvocationError(
                f"`{input_name}` is no input of `{self.assets_def.node_name}`.{near(input_name, keys)}"
            )
        return keys[input_name]

    def load_asset_value(
        self, asset_key: AssetKey | str | Sequence[str], *, partition_key: str | None = None
    ) -> Any:
        """Return the value of an asset, or of a partition of it, the last that was made; of all partitions by their keys.

        Raises
        ------
        ValueMissingError
            When there is none.
        InvocationError
            When the context was built for a direct call.
        """
        if self._load is None:
            raise InvocationError(
                "a context that was built for a direct call has no values to load: run the asset instead."
            )
        key = AssetKey.from_coercible(asset_key)
        return self._load(key) if partition_key is None else self._load(key, partition_key)

    def set_data_version(self, asset_key: AssetKey, data_version: DataVersion) -> None:
        """Say which version the data of an asset is, in place of the computed one."""
        key = AssetKey.from_coercible(asset_key)
        if key not in self.assets_def.specs_by_key:
            raise self._no_asset(key)
        self.data_versions[key] = data_version

    def _no_asset(self, key: AssetKey) -> InvocationError:
        names = [known.to_user_string() for known in self.assets_def.specs_by_key]
        shown = key.to_user_string()
        return InvocationError(
            f"`{self.assets_def.node_name}` does not make `{shown}`.{near(shown, names)} It makes {', '.join(names)}."
        )


class AssetExecutionContext(OpExecutionContext):
    """What the function of an asset knows of its run. See `OpExecutionContext`."""


def _nothing(name: str) -> Any:
    raise KeyError(name)


class AssetCheckExecutionContext(AssetExecutionContext):
    """What the function of a check knows of its run. See `OpExecutionContext`."""

    @property
    def check_specs(self) -> list[AssetCheckSpec]:
        """What is said of the checks that the function runs."""
        return list(self.assets_def.check_specs)


class current_context:  # noqa: N801 - used as a function is
    """Let `OpExecutionContext.get()` find the context in the block. It is made when it is asked for."""

    def __init__(self, context: Callable[[], OpExecutionContext]) -> None:
        self._context = context

    def __enter__(self) -> None:
        self._token = current.set(self._context)

    def __exit__(self, *_error: object) -> None:
        current.reset(self._token)


def check_reads(key: AssetKey) -> None:
    """Check that the step that is running, if one is, may look up an asset's value by itself.

    Raises
    ------
    InvocationError
        When it is neither one of its own assets nor one that it says it is derived from: nobody would know that the
        step has to run again when that changes.
    """
    context = running_context()
    definition = None if context is None else context._definition  # noqa: SLF001 - of a class of this file
    if definition is None or key in definition.specs_by_key or key in definition.dependency_keys:
        return
    name, own = key.to_user_string(), definition.node_name
    raise InvocationError(
        f"`{own}` looks up the value of `{name}` while it is made, and does not say that it is derived from it. Take "
        f"`{key.parts[-1]}` as an argument, or name it in deps, so that `{own}` is stale when `{name}` changes."
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
