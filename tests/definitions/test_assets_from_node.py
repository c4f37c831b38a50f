"""Assets of ops and graphs that are there already."""

from __future__ import annotations

from typing import Any

import pytest

from nb_assets import (
    AssetKey,
    AssetsDefinition,
    AssetSpec,
    OpDefinition,
    Out,
    asset,
    graph,
    graph_asset,
    materialize,
    op,
)
from nb_assets.errors import DefinitionError


@op(out={"low": Out(metadata={"unit": "m"}), "high": Out(is_required=False)})
def bounds(values: list[int]) -> Any:
    return min(values), max(values)


@op
def numbers() -> list[int]:
    return [3, 1, 2]


@op
def doubled(x: int) -> int:
    return 2 * x


@asset
def values() -> list[int]:
    return [3, 1, 2]


def test_an_op_makes_an_asset_of_each_of_its_outputs() -> None:
    made = AssetsDefinition.from_op(
        bounds,
        key_prefix="stats",
        group_name="metrics",
        descriptions_by_output_name={"low": "the least"},
    )
    low = made.specs_by_key[AssetKey(["stats", "low"])]
    assert (low.description, low.metadata, low.group_name) == ("the least", {"unit": "m"}, "metrics")
    assert made.specs_by_key[AssetKey(["stats", "high"])].skippable
    result = materialize([values, made])
    assert result.output_for_node("bounds", "low") == 1
    assert result.asset_value(["stats", "high"]) == 3


def test_a_graph_makes_an_asset_of_its_name() -> None:
    @graph
    def six() -> Any:
        return doubled(bounds(numbers())[1])

    made = AssetsDefinition.from_graph(six)
    assert made.key == AssetKey("six")
    assert made.node_def is six
    with pytest.raises(DefinitionError, match="made by a graph"):
        _ = made.op
    assert materialize([made]).output_for_node("six") == 6


def test_one_output_can_be_derived_from_another() -> None:
    made = AssetsDefinition.from_op(
        bounds,
        can_subset=True,
        internal_asset_deps={"low": {AssetKey("values")}, "high": {AssetKey("low")}},
    )
    assert made.asset_deps == {
        AssetKey("low"): {AssetKey("values")},
        AssetKey("high"): {AssetKey("low")},
    }


def test_the_class_itself_takes_a_node_and_the_keys_of_its_outputs() -> None:
    made = AssetsDefinition(
        node_def=bounds,
        keys_by_input_name={"values": AssetKey("values")},
        keys_by_output_name={"low": AssetKey("a"), "high": AssetKey("b")},
        group_names_by_key={AssetKey("a"): "x"},
    )
    assert made.group_names_by_key == {AssetKey("a"): "x", AssetKey("b"): "default"}
    assert materialize([values, made]).asset_value("b") == 3


def test_specs_alone_are_assets_that_are_made_elsewhere() -> None:
    spec = AssetSpec("elsewhere", group_name="g")
    made = AssetsDefinition(specs=[spec])
    assert not made.is_executable
    assert list(made.specs) == [spec]
    assert materialize([made, values]).materialized == [AssetKey("values")]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (AssetsDefinition, "made of a node_def"),
        (lambda: AssetsDefinition.from_op(bounds, keys_by_output_name={"lo": AssetKey("x")}), "`low`"),
        (lambda: AssetsDefinition.from_op(bounds, keys_by_input_name={"v": AssetKey("x")}), "It has values"),
        (lambda: AssetsDefinition.from_op(bounds, internal_asset_deps={"hig": set()}), "`high`"),
        (
            lambda: AssetsDefinition.from_op(bounds, group_name="a", group_names_by_output_name={"low": "b"}),
            "not both",
        ),
    ],
)
def test_what_a_node_does_not_have_is_refused(make: Any, said: str) -> None:
    with pytest.raises(DefinitionError, match=said):
        make()


def test_attributes_are_added_and_keys_replaced_wherever_they_stand() -> None:
    @asset(deps=["first"])
    def second(values: Any) -> None: ...

    changed = second.with_attributes(
        asset_key_replacements={
            AssetKey("second"): AssetKey(["p", "second"]),
            AssetKey("first"): AssetKey(["p", "first"]),
        },
        tags_by_key={AssetKey("second"): {"a": "b"}},
        group_names_by_key={AssetKey("second"): "g"},
    )
    assert changed.key == AssetKey(["p", "second"])
    assert changed.asset_deps[changed.key] == {AssetKey("values"), AssetKey(["p", "first"])}
    assert (changed.spec.tags, changed.spec.group_name) == ({"a": "b"}, "g")
    with pytest.raises(DefinitionError, match="already"):
        changed.with_attributes(group_names_by_key={changed.key: "other"})


def test_a_definition_that_can_subset_is_cut_down() -> None:
    made = AssetsDefinition.from_op(bounds, can_subset=True)
    assert made.subset_for({AssetKey("low")}).keys == {AssetKey("low")}
    with pytest.raises(DefinitionError, match="can_subset=True"):
        AssetsDefinition.from_op(bounds).subset_for({AssetKey("low")})


def test_the_op_of_a_definition_has_its_inputs_and_outputs() -> None:
    @asset(deps=["before"])
    def made(values: list[int]) -> int:
        return len(values)

    found = made.op
    assert isinstance(found, OpDefinition)
    assert found.ins["before"].dagster_type.is_nothing
    assert found.ins["values"].dagster_type.display_name == "[Int]"
    assert [(each.name, each.dagster_type.display_name) for each in found.output_defs] == [("result", "Int")]
    assert [each.name for each in found.input_defs] == ["values", "before"]

    @graph_asset
    def composed() -> Any:
        return doubled(bounds(numbers())[0])

    assert composed.node_def.name == "composed"
