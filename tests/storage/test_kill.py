"""Kernels that are killed at any moment: what they had recorded is there, and nothing half."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nb_assets import storage
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.fingerprint.data_version import data_version
from nb_assets.storage.store import Store

ROOT = Path(storage.__file__).parents[2]
WRITER = """
import sys
import numpy as np, pandas as pd
from nb_assets.definitions.asset_key import AssetKey
from nb_assets.fingerprint.data_version import data_version
from nb_assets.storage.materialization import Materialization
from nb_assets.storage.store import Store

store = Store.open(sys.argv[1])
for at in range(10**9):
    seed = at * 1000 + int(sys.argv[2])
    value = [np.full(20_000, seed), pd.DataFrame({"a": np.arange(5000) + seed}), {seed, "x"}, [seed]][at % 4]
    version = data_version(value)
    record = Materialization(
        asset_key=AssetKey("a"), run_id=sys.argv[2], timestamp=1.0, duration=1.0, code_version="c",
        data_version=version, value=store.values.put(value, version),
    )
    print(store.history.record(record).version, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows")
def test_what_a_killed_kernel_recorded_can_be_loaded(tmp_path):
    folder = tmp_path / "s"
    chance = random.Random(0)
    promised = set()
    for round_ in range(6):
        commands = [[sys.executable, "-c", WRITER, str(folder), str(round_ * 2 + at)] for at in range(2)]
        kernels = [
            subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) for command in commands
        ]
        first = [kernel.stdout.readline() for kernel in kernels]
        time.sleep(chance.uniform(0.0, 0.15))
        for kernel in kernels:
            kernel.send_signal(signal.SIGKILL)
        for kernel, line in zip(kernels, first, strict=True):
            promised |= {int(version) for version in [line, *kernel.stdout] if version.endswith("\n")}
            kernel.wait()

    store = Store.open(folder)
    records = store.history.list(AssetKey("a"))
    # Everything that a kernel was told to be recorded is; versions have no gaps, and values are whole.
    assert [record.version for record in records] == list(range(len(records), 0, -1))
    assert promised <= {record.version for record in records}
    assert len(records) >= 12
    for record in records:
        assert data_version(store.values.get(record.value)) == record.data_version
    store.collect(grace=-1)
    assert all(store.values.has(record.value) for record in records)
    assert len(list(store.values.folder.iterdir())) == len(records)
