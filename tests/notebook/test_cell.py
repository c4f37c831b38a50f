"""Cells registered in a real shell: every form, what each shows, and every mistake with nothing left behind."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from nb_assets import AssetKey
from nb_assets.errors import CellError, CycleError, DefinitionError, DuplicateKeyError, NbAssetsError
from nb_assets.notebook.cell import CellOptions, register_cell
from nb_assets.session import Session
from tests.harness.shell import Notebook
from tests.harness.shell import notebook as shell_notebook

if TYPE_CHECKING:
    from pathlib import Path

    from nb_assets.notebook.cell_result import CellResult

__all__ = ["shell_notebook"]


class Cells:
    """A notebook whose cells are registered as `%%asset` does it, each under the id that its front end would send."""

    def __init__(self, notebook: Notebook, folder: Path) -> None:
        self.notebook = notebook
        self.shell = notebook.shell
        self.session = Session(folder)
        self._given = 0

    @property
    def names(self) -> dict:
        return self.shell.user_ns

    def run(self, cell: str):
        return self.notebook.run(cell)

    def asset(self, cell: str, *, id: str | None = None, **options) -> CellResult:  # noqa: A002
        self._given += 1
        identity = id or f"cell {self._given}"
        self.shell.get_parent = lambda: {"metadata": {"cellId": identity}}
        self.shell.execution_count += 1
        return register_cell(self.shell, self.session, cell, CellOptions(**options))

    def made(self, cell: str, **options):
        """Register a cell and make all; return the value of its first asset, and what the cell would show."""
        result = self.asset(cell, **options)
        self.session.materialize(echo=False)
        return self.session.load(result.keys[0]), result.value_to_show(self.session, self.names)

    @property
    def keys(self) -> list[str]:
        return [key.to_user_string() for key in self.session.assets]

    def inputs(self, name: str) -> list[str]:
        definition = self.session.assets[name]
        return [key.to_user_string() for key in definition.keys_by_input_name.values()]


@pytest.fixture
def cells(shell_notebook: Notebook, tmp_path: Path) -> Cells:
    cells = Cells(shell_notebook, tmp_path / "store")
    cells.run("from nb_assets import asset, AssetIn, AssetKey")
    return cells


# The three forms


def test_decorated_definitions_register_beside_imports_and_helpers(cells: Cells):
    result = cells.asset(
        "import math\nN = 2\ndef helper(x): return x * N\n@asset\ndef a(): return 1\n@asset(group_name='g')\ndef b(a): return helper(a)"
    )
    assert [key.to_user_string() for key in result.keys] == cells.keys == ["a", "b"]
    assert (cells.names["N"], cells.names["helper"](1)) == (2, 2)
    assert cells.names["b"] is cells.session.assets["b"]
    cells.session.materialize()
    assert cells.session.load("b") == 2


def test_everything_may_be_imported_even_what_is_called_like_names_of_ipython(cells: Cells):
    cells.run("from nb_assets import *\nassert In.__module__.startswith('nb_assets')")
    assert cells.asset("@asset\ndef daily():\n    return 1").change.added == (AssetKey("daily"),)


def test_a_plain_function_alone_is_an_asset(cells: Cells):
    cells.asset("def a(): return 1")
    value, shown = cells.made("import math\n\ndef b(a):\n    'Doc.'\n    return a + 1")
    assert (value, shown) == (2, None)
    assert cells.session.assets["b"].spec.description == "Doc."
    assert cells.names["b"](4) == 5


def test_one_of_several_functions_is_chosen_by_name(cells: Cells):
    cells.asset("def helper(): return 1\ndef daily(): return helper()", name="daily")
    assert cells.keys == ["daily"]


def test_a_function_may_become_an_asset_of_another_name(cells: Cells):
    cells.asset("def build(): return 1", name="raw/trips")
    assert cells.keys == ["raw/trips"]


def test_a_plain_cell_is_an_asset(cells: Cells):
    cells.asset("def trips(): return [1, 2, 3]")
    value, shown = cells.made("kept = [t for t in trips if t > 1]\nlen(kept)", name="daily")
    assert (value, shown) == (2, 2)
    assert cells.inputs("daily") == ["trips"]
    assert "kept" not in cells.names
    assert cells.names["daily"] is cells.session.assets["daily"]


def test_the_options_of_the_line_apply_to_what_says_nothing_itself(cells: Cells):
    cells.asset(
        "@asset\ndef a(): return 1\n@asset(group_name='own', key_prefix='x', code_version='2', tags={'k': 'mine'})\ndef b(a): return 1",
        group="g",
        key_prefix=("p",),
        deps=(AssetKey("elsewhere"),),
        code_version="1",
        kinds=("pandas",),
        tags={"k": "line"},
    )
    a, b = cells.session.assets["p/a"], cells.session.assets["p/x/b"]
    assert (a.spec.group_name, b.spec.group_name) == ("g", "own")
    assert (a.spec.code_version, b.spec.code_version) == ("1", "2")
    assert (a.spec.tags["k"], b.spec.tags["k"]) == ("line", "mine")
    assert a.spec.kinds == b.spec.kinds == {"pandas"}
    assert b.dependency_keys == (AssetKey(["p", "a"]), AssetKey("elsewhere"))


def test_a_description_is_for_one_asset(cells: Cells):
    cells.asset("def a(): return 1", description="what")
    assert cells.session.assets["a"].spec.description == "what"
    with pytest.raises(CellError, match="defines several"):
        cells.asset("@asset\ndef b(): return 1\n@asset\ndef c(): return 1", description="what")


# What a cell does when it is run again


def test_a_cell_run_again_redefines_and_tells_what_became_stale(cells: Cells):
    cells.asset("def a(): return 1", id="one")
    cells.asset("def b(a): return a", id="two")
    cells.session.materialize()
    assert cells.asset("def a(): # same\n    return 1", id="one").became_stale == ()
    result = cells.asset("def a(): return 2", id="one")
    assert [key.to_user_string() for key in result.became_stale] == ["a", "b"]
    assert [key.to_user_string() for key in result.change.redefined] == ["a"]


def test_a_definition_that_was_taken_out_is_unregistered(cells: Cells):
    cells.asset("@asset\ndef a(): return 1\n@asset\ndef b(): return 1", id="one")
    result = cells.asset("@asset\ndef b(): return 1", id="one")
    assert [key.to_user_string() for key in result.change.removed] == ["a"]
    assert cells.keys == ["b"]


def test_what_it_reads_that_nothing_defines_yet_is_told_with_near_names(cells: Cells):
    cells.asset("def daily_trips(): return 1")
    result = cells.asset("def b(daily_trip): return 1")
    assert result.unknown_inputs == {AssetKey("daily_trip"): "Did you mean `daily_trips`?"}


def test_editing_a_helpers_cell_makes_its_assets_stale(cells: Cells):
    cells.run("LIMIT = 5")
    cells.asset("def a(): return LIMIT")
    cells.session.materialize()
    cells.run("LIMIT = 6")
    (status,) = cells.session.status("a").values()
    assert [reason.summary for reason in status.reasons] == ["`LIMIT` 5 → 6"]


# Plain cells


@pytest.mark.parametrize(
    ("cell", "value", "shown"),
    [
        ("trips + 1", 11, 11),
        ("trips + 1;", 11, None),
        ("daily = trips + 1", 11, None),
        ("daily = trips + 1\ndaily", 11, 11),
        ("daily = trips + 1\ndaily * 2", 11, 22),
        ("daily = trips + 1\ndaily * 2;", 11, None),
        ("daily = trips\ndaily += 1", 11, None),
        ("x = trips\nx", 10, 10),
        ("trips = trips + 1\ntrips", 11, 11),
        ("trips += 1\ntrips", 11, 11),
        ("[t for t in range(trips)][-1]", 9, 9),
        ("def double(x):\n    return x * trips\ndouble(2)", 20, 20),
        ("class A:\n    rate = 2\nA.rate * trips", 20, 20),
        ("total = 0\nfor trip in range(trips):\n    total += trip\ntotal", 45, 45),
        ("import math\nmath.sqrt(trips * 10)", 10.0, 10.0),
        ("from math import sqrt\nsqrt(trips * 10)", 10.0, 10.0),
        (
            "with open('/dev/null') as f:\n    daily = f.read() + str(trips)\n    daily = daily + '!'",
            "10!",
            None,
        ),
        ("x = 1; y = 2; x + y + trips", 13, 13),
        ("(n := trips) + n", 20, 20),
        ("None", None, None),
        ("import asyncio\nawait asyncio.sleep(0, trips)", 10, 10),
        ("'''What it is.'''\ntrips", 10, 10),
        ("%precision 3\ntrips", 10, 10),
        ("x = !echo 10\nx[0]", "10", "10"),
        ("HELPER + trips", 15, 15),
        ("'a text'", "a text", "a text"),
        ("x = trips\n'a text'", "a text", "a text"),
    ],
)
def test_a_plain_cell_gives_and_shows(cells: Cells, cell: str, value, shown):
    cells.run("HELPER = 5")
    cells.asset("def trips(): return 10")
    assert cells.made(cell, name="daily") == (value, shown)
    assert cells.inputs("daily") == (["trips"] if "trips" in cell else [])
    assert not {"x", "total", "trip", "n"} & set(cells.names)


def test_a_fresh_plain_cell_still_shows_what_it_would(cells: Cells):
    cell = "daily = [1, 2]\nlen(daily)"
    assert cells.made(cell, id="one", name="daily") == ([1, 2], 2)
    result = cells.asset(cell, id="one", name="daily")
    assert cells.session.materialize().fresh == [AssetKey("daily")]
    assert result.value_to_show(cells.session, cells.names) == 2


def test_a_variable_bound_to_an_asset_stands_for_it(cells: Cells):
    cells.asset("@asset(key_prefix='raw')\ndef trips(): return 4")
    assert cells.made("trips + 1", name="daily") == (5, 5)
    assert cells.inputs("daily") == ["raw/trips"]


def test_a_names_the_asset_only_where_it_is_read_before_it_is_assigned(cells: Cells):
    cells.asset("def v(): return 4")
    cells.asset("v = 1\nv + 1", name="a")
    cells.asset("total = sum(v for v in [1, 2])\ntotal", name="b")
    cells.asset("for v in [1]:\n    w = v\nw", name="c")
    assert [cells.inputs(name) for name in "abc"] == [[], [], []]


def test_a_plain_cell_can_be_run_again(cells: Cells):
    cell = "for row in [1, 2]:\n    daily = row\ndaily = daily + 1"
    for _ in range(2):
        assert cells.made(cell, id="one", name="daily")[0] == 3


def test_a_plain_cell_in_parts_of_a_key(cells: Cells):
    cells.asset("trips = 3", name="raw/trips", key_prefix=("lake",))
    assert cells.keys == ["lake/raw/trips"]
    cells.session.materialize()
    assert cells.session.load("lake/raw/trips") == 3


def test_an_error_in_a_plain_cell_is_at_its_line(cells: Cells):
    cells.asset("x = 1\ny = x / 0\ny", name="daily")
    with pytest.raises(ZeroDivisionError) as caught:
        cells.session.materialize()
    # The line of the magic is the first of the cell.
    assert caught.traceback[-1].lineno + 1 == 3


def test_the_source_of_a_plain_cell_is_what_was_typed(cells: Cells):
    cells.asset("x = 1  # one\nx", name="daily")
    assert cells.session.code("daily") == "x = 1  # one\nx"


# Mistakes

MISTAKES = {
    "a syntax error": ("def f(: pass", {}, CellError, "at line 2, in `def f(: pass`"),
    "an empty cell": ("", {}, CellError, "the cell is empty"),
    "comments alone": ("# nothing", {}, CellError, "the cell is empty"),
    "code without a name": ("x = 1", {}, CellError, "`%%asset NAME`"),
    "a helper that is called without a name": ("def f(): return 1\nf()", {}, CellError, "`%%asset NAME`"),
    "two plain functions": ("def f(): return 1\ndef g(): return 1", {}, CellError, "as in `%%asset g`"),
    "no value": ("x = 1", {"name": "daily"}, CellError, "end it with an expression, or assign `daily = …`"),
    "no value but a near name": ("dayly = 1", {"name": "daily"}, CellError, "Did you mean `dayly`?"),
    "an invalid name": ("1", {"name": "a b"}, DefinitionError, 'Write "a_b"'),
    "a reserved name": ("1", {"name": "class"}, DefinitionError, "word of Python or reserved"),
    "a name that begins with a digit": ("1", {"name": "2024"}, CellError, "cannot be the name of a variable"),
    "an invalid group": ("def f(): return 1", {"group": "a-b"}, DefinitionError, "is not a group name"),
    "an invalid kind": (
        "def f(): return 1",
        {"kinds": ("a b",)},
        DefinitionError,
        "cannot be the key of a tag",
    ),
    "a name beside decorated definitions": (
        "@asset\ndef f(): return 1",
        {"name": "g"},
        CellError,
        "`g` names nothing",
    ),
    "the key of another cell": (
        "def old(): return 2",
        {},
        DuplicateKeyError,
        "`old` is defined in two places: cell [",
    ),
    "a key twice": (
        "@asset\ndef f(): return 1\n@asset(name='f')\ndef g(): return 1",
        {},
        DuplicateKeyError,
        "defines `f` twice",
    ),
    "a circle": ("@asset\ndef f(g): return 1\n@asset\ndef g(f): return 1", {}, CycleError, "→"),
    "a circle through another cell": (
        "@asset\ndef old(user): return 1",
        {"id": "old cell"},
        CycleError,
        "old → user → old",
    ),
    "itself as a dep": ("def f(): return 1", {"deps": (AssetKey("f"),)}, CycleError, "f → f"),
    "an invalid definition": (
        "@asset(group_name='a-b')\ndef f(): return 1",
        {},
        DefinitionError,
        "is not a group name",
    ),
    "an error while it is run": (
        "old = 5\nx = 1 / 0\n@asset\ndef f(): return 1",
        {},
        ZeroDivisionError,
        "division",
    ),
    "a plain cell that reads itself": (
        "user = user + 1",
        {"name": "user", "id": "user cell"},
        CellError,
        "reads `user` before it assigns it",
    ),
    "a star import in a plain cell": (
        "from math import *\npi",
        {"name": "daily"},
        CellError,
        "ordinary cell before it",
    ),
    "an await beside definitions": (
        "import asyncio\nawait asyncio.sleep(0)\n@asset\ndef f(): return 1",
        {},
        CellError,
        "async def",
    ),
    "Dagster's own decorator": (
        "import dagster\n@dagster.asset\ndef f(): return 1",
        {},
        CellError,
        "import `asset` from `nb_assets`",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_and_leaves_everything_as_it_was(cells: Cells, tmp_path: Path, mistake: str):
    cell, options, error, told = MISTAKES[mistake]
    cells.asset("def old(): return 1", id="old cell")
    cells.asset("def user(old): return old + 1", id="user cell")
    cells.session.materialize()
    before = _everything(cells, tmp_path)

    with pytest.raises(error) as caught:
        cells.asset(cell, **options)
    assert told in str(caught.value)
    if isinstance(caught.value, NbAssetsError):
        assert "\n" not in str(caught.value)
    assert _everything(cells, tmp_path) == before
    assert [status.state for status in cells.session.status().values()] == ["fresh", "fresh"]


def _everything(cells: Cells, folder: Path) -> dict:
    history = sqlite3.connect(folder / "store" / "history.sqlite")
    try:
        rows = [
            history.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
            for table in ("materialization", "event", "run")
        ]
    finally:
        history.close()
    return {
        "registry": dict(cells.session.assets),
        "names": {
            name: value
            for name, value in cells.names.items()
            if not name.startswith("_") and name not in {"In", "Out"}
        },
        "history": rows,
        "values": sorted((file.name, file.read_bytes()) for file in (folder / "store" / "values").iterdir()),
    }


@pytest.mark.parametrize("name", ["print", "list", "id"])
def test_an_asset_does_not_hide_a_function_of_python(cells: Cells, name: str):
    with pytest.raises(CellError, match=f"`{name}` is a function of Python itself"):
        cells.asset("1", name=name)
    assert name not in cells.names


def test_a_cell_that_reads_its_own_name_first_would_be_derived_from_itself(cells: Cells):
    with pytest.raises(CellError, match="reads `daily` before it assigns it"):
        cells.asset("daily", name="daily")
    cells.run("daily = [1, None]")
    with pytest.raises(CellError, match="reads `daily` before it assigns it"):
        cells.asset("daily = [one for one in daily if one]", name="daily")


def test_a_cell_tells_of_an_asset_that_is_made_elsewhere(cells: Cells):
    result = cells.asset(
        "from nb_assets import AssetSpec, asset\n"
        "orders = AssetSpec('orders', group_name='raw')\n"
        "@asset(deps=[orders])\ndef report() -> None: ..."
    )

    assert result.keys == (AssetKey("report"),)
    assert result.external == (AssetKey("orders"),)
    assert result.unknown_inputs == {}
    assert cells.session.graph.external == [AssetKey("orders")]
    assert cells.session.materialize(echo=False).materialized == [AssetKey("report")]


def test_the_spec_of_an_asset_of_the_cell_tells_of_nothing_else(cells: Cells):
    result = cells.asset(
        "from nb_assets import AssetSpec, multi_asset\n"
        "spec = AssetSpec('orders')\n"
        "@multi_asset(specs=[spec])\ndef load(): ..."
    )

    assert (result.keys, result.external) == ((AssetKey("orders"),), ())


def test_an_asset_that_is_made_elsewhere_keeps_its_key_and_takes_the_group_of_the_cell(cells: Cells):
    cells.asset(
        "from nb_assets import AssetSpec\norders = AssetSpec('orders')", group="raw", key_prefix=("p",)
    )

    assert cells.session.graph.group_of(AssetKey("orders")) == "raw"


def test_an_asset_that_is_not_told_of_any_more_is_forgotten(cells: Cells):
    cells.asset("from nb_assets import AssetSpec\norders = AssetSpec('orders')", id="one")
    result = cells.asset("from nb_assets import AssetSpec\nrates = AssetSpec('rates')", id="one")

    assert cells.session.graph.external == [AssetKey("rates")]
    assert result.change.removed == (AssetKey("orders"),)
