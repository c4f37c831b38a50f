"""What the status of 10,000 assets costs beside Dagster's for 1,000, and what asking again costs after one edit.

Run with `python -m tests.benchmarks.status [N]`: N assets in a chain, each with a helper and a constant of its own.
"""

from __future__ import annotations

import gc
import itertools
import linecache
import logging
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.registry import Origin
from nb_assets.session import Session
from nb_assets.staleness import KeptStatuses

ROUNDS = 5
_numbers = itertools.count()
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
    """Print each figure as the median over the rounds, in one run, so that the ratios hold on any machine."""
    ours = our_status(count)
    theirs = dagster_status()
    again, anew = ours["again"], ours["anew"]
    print(f"status of {count:,} fresh assets: {again * 1e3:,.1f} ms, {again / count * 1e6:.2f} µs an asset")
    print(
        f"  Dagster, {OF_DAGSTER:,} assets: {theirs * 1e3:,.0f} ms; ours for {count:,} take × {again / theirs:.4f}"
    )
    print(
        f"judging all of them anew: {anew * 1e3:,.0f} ms, {anew / count * 1e6:.1f} µs an asset, "
        f"× {anew / theirs:.3f} of Dagster's {OF_DAGSTER:,}"
    )
    for what in EDITS:
        print(f"after {what}: {ours[what] * 1e3:,.1f} ms, × {ours[what] / anew:.3f} of judging all anew")
    first = ours["first"]
    print(
        f"the first time in a kernel, with every fingerprint taken: {first * 1e3:,.0f} ms, "
        f"{first / count * 1e6:.0f} µs an asset"
    )


EDITS = (
    "a constant was edited",
    "a helper was edited",
    "a helper was edited in place",
    "an asset's cell ran again",
)


def our_status(count: int) -> dict[str, float]:
    """Return the seconds of asking first, of asking again when all is fresh, of judging all anew, and after edits."""
    names: dict[str, Any] = {"__name__": "__main__"}
    exec("from nb_assets import asset", names)
    run_cell("".join(ASSET.format(n=n, argument=f"x{n - 1}" if n else "") for n in range(count)), names)
    last = count - 1
    with tempfile.TemporaryDirectory() as folder:
        session = Session(Path(folder) / "store")
        session.register(Origin(id="most", label="most"), [names[f"x{n}"] for n in range(last)])
        # A cell of its own, the last of the chain, so that nothing follows from it.
        own = Origin(id="last", label="last")
        session.register(own, [names[f"x{last}"]])
        took = {"first": timed(session.status)}
        session.materialize(echo=False)
        assert {status.state for status in session.status().values()} == {"fresh"}
        took["again"] = statistics.median(timed(session.status) for _ in range(ROUNDS))
        took["anew"] = statistics.median(timed(partial(judge_anew, session)) for _ in range(ROUNDS))
        helper = "def helper_{n}(x):\n    return x - {round} + LIMIT_{n}\n"
        for what in EDITS:
            times = []
            for round_ in range(ROUNDS):
                if what == "a constant was edited":
                    names[f"LIMIT_{last}"] = -1 - round_
                elif what == "a helper was edited":
                    run_cell(helper.format(n=last, round=round_), names)
                elif what == "a helper was edited in place":
                    names[f"helper_{last}"].__defaults__ = (round_,)
                else:
                    run_cell(f"@asset\ndef x{last}(x{last - 1}):\n    return {round_}\n", names)
                    session.register(own, [names[f"x{last}"]])
                times.append(timed(session.status))
                assert session.status("*")[AssetKey(f"x{last}")].state == "stale"
            took[what] = statistics.median(times)
        session.store.close()
    return took


def judge_anew(session: Session) -> None:
    """Ask for the status as somebody does who knows the fingerprints, and nothing of what was found before."""
    session._kept = KeptStatuses()
    session.status()


def run_cell(source: str, names: dict[str, Any]) -> None:
    """Run a source as a cell of a notebook."""
    filename = f"<ipython-status-{next(_numbers)}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    exec(compile(source, filename, "exec", dont_inherit=True), names)


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
