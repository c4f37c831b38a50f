from __future__ import annotations

import os
import subprocess
import sys
import time

import numpy as np
import pytest

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.errors import StoreError
from nb_assets.fingerprint.data_version import data_version
from nb_assets.storage.materialization import Materialization
from nb_assets.storage.store import Store

HEAVY = {"pandas", "polars", "pyarrow", "numpy", "xxhash", "cloudpickle", "networkx", "IPython"}


def record(store, name, value):
    ref = store.values.put(value, data_version(value))
    return store.history.record(
        Materialization(
            asset_key=AssetKey(name),
            run_id="r",
            timestamp=1.0,
            duration=1.0,
            code_version="c",
            data_version="d",
            value=ref,
        )
    )


def make_old(path, seconds=7200):
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_a_store_is_made_with_its_folder_and_ignored_by_git(tmp_path):
    store = Store.open(tmp_path / "deep" / ".nb_assets")
    assert store.found == "store: new"
    assert (store.folder / ".gitignore").read_text() == "*\n"
    assert (store.folder / "values").is_dir()


def test_a_store_says_in_one_line_what_it_found(tmp_path):
    store = Store.open(tmp_path / "s")
    record(store, "a", np.zeros(1_000_000))
    record(store, "a", np.ones(1_000_000))
    record(store, "b", np.ones(1_000_000))
    assert Store.open(tmp_path / "s").found == "store: 2 assets, 3 versions, 16 MB"


def test_a_store_is_found_beside_the_notebook_or_where_the_user_says(tmp_path, monkeypatch):
    assert Store.beside(tmp_path).folder == tmp_path / ".nb_assets"
    monkeypatch.setenv("NB_ASSETS_HOME", str(tmp_path / "elsewhere"))
    assert Store.beside(tmp_path).folder == tmp_path / "elsewhere"


def test_a_users_own_gitignore_stays(tmp_path):
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / ".gitignore").write_text("!keep\n")
    Store.open(tmp_path / "s")
    assert (tmp_path / "s" / ".gitignore").read_text() == "!keep\n"


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "s").write_text("x")
    with pytest.raises(StoreError, match="NB_ASSETS_HOME"):
        Store.open(tmp_path / "s")


def test_importing_and_opening_a_store_loads_only_the_standard_library(tmp_path):
    code = (
        "import sys; from nb_assets.storage.store import Store; from nb_assets.fingerprint.data_version import data_version;"
        f"Store.open({str(tmp_path / 's')!r}); print(*sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(result.stdout.split())


def test_garbage_is_what_no_record_refers_to(store):
    kept = record(store, "a", [1]).value
    stray = store.values.put([2], data_version([2]))
    torn = store.values.folder / ".xxh3-00.1-ab.tmp"
    torn.write_bytes(b"half")
    for path in store.values.folder.iterdir():
        make_old(path)
    garbage = store.garbage()
    assert {item.path.name for item in garbage} == {torn.name, f"{stray.address}.json"}
    assert sum(item.size for item in garbage) == stray.size + 4
    assert store.values.has(stray)
    assert {item.path for item in store.collect()} == {item.path for item in garbage}
    assert [path.stem for path in store.values.folder.iterdir()] == [kept.address]
    assert store.values.get(kept) == [1]
    assert store.collect() == []


def test_what_another_kernel_may_be_about_to_record_is_no_garbage(store):
    store.values.put([2], data_version([2]))
    assert store.garbage() == []
    assert store.collect() == []
    assert len(store.garbage(grace=-1)) == 1


def test_an_equal_value_is_stored_once_and_young_again(store):
    first = record(store, "a", [1, 2])
    path = store.values.folder / f"{first.value.address}.json"
    make_old(path)
    before = path.stat()
    second = store.values.put([1, 2], data_version([1, 2]))
    assert second == first.value
    assert path.stat().st_ino == before.st_ino
    assert path.stat().st_mtime > before.st_mtime


def test_a_damaged_file_is_replaced_when_the_value_is_made_again(store):
    ref = record(store, "a", [1, 2]).value
    path = store.values.folder / f"{ref.address}.json"
    path.write_bytes(path.read_bytes().replace(b"1", b"9"))
    with pytest.raises(StoreError, match="damaged"):
        store.values.get(ref)
    assert store.values.get(store.values.put([1, 2], data_version([1, 2]))) == [1, 2]
