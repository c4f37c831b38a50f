"""Checks in runs: when they run, when what they said stands, what they hold back, and what is kept of them."""

from __future__ import annotations

import pytest

from nb_assets import (
    AssetCheckKey,
    AssetCheckResult,
    AssetCheckSeverity,
    AssetCheckSpec,
    AssetKey,
    AssetSelection,
    Output,
    StaticPartitionsDefinition,
    asset,
    asset_check,
    materialize,
    multi_asset_check,
)
from nb_assets.definitions.registry import Origin
from nb_assets.errors import AssetCheckFailedError, DefinitionError, DuplicateKeyError, SelectionError
from nb_assets.session import Session

LIMIT = 3
DATA = [1, 2, 3, 4]


@asset
def trips():
    return list(DATA)


@asset
def total(trips):
    return sum(trips)


@asset_check(asset=trips, blocking=True)
def enough(trips):
    return AssetCheckResult(
        passed=len(trips) > LIMIT, metadata={"rows": len(trips)}, description="rows counted"
    )


@pytest.fixture
def set_limit(monkeypatch):
    return lambda limit: monkeypatch.setitem(globals(), "LIMIT", limit)


@pytest.fixture
def set_data(monkeypatch):
    return lambda data: monkeypatch.setitem(globals(), "DATA", data)


def states(session: Session, selection: object = "*") -> dict[str, str]:
    return {key.to_user_string(): status.state for key, status in session.checks(selection).items()}


def said(result) -> list[tuple[str | None, str]]:
    return [(each.partition, each.description) for each in result.get_asset_check_evaluations()]


def ran(result) -> list[str]:
    return [each.check_name for each in result.get_asset_check_evaluations()]


def test_a_check_runs_after_its_asset_and_what_it_said_is_kept(session, register, tmp_path):
    register(trips, total)
    register(enough)
    assert states(session) == {"trips:enough": "missing"}
    result = session.materialize()
    assert ran(result) == ["enough"]
    assert states(session) == {"trips:enough": "passed"}

    again = Session(tmp_path / "store")
    again.register(Origin(id="1", label="cell [1]"), [trips, total, enough])
    (status,) = again.checks("trips").values()
    assert status.state == "passed"
    assert status.record.metadata["rows"].value == 4
    assert status.record.target.data_version == again.latest("trips").data_version


def test_what_a_check_said_stands_while_nothing_changed(session, register):
    register(trips, enough)
    session.materialize()
    result = session.materialize()
    assert ran(result) == []
    assert result.checks[AssetCheckKey(AssetKey("trips"), "enough")].passed
    assert ran(session.materialize(force=True)) == ["enough"]


def test_an_edited_check_is_stale_and_runs_without_its_asset(session, register, set_limit):
    register(trips, enough)
    session.materialize()
    set_limit(30)
    (status,) = session.checks().values()
    assert (status.state, status.because) == ("stale", "the check changed")
    result = session.materialize(raise_on_error=False)
    assert result.materialized == []
    assert states(session) == {"trips:enough": "failed"}


def test_other_data_makes_a_check_stale_until_it_has_seen_it(session, register, set_data):
    register(trips, enough)
    session.materialize()
    set_data([1])
    session.materialize(AssetSelection.assets("trips").without_checks())
    (status,) = session.checks().values()
    assert (status.state, status.because) == ("stale", "`trips` has other data")
    session.run_checks(raise_on_error=False)
    assert states(session) == {"trips:enough": "failed"}


def test_equal_data_made_again_leaves_a_check_as_it_is(session, register):
    register(trips, enough)
    session.materialize()
    session.materialize(AssetSelection.assets("trips").without_checks(), force=True)
    assert states(session) == {"trips:enough": "passed"}


def test_data_seen_before_brings_back_what_was_said_of_it(session, register, set_data):
    register(trips, enough)
    session.materialize()
    set_data([1])
    session.materialize(raise_on_error=False)
    set_data([1, 2, 3, 4])
    assert ran(session.materialize()) == []
    assert states(session) == {"trips:enough": "passed"}


def test_a_failed_blocking_check_holds_back_what_is_downstream_in_later_runs_too(
    session, register, set_limit
):
    register(trips, total)
    register(enough)
    set_limit(30)
    with pytest.raises(AssetCheckFailedError, match="`trips:enough`"):
        session.materialize()
    result = session.materialize(raise_on_error=False)
    assert ran(result) == []
    assert result.skipped == {AssetKey("total"): "upstream `trips` failed its blocking check `enough`"}
    set_limit(3)
    assert session.materialize().success


