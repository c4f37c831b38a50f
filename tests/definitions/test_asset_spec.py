from __future__ import annotations

import pytest

from nb_assets import AssetKey, AssetSpec
from nb_assets.errors import DefinitionError

FULL = AssetSpec(
    ["raw", "trips"],
    deps=["files"],
    description="What.",
    metadata={"rows": 3},
    group_name="ingest",
    code_version="2",
    owners=["team:data"],
    tags={"layer": "bronze"},
    kinds={"csv"},
)


def test_it_says_what_it_was_told():
    assert (FULL.key, FULL.group_name, FULL.kinds) == (AssetKey(["raw", "trips"]), "ingest", {"csv"})
    assert AssetSpec("a").group_name is None


def test_attributes_are_replaced_in_a_copy():
    changed = FULL.replace_attributes(key="b", group_name=None, kinds={"table"}, deps=[])
    assert (changed.key, changed.group_name, changed.kinds, changed.deps) == (
        AssetKey("b"),
        None,
        {"table"},
        [],
    )
    assert changed.tags == {"layer": "bronze", "dagster/kind/table": ""}
    assert (FULL.group_name, FULL.kinds) == ("ingest", {"csv"})


def test_attributes_are_merged_in_a_copy():
    merged = FULL.merge_attributes(
        deps=["api"], metadata={"cols": 2}, owners=["team:x"], tags={"pii": ""}, kinds={"table"}
    )
    assert [dep.asset_key for dep in merged.deps] == [AssetKey("files"), AssetKey("api")]
    assert (merged.metadata, merged.owners) == ({"rows": 3, "cols": 2}, ["team:data", "team:x"])
    assert merged.kinds == {"csv", "table"}
    assert merged.tags["layer"] == "bronze"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"group_name": "a-b"}, "is not a group name"),
        ({"kinds": "csv"}, "kinds is a set"),
        ({"key": 3}, "does not name an asset"),
    ],
)
def test_a_change_is_checked_too(changes: dict, told: str):
    with pytest.raises(DefinitionError) as caught:
        FULL.replace_attributes(**changes)
    assert told in str(caught.value)


def test_a_spec_is_hashable_by_its_key():
    assert len({FULL, FULL.replace_attributes(description="Other.")}) == 2
    assert hash(FULL) == hash(AssetSpec(["raw", "trips"]))
