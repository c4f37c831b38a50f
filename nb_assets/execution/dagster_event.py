"""What happened in a run as Dagster's results tell it: an event has a type, the step that it is of, and data of its type."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nb_assets.errors import InvocationError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.metadata import MetadataValue
    from nb_assets.definitions.retry import Failure
    from nb_assets.definitions.user_events import AssetMaterialization, AssetObservation, ExpectationResult
    from nb_assets.execution.events import ErrorInfo
    from nb_assets.storage.materialization import Materialization


class DagsterEventType(str, enum.Enum):
    """The types of events that a run in a notebook has, by the names and values that Dagster has for them."""

    STEP_START = "STEP_START"
    STEP_INPUT = "STEP_INPUT"
    STEP_OUTPUT = "STEP_OUTPUT"
    STEP_SUCCESS = "STEP_SUCCESS"
    STEP_FAILURE = "STEP_FAILURE"
    STEP_SKIPPED = "STEP_SKIPPED"
    STEP_UP_FOR_RETRY = "STEP_UP_FOR_RETRY"
    STEP_RESTARTED = "STEP_RESTARTED"
    STEP_EXPECTATION_RESULT = "STEP_EXPECTATION_RESULT"
    ASSET_MATERIALIZATION = "ASSET_MATERIALIZATION"
    ASSET_MATERIALIZATION_PLANNED = "ASSET_MATERIALIZATION_PLANNED"
    ASSET_OBSERVATION = "ASSET_OBSERVATION"
    ASSET_CHECK_EVALUATION = "ASSET_CHECK_EVALUATION"
    ASSET_CHECK_EVALUATION_PLANNED = "ASSET_CHECK_EVALUATION_PLANNED"
    LOADED_INPUT = "LOADED_INPUT"
    HANDLED_OUTPUT = "HANDLED_OUTPUT"
    HOOK_COMPLETED = "HOOK_COMPLETED"
    HOOK_ERRORED = "HOOK_ERRORED"
    HOOK_SKIPPED = "HOOK_SKIPPED"
    RUN_START = "PIPELINE_START"
    RUN_SUCCESS = "PIPELINE_SUCCESS"
    RUN_FAILURE = "PIPELINE_FAILURE"
    RUN_CANCELED = "PIPELINE_CANCELED"
    PIPELINE_START = RUN_START
    PIPELINE_SUCCESS = RUN_SUCCESS
    PIPELINE_FAILURE = RUN_FAILURE
    PIPELINE_CANCELED = RUN_CANCELED


@dataclass(frozen=True)
class NodeHandle:
    """A node of a run by its name and the node that it is in."""

    name: str
    parent: NodeHandle | None = None

    @property
    def path(self) -> list[str]:
        """The names from the outermost node on."""
        return [*(self.parent.path if self.parent is not None else ()), self.name]

    def to_string(self) -> str:
        """Return the names with dots between them."""
        return ".".join(self.path)

    def is_or_descends_from(self, handle: NodeHandle) -> bool:
        """Tell whether it is this node, or in it."""
        path = handle.path
        return self.path[: len(path)] == path

    @staticmethod
    def from_path(path: Sequence[str]) -> NodeHandle:
        """Return the node at the end of a path."""
        return NodeHandle(path[-1], NodeHandle.from_path(path[:-1]) if len(path) > 1 else None)

    @staticmethod
    def from_string(text: str) -> NodeHandle:
        """Return the node that names with dots between them mean."""
        return NodeHandle.from_path(text.split("."))


@dataclass(frozen=True, kw_only=True)
class StepInputData:
    """An input that a step was handed."""

    input_name: str


@dataclass(frozen=True, kw_only=True)
class StepOutputData:
    """An output that a step gave."""

    step_key: str
    output_name: str
    mapping_key: str | None = None
    metadata: Mapping[str, MetadataValue[Any]] = field(default_factory=dict)

    @property
    def step_output_handle(self) -> StepOutputData:
        """What names the output: here the data plays that part too."""
        return self


@dataclass(frozen=True, kw_only=True)
class StepSuccessData:
    """How long a step took, in milliseconds."""

    duration_ms: float


@dataclass(frozen=True, kw_only=True)
class StepFailureData:
    """The error of a step, and what its `Failure` said if it raised one."""

    error: ErrorInfo
    user_failure_data: Failure | None = None

    @property
    def error_display_string(self) -> str:
        """The error with the user's part of its traceback."""
        return self.error.traceback or self.error.summary


