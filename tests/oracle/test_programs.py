"""Each program once with the names of Dagster and once with those of `nb_assets`, and what came of it compared."""

from __future__ import annotations

import pytest

from tests.oracle import (
    automation_programs,
    check_programs,
    config_programs,
    definition_programs,
    dynamic_programs,
    event_programs,
    graph_programs,
    io_programs,
    multi_asset_programs,
    partition_programs,
    programs,
)
from tests.oracle.differences import of_suite
from tests.oracle.observe import observe

SUITES = {
    "asset": programs.PROGRAMS,
    "multi_asset": multi_asset_programs.PROGRAMS,
    "graph": graph_programs.PROGRAMS,
    "automation": automation_programs.PROGRAMS,
    "check": check_programs.PROGRAMS,
    "config": config_programs.PROGRAMS,
    "definition": definition_programs.PROGRAMS,
    "dynamic": dynamic_programs.PROGRAMS,
    "event": event_programs.PROGRAMS,
    "partition": partition_programs.PROGRAMS,
    "io": io_programs.PROGRAMS,
}
AGREEING = [
    (suite, name) for suite, programs in SUITES.items() for name in programs if name not in of_suite(suite)
]
DIFFERING = [(suite, name) for suite in SUITES for name in of_suite(suite)]


@pytest.mark.parametrize(("suite", "name"), AGREEING)
def test_a_program_does_the_same_as_with_dagster(suite: str, name: str):
    theirs, ours = (observe(library, name, SUITES[suite][name]) for library in ("dagster", "nb_assets"))

    assert ours.refused == theirs.refused, ours.error or theirs.error
    assert ours == theirs
    if type(ours.error).__module__ == "nb_assets.errors":
        assert "\n" not in str(ours.error)
        assert str(ours.error).endswith((".", "?"))


@pytest.mark.parametrize(("suite", "name"), DIFFERING)
def test_a_program_differs_from_dagster_only_as_the_table_says(suite: str, name: str):
    refuses = of_suite(suite)[name]
    theirs, ours = (observe(library, name, SUITES[suite][name]) for library in ("dagster", "nb_assets"))

    assert (theirs.refused, ours.refused) == (refuses == "dagster", refuses == "nb_assets")
    assert ours != theirs
