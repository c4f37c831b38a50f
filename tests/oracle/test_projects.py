"""Modules, selections, definitions and jobs here and in Dagster: each program once with the names of either."""

from __future__ import annotations

import pytest

from tests.oracle.project import observe
from tests.oracle.project_programs import PROGRAMS

# What differs on purpose: who refuses the program, or None where both run it, and the reason.
DIFFERENCES: dict[str, tuple[str | None, str]] = {
    "loading: specs, read, and a key prefix": (
        None,
        "There what reads a spec is renamed and the spec is not, so that it reads what nothing stands for.",
    ),
    "loading: specs, read, and both prefixes": (
        None,
        "Likewise; here what reads a spec follows the spec.",
    ),
    "selecting: a key substring in capitals": (
        None,
        "A substring is for searching, and searching does not look at capitals.",
    ),
    "selecting: no owner": (
        None,
        "There None selects nothing; here what nobody owns, as `owner:<null>` says.",
    ),
    "defining: a job of what is not there": (
        "nb_assets",
        "There a key in a string that nothing has selects nothing; here it is told of, with near names.",
    ),
    "defining: a job of what is not there, looked through": ("nb_assets", "Likewise."),
    "grouping: a group with another inside it": (
        None,
        "There a group has no inside; here what names a group means the groups in it, too.",
    ),
    "defining: specs mapped to more deps": (
        "dagster",
        "There an asset with arguments cannot have its deps changed: its arguments would lose their values.",
    ),
}

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
    refuses, _reason = DIFFERENCES[name]
    theirs, ours = (observe(library, PROGRAMS[name]) for library in ("dagster", "nb_assets"))

    assert (theirs.refused, ours.refused) == (refuses == "dagster", refuses == "nb_assets")
    assert ours != theirs
