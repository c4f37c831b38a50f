"""What opening a store and asking for the newest materializations take.

Run with `python -m tests.benchmarks.store [N]`: a history of N assets, 1,000 unless given. Beside each figure stands
what sqlite takes for the same in its plainest form.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.storage.materialization import Materialization
from nb_assets.storage.store import Store

ROUNDS = 7


def main(count: int) -> None:
    """Print the fastest of the rounds of each."""
    keys = [AssetKey(f"a{at}") for at in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        store = Store.open(path)
        store.history.record_many([made(key) for key in keys])
        store.history.latest_many(keys)
        opening = fastest(lambda: Store.open(path).close())
        reading = fastest(lambda: read(path / "history.sqlite", "SELECT 1"))
        together = fastest(lambda: store.history.latest_many(keys))
        each = fastest(lambda: [store.history.latest(key) for key in keys])
        asking = fastest(lambda: read(path / "history.sqlite", *["PRAGMA data_version"] * count))
        store.close()
    show("opening", opening, "opening in sqlite", reading)
    show(f"the newest of {count:,} assets, together", together, "asking sqlite as often", asking)
    show(f"the newest of {count:,} assets, each", each, "asking sqlite as often", asking)


def made(key: AssetKey) -> Materialization:
    """Return the record of an asset without a value."""
    return Materialization(
        asset_key=key,
        version=1,
        run_id="benchmark",
        timestamp=1.0,
        duration=0.0,
        code_version="1",
        data_version="1",
        inputs={},
        metadata={},
        tags={},
        value=None,
        code={},
    )


def read(path: Path, *statements: str) -> None:
    """Open a database and run statements."""
    database = sqlite3.connect(path)
    for statement in statements:
        database.execute(statement).fetchall()
    database.close()


def fastest(work: Callable[[], object]) -> float:
    """Return the shortest time of a call, in seconds."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def show(what: str, ours: float, beside: str, theirs: float) -> None:
    """Print two times and their ratio."""
    print(f"{what}: {ours * 1e3:,.2f} ms, {beside} {theirs * 1e3:,.2f} ms (× {ours / theirs:.3g})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
