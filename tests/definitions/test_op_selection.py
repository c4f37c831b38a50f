"""Parts of graphs by the names of ops, beyond what the comparison with Dagster tells (`tests/oracle`)."""

from __future__ import annotations

import pytest

from nb_assets import graph, op
from nb_assets.definitions.op_selection import graph_of_ops
from nb_assets.errors import SelectionError


@op
def one() -> int:
    return 1


@op
def total(each: list[int]) -> int:
    return sum(each)


@graph
def sums() -> int:
    return total([one.alias("a")(), one.alias("b")()])


@pytest.mark.parametrize(
    ("selection", "names"),
    [
        (["a"], {"a"}),
        (["a+"], {"a", "total"}),
        (["*total"], {"a", "b", "total"}),
        (["a", "b"], {"a", "b"}),
        ([], set()),
    ],
)
def test_names_and_what_is_around_them_select_ops(selection: list[str], names: set[str]) -> None:
    assert {node.name for node in graph_of_ops(sums, selection).nodes} == names


def test_what_collects_several_takes_those_that_are_selected() -> None:
    part = graph_of_ops(sums, ["a", "total"])
    assert part.to_job().execute_in_process().output_for_node("total") == 1


@pytest.mark.parametrize("selection", [["totl"], ["a b"], "total"])
def test_what_names_no_op_is_refused(selection: object) -> None:
    with pytest.raises(SelectionError, match="op_selection"):
        graph_of_ops(sums, selection)  # type: ignore[arg-type]
