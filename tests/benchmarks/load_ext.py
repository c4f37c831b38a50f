"""How long `%load_ext nb_assets` takes in a fresh kernel, beside `import pandas` in another.

Run with `python -m tests.benchmarks.load_ext [ROUNDS]`. Kernels of the two kinds alternate, so that whatever else the
machine does meets both alike; each kind's first kernel, which finds files not yet cached, is not counted.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.harness.home import own_home
from tests.harness.kernel import kernel

TIMED = """
import time
_started = time.perf_counter()
{}
print("seconds:", time.perf_counter() - _started)
"""
STATEMENTS = {
    "%load_ext nb_assets": "get_ipython().run_line_magic('load_ext', 'nb_assets')",
    "import pandas": "import pandas",
}
PROMISE = 0.1
"""What loading the extension may take, as a part of what importing pandas takes."""


def measure(rounds: int = 7, python: Path | str = sys.executable) -> dict[str, list[float]]:
    """Return the seconds that each statement took, a fresh kernel each."""
    seconds: dict[str, list[float]] = {name: [] for name in STATEMENTS}
    for number in range(rounds + 1):
        for name, statement in STATEMENTS.items():
            with tempfile.TemporaryDirectory() as folder, kernel(python, Path(folder), os.environ) as running:
                said = running.run(TIMED.format(statement)).stdout
            if number:
                seconds[name].append(float(said.rpartition("seconds:")[2]))
    return seconds


def ratio(seconds: Mapping[str, list[float]]) -> float:
    """Return the median time of the first statement as a part of the second's."""
    ours, theirs = (statistics.median(seconds[name]) for name in STATEMENTS)
    return ours / theirs


def main() -> int:
    """Measure, print, and fail where the promise is not kept."""
    with own_home():
        seconds = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
    for name, times in seconds.items():
        spread = f"{min(times) * 1000:.1f}–{max(times) * 1000:.1f}"
        print(
            f"{name:22} median {statistics.median(times) * 1000:7.1f} ms   ({spread}, {len(times)} kernels)"
        )
    print(f"ratio {ratio(seconds):.3f}, promised: below {PROMISE}")
    return 0 if ratio(seconds) < PROMISE else 1


if __name__ == "__main__":
    sys.exit(main())
