from __future__ import annotations

import multiprocessing
import os
import sqlite3
import sys
import threading
import types

import numpy as np
import pytest

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.definitions.metadata import MetadataValue
from nb_assets.errors import StoreError
from nb_assets.storage.history import History
from nb_assets.storage.materialization import Materialization, ValueRef, provenance

TRIPS = AssetKey(["raw", "trips"])
SLASHED = AssetKey(["raw/trips"])
REF = ValueRef(
    address="xxh3-00",
    format="npy",
    size=10,
    type_name="numpy.ndarray",
    summary="array",
    rows=3,
    checksum="ff",
)


def record_of(key=TRIPS, **changes):
    given = {"run_id": "r1", "timestamp": 1.5, "duration": 0.25, "code_version": "c1", "data_version": "d1"}
    return Materialization(asset_key=key, **{**given, **changes})


@pytest.fixture
def path(tmp_path):
    return tmp_path / "history.sqlite"


@pytest.fixture
def history(path):
    history = History.open(path)
    yield history
    history.close()


def test_a_record_comes_back_whole_from_the_cache_and_from_the_file(history, path):
    record = record_of(
        inputs={AssetKey("b"): "d2", AssetKey(["a", "x"]): "d3"},
        metadata={
            "rows": 3,
            "note": MetadataValue.md("**x**"),
            "link": MetadataValue.asset(SLASHED),
            "nan": float("nan"),
        },
        tags={"team": "ü\ud800"},
        value=REF,
        code={"trips": "def trips():\n    return 1\n"},
        restored_from=2,
    )
    recorded = history.record(record)
    assert recorded.version == 1
    for found in (history.latest(TRIPS), History.open(path).latest(TRIPS), history.list(TRIPS)[0]):
        assert repr(found) == repr(recorded)


def test_versions_count_from_one_for_each_asset(history):
    versions = [history.record(record_of(key)).version for key in (TRIPS, SLASHED, TRIPS, TRIPS)]
    assert versions == [1, 1, 2, 3]
    assert [record.version for record in history.list(TRIPS)] == [3, 2, 1]
    assert history.keys() == [TRIPS, SLASHED]


def test_keys_that_read_alike_are_kept_apart(history):
    history.record(record_of(TRIPS))
    assert history.latest(SLASHED) is None


def test_a_version_is_found_by_number_from_either_end(history):
    for at in range(3):
        history.record(record_of(data_version=f"d{at}"))
    assert [history.get(TRIPS, at).data_version for at in (1, 3, -1, -3)] == ["d0", "d2", "d2", "d0"]
    assert [history.get(TRIPS, at) for at in (0, 4, -4)] == [None, None, None]


def test_the_newest_record_of_the_same_provenance_is_found(history):
    inputs = {AssetKey("b"): "1", AssetKey("a"): "2"}
    history.record(record_of(code_version="old", inputs=inputs))
    history.record(record_of(code_version="new", inputs=inputs))
    history.record(record_of(code_version="old", inputs=dict(reversed(inputs.items())), data_version="d9"))
    found = history.find(TRIPS, provenance("old", inputs))
    assert (found.version, found.data_version) == (3, "d9")
    assert history.find(TRIPS, provenance("old", {})) is None
    assert history.find(SLASHED, provenance("old", inputs)) is None


def test_provenances_are_unambiguous():
    a, b = AssetKey("a"), AssetKey("b")
    assert provenance("c", {a: "1", b: "2"}) == provenance("c", {b: "2", a: "1"})
    assert (
        len(
            {
                provenance("c", {a: "1"}),
                provenance("c", {b: "1"}),
                provenance("c1", {}),
                provenance("c", {a: "11"}),
            }
        )
        == 4
    )


def test_what_json_cannot_hold_is_recorded_as_text(history):
    history.record(record_of(metadata={"rows": np.int64(3), "when": object, "many": {1, 2}}))
    found = history.list(TRIPS)[0]
    assert found.metadata == {"rows": 3, "when": "<class 'object'>", "many": [1, 2]}


