from __future__ import annotations

import pytest

TRIPS = "%%asset trips -g raw\nimport pandas as pd\npd.DataFrame({'n': [1, 2, 3]})"
MISTAKES = [
    ("%%asset one --grop metrics\n1", "UsageError", "Did you mean `--group`?"),
    ("%%asset one two\n1", "UsageError", "takes one name"),
    ("%%asset one --tag team\n1", "UsageError", "--tag team=value"),
    ("%%asset one -g\n1", "UsageError", "needs a value"),
    ("%%asset one --sql\nselect 1", "UsageError", "not there yet"),
    ("%%asset one\n1 +", "CellError", "line 2"),
    ("%%asset\nx = 1", "CellError", "defines no asset"),
    ("%%asset 1x\n1", "CellError", "1x"),
    (
        "%%asset\nfrom nb_assets import asset\n@asset\ndef a(b): return 1\n@asset\ndef b(a): return 1",
        "CycleError",
        "→",
    ),
    ("%%asset trips\n1", "DuplicateKeyError", "cell"),
]


def test_a_card_says_group_inputs_and_status(notebook):
    notebook.run(TRIPS)
    card = notebook.run("%%asset daily -g metrics\ntrips.n.sum()", cell_id="daily")
    assert card.text.startswith("○ daily · metrics · reads trips · never materialized")
    assert 'data-nb-assets="card"' in card.html


def test_a_cell_with_m_shows_its_value_as_without_the_magic_and_the_change_below(notebook):
    notebook.run(TRIPS)
    ran = notebook.run("%%asset daily -m\ntrips.n * 2")
    assert "Name: n" in ran.result
    kinds = [output["output_type"] for output in ran.outputs if output["data"].get("text/plain")]
    assert kinds[0] == "execute_result"
    assert "3 rows" in ran.text or "3 values" in ran.text
    assert notebook.run("_.tolist()").result == "[2, 4, 6]"


def test_a_semicolon_keeps_the_value_quiet(notebook):
    assert notebook.run("%%asset one -m\n1 + 1;").result is None


def test_what_the_cell_prints_is_shown_once_under_its_asset(notebook):
    ran = notebook.run("%%asset one -m\nprint('printed')\n1")
    assert "printed" not in ran.stdout
    assert ran.html.count("printed") == 1


def test_running_a_cell_again_says_what_became_stale(notebook):
    notebook.run(TRIPS, cell_id="trips")
    notebook.run("%%asset daily -m\ntrips.n.sum()", cell_id="daily")
    edited = notebook.run(TRIPS.replace("3]", "4]"), cell_id="trips")
    assert "now stale: daily" in edited.text


def test_a_definition_that_is_gone_from_its_cell_is_said_to_be_gone(notebook):
    cell = "%%asset\nfrom nb_assets import asset\n@asset\ndef a(): return 1\n"
    notebook.run(cell + "@asset\ndef b(): return 2", cell_id="c")
    assert "no longer registered: b" in notebook.run(cell, cell_id="c").text


@pytest.mark.parametrize("left", ["pass", "# @asset", "import math"])
def test_a_cell_from_which_every_definition_was_deleted_takes_its_assets_back(notebook, left):
    cell = "%%asset\n@asset\ndef a(): return 1\n\n@asset\ndef b(a): return 2"
    notebook.run("from nb_assets import asset")
    notebook.run(cell, cell_id="c")
    assert "no longer registered: a, b" in notebook.run(f"%%asset\n{left}", cell_id="c").text
    assert notebook.run("import nb_assets\nlen(nb_assets.session().assets)").result == "0"


def test_a_card_follows_the_status_of_its_assets(notebook):
    card = notebook.run(TRIPS)
    notebook.run("%materialize")
    notebook.wait_for(lambda: card.text.startswith("● trips"), 10)
    assert "3 rows × 1 column" in card.text


def test_an_input_that_nothing_defines_is_named_with_its_near_neighbours(notebook):
    notebook.run(TRIPS)
    card = notebook.run("%%asset\ndef daily(trps):\n    return 1")
    assert "`trps` is not an asset yet. Did you mean `trips`?" in card.text


def test_an_error_while_the_cell_registers_is_the_users_own(notebook):
    error = notebook.execute(
        "%%asset\nfrom nb_assets import asset\nundefined_name\n@asset\ndef a(): return 1"
    ).error
    assert error.name == "NameError"
    assert "nb_assets/notebook" not in error.text
    assert "undefined_name" in error.text


def test_the_traceback_of_a_plain_cell_is_that_of_the_cell(notebook):
    error = notebook.execute("%%asset one -m\nx = 0\n1 / x").error
    assert error.name == "ZeroDivisionError"
    assert "----> 3 1 / x" in error.text
    assert "nb_assets" not in error.text


def test_a_cell_that_cannot_be_registered_is_one_paragraph_and_changes_nothing(notebook):
    notebook.run(TRIPS, cell_id="trips")
    before = notebook.run("%assets").text
    for cell, name, said in MISTAKES:
        error = notebook.execute(cell, cell_id="other").error
        assert error.name == name
        assert said in " ".join(error.text.split())
        assert "Traceback" not in error.text
        assert notebook.run("%assets").text == before


def test_materialize_on_run_is_m_for_every_cell(notebook):
    notebook.run("%config NbAssets.materialize_on_run = True")
    assert notebook.run("%%asset one\n40 + 2").result == "42"


def test_a_cell_in_which_all_is_fresh_shows_its_value_and_no_report(notebook):
    notebook.run("%%asset one -m\n40 + 2", cell_id="one")
    again = notebook.run("%%asset one -m\n40 + 2", cell_id="one")
    assert again.result == "42"
    assert 'data-nb-assets="report"' not in again.html
