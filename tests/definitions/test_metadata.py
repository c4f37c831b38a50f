from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable
from pathlib import PurePosixPath

import numpy as np
import pytest

from nb_assets import (
    AssetKey,
    MetadataValue,
    TableColumn,
    TableColumnDep,
    TableColumnLineage,
    TableRecord,
    TableSchema,
)
from nb_assets.definitions.metadata import as_metadata, as_metadata_value
from nb_assets.errors import DefinitionError

NOON = dt.datetime(2024, 1, 1, 12, tzinfo=dt.timezone.utc)


@pytest.mark.parametrize(
    ("given", "kind", "value"),
    [
        ("x", "text", "x"),
        (True, "bool", True),
        (3, "int", 3),
        (0.5, "float", 0.5),
        (None, "null", None),
        ([1, {"a": 2}], "json", [1, {"a": 2}]),
        (PurePosixPath("a/b"), "path", "a/b"),
        (AssetKey("a"), "asset", AssetKey("a")),
        (np.int64(3), "int", 3),
        (np.float32(0.5), "float", 0.5),
        (np.bool_(1), "bool", True),
        (MetadataValue.md("*x*"), "md", "*x*"),
        (MetadataValue.timestamp(NOON), "timestamp", NOON.timestamp()),
        (MetadataValue.notebook(PurePosixPath("a.ipynb")), "notebook", "a.ipynb"),
        (MetadataValue.url("https://example.com"), "url", "https://example.com"),
        (MetadataValue.dagster_run("run"), "dagster_run", "run"),
        (MetadataValue.pool("pool"), "pool", "pool"),
        ((lineage := TableColumnLineage({"a": [TableColumnDep("up", "b")]})), "column_lineage", lineage),
        ((schema := TableSchema.from_name_type_dict({"a": "int"})), "table_schema", schema),
    ],
)
def test_a_plain_value_becomes_metadata_of_its_kind(given: object, kind: str, value: object):
    made = as_metadata_value("x", given)
    assert (made.kind, made.value) == (kind, value)
    assert MetadataValue.from_json(json.loads(json.dumps(made.to_json()))) == made


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (MetadataValue.python_artifact(dt.datetime), "datetime.datetime"),
        (MetadataValue.job("nightly", "here"), "nightly (here)"),
        (
            MetadataValue.table([TableRecord({"name": "Ada", "age": 36}), TableRecord({"name": None})]),
            "name | age\nAda | 36\n | ",
        ),
        (MetadataValue.table_schema(TableSchema.from_name_type_dict({"a": "int"})), "a: int"),
        (MetadataValue.column_lineage(TableColumnLineage({"a": [TableColumnDep("up", "b")]})), "a ← up.b"),
        (MetadataValue.int(12_345), "12,345"),
        (MetadataValue.float(None), "–"),
        (MetadataValue.bool(True), "true"),
        (MetadataValue.null(), "–"),
        (MetadataValue.asset(AssetKey(["a", "b"])), "a/b"),
        (MetadataValue.timestamp(NOON), "2024-01-01 12:00:00+00:00"),
        (MetadataValue.json([1]), "[\n  1\n]"),
    ],
)
def test_a_kind_has_words_and_survives_json(made: MetadataValue, text: str):
    assert made.as_text() == text
    assert MetadataValue.from_json(json.loads(json.dumps(made.to_json()))) == made


def test_a_table_takes_its_columns_from_its_first_record():
    table = MetadataValue.table([TableRecord({"name": "Ada", "age": 36, "share": 0.5, "well": True})])
    assert [(column.name, column.type) for column in table.schema.columns] == [
        ("name", "string"),
        ("age", "int"),
        ("share", "float"),
        ("well", "bool"),
    ]


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: MetadataValue.int("3"), "a whole number, not '3'"),
        (lambda: MetadataValue.float(1), "a float, not 1"),
        (lambda: MetadataValue.text(1), "a text, not 1"),
        (lambda: MetadataValue.asset("a"), "an AssetKey, not 'a'"),
        (lambda: MetadataValue.timestamp(3), "seconds since 1970 as a float"),
        (lambda: MetadataValue.python_artifact(3), "a function or a class, not 3"),
        (lambda: MetadataValue.table([]), "needs a schema"),
        (lambda: MetadataValue.table([{"a": 1}]), "a list of TableRecord"),
        (lambda: TableRecord({"a": [1]}), "'a' is [1] (list)"),
        (lambda: TableSchema(["a"]), "each of columns"),
        (lambda: TableColumn(3), "`name` of a TableColumn"),
        (lambda: TableColumnLineage({"a": [TableColumnDep("up", "b")] * 2}), "names a column twice"),
        (lambda: as_metadata([1]), "a dict of values by name"),
    ],
)
def test_a_kind_refuses_what_it_does_not_hold(make: Callable[[], object], told: str):
    with pytest.raises(DefinitionError) as caught:
        make()
    assert told in str(caught.value)


def test_a_kind_of_a_newer_version_is_shown_as_text():
    assert MetadataValue.from_json({"kind": "hologram", "value": [1]}) == MetadataValue.text("[1]")


@pytest.mark.parametrize("number", [math.inf, -math.inf])
def test_an_infinite_number_survives_json(number: float):
    made = MetadataValue.float(number)
    text = json.dumps(made.to_json(), allow_nan=False)
    assert MetadataValue.from_json(json.loads(text)) == made


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"x": object()}, "the metadata `x` is of type object, which cannot be shown"),
        ({"x": NOON}, "of type datetime"),
        ({"x": {"a": object()}}, "is not JSON"),
        ({3: 1}, "the names of metadata are texts, but one is 3"),
    ],
)
def test_what_cannot_be_shown_is_refused(given: dict, told: str):
    with pytest.raises(DefinitionError) as caught:
        as_metadata(given)
    assert told in str(caught.value)


def test_a_moment_needs_a_time_zone():
    with pytest.raises(DefinitionError, match=r"tzinfo=timezone\.utc"):
        MetadataValue.timestamp(dt.datetime(2024, 1, 1))
