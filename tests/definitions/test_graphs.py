"""Ops, and graphs composed of them: what composing gives, and how each mistake is told."""

from __future__ import annotations

import pytest

from nb_assets import (
    AssetKey,
    AssetOut,
    GraphOut,
    In,
    Nothing,
    OpExecutionContext,
    Out,
    RetryPolicy,
    build_asset_context,
    build_op_context,
    graph,
    graph_asset,
    graph_multi_asset,
    op,
)
from nb_assets.errors import DefinitionError, InvocationError, MissingResourceError, OutputError


@op
def one():
    return 1


@op
def add(x, y):
    return x + y


@op(out={"p": Out(), "q": Out()})
def pair():
    return 10, 20


@graph
def inner(z):
    return add(z, one())


def paths(definition) -> list[str]:
    return [step.path for step in definition.graph.steps]


def test_calls_of_an_op_are_steps_with_names_of_their_own():
    @graph_asset
    def g():
        return add(add(one(), one()), one.alias("last")())

    assert paths(g) == ["one", "one_2", "add", "last", "add_2"]


def test_graphs_in_graphs_unfold_to_ops_by_path():
    @graph_asset
    def g(u):
        return inner.alias("deep")(inner(u))

    assert paths(g) == ["inner.one", "inner.add", "deep.one", "deep.add"]
    assert g.upstream_of(AssetKey("g")) == (AssetKey("u"),)


def test_a_retry_policy_holds_for_what_is_in_a_graph_unless_an_op_has_its_own():
    own, outer = RetryPolicy(max_retries=1), RetryPolicy(max_retries=2)

    @graph_asset(retry_policy=outer)
    def g():
        return add(inner(one.with_retry_policy(own)()), one())

    assert {step.path: step.retry_policy for step in g.graph.steps} == {
        "one": own,
        "inner.one": outer,
        "inner.add": outer,
        "one_2": outer,
        "add": outer,
    }


def test_no_op_runs_while_a_graph_is_composed():
    @op
    def never():
        raise AssertionError

    @graph_asset
    def g():
        return never()

    assert paths(g) == ["never"]


def test_outputs_go_by_name_or_by_position():
    @graph_multi_asset(outs={"a": AssetOut(), "b": AssetOut(), "c": AssetOut()})
    def g():
        outs = pair()
        p, _ = outs
        return {"a": p, "b": outs.q, "c": outs[1]}

    assert [source.output for source in g.graph.results.values()] == ["p", "q", "q"]


def body(fn, **options):
    return lambda: graph_asset(**options)(fn)


def g_constant():
    return add(one(), 3)


def g_context(context):
    return one()


def g_unused(u):
    return one()


def g_unneeded():
    add(one(), one())
    return one()


def g_returns_input(u):
    add(u, u)
    return u


def g_nothing():
    one()


def g_missing():
    return add(one())


def g_unknown():
    return add(one(), yy=one())


def g_all_outputs():
    return add(pair(), one())


def g_no_such_output():
    return pair().r


def g_same_alias():
    return add(one.alias("s")(), one.alias("s")())


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (body(g_constant), "`y` of `add` is given 3 (int)"),
        (body(g_context), "take `context` in an op"),
        (body(g_unused), "no op of the graph `g_unused` takes its argument `u`"),
        (body(g_unneeded), "comes from its op `add`"),
        (body(g_returns_input), "returns its argument `u` as it is"),
        (body(g_nothing), "returns nothing for its output"),
        (body(g_missing), "called without its input `y`"),
        (body(g_unknown), "Did you mean `y`?"),
        (body(g_all_outputs), "pass on one of them (p, q)"),
        (body(g_same_alias), "two steps are called `s`"),
        (body(g_constant, retry_policy=3), "is given 3 (int)"),
        (lambda: graph_multi_asset(outs=["a"])(g_nothing), "a dict of AssetOut by output name"),
        (
            lambda: graph_multi_asset(outs={"a": AssetOut(), "b": AssetOut()})(lambda: {"a": one()}),
            "cannot be the name",
        ),
        (lambda: graph(out={"x": GraphOut()}, name="n")(lambda: {"y": one()}), "returns `y`"),
        (lambda: op(3), "@op(name=…)"),
        (lambda: op(one), "is an op already"),
        (lambda: op(out=["a"])(lambda: 1), "cannot be the name"),
        (lambda: op(ins={"z": In()}, name="f")(lambda x: x), "names `z`, which is no argument"),
        (lambda: op(ins={"x": int}, name="f")(lambda x: x), "a dict of In by argument"),
        (lambda: op(ins={"x": In(Nothing)}, name="f")(lambda x: x), "leave the argument out"),
        (lambda: op(retry_policy=3, name="f")(lambda: 1), "RetryPolicy(max_retries=…)"),
        (lambda: op(name="a b")(lambda: 1), 'Write "a_b"'),
        (lambda: op(lambda input: input), "cannot be the name"),  # noqa: A006 - the name is the point
    ],
)
def test_a_mistake_in_a_graph_or_an_op_is_told_in_one_paragraph(make, told):
    with pytest.raises(DefinitionError) as error:
        make()
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_an_unknown_output_is_told_with_those_that_are_there():
    with pytest.raises(AttributeError, match="It has p, q"):
        graph_asset(g_no_such_output)


