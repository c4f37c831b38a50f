"""Which assets dependencies mean, among those that are given together."""

from __future__ import annotations

from typing import Any

import pytest

from nb_assets import AssetDep, AssetIn, AssetKey, AssetSpec, Definitions, asset, materialize
from nb_assets.errors import DefinitionError


@asset(key_prefix="raw", group_name="g")
def trips() -> int:
    return 3


def test_a_name_means_the_one_asset_of_its_group_that_ends_in_it() -> None:
    @asset(group_name="g")
    def doubled(trips: int) -> int:
        return 2 * trips

    assert materialize([trips, doubled]).output_for_node("doubled") == 6
    graph = Definitions(assets=[trips, doubled]).resolve_asset_graph()
    assert graph.upstream(AssetKey("doubled")) == (AssetKey(["raw", "trips"]),)


def test_a_name_means_nothing_in_another_group() -> None:
    @asset(group_name="other")
    def doubled(trips: int) -> int:
        return 2 * trips

    with pytest.raises(DefinitionError, match="Did you mean `raw/trips`"):
        Definitions(assets=[trips, doubled]).resolve_asset_graph()
    with pytest.raises(DefinitionError, match="Did you mean `raw/trips`"):
        materialize([trips, doubled])


def test_a_table_means_the_asset_that_says_that_it_is_it() -> None:
    made = AssetSpec("made", metadata={"dagster/table_name": "db.schema.t"})

    @asset(deps=[AssetDep("t", metadata={"dagster/table_name": "db.schema.t"})])
    def reading() -> None: ...

    graph = Definitions(assets=[made, reading]).resolve_asset_graph()
    assert graph.upstream(AssetKey("reading")) == (AssetKey("made"),)
    twice = AssetSpec("again", metadata={"dagster/table_name": "db.schema.t"})
    with pytest.raises(DefinitionError, match="several assets"):
        Definitions(assets=[made, twice, reading]).resolve_asset_graph()


def test_a_key_of_several_parts_means_itself_alone() -> None:
    @asset(group_name="g", ins={"x": AssetIn(["rw", "trips"])})
    def doubled(x: Any) -> None: ...

    with pytest.raises(DefinitionError, match="reads `rw/trips`"):
        Definitions.validate_loadable(Definitions(assets=[trips, doubled]))


def test_deps_without_a_value_may_be_made_elsewhere() -> None:
    @asset(deps=["elsewhere"])
    def a() -> None: ...

    assert materialize([a]).success


def test_dependencies_on_one_asset_say_the_same_of_it() -> None:
    @asset(deps=[AssetDep("elsewhere", metadata={"x": 1})])
    def a() -> None: ...

    @asset(deps=[AssetDep("elsewhere", metadata={"x": 2})])
    def b() -> None: ...

    with pytest.raises(DefinitionError, match="different metadata"):
        Definitions(assets=[a, b]).resolve_asset_graph()
