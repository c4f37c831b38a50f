"""Data assets in notebooks: Dagster's software-defined assets, alive in a Jupyter kernel.

Importing this package imports next to nothing: each public name is loaded when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from nb_assets.definitions.asset_check import AssetCheckKey, AssetCheckSeverity, AssetCheckSpec
    from nb_assets.definitions.asset_decorator import asset
    from nb_assets.definitions.asset_dep import AssetDep
    from nb_assets.definitions.asset_in import AssetIn
    from nb_assets.definitions.asset_key import AssetKey
    from nb_assets.definitions.asset_out import AssetOut
    from nb_assets.definitions.asset_spec import AssetSpec
    from nb_assets.definitions.assets_definition import AssetsDefinition
    from nb_assets.definitions.automation.condition import AutomationCondition
    from nb_assets.definitions.automation.context import AutomationContext, AutomationResult
    from nb_assets.definitions.check_decorator import asset_check, multi_asset_check
    from nb_assets.definitions.check_result import AssetCheckEvaluation, AssetCheckResult
    from nb_assets.definitions.checks_definition import AssetChecksDefinition
    from nb_assets.definitions.config.env_var import EnvVar
    from nb_assets.definitions.config.mapping import ConfigMapping, config_mapping
    from nb_assets.definitions.config.pythonic import Config, PermissiveConfig
    from nb_assets.definitions.config.pythonic_resource import (
        ConfigurableLegacyResourceAdapter,
        ConfigurableResource,
        ConfigurableResourceFactory,
        ResourceDependency,
    )
    from nb_assets.definitions.config.run_config import RunConfig
    from nb_assets.definitions.config.shapes import Field, Permissive, Selector, Shape
    from nb_assets.definitions.config.types import (
        Array,
        BoolSource,
        Enum,
        EnumValue,
        IntSource,
        Map,
        Noneable,
        ScalarUnion,
        StringSource,
    )
    from nb_assets.definitions.dynamic_output import DynamicOut, DynamicOutput
    from nb_assets.definitions.graph_asset_decorator import graph_asset, graph_multi_asset
    from nb_assets.definitions.graph_definition import GraphDefinition, GraphIn, GraphOut, graph
    from nb_assets.definitions.hook import HookDefinition, failure_hook, success_hook
    from nb_assets.definitions.io_manager import (
        InputManager,
        InputManagerDefinition,
        IOManager,
        IOManagerDefinition,
        input_manager,
        io_manager,
    )
    from nb_assets.definitions.metadata import MetadataValue
    from nb_assets.definitions.metadata_kinds import (
        BoolMetadataValue,
        DagsterAssetMetadataValue,
        DagsterJobMetadataValue,
        DagsterRunMetadataValue,
        FloatMetadataValue,
        IntMetadataValue,
        JsonMetadataValue,
        MarkdownMetadataValue,
        NotebookMetadataValue,
        NullMetadataValue,
        PathMetadataValue,
        PoolMetadataValue,
        PythonArtifactMetadataValue,
        TextMetadataValue,
        TimestampMetadataValue,
        UrlMetadataValue,
    )
    from nb_assets.definitions.module_loading import (
        load_asset_checks_from_current_module,
        load_asset_checks_from_modules,
        load_asset_checks_from_package_module,
        load_asset_checks_from_package_name,
        load_assets_from_current_module,
        load_assets_from_modules,
        load_assets_from_package_module,
        load_assets_from_package_name,
    )
    from nb_assets.definitions.multi_asset_decorator import multi_asset
    from nb_assets.definitions.op import In, Nothing, OpDefinition, Out, op
    from nb_assets.definitions.partitions.backfill_policy import BackfillPolicy
    from nb_assets.definitions.partitions.calendar_partitions import (
        DailyPartitionsDefinition,
        HourlyPartitionsDefinition,
        MonthlyPartitionsDefinition,
        WeeklyPartitionsDefinition,
    )
    from nb_assets.definitions.partitions.dynamic import (
        AddDynamicPartitionsRequest,
        DeleteDynamicPartitionsRequest,
        DynamicPartitionsDefinition,
    )
    from nb_assets.definitions.partitions.key_range import PartitionKeyRange
    from nb_assets.definitions.partitions.loading import partition_loading_context
    from nb_assets.definitions.partitions.multi import MultiPartitionsDefinition
    from nb_assets.definitions.partitions.multi_key import MultiPartitionKey
    from nb_assets.definitions.partitions.multi_mapping import (
        DimensionPartitionMapping,
        MultiPartitionMapping,
        MultiToSingleDimensionPartitionMapping,
    )
    from nb_assets.definitions.partitions.partition_mapping import (
        AllPartitionMapping,
        IdentityPartitionMapping,
        LastPartitionMapping,
        PartitionMapping,
        SpecificPartitionsPartitionMapping,
        StaticPartitionMapping,
    )
    from nb_assets.definitions.partitions.partitions_definition import PartitionsDefinition
    from nb_assets.definitions.partitions.static import StaticPartitionsDefinition
    from nb_assets.definitions.partitions.subset import PartitionsSubset
    from nb_assets.definitions.partitions.time_mapping import TimeWindowPartitionMapping
    from nb_assets.definitions.partitions.time_partitions import TimeWindowPartitionsDefinition
    from nb_assets.definitions.partitions.time_window import TimeWindow
    from nb_assets.definitions.resource import (
        ResourceDefinition,
        ResourceParam,
        make_values_resource,
        resource,
    )
    from nb_assets.definitions.result import DataVersion, MaterializeResult, ObserveResult, Output
    from nb_assets.definitions.retry import Backoff, Failure, Jitter, RetryPolicy, RetryRequested
    from nb_assets.definitions.source_asset import SourceAsset
    from nb_assets.definitions.table import (
        TableColumn,
        TableColumnConstraints,
        TableColumnDep,
        TableColumnLineage,
        TableConstraints,
        TableRecord,
        TableSchema,
    )
    from nb_assets.definitions.table_metadata import (
        TableColumnLineageMetadataValue,
        TableMetadataValue,
        TableSchemaMetadataValue,
    )
    from nb_assets.definitions.user_events import AssetMaterialization, AssetObservation, ExpectationResult
    from nb_assets.diff import diff
    from nb_assets.errors import (
        DagsterConfigMappingFunctionError,
        DagsterError,
        DagsterEventLogInvalidForRun,
        DagsterExecutionInterruptedError,
        DagsterExecutionStepExecutionError,
        DagsterExecutionStepNotFoundError,
        DagsterInvalidConfigDefinitionError,
        DagsterInvalidConfigError,
        DagsterInvalidDefinitionError,
        DagsterInvalidInvocationError,
        DagsterInvalidSubsetError,
        DagsterInvariantViolationError,
        DagsterResourceFunctionError,
        DagsterRunNotFoundError,
        DagsterStepOutputNotFoundError,
        DagsterSubprocessError,
        DagsterTypeCheckDidNotPass,
        DagsterTypeCheckError,
        DagsterUnknownPartitionError,
        DagsterUnknownResourceError,
        DagsterUnmetExecutorRequirementsError,
        DagsterUserCodeExecutionError,
    )
    from nb_assets.execution.automation.tester import (
        EvaluateAutomationConditionsResult,
        evaluate_automation_conditions,
    )
    from nb_assets.execution.built_context import (
        build_asset_check_context,
        build_asset_context,
        build_op_context,
    )
    from nb_assets.execution.built_resources import build_init_resource_context, build_resources
    from nb_assets.execution.check_factories import (
        build_column_schema_change_checks,
        build_last_update_freshness_checks,
        build_metadata_bounds_checks,
    )
    from nb_assets.execution.context import (
        AssetCheckExecutionContext,
        AssetExecutionContext,
        OpExecutionContext,
    )
    from nb_assets.execution.dagster_event import DagsterEvent, DagsterEventType
    from nb_assets.execution.dagster_run import DagsterRun, DagsterRunStatus, RunsFilter
    from nb_assets.execution.definitions import Definitions, map_asset_specs
    from nb_assets.execution.graph_job import job
    from nb_assets.execution.hooks import HookContext, build_hook_context
    from nb_assets.execution.instance import DagsterInstance, instance_for_test
    from nb_assets.execution.instance_records import (
        AssetRecordsFilter,
        EventLogEntry,
        EventLogRecord,
        EventRecordsResult,
    )
    from nb_assets.execution.job import JobDefinition, define_asset_job
    from nb_assets.execution.materialize import materialize, materialize_to_memory
    from nb_assets.execution.passing.input_context import InputContext, build_input_context
    from nb_assets.execution.passing.memory import InMemoryIOManager, mem_io_manager
    from nb_assets.execution.passing.output_context import OutputContext, build_output_context
    from nb_assets.execution.passing.upath import UPathIOManager
    from nb_assets.execution.resource_making import InitResourceContext
    from nb_assets.execution.with_resources import with_resources
    from nb_assets.fingerprint.data_version import data_version
    from nb_assets.graph.asset_selection import AssetSelection
    from nb_assets.session import Session, session
    from nb_assets.shortcuts import explain, history, lineage, load

__version__ = "0.1.0"

__all__ = [
    "AddDynamicPartitionsRequest",
    "AllPartitionMapping",
    "Array",
    "AssetCheckEvaluation",
    "AssetCheckExecutionContext",
    "AssetCheckKey",
    "AssetCheckResult",
    "AssetCheckSeverity",
    "AssetCheckSpec",
    "AssetChecksDefinition",
    "AssetDep",
    "AssetExecutionContext",
    "AssetIn",
    "AssetKey",
    "AssetMaterialization",
    "AssetObservation",
    "AssetOut",
    "AssetRecordsFilter",
    "AssetSelection",
    "AssetSpec",
    "AssetsDefinition",
    "AutomationCondition",
    "AutomationContext",
    "AutomationResult",
    "BackfillPolicy",
    "Backoff",
    "BoolMetadataValue",
    "BoolSource",
    "Config",
    "ConfigMapping",
    "ConfigurableLegacyResourceAdapter",
    "ConfigurableResource",
    "ConfigurableResourceFactory",
    "DagsterAssetMetadataValue",
    "DagsterConfigMappingFunctionError",
    "DagsterError",
    "DagsterEvent",
    "DagsterEventLogInvalidForRun",
    "DagsterEventType",
    "DagsterExecutionInterruptedError",
    "DagsterExecutionStepExecutionError",
    "DagsterExecutionStepNotFoundError",
    "DagsterInstance",
    "DagsterInvalidConfigDefinitionError",
    "DagsterInvalidConfigError",
    "DagsterInvalidDefinitionError",
    "DagsterInvalidInvocationError",
    "DagsterInvalidSubsetError",
    "DagsterInvariantViolationError",
    "DagsterJobMetadataValue",
    "DagsterResourceFunctionError",
    "DagsterRun",
    "DagsterRunMetadataValue",
    "DagsterRunNotFoundError",
    "DagsterRunStatus",
    "DagsterStepOutputNotFoundError",
    "DagsterSubprocessError",
    "DagsterTypeCheckDidNotPass",
    "DagsterTypeCheckError",
    "DagsterUnknownPartitionError",
    "DagsterUnknownResourceError",
    "DagsterUnmetExecutorRequirementsError",
    "DagsterUserCodeExecutionError",
    "DailyPartitionsDefinition",
    "DataVersion",
    "Definitions",
    "DeleteDynamicPartitionsRequest",
    "DimensionPartitionMapping",
    "DynamicOut",
    "DynamicOutput",
    "DynamicPartitionsDefinition",
    "Enum",
    "EnumValue",
    "EnvVar",
    "EvaluateAutomationConditionsResult",
    "EventLogEntry",
    "EventLogRecord",
    "EventRecordsResult",
    "ExpectationResult",
    "Failure",
    "Field",
    "FloatMetadataValue",
    "GraphDefinition",
    "GraphIn",
    "GraphOut",
    "HookContext",
    "HookDefinition",
    "HourlyPartitionsDefinition",
    "IOManager",
    "IOManagerDefinition",
    "IdentityPartitionMapping",
    "In",
    "InMemoryIOManager",
    "InitResourceContext",
    "InputContext",
    "InputManager",
    "InputManagerDefinition",
    "IntMetadataValue",
    "IntSource",
    "Jitter",
    "JobDefinition",
    "JsonMetadataValue",
    "LastPartitionMapping",
    "Map",
    "MarkdownMetadataValue",
    "MaterializeResult",
    "MetadataValue",
    "MonthlyPartitionsDefinition",
    "MultiPartitionKey",
    "MultiPartitionMapping",
    "MultiPartitionsDefinition",
    "MultiToSingleDimensionPartitionMapping",
    "Noneable",
    "NotebookMetadataValue",
    "Nothing",
    "NullMetadataValue",
    "ObserveResult",
    "OpDefinition",
    "OpExecutionContext",
    "Out",
    "Output",
    "OutputContext",
    "PartitionKeyRange",
    "PartitionMapping",
    "PartitionsDefinition",
    "PartitionsSubset",
    "PathMetadataValue",
    "Permissive",
    "PermissiveConfig",
    "PoolMetadataValue",
    "PythonArtifactMetadataValue",
    "ResourceDefinition",
    "ResourceDependency",
    "ResourceParam",
    "RetryPolicy",
    "RetryRequested",
    "RunConfig",
    "RunsFilter",
    "ScalarUnion",
    "Selector",
    "Session",
    "Shape",
    "SourceAsset",
    "SpecificPartitionsPartitionMapping",
    "StaticPartitionMapping",
    "StaticPartitionsDefinition",
    "StringSource",
    "TableColumn",
    "TableColumnConstraints",
    "TableColumnDep",
    "TableColumnLineage",
    "TableColumnLineageMetadataValue",
    "TableConstraints",
    "TableMetadataValue",
    "TableRecord",
    "TableSchema",
    "TableSchemaMetadataValue",
    "TextMetadataValue",
    "TimeWindow",
    "TimeWindowPartitionMapping",
    "TimeWindowPartitionsDefinition",
    "TimestampMetadataValue",
    "UPathIOManager",
    "UrlMetadataValue",
    "WeeklyPartitionsDefinition",
    "asset",
    "asset_check",
    "build_asset_check_context",
    "build_asset_context",
    "build_column_schema_change_checks",
    "build_hook_context",
    "build_init_resource_context",
    "build_input_context",
    "build_last_update_freshness_checks",
    "build_metadata_bounds_checks",
    "build_op_context",
    "build_output_context",
    "build_resources",
    "config_mapping",
    "data_version",
    "define_asset_job",
    "diff",
    "evaluate_automation_conditions",
    "explain",
    "failure_hook",
    "graph",
    "graph_asset",
    "graph_multi_asset",
    "history",
    "input_manager",
    "instance_for_test",
    "io_manager",
    "job",
    "lineage",
    "load",
    "load_asset_checks_from_current_module",
    "load_asset_checks_from_modules",
    "load_asset_checks_from_package_module",
    "load_asset_checks_from_package_name",
    "load_assets_from_current_module",
    "load_assets_from_modules",
    "load_assets_from_package_module",
    "load_assets_from_package_name",
    "make_values_resource",
    "map_asset_specs",
    "materialize",
    "materialize_to_memory",
    "mem_io_manager",
    "multi_asset",
    "multi_asset_check",
    "op",
    "partition_loading_context",
    "resource",
    "session",
    "success_hook",
    "with_resources",
]

_MODULES = {
    "AddDynamicPartitionsRequest": "definitions.partitions.dynamic",
    "AllPartitionMapping": "definitions.partitions.partition_mapping",
    "Array": "definitions.config.types",
    "AssetCheckEvaluation": "definitions.check_result",
    "AssetCheckExecutionContext": "execution.context",
    "AssetCheckKey": "definitions.asset_check",
    "AssetCheckResult": "definitions.check_result",
    "AssetCheckSeverity": "definitions.asset_check",
    "AssetCheckSpec": "definitions.asset_check",
    "AssetChecksDefinition": "definitions.checks_definition",
    "AssetDep": "definitions.asset_dep",
    "AssetExecutionContext": "execution.context",
    "AssetIn": "definitions.asset_in",
    "AssetKey": "definitions.asset_key",
    "AssetMaterialization": "definitions.user_events",
    "AssetObservation": "definitions.user_events",
    "AssetOut": "definitions.asset_out",
    "AssetRecordsFilter": "execution.instance_records",
    "AssetSelection": "graph.asset_selection",
    "AssetSpec": "definitions.asset_spec",
    "AssetsDefinition": "definitions.assets_definition",
    "AutomationCondition": "definitions.automation.condition",
    "AutomationContext": "definitions.automation.context",
    "AutomationResult": "definitions.automation.context",
    "BackfillPolicy": "definitions.partitions.backfill_policy",
    "Backoff": "definitions.retry",
    "BoolMetadataValue": "definitions.metadata_kinds",
    "BoolSource": "definitions.config.types",
    "Config": "definitions.config.pythonic",
    "ConfigMapping": "definitions.config.mapping",
    "ConfigurableLegacyResourceAdapter": "definitions.config.pythonic_resource",
    "ConfigurableResource": "definitions.config.pythonic_resource",
    "ConfigurableResourceFactory": "definitions.config.pythonic_resource",
    "DagsterAssetMetadataValue": "definitions.metadata_kinds",
    "DagsterConfigMappingFunctionError": "errors",
    "DagsterError": "errors",
    "DagsterEvent": "execution.dagster_event",
    "DagsterEventLogInvalidForRun": "errors",
    "DagsterEventType": "execution.dagster_event",
    "DagsterExecutionInterruptedError": "errors",
    "DagsterExecutionStepExecutionError": "errors",
    "DagsterExecutionStepNotFoundError": "errors",
    "DagsterInstance": "execution.instance",
    "DagsterInvalidConfigDefinitionError": "errors",
    "DagsterInvalidConfigError": "errors",
    "DagsterInvalidDefinitionError": "errors",
    "DagsterInvalidInvocationError": "errors",
    "DagsterInvalidSubsetError": "errors",
    "DagsterInvariantViolationError": "errors",
    "DagsterJobMetadataValue": "definitions.metadata_kinds",
    "DagsterResourceFunctionError": "errors",
    "DagsterRun": "execution.dagster_run",
    "DagsterRunMetadataValue": "definitions.metadata_kinds",
    "DagsterRunNotFoundError": "errors",
    "DagsterRunStatus": "execution.dagster_run",
    "DagsterStepOutputNotFoundError": "errors",
    "DagsterSubprocessError": "errors",
    "DagsterTypeCheckDidNotPass": "errors",
    "DagsterTypeCheckError": "errors",
    "DagsterUnknownPartitionError": "errors",
    "DagsterUnknownResourceError": "errors",
    "DagsterUnmetExecutorRequirementsError": "errors",
    "DagsterUserCodeExecutionError": "errors",
    "DailyPartitionsDefinition": "definitions.partitions.calendar_partitions",
    "DataVersion": "definitions.result",
    "Definitions": "execution.definitions",
    "DeleteDynamicPartitionsRequest": "definitions.partitions.dynamic",
    "DimensionPartitionMapping": "definitions.partitions.multi_mapping",
    "DynamicOut": "definitions.dynamic_output",
    "DynamicOutput": "definitions.dynamic_output",
    "DynamicPartitionsDefinition": "definitions.partitions.dynamic",
    "Enum": "definitions.config.types",
    "EnumValue": "definitions.config.types",
    "EnvVar": "definitions.config.env_var",
    "EvaluateAutomationConditionsResult": "execution.automation.tester",
    "EventLogEntry": "execution.instance_records",
    "EventLogRecord": "execution.instance_records",
    "EventRecordsResult": "execution.instance_records",
    "ExpectationResult": "definitions.user_events",
    "Failure": "definitions.retry",
    "Field": "definitions.config.shapes",
    "FloatMetadataValue": "definitions.metadata_kinds",
    "GraphDefinition": "definitions.graph_definition",
    "GraphIn": "definitions.graph_definition",
    "GraphOut": "definitions.graph_definition",
    "HookContext": "execution.hooks",
    "HookDefinition": "definitions.hook",
    "HourlyPartitionsDefinition": "definitions.partitions.calendar_partitions",
    "IOManager": "definitions.io_manager",
    "IOManagerDefinition": "definitions.io_manager",
    "IdentityPartitionMapping": "definitions.partitions.partition_mapping",
    "In": "definitions.op",
    "InMemoryIOManager": "execution.passing.memory",
    "InitResourceContext": "execution.resource_making",
    "InputContext": "execution.passing.input_context",
    "InputManager": "definitions.io_manager",
    "InputManagerDefinition": "definitions.io_manager",
    "IntMetadataValue": "definitions.metadata_kinds",
    "IntSource": "definitions.config.types",
    "Jitter": "definitions.retry",
    "JobDefinition": "execution.job",
    "JsonMetadataValue": "definitions.metadata_kinds",
    "LastPartitionMapping": "definitions.partitions.partition_mapping",
    "Map": "definitions.config.types",
    "MarkdownMetadataValue": "definitions.metadata_kinds",
    "MaterializeResult": "definitions.result",
    "MetadataValue": "definitions.metadata",
    "MonthlyPartitionsDefinition": "definitions.partitions.calendar_partitions",
    "MultiPartitionKey": "definitions.partitions.multi_key",
    "MultiPartitionMapping": "definitions.partitions.multi_mapping",
    "MultiPartitionsDefinition": "definitions.partitions.multi",
    "MultiToSingleDimensionPartitionMapping": "definitions.partitions.multi_mapping",
    "Noneable": "definitions.config.types",
    "NotebookMetadataValue": "definitions.metadata_kinds",
    "Nothing": "definitions.op",
    "NullMetadataValue": "definitions.metadata_kinds",
    "ObserveResult": "definitions.result",
    "OpDefinition": "definitions.op",
    "OpExecutionContext": "execution.context",
    "Out": "definitions.op",
    "Output": "definitions.result",
    "OutputContext": "execution.passing.output_context",
    "PartitionKeyRange": "definitions.partitions.key_range",
    "PartitionMapping": "definitions.partitions.partition_mapping",
    "PartitionsDefinition": "definitions.partitions.partitions_definition",
    "PartitionsSubset": "definitions.partitions.subset",
    "PathMetadataValue": "definitions.metadata_kinds",
    "Permissive": "definitions.config.shapes",
    "PermissiveConfig": "definitions.config.pythonic",
    "PoolMetadataValue": "definitions.metadata_kinds",
    "PythonArtifactMetadataValue": "definitions.metadata_kinds",
    "ResourceDefinition": "definitions.resource",
    "ResourceDependency": "definitions.config.pythonic_resource",
    "ResourceParam": "definitions.resource",
    "RetryPolicy": "definitions.retry",
    "RetryRequested": "definitions.retry",
    "RunConfig": "definitions.config.run_config",
    "RunsFilter": "execution.dagster_run",
    "ScalarUnion": "definitions.config.types",
    "Selector": "definitions.config.shapes",
    "Session": "session",
    "Shape": "definitions.config.shapes",
    "SourceAsset": "definitions.source_asset",
    "SpecificPartitionsPartitionMapping": "definitions.partitions.partition_mapping",
    "StaticPartitionMapping": "definitions.partitions.partition_mapping",
    "StaticPartitionsDefinition": "definitions.partitions.static",
    "StringSource": "definitions.config.types",
    "TableColumn": "definitions.table",
    "TableColumnConstraints": "definitions.table",
    "TableColumnDep": "definitions.table",
    "TableColumnLineage": "definitions.table",
    "TableColumnLineageMetadataValue": "definitions.table_metadata",
    "TableConstraints": "definitions.table",
    "TableMetadataValue": "definitions.table_metadata",
    "TableRecord": "definitions.table",
    "TableSchema": "definitions.table",
    "TableSchemaMetadataValue": "definitions.table_metadata",
    "TextMetadataValue": "definitions.metadata_kinds",
    "TimeWindow": "definitions.partitions.time_window",
    "TimeWindowPartitionMapping": "definitions.partitions.time_mapping",
    "TimeWindowPartitionsDefinition": "definitions.partitions.time_partitions",
    "TimestampMetadataValue": "definitions.metadata_kinds",
    "UPathIOManager": "execution.passing.upath",
    "UrlMetadataValue": "definitions.metadata_kinds",
    "WeeklyPartitionsDefinition": "definitions.partitions.calendar_partitions",
    "asset": "definitions.asset_decorator",
    "asset_check": "definitions.check_decorator",
    "build_asset_check_context": "execution.built_context",
    "build_asset_context": "execution.built_context",
    "build_column_schema_change_checks": "execution.check_factories",
    "build_hook_context": "execution.hooks",
    "build_init_resource_context": "execution.built_resources",
    "build_input_context": "execution.passing.input_context",
    "build_last_update_freshness_checks": "execution.check_factories",
    "build_metadata_bounds_checks": "execution.check_factories",
    "build_op_context": "execution.built_context",
    "build_output_context": "execution.passing.output_context",
    "build_resources": "execution.built_resources",
    "config_mapping": "definitions.config.mapping",
    "data_version": "fingerprint.data_version",
    "define_asset_job": "execution.job",
    "diff": "diff",
    "evaluate_automation_conditions": "execution.automation.tester",
    "explain": "shortcuts",
    "failure_hook": "definitions.hook",
    "graph": "definitions.graph_definition",
    "graph_asset": "definitions.graph_asset_decorator",
    "graph_multi_asset": "definitions.graph_asset_decorator",
    "history": "shortcuts",
    "input_manager": "definitions.io_manager",
    "instance_for_test": "execution.instance",
    "io_manager": "definitions.io_manager",
    "job": "execution.graph_job",
    "lineage": "shortcuts",
    "load": "shortcuts",
    "load_asset_checks_from_current_module": "definitions.module_loading",
    "load_asset_checks_from_modules": "definitions.module_loading",
    "load_asset_checks_from_package_module": "definitions.module_loading",
    "load_asset_checks_from_package_name": "definitions.module_loading",
    "load_assets_from_current_module": "definitions.module_loading",
    "load_assets_from_modules": "definitions.module_loading",
    "load_assets_from_package_module": "definitions.module_loading",
    "load_assets_from_package_name": "definitions.module_loading",
    "make_values_resource": "definitions.resource",
    "map_asset_specs": "execution.definitions",
    "materialize": "execution.materialize",
    "materialize_to_memory": "execution.materialize",
    "mem_io_manager": "execution.passing.memory",
    "multi_asset": "definitions.multi_asset_decorator",
    "multi_asset_check": "definitions.check_decorator",
    "op": "definitions.op",
    "partition_loading_context": "definitions.partitions.loading",
    "resource": "definitions.resource",
    "session": "session",
    "success_hook": "definitions.hook",
    "with_resources": "execution.with_resources",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def load_ipython_extension(ip: InteractiveShell) -> None:
    """Register the magics: what `%load_ext nb_assets` calls."""
    importlib.import_module("nb_assets.notebook.extension").load_ipython_extension(ip)


def unload_ipython_extension(ip: InteractiveShell) -> None:
    """Take the magics out again: what `%unload_ext nb_assets` calls."""
    importlib.import_module("nb_assets.notebook.extension").unload_ipython_extension(ip)
