"""The table of differences from Dagster: the README's is the tests'."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.oracle import (
    automation_programs,
    check_programs,
    config_programs,
    graph_programs,
    io_programs,
    multi_asset_programs,
    partition_programs,
    programs,
    project_programs,
)
from tests.oracle.differences import DIFFERENCES, of_suite

README = Path(__file__).parents[2] / "README.md"
HEADING = "## Where it differs from Dagster"


@pytest.mark.checkout
def test_the_readme_shows_each_row_and_no_other():
    section = README.read_text("utf-8").split(HEADING)[1].split("\n## ")[0]
    table = [line for line in section.splitlines() if line.startswith("|")][2:]
    rows = [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in table]

    assert rows == [(row.here, row.in_dagster) for row in DIFFERENCES]


@pytest.mark.parametrize(
    ("suite", "module"),
    [
        ("asset", programs),
        ("multi_asset", multi_asset_programs),
        ("graph", graph_programs),
        ("project", project_programs),
        ("automation", automation_programs),
        ("check", check_programs),
        ("partition", partition_programs),
        ("io", io_programs),
        ("config", config_programs),
    ],
)
def test_each_program_of_the_table_is_there(suite, module):
    assert of_suite(suite).keys() <= module.PROGRAMS.keys()
