"""Jobs and definitions: what is refused, and how it is told. What they do is compared with Dagster in `oracle`."""

from __future__ import annotations

import pytest

from nb_assets import (
    AssetSelection,
    AssetSpec,
    Definitions,
    RetryPolicy,
    StaticPartitionsDefinition,
    asset,
    define_asset_job,
    graph,
    job,
    map_asset_specs,
    materialize_to_memory,
    op,
)
from nb_assets.errors import CycleError, DefinitionError, DuplicateKeyError, InvocationError, SelectionError


@asset
def trips():
    return [1, 2]


@asset
def total(trips):
    return sum(trips)


@op
def one():
    return 1


@op
def add(n):
    return n + 1


REFUSED = [
    (lambda: Definitions(assets=[3]), "decorated functions and specs, and 3 is neither"),
    (lambda: Definitions(assets="trips"), "assets of Definitions is a list"),
    (lambda: Definitions(jobs=[trips]), "made by define_asset_job"),
    (lambda: Definitions([trips]).resolve_job_def("jo"), "have no job `jo`"),
    (
        lambda: Definitions([trips], jobs=[define_asset_job("daily_job")]).resolve_job_def("dayly_job"),
        "Did you mean `daily_job`?",
    ),
    (lambda: Definitions([trips]).resolve_assets_def("trip"), "make no asset `trip`. Did you mean `trips`?"),
    (
        lambda: Definitions(
            [trips], jobs=[define_asset_job("j", AssetSelection.assets("trip"))]
        ).resolve_job_def("j"),
        "the job `j` cannot be made: no asset is called `trip`. Did you mean `trips`?",
    ),
    (
        lambda: Definitions.validate_loadable(
            Definitions(jobs=[define_asset_job("j"), define_asset_job("j")])
        ),
        "two jobs are called `j`",
    ),
    (lambda: define_asset_job("a job"), '"a job" cannot be the name of a job'),
    (lambda: define_asset_job("j", tags={"k": object()}), "the tag `k` has the value"),
    (lambda: define_asset_job("j", owners=["ada"]), "'ada' cannot own"),
    (
        lambda: map_asset_specs(lambda spec: spec.replace_attributes(key="x"), [trips]),
        "cannot become `x` here",
    ),
    (lambda: Definitions.merge(Definitions(), 3), "merged with Definitions, not with 3"),
    (
        lambda: Definitions.merge(
            Definitions(resources={"r": object()}), Definitions(resources={"r": object()})
        ),
        "have resources called `r`",
    ),
]


@pytest.mark.parametrize(("refused", "told"), REFUSED, ids=[told for _, told in REFUSED])
def test_a_mistake_is_told_of(refused, told: str):
    with pytest.raises(DefinitionError) as caught:
        refused()
    assert told in str(caught.value)


def test_definitions_are_looked_through_when_something_is_asked_of_them():
    twice = Definitions([trips, asset(name="trips")(lambda: 1)])
    with pytest.raises(DuplicateKeyError, match="`trips`"):
        twice.resolve_asset_graph()
    circle = Definitions([asset(name="a", deps=["b"])(lambda: 1), asset(name="b", deps=["a"])(lambda: 1)])
    with pytest.raises(CycleError, match=r"a → b → a|b → a → b"):
        Definitions.validate_loadable(circle)


def test_a_job_makes_its_assets_and_gives_a_result():
    definitions = Definitions([trips, total], jobs=[define_asset_job("j", tags={"who": "ada"})])
    result = definitions.resolve_job_def("j").execute_in_process()
    assert result.success
    assert result.asset_value("total") == 3
    assert result.materialized == [trips.key, total.key]


def test_a_job_refuses_assets_that_are_not_its_own():
    found = Definitions([trips, total], jobs=[define_asset_job("j", "trips")]).resolve_job_def("j")
    with pytest.raises(SelectionError, match="`j` does not make `total`: it makes `trips`"):
        found.execute_in_process(asset_selection=["total"])


