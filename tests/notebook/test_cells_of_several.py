"""Cells whose definitions make several assets, or are made of ops: what they register, and what an edit of them does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nb_assets.errors import DefinitionError
from nb_assets.notebook.cell import CellOptions, register_cell
from nb_assets.session import Session
from nb_assets.views.details import details_view
from nb_assets.views.lineage import lineage_view
from tests.harness.shell import notebook as shell_notebook

if TYPE_CHECKING:
    from nb_assets.notebook.cell_result import CellResult

__all__ = ["shell_notebook"]

IMPORTS = "from nb_assets import AssetKey, AssetOut, AssetSpec, asset, graph, graph_asset, graph_multi_asset, multi_asset, op"
SEVERAL = """@multi_asset(outs={"a": AssetOut(), "b": AssetOut(group_name="own")})
def both():
    return {"a": 1, "b": 2}
"""
OPS = """@op
def double(x):
    return helper(x)
"""
HELPER = "def helper(x): return x * 2"
GRAPH = """@graph_asset
def doubled(a):
    @op
    def add_one(x):
        return x + 1

    return double(add_one(a))
"""


class Cells:
    def __init__(self, notebook, folder) -> None:
        self.notebook = notebook
        self.session = Session(folder)
        self.run(IMPORTS)

    def run(self, cell: str) -> None:
        self.notebook.run(cell)

    def asset(self, cell: str, name: str, **options) -> CellResult:
        shell = self.notebook.shell
        shell.get_parent = lambda: {"metadata": {"cellId": name}}
        shell.execution_count += 1
        return register_cell(shell, self.session, cell, CellOptions(**options))

    @property
    def states(self) -> dict[str, str]:
        return {key.to_user_string(): each.state for key, each in self.session.status().items()}


@pytest.fixture
def cells(shell_notebook, tmp_path) -> Cells:
    return Cells(shell_notebook, tmp_path / "store")


def test_a_cell_registers_all_assets_of_a_function(cells):
    result = cells.asset(SEVERAL, "cell", group="g")
    assert [key.to_user_string() for key in result.keys] == ["a", "b"]
    assert {k.to_user_string(): cells.session.graph.group_of(k) for k in result.keys} == {
        "a": "g",
        "b": "own",
    }
    cells.session.materialize()
    assert (cells.session.load("a"), cells.session.load("b")) == (1, 2)


def test_an_output_that_is_taken_out_of_the_cell_is_unregistered(cells):
    cells.asset(SEVERAL, "cell")
    cells.asset(SEVERAL.replace(', "b": AssetOut(group_name="own")', "").replace(', "b": 2', ""), "cell")
    assert [key.to_user_string() for key in cells.session.assets] == ["a"]


def test_an_edit_makes_every_asset_of_the_function_stale_and_taking_it_back_restores_it(cells):
    cells.asset(SEVERAL, "cell")
    cells.session.materialize()
    cells.asset(SEVERAL.replace('"a": 1', '"a": 10'), "cell")
    assert cells.states == {"a": "stale", "b": "stale"}
    cells.session.materialize()
    cells.asset(SEVERAL, "cell")
    assert len(cells.session.materialize().restored) == 2


@pytest.mark.parametrize(
    ("cell", "edit"),
    [
        ("ops", (OPS, OPS.replace("helper(x)", "helper(x) + 0"))),
        ("graph", (GRAPH, GRAPH.replace("x + 1", "x + 2"))),
        (None, (HELPER, "def helper(x): return x * 3")),
    ],
    ids=["an op of another cell", "an op in the body", "a helper of an op"],
)
def test_an_edit_of_what_a_graph_asset_is_made_of_makes_it_stale(cells, cell, edit):
    cells.run(HELPER)
    cells.run(OPS)
    cells.asset("@asset\ndef a(): return 1", "a")
    cells.asset(GRAPH, "graph")
    cells.session.materialize()
    assert (cells.session.load("doubled"), cells.states["doubled"]) == (4, "fresh")

    before, after = edit
    assert before != after
    if cell == "graph":
        cells.asset(after, "graph")
    else:
        cells.run(after)
    assert cells.states == {"a": "fresh", "doubled": "stale"}


def test_the_ops_that_run_are_those_of_now_whichever_cell_they_were_defined_in(cells):
    cells.run(HELPER)
    cells.run(OPS)
    cells.run("@graph\ndef inner(x): return double(x)")
    cells.asset("@asset\ndef a(): return 1", "a")
    cells.asset(GRAPH.replace("return double", "return inner"), "graph")
    cells.session.materialize()
    assert cells.session.load("doubled") == 4

    cells.run(OPS.replace("helper(x)", "-helper(x)"))
    assert cells.states["doubled"] == "stale"
    cells.session.materialize()
    assert (cells.session.load("doubled"), cells.states["doubled"]) == (-4, "fresh")

    cells.run("@graph\ndef inner(x): return double(double(x))")
    cells.run("def helper(x): return x * 3")
    cells.session.materialize()
    assert (cells.session.load("doubled"), cells.states["doubled"]) == (18, "fresh")


def test_a_graph_whose_ops_no_longer_fit_is_never_fresh_and_says_why(cells):
    cells.run(HELPER)
    cells.run(OPS)
    cells.asset("@asset\ndef a(): return 1", "a")
    cells.asset(GRAPH, "graph")
    cells.session.materialize()
    cells.run("@op\ndef double(x, y): return x * y")
    assert cells.states["doubled"] == "stale"
    cells.session.materialize()
    assert cells.states["doubled"] == "stale"
    (note,) = cells.session.fingerprint(cells.session.select("doubled")[0]).untracked
    assert "called without its input `y`" in note
    cells.run(OPS)
    assert cells.states["doubled"] == "fresh"
    assert len(cells.session.materialize().restored) == 1


def test_a_cell_that_cannot_be_composed_changes_nothing(cells):
    cells.run(HELPER)
    cells.run(OPS)
    cells.asset(GRAPH, "graph")
    before = cells.session.assets["doubled"]
    with pytest.raises(DefinitionError, match="plain value"):
        cells.asset(GRAPH.replace("add_one(a)", "add_one(3)"), "graph")
    assert cells.session.assets["doubled"] is before


def test_the_lineage_and_the_details_show_each_asset_for_itself(cells):
    cells.run(HELPER)
    cells.run(OPS)
    cells.asset(SEVERAL, "several", group="g")
    cells.asset(GRAPH, "graph")
    cells.session.materialize()

    view = lineage_view(cells.session)
    assert {node["key"]: node["status"] for node in view["nodes"]} == {
        "a": "fresh",
        "b": "fresh",
        "doubled": "fresh",
    }
    pane = details_view(cells.session, cells.session.select("doubled")[0])
    assert [link["key"] for link in pane["inputs"]] == ["a"]
    assert "def add_one" in pane["code"]
    pane = details_view(cells.session, cells.session.select("b")[0])
    assert (pane["group"], pane["code"]) == ("own", SEVERAL)
