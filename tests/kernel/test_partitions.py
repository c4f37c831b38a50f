"""Partitions in a real kernel, through the magics: named, completed, shown, and there after a restart."""

from __future__ import annotations

CELL = """%%asset
from nb_assets import asset, DailyPartitionsDefinition
days = DailyPartitionsDefinition("2024-01-01", end_date="2024-02-01")

@asset(partitions_def=days)
def trips(context):
    return int(context.partition_key[-2:])

@asset(partitions_def=days)
def doubled(trips):
    return trips * 2

@asset
def total(doubled):
    return sum(doubled.values())
"""


def open_session(kernel) -> None:
    kernel.run("%load_ext nb_assets")
    kernel.run(CELL, cell_id="cell")


def states(kernel) -> str:
    return kernel.run(
        "{k.to_user_string(): s.summary or s.state for k, s in __import__('nb_assets').session().status().items()}"
    ).result


def test_a_partition_and_a_range_are_made_and_shown(kernel):
    open_session(kernel)
    assert kernel.run("%materialize doubled --partition 2024-01-03").error is None
    assert "1 of 31 fresh, 30 missing" in states(kernel)
    shown = kernel.run("%materialize doubled --partitions 2024-01-01...2024-01-10").text
    assert "partitions: 9 made, 1 fresh" in shown
    assert "10 of 31 fresh, 21 missing" in kernel.run("%assets").text
    listed = kernel.run("%assets partitions doubled").text
    assert "2024-01-11" in listed
    assert "never materialized" in listed
    assert kernel.run("%assets history doubled --partition 2024-01-03").text.count("xxh3:") == 1


def test_without_a_partition_all_that_are_stale_or_missing_are_made(kernel):
    open_session(kernel)
    kernel.run("%materialize trips --partitions 2024-01-01...2024-01-30")
    assert "partitions: 1 made, 30 fresh" in kernel.run("%materialize trips").text
    kernel.run("%materialize")
    assert kernel.run("__import__('nb_assets').load('total')").result == "992"
    assert states(kernel) == "{'trips': 'fresh', 'doubled': 'fresh', 'total': 'fresh'}"


def test_after_a_restart_every_partition_is_fresh(kernel):
    open_session(kernel)
    kernel.run("%materialize")
    kernel.restart()
    open_session(kernel)
    assert states(kernel) == "{'trips': 'fresh', 'doubled': 'fresh', 'total': 'fresh'}"


def test_an_unknown_partition_says_what_there_is(kernel):
    open_session(kernel)
    wrong = kernel.execute("%materialize trips --partition 2024-01-32")
    assert "Did you mean `2024-01-31`" in wrong.error.text
    assert "31, from `2024-01-01` to `2024-01-31`" in wrong.error.text.replace("\n", " ")
    assert "31 missing" in states(kernel)


def test_dynamic_partitions_are_added_in_the_session(kernel):
    kernel.run("%load_ext nb_assets")
    kernel.run(
        "%%asset\nfrom nb_assets import asset, DynamicPartitionsDefinition\n"
        "@asset(partitions_def=DynamicPartitionsDefinition(name='customers'))\n"
        "def invoice(context): return context.partition_key.upper()\n",
        cell_id="cell",
    )
    assert "no partitions yet" in states(kernel)
    kernel.run("__import__('nb_assets').session().add_dynamic_partitions('customers', ['ann', 'bob'])")
    kernel.run("%materialize")
    assert kernel.run("__import__('nb_assets').load('invoice')").result == "{'ann': 'ANN', 'bob': 'BOB'}"


def test_a_mapping_that_is_given_in_a_cell_is_the_one_that_counts(kernel):
    kernel.run("%load_ext nb_assets")
    kernel.run(
        "%%asset -g sales\nfrom nb_assets import asset, AssetIn, LastPartitionMapping, StaticPartitionsDefinition\n"
        "@asset(partitions_def=StaticPartitionsDefinition(['north', 'south']))\n"
        "def regional(context): return context.partition_key\n"
        "@asset(ins={'regional': AssetIn(partition_mapping=LastPartitionMapping())})\n"
        "def last(regional): return regional\n",
        cell_id="cell",
    )
    kernel.run("%materialize")
    assert kernel.run("__import__('nb_assets').load('last')").result == "'south'"
