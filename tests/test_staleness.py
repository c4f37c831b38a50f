"""Which assets are stale, and why: cells in, edits, states and reasons out. Everything runs for real, in a store."""

from __future__ import annotations

from pathlib import Path

import pytest

from nb_assets import AssetKey
from tests.harness.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "store")


CHAIN = [
    "FACTOR = 2\ndef helper(x): return x * FACTOR",
    "@asset\ndef a(): return 1",
    "@asset\ndef b(a): return helper(a)",
    "@asset\ndef c(b): return b + 1",
    "@asset\ndef other(): return 0",
]
# what was edited: the cell; the states; the asset to ask and its reasons; what a run then does; the states after it
EDITS = {
    "a body": (
        "@asset\ndef b(a): return helper(a) + 1",
        "b: stale, c: stale",
        ("b", ["`b` changed"]),
        "made b c",
    ),
    "a constant": ("FACTOR = 3", "b: stale, c: stale", ("b", ["`FACTOR` 2 → 3"]), "made b c"),
    "a helper": ("def helper(x): return -x", "b: stale, c: stale", ("b", ["`helper` changed"]), "made b c"),
    "a root": (
        "@asset\ndef a(): return 5",
        "a: stale, b: stale, c: stale",
        ("c", ["upstream `b` is stale (because of `a`)"]),
        "made a b c",
    ),
    "a comment": ("@asset\ndef b(a):\n    # same\n    return helper(a)", "", ("b", []), ""),
    "a root with an equal value": (
        "@asset\ndef a(): return 2 - 1",
        "a: stale, b: stale, c: stale",
        ("b", ["upstream `a` is stale"]),
        "made a",
    ),
    "a middle with an equal value": (
        "@asset\ndef b(a): return a + 1",
        "b: stale, c: stale",
        ("c", ["upstream `b` is stale"]),
        "made b",
    ),
    "a root of another type": (
        "@asset\ndef a(): return True",
        "a: stale, b: stale, c: stale",
        ("a", ["`a` changed"]),
        "made a b",
    ),
    "another argument": (
        "@asset\ndef c(b, other): return b + 1",
        "c: stale",
        ("c", ["`c` changed", "now reads `other`"]),
        "made c",
    ),
    "an argument less": (
        "@asset\ndef c(): return 3",
        "c: stale",
        ("c", ["`c` changed", "no longer reads `b`"]),
        "made c",
    ),
    "a dep more": (
        "@asset(deps=['other'])\ndef c(b): return b + 1",
        "c: stale",
        ("c", ["now reads `other`"]),
        "made c",
    ),
    "a dep on what is made elsewhere": (
        "@asset(deps=['files'])\ndef c(b): return b + 1",
        "c: stale",
        ("c", ["now reads `files`"]),
        "made c",
    ),
    "a code version where there was none": (
        "@asset(code_version='1')\ndef c(b): return b + 1",
        "c: stale",
        ("c", ["code version computed → 1"]),
        "made c",
    ),
    "another group and description": (
        "@asset(group_name='g', description='d')\ndef c(b): return b + 1",
        "",
        ("c", []),
        "",
    ),
    "a new asset": ("@asset\ndef d(c): return c", "d: missing", ("d", ["never materialized"]), "made d"),
}


@pytest.mark.parametrize("edited", EDITS)
def test_an_edit_makes_these_assets_stale_for_these_reasons(project: Project, edited: str):
    cell, states, (name, reasons), ran = EDITS[edited]
    for source in CHAIN:
        project.cell(source)
    project.run()
    assert project.states == ""

    project.cell(cell)
    assert (project.states, project.why(name)) == (states, reasons)
    assert project.run() == ran
    assert project.states == ""
    assert project.run() == ""