@dataclass(frozen=True, kw_only=True)
class StepRetryData:
    """Why a step is tried again, and after how many seconds."""

    error: ErrorInfo
    seconds_to_wait: float | None = None


@dataclass(frozen=True, kw_only=True)
class StepMaterializationData:
    """What was materialized, and the record of it, where there is one."""

    materialization: AssetMaterialization
    record: Materialization | None = None


@dataclass(frozen=True, kw_only=True)
class AssetMaterializationPlannedData:
    """What a run is going to materialize."""

    asset_key: AssetKey
    partition: str | None = None


@dataclass(frozen=True, kw_only=True)
class AssetCheckEvaluationPlanned:
    """The check that a run is going to make."""

    asset_key: AssetKey
    check_name: str


@dataclass(frozen=True, kw_only=True)
class AssetObservationData:
    """What was observed."""

    asset_observation: AssetObservation


@dataclass(frozen=True, kw_only=True)
class StepExpectationResultData:
    """What was expected, and whether it was so."""

    expectation_result: ExpectationResult


@dataclass(frozen=True, kw_only=True)
class JobFailureData:
    """What kept a run from succeeding."""

    error: ErrorInfo | None
    first_step_failure_event: DagsterEvent | None = None


@dataclass(frozen=True, kw_only=True)
class DagsterEvent:
    """Something that happened in a run. The timestamp is in seconds since 1970."""

    event_type: DagsterEventType
    job_name: str
    timestamp: float
    step_key: str | None = None
    node_handle: NodeHandle | None = None
    event_specific_data: Any = None
    message: str = ""

    @property
    def event_type_value(self) -> str:
        """The type as a text."""
        return self.event_type.value

    @property
    def node_name(self) -> str:
        """The name of the node that it is of.

        Raises
        ------
        InvocationError
            When it is of the run as a whole.
        """
        if self.node_handle is None:
            raise InvocationError(f"the event {self.event_type.name} is of the run, and of no node of it.")
        return self.node_handle.name

    @property
    def is_step_event(self) -> bool:
        """Whether it is of a step."""
        return self.node_handle is not None

    @property
    def is_step_start(self) -> bool:
        """Whether a step began."""
        return self.event_type is DagsterEventType.STEP_START

    @property
    def is_step_success(self) -> bool:
        """Whether a step ran to its end."""
        return self.event_type is DagsterEventType.STEP_SUCCESS

    @property
    def is_step_failure(self) -> bool:
        """Whether a step failed."""
        return self.event_type is DagsterEventType.STEP_FAILURE

    @property
    def is_step_skipped(self) -> bool:
        """Whether a step was left out for want of an input."""
        return self.event_type is DagsterEventType.STEP_SKIPPED

    @property
    def is_step_up_for_retry(self) -> bool:
        """Whether a step failed and is tried again."""
        return self.event_type is DagsterEventType.STEP_UP_FOR_RETRY

    @property
    def is_step_restarted(self) -> bool:
        """Whether a step began again."""
        return self.event_type is DagsterEventType.STEP_RESTARTED

    @property
    def is_successful_output(self) -> bool:
        """Whether a step gave an output."""
        return self.event_type is DagsterEventType.STEP_OUTPUT

    @property
    def is_handled_output(self) -> bool:
        """Whether an output was kept."""
        return self.event_type is DagsterEventType.HANDLED_OUTPUT

    @property
    def is_loaded_input(self) -> bool:
        """Whether an input was loaded."""
        return self.event_type is DagsterEventType.LOADED_INPUT

    @property
    def is_step_materialization(self) -> bool:
        """Whether an asset was materialized."""
        return self.event_type is DagsterEventType.ASSET_MATERIALIZATION

    @property
    def is_asset_observation(self) -> bool:
        """Whether an asset was observed."""
        return self.event_type is DagsterEventType.ASSET_OBSERVATION

    @property
    def is_expectation_result(self) -> bool:
        """Whether it says what was expected."""
        return self.event_type is DagsterEventType.STEP_EXPECTATION_RESULT

    @property
    def is_job_success(self) -> bool:
        """Whether the run succeeded."""
        return self.event_type is DagsterEventType.RUN_SUCCESS

    @property
    def is_job_failure(self) -> bool:
        """Whether the run failed."""
        return self.event_type is DagsterEventType.RUN_FAILURE

    is_run_failure = is_job_failure

    @property
    def is_failure(self) -> bool:
        """Whether something failed."""
        return self.is_job_failure or self.is_step_failure

    @property
    def asset_key(self) -> AssetKey | None:
        """The asset that it is of, if it is of one."""
        told = self.event_specific_data
        if isinstance(told, StepMaterializationData):
            return told.materialization.asset_key
        if isinstance(told, AssetObservationData):
            return told.asset_observation.asset_key
        return getattr(told, "asset_key", None)

    @property
    def partition(self) -> str | None:
        """The partition that it is of, if it is of one."""
        told = self.event_specific_data
        if isinstance(told, StepMaterializationData):
            return told.materialization.partition
        if isinstance(told, AssetObservationData):
            return told.asset_observation.partition
        return getattr(told, "partition", None)

    @property
    def materialization(self) -> AssetMaterialization:
        """What was materialized."""
        return self.step_materialization_data.materialization

    @property
    def asset_materialization_planned_data(self) -> AssetMaterializationPlannedData:
        """What is going to be materialized."""
        return self._data(AssetMaterializationPlannedData)  # type: ignore[no-any-return]

    @property
    def step_materialization_data(self) -> StepMaterializationData:
        """What was materialized, as data."""
        return self._data(StepMaterializationData)  # type: ignore[no-any-return]

    @property
    def asset_observation_data(self) -> AssetObservationData:
        """What was observed."""
        return self._data(AssetObservationData)  # type: ignore[no-any-return]

    @property
    def step_expectation_result_data(self) -> StepExpectationResultData:
        """What was expected."""
        return self._data(StepExpectationResultData)  # type: ignore[no-any-return]

    @property
    def step_input_data(self) -> StepInputData:
        """The input."""
        return self._data(StepInputData)  # type: ignore[no-any-return]

    @property
    def step_output_data(self) -> StepOutputData:
        """The output."""
        return self._data(StepOutputData)  # type: ignore[no-any-return]

    @property
    def step_success_data(self) -> StepSuccessData:
        """How long the step took."""
        return self._data(StepSuccessData)  # type: ignore[no-any-return]

    @property
    def step_failure_data(self) -> StepFailureData:
        """How the step failed."""
        return self._data(StepFailureData)  # type: ignore[no-any-return]

    @property
    def step_retry_data(self) -> StepRetryData:
        """Why the step is tried again."""
        return self._data(StepRetryData)  # type: ignore[no-any-return]

    @property
    def job_failure_data(self) -> JobFailureData:
        """Why the run failed."""
        return self._data(JobFailureData)  # type: ignore[no-any-return]

    def _data(self, cls: type) -> Any:
        if not isinstance(self.event_specific_data, cls):
            raise InvocationError(f"the event {self.event_type.name} has no {cls.__name__}.")
        return self.event_specific_data