def test_a_warning_holds_back_nothing(session, register):
    @asset_check(asset=trips, blocking=True)
    def odd(trips):
        return AssetCheckResult(passed=False, severity=AssetCheckSeverity.WARN)

    register(trips, total, odd)
    assert session.materialize().success
    assert states(session) == {"trips:odd": "warning"}


def test_a_check_that_breaks_off_says_nothing_of_the_asset_and_runs_again(session, register):
    @asset_check(asset=trips)
    def breaks(trips):
        raise ValueError("oh no")

    register(trips, total, breaks)
    result = session.materialize(raise_on_error=False)
    assert not result.success
    assert result.materialized == [AssetKey("trips"), AssetKey("total")]
    (status,) = session.checks().values()
    assert (status.state, status.summary) == ("error", "ValueError: oh no")
    with pytest.raises(ValueError, match="oh no"):
        session.run_checks()


def test_checks_made_with_an_asset_are_stale_with_its_code(session, register):
    @asset(check_specs=[AssetCheckSpec("small", asset="sized")])
    def sized():
        yield Output(LIMIT)
        yield AssetCheckResult(passed=True)

    register(sized)
    session.materialize()
    assert states(session) == {"sized:small": "passed"}

    @asset(check_specs=[AssetCheckSpec("small", asset="sized")])
    def sized():
        yield Output(LIMIT + 1)
        yield AssetCheckResult(passed=True)

    session.register(Origin(id="2", label="cell [2]", certain=False), [sized])
    assert states(session) == {"sized:small": "stale"}


def test_a_check_given_by_a_function_that_fails_is_not_taken_for_one_of_the_data_before(
    session, register, set_limit
):
    @asset(check_specs=[AssetCheckSpec("small", asset="sized")])
    def sized():
        if LIMIT > 3:
            yield AssetCheckResult(passed=True)
            raise ValueError
        yield Output(1)
        yield AssetCheckResult(passed=False)

    register(sized)
    session.materialize()
    set_limit(4)
    session.materialize(raise_on_error=False)
    assert states(session) == {"sized:small": "stale"}


def test_a_check_waits_for_all_that_it_looks_at_and_its_downstream_waits_for_it():
    order = []

    @asset
    def a():
        order.append("a")

    @asset(deps=[a])
    def downstream():
        order.append("downstream")

    @asset
    def other():
        order.append("other")

    @asset_check(asset=a, blocking=True, additional_deps=[other])
    def compares():
        order.append("check")
        return AssetCheckResult(passed=True)

    materialize([a, downstream, other, compares])
    assert order == ["a", "other", "check", "downstream"]


def test_a_blocking_check_of_what_it_blocks_is_refused(session, register):
    @asset_check(asset=trips, blocking=True, additional_deps=[total])
    def circular():
        return AssetCheckResult(passed=True)

    register(trips, total, circular)
    with pytest.raises(DefinitionError, match="blocking check `trips:circular`"):
        session.materialize()


def test_a_check_of_what_was_never_made_is_left_out_and_says_so(session, register):
    @asset_check(asset=trips, additional_deps=[total])
    def lonely(trips):
        return AssetCheckResult(passed=True)

    register(trips, total, lonely)
    result = session.run_checks()
    assert [(event.because) for event in result.events if type(event).__name__ == "CheckSkipped"] == [
        "`trips` was never materialized"
    ]
    assert states(session) == {"trips:lonely": "missing"}


def test_a_check_of_an_unknown_asset_names_near_ones(session, register):
    @asset_check(asset="tripps")
    def typo(tripps):
        return AssetCheckResult(passed=True)

    register(trips, typo)
    (skipped,) = [event for event in session.run_checks().events if type(event).__name__ == "CheckSkipped"]
    assert skipped.because == "no asset is called `tripps`. Did you mean `trips`?"


def test_checks_are_selected_by_their_own_names_or_by_their_assets(session, register):
    @asset_check(asset=total)
    def positive(total):
        return AssetCheckResult(passed=total > 0)

    register(trips, total, enough, positive)
    session.materialize(AssetSelection.all().without_checks())
    assert list(states(session, "trips")) == ["trips:enough"]
    assert list(states(session, "total:positive")) == ["total:positive"]
    assert ran(session.run_checks("total:positive")) == ["positive"]
    with pytest.raises(SelectionError, match="Did you mean `total:positive`"):
        session.checks("total:positiv")


