"""Files and variables of the environment that assets are declared to read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nb_assets import AssetKey, EnvDep, FileDep, materialize
from nb_assets.errors import DefinitionError
from nb_assets.staleness import FileChanged

if TYPE_CHECKING:
    from tests.harness.project import Project

READ = "@asset(deps=[FileDep('x.csv')])\ndef a(): return open('x.csv').read()"
THEN = "@asset\ndef b(a): return a * 2"


@pytest.fixture
def reading(project: Project) -> Project:
    Path("x.csv").write_text("1")
    project.cell(READ)
    project.cell(THEN)
    project.run()
    return project


def test_a_file_that_changes_makes_stale_and_one_that_changes_back_fresh(reading: Project):
    assert reading.states == ""
    Path("x.csv").write_text("2")
    assert reading.why("a") == ["the file `x.csv` changed"]
    assert reading.states == "a: stale, b: stale"
    Path("x.csv").write_text("1")
    assert reading.states == ""
    Path("x.csv").write_text("2")
    assert reading.run() == "made a b"
    Path("x.csv").write_text("1")
    assert reading.run() == "restored a b"


def test_a_file_that_is_gone_is_told_first(reading: Project):
    Path("x.csv").unlink()
    assert reading.session.status("a")[AssetKey("a")].reasons == (FileChanged("x.csv", missing=True),)
    assert "because of `a`: the file `x.csv` is not there" in str(reading.session.explain("b"))
    assert reading.run() == "failed a; skipped b"


def test_a_declared_file_is_not_told_as_untracked_and_another_one_is(project: Project):
    project.cell(READ)
    project.cell(
        "@asset(deps=[FileDep('x.csv')])\ndef b(): return open('x.csv').read() + open('y.csv').read()"
    )
    project.cell("X = 'x.csv'\n@asset(deps=[FileDep('*.csv')])\ndef c(): return open(X).read()")
    told = {key.to_user_string(): status.untracked for key, status in project.session.status().items()}
    assert told["a"] == told["c"] == ()
    assert told["b"]


def test_a_file_that_an_asset_writes_is_looked_at_before_the_one_that_reads_it(project: Project):
    Path("out.txt").write_text("0")
    project.cell("N = 1\n@asset\ndef writes(): open('out.txt', 'w').write(str(N)); return N")
    project.cell("@asset(deps=['writes', FileDep('out.txt')])\ndef reads(): return open('out.txt').read()")
    project.run()
    assert "reads" not in project.states
    project.names["N"] = 2
    assert project.run() == "made writes reads"
    assert project.session.load("reads") == "2"


def test_a_file_that_changes_while_it_is_read_is_not_fresh(project: Project):
    Path("x.csv").write_text("1")
    project.cell(
        "@asset(deps=[FileDep('x.csv')])\ndef a():\n    was = open('x.csv').read()\n"
        "    open('x.csv', 'w').write('22')\n    return was"
    )
    project.run()
    assert project.why("a") == ["the file `x.csv` changed"]


def test_a_variable_counts_by_its_value_which_is_not_recorded(project: Project, monkeypatch):
    monkeypatch.setenv("REGION", "secret-eu")
    project.cell(
        "import os\n@asset(deps=[EnvDep('REGION')])\ndef a(): return len(os.environ.get('REGION', ''))"
    )
    project.run()
    (made,) = project.session.history("a")
    assert "secret" not in repr(made)
    assert project.session.status("a")[AssetKey("a")].untracked == ()
    monkeypatch.setenv("REGION", "us")
    assert project.why("a") == ["the variable `REGION` changed"]
    monkeypatch.delenv("REGION")
    assert project.why("a") == ["the variable `REGION` is not set any more"]
    os.environ["REGION"] = "secret-eu"
    assert project.states == ""


def test_an_explicit_code_version_does_not_hide_a_file(project: Project):
    Path("x.csv").write_text("1")
    project.cell("@asset(deps=[FileDep('x.csv')], code_version='1')\ndef a(): return open('x.csv').read()")
    project.run()
    Path("x.csv").write_text("2")
    assert project.states == "a: stale"


def test_assets_with_files_run_without_a_session_too(project: Project):
    Path("x.csv").write_text("1")
    project.cell(READ)
    assert materialize([project.names["a"]]).output_for_node("a") == "1"


@pytest.mark.parametrize(("kind", "given"), [(FileDep, ""), (FileDep, 3), (EnvDep, ""), (EnvDep, None)])
def test_a_path_or_a_name_that_is_none_is_refused(kind, given):
    with pytest.raises(DefinitionError):
        kind(given)


def test_what_is_declared_later_is_looked_at(project: Project, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("REGION", "north")
    project.cell("@asset\ndef first(): return 1")
    project.run()
    assert project.states == ""
    project.cell("import os\n@asset(deps=[EnvDep('REGION')])\ndef a(): return os.environ['REGION']")
    project.run()
    assert project.states == ""
    monkeypatch.setenv("REGION", "south")
    assert project.states == "a: stale"