@pytest.mark.parametrize("edited", ["a body", "a constant", "a root"])
def test_an_edit_taken_back_restores_what_was_made(project: Project, edited: str):
    for source in CHAIN:
        project.cell(source)
    project.run()
    project.cell(EDITS[edited][0])
    project.run()

    for source in CHAIN[:4]:
        project.cell(source)
    assert project.states == ""
    status = project.session.status()[AssetKey("b")]
    assert (status.restored, status.materialization.version) == (True, 1)
    assert project.session.load("b") == 2
    assert project.run().startswith("restored ")
    assert [made.restored_from for made in project.session.history("b")] == [1, None, None]
    assert project.session.load("c") == 3
    assert project.run() == ""


# the cell, the cell edited, what is told
REASONS = {
    "an installed function by the same name": (
        "from math import floor as rounded\n@asset\ndef a(): return rounded(1.5)",
        "from math import ceil as rounded",
        ["`rounded` math.floor → math.ceil"],
    ),
    "the installed function of a partial": (
        "import functools, math\nfirst = functools.partial(math.floor, 1.5)\n@asset\ndef a(): return first()",
        "first = functools.partial(math.ceil, 1.5)",
        ["`first(partial)` math.floor → math.ceil"],
    ),
    "the parameters of a dataclass": (
        "from dataclasses import dataclass\n@dataclass\nclass K:\n    n: int = 1\n@asset\ndef a(): return K().n",
        "@dataclass(frozen=True)\nclass K:\n    n: int = 1",
        ["`K` changed"],
    ),
    "the annotation of a field": (
        "from dataclasses import dataclass\n@dataclass\nclass K:\n    n: int = 1\n@asset\ndef a(): return K().n",
        "@dataclass\nclass K:\n    n: float = 1",
        ["`K` changed"],
    ),
    "a function in a collection": (
        "import collections\nD = collections.defaultdict(lambda: 1)\n@asset\ndef a(): return D.default_factory()",
        "D = collections.defaultdict(lambda: 2)",
        ["`<lambda>` changed", "`D` changed"],
    ),
}


@pytest.mark.parametrize("case", REASONS)
def test_the_reason_names_what_changed(project: Project, case: str):
    cell, edited, told = REASONS[case]
    project.cell(cell)
    project.run()
    project.cell(edited)
    assert project.session.explain("a").lines == tuple(told)


def test_everything_is_missing_before_it_is_made(project: Project):
    for source in CHAIN:
        project.cell(source)
    assert project.states == "a: missing, b: missing, c: missing, other: missing"
    assert project.why("b") == ["never materialized", "upstream `a` is missing"]


def test_only_what_a_selected_asset_needs_is_made_first(project: Project):
    for source in CHAIN:
        project.cell(source)
    assert project.run("b") == "made a b"
    assert project.states == "c: missing, other: missing"


def test_a_stale_upstream_is_used_as_it_is_unless_asked_for(project: Project):
    for source in CHAIN:
        project.cell(source)
    project.run()
    project.cell("@asset\ndef a(): return 5")
    project.cell("@asset\ndef b(a): return a * 10")

    assert project.run("b") == "made b"
    assert project.session.load("b") == 10
    assert project.states == "a: stale, b: stale, c: stale"
    assert project.run("b", upstream=True) == "made a b"
    assert project.session.load("b") == 50


def test_new_data_upstream_is_told_with_what_changed(project: Project):
    for source in CHAIN:
        project.cell(source)
    project.run()
    project.cell("@asset\ndef a(): return 5")
    project.run("a")
    assert project.why("b") == ["`a` has new data: 1 → 5 (+4, +400 %)"]
    assert project.why("c") == ["upstream `b` is stale"]


def test_a_change_of_code_version_is_told_by_both(project: Project):
    project.cell("@asset(code_version='1')\ndef a(): return 1")
    project.run()
    project.cell("@asset(code_version='1')\ndef a(): return 2")
    assert project.states == ""
    project.cell("@asset(code_version='2')\ndef a(): return 2")
    assert project.why("a") == ["code version 1 → 2"]
    project.run()
    project.cell("@asset\ndef a(): return 2")
    assert project.why("a") == ["code version 2 → computed"]


