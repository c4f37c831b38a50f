from __future__ import annotations

from nb_assets.views.table import Column, table_of

COLUMNS = (
    Column(title="", kind="mark"),
    Column(title="asset", kind="key"),
    Column(title="took", kind="number"),
    Column(title="why", kind="prose"),
)


def test_a_table_reads_as_text_with_its_columns_aligned():
    table = table_of(
        "assets",
        COLUMNS,
        [("fresh", "a", "1 s", ""), ("stale", "longer", "10 s", "`f` changed")],
        empty="none",
    )
    assert table.text.splitlines() == [
        "   asset   took  why",
        "●  a        1 s",
        "▲  longer  10 s  `f` changed",
    ]


def test_an_empty_table_is_a_sentence():
    table = table_of("assets", COLUMNS, [], empty="No assets yet.")
    assert table.text == "No assets yet."
    assert "<table" not in table.html


def test_a_table_of_thousands_is_bounded_and_says_so():
    table = table_of("assets", COLUMNS, [("fresh", f"a{n}", "1 s", "") for n in range(3_000)], empty="none")
    assert "and 2,500 more" in table.text


def test_cells_are_text_and_never_markup():
    hostile = "<img src=x onerror=alert(1)>"
    assert "<img" not in table_of("assets", COLUMNS, [(hostile,) * 4], empty="none").html
