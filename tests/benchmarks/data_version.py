"""How long hashing data takes, beside joblib's and pandas' own hashes of the same data.

Run with `python -m tests.benchmarks.data_version [ROUNDS]`. The three take turns, so that whatever else the machine
does slows all of them; each figure is the fastest of the rounds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import joblib
import numpy as np
import pandas as pd

from nb_assets.fingerprint.data_version import data_version


def samples() -> dict[str, Any]:
    """Return data larger than any cache, as the data is whose hashing anybody waits for."""
    numbers = np.random.default_rng(0).normal(size=(1_000_000, 8))
    return {
        "array": numbers,
        "frame": pd.DataFrame({at: numbers[:, at].copy() for at in range(8)}),
        "frame of ints": pd.DataFrame({at: (numbers[:, at] * 1e6).astype(int) for at in range(8)}),
        "frame that lies row by row": pd.DataFrame(numbers, copy=False),
        "frame with missing values": pd.DataFrame(np.where(np.abs(numbers) < 1e-3, np.nan, numbers)),
        "frame of text": pd.DataFrame({"t": np.arange(200_000).astype(str)}),
    }


def measure(value: Any, rounds: int) -> dict[str, float]:
    """Return the fastest of the rounds of each hash, in seconds."""
    table = value if isinstance(value, pd.DataFrame) else pd.DataFrame(value)
    works: dict[str, Callable[[], object]] = {
        "nb_assets": lambda: data_version(value),
        "joblib": lambda: joblib.hash(value),
        "pandas": lambda: pd.util.hash_pandas_object(table).sum(),
    }
    fastest = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, work in works.items():
            began = time.perf_counter()
            work()
            fastest[name] = min(fastest[name], time.perf_counter() - began)
    return fastest


def main(rounds: int) -> None:
    """Print the times, and how many times ours the others are."""
    for name, value in samples().items():
        ours, *others = measure(value, rounds).items()
        told = ", ".join(
            f"{other} {taken * 1e3:,.1f} ms (× {taken / ours[1]:.3g})" for other, taken in others
        )
        print(f"{name}: {ours[0]} {ours[1] * 1e3:,.1f} ms, {told}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4)
