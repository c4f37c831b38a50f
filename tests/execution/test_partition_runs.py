"""Partitions in a session: what is made, what is left, what is told of each, and what survives a restart."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

import nb_assets as nba
from nb_assets.definitions.external_assets import external_assets
from nb_assets.definitions.registry import Origin
from nb_assets.errors import (
    DefinitionError,
    OutputError,
    SelectionError,
    UnknownPartitionError,
    UsageError,
    ValueMissingError,
)
from nb_assets.execution.events import PartitionEnded
from nb_assets.session import Session

DAYS = nba.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-05")
KEYS = ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"]


@pytest.fixture
def session(tmp_path):
    opened = Session(tmp_path / "store")
    yield opened
    opened.store.close()


def register(session, *definitions, cell="1"):
    session.register(Origin(id=cell, label=f"cell {cell}"), definitions)


def states(session, key):
    return [status.state for status in session.partition_status(key).values()]


@nba.asset(partitions_def=DAYS)
def raw(context):
    return int(context.partition_key[-2:])


@nba.asset(partitions_def=DAYS)
def double(raw):
    return raw * 2


@nba.asset
def total(double):
    return sum(double.values())


def test_an_asset_is_fresh_when_all_its_partitions_are(session):
    register(session, raw)
    assert (session.status()[raw.key].state, session.status()[raw.key].summary) == (
        "missing",
        "0 of 4 fresh, 4 missing",
    )
    session.materialize("raw", partition_key="2024-01-02")
    assert states(session, "raw") == ["missing", "fresh", "missing", "missing"]
    assert session.status()[raw.key].summary == "1 of 4 fresh, 3 missing"
    session.materialize("raw")
    assert session.status()[raw.key].state == "fresh"


def test_a_run_makes_what_is_not_fresh_and_no_more(session):
    register(session, raw, double, total)
    session.materialize("raw", partitions="2024-01-02...2024-01-03")
    result = session.materialize("raw")
    made = [event.partition for event in result.events if isinstance(event, PartitionEnded)]
    assert made == ["2024-01-01", "2024-01-04"]
    assert session.materialize("*").success
    assert session.materialize("*").fresh == [raw.key, double.key, total.key]
    assert session.load("total") == 20


def test_partitions_that_others_are_derived_from_are_brought(session):
    register(session, raw, double)
    session.materialize("double", partition_key="2024-01-03")
    assert session.load("double", partition_key="2024-01-03") == 6
    assert states(session, "raw") == ["missing", "missing", "fresh", "missing"]


def test_a_partition_that_has_new_data_makes_stale_what_is_derived_from_it_alone(session, tmp_path):
    offset = tmp_path / "offset"
    offset.write_text("0")

    @nba.asset(partitions_def=DAYS, code_version="1")
    def source(context):
        return int(context.partition_key[-2:]) + int(offset.read_text())

    @nba.asset(partitions_def=DAYS)
    def follows(source):
        return source

    @nba.asset
    def everything(source):
        return source

    register(session, source, follows, everything)
    session.materialize("*")
    offset.write_text("10")
    session.materialize("source", partition_key="2024-01-02", force=True)
    assert states(session, "follows") == ["fresh", "stale", "fresh", "fresh"]
    assert session.partition_status("follows")["2024-01-02"].summary.startswith("`source` has new data")
    assert session.status()[everything.key].summary == "`source` has new data: 2024-01-02"
    offset.write_text("0")
    session.materialize("source", partition_key="2024-01-02", force=True)
    assert session.status()[everything.key].state == "fresh", "the earlier version is what a run would give"
    assert session.materialize("follows").restored == []
    assert states(session, "follows") == ["fresh"] * 4


def test_an_equal_value_makes_nothing_stale(session):
    register(session, raw, double, total)
    session.materialize("*")
    session.materialize("raw", partitions=KEYS, force=True)
    assert {status.state for status in session.status().values()} == {"fresh"}


def test_edited_code_makes_every_partition_stale_and_taking_it_back_restores_them(session):
    def version(code):
        @nba.asset(partitions_def=DAYS, code_version=code)
        def edited(context):
            return code

        return edited

    register(session, version("1"))
    session.materialize("*")
    register(session, version("2"))
    assert states(session, "edited") == ["stale"] * 4
    session.materialize("edited", partition_key="2024-01-01")
    assert states(session, "edited") == ["fresh", "stale", "stale", "stale"]
    register(session, version("1"))
    assert states(session, "edited") == ["fresh"] * 4
    assert session.materialize("edited").restored == [nba.AssetKey("edited")]


def test_a_partition_that_appears_is_missing(session):
    days = nba.DailyPartitionsDefinition("2024-01-01")

    @nba.asset(partitions_def=days)
    def grows(context):
        return context.partition_key

    @nba.asset
    def all_of_it(grows):
        return len(grows)

    register(session, grows, all_of_it)
    with nba.partition_loading_context(datetime(2024, 1, 3, tzinfo=timezone.utc)):
        session.materialize("*")
        assert {status.state for status in session.status().values()} == {"fresh"}
    with nba.partition_loading_context(datetime(2024, 1, 4, tzinfo=timezone.utc)):
        assert states(session, "grows") == ["fresh", "fresh", "missing"]
        assert session.status()[all_of_it.key].state == "stale"
        session.materialize("*")
        assert session.load("all_of_it") == 3


def test_dynamic_partitions_are_kept_in_the_store(session, tmp_path):
    customers = nba.DynamicPartitionsDefinition(name="customers")

    @nba.asset(partitions_def=customers)
    def invoice(context):
        return context.partition_key.upper()

    register(session, invoice)
    with nba.partition_loading_context(dynamic_partitions_store=session):
        assert session.status()[invoice.key].summary == "no partitions yet"
        assert session.materialize("invoice").skipped == {invoice.key: "it has no partitions yet"}
        session.add_dynamic_partitions("customers", ["ann", "bob"])
        session.materialize("invoice")
        assert session.load("invoice") == {"ann": "ANN", "bob": "BOB"}
        session.delete_dynamic_partition("customers", "bob")
        assert list(session.partition_status("invoice")) == ["ann"]
    again = Session(tmp_path / "store")
    assert again.get_dynamic_partitions("customers") == ["ann"]
    again.store.close()


def test_one_partition_that_fails_leaves_the_others(session, tmp_path):
    good = tmp_path / "good"

    @nba.asset(partitions_def=DAYS)
    def shaky(context):
        if context.partition_key == "2024-01-03" and not good.exists():
            raise ValueError("no data")
        return 1

    @nba.asset(partitions_def=DAYS)
    def after(shaky):
        return shaky

    @nba.asset
    def altogether(shaky):
        return len(shaky)

    register(session, shaky, after, altogether)
    result = session.materialize("*", raise_on_error=False)
    assert states(session, "shaky") == ["fresh", "fresh", "failed", "fresh"]
    assert states(session, "after") == ["fresh", "fresh", "missing", "fresh"]
    assert set(result.failed) == {shaky.key}
    assert "(2024-01-03) failed" in result.skipped[altogether.key]
    assert session.status()[shaky.key].summary == "3 of 4 fresh, 1 failed"
    good.touch()
    session.materialize("*")
    assert session.status()[shaky.key].state == "fresh"
    assert session.load("altogether") == 4


def test_a_run_is_cancelled_between_partitions(session):
    @nba.asset(partitions_def=DAYS)
    def slow(context):
        if context.partition_key == "2024-01-02":
            session.cancel()
        return 1

    register(session, slow)
    result = session.materialize("slow", raise_on_error=False)
    assert result.outcome == "cancelled"
    assert states(session, "slow") == ["fresh", "fresh", "missing", "missing"]


def test_a_restart_finds_every_partition_again(session, tmp_path):
    register(session, raw, double, total)
    session.materialize("*")
    again = Session(tmp_path / "store")
    register(again, raw, double, total)
    assert {status.state for status in again.status().values()} == {"fresh"}
    assert again.load("raw", partition_key="2024-01-04") == 4
    again.store.close()


def test_versions_are_counted_and_compared_within_a_partition(session):
    seen = iter(range(100))

    @nba.asset(partitions_def=DAYS, code_version="1")
    def counted(context):
        return next(seen)

    register(session, counted)
    session.materialize("counted", partitions=["2024-01-01", "2024-01-02"])
    session.materialize("counted", partition_key="2024-01-01", force=True)
    assert [made.version for made in session.history("counted", partition_key="2024-01-01")] == [2, 1]
    assert [(made.partition, made.version) for made in session.history("counted")] == [
        ("2024-01-01", 2),
        ("2024-01-02", 1),
        ("2024-01-01", 1),
    ]
    assert session.load("counted", version=1, partition_key="2024-01-01") == 0
    assert "2" in session.diff("counted", partition_key="2024-01-01").summary
    with pytest.raises(ValueMissingError, match="never materialized"):
        session.load("counted", partition_key="2024-01-03")
    with pytest.raises(UnknownPartitionError, match="partition_key"):
        session.load("counted", version=1)


def test_an_asset_may_be_derived_from_its_own_past(session):
    @nba.asset(
        partitions_def=DAYS,
        ins={
            "running": nba.AssetIn(
                partition_mapping=nba.TimeWindowPartitionMapping(start_offset=-1, end_offset=-1)
            )
        },
    )
    def running(context, running):
        return (running or 0) + int(context.partition_key[-2:])

    register(session, running)
    session.materialize("running", partition_key="2024-01-03")
    assert session.load("running") == {"2024-01-01": 1, "2024-01-02": 3, "2024-01-03": 6}
    session.materialize("running")
    assert session.load("running", partition_key="2024-01-04") == 10
    assert states(session, "running") == ["fresh"] * 4


def test_one_call_makes_a_range_and_gives_a_dict_of_values(session):
    calls = []

    @nba.asset(partitions_def=DAYS, backfill_policy=nba.BackfillPolicy.single_run(), code_version="1")
    def at_once(context):
        calls.append(list(context.partition_keys))
        return {key: key[-2:] for key in context.partition_keys}

    register(session, at_once)
    session.materialize("at_once", partition_key="2024-01-02")
    session.materialize("at_once")
    # A call is for a range without gaps.
    assert calls == [["2024-01-02"], ["2024-01-01"], ["2024-01-03", "2024-01-04"]]
    assert session.load("at_once", partition_key="2024-01-04") == "04"


def test_one_value_for_several_partitions_is_refused(session):
    @nba.asset(partitions_def=DAYS, backfill_policy=nba.BackfillPolicy.single_run(), code_version="1")
    def at_once(context):
        return 1

    register(session, at_once)
    with pytest.raises(OutputError, match="dict of values by partition key"):
        session.materialize("at_once")
    assert states(session, "at_once") == ["failed"] * 4


def test_an_op_of_another_partition_is_not_taken_for_this_one_when_a_run_is_resumed(session):
    @nba.op
    def first(context):
        return context.partition_key

    @nba.op
    def then(value):
        if value == "2024-01-01":
            raise ValueError("broken")
        return value

    @nba.graph_asset(partitions_def=DAYS)
    def of_ops():
        return then(first())

    register(session, of_ops)
    session.materialize("of_ops", partition_key="2024-01-01", raise_on_error=False)
    session.materialize("of_ops", partition_key="2024-01-02", resume=True)
    assert session.load("of_ops", partition_key="2024-01-02") == "2024-01-02"


@pytest.mark.parametrize(
    ("asked", "error", "said"),
    [
        ({"partition_key": "2024-01-09"}, UnknownPartitionError, "`raw` has no partition `2024-01-09`"),
        ({"partitions": "2024-01-02...x"}, UnknownPartitionError, "`raw` has no partition `x`"),
        ({"partitions": "2024-01-04...2024-01-02"}, UnknownPartitionError, "the earlier one"),
        ({"partitions": [3]}, UsageError, "not 3"),
        ({"partition_key": "2024-01-01", "partitions": "2024-01-02"}, UsageError, "not both"),
    ],
)
def test_partitions_that_cannot_be_made_are_refused_and_change_nothing(session, asked, error, said):
    register(session, raw)
    with pytest.raises(error) as raised:
        session.materialize("raw", **asked)
    assert said in str(raised.value)
    assert states(session, "raw") == ["missing"] * 4
    assert session.runs == []


def test_a_partition_of_assets_without_any_is_refused(session):
    @nba.asset
    def plain():
        return 1

    register(session, plain)
    with pytest.raises(SelectionError, match="none of the selected assets has partitions"):
        session.materialize("plain", partition_key="2024-01-01")


def test_of_several_assets_it_is_said_which_have_which_partitions(session):
    @nba.asset(partitions_def=nba.StaticPartitionsDefinition(["north", "south"]))
    def regional():
        return 1

    register(session, raw, regional)
    with pytest.raises(UnknownPartitionError) as raised:
        session.materialize("*", partition_key="2024-01-02")
    assert "`raw` has `2024-01-01` to `2024-01-04`" in str(raised.value)


def test_partitions_that_do_not_exist_upstream_fail_alone_and_say_so(session):
    @nba.asset(partitions_def=nba.DailyPartitionsDefinition("2024-01-03", end_date="2024-01-05"))
    def late(context):
        return 1

    @nba.asset(partitions_def=DAYS)
    def early(late):
        return late

    register(session, late, early)
    result = session.materialize("*", raise_on_error=False)
    assert states(session, "early") == ["failed", "failed", "fresh", "fresh"]
    assert "allow_nonexistent_upstream_partitions" in result.failed[early.key].message


def test_an_asset_that_gets_partitions_starts_anew_and_keeps_its_history(session):
    @nba.asset(name="changing", code_version="1")
    def before():
        return 0

    @nba.asset(name="changing", partitions_def=DAYS, code_version="1")
    def after(context):
        return 1

    register(session, before)
    session.materialize("*")
    register(session, after)
    assert states(session, "changing") == ["missing"] * 4
    assert len(session.history("changing")) == 1
    register(session, before)
    assert session.status()[nba.AssetKey("changing")].state == "fresh"


def test_assets_of_one_function_have_the_same_partitions():
    specs = [
        nba.AssetSpec("a", partitions_def=DAYS),
        nba.AssetSpec("b", partitions_def=nba.StaticPartitionsDefinition(["x"])),
    ]
    with pytest.raises(DefinitionError, match="different partitions"):
        nba.multi_asset(name="both", specs=specs)(lambda: None)


def test_partitions_that_cannot_follow_from_others_are_refused_when_they_are_registered(session):
    @nba.asset(partitions_def=nba.StaticPartitionsDefinition(["north", "south"]))
    def regional(raw):
        return raw

    @nba.asset(ins={"raw": nba.AssetIn(partition_mapping=nba.TimeWindowPartitionMapping(start_offset=-1))})
    def plain(raw):
        return raw

    register(session, raw)
    for wrong in (regional, plain):
        with pytest.raises(DefinitionError, match="cannot be derived from those of `raw`"):
            register(session, wrong, cell="2")
    assert list(session.assets) == [raw.key]
    assert states(session, "raw") == ["missing"] * 4


def test_what_is_derived_from_partitions_that_are_made_elsewhere_can_be_fresh(session):
    @nba.asset(partitions_def=DAYS, deps=["elsewhere"])
    def here(context):
        return context.partition_key

    register(session, external_assets([nba.AssetSpec("elsewhere", partitions_def=DAYS)]), here)
    session.materialize("*")
    assert states(session, "here") == ["fresh"] * 4
