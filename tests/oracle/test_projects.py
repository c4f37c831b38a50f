"""Modules, selections, definitions and jobs here and in Dagster: each program once with the names of either."""

from __future__ import annotations

import pytest

from tests.oracle.differences import of_suite
from tests.oracle.project import observe
from tests.oracle.project_programs import PROGRAMS

DIFFERENCES = of_suite("project")
AGREEING = [name for name in PROGRAMS if name not in DIFFERENCES]


@pytest.mark.parametrize("name", AGREEING)
def test_a_program_does_the_same_as_with_dagster(name: str):
    theirs, ours = (observe(library, PROGRAMS[name]) for library in ("dagster", "nb_assets"))

    assert ours.refused == theirs.refused, ours.error or theirs.error
    assert ours == theirs
    if type(ours.error).__module__ == "nb_assets.errors":
        assert "\n" not in str(ours.error)


@pytest.mark.parametrize("name", DIFFERENCES)
def test_a_program_differs_from_dagster_only_as_the_table_says(name: str):
    refuses = DIFFERENCES[name]
    theirs, ours = (observe(library, PROGRAMS[name]) for library in ("dagster", "nb_assets"))

    assert (theirs.refused, ours.refused) == (refuses == "dagster", refuses == "nb_assets")
    assert ours != theirs
