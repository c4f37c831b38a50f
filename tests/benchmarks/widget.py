"""What the lineage widget costs its kernel: patches, unfolding, narrowing and finding, in CPU time.

Run with `python -m tests.benchmarks.widget [N …]`: N assets in chains of twenty, in groups of two hundred within ten others;
1,000 and 10,000 unless given.
"""

from __future__ import annotations

import gc
import itertools
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nb_assets import asset
from nb_assets.definitions.registry import Origin
from nb_assets.execution.events import RunStarted
from nb_assets.session import Session
from nb_assets.widget.conversation import Conversation

ROUNDS = 5
CHAIN = 20
TYPED = "a7*"


def main(sizes: list[int]) -> None:
    """Print the CPU time of each answer as the median over the rounds, for each size, and how it grows with the size."""
    figures = {size: measured(size) for size in sizes}
    print(f"{'CPU time of':<44}" + "".join(f"{size:>12,}" for size in sizes))
    for what in figures[sizes[0]]:
        found = [figures[size][what] for size in sizes]
        growth = f"   × {found[-1][0] / found[0][0]:.1f}" if len(sizes) > 1 else ""
        print(
            f"{what:<44}"
            + "".join(f"{cpu * 1e3:>9,.1f} ms" for cpu, _ in found)
            + f"{growth}   {found[-1][1]:,} bytes"
        )


def measured(count: int) -> dict[str, tuple[float, int]]:
    """Return the CPU seconds of each answer, and how large the last message was."""
    with tempfile.TemporaryDirectory() as folder:
        session = Session(Path(folder) / "store")
        session.register(Origin(id="cell", label="cell"), [_made(number) for number in range(count)])
        page = _Page(session)
        figures = {"the whole map, folded": page.cost("ready")}
        figures["a patch after one asset was made"] = page.cost_after(
            lambda turn: session.materialize(f"a{CHAIN * turn}", echo=False)
        )
        figures["a patch when nothing changed"] = page.cost_after(lambda _: None)
        session.materialize(echo=False)
        figures["a patch after one of all was made again"] = page.cost_after(
            lambda turn: session.materialize(f"a{CHAIN * turn}", force=True, echo=False)
        )
        figures["revealing an asset"] = page.cost_of(
            [("reveal", {"key": f"a{turn * count // 8 + 1}"}) for turn in range(ROUNDS)]
        )
        scopes = itertools.cycle([{"key": "a7", "up": 2, "down": 2}, {"key": "", "up": None, "down": None}])
        narrowing = [("narrow", {**next(scopes), "text": "", "filters": {}}) for _ in range(2 * ROUNDS)]
        figures["widening"] = page.cost_of(narrowing, every=2)
        for what in ("find", "facets"):
            for name, text in (("a few", TYPED), ("all", ""), ("by status", "status:fresh")):
                figures[f"{what}, {name}"] = page.cost(what, text=text, filters={})
        figures["list, all"] = page.cost("list", keys=[])
        figures["list, one"] = page.cost("list", keys=["a7"])
        # Runs end one after the other: this one never does.
        started = RunStarted(
            run_id="under-way", timestamp=time.time(), keys=tuple(session.graph.keys), origin="widget"
        )
        session._runs.activity.follow(started)
        figures["a patch while all wait in a run"] = page.cost_after(lambda _: None)
        page.conversation.close()
        session.store.close()
    return figures


class _Page:
    """A page of which only the last message is kept."""

    def __init__(self, session: Session) -> None:
        self.numbers = itertools.count()
        self.last: Any = None
        self.conversation = Conversation(session, "*", "lineage", self.hear)
        # Patches are asked for here, and not by a thread whenever it likes.
        self.conversation.pacer.close()

    def hear(self, message: Any) -> None:
        """Keep a message."""
        if message["kind"] != "heard":
            self.last = message

    def say(self, kind: str, fields: dict[str, Any]) -> None:
        """Send a message, and take the answer."""
        self.conversation.handle({"kind": kind, "request": f"page:{next(self.numbers)}", **fields})

    def cost(self, kind: str, **fields: Any) -> tuple[float, int]:
        """Return the cost of a message that is sent several times."""
        return self.cost_of([(kind, fields)] * ROUNDS)

    def cost_of(self, said: list[tuple[str, dict[str, Any]]], every: int = 1) -> tuple[float, int]:
        """Return the cost of messages, or of the last of every so many."""
        times = [timed(lambda each=each: self.say(*each)) for each in said]  # type: ignore[misc]
        return statistics.median(times[every - 1 :: every]), len(json.dumps(self.last))

    def cost_after(self, change: Callable[[int], object]) -> tuple[float, int]:
        """Return the cost of a patch after a change."""
        times = []
        self.conversation._send_patch()
        for turn in range(ROUNDS):
            change(turn)
            times.append(timed(self.conversation._send_patch))
        return statistics.median(times), len(json.dumps(self.last))


def timed(work: Callable[[], object]) -> float:
    """Return the CPU seconds that a call takes."""
    gc.collect()
    began = time.process_time()
    work()
    return time.process_time() - began


def _made(number: int) -> Any:
    above = [f"a{number - 1}"] if number % CHAIN else []
    group = f"g{number // 200 % 10}/s{number // 200}"

    @asset(name=f"a{number}", deps=above, group_name=group, kinds={"pandas"}, owners=["team:data"])
    def one() -> int:
        return number

    return one


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [1_000, 10_000])
