"""What the status of 10,000 assets costs beside Dagster's for 1,000, and what asking again costs after one edit.

Run with `python -m tests.benchmarks.status [N]`: N assets in a chain, each with a helper and a constant of its own.
"""

from __future__ import annotations

import gc
import linecache
import logging
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.registry import Origin
from nb_assets.session import Session

ROUNDS = 5
OF_DAGSTER = 1_000
ASSET = """
LIMIT_{n} = {n}
def helper_{n}(x):
    return x + LIMIT_{n}
@asset
def x{n}({argument}):
    return helper_{n}(0)
"""


def main(count: int) -> None:
    """Print each figure as the median over the rounds."""
    ours, first, edited = our_status(count)
    theirs = dagster_status()
    print(f"status of {count:,} fresh assets: {ours * 1e3:,.0f} ms, {ours / count * 1e6:.1f} µs an asset")
    print(f"the first time in a kernel, with every fingerprint taken: {first * 1e3:,.0f} ms")
    print(
        f"after one constant was edited: {edited * 1e3:,.0f} ms, × {edited / ours:.2f} of asking when nothing was"
    )
    print(
        f"Dagster, {OF_DAGSTER:,} assets: {theirs * 1e3:,.0f} ms. Ours for {count:,} take × {ours / theirs:.3f} of that"
    )


def our_status(count: int) -> tuple[float, float, float]:
    """Return the seconds of asking when all is fresh, of asking first, and of asking after an edit."""
    names: dict[str, Any] = {"__name__": "__main__"}
    exec("from nb_assets import asset", names)
    source = "".join(ASSET.format(n=n, argument=f"x{n - 1}" if n else "") for n in range(count))
    linecache.cache["<ipython-status>"] = (
        len(source),
        None,
        source.splitlines(keepends=True),
        "<ipython-status>",
    )
    exec(compile(source, "<ipython-status>", "exec", dont_inherit=True), names)
    definitions = [names[f"x{n}"] for n in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        session = Session(Path(folder) / "store")
        session.register(Origin(id="benchmark", label="benchmark"), definitions)
        first = timed(session.status)
        session.materialize(echo=False)
        assert {status.state for status in session.status().values()} == {"fresh"}
        ours = statistics.median(timed(session.status) for _ in range(ROUNDS))
        after = []
        for round_ in range(ROUNDS):
            # The last of the chain, so that nothing follows from it.
            names[f"LIMIT_{count - 1}"] = -1 - round_
            after.append(timed(session.status))
            assert session.status("*")[AssetKey(f"x{count - 1}")].state == "stale"
        session.store.close()
    return ours, first, statistics.median(after)


def dagster_status() -> float:
    """Return the seconds in which Dagster tells the staleness of its assets, in memory, as its own pages ask for it."""
    import dagster
    from dagster._core.definitions.data_version import CachingStaleStatusResolver
    from dagster._core.loader import LoadingContextForTest

    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    made: list[Any] = []
    for n in range(OF_DAGSTER):

        @dagster.asset(name=f"x{n}", deps=[f"x{n - 1}"] if n else [], code_version="1")
        def each() -> int:
            return 1

        made.append(each)
    with dagster.DagsterInstance.ephemeral() as instance:
        assert dagster.materialize(made, instance=instance).success
        graph = dagster.Definitions(assets=made).resolve_asset_graph()
        times = []
        for _ in range(2):
            resolver = CachingStaleStatusResolver(instance, graph, LoadingContextForTest(instance))
            times.append(
                timed(lambda: [resolver.get_status(dagster.AssetKey(f"x{n}")) for n in range(OF_DAGSTER)])  # noqa: B023
            )
    logging.disable(logging.NOTSET)
    return statistics.median(times)


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that a call takes."""
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
