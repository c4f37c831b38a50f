from __future__ import annotations

import pytest

pytestmark = pytest.mark.parametrize("kernel_version", [7], ids=["ipykernel7"], indirect=True)

MISTAKES = [
    ("%assets explain", "takes the key of one asset"),
    ("%assets history dialy", "Did you mean `daily`?"),
    ("%assets --ops", "`--ops` is for `%assets history KEY`"),
    ("%assets diff daily one two", "versions as numbers"),
    ("%assets diff daily 1", "a key and two versions"),
    ("%assets diff daily 1 9", "has no version 9"),
    ("%assets export", "not there yet"),
    ("%assets pin daily second", "takes a version as a number"),
    ("%assets pin daily 9", "has no version 9"),
    ("%assets gc --keep none", "how many versions"),
    ("%assets gc daily", "takes no asset"),
    ("%assets --yes", "is for `%assets gc`"),
    ("%assets history daily --keep 3", "`--keep` is for `%assets gc`"),
    ("%assets status:stael", "stale"),
]


@pytest.fixture
def two_versions(notebook):
    notebook.run("%%asset daily -g metrics -m\n[1, 2, 3]", cell_id="daily")
    notebook.run("%%asset daily -g metrics -m\n[1, 2, 4]", cell_id="daily")
    return notebook


def test_the_table_says_key_group_status_when_and_what(two_versions):
    lines = two_versions.run("%assets").text.splitlines()
    assert lines[0].split() == ["asset", "group", "status", "made", "value"]
    assert lines[1].split()[:4] == ["●", "daily", "metrics", "fresh"]


def test_a_selection_narrows_the_table(two_versions):
    two_versions.run("%%asset other\n1")
    assert "daily" not in two_versions.run("%assets status:missing").text


def test_versions_are_pinned_and_clearing_away_is_told_before_it_is_done(two_versions):
    assert "Version 1 of `daily` is pinned" in two_versions.run("%assets pin daily 1").text
    assert "is not pinned" in two_versions.run("%assets unpin daily 1").text
    # What was made just now may be in use by another kernel.
    assert "Nothing to clear away" in two_versions.run("%assets gc --keep 1").text
    two_versions.run(
        "import os, time, nb_assets\n"
        "for path in nb_assets.session().store.values.folder.iterdir():\n"
        "    os.utime(path, (time.time() - 7200,) * 2)"
    )
    assert "1 file would be freed" in two_versions.run("%assets gc --keep 1").text
    assert "1 file cleared away" in two_versions.run("%assets gc --keep 1 --yes").text
    assert "3" in two_versions.run("import nb_assets; nb_assets.load('daily')[0] + 2").text


def test_what_was_made_before_is_looked_back_at_before_a_cell_defines_it(two_versions):
    two_versions.run("%assets forget daily")
    assert len(two_versions.run("%assets history daily").text.splitlines()) == 3
    assert (
        "1 changed" in two_versions.run("%assets diff daily").text
        or "3" in two_versions.run("%assets diff daily").text
    )


def test_history_lists_the_versions_newest_first(two_versions):
    lines = two_versions.run("%assets history daily").text.splitlines()
    assert [line.split()[0] for line in lines] == ["version", "2", "1"]


MEASURED = """%%asset -m
from nb_assets import Output, asset
@asset
def measured():
    return Output({rows}, metadata={{"rows": {rows}, "<b>note</b>": "<i>x</i>"}})
"""


def test_history_draws_the_course_of_numbers_in_the_metadata(notebook):
    for rows in (120, 90, 300):
        notebook.run(MEASURED.format(rows=rows), cell_id="measured")
    shown = notebook.run("%assets history measured")
    assert shown.text.splitlines()[-1] == "rows  ▂▁█  v1 to v3: 120 to 300, between 90 and 300"
    assert 'alt="v1 to v3: 120 to 300, between 90 and 300"' in shown.html
    assert "<i>x" not in shown.html


OPS = """%%asset -m
from nb_assets import RetryPolicy, graph_asset, op
tries = []
@op(retry_policy=RetryPolicy())
def shaky():
    tries.append(1)
    if len(tries) == 1:
        raise ValueError("not <b>yet</b>")
    return 1
@op
def twice(x): return 2 * x
@graph_asset
def g(): return twice(shaky())
"""


def test_history_shows_the_attempts_of_ops(notebook):
    notebook.run(OPS)
    shown = notebook.run("%assets history g --ops")
    assert [line.split()[:3] for line in shown.text.splitlines()] == [
        ["op", "attempt", "outcome"],
        ["twice", "1", "success"],
        ["shaky", "2", "success"],
        ["shaky", "1", "retry"],
    ]
    assert "ValueError: not &lt;b&gt;yet&lt;/b&gt;" in shown.html