def test_a_body_that_fails_leaves_nothing_being_composed():
    with pytest.raises(DefinitionError):
        graph_asset(g_constant)
    assert one() == 1


def test_an_op_is_a_function_outside_of_graphs():
    assert add(1, 2) == add(x=1, y=2) == 3
    assert pair() == (10, 20)


@pytest.mark.parametrize(
    ("call", "error", "told"),
    [
        (lambda: add(1), InvocationError, "no value was given for the argument `y`"),
        (lambda: add(1, 2, 3), InvocationError, "takes 2 arguments, and 3 were given"),
        (lambda: add(1, 2, z=3), InvocationError, "has no argument `z`"),
        (lambda: inner(1), InvocationError, "connects ops and has no value of its own"),
        (one.alias("s").execute_in_process, DefinitionError, "what is run by itself is a graph"),
        (lambda: with_context(x=1), InvocationError, "build_op_context()"),
        (lambda: with_context(3, 1), InvocationError, "build one with"),
        (lambda: typed("x"), OutputError, "takes `x: int`, and was given a str"),
        (lambda: typed(-1), OutputError, "declared to give int"),
        (lambda: list(lacking()), OutputError, "gave nothing for its output `q`"),
    ],
)
def test_a_mistake_in_a_direct_call_is_told_in_one_paragraph(call, error, told):
    with pytest.raises(error) as raised:
        call()
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)


@op
def with_context(context, x=0):
    return context, x


@op
def typed(x: int) -> int:
    return x if x > 0 else "negative"


@op(out={"p": Out(), "q": Out()})
def lacking():
    from nb_assets import Output

    yield Output(1, "p")


def test_a_context_that_was_built_is_the_ops_while_it_is_called():
    built = build_op_context(
        op_config={"n": 3}, resources={"db": "here"}, run_tags={"who": "ada"}, partition_key="2024"
    )
    context, _ = with_context(built)
    assert isinstance(context, OpExecutionContext)
    assert (context.op_def, context.op_name, context.op_config) == (with_context, "with_context", {"n": 3})
    assert (context.resources.db, context.get_tag("who"), context.has_tag("x")) == ("here", "ada", False)
    assert (context.partition_key, context.run_id, context.get_mapping_key()) == ("2024", "EPHEMERAL", None)
    context.add_output_metadata({"rows": 3})
    assert built.get_output_metadata("result") == {"rows": 3}
    with pytest.raises(InvocationError, match="no resource `cache`"):
        _ = context.resources.cache


def test_a_context_says_what_it_was_built_without():
    with pytest.raises(InvocationError, match="partition_key"):
        _ = build_op_context().partition_key
    with pytest.raises(InvocationError, match="belongs to no asset"):
        _ = build_asset_context().asset_key
    with pytest.raises(InvocationError, match="no values to load"):
        build_asset_context().load_asset_value("a")
    with pytest.raises(InvocationError, match="two names of one thing"):
        build_op_context(op_config=1, config=2)


def test_a_needed_resource_is_asked_for_before_the_op_runs():
    @op(required_resource_keys={"db"})
    def needs(context):
        return context.resources.db

    assert needs(build_op_context(resources={"db": 1})) == 1
    with pytest.raises(MissingResourceError, match="needs the resource `db`"):
        needs(build_op_context())


def test_the_context_is_had_by_its_class_only_while_something_runs():
    with pytest.raises(InvocationError, match="no OpExecutionContext is there"):
        OpExecutionContext.get()


def test_a_step_that_is_changed_and_never_called_is_warned_of():
    with pytest.warns(UserWarning, match=r"in the graph `forgetful`, `second` .* never called"):

        @graph
        def forgetful():
            one.alias("first").tag({"k": "v"})()
            one.alias("second")


def test_the_context_of_an_op_knows_the_step_with_its_tags():
    seen = []

    @op(tags={"a": "1", "b": "1"})
    def look(context):
        seen.append((context.op.name, dict(context.op.tags), context.op.definition is look))

    @graph
    def g():
        look.tag({"b": "2"}).alias("other")()

    g.execute_in_process()
    assert seen == [("other", {"a": "1", "b": "2"}, True)]


def test_an_input_of_a_graph_is_declared_by_what_takes_it():
    @op(ins={"start": In(Nothing)})
    def after(n: int): ...

    @graph
    def g(start, n):
        after(start=start, n=n)

    assert [(each.name, each.dagster_type.display_name) for each in g.input_defs] == [
        ("start", "Nothing"),
        ("n", "Int"),
    ]
