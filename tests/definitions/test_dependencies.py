"""Graphs that are written down in place of composed."""

from __future__ import annotations

import pytest

from nb_assets import (
    AssetsDefinition,
    DependencyDefinition,
    GraphDefinition,
    InputMapping,
    MultiDependencyDefinition,
    NodeInvocation,
    OutputMapping,
    op,
)
from nb_assets.errors import DefinitionError


@op
def one():
    return 1


@op
def add(x, y):
    return x + y


BOTH = {"x": DependencyDefinition("one"), "y": DependencyDefinition("one")}


def test_a_graph_that_is_written_down_can_make_an_asset():
    written = GraphDefinition(
        name="written",
        node_defs=[add, one],
        dependencies={"add": BOTH},
        output_mappings=[OutputMapping("result", "add", "result")],
    )
    made = AssetsDefinition.from_graph(written)
    assert made.key.to_user_string() == "written"
    assert [step.path for step in made.graph.steps] == ["one", "add"]


def test_a_graph_that_is_written_down_is_the_same_when_it_is_composed_anew():
    written = GraphDefinition(name="written", node_defs=[one])
    assert written.recomposed() is written


def test_a_circle_is_drawn():
    around = {
        NodeInvocation("add", "a"): {"x": DependencyDefinition("b"), "y": DependencyDefinition("b")},
        NodeInvocation("add", "b"): {"x": DependencyDefinition("a"), "y": DependencyDefinition("a")},
    }
    with pytest.raises(DefinitionError, match=r"in a circle.*: (a → b → a|b → a → b)\."):
        GraphDefinition(name="g", node_defs=[add], dependencies=around)


@pytest.mark.parametrize(
    ("dependencies", "told"),
    [
        ({"ad": BOTH}, "Did you mean `add`?"),
        ({"add": BOTH | {"x": DependencyDefinition("on")}}, "no node `on`. Did you mean `one`?"),
        ({"add": BOTH | {"x": DependencyDefinition("one", "rest")}}, "`one` has no output `rest`"),
        ({"add": BOTH | {"z": DependencyDefinition("one")}}, "`add` has no input `z`"),
        ({"add": BOTH | {"x": "one"}}, "write DependencyDefinition(…)"),
    ],
)
def test_a_slip_in_the_dependencies_is_refused(dependencies: dict, told: str):
    with pytest.raises(DefinitionError) as caught:
        GraphDefinition(name="g", node_defs=[one, add], dependencies=dependencies)
    assert told in str(caught.value)


def test_an_input_of_the_graph_stands_for_that_of_a_node():
    graph = GraphDefinition(
        name="g",
        node_defs=[one, add],
        dependencies={"add": {"x": DependencyDefinition("one")}},
        input_mappings=[InputMapping("n", "add", "y")],
    )
    assert graph.execute_in_process(input_values={"n": 4}).output_for_node("add") == 5


def test_a_list_of_dependencies_names_each_once():
    with pytest.raises(DefinitionError, match="names an output twice"):
        MultiDependencyDefinition([DependencyDefinition("one"), DependencyDefinition("one")])


def test_an_input_that_depends_on_nothing_has_a_type_that_can_be_configured():
    @op
    def shown(picture: pytest.Module):
        return picture

    with pytest.raises(DefinitionError, match="the input `picture` of `shown` depends on nothing"):
        GraphDefinition(name="g", node_defs=[shown])
    assert GraphDefinition(
        name="g", node_defs=[one, add], dependencies={"add": {"x": DependencyDefinition("one")}}
    )


def test_the_graph_of_an_asset_leaves_no_input_to_the_configuration():
    with pytest.raises(DefinitionError, match="called without its input `y`"):
        AssetsDefinition.from_graph(
            GraphDefinition(
                name="g",
                node_defs=[one, add],
                dependencies={"add": {"x": DependencyDefinition("one")}},
                output_mappings=[OutputMapping("result", "add", "result")],
            )
        )