def test_many_records_are_all_kept_or_none(history):
    with pytest.raises(StoreError, match="Nothing was changed"):
        history.record_many([record_of(), record_of(duration=object())])
    assert history.latest(TRIPS) is None
    assert [record.version for record in history.record_many([record_of(), record_of()])] == [1, 2]


def test_the_history_is_only_ever_added_to(history, path):
    history.record(record_of())
    history.append_event("r1", 1.0, "failed", TRIPS, {})
    connection = sqlite3.connect(path)
    for statement in (
        "DELETE FROM materialization",
        "UPDATE materialization SET version = 7",
        "DELETE FROM event",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
            connection.execute(statement)


def test_events_are_found_by_run_asset_and_kind(history):
    history.append_event("r1", 1.0, "started", None, {"n": 1})
    history.append_events(
        [("r1", 2.0, "failed", TRIPS, {"error": "x"}), ("r2", 3.0, "materialized", TRIPS, {})]
    )
    assert [event.kind for event in history.events()] == ["started", "failed", "materialized"]
    assert [event.kind for event in history.events(run_id="r1")] == ["started", "failed"]
    assert [event.run_id for event in history.events(asset_key=TRIPS)] == ["r1", "r2"]
    assert history.events(kind="failed")[0].payload == {"error": "x"}
    assert [event.run_id for event in history.events(limit=1)] == ["r2"]


def test_runs_are_listed_newest_first(history):
    history.record_run("r1", 1.0, "widget", [TRIPS])
    history.record_run("r2", 2.0, "%materialize", [])
    assert [run.run_id for run in history.runs()] == ["r2", "r1"]
    assert history.runs()[1].keys == (TRIPS,)
    with pytest.raises(StoreError):
        history.record_run("r1", 1.0, "widget", [TRIPS])


def test_what_another_kernel_records_is_seen_at_once(history, path):
    other = History.open(path)
    assert history.latest(TRIPS) is None
    other.record(record_of(data_version="theirs"))
    assert history.latest(TRIPS).data_version == "theirs"
    history.record(record_of(data_version="ours"))
    assert other.latest_many([TRIPS, SLASHED]) == {TRIPS: history.latest(TRIPS)}
    assert other.latest(TRIPS).version == 2


def test_many_threads_record_without_gaps(history):
    errors = []

    def work():
        try:
            for _ in range(25):
                history.record(record_of())
                history.latest(TRIPS)
                history.append_event("r", 1.0, "log", TRIPS, {})
        except Exception as error:  # noqa: BLE001 - shown by the assertion
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert [record.version for record in history.list(TRIPS)] == list(range(200, 0, -1))
    assert history.latest(TRIPS).version == 200


def record_many_times(path, times):
    history = History.open(path)
    for _ in range(times):
        history.record(record_of(run_id=str(os.getpid())))


def test_two_kernels_record_one_asset_without_gaps(path, monkeypatch):
    # A shell of IPython in the same process leaves a `__main__` of its own, which cannot be started anew.
    monkeypatch.setitem(sys.modules, "__main__", types.ModuleType("__main__"))
    context = multiprocessing.get_context("spawn")
    # Neither finds a history: both begin it at the same moment.
    kernels = [context.Process(target=record_many_times, args=(path, 60)) for _ in range(3)]
    for kernel in kernels:
        kernel.start()
    for kernel in kernels:
        kernel.join(60)
        assert kernel.exitcode == 0
    records = History.open(path).list(TRIPS)
    assert [record.version for record in records] == list(range(180, 0, -1))
    assert len({record.run_id for record in records}) == 3


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_forked_child_records_on_its_own_connection(history):
    history.record(record_of())
    with history._database._lock:
        child = os.fork()
        if not child:
            code = 1
            try:
                history.record(record_of(run_id="child"))
                code = 0 if history.latest(TRIPS).version == 2 else 3
            finally:
                os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    history.record(record_of(run_id="parent"))
    assert [record.run_id for record in history.list(TRIPS)] == ["parent", "child", "r1"]


def test_a_closed_history_says_so(history):
    history.close()
    with pytest.raises(StoreError, match="is closed"):
        history.latest(TRIPS)
