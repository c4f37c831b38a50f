from __future__ import annotations

import json
import sqlite3

import pytest

from nb_assets.definitions.asset_key import AssetKey
from nb_assets.storage.history import History
from nb_assets.storage.materialization import Materialization
from nb_assets.storage.schema import APPLICATION_ID, MIGRATIONS

KEY = AssetKey("daily")


@pytest.fixture
def history(tmp_path):
    opened = History.open(tmp_path / "history.sqlite")
    yield opened
    opened.close()


def made(partition=None, data="x", **more):
    return Materialization(
        asset_key=KEY,
        partition=partition,
        run_id="r",
        timestamp=1.0,
        duration=0.1,
        code_version="c",
        data_version=data,
        **more,
    )


def test_versions_are_counted_for_each_partition_apart(history):
    versions = [history.record(made(each)).version for each in ("a", "b", "a", None, "a", None)]
    assert versions == [1, 1, 2, 1, 3, 2]


def test_what_is_newest_is_told_for_the_asset_and_for_each_partition(history, tmp_path):
    for partition, data in [("a", "1"), ("b", "2"), ("a", "3"), (None, "4")]:
        history.record(made(partition, data))
    for each in (history, History.open(tmp_path / "history.sqlite")):
        assert each.latest(KEY).data_version == "4"
        assert each.latest(KEY, "a").data_version == "3"
        assert {key: record.data_version for key, record in each.latest_partitions(KEY).items()} == {
            "a": "3",
            "b": "2",
        }
        assert each.latest(KEY, "c") is None
        assert each.keys() == [KEY]


def test_one_partition_is_looked_back_at_alone(history):
    for partition, data in [("a", "1"), ("b", "2"), ("a", "3")]:
        history.record(made(partition, data))
    assert [record.data_version for record in history.list(KEY)] == ["3", "2", "1"]
    assert [record.data_version for record in history.list(KEY, "a")] == ["3", "1"]
    assert history.get(KEY, -2, "a").data_version == "1"
    assert history.get(KEY, 1, "b").data_version == "2"
    assert history.find(KEY, made().provenance, "b").data_version == "2"


def test_the_partitions_behind_an_input_come_back(history):
    upstream = AssetKey("raw")
    record = made(
        "a", inputs={upstream: "all"}, input_partitions={upstream: {"2024-01-01": "1", "2024-01-02": "2"}}
    )
    history.record(record)
    back = history.list(KEY)[0]
    assert back.input_partitions == record.input_partitions
    assert back.inputs == record.inputs


def test_a_history_from_before_partitions_keeps_all_that_it_had(tmp_path):
    path = tmp_path / "history.sqlite"
    connection = sqlite3.connect(path)
    for statement in MIGRATIONS[0]:
        connection.execute(statement)
    for version in (1, 2):
        connection.execute(
            "INSERT INTO materialization (asset_key, version, run_id, timestamp, duration, code_version, data_version, "
            "provenance, inputs, metadata, tags, code) VALUES (?, ?, 'r', 1.0, 0.1, 'c', 'd', 'p', ?, '{}', '{}', '{}')",
            (KEY.to_string(), version, json.dumps([[["raw"], "1"]])),
        )
    connection.execute("PRAGMA user_version = 1")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.commit()
    connection.close()

    history = History.open(path)
    assert [(record.version, record.partition) for record in history.list(KEY)] == [(2, None), (1, None)]
    assert history.latest(KEY).inputs == {AssetKey("raw"): "1"}
    assert history.record(made()).version == 3
    with pytest.raises(sqlite3.IntegrityError):
        sqlite3.connect(path).execute("DELETE FROM materialization")


def test_dynamic_partitions_come_and_go_in_the_order_in_which_they_were_added(history, tmp_path):
    history.change_dynamic_partitions("customers", ["b", "a", "b"], exist=True)
    history.change_dynamic_partitions("others", ["z"], exist=True)
    history.change_dynamic_partitions("customers", ["a", "never there"], exist=False)
    history.change_dynamic_partitions("customers", ["c", "b", "a"], exist=True)
    assert list(History.open(tmp_path / "history.sqlite").dynamic_partitions("customers")) == ["b", "c", "a"]
