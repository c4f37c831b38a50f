"""The contexts of IO managers, as they are built for direct calls."""

from __future__ import annotations

import pytest

from nb_assets import (
    AssetKey,
    AssetSpec,
    DailyPartitionsDefinition,
    IOManager,
    IOManagerDefinition,
    StaticPartitionsDefinition,
    build_input_context,
    build_output_context,
    input_manager,
    io_manager,
    resource,
)
from nb_assets.definitions.partitions.key_range import PartitionKeyRange
from nb_assets.errors import DefinitionError, InvocationError


def test_an_output_is_told_apart_by_its_run_its_step_and_its_name():
    context = build_output_context(step_key="load", name="result", run_id="r1")

    assert context.get_identifier() == ["r1", "load", "result"]
    assert build_input_context(upstream_output=context).get_identifier() == ["r1", "load", "result"]


def test_one_of_many_outputs_has_its_mapping_key_too():
    context = build_output_context(step_key="load", name="result", run_id="r1", mapping_key="x")

    assert context.get_identifier() == ["r1", "load", "result", "x"]


def test_a_version_stands_in_for_the_run():
    context = build_output_context(step_key="load", name="result", version="v1")

    assert context.get_identifier() == ["versioned_outputs", "v1", "load", "result"]


def test_an_asset_is_told_by_its_key_and_its_partition():
    plain = build_output_context(asset_key=["raw", "orders"])
    parted = build_output_context(asset_key="orders", partition_key="2024-01-01")

    assert plain.get_asset_identifier() == ["raw", "orders"]
    assert parted.get_asset_identifier() == ["orders", "2024-01-01"]
    assert (plain.has_asset_partitions, parted.has_asset_partitions) == (False, True)


@pytest.mark.parametrize(
    "what", ["step_key", "name", "job_name", "op_def", "dagster_type", "asset_key", "partition_key"]
)
def test_what_was_not_said_is_refused_when_it_is_asked_for(what: str):
    with pytest.raises(InvocationError, match=f"this OutputContext has no {what}"):
        getattr(build_output_context(), what)


def test_what_was_said_is_there():
    spec = AssetSpec("orders")
    context = build_output_context(
        name="result",
        definition_metadata={"path": "x"},
        output_metadata={"rows": 3},
        config={"a": 1},
        resource_config={"b": 2},
        asset_spec=spec,
        resources={"db": 7},
    )

    assert context.definition_metadata == context.metadata == {"path": "x"}
    assert context.output_metadata == {"rows": 3}
    assert (context.config, context.resource_config, context.resources.db) == ({"a": 1}, {"b": 2}, 7)
    assert context.asset_spec is spec


def test_metadata_is_added_once():
    context = build_output_context()
    context.add_output_metadata({"rows": 3})

    with pytest.raises(DefinitionError, match="`rows` was added already"):
        context.add_output_metadata({"rows": 4})
    assert context.get_logged_metadata()["rows"].value == 3


def test_a_range_of_partitions_is_passed_with_all_that_is_in_it():
    days = DailyPartitionsDefinition("2024-01-01")
    context = build_input_context(
        asset_key="orders",
        asset_partitions_def=days,
        asset_partition_key_range=PartitionKeyRange("2024-01-01", "2024-01-03"),
    )

    assert context.asset_partition_keys == ["2024-01-01", "2024-01-02", "2024-01-03"]
    assert context.asset_partition_key_range == PartitionKeyRange("2024-01-01", "2024-01-03")
    assert context.asset_partitions_time_window.end.strftime("%Y-%m-%d") == "2024-01-04"
    with pytest.raises(InvocationError, match="3 are passed"):
        context.asset_partition_key


def test_partitions_that_are_not_of_time_have_no_time():
    context = build_input_context(
        asset_key="orders", partition_key="a", asset_partitions_def=StaticPartitionsDefinition(["a", "b"])
    )

    assert context.asset_partition_key == "a"
    with pytest.raises(InvocationError, match="not partitions of time"):
        context.asset_partitions_time_window


def test_a_resource_that_closes_itself_is_there_inside_of_a_block():
    closed = []

    @resource
    def connection(_context):
        yield "open"
        closed.append(True)

    with build_input_context(resources={"db": connection}) as context:
        assert context.resources.db == "open"
    assert closed == [True]


def test_an_input_without_an_output_before_it_has_no_identifier():
    context = build_input_context(asset_key="orders")

    assert (context.has_input_name, context.upstream_output, context.asset_key) == (
        False,
        None,
        AssetKey("orders"),
    )
    with pytest.raises(InvocationError, match="no upstream_output"):
        context.get_identifier()


def test_an_io_manager_is_made_by_the_function_that_is_decorated():
    class Manager(IOManager):
        def handle_output(self, context, obj): ...

        def load_input(self, context): ...

    @io_manager(required_resource_keys={"db"})
    def manager(context):
        """Keep them."""
        return Manager()

    assert isinstance(manager, IOManagerDefinition)
    assert (manager.description, manager.required_resource_keys) == ("Keep them.", {"db"})
    assert isinstance(io_manager(Manager)(), Manager)
    assert IOManagerDefinition.hardcoded_io_manager(held := Manager())(None) is held


def test_what_is_no_io_manager_is_refused():
    with pytest.raises(DefinitionError, match="3 is none"):
        IOManagerDefinition.hardcoded_io_manager(3)  # type: ignore[arg-type]


def test_a_function_loads_an_input():
    @input_manager
    def loader(context):
        return context.name

    assert loader(None).load_input(build_input_context(name="orders")) == "orders"
