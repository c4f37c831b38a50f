from __future__ import annotations

import pytest

from nb_assets import (
    AssetKey,
    MetadataValue,
    TableColumn,
    TableColumnConstraints,
    TableColumnDep,
    TableColumnLineage,
    TableConstraints,
    TableRecord,
    TableSchema,
)
from nb_assets.views.metadata import field_view, safe_link


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.com/a?b=c", True),
        ("HTTP://example.com", True),
        ("javascript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("file:///etc/passwd", False),
        ("https:///nowhere", False),
        ("http://[", False),
        ("example.com", False),
        ("", False),
    ],
)
def test_only_addresses_of_the_web_can_be_followed(url: str, link: object):
    assert safe_link(url) == (url if link else "")
    assert field_view("x", MetadataValue.url(url))["href"] == (url if link else "")
    assert field_view("x", MetadataValue.url(url))["text"] == url


def test_a_text_that_looks_like_an_address_stays_text():
    assert field_view("x", "https://example.com")["href"] == ""


def test_records_are_a_table():
    records = [TableRecord({"name": "Ada", "age": 36}), TableRecord({"name": "Bo"})]
    assert field_view("x", MetadataValue.table(records))["table"] == {
        "columns": ["name", "age"],
        "rows": [["Ada", "36"], ["Bo", ""]],
        "more": "",
    }


def test_a_long_table_is_cut_and_says_so():
    table = field_view("x", MetadataValue.table([TableRecord({"n": n}) for n in range(1_060)]))["table"]
    assert table is not None
    assert (len(table["rows"]), table["more"]) == (50, "1,010 more rows")


def test_a_schema_is_a_table_of_its_columns():
    schema = TableSchema(
        [
            TableColumn(
                "id", "int", "the key", TableColumnConstraints(nullable=False, unique=True, other=["> 0"])
            ),
            TableColumn("name"),
        ],
        TableConstraints(["sorted"]),
    )
    assert field_view("x", MetadataValue.table_schema(schema))["table"] == {
        "columns": ["column", "type", "constraints", "description"],
        "rows": [["id", "int", "not null, unique, > 0", "the key"], ["name", "string", "", ""]],
        "more": "sorted",
    }


def test_the_lineage_of_columns_is_a_table():
    lineage = TableColumnLineage(
        {"total": [TableColumnDep(["raw", "trips"], "fare"), TableColumnDep("tips", "tip")]}
    )
    assert field_view("x", MetadataValue.column_lineage(lineage))["table"] == {
        "columns": ["column", "derived from"],
        "rows": [["total", "raw/trips.fare, tips.tip"]],
        "more": "",
    }


def test_an_asset_can_be_gone_to():
    assert field_view("x", MetadataValue.asset(AssetKey(["a", "b"])))["asset"] == "a/b"


def test_a_single_number_has_no_course():
    assert field_view("x", MetadataValue.int(1), [(1, 1.0)])["points"] == []
