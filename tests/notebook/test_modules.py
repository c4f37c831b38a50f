"""Modules of assets beside the notebook: loaded in one line, and true to their files from then on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from nb_assets import AssetKey
from nb_assets.definitions.registry import Origin
from nb_assets.errors import CellError, DefinitionError, DuplicateKeyError, UsageError
from nb_assets.notebook.cell import CellOptions, register_cell
from nb_assets.notebook.modules import Modules
from nb_assets.session import Session
from tests.harness.shell import Notebook
from tests.harness.shell import notebook as shell_notebook

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["shell_notebook"]

METRICS = """
from nb_assets import asset
from helping import clean

@asset
def raw(): return [3, 1, 2]

@asset
def tidy(raw): return clean(raw)
"""
HELPING = "def clean(rows): return sorted(rows)\n"


class Project:
    """A folder with modules, a notebook beside them, and a session."""

    def __init__(self, notebook: Notebook, folder: Path) -> None:
        self.folder = folder
        self.shell = notebook.shell
        self.names = notebook.names
        self.session = Session(folder / ".store")
        self.modules = Modules(notebook.shell, self.session)

    def write(self, **files: str) -> None:
        for name, text in files.items():
            file = self.folder / f"{name}.py"
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> bool:
        """Change a text in a module as an editor does, then look at the modules as a cell does before it runs."""
        file = self.folder / f"{name}.py"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
        return self.modules.refresh()

    def states(self) -> dict[str, str]:
        return {key.to_user_string(): status.state for key, status in self.session.status().items()}

    def make(self) -> list[str]:
        return [key.to_user_string() for key in self.session.materialize(echo=False).materialized]

    @property
    def keys(self) -> list[str]:
        return sorted(key.to_user_string() for key in self.session.assets)


@pytest.fixture
def project(shell_notebook: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    before = set(sys.modules)
    project = Project(shell_notebook, tmp_path)
    project.write(metrics=METRICS, helping=HELPING)
    yield project
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(tmp_path)):
            del sys.modules[name]


def test_a_module_is_registered_under_its_own_name(project: Project):
    loaded = project.modules.load("metrics")
    assert [key.to_user_string() for key in loaded.keys] == ["raw", "tidy"]
    assert project.session.registry.origin(AssetKey("raw")) == Origin(
        id="module metrics", label="module metrics", kind="module"
    )


def test_a_group_and_a_prefix_are_given_to_all(project: Project):
    project.modules.load("metrics", "daily/numbers", ("p", "q"))
    assert project.keys == ["p/q/raw", "p/q/tidy"]
    assert project.session.graph.groups.keys() == {"daily/numbers"}
    assert project.make() == ["p/q/raw", "p/q/tidy"]


def test_an_edit_of_a_module_makes_its_assets_stale(project: Project):
    project.modules.load("metrics")
    project.make()
    assert not project.edit("metrics", "[3, 1, 2]", "[3, 1, 9]")
    assert project.states() == {"raw": "stale", "tidy": "stale"}
    project.make()
    assert project.session.load("tidy") == [1, 3, 9]
    assert "[3, 1, 9]" in project.session.code("raw")


def test_an_edit_of_a_helper_in_another_module_makes_stale_what_uses_it(project: Project):
    project.modules.load("metrics")
    project.make()
    project.edit("helping", "sorted(rows)", "sorted(rows, reverse=True)")
    assert project.states() == {"raw": "fresh", "tidy": "stale"}
    project.make()
    assert project.session.load("tidy") == [3, 2, 1]


def test_an_edit_that_means_nothing_leaves_all_fresh(project: Project):
    project.modules.load("metrics")
    project.make()
    project.edit("metrics", "\n@asset\ndef tidy", "\n# what is asked for\n@asset\ndef tidy")
    assert set(project.states().values()) == {"fresh"}


def test_a_file_that_was_only_touched_is_not_imported_again(project: Project):
    project.modules.load("metrics")
    before = project.session.assets["raw"]
    (project.folder / "metrics.py").touch()
    project.modules.refresh()
    assert project.session.assets["raw"] is before


def test_a_definition_that_is_gone_or_new_in_the_file_is_so_in_the_session(project: Project):
    project.modules.load("metrics")
    project.edit("metrics", "def tidy(raw): return clean(raw)", "def total(raw): return sum(raw)")
    assert project.keys == ["raw", "total"]


def test_names_of_the_notebook_follow(project: Project):
    project.modules.load("metrics")
    exec("from metrics import tidy as mine, clean\nimport metrics\nother = mine", project.names)
    project.edit("metrics", "return clean(raw)", "return clean(raw)[:1]")
    assert project.names["mine"]([2, 1]) == [1]
    assert project.names["other"] is project.names["mine"] is project.names["metrics"].tidy
    project.edit("helping", "sorted(rows)", "list(rows)")
    assert project.names["clean"]([2, 1]) == [2, 1]


def test_names_follow_with_autoreload_at_work_too(project: Project):
    project.modules.load("metrics")
    project.shell.run_line_magic("load_ext", "autoreload")
    project.shell.run_line_magic("autoreload", "2")
    project.shell.events.register("pre_run_cell", lambda _: project.modules.refresh())
    project.shell.run_cell("from metrics import tidy, clean")
    for last in (1, 2):
        file = project.folder / "metrics.py"
        file.write_text(METRICS.replace("return clean(raw)", f"return clean(raw)[:{last}]"), encoding="utf-8")
        project.shell.run_cell("seen = tidy([3, 2, 1])")
        assert project.names["seen"] == [1, 2][:last]
        assert project.names["tidy"].compute is project.session.assets["tidy"].compute
    project.shell.run_line_magic("autoreload", "0")


def test_a_module_that_cannot_be_imported_any_more_is_told_of_and_changes_nothing(project: Project):
    project.modules.load("metrics")
    project.make()
    assert project.edit("metrics", "def raw():", "def raw(:")
    assert "`metrics` changed and cannot be loaded: SyntaxError" in project.modules.problem
    assert project.keys == ["raw", "tidy"]
    with pytest.raises(CellError, match="still those of before"):
        project.modules.check()
    assert not project.modules.refresh(), "it is told of once"
    project.edit("metrics", "def raw(:", "def raw():")
    project.modules.check()
    assert set(project.states().values()) == {"fresh"}


def test_an_edit_elsewhere_does_not_hide_that_a_module_cannot_be_imported(project: Project):
    project.modules.load("metrics")
    project.edit("metrics", "[3, 1, 2]", "[3, 1, ")
    assert project.edit("helping", "sorted", "list")
    assert project.modules.problem
    project.edit("metrics", "[3, 1, ", "[3, 1]")
    assert not project.modules.problem
    project.make()
    assert project.session.load("tidy") == [3, 1]


def test_a_package_brings_all_modules_inside_it_those_that_come_later_too(project: Project):
    project.write(**{"pack/__init__": "", "pack/one": METRICS.replace("raw", "a").replace("tidy", "b")})
    project.modules.load("pack", "g")
    assert project.keys == ["a", "b"]
    second = "from nb_assets import asset\nfrom pack.one import a\n@asset\ndef c(b): return 1\n"
    project.write(**{"pack/two": second})
    project.modules.refresh()
    assert project.keys == ["a", "b", "c"]
    assert project.make() == ["a", "b", "c"]


def test_a_module_that_was_imported_before_and_edited_since_is_imported_again(project: Project):
    exec("import metrics", project.names)
    file = project.folder / "metrics.py"
    file.write_text(METRICS.replace("[3, 1, 2]", "[30, 10, 20]"), encoding="utf-8")
    project.modules.load("metrics")
    project.make()
    assert project.session.load("raw") == [30, 10, 20]


def test_a_definitions_object_says_what_a_module_defines(project: Project):
    project.write(
        jobs="from nb_assets import Definitions, asset, load_assets_from_modules\nimport metrics\n@asset\ndef left_out(): return 1\n"
        "defs = Definitions(assets=load_assets_from_modules([metrics], group_name='g', key_prefix='p'))\n"
    )
    project.modules.load("jobs")
    assert project.keys == ["p/raw", "p/tidy"]
    project.edit("metrics", "def tidy", "def neat")
    assert project.keys == ["p/neat", "p/raw"]


def test_a_definitions_object_in_a_cell_registers_its_assets(project: Project):
    cell = (
        "from nb_assets import Definitions, asset, define_asset_job\nimport metrics\n@asset\ndef mine(): return 1\n"
        "defs = Definitions(assets=[mine, metrics.raw], jobs=[define_asset_job('j')])"
    )
    result = register_cell(project.shell, project.session, cell, CellOptions(group="g"))
    assert {key.to_user_string() for key in result.keys} == {"mine", "raw"}
    assert project.session.graph.groups.keys() == {"g"}


def test_a_cell_may_import_an_asset_of_a_loaded_module(project: Project):
    project.modules.load("metrics", "g")
    cell = "from nb_assets import asset\nfrom metrics import tidy\n@asset(deps=[tidy])\ndef after(): return 1"
    result = register_cell(project.shell, project.session, cell, CellOptions())
    assert [key.to_user_string() for key in result.keys] == ["after"]
    assert project.session.registry.origin(AssetKey("tidy")).label == "module metrics"


def test_two_modules_may_share_what_one_imports_from_the_other(project: Project):
    project.write(
        more="from nb_assets import asset\nfrom metrics import raw\n@asset\ndef count(raw): return len(raw)\n"
    )
    project.modules.load("metrics", "g")
    loaded = project.modules.load("more", "h")
    assert [key.to_user_string() for key in loaded.keys] == ["count"]
    assert {name: len(keys) for name, keys in project.session.graph.groups.items()} == {"g": 2, "h": 1}
    project.edit("metrics", "[3, 1, 2]", "[1]")
    project.make()
    assert project.session.load("count") == 1
    project.write(same="from metrics import raw\n")
    with pytest.raises(CellError, match="all registered already"):
        project.modules.load("same")


def test_an_asset_may_move_from_one_module_to_another(project: Project):
    one = "from nb_assets import asset\n@asset\ndef first(): return 1\n"
    project.write(one=one, two=one.replace("first", "second") + "@asset\ndef moving(): return 1\n")
    project.modules.load("one")
    project.modules.load("two")
    project.write(two=one.replace("first", "second"))
    assert not project.edit("one", "return 1\n", "return 1\n@asset\ndef moving(): return 1\n"), (
        project.modules.problem
    )
    assert project.session.registry.origin(AssetKey("moving")).label == "module one"
    project.write(one=one)
    assert not project.edit("two", "return 1\n", "return 1\n@asset\ndef moving(): return 1\n"), (
        project.modules.problem
    )
    assert project.session.registry.origin(AssetKey("moving")).label == "module two"


def test_a_key_that_a_cell_has_too_names_the_cell_and_the_module(project: Project):
    project.shell.get_parent = lambda: {"metadata": {"cellId": "one"}}
    register_cell(project.shell, project.session, "def raw(): return 1", CellOptions())
    with pytest.raises(
        DuplicateKeyError, match=r"`raw` is defined in two places: cell \[\d+\].* and module metrics"
    ):
        project.modules.load("metrics")
    assert project.keys == ["raw"]


def test_a_module_in_a_group_of_its_own_cannot_be_in_another(project: Project):
    project.write(grouped="from nb_assets import asset\n@asset(group_name='h')\ndef x(): return 1\n")
    with pytest.raises(DefinitionError, match="`x` is in the group `h` already"):
        project.modules.load("grouped", "g")
    assert project.keys == []


def test_a_module_without_assets_or_that_is_not_there_is_refused(project: Project):
    with pytest.raises(CellError, match="`helping` defines no assets"):
        project.modules.load("helping")
    with pytest.raises(UsageError, match=r"there is no module `nowhere\.at_all`"):
        project.modules.load("nowhere.at_all")
    project.write(needy="import there_is_no_such_package\n")
    with pytest.raises(ModuleNotFoundError, match="there_is_no_such_package"):
        project.modules.load("needy")


def test_a_module_whose_assets_were_taken_out_does_not_come_back(project: Project):
    project.modules.load("metrics")
    project.session.forget("*")
    project.edit("metrics", "[3, 1, 2]", "[1]")
    assert project.keys == []


def test_loading_again_with_another_group_moves_the_assets(project: Project):
    project.modules.load("metrics", "g")
    project.modules.load("metrics", "h")
    assert project.session.graph.groups.keys() == {"h"}
    project.edit("metrics", "[3, 1, 2]", "[1]")
    assert project.session.graph.groups.keys() == {"h"}
