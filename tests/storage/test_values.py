from __future__ import annotations

import dataclasses
import os
import pickle
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest

import nb_assets as nba
from nb_assets import storage
from nb_assets.errors import StoreError, UnsupportedValueError, ValueMissingError
from nb_assets.fingerprint.data_version import data_version
from nb_assets.storage import signing, soundness
from nb_assets.storage.handlers import Summary, register_handler, registry
from nb_assets.storage.values import ValueStore

ROOT = Path(storage.__file__).parents[2]


@pytest.fixture
def values(tmp_path):
    folder = tmp_path / "values"
    folder.mkdir()
    return ValueStore(folder)


def put(values, value):
    return values.put(value, data_version(value))


def the_file(values):
    (path,) = values.folder.iterdir()
    return path


def test_a_value_is_there_until_it_is_deleted(values):
    ref = put(values, [1])
    assert values.has(ref)
    assert the_file(values).stem == ref.address
    assert the_file(values).stat().st_size == ref.size
    the_file(values).unlink()
    assert not values.has(ref)
    with pytest.raises(ValueMissingError, match="Materialize the asset again"):
        values.get(ref)


@pytest.mark.parametrize("address", ["../../x", "", "a/b", ".hidden", "a" * 200, "v1.0", "a\0"])
def test_an_address_never_leads_out_of_the_folder(values, address):
    with pytest.raises(StoreError, match="cannot be the address of a value"):
        values.put(1, address)
    ref = dataclasses.replace(put(values, 1), address=address)
    with pytest.raises(StoreError, match="cannot be the address"):
        values.get(ref)
    assert not values.has(ref)