def test_specs_of_definitions_are_told_of_with_what_is_only_derived_from():
    definitions = Definitions(
        [asset(name="a", deps=["s", "q"])(lambda: 1), AssetSpec("s", description="told")]
    )
    told = {spec.key.to_user_string(): spec.description for spec in definitions.resolve_all_asset_specs()}
    assert told == {"a": None, "s": "told", "q": None}


def test_a_result_answers_for_its_nodes():
    calls: list[int] = []

    @asset(retry_policy=RetryPolicy(max_retries=1))
    def flaky():
        calls.append(1)
        if len(calls) == 1:
            raise ValueError("no")

    @asset
    def broken():
        raise KeyError("gone")

    @asset
    def after(broken): ...

    result = materialize_to_memory([flaky, broken, after], raise_on_error=False)
    assert (result.is_node_success("flaky"), result.retry_attempts_for_node("flaky")) == (True, 1)
    assert result.is_node_failed("broken")
    assert result.failure_data_for_node("broken").error.type_name == "KeyError"
    assert result.is_node_untouched("after")
    assert result.get_failed_step_keys() == {"broken"}
    assert result.get_step_skipped_events() == []
    failure = result.get_run_failure_event().job_failure_data.first_step_failure_event
    assert failure.step_key == "broken"
    with pytest.raises(InvocationError, match="no event RUN_SUCCESS: its last one is RUN_FAILURE"):
        result.get_run_success_event()
    assert result.is_node_untouched("nothing")


def test_a_graph_runs_by_itself_and_as_a_job():
    @graph
    def inner(n):
        return add(add(n))

    @graph
    def outer(n):
        return inner(n)

    result = outer.execute_in_process(input_values={"n": 1})
    assert (result.output_value(), result.output_for_node("inner"), result.output_for_node("inner.add")) == (
        3,
        3,
        2,
    )
    assert outer.to_job("again", input_values={"n": 5}).execute_in_process().output_value() == 7
    with pytest.raises(InvocationError, match="no value for its input `n`"):
        outer.execute_in_process()
    with pytest.raises(InvocationError, match=r"no `inner\.ad`"):
        result.output_for_node("inner.ad")


def test_a_job_of_ops_goes_on_with_what_needs_nothing_of_an_op_that_failed():
    @op
    def broken():
        raise KeyError("gone")

    @op
    def after(n): ...

    @job
    def branches():
        after(broken())
        add(one())

    result = branches.execute_in_process(raise_on_error=False)
    assert not result.success
    assert (
        result.output_for_node("add"),
        result.is_node_failed("broken"),
        result.is_node_untouched("after"),
    ) == (
        2,
        True,
        True,
    )
    with pytest.raises(KeyError, match="gone"):
        branches.execute_in_process()


def test_the_name_of_the_graph_package_is_the_decorator_too():
    import nb_assets.graph

    @nb_assets.graph
    def composed():
        return one()

    assert composed.execute_in_process().output_value() == 1


def test_a_job_has_the_partitions_of_its_assets():
    days = StaticPartitionsDefinition(["mon", "tue"])

    @asset(partitions_def=days)
    def a(context):
        return context.partition_key

    found = Definitions(assets=[a], jobs=[define_asset_job("j")]).resolve_job_def("j")
    assert found.partitions_def == days
    assert found.execute_in_process(partition_key="tue").output_for_node("a") == "tue"
    other = define_asset_job("j", partitions_def=StaticPartitionsDefinition(["x"]))
    with pytest.raises(DefinitionError, match="other partitions"):
        Definitions(assets=[a], jobs=[other]).resolve_job_def("j")


def test_the_name_of_the_job_of_all_assets_is_taken():
    found = Definitions(assets=[trips], jobs=[define_asset_job("__ASSET_JOB")])
    with pytest.raises(DefinitionError, match="job of all assets"):
        found.resolve_all_job_defs()
