"""Assets that are made elsewhere: what tells of them, and where they are seen."""

from __future__ import annotations

from types import ModuleType

import pytest

from nb_assets import (
    AssetKey,
    AssetSpec,
    Definitions,
    SourceAsset,
    asset,
    load_assets_from_modules,
    materialize,
    multi_asset,
)
from nb_assets.definitions.external_assets import external_assets
from nb_assets.definitions.module_loading import assets_of_module
from nb_assets.errors import DefinitionError, InvocationError
from nb_assets.graph.asset_graph import AssetGraph


def module_of(**names) -> ModuleType:
    module = ModuleType("of_specs")
    vars(module).update(names)
    return module


def test_a_spec_among_definitions_is_an_asset_that_nothing_here_makes():
    @asset(deps=["orders"])
    def report() -> None: ...

    defs = Definitions(assets=[AssetSpec("orders", group_name="raw", kinds={"sql"}), report])

    told = defs.resolve_assets_def("orders")
    assert not told.is_executable
    assert told.get_asset_spec(AssetKey("orders")).kinds == {"sql"}
    graph = defs.resolve_asset_graph()
    assert (graph.keys, graph.external) == ([AssetKey("report")], [AssetKey("orders")])
    assert graph.group_of(AssetKey("orders")) == "raw"
    assert graph.downstream(AssetKey("orders")) == (AssetKey("report"),)


def test_what_is_made_elsewhere_may_be_derived_from_what_is_made_here_and_from_each_other():
    @asset
    def orders(): ...

    graph = AssetGraph(
        {
            AssetKey("orders"): orders,
            AssetKey("mart"): external_assets([AssetSpec("mart", deps=[orders])]),
            AssetKey("board"): external_assets([AssetSpec("board", deps=["mart"])]),
        }
    )

    assert graph.upstream(AssetKey("board")) == (AssetKey("mart"),)
    assert graph.ancestors([AssetKey("board")]) == {AssetKey("board"), AssetKey("mart"), AssetKey("orders")}
    assert graph.external == [AssetKey("mart"), AssetKey("board")]


def test_what_is_made_elsewhere_is_left_out_of_a_run():
    @asset(deps=["orders"])
    def report():
        return 1

    result = materialize([AssetSpec("orders"), report])

    assert result.success
    assert result.materialized == [AssetKey("report")]


def test_what_is_made_elsewhere_cannot_be_called():
    with pytest.raises(InvocationError, match="made elsewhere"):
        external_assets([AssetSpec("orders")])()


def test_a_source_asset_says_which_io_manager_reads_it():
    orders = SourceAsset("orders", io_manager_key="warehouse", group_name="raw", description="All of them.")

    assert orders.get_io_manager_key() == "warehouse"
    assert orders.group_name == "raw"
    assert external_assets([orders]).get_io_manager_key_for_asset_key(orders.key) == "warehouse"
    assert SourceAsset("orders").get_io_manager_key() == "io_manager"


def test_a_source_asset_with_an_io_manager_of_its_own_names_the_resource_after_its_key():
    manager = object()
    orders = SourceAsset(["raw", "orders"], io_manager_def=manager)

    assert orders.io_manager_key == "raw__orders__io_manager"
    assert orders.resource_defs["raw__orders__io_manager"].fixed is manager


def test_a_source_asset_with_two_things_of_one_name_is_refused():
    with pytest.raises(DefinitionError, match="two different things by the name `warehouse`"):
        SourceAsset(
            "orders",
            io_manager_key="warehouse",
            io_manager_def=object(),
            resource_defs={"warehouse": object()},
        )


def test_a_spec_can_say_which_io_manager_reads_it():
    spec = AssetSpec("orders", metadata={"rows": 3}).with_io_manager_key("warehouse")

    assert spec.metadata == {"rows": 3, "dagster/io_manager_key": "warehouse"}
    assert external_assets([spec]).get_io_manager_key_for_asset_key(spec.key) == "warehouse"


def test_the_source_assets_of_a_module_are_loaded_and_its_specs_when_asked_for():
    module = module_of(orders=SourceAsset("orders"), rates=AssetSpec("rates"))

    assert [each.key for each in load_assets_from_modules([module])] == [AssetKey("orders")]
    assert {each.key for each in load_assets_from_modules([module], include_specs=True)} == {
        AssetKey("orders"),
        AssetKey("rates"),
    }


def test_a_module_brings_its_specs_into_a_session_except_those_of_what_it_makes():
    spec, rates = AssetSpec("orders"), AssetSpec("rates")

    @multi_asset(specs=[spec])
    def made(): ...

    module = module_of(spec=spec, rates=rates, made=made)

    found = assets_of_module(module)
    assert [(each.is_executable, sorted(each.keys)) for each in found] == [
        (True, [AssetKey("orders")]),
        (False, [AssetKey("rates")]),
    ]


def test_an_asset_that_something_else_makes_from_now_on_is_read_as_before():
    @asset(io_manager_key="warehouse", metadata={"rows": 3}, group_name="raw")
    def orders(): ...

    source = orders.to_source_asset()

    assert (source.key, source.io_manager_key, source.group_name) == (orders.key, "warehouse", "raw")
    assert [each.key for each in orders.to_source_assets()] == [orders.key]
    with pytest.raises(DefinitionError, match="name one of `orders`"):
        orders.to_source_asset("order")