DAMAGES = {
    "cut short": lambda content: content[: len(content) // 2],
    "empty": lambda content: b"",
    "longer": lambda content: content + b"x",
    "one bit": lambda content: content[:-9] + bytes([content[-9] ^ 1]) + content[-8:],
    "something else": lambda content: os.urandom(len(content)),
}
ONE_EACH = {
    "frame": pd.DataFrame({"a": np.arange(1000.0)}),
    "polars": pl.DataFrame({"a": range(100)}),
    "array": np.arange(1000),
    "json": {"a": list(range(100))},
    "text": "abc" * 50,
    "pickle": {1, 2, 3},
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("kind", ONE_EACH)
def test_a_damaged_file_is_never_read_as_a_value(values, kind, damage):
    ref = put(values, ONE_EACH[kind])
    path = the_file(values)
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    with pytest.raises(StoreError, match="damaged"):
        values.get(ref)
    assert not values.has(ref)


def test_a_damaged_value_is_there_again_once_it_is_stored_again(values):
    ref = put(values, [1, 2])
    path = the_file(values)
    path.write_bytes(path.read_bytes().replace(b"1", b"9"))
    assert values.has(ref)
    with pytest.raises(StoreError, match="its content is not what was recorded"):
        values.get(ref)
    assert not values.has(ref)
    assert put(values, [1, 2]) == ref
    assert values.has(ref)
    assert values.get(ref) == [1, 2]


def test_large_files_are_read_through_once_until_they_change(values, monkeypatch):
    checked = []
    real = soundness.checksum_of
    monkeypatch.setattr(soundness, "checksum_of", lambda file: checked.append(file.name) or real(file))
    ref = put(values, np.arange(9_000_000))
    assert ref.checksum is not None
    assert values.get(ref)[-1] == values.get(ref)[-1] == 8_999_999
    assert len(checked) == 1
    path = the_file(values)
    with path.open("r+b") as file:
        file.seek(40_000_000)
        file.write(b"\xff" * 8)
    os.utime(path, (1, 1))
    with pytest.raises(StoreError, match="its content is not what was recorded"):
        values.get(ref)
    assert not values.has(ref)


@pytest.mark.parametrize("kind", ["frame", "polars", "array", "json", "pickle"])
def test_damage_is_an_error_even_where_nothing_was_recorded_of_the_content(values, kind):
    ref = put(values, ONE_EACH[kind])
    path = the_file(values)
    content = path.read_bytes()[:-40]
    path.write_bytes(content)
    with pytest.raises(StoreError):
        values.get(dataclasses.replace(ref, checksum=None, size=len(content)))


def test_a_pickle_that_somebody_else_made_is_never_loaded(values, tmp_path):
    class Harm:
        def __reduce__(self):
            return Path.touch, (tmp_path / "harm",)

    ref = put(values, {1, 2})
    path = the_file(values)
    content = path.read_bytes()
    for forged in (
        pickle.dumps(Harm()),
        content[:58] + pickle.dumps(Harm()),
        content[:26] + bytes(32) + pickle.dumps(Harm()),
    ):
        path.write_bytes(forged)
        with pytest.raises(StoreError, match="not signed with your key, so it was not read"):
            values.get(dataclasses.replace(ref, checksum=None, size=len(forged)))
    assert not (tmp_path / "harm").exists()


def test_a_pickle_of_another_user_is_never_loaded(values, key_file):
    ref = put(values, {1, 2})
    key_file.unlink()
    with pytest.raises(StoreError, match="NB_ASSETS_KEY_FILE"):
        values.get(ref)


def test_the_key_is_made_for_its_user_alone(values, key_file):
    put(values, {1, 2})
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert len(bytes.fromhex(key_file.read_text())) == 32
    assert list(key_file.parent.iterdir()) == [key_file]


def test_the_key_is_in_the_users_data_folder_unless_named(monkeypatch, tmp_path):
    monkeypatch.delenv("NB_ASSETS_KEY_FILE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    assert signing.key_path() == tmp_path / "nb_assets" / "signing.key"


@pytest.mark.parametrize("content", ["", "abc", "zz" * 32, "00" * 8])
def test_a_broken_key_says_what_to_do(values, key_file, content):
    key_file.write_text(content)
    with pytest.raises(StoreError, match="Restore it from a backup"):
        put(values, {1, 2})
    assert key_file.read_text() == content
    assert list(values.folder.iterdir()) == []


def test_kernels_that_make_the_key_at_the_same_moment_agree(key_file):
    code = "import sys; from nb_assets.storage import signing; input(); print(signing.signer().hexdigest())"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    kernels = [subprocess.Popen([sys.executable, "-c", code], **pipes) for _ in range(6)]
    for kernel in kernels:
        kernel.stdin.write("go\n")
        kernel.stdin.flush()
    assert len({kernel.communicate()[0] for kernel in kernels}) == 1
    assert list(key_file.parent.iterdir()) == [key_file]


def test_what_cannot_be_stored_is_named_and_leaves_nothing_behind(values):
    value = {"fine": 1, "models": [{"lock": threading.Lock()}]}
    with pytest.raises(UnsupportedValueError) as raised:
        values.put(value, "xxh3:00")
    assert "a value of type `dict` cannot be stored because of its part ['models'][0]['lock']" in str(
        raised.value
    )
    assert "`_thread.lock`" in str(raised.value)
    assert list(values.folder.iterdir()) == []


@pytest.mark.parametrize(
    "value", [(n for n in []), threading.Lock(), sys.stdout], ids=["generator", "lock", "file"]
)
def test_a_value_that_holds_no_data_is_refused(values, value):
    with pytest.raises(UnsupportedValueError, match="open files, connections, locks and generators inside"):
        values.put(value, "xxh3:00")
    assert list(values.folder.iterdir()) == []


def test_a_value_nested_too_deeply_is_refused(values):
    value = []
    for _ in range(100_000):
        value = [value]
    with pytest.raises(UnsupportedValueError):
        values.put(value, "xxh3:00")
    assert list(values.folder.iterdir()) == []


def test_a_lazy_frame_says_to_collect(values):
    with pytest.raises(UnsupportedValueError, match=r"`frame\.collect\(\)`"):
        values.put(pl.LazyFrame({"a": [1]}), "xxh3:00")
    assert list(values.folder.iterdir()) == []


def test_a_missing_folder_is_an_error_that_says_what_to_do(values):
    values.folder.rmdir()
    with pytest.raises(StoreError, match="Make the folder writable"):
        values.put(1, "xxh3:00")


class Odd:
    def __init__(self, text):
        self.text = text


class OddHandler:
    name = "odd"
    suffix = ".odd"

    def matches(self, value):
        return isinstance(value, Odd)

    def summarise(self, value):
        return Summary("odd")

    def write(self, value, file):
        if value.text == "fail":
            file.write(b"half")
            raise ValueError("no")
        file.write(value.text.encode())

    def read(self, file):
        return Odd(file.read().decode())


@pytest.fixture
def odd_handler():
    handlers = registry._handlers()
    before = list(handlers)
    register_handler(OddHandler())
    yield
    handlers[:] = before


def test_users_register_handlers_of_their_own(values, odd_handler):
    ref = values.put(Odd("x"), "xxh3:00")
    assert (ref.format, ref.summary, the_file(values).suffix) == ("odd", "odd", ".odd")
    assert values.get(ref).text == "x"


def test_a_handler_that_fails_leaves_nothing_behind(values, odd_handler):
    with pytest.raises(StoreError, match=r"ValueError: no\. Nothing was left behind"):
        values.put(Odd("fail"), "xxh3:00")
    assert list(values.folder.iterdir()) == []


def test_a_format_without_its_handler_says_so(values, odd_handler):
    ref = values.put(Odd("x"), "xxh3:00")
    del registry._handlers()[0]
    with pytest.raises(StoreError, match="no handler for the format 'odd'"):
        values.get(ref)
    assert not values.has(ref)


NOTEBOOK = """
import sys
from pathlib import Path
from nb_assets.storage.values import ValueStore
from nb_assets.storage.materialization import ValueRef

values = ValueStore(Path(sys.argv[1]))

class Model:
    scale = {scale}

    def predict(self, x):
        return x * self.scale * factor

factor = 10
"""
WRITE = """
value = Model()
ref = values.put(value, "xxh3:00")
print(ref)
"""
READ = """
value = values.get({ref})
print(value.predict(2), type(value) is Model if "Model" in globals() else "copy")
"""


def in_a_kernel(code, folder):
    command = [sys.executable, "-c", code, str(folder)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def test_an_object_of_the_notebook_loads_in_a_later_kernel(values):
    defined, read = (
        NOTEBOOK.format(scale=2),
        READ.format(ref=in_a_kernel(NOTEBOOK.format(scale=2) + WRITE, values.folder)),
    )
    undefined = "\n".join(line for line in defined.splitlines()[:7])
    assert in_a_kernel(undefined + read, values.folder) == "40 copy"
    assert in_a_kernel(defined + read, values.folder) == "40 True"
    # The notebook's own class wins, as it would have without a restart.
    assert in_a_kernel(NOTEBOOK.format(scale=3) + read, values.folder) == "60 True"


FULL = """
import sys
from pathlib import Path
import numpy as np, pandas as pd, polars as pl, pyarrow as pa
from nb_assets.errors import StoreError
from nb_assets.storage.materialization import Materialization
from nb_assets.storage.store import Store
from nb_assets.definitions.asset_key import AssetKey
if sys.argv[2] == "limit":
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
store = Store.open(sys.argv[1])
noise = np.random.default_rng(0).integers(0, 2**60, 500_000)
kept = store.values.put([1], "xxh3:aa")
for at, value in enumerate([noise, pd.DataFrame({"a": noise}), pl.DataFrame({"a": noise}), pa.table({"a": noise}),
                            {1: noise}, "x" * 4_000_000, b"x" * 4_000_000, list(range(2**59, 2**59 + 200_000))]):
    try:
        store.values.put(value, f"xxh3:{at:02}")
    except StoreError as error:
        assert "The disk is full" in str(error) and "Nothing was left behind" in str(error), error
    else:
        raise AssertionError(type(value))
record = dict(run_id="r", timestamp=1.0, duration=1.0, code_version="c", data_version="d", value=kept)
try:
    for at in range(100):
        store.history.record(Materialization(asset_key=AssetKey("a"), code={"f": "x" * 50_000}, **record))
except StoreError as error:
    assert "is full" in str(error), error
else:
    raise AssertionError("recorded")
recorded = store.history.list(AssetKey("a"))
assert [one.version for one in recorded] == list(range(at, 0, -1)), (at, recorded)
assert store.values.get(recorded[0].value) == [1]
print(*sorted(path.name for path in store.values.folder.iterdir()))
"""


def test_a_file_that_may_not_grow_leaves_the_store_as_it_was(tmp_path):
    result = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path / "s"), "limit"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert result.stdout.split() == ["xxh3-aa.json"], result.stderr


@pytest.fixture
def tiny_disk(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", disk], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a tmpfs")
def test_a_full_disk_leaves_the_store_as_it_was(tiny_disk):
    result = subprocess.run(
        [sys.executable, "-c", FULL, str(tiny_disk / "s"), "disk"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert result.stdout.split() == ["xxh3-aa.json"], result.stderr


def test_many_threads_store_equal_values_at_once(values):
    frame = pd.DataFrame({"a": np.arange(10_000)})
    version = data_version(frame)
    refs = []
    threads = [threading.Thread(target=lambda: refs.append(values.put(frame, version))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refs) == 8
    assert len(set(refs)) == 1
    assert len(list(values.folder.iterdir())) == 1
    pd.testing.assert_frame_equal(values.get(refs[0]), frame)


def test_an_asset_is_no_value(values):
    @nba.asset
    def other():
        return 1

    with pytest.raises(UnsupportedValueError, match="take `other` as an argument"):
        values.put({"held": [other]}, "address")
