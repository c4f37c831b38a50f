"""Resources of runs: when they are made, what they are made with, and that they are closed."""

import pytest

from nb_assets import (
    ResourceDefinition,
    ResourceParam,
    asset,
    build_asset_context,
    build_init_resource_context,
    build_resources,
    graph_asset,
    job,
    make_values_resource,
    materialize,
    op,
    resource,
    with_resources,
)
from nb_assets.errors import DefinitionError, InvocationError, MissingResourceError, UnknownResourceError


def opening(log, name="db", value=1):
    @resource
    def made(context):
        log.append(f"open {name}")
        try:
            yield value
        finally:
            log.append(f"close {name}")

    return made


def test_a_resource_is_made_once_a_run_and_closed_at_its_end():
    log = []

    @asset(required_resource_keys={"db"})
    def one(context):
        return context.resources.db

    @asset
    def two(one, db: ResourceParam[int]):
        log.append("two")
        return one + db

    assert materialize([one, two], resources={"db": opening(log)}).output_for_node("two") == 2
    assert log == ["open db", "two", "close db"]


def test_a_resource_is_closed_when_a_step_fails_and_after_what_is_made_with_it():
    log = []

    @resource(required_resource_keys={"db"})
    def api(context):
        log.append("open api")
        yield context.resources.db
        log.append("close api")

    @asset(required_resource_keys={"api"})
    def broken(context):
        raise ValueError(context.resources.api)

    assert not materialize([broken], resources={"db": opening(log), "api": api}, raise_on_error=False).success
    assert log == ["open db", "open api", "close api", "close db"]


def test_one_that_cannot_be_closed_leaves_the_others_to_be_closed(caplog):
    log = []

    @resource(required_resource_keys={"db"})
    def api(context):
        yield 1
        raise OSError("gone")

    @asset
    def uses(api: ResourceParam[int]):
        return api

    assert materialize([uses], resources={"db": opening(log), "api": api}).success
    assert log == ["open db", "close db"]
    assert "the resource `api` could not be closed" in caplog.text


def test_a_resource_that_nothing_asks_for_is_not_made():
    log = []

    @asset
    def plain():
        return 1

    assert materialize([plain], resources={"db": opening(log)}).success
    assert log == []


def test_a_missing_resource_is_told_of_before_anything_runs():
    ran = []

    @asset
    def first():
        ran.append(1)

    @asset(required_resource_keys={"warehouse"})
    def second(context, first):
        return context.resources.warehouse

    with pytest.raises(MissingResourceError, match=r"Did you mean `warehous`\?"):
        materialize([first, second], resources={"warehous": 1})
    assert ran == []


def test_what_a_resource_needs_must_be_there_too():
    @resource(required_resource_keys={"db"})
    def api(context):
        return context.resources.db

    @asset(required_resource_keys={"api"})
    def uses(context):
        return context.resources.api

    with pytest.raises(MissingResourceError, match="the resource `api` needs the resource `db`"):
        materialize([uses], resources={"api": api})


def test_resources_that_need_each_other_are_drawn_as_a_chain():
    @resource(required_resource_keys={"b"})
    def a(context): ...

    @resource(required_resource_keys={"a"})
    def b(context): ...

    @asset(required_resource_keys={"a"})
    def uses(context): ...

    with pytest.raises(DefinitionError, match="a → b → a"):
        materialize([uses], resources={"a": a, "b": b})


def test_a_function_has_only_the_resources_that_it_names():
    @asset(required_resource_keys={"db"})
    def asks(context):
        assert not hasattr(context.resources, "api")
        return context.resources.api

    with pytest.raises(UnknownResourceError, match="does not say that it needs it"):
        materialize([asks], resources={"db": 1, "api": 2})


def test_resources_are_named_by_the_decorator_or_are_parameters_not_both():
    with pytest.raises(DefinitionError, match="do one of them"):

        @asset(required_resource_keys={"db"})
        def both(context, api: ResourceParam[int]): ...


def test_assets_and_graphs_bring_resources_along():
    @op
    def read(db: ResourceParam[int]):
        return db

    @graph_asset(resource_defs={"db": ResourceDefinition.hardcoded_resource(3)})
    def three():
        return read()

    @job(resource_defs={"db": 4})
    def reading():
        read()

    assert materialize([three]).output_for_node("three") == 3
    assert reading.execute_in_process().output_for_node("read") == 4


def test_two_resources_of_one_name_in_one_run_are_refused():
    @asset(resource_defs={"db": opening([])})
    def one(db: ResourceParam[int]): ...

    with pytest.raises(DefinitionError, match="two different resources are called `db`"):
        materialize([one], resources={"db": opening([])})


def test_definitions_are_bound_to_what_they_need():
    @asset
    def one(db: ResourceParam[int]):
        return db

    (bound,) = with_resources([one], {"db": 5, "other": 6})
    assert materialize([bound]).output_for_node("one") == 5
    with pytest.raises(MissingResourceError):
        with_resources([one], {"other": 6})


def test_a_resource_is_called_directly():
    @resource(required_resource_keys={"base"})
    def api(context):
        return context.resources.base + 1

    assert api(build_init_resource_context(resources={"base": 1})) == 2
    with pytest.raises(MissingResourceError):
        api(build_init_resource_context())
    with pytest.raises(InvocationError):
        api()


def test_built_contexts_hand_out_what_closes_itself_inside_of_a_block_only():
    log = []
    context = build_asset_context(resources={"db": opening(log)})
    with pytest.raises(InvocationError, match="inside of a block"):
        _ = context.resources.db
    with build_asset_context(resources={"db": opening(log)}) as context:
        assert context.resources.db == 1
    with build_resources({"db": opening(log), "plain": 2}) as made:
        assert (made.db, made.plain) == (1, 2)
    assert log == ["open db", "close db"] * 3


def test_a_values_resource_is_what_it_is_configured_with():
    @asset(required_resource_keys={"values"})
    def reads(context):
        return context.resources.values["n"]

    result = materialize(
        [reads],
        resources={"values": make_values_resource(n=int)},
        run_config={"resources": {"values": {"config": {"n": 7}}}},
    )
    assert result.output_for_node("reads") == 7
