"""A comparison that takes long does not hold a run up: it goes on, and is noted when it is done."""

from __future__ import annotations

import threading

import numpy as np
import pandas as pd

import nb_assets as nba
from nb_assets.definitions.registry import Origin
from nb_assets.diff import diff
from nb_assets.execution.changes import LARGE, STILL_COMPARING, within


def test_what_is_done_in_time_is_returned():
    made = diff(1, 2)
    assert within(60, lambda: made) is made


def test_what_takes_longer_goes_on_without_the_run():
    release, done = threading.Event(), threading.Event()

    def compare():
        release.wait(60)
        done.set()
        return diff(1, 2)

    assert within(0.01, compare) is STILL_COMPARING
    release.set()
    assert done.wait(60)


def test_large_values_are_compared_and_noted_like_small_ones(tmp_path):
    session = nba.Session(tmp_path / "store")
    random = np.random.default_rng(0)  # so that compressing it makes it no smaller
    frame = pd.DataFrame(
        {"id": range(300_000), "x": random.normal(size=300_000), "y": random.normal(size=300_000)}
    )

    def define(changed):
        @nba.asset(code_version=str(changed))
        def rows():
            return frame.assign(id=frame.id.where(frame.id >= changed, -1 - frame.id))

        session.register(Origin(id="cell", label="cell [1]"), [rows])
        return session.materialize()

    define(0)
    define(3)
    made = session.history("rows")[0]
    assert made.value is not None
    assert made.value.size > LARGE
    assert made.change is not None
    assert made.change["kind"] == "frame"
