"""`%assets load` and `%assets --search` on a real kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.parametrize("kernel_version", [7], ids=["ipykernel7"], indirect=True)

METRICS = '''
from nb_assets import asset

@asset(tags={"layer": "gold"}, owners=["team:finance"], kinds={"table"}, metadata={"source": "ledger of 2024"})
def revenue():
    """What was earned, by day."""
    return [1, 2]

@asset
def report(revenue): return sum(revenue)
'''


@pytest.fixture
def loaded(notebook, tmp_path: Path):
    (tmp_path / "mypackage").mkdir()
    (tmp_path / "mypackage" / "__init__.py").write_text("")
    (tmp_path / "mypackage" / "metrics.py").write_text(METRICS)
    notebook.run("%assets load mypackage.metrics -g metrics")
    return notebook


def edit(folder: Path, old: str, new: str) -> None:
    file = folder / "mypackage" / "metrics.py"
    file.write_text(file.read_text().replace(old, new))


def test_a_module_is_loaded_in_one_line_and_follows_its_file(loaded, tmp_path: Path):
    loaded.run("%materialize")
    assert loaded.run("import nb_assets as nba; nba.load('report')").result == "3"
    edit(tmp_path, "[1, 2]", "[1, 20]")
    assert "stale" in loaded.run("%assets revenue").text
    loaded.run("%materialize")
    assert loaded.run("nba.load('report')").result == "21"


def test_a_module_is_followed_after_the_extension_is_loaded_again(loaded, tmp_path: Path):
    loaded.run("%materialize")
    loaded.run("%reload_ext nb_assets")
    loaded.run("%assets")
    edit(tmp_path, "[1, 2]", "[1, 20]")
    assert "stale" in loaded.run("%assets revenue").text


def test_what_is_loaded_is_shown_as_under_a_cell(loaded):
    shown = loaded.run("%assets load mypackage.metrics -g numbers")
    lines = shown.text.splitlines()
    assert [line.split()[1] for line in lines[:2]] == ["revenue", "report"]
    assert "numbers" in loaded.run("%assets").text


def test_what_cannot_be_loaded_any_more_stops_a_run(loaded, tmp_path: Path):
    edit(tmp_path, "def report(revenue)", "def report(revenue")
    assert "cannot be loaded: SyntaxError" in loaded.run("1 + 1").text
    assert "still those of before" in " ".join(loaded.execute("%materialize").error.text.split())
    edit(tmp_path, "def report(revenue", "def report(revenue)")
    loaded.run("%materialize")


MISTAKES = [
    ("%assets load", "takes one module"),
    ("%assets load no.such.module", "there is no module `no.such.module`"),
    ("%assets load json", "defines no assets"),
    ("%assets -g metrics", "`%assets group:metrics`"),
    ("%assets revenue --search day", "to do both"),
    ("%assets --search", "needs a value"),
    ("%assets revenues_of", "Did you mean `revenue`?"),
]


def test_a_mistake_is_one_paragraph(loaded):
    for line, said in MISTAKES:
        error = loaded.execute(line).error
        assert said in " ".join(error.text.split()), line
        assert "Traceback" not in error.text


FOUND = [
    ("--search earned", "revenue", "description: What was earned, by day."),
    ("--search EARNED day", "revenue", "description"),
    ("--search ledger", "revenue", "metadata: source = ledger of 2024"),
    ("--search finance", "revenue", "owner: team:finance"),
    ("--search gold", "revenue", "tag: layer=gold"),
    ("--search table", "revenue", "kind: table"),
    ("--search port", "report", "key"),
    ("earned day", "revenue", "description"),
    ("earned", "revenue", "description"),
]


def test_a_search_looks_through_all_that_is_said_of_assets(loaded):
    for words, key, where in FOUND:
        text = loaded.run(f"%assets {words}").text
        assert key in text, words
        assert where in text, words
    assert "Nothing that is said" in loaded.run("%assets --search zebra").text


def test_tab_offers_modules_beside_the_notebook_one_level_at_a_time(loaded):
    assert loaded.complete("%assets lo") == ["load"]
    assert "mypackage" in loaded.complete("%assets load my")
    assert loaded.complete("%assets load mypackage.m") == ["mypackage.metrics"]
    assert loaded.complete("%assets load mypackage.metrics -g m") == ["metrics"]
    assert loaded.complete("%assets --se") == ["--search"]


def test_help_tells_of_loading_and_searching(loaded):
    told = loaded.inspect("%assets")
    for word in ("load MODULE", "--search", "--key-prefix"):
        assert word in told
