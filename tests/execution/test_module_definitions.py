"""All that modules define, in one object."""

from __future__ import annotations

import textwrap
from types import ModuleType

import pytest

from nb_assets import (
    AssetKey,
    Definitions,
    load_definitions_from_module,
    load_definitions_from_modules,
)
from nb_assets.errors import DefinitionError

SOURCE = """
from nb_assets import AssetCheckResult, AssetSpec, asset, asset_check, define_asset_job, job, op
@asset
def a(): return 1
@asset(required_resource_keys={"db"})
def b(context, a): return a + context.resources.db
elsewhere = AssetSpec("elsewhere")
@asset_check(asset=a)
def positive(a): return AssetCheckResult(passed=a > 0)
both = define_asset_job("both")
@op
def one(): return 1
@job
def plain(): one()
"""


def module(source: str, name: str = "m") -> ModuleType:
    made = ModuleType(name)
    exec(compile(textwrap.dedent(source), name, "exec"), vars(made))
    return made


def test_assets_checks_and_jobs_are_found() -> None:
    found = load_definitions_from_module(module(SOURCE), resources={"db": 10})
    assert set(found.resolve_all_asset_keys()) == {AssetKey("a"), AssetKey("b"), AssetKey("elsewhere")}
    assert {each.name for each in found.resolve_all_job_defs()} == {"both", "plain", "__ASSET_JOB"}
    assert found.resolve_job_def("both").execute_in_process().output_for_node("b") == 11


def test_a_module_that_has_definitions_is_told_of() -> None:
    made = module("from nb_assets import Definitions\ndefs = Definitions()")
    with pytest.raises(DefinitionError, match="in `defs` already"):
        load_definitions_from_module(made)


def test_two_jobs_of_one_name_are_refused() -> None:
    source = "from nb_assets import define_asset_job\nj = define_asset_job('j')"
    with pytest.raises(DefinitionError, match="two jobs are called `j`"):
        load_definitions_from_modules([module(source), module(source, "n")])


def test_what_is_no_module_is_refused() -> None:
    with pytest.raises(DefinitionError, match="no module"):
        load_definitions_from_module("m")  # type: ignore[arg-type]


def test_two_resources_of_one_name_are_refused_when_a_job_is_asked_for() -> None:
    source = """
    from nb_assets import ResourceDefinition, asset
    @asset(resource_defs={"r": ResourceDefinition.hardcoded_resource(1)})
    def a(): ...
    @asset(resource_defs={"r": ResourceDefinition.hardcoded_resource(2)})
    def b(): ...
    """
    found = load_definitions_from_module(module(source))
    with pytest.raises(DefinitionError, match="two different resources"):
        found.resolve_all_job_defs()
    with pytest.raises(DefinitionError):
        Definitions.validate_loadable(found)