def test_an_asset_without_ops_says_so(two_versions):
    assert "no ops of `daily` have run" in two_versions.run("%assets history daily --ops").text


def test_diff_shows_what_changed_between_two_versions(two_versions):
    assert "3" in two_versions.run("%assets diff daily").text
    assert two_versions.run("%assets diff daily 2 2").text == "unchanged"
    assert 'data-asset-key="daily"' in two_versions.run("%assets diff daily -2 -1").html


def test_explain_names_the_cause(two_versions):
    two_versions.run("%%asset daily -g metrics\n[1, 2, 5]", cell_id="daily")
    explained = two_versions.run("%assets explain daily")
    assert "`daily` is stale" in explained.text
    assert "[1, 2, 4] → [1, 2, 5]" in explained.text
    assert 'data-nb-assets="explanation"' in explained.html


def test_accept_makes_fresh_without_a_run_and_unaccept_takes_it_back(two_versions):
    two_versions.run("%%asset daily -g metrics\nsorted([4, 2, 1])", cell_id="daily")
    assert "version 2 stands for what a run now would give" in two_versions.run("%assets accept daily").text
    assert two_versions.run("%assets").text.splitlines()[1].split()[3] == "fresh"
    assert "you accepted version 2" in two_versions.run("%assets explain daily").text
    assert "accepted for new code" in two_versions.run("%assets history daily").text
    assert "It is stale: `daily` [1, 2, 4] →" in two_versions.run("%assets unaccept daily").text


def test_partitions_are_accepted_all_at_once_or_one_by_one(notebook):
    cell = """%%asset
from nb_assets import StaticPartitionsDefinition, asset
@asset(partitions_def=StaticPartitionsDefinition(["mon", "tue"]))
def daily(context): return context.partition_key{0}"""
    notebook.run(cell.format(""), cell_id="daily")
    notebook.run("%materialize")
    notebook.run(cell.format("[:]"), cell_id="daily")
    said = notebook.run("%assets accept daily --partition tue").text
    assert "Partition `tue` of `daily` is accepted: its value stands" in said
    assert "1 of 2 fresh, 1 stale" in notebook.run("%assets").text
    notebook.run("%assets accept daily")
    assert "as you accepted of `mon` and 1 more" in notebook.run("%assets explain daily").text
    assert "accepted for new code" in notebook.run("%assets history daily").text
    assert "1 of 2 fresh, 1 stale" in notebook.run("%assets unaccept daily --partition tue").text


def test_a_run_says_how_many_were_fresh_restored_and_run(two_versions):
    two_versions.run("%%asset other\n1")
    two_versions.run("%%asset third\n1")
    two_versions.run("%materialize other")
    two_versions.run("%%asset daily -g metrics\n[1, 2, 3]", cell_id="daily")
    assert "1 fresh, 1 restored, 1 run" in two_versions.run("%materialize").text


def test_files_and_variables_are_declared_in_the_cell(two_versions):
    two_versions.run("import os; os.environ['REGION'] = 'eu'; open('a.txt', 'w').write('1')")
    card = two_versions.run(
        "%%asset reading --path a.txt --env REGION -m\nopen('a.txt').read() + os.environ['REGION']"
    ).text
    assert "not tracked" not in card
    assert "not an asset" not in card
    two_versions.run("open('a.txt', 'w').write('2')")
    assert "the file `a.txt` changed" in two_versions.run("%assets explain reading").text
    two_versions.run("open('a.txt', 'w').write('1'); os.environ['REGION'] = 'us'")
    assert "the variable `REGION` changed" in two_versions.run("%assets explain reading").text


def test_forget_takes_an_asset_out_of_the_session_and_keeps_its_values(two_versions):
    assert "stay in the store" in two_versions.run("%assets forget daily").text
    assert "No assets yet" in two_versions.run("%assets").text
    assert two_versions.run("import nb_assets as nba; nba.load('daily')").result == "[1, 2, 4]"


def test_a_mistake_is_one_paragraph(two_versions):
    for line, said in MISTAKES:
        error = two_versions.execute(line).error
        assert said in " ".join(error.text.split())
        assert "Traceback" not in error.text


def test_what_is_made_elsewhere_is_in_the_table_and_under_its_cell(two_versions):
    cell = two_versions.run(
        "%%asset -g raw\nfrom nb_assets import AssetSpec\norders = AssetSpec('orders', description='<b>all</b>')",
        cell_id="orders",
    )
    assert "`orders` is made elsewhere" in cell.text
    last = two_versions.run("%assets").text.splitlines()[-1]
    assert last.split() == ["·", "orders", "raw", "made", "elsewhere"]
    assert "not made here" in two_versions.execute("%materialize orders").error.text