def test_a_check_is_redefined_by_its_cell_and_gone_when_it_is_taken_out(session):
    cell = Origin(id="c", label="cell [1]", certain=True)
    session.register(Origin(id="a", label="cell [0]"), [trips])
    assert session.register(cell, [enough]).checks == (AssetCheckKey(AssetKey("trips"), "enough"),)
    with pytest.raises(DuplicateKeyError, match=r"defined in two places: cell \[1\] and cell \[2\]"):
        session.register(Origin(id="d", label="cell [2]"), [enough])
    session.register(cell, [])
    assert session.checks() == {}


def test_a_check_of_the_name_of_one_made_with_the_asset_is_refused(session, register):
    @asset(check_specs=[AssetCheckSpec("small", asset="sized")])
    def sized():
        yield Output(1)
        yield AssetCheckResult(passed=True)

    @asset_check(asset=sized)
    def small():
        return AssetCheckResult(passed=True)

    register(sized)
    with pytest.raises(DuplicateKeyError):
        register(small)


def test_several_checks_of_one_function_run_together_when_one_is_asked_for(session, register):
    @multi_asset_check(specs=[AssetCheckSpec("one", asset="trips"), AssetCheckSpec("two", asset="total")])
    def both():
        yield AssetCheckResult(passed=True, asset_key="trips")
        yield AssetCheckResult(passed=True, asset_key="total")

    register(trips, total, both)
    assert ran(session.materialize("trips")) == ["one", "two"]


def test_what_a_check_prints_is_told_under_its_asset(session, register):
    @asset_check(asset=trips)
    def talks(context, trips):
        print("looking")
        context.log.info("logged")
        return AssetCheckResult(passed=True)

    register(trips, talks)
    session.materialize()
    assert [line.text for line in session.logs("trips")] == ["looking\n", "logged\n"]


@asset(partitions_def=StaticPartitionsDefinition(["x", "y"]))
def letters(context):
    return context.partition_key * len(DATA)


def test_a_check_with_partitions_looks_at_one_at_a_time_and_each_counts(session, register, set_data):
    @asset_check(asset=letters, partitions_def=StaticPartitionsDefinition(["x", "y"]))
    def look(context, letters):
        return AssetCheckResult(passed=context.partition_key == "x", description=letters)

    register(letters, look)
    first = session.materialize("letters", partition_key="x")
    assert said(first) == [("x", "xxxx")]
    assert states(session) == {"letters:look": "passed"}
    assert said(session.materialize("letters", partition_key="y")) == [("y", "yyyy")]
    assert states(session) == {"letters:look": "failed"}
    set_data([1])
    session.materialize(AssetSelection.assets("letters").without_checks(), partition_key="x")
    (status,) = session.checks().values()
    assert (status.state, status.because) == ("stale", "1 of 2 partitions were not checked")
    assert said(session.run_checks(raise_on_error=False)) == [("x", "x")]


def test_a_check_made_with_an_asset_with_partitions_is_of_each_of_them(session, register):
    @asset(
        partitions_def=StaticPartitionsDefinition(["x", "y"]),
        check_specs=[AssetCheckSpec("is_x", asset="parted")],
    )
    def parted(context):
        yield Output(context.partition_key)
        yield AssetCheckResult(passed=context.partition_key == "x")

    register(parted)
    session.materialize("parted", partition_key="y")
    assert states(session) == {"parted:is_x": "failed"}
    session.materialize("parted", partition_key="x")
    # The one that failed counts for as long as its data is there.
    assert states(session) == {"parted:is_x": "failed"}


def test_a_check_of_other_partitions_than_its_assets_is_refused(session, register):
    @asset_check(asset=letters, partitions_def=StaticPartitionsDefinition(["z"]))
    def look(letters):
        return AssetCheckResult(passed=True)

    with pytest.raises(DefinitionError, match="other partitions than `letters`"):
        register(letters, look)


def test_a_check_of_an_asset_with_partitions_looks_at_all_of_them_and_is_stale_with_each(session, register):
    @asset(partitions_def=StaticPartitionsDefinition(["x", "y"]))
    def parted(context):
        return context.partition_key

    @asset_check(asset=parted)
    def look(parted):
        return AssetCheckResult(passed=True, description=str(parted))

    register(parted, look)
    session.materialize("parted", partition_key="x")
    session.materialize(AssetSelection.assets("parted").without_checks(), partition_key="y")
    assert states(session) == {"parted:look": "stale"}
    assert said(session.run_checks()) == [(None, "{'x': 'x', 'y': 'y'}")]
    assert states(session) == {"parted:look": "passed"}
