"""What an instance keeps of the runs that name it, and what it answers."""

from __future__ import annotations

from pathlib import Path

import pytest

import nb_assets as nba
from nb_assets import AssetKey, DagsterInstance, DagsterRunStatus, RunsFilter, asset, materialize


@asset
def source() -> list[int]:
    return [1, 2, 3]


@asset
def total(source: list[int]) -> int:
    return sum(source)


@pytest.fixture(params=["ephemeral", "local_temp"])
def instance(request: pytest.FixtureRequest, tmp_path: Path) -> DagsterInstance:
    return (
        DagsterInstance.ephemeral() if request.param == "ephemeral" else DagsterInstance.local_temp(tmp_path)
    )


def test_a_later_run_reads_what_an_earlier_one_made(instance: DagsterInstance) -> None:
    materialize([source, total], instance=instance)
    again = materialize([source, total], selection=["total"], instance=instance)
    assert again.materialized == [AssetKey("total")]
    assert again.output_for_node("total") == 6


def test_the_result_of_a_run_keeps_its_own_values(instance: DagsterInstance) -> None:
    values = iter([1, 2])

    @asset
    def counted() -> int:
        return next(values)

    first = materialize([counted], instance=instance)
    second = materialize([counted], instance=instance)
    assert (first.output_for_node("counted"), second.output_for_node("counted")) == (1, 2)


def test_materializations_are_told_newest_first_and_page_by_page(instance: DagsterInstance) -> None:
    runs = [materialize([source], instance=instance).run_id for _ in range(3)]
    page = instance.fetch_materializations(AssetKey("source"), limit=2)
    assert [record.run_id for record in page.records] == [runs[2], runs[1]]
    assert page.has_more
    rest = instance.fetch_materializations(AssetKey("source"), limit=2, cursor=page.cursor)
    assert [record.run_id for record in rest.records] == [runs[0]]
    assert not rest.has_more
    forward = instance.fetch_materializations(AssetKey("source"), ascending=True)
    assert [record.run_id for record in forward.records] == runs


def test_an_asset_that_was_never_made_has_no_event(instance: DagsterInstance) -> None:
    assert instance.get_latest_materialization_event(AssetKey("source")) is None
    assert instance.get_asset_keys() == []
    materialize([source], instance=instance)
    assert instance.get_asset_keys() == [AssetKey("source")]
    assert instance.has_asset_key(AssetKey("source"))


def test_runs_are_found_by_their_tags_and_how_they_ended(instance: DagsterInstance) -> None:
    @asset
    def broken() -> None:
        raise ValueError("no")

    good = materialize([source], instance=instance, tags={"who": "me"})
    bad = materialize([broken], instance=instance, raise_on_error=False)
    assert [run.run_id for run in instance.get_runs()] == [bad.run_id, good.run_id]
    assert [run.run_id for run in instance.get_runs(RunsFilter(tags={"who": "me"}))] == [good.run_id]
    failed = instance.get_runs(RunsFilter(statuses=[DagsterRunStatus.FAILURE]))
    assert [run.run_id for run in failed] == [bad.run_id]
    found = instance.get_run_by_id(good.run_id)
    assert found is not None
    assert found.is_success
    assert good.dagster_run.is_success


def test_a_step_finds_the_instance_of_its_run() -> None:
    instance = DagsterInstance.ephemeral()

    @asset
    def looking(context: nba.AssetExecutionContext) -> None:
        assert context.instance is instance
        assert context.instance.get_run_by_id(context.run_id) is not None

    assert materialize([looking], instance=instance).success


def test_the_instance_of_a_block_is_the_one_that_get_returns() -> None:
    with nba.instance_for_test() as instance:
        assert DagsterInstance.get() is instance
        materialize([source], instance=instance)
    assert DagsterInstance.get() is not instance


def test_only_what_is_in_memory_is_forgotten(tmp_path: Path) -> None:
    instance = DagsterInstance.ephemeral()
    materialize([source], instance=instance)
    instance.wipe_assets([AssetKey("source")])
    assert not instance.has_asset_key(AssetKey("source"))
    with DagsterInstance.local_temp(tmp_path) as kept:
        materialize([source], instance=kept)
        with pytest.raises(nba.DagsterInvalidInvocationError, match="never forgotten"):
            kept.wipe_assets([AssetKey("source")])
    with DagsterInstance.local_temp(tmp_path) as again:
        assert again.has_asset_key(AssetKey("source"))


def test_the_log_of_a_run_has_what_was_planned_what_happened_and_what_was_logged(
    instance: DagsterInstance,
) -> None:
    @asset
    def told(context: nba.AssetExecutionContext) -> int:
        context.log.info("one row")
        return 1

    run_id = materialize([told], instance=instance).run_id
    planned = instance.get_records_for_run(
        run_id, of_type=nba.DagsterEventType.ASSET_MATERIALIZATION_PLANNED
    ).records
    assert [each.event_log_entry.get_dagster_event().asset_key for each in planned] == [AssetKey("told")]
    logs = instance.all_logs(run_id)
    assert [each.user_message for each in logs if not each.is_dagster_event] == ["one row"]
    assert [each.dagster_event_type for each in logs if each.asset_materialization is not None] == [
        nba.DagsterEventType.ASSET_MATERIALIZATION
    ]
    assert instance.all_logs("another run") == []


def test_the_log_of_a_run_is_read_page_by_page_in_either_direction(instance: DagsterInstance) -> None:
    run_id = materialize([source], instance=instance).run_id
    every = [each.storage_id for each in instance.get_records_for_run(run_id).records]
    page = instance.get_records_for_run(run_id, limit=2)
    rest = instance.get_records_for_run(run_id, cursor=page.cursor)
    assert ([each.storage_id for each in (*page.records, *rest.records)], rest.has_more) == (every, False)
    back = instance.get_records_for_run(run_id, limit=1, ascending=False)
    assert ([each.storage_id for each in back.records], back.has_more) == (every[-1:], True)


def test_a_result_gives_its_values_after_the_instance_is_closed(tmp_path: Path) -> None:
    with DagsterInstance.local_temp(tmp_path) as instance:
        result = materialize([source], instance=instance)
    assert result.output_for_node("source") == [1, 2, 3]
