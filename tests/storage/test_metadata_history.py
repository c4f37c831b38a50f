from __future__ import annotations

import datetime as dt

import pandas as pd

from nb_assets import MetadataValue, Output, asset
from nb_assets.definitions.registry import Origin
from nb_assets.session import Session
from nb_assets.storage.metadata_history import numeric_points

NOON = dt.datetime(2024, 1, 1, 12, tzinfo=dt.timezone.utc)


def _session(tmp_path, said: list[dict]) -> Session:
    each = iter(said)

    @asset
    def a():
        return Output(1, metadata=next(each))

    session = Session(tmp_path)
    session.register(Origin(id="cell", label="cell [1]"), [a])
    for _ in said:
        session.materialize(force=True)
    return session


def test_a_frame_has_a_column_for_each_name(tmp_path):
    session = _session(
        tmp_path,
        [
            {"rows": 3, "share": 0.5},
            {"rows": 4, "seen": MetadataValue.timestamp(NOON), "note": MetadataValue.md("*x*")},
        ],
    )
    frame = pd.DataFrame(session.metadata_history("a"))
    assert frame["version"].tolist() == [1, 2]
    assert frame["rows"].tolist() == [3, 4]
    assert frame["note"][1] == "*x*"
    assert frame["seen"][1] == NOON
    assert set(frame) == {"version", "timestamp", "run_id", "rows", "share", "seen", "note"}


def test_only_finite_numbers_are_points(tmp_path):
    session = _session(
        tmp_path,
        [{"n": 1, "b": True, "t": "x"}, {"n": float("nan")}, {"n": 10**400}, {"n": 2.5}],
    )
    assert numeric_points(session.history("a")) == {"n": [(1, 1.0), (4, 2.5)]}