def test_an_explicit_data_version_takes_the_place_of_the_content(project: Project):
    project.cell("N = 1\n@asset\ndef a(): return Output(N, data_version=DataVersion('same'))")
    project.cell("@asset\ndef b(a): return a")
    project.run()
    project.cell("N = 2")
    assert project.run() == "made a"
    assert project.states == ""


def test_a_result_without_a_value_is_new_data_each_time(project: Project):
    project.cell("@asset\ndef a() -> None: pass")
    project.cell("@asset(deps=['a'])\ndef b(): return 1")
    project.run()
    assert project.states == ""
    assert project.run("a", force=True) == "made a"
    assert project.states == "b: stale"
    assert project.why("b") == ["`a` has new data"]


FAILING = "@asset\ndef b(a): raise ValueError('no luck')"


def test_a_failed_run_shows_as_failed_until_something_is_done(project: Project):
    for source in CHAIN:
        project.cell(source)
    project.run()
    project.cell(FAILING)
    assert project.run() == "failed b; skipped c"
    assert project.states == "b: failed, c: stale"
    assert project.why("b") == ["ValueError: no luck", "`b` changed"]
    assert project.why("c") == ["upstream `b` is failed"]

    project.cell(CHAIN[2])
    assert project.states == ""


def test_a_failed_re_run_of_the_same_code_shows_as_failed(project: Project):
    project.cell("SHOULD = []\n@asset\ndef a():\n    if open_it(): raise OSError('down')\n    return 1")
    project.names["open_it"] = type("Door", (), {"__call__": lambda self: self.down, "down": False})()
    project.run()
    project.names["open_it"].down = True
    # An object's attribute is part of what the code means, so the code is stale too; force says it either way.
    assert project.run("a", force=True) == "failed a"
    assert project.why("a")[0] == "OSError: down"
    project.names["open_it"].down = False
    assert project.run("a", force=True) == "made a"
    assert project.states == ""


def test_the_newest_failure_is_the_one_that_is_told_after_a_restart(project: Project, tmp_path: Path):
    for text in ("first", "second"):
        project.cell(f"@asset\ndef a(): raise ValueError('{text}')")
        project.run()
    again = Project(tmp_path / "store")
    again.cell("@asset\ndef a(): raise ValueError('second')")
    assert again.why("a") == ["ValueError: second", "never materialized"]
    assert again.states == "a: failed"


def test_a_lost_value_is_told_and_made_again(project: Project, tmp_path: Path):
    for source in CHAIN:
        project.cell(source)
    project.run()
    for file in (tmp_path / "store" / "values").iterdir():
        file.unlink()
    assert project.states == "a: stale, b: stale, c: stale, other: stale"
    assert project.why("a") == ["its value is gone from the store"]
    assert project.run("c") == "made a b c"


def test_an_asset_that_is_edited_while_it_runs_is_stale_afterwards(project: Project):
    project.cell("LIMIT = 1\n@asset\ndef a():\n    global LIMIT\n    LIMIT = LIMIT + 1\n    return LIMIT")
    project.run()
    assert project.states == "a: stale"
    assert project.why("a") == ["`LIMIT` changed while it ran"]


def test_what_is_not_tracked_is_said_with_the_state(project: Project):
    project.cell("import threading\nLOCK = threading.Lock()\n@asset\ndef a(): return LOCK.locked()")
    project.run()
    (status,) = project.session.status("a").values()
    assert status.state == "fresh"
    assert "`LOCK`" in status.untracked[0]


def test_the_first_cause_is_named_through_a_long_chain(project: Project):
    project.cell("@asset\ndef x0(): return 1")
    for n in range(1, 6):
        project.cell(f"@asset\ndef x{n}(x{n - 1}): return x{n - 1} + 1")
    project.run()
    project.cell("@asset\ndef x0(): return 2")
    assert project.why("x5") == ["upstream `x4` is stale (because of `x0`)"]
