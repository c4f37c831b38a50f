"""How long a keyed diff takes, beside datacompy's on pandas and on polars and a bare polars join that counts the same.

Run with `python -m tests.benchmarks.diff [MILLIONS OF ROWS] [ROUNDS]`, with the extra `peers` installed. Each work runs in
a process of its own, the works in turns, so that whatever else the machine does slows all of them; each figure is the
median of the rounds. The frames have eight columns; 1 % of the rows changed, and they come in another order.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import polars as pl

from nb_assets.diff import diff

if TYPE_CHECKING:
    from collections.abc import Callable

_HIGH_WATER = Path("/proc/self/clear_refs")


def frames(rows: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a frame with a key and seven columns, and one in which a hundredth of the rows changed."""
    random = np.random.default_rng(0)
    old = pd.DataFrame({"id": random.permutation(rows)})
    for number in range(4):
        old[f"x{number}"] = random.normal(size=rows)
    for number in range(2):
        old[f"n{number}"] = random.integers(0, 1000, rows)
    old["word"] = random.choice(["red", "green", "blue", "yellow"], rows)
    new = old.copy()
    changed = random.choice(rows, rows // 100, replace=False)
    new.loc[changed, "x0"] += 1.0
    return old, new.sample(frac=1, random_state=1).reset_index(drop=True)


def bare_join(old: pl.DataFrame, new: pl.DataFrame) -> tuple[int, dict[str, int]]:
    """Join by the key, and count rows that only one side has and cells that differ."""
    names = [name for name in old.columns if name != "id"]
    both = old.join(new, on="id", how="full", suffix="_new", validate="1:1")
    paired = both.filter(pl.col("id").is_not_null() & pl.col("id_new").is_not_null())
    cells = paired.select(pl.col(name).ne_missing(pl.col(f"{name}_new")).sum() for name in names).row(0)
    return both.height - paired.height, dict(zip(names, cells, strict=True))


def works(old: pd.DataFrame, new: pd.DataFrame) -> dict[str, Callable[[], Any]]:
    """Return what is measured: each counts the same differences."""

    def datacompy_on_pandas() -> int:
        from datacompy import PandasCompare  # type: ignore[import-untyped, unused-ignore]

        return len(PandasCompare(old, new, join_columns="id").all_mismatch())

    def datacompy_on_polars() -> int:
        from datacompy import PolarsCompare  # type: ignore[import-untyped, unused-ignore]

        return len(PolarsCompare(as_polars[0], as_polars[1], join_columns="id").all_mismatch())

    as_polars = pl.from_pandas(old), pl.from_pandas(new)
    return {
        "nb_assets on pandas": lambda: diff(old, new, key="id").rows_changed,  # type: ignore[attr-defined]
        "nb_assets on polars": lambda: diff(*as_polars, key="id").rows_changed,  # type: ignore[attr-defined]
        "nb_assets, key inferred": lambda: diff(*as_polars).rows_changed,  # type: ignore[attr-defined]
        "bare polars join": lambda: bare_join(*as_polars)[1]["x0"],
        "datacompy on pandas": datacompy_on_pandas,
        "datacompy on polars": datacompy_on_polars,
    }


def measure(name: str, rows: int) -> dict[str, float]:
    """Run one work; return its seconds, and the megabytes that it took beyond its data where the system tells."""
    work = works(*frames(rows))[name]
    before = _reset_high_water()
    began = time.perf_counter()
    found = work()
    taken = time.perf_counter() - began
    assert found == rows // 100, f"{name} found {found} changed rows"
    return {"seconds": taken, "megabytes": _high_water() - before if before else 0.0}


def _reset_high_water() -> float:
    if not _HIGH_WATER.exists():
        return 0.0
    _HIGH_WATER.write_text("5")
    return _high_water()


def _high_water() -> float:
    status = Path("/proc/self/status").read_text()
    return float(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def main(rows: int, rounds: int) -> None:
    """Print each work's median time, how many times ours it is, and its memory."""
    names = list(works(*frames(100)))
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            command = [
                sys.executable,
                "-W",
                "ignore",
                "-m",
                "tests.benchmarks.diff",
                "--work",
                name,
                str(rows),
            ]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                print(f"{name}: {done.stderr.strip().splitlines()[-1]}")
                continue
            taken[name].append(json.loads(done.stdout))
    print(f"{rows:,} rows × 8 columns, 1 % changed, median of {rounds}")
    ours = statistics.median(each["seconds"] for each in taken["nb_assets on polars"])
    for name, each in taken.items():
        if each:
            seconds = statistics.median(one["seconds"] for one in each)
            megabytes = statistics.median(one["megabytes"] for one in each)
            print(f"{name:<26} {seconds:7.2f} s  × {seconds / ours:5.2f}  {megabytes:7,.0f} MB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        print(json.dumps(measure(sys.argv[2], int(sys.argv[3]))))
    else:
        millions = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
        main(int(millions * 1_000_000), int(sys.argv[2]) if len(sys.argv) > 2 else 3)
