"""What a store can spare: values of old versions, and never one that something kept shares."""

from __future__ import annotations

import os
import time

import pytest

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.storage.retention import PinnedVersion, Retention, pins, set_pin
from nb_assets.storage.store import Store
from tests.harness.store_snapshot import StoreSnapshot
from tests.storage.test_store import make_old, record

KEY = AssetKey("a")


def age_all(store):
    for path in store.values.folder.iterdir():
        make_old(path)


def kept_values(store, key="a"):
    return {made.version for made in store.history.list(AssetKey(key)) if store.values.has(made.value)}


def collect(store, versions):
    return store.collect(retention=Retention(versions=versions))


@pytest.fixture
def five(store):
    for number in range(1, 6):
        record(store, "a", [number])
    age_all(store)
    return store


def test_the_newest_versions_keep_their_values(five):
    gone = collect(five, 2)
    assert len(gone) == 3
    assert kept_values(five) == {4, 5}
    assert [made.version for made in five.history.list(KEY)] == [5, 4, 3, 2, 1]


def test_a_pinned_version_keeps_its_value_until_it_is_unpinned(five):
    set_pin(five.history, PinnedVersion(asset_key=KEY, version=1), pinned=True)
    collect(five, 1)
    assert kept_values(five) == {1, 5}
    set_pin(five.history, PinnedVersion(asset_key=KEY, version=1), pinned=False)
    assert pins(five.history) == set()
    collect(five, 1)
    assert kept_values(five) == {5}


def test_pins_survive_the_kernel(five):
    set_pin(five.history, PinnedVersion(asset_key=KEY, version=2), pinned=True)
    again = Store.open(five.folder)
    assert pins(again.history, KEY) == {PinnedVersion(asset_key=KEY, version=2)}
    again.close()


def test_a_value_that_a_kept_version_shares_stays(store):
    for value in ([1], [2], [1]):
        record(store, "a", value)
    age_all(store)
    assert len(collect(store, 1)) == 1
    assert kept_values(store) == {1, 3}


def test_a_value_that_another_asset_keeps_stays(store):
    record(store, "b", [1])
    for value in ([1], [2]):
        record(store, "a", value)
    age_all(store)
    assert collect(store, 1) == []


def test_what_somebody_has_just_taken_up_again_stays(five):
    os.utime(five.values.folder / f"{five.history.get(KEY, 1).value.address}.json")
    collect(five, 1)
    assert kept_values(five) == {1, 5}


def test_at_least_the_newest_version_stays(five):
    collect(five, 0)
    assert kept_values(five) == {5}


def test_listing_changes_nothing(five):
    before = StoreSnapshot.of(five.folder)
    listed = five.garbage(retention=Retention(versions=1))
    assert len(listed) == 4
    assert all(item.before < time.time() for item in listed)
    assert StoreSnapshot.of(five.folder) == before
