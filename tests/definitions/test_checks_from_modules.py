"""Checks that modules define, loaded apart from the assets that they look at, and with them by a notebook."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import nb_assets as nba
from nb_assets.definitions.module_loading import assets_of_module

ASSETS = """
from nb_assets import AssetCheckResult, AssetCheckSpec, Output, asset, asset_check

@asset(check_specs=[AssetCheckSpec("inside", asset="trips")])
def trips():
    yield Output([1, 2])
    yield AssetCheckResult(passed=True)

@asset_check(asset=trips)
def enough(trips):
    return AssetCheckResult(passed=len(trips) > 1)
"""
MORE = """
from nb_assets import AssetCheckResult, asset_check

@asset_check(asset="trips")
def later():
    return AssetCheckResult(passed=True)

"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "checked_trips"
    folder.mkdir()
    (folder / "__init__.py").write_text(ASSETS)
    (folder / "more.py").write_text(MORE)
    monkeypatch.syspath_prepend(str(tmp_path))
    import checked_trips

    yield checked_trips
    for name in [name for name in sys.modules if name.partition(".")[0] == "checked_trips"]:
        del sys.modules[name]


def names(checks) -> list[str]:
    return [key.to_user_string() for each in checks for key in each.check_keys]


def test_assets_and_checks_are_loaded_apart(package):
    assets, checks = nba.load_assets_from_modules([package]), nba.load_asset_checks_from_modules([package])
    assert [each.key.to_user_string() for each in assets] == ["trips"]
    assert names(checks) == ["trips:enough"]
    result = nba.materialize([*assets, *checks])
    assert [each.check_name for each in result.get_asset_check_evaluations()] == ["inside", "enough"]


def test_a_prefix_goes_before_the_assets_that_checks_look_at_wherever_these_are(package):
    checks = nba.load_asset_checks_from_package_module(package, asset_key_prefix="raw")
    assert names(checks) == ["raw/trips:enough", "raw/trips:later"]
    assert names(nba.load_asset_checks_from_package_name("checked_trips", ["a", "b"])) == [
        "a/b/trips:enough",
        "a/b/trips:later",
    ]
    result = nba.materialize([*nba.load_assets_from_modules([package], key_prefix="raw"), *checks])
    assert result.success
    assert len(result.get_asset_check_evaluations()) == 3


def test_a_notebook_takes_the_checks_of_a_module_with_its_assets(package):
    found = assets_of_module(package, key_prefix="raw")
    assert sorted(names(found)) == ["raw/trips:enough", "raw/trips:inside", "raw/trips:later"]
