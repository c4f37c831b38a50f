# The public names, and where each is: what type checkers read, and what the package looks names up in when they are
# first used. The one list of them.
from IPython.core.interactiveshell import InteractiveShell

from nb_assets.definitions.asset_check import (
    AssetCheckKey as AssetCheckKey,
    AssetCheckSeverity as AssetCheckSeverity,
    AssetCheckSpec as AssetCheckSpec,
)
from nb_assets.definitions.asset_decorator import asset as asset
from nb_assets.definitions.asset_dep import AssetDep as AssetDep
from nb_assets.definitions.asset_in import AssetIn as AssetIn
from nb_assets.definitions.asset_key import AssetKey as AssetKey
from nb_assets.definitions.asset_out import AssetOut as AssetOut
from nb_assets.definitions.asset_spec import AssetSpec as AssetSpec
from nb_assets.definitions.assets_definition import AssetsDefinition as AssetsDefinition
from nb_assets.definitions.automation.condition import AutomationCondition as AutomationCondition
from nb_assets.definitions.automation.context import (
    AutomationContext as AutomationContext,
    AutomationResult as AutomationResult,
)
from nb_assets.definitions.builtin_types import (
    Any as Any,
    Bool as Bool,
    Dict as Dict,
    Float as Float,
    Int as Int,
    List as List,
    Nothing as Nothing,
    Optional as Optional,
    Set as Set,
    String as String,
    Tuple as Tuple,
    check_dagster_type as check_dagster_type,
)
from nb_assets.definitions.check_decorator import (
    asset_check as asset_check,
    multi_asset_check as multi_asset_check,
)
from nb_assets.definitions.check_result import (
    AssetCheckEvaluation as AssetCheckEvaluation,
    AssetCheckResult as AssetCheckResult,
)
from nb_assets.definitions.checks_definition import AssetChecksDefinition as AssetChecksDefinition
from nb_assets.definitions.code_references import (
    AnchorBasedFilePathMapping as AnchorBasedFilePathMapping,
    CodeReferencesMetadataValue as CodeReferencesMetadataValue,
    FilePathMapping as FilePathMapping,
    LocalFileCodeReference as LocalFileCodeReference,
    UrlCodeReference as UrlCodeReference,
    file_relative_path as file_relative_path,
    link_code_references_to_git as link_code_references_to_git,
    with_source_code_references as with_source_code_references,
)
from nb_assets.definitions.config.configured import configured as configured
from nb_assets.definitions.config.env_var import EnvVar as EnvVar
from nb_assets.definitions.config.mapping import (
    ConfigMapping as ConfigMapping,
    config_mapping as config_mapping,
)
from nb_assets.definitions.config.pythonic import Config as Config, PermissiveConfig as PermissiveConfig
from nb_assets.definitions.config.pythonic_io_manager import (
    ConfigurableIOManager as ConfigurableIOManager,
    ConfigurableIOManagerFactory as ConfigurableIOManagerFactory,
    ConfigurableLegacyIOManagerAdapter as ConfigurableLegacyIOManagerAdapter,
)
from nb_assets.definitions.config.pythonic_resource import (
    ConfigurableLegacyResourceAdapter as ConfigurableLegacyResourceAdapter,
    ConfigurableResource as ConfigurableResource,
    ConfigurableResourceFactory as ConfigurableResourceFactory,
    ResourceDependency as ResourceDependency,
)
from nb_assets.definitions.config.run_config import RunConfig as RunConfig
from nb_assets.definitions.config.shapes import (
    Field as Field,
    Permissive as Permissive,
    Selector as Selector,
    Shape as Shape,
)
from nb_assets.definitions.config.types import (
    Array as Array,
    BoolSource as BoolSource,
    Enum as Enum,
    EnumValue as EnumValue,
    IntSource as IntSource,
    Map as Map,
    Noneable as Noneable,
    ScalarUnion as ScalarUnion,
    StringSource as StringSource,
)
from nb_assets.definitions.dagster_type import (
    DagsterType as DagsterType,
    PythonObjectDagsterType as PythonObjectDagsterType,
    TypeCheck as TypeCheck,
    make_python_type_usable_as_dagster_type as make_python_type_usable_as_dagster_type,
    usable_as_dagster_type as usable_as_dagster_type,
)
from nb_assets.definitions.dependencies import (
    DependencyDefinition as DependencyDefinition,
    InputMapping as InputMapping,
    MultiDependencyDefinition as MultiDependencyDefinition,
    NodeInvocation as NodeInvocation,
    OutputMapping as OutputMapping,
)
from nb_assets.definitions.dynamic_output import DynamicOut as DynamicOut, DynamicOutput as DynamicOutput
from nb_assets.definitions.graph_asset_decorator import (
    graph_asset as graph_asset,
    graph_multi_asset as graph_multi_asset,
)
from nb_assets.definitions.graph_definition import (
    GraphDefinition as GraphDefinition,
    GraphIn as GraphIn,
    GraphOut as GraphOut,
    graph as graph,
)
from nb_assets.definitions.hook import (
    HookDefinition as HookDefinition,
    failure_hook as failure_hook,
    success_hook as success_hook,
)
from nb_assets.definitions.io_manager import (
    IOManager as IOManager,
    IOManagerDefinition as IOManagerDefinition,
    InputManager as InputManager,
    InputManagerDefinition as InputManagerDefinition,
    input_manager as input_manager,
    io_manager as io_manager,
)
from nb_assets.definitions.metadata import MetadataValue as MetadataValue
from nb_assets.definitions.metadata_kinds import (
    BoolMetadataValue as BoolMetadataValue,
    DagsterAssetMetadataValue as DagsterAssetMetadataValue,
    DagsterJobMetadataValue as DagsterJobMetadataValue,
    DagsterRunMetadataValue as DagsterRunMetadataValue,
    FloatMetadataValue as FloatMetadataValue,
    IntMetadataValue as IntMetadataValue,
    JsonMetadataValue as JsonMetadataValue,
    MarkdownMetadataValue as MarkdownMetadataValue,
    NotebookMetadataValue as NotebookMetadataValue,
    NullMetadataValue as NullMetadataValue,
    PathMetadataValue as PathMetadataValue,
    PoolMetadataValue as PoolMetadataValue,
    PythonArtifactMetadataValue as PythonArtifactMetadataValue,
    TextMetadataValue as TextMetadataValue,
    TimestampMetadataValue as TimestampMetadataValue,
    UrlMetadataValue as UrlMetadataValue,
)
from nb_assets.definitions.module_loading import (
    load_asset_checks_from_current_module as load_asset_checks_from_current_module,
    load_asset_checks_from_modules as load_asset_checks_from_modules,
    load_asset_checks_from_package_module as load_asset_checks_from_package_module,
    load_asset_checks_from_package_name as load_asset_checks_from_package_name,
    load_assets_from_current_module as load_assets_from_current_module,
    load_assets_from_modules as load_assets_from_modules,
    load_assets_from_package_module as load_assets_from_package_module,
    load_assets_from_package_name as load_assets_from_package_name,
)
from nb_assets.definitions.multi_asset_decorator import multi_asset as multi_asset
from nb_assets.definitions.observable_source_asset import observable_source_asset as observable_source_asset
from nb_assets.definitions.op import In as In, OpDefinition as OpDefinition, Out as Out, op as op
from nb_assets.definitions.outside_dep import EnvDep as EnvDep, FileDep as FileDep
from nb_assets.definitions.partitions.backfill_policy import BackfillPolicy as BackfillPolicy
from nb_assets.definitions.partitions.calendar_partitions import (
    DailyPartitionsDefinition as DailyPartitionsDefinition,
    HourlyPartitionsDefinition as HourlyPartitionsDefinition,
    MonthlyPartitionsDefinition as MonthlyPartitionsDefinition,
    WeeklyPartitionsDefinition as WeeklyPartitionsDefinition,
)
from nb_assets.definitions.partitions.dynamic import (
    AddDynamicPartitionsRequest as AddDynamicPartitionsRequest,
    DeleteDynamicPartitionsRequest as DeleteDynamicPartitionsRequest,
    DynamicPartitionsDefinition as DynamicPartitionsDefinition,
)
from nb_assets.definitions.partitions.key_range import PartitionKeyRange as PartitionKeyRange
from nb_assets.definitions.partitions.loading import partition_loading_context as partition_loading_context
from nb_assets.definitions.partitions.multi import MultiPartitionsDefinition as MultiPartitionsDefinition
from nb_assets.definitions.partitions.multi_key import MultiPartitionKey as MultiPartitionKey
from nb_assets.definitions.partitions.multi_mapping import (
    DimensionPartitionMapping as DimensionPartitionMapping,
    MultiPartitionMapping as MultiPartitionMapping,
    MultiToSingleDimensionPartitionMapping as MultiToSingleDimensionPartitionMapping,
)
from nb_assets.definitions.partitions.partition_mapping import (
    AllPartitionMapping as AllPartitionMapping,
    IdentityPartitionMapping as IdentityPartitionMapping,
    LastPartitionMapping as LastPartitionMapping,
    PartitionMapping as PartitionMapping,
    SpecificPartitionsPartitionMapping as SpecificPartitionsPartitionMapping,
    StaticPartitionMapping as StaticPartitionMapping,
)
from nb_assets.definitions.partitions.partitioned_config import (
    PartitionedConfig as PartitionedConfig,
    daily_partitioned_config as daily_partitioned_config,
    dynamic_partitioned_config as dynamic_partitioned_config,
    hourly_partitioned_config as hourly_partitioned_config,
    monthly_partitioned_config as monthly_partitioned_config,
    partitioned_config as partitioned_config,
    static_partitioned_config as static_partitioned_config,
    weekly_partitioned_config as weekly_partitioned_config,
)
from nb_assets.definitions.partitions.partitions_definition import (
    PartitionsDefinition as PartitionsDefinition,
)
from nb_assets.definitions.partitions.static import StaticPartitionsDefinition as StaticPartitionsDefinition
from nb_assets.definitions.partitions.subset import PartitionsSubset as PartitionsSubset
from nb_assets.definitions.partitions.time_mapping import (
    TimeWindowPartitionMapping as TimeWindowPartitionMapping,
)
from nb_assets.definitions.partitions.time_partitions import (
    TimeWindowPartitionsDefinition as TimeWindowPartitionsDefinition,
)
from nb_assets.definitions.partitions.time_window import TimeWindow as TimeWindow
from nb_assets.definitions.passing.input_context import InputContext as InputContext
from nb_assets.definitions.passing.output_context import OutputContext as OutputContext
from nb_assets.definitions.resource import (
    ResourceDefinition as ResourceDefinition,
    ResourceParam as ResourceParam,
    make_values_resource as make_values_resource,
    resource as resource,
)
from nb_assets.definitions.result import (
    DataVersion as DataVersion,
    MaterializeResult as MaterializeResult,
    ObserveResult as ObserveResult,
    Output as Output,
)
from nb_assets.definitions.retry import (
    Backoff as Backoff,
    Failure as Failure,
    Jitter as Jitter,
    RetryPolicy as RetryPolicy,
    RetryRequested as RetryRequested,
)
from nb_assets.definitions.source_asset import SourceAsset as SourceAsset
from nb_assets.definitions.table import (
    TableColumn as TableColumn,
    TableColumnConstraints as TableColumnConstraints,
    TableColumnDep as TableColumnDep,
    TableColumnLineage as TableColumnLineage,
    TableConstraints as TableConstraints,
    TableRecord as TableRecord,
    TableSchema as TableSchema,
)
from nb_assets.definitions.table_metadata import (
    TableColumnLineageMetadataValue as TableColumnLineageMetadataValue,
    TableMetadataValue as TableMetadataValue,
    TableSchemaMetadataValue as TableSchemaMetadataValue,
)
from nb_assets.definitions.user_events import (
    AssetMaterialization as AssetMaterialization,
    AssetObservation as AssetObservation,
    ExpectationResult as ExpectationResult,
)
from nb_assets.diff import diff as diff
from nb_assets.errors import (
    DagsterConfigMappingFunctionError as DagsterConfigMappingFunctionError,
    DagsterError as DagsterError,
    DagsterEventLogInvalidForRun as DagsterEventLogInvalidForRun,
    DagsterExecutionInterruptedError as DagsterExecutionInterruptedError,
    DagsterExecutionStepExecutionError as DagsterExecutionStepExecutionError,
    DagsterExecutionStepNotFoundError as DagsterExecutionStepNotFoundError,
    DagsterInvalidConfigDefinitionError as DagsterInvalidConfigDefinitionError,
    DagsterInvalidConfigError as DagsterInvalidConfigError,
    DagsterInvalidDefinitionError as DagsterInvalidDefinitionError,
    DagsterInvalidInvocationError as DagsterInvalidInvocationError,
    DagsterInvalidSubsetError as DagsterInvalidSubsetError,
    DagsterInvariantViolationError as DagsterInvariantViolationError,
    DagsterResourceFunctionError as DagsterResourceFunctionError,
    DagsterRunNotFoundError as DagsterRunNotFoundError,
    DagsterStepOutputNotFoundError as DagsterStepOutputNotFoundError,
    DagsterSubprocessError as DagsterSubprocessError,
    DagsterTypeCheckDidNotPass as DagsterTypeCheckDidNotPass,
    DagsterTypeCheckError as DagsterTypeCheckError,
    DagsterUnknownPartitionError as DagsterUnknownPartitionError,
    DagsterUnknownResourceError as DagsterUnknownResourceError,
    DagsterUnmetExecutorRequirementsError as DagsterUnmetExecutorRequirementsError,
    DagsterUserCodeExecutionError as DagsterUserCodeExecutionError,
)
from nb_assets.execution.automation.tester import (
    EvaluateAutomationConditionsResult as EvaluateAutomationConditionsResult,
    evaluate_automation_conditions as evaluate_automation_conditions,
)
from nb_assets.execution.built_context import (
    build_asset_check_context as build_asset_check_context,
    build_asset_context as build_asset_context,
    build_op_context as build_op_context,
)
from nb_assets.execution.built_resources import (
    build_init_resource_context as build_init_resource_context,
    build_resources as build_resources,
)
from nb_assets.execution.check_factories import (
    build_column_schema_change_checks as build_column_schema_change_checks,
    build_last_update_freshness_checks as build_last_update_freshness_checks,
    build_metadata_bounds_checks as build_metadata_bounds_checks,
)
from nb_assets.execution.context import (
    AssetCheckExecutionContext as AssetCheckExecutionContext,
    AssetExecutionContext as AssetExecutionContext,
    OpExecutionContext as OpExecutionContext,
)
from nb_assets.execution.dagster_event import (
    DagsterEvent as DagsterEvent,
    DagsterEventType as DagsterEventType,
)
from nb_assets.execution.dagster_run import (
    DagsterRun as DagsterRun,
    DagsterRunStatus as DagsterRunStatus,
    RunsFilter as RunsFilter,
)
from nb_assets.execution.definitions import Definitions as Definitions, map_asset_specs as map_asset_specs
from nb_assets.execution.event_log_record import (
    AssetRecordsFilter as AssetRecordsFilter,
    EventLogEntry as EventLogEntry,
    EventLogRecord as EventLogRecord,
    EventRecordsResult as EventRecordsResult,
)
from nb_assets.execution.graph_job import job as job
from nb_assets.execution.hooks import HookContext as HookContext, build_hook_context as build_hook_context
from nb_assets.execution.instance import (
    DagsterInstance as DagsterInstance,
    instance_for_test as instance_for_test,
)
from nb_assets.execution.job import JobDefinition as JobDefinition, define_asset_job as define_asset_job
from nb_assets.execution.materialize import (
    materialize as materialize,
    materialize_to_memory as materialize_to_memory,
)
from nb_assets.execution.module_definitions import (
    load_definitions_from_current_module as load_definitions_from_current_module,
    load_definitions_from_module as load_definitions_from_module,
    load_definitions_from_modules as load_definitions_from_modules,
    load_definitions_from_package_module as load_definitions_from_package_module,
    load_definitions_from_package_name as load_definitions_from_package_name,
)
from nb_assets.execution.passing.built_contexts import (
    build_input_context as build_input_context,
    build_output_context as build_output_context,
)
from nb_assets.execution.passing.filesystem import (
    FilesystemIOManager as FilesystemIOManager,
    fs_io_manager as fs_io_manager,
)
from nb_assets.execution.passing.memory import (
    InMemoryIOManager as InMemoryIOManager,
    mem_io_manager as mem_io_manager,
)
from nb_assets.execution.passing.upath import UPathIOManager as UPathIOManager
from nb_assets.execution.resource_making import InitResourceContext as InitResourceContext
from nb_assets.execution.validate_run_config import validate_run_config as validate_run_config
from nb_assets.execution.with_resources import with_resources as with_resources
from nb_assets.fingerprint.data_version import data_version as data_version
from nb_assets.graph.asset_selection import AssetSelection as AssetSelection
from nb_assets.session import Session as Session, session as session
from nb_assets.shortcuts import explain as explain, history as history, lineage as lineage, load as load

__version__: str

def load_ipython_extension(ip: InteractiveShell) -> None: ...
def unload_ipython_extension(ip: InteractiveShell) -> None: ...
