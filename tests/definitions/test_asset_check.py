"""What a check may be, and what is said of it."""

from __future__ import annotations

import numpy as np
import pytest

from nb_assets import (
    AssetCheckKey,
    AssetCheckResult,
    AssetCheckSpec,
    AssetIn,
    AssetKey,
    asset,
    asset_check,
    multi_asset_check,
)
from nb_assets.errors import DefinitionError, DuplicateKeyError


def test_a_check_is_known_by_its_asset_and_its_name():
    @asset_check(asset=["raw", "trips"])
    def enough():
        """At least one."""

    (spec,) = enough.check_specs
    assert spec.key == AssetCheckKey(AssetKey(["raw", "trips"]), "enough")
    assert spec.key.to_user_string() == "raw/trips:enough"
    assert AssetCheckKey.from_user_string("raw/trips:enough") == spec.key
    assert spec.description == "At least one."


def test_the_one_argument_that_is_left_stands_for_the_asset():
    @asset_check(asset="trips", additional_ins={"zones": AssetIn(["raw", "zones"])})
    def enough(zones, whatever):
        return AssetCheckResult(passed=True)

    assert enough.keys_by_input_name == {"zones": AssetKey(["raw", "zones"]), "whatever": AssetKey("trips")}
    assert [dep.asset_key for dep in enough.check_specs[0].additional_deps] == [AssetKey(["raw", "zones"])]


def test_a_second_argument_that_stands_for_nothing_is_refused():
    with pytest.raises(DefinitionError, match="additional_ins"):

        @asset_check(asset="trips")
        def enough(trips, zones): ...


@pytest.mark.parametrize("name", ["no spaces", "a/b", ""])
def test_a_name_that_no_check_can_have_is_refused(name):
    with pytest.raises(DefinitionError):
        multi_asset_check(specs=[AssetCheckSpec(name, asset="trips")])


def test_a_spec_twice_is_refused():
    spec = AssetCheckSpec("enough", asset="trips")
    with pytest.raises(DuplicateKeyError, match="`trips:enough` twice"):
        multi_asset_check(specs=[spec, AssetCheckSpec("enough", asset="trips")])
    with pytest.raises(DuplicateKeyError):
        asset(name="trips", check_specs=[spec, AssetCheckSpec("enough", asset="trips")])(lambda: 1)


def test_a_spec_of_its_own_asset_as_another_one_is_refused_as_a_value_error_too():
    with pytest.raises(ValueError, match="additional_deps"):
        AssetCheckSpec("enough", asset="trips", additional_deps=["trips"])


def test_a_comparison_of_numpy_says_whether_it_passed_and_a_number_does_not():
    assert AssetCheckResult(passed=np.float64(1) == 1).passed is True
    with pytest.raises(DefinitionError, match="True or False"):
        AssetCheckResult(passed=1)


def test_a_check_follows_the_assets_that_are_renamed():
    @asset_check(asset="trips", additional_deps=["zones"])
    def enough(trips): ...

    renamed = enough.with_specs(lambda spec: spec, {AssetKey("trips"): AssetKey(["raw", "trips"])})
    assert [key.to_user_string() for key in renamed.check_keys] == ["raw/trips:enough"]
    assert renamed.keys_by_input_name == {"trips": AssetKey(["raw", "trips"])}
    assert [key.to_user_string() for key in renamed.dependency_keys] == ["raw/trips", "zones"]
