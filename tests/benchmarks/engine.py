"""What the engine costs per asset, beside Dagster and beside the floor that the disk sets, in the same run.

Run with `python -m tests.benchmarks.engine [N]`: N assets in a chain, 200 unless given.
"""

from __future__ import annotations

import gc
import logging
import os
import sqlite3
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from nb_assets.definitions.registry import Origin
from nb_assets.session import Session

ROUNDS = 7
DAGSTER_ROUNDS = 3


def main(count: int) -> None:
    """Print each figure as the median over the rounds."""
    in_memory(count)
    durable(count)
    fresh_status(1_000)


def in_memory(count: int) -> None:
    """Run a chain of assets that do nothing with both `materialize`, in turn."""
    import dagster

    import nb_assets

    ours, theirs = chain(nb_assets, count), chain(dagster, count)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    times: dict[str, list[float]] = {"nb_assets": [], "Dagster": []}
    for round_ in range(ROUNDS):
        times["nb_assets"].append(timed(lambda: nb_assets.materialize(ours)))
        if round_ < DAGSTER_ROUNDS:
            times["Dagster"].append(timed(lambda: dagster.materialize_to_memory(theirs)))
    logging.disable(logging.NOTSET)
    show("in memory, per asset", times, count)


def durable(count: int) -> None:
    """Run the chain in a session beside one synced file and one synced commit an asset."""
    import nb_assets

    times: dict[str, list[float]] = {"nb_assets": [], "floor": [], "floor with the folder synced too": []}
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            session = Session(Path(folder) / "store")
            session.register(Origin(id="benchmark", label="benchmark"), chain(nb_assets, count))
            times["nb_assets"].append(timed(partial(session.materialize, echo=False)))
            session.store.close()
        for name, folder_too in (("floor", False), ("floor with the folder synced too", True)):
            with tempfile.TemporaryDirectory() as folder:
                times[name].append(timed(partial(floor, Path(folder), count, folder_too=folder_too)))
    show("durable, per asset", times, count)


def fresh_status(count: int) -> None:
    """Ask for the status of so many fresh assets, again and again."""
    import nb_assets

    with tempfile.TemporaryDirectory() as folder:
        session = Session(Path(folder) / "store")
        session.register(Origin(id="benchmark", label="benchmark"), chain(nb_assets, count))
        session.materialize(echo=False)
        states = {status.state for status in session.status().values()}
        assert states == {"fresh"}
        times = {"nb_assets": [timed(session.status) for _ in range(ROUNDS)]}
        session.store.close()
    show(f"status of {count:,} fresh assets, per asset", times, count)


def chain(library: Any, count: int) -> list[Any]:
    """Return assets that each hand on the number that they are given."""
    made = []
    for index in range(count):
        names: dict[str, Any] = {"__name__": "__main__"}
        argument = f"x{index - 1}" if index else ""
        source = f"def x{index}({argument}):\n    return {f'{argument} + 1' if index else '0'}\n"
        exec(compile(source, "<ipython-benchmark>", "exec", dont_inherit=True), names)
        made.append(library.asset(names[f"x{index}"]))
    return made


def floor(folder: Path, count: int, *, folder_too: bool) -> None:
    """Write and sync a small file, and commit a row that is on disk when it returns, so many times.

    Without syncing its folder too, a power failure can take the name of the file, and so the file.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    database = sqlite3.connect(folder / "floor.sqlite", isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE TABLE made (name TEXT, address TEXT)")
    for index in range(count):
        path = folder / f"{index}.json"
        with path.with_suffix(".tmp").open("wb") as file:
            file.write(b"%d" % index)
            file.flush()
            os.fsync(file.fileno())
        path.with_suffix(".tmp").rename(path)
        if folder_too:
            os.fsync(descriptor)
        database.execute("INSERT INTO made VALUES (?, ?)", (f"x{index}", path.name))
    database.close()
    os.close(descriptor)


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that a call takes."""
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def show(what: str, times: dict[str, list[float]], count: int) -> None:
    """Print the medians per asset, and the ratios of the first to the others."""
    medians = {name: statistics.median(found) / count * 1e6 for name, found in times.items()}
    told = ", ".join(f"{name} {median:,.1f} µs" for name, median in medians.items())
    ours, *others = medians.values()
    ratios = ", ".join(f"× {ours / other:.3g}" for other in others)
    print(f"{what}: {told}" + (f" ({ratios})" if ratios else ""))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
