"""`@asset` here and in Dagster: each program once with the names of either, and what came of it compared."""

from __future__ import annotations

import pytest

from tests.oracle.observe import observe
from tests.oracle.programs import PROGRAMS

# What differs on purpose: who refuses the program, or None where both run it, and the reason.
DIFFERENCES: dict[str, tuple[str | None, str]] = {
    "an empty name": (
        "nb_assets",
        "Dagster takes it for no name; here an empty name is a slip, and said to be one.",
    ),
    "positional-only arguments": (
        "nb_assets",
        "Dagster accepts the definition and fails in every run of it.",
    ),
    "a nested list of definitions": (
        "dagster",
        "What loads definitions gives lists, so lists of them may be given.",
    ),
    "a selection without what it reads": ("dagster", "What was not selected but is needed is made first."),
    "ins of a plain key": ("dagster", "There an AttributeError; a key says all that an AssetIn of it would."),
    "a NumPy number as metadata": (
        "dagster",
        "Sums and counts of frames are NumPy's, and what they show is plain.",
    ),
}

AGREEING = [name for name in PROGRAMS if name not in DIFFERENCES]


@pytest.mark.parametrize("name", AGREEING)
def test_a_program_does_the_same_as_with_dagster(name: str):
    theirs, ours = (observe(library, name, PROGRAMS[name]) for library in ("dagster", "nb_assets"))

    assert ours.refused == theirs.refused, ours.error or theirs.error
    assert ours == theirs
    if type(ours.error).__module__ == "nb_assets.errors":
        assert "\n" not in str(ours.error)
        assert str(ours.error).endswith((".", "?"))


@pytest.mark.parametrize("name", DIFFERENCES)
def test_a_program_differs_from_dagster_only_as_the_table_says(name: str):
    refuses, _reason = DIFFERENCES[name]
    theirs, ours = (observe(library, name, PROGRAMS[name]) for library in ("dagster", "nb_assets"))

    assert (theirs.refused, ours.refused) == (refuses == "dagster", refuses == "nb_assets")
    assert ours != theirs
