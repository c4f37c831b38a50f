"""Small programs for `@op`, `@graph`, `@graph_asset` and `@graph_multi_asset`, for `dagster` and for `nb_assets`."""

from __future__ import annotations

OPS = """
@op
def one(): return 1
@op
def add_one(x): return x + 1
@op
def add(x, y): return x + y
@op(out={'p': Out(), 'q': Out()})
def pair(): return 10, 20
"""
FLAKY = """
calls = []
@op(retry_policy=RetryPolicy(max_retries=2))
def flaky(context):
    calls.append(context.retry_number)
    if len(calls) < 3: raise ValueError('no')
    return 5
"""


def _asset(body: str, arguments: str = "", decorator: str = "@graph_asset") -> str:
    return f"{OPS}{decorator}\ndef g({arguments}):\n    {body}\nresult = materialize([g])\n"


PROGRAMS: dict[str, str] = {
    # Composition
    "one op": _asset("return one()"),
    "ops in a chain": _asset("return add_one(add_one(one()))"),
    "the same op three times": _asset("return add(add_one(one()), add_one(one()))")
    + "seen = [result.output_for_node('g.one'), result.output_for_node('g.one_2'), result.output_for_node('g.add_one_2')]",
    "ops defined in the body": "@graph_asset\ndef g():\n    @op\n    def step_one(): return 'intermediate_value'\n    @op\n    def step_two(value): return f'final_{value}'\n    return step_two(step_one())\nresult = materialize([g])",
    "keyword inputs": _asset("return add(y=one(), x=add_one(one()))"),
    "positional and keyword inputs": _asset("return add(one(), y=one())"),
    "aliases": _asset("a = one.alias('first')()\n    b = one.alias('second')()\n    return add(a, b)")
    + "seen = [result.output_for_node('g.first'), result.output_for_node('g.second')]",
    "the same alias twice": _asset(
        "a = one.alias('first')()\n    b = one.alias('first')()\n    return add(a, b)"
    ),
    "an alias that is the name of another": _asset(
        "a = one()\n    b = add_one.alias('one')(a)\n    return b"
    ),
    "a bad alias": _asset("return one.alias('a b')()"),
    "tags of a call": _asset("return one.tag({'k': 'v'})()"),
    "a retry policy of a call": FLAKY
    + "@op\ndef plain():\n    calls.append(1)\n    if len(calls) < 2: raise ValueError('no')\n    return 1\n@graph_asset\ndef g(): return plain.with_retry_policy(RetryPolicy(max_retries=1))()\nresult = materialize([g])\nseen = calls",
    "two ops of the same name": "def make(n):\n    @op(name='same')\n    def f(): return n\n    return f\n@op\ndef add(x, y): return x + y\n@graph_asset\ndef g(): return add(make(1)(), make(2)())\nresult = materialize([g])",
    "several outs unpacked": _asset("p, q = pair()\n    return add(p, q)"),
    "several outs by name": _asset("outs = pair()\n    return add(outs.p, outs.q)"),
    "several outs by position": _asset("outs = pair()\n    return add(outs[0], outs[1])"),
    "several outs unpacked into too many": _asset("p, q, r = pair()\n    return add(p, q)"),
    "all outs to one input": _asset("return add_one(pair())"),
    "all outs returned of one asset": _asset("return pair()"),
    "an unused op": _asset("add_one(one())\n    return one()"),
    "a fan-in list": _asset("return total([one(), add_one(one())])").replace(
        "@graph_asset", "@op\ndef total(xs): return sum(xs)\n@graph_asset"
    ),
    "an empty fan-in list": _asset("return total([])").replace(
        "@graph_asset", "@op\ndef total(xs): return sum(xs)\n@graph_asset"
    ),
    "a fan-in list with a constant": _asset("return total([one(), 3])").replace(
        "@graph_asset", "@op\ndef total(xs): return sum(xs)\n@graph_asset"
    ),
    "a fan-in tuple": _asset("return total((one(), one()))").replace(
        "@graph_asset", "@op\ndef total(xs): return sum(xs)\n@graph_asset"
    ),
    "a fan-in with a graph's input": "@asset\ndef u(): return 5\n@op\ndef one(): return 1\n@op\ndef total(xs): return sum(xs)\n@graph_asset\ndef g(u): return total([one(), u])\nresult = materialize([u, g])",
    "a constant": _asset("return add_one(3)"),
    "a constant by keyword": _asset("return add(one(), y=3)"),
    "None as an input": _asset("return add_one(None)"),
    "an unconnected input": _asset("return add_one()"),
    "an unconnected input with a default": "@op\ndef f(x=4): return x\n@graph_asset\ndef g(): return f()\nresult = materialize([g])",
    "a default of an In": "@op(ins={'x': In(default_value=7)})\ndef f(x): return x\n@graph_asset\ndef g(): return f()\nresult = materialize([g])",
    "a connected input with a default": "@op\ndef one(): return 1\n@op\ndef f(x=4): return x\n@graph_asset\ndef g(): return f(one())\nresult = materialize([g])",
    "an unknown input": _asset("return add_one(z=one())"),
    "too many inputs": _asset("return add_one(one(), one())"),
    "an input given twice": _asset("return add_one(one(), x=one())"),
    "arithmetic in the body": _asset("return one() + 1"),
    "a condition in the body": _asset("x = one()\n    return add_one(x) if x else x"),
    "an op passed without a call": _asset("return add_one(one)"),
    "a loop in the body": _asset("x = one()\n    for _ in range(3): x = add_one(x)\n    return x"),
    "an asset called in the body": "@asset\ndef a(): return 1\n@graph_asset\ndef g(): return a()\nresult = materialize([g])",
    # What the body returns
    "a constant returned": _asset("return 3"),
    "nothing returned": _asset("one()"),
    "an op returned without a call": _asset("return one"),
    "an input returned": "@asset\ndef u(): return 5\n@graph_asset\ndef g(u): return u\nresult = materialize([u, g])",
    "a dict returned of one asset": _asset("return {'result': one()}"),
    "two outputs returned of one asset": _asset("return one(), one()"),
    "no ops": "@graph_asset\ndef g(): pass",
    "an error in the body": "@graph_asset\ndef g(): raise ValueError('no')",
    "an op called after composition": OPS + "@graph_asset\ndef g(): return one()\nseen = one()",
    # Arguments of the decorator
    "a name": _asset("return one()", decorator="@graph_asset(name='other')"),
    "a key prefix": _asset("return one()", decorator="@graph_asset(key_prefix=['x', 'y'])"),
    "a key": _asset("return one()", decorator="@graph_asset(key=['x', 'y'])"),
    "a key and a name": _asset("return one()", decorator="@graph_asset(key='x', name='y')"),
    "what is said of it": _asset(
        "'Doc.'\n    return one()",
        decorator="@graph_asset(description='d', group_name='h', metadata={'m': 1}, tags={'t': 'u'}, owners=['team:x'], kinds={'k'}, code_version='4')",
    ),
    "a docstring": _asset("'Doc.'\n    return one()"),
    "a bad name": _asset("return one()", decorator="@graph_asset(name='a b')"),
    "a bad group": _asset("return one()", decorator="@graph_asset(group_name='a b')"),
    "a retry policy of a graph asset": _asset(
        "return one()", decorator="@graph_asset(retry_policy=RetryPolicy(max_retries=1))"
    ),
    "ins": "@asset(key_prefix='x')\ndef u(): return 5\n@op\ndef f(v): return v + 1\n@graph_asset(ins={'w': AssetIn(key=['x', 'u'])})\ndef g(w): return f(w)\nresult = materialize([u, g])",
    "ins of no argument": _asset("return one()", decorator="@graph_asset(ins={'w': AssetIn('u')})"),
    "ins by key prefix": "@asset(key_prefix='x')\ndef u(): return 5\n@op\ndef f(v): return v + 1\n@graph_asset(ins={'u': AssetIn(key_prefix='x')})\ndef g(u): return f(u)\nresult = materialize([u, g])",
    "the context in a graph": _asset("return one()", arguments="context"),
    "catch-all arguments in a graph": _asset("return one()", arguments="*args"),
    "keyword arguments in a graph": _asset("return one()", arguments="**kw"),
    "a default in a graph": "@op\ndef f(v): return v\n@graph_asset\ndef g(v=3): return f(v)\nresult = materialize([g])",
    "a graph asset of something else": "graph_asset(3)",
    "a graph asset that depends on itself": "@op\ndef f(v): return v\n@graph_asset\ndef g(g): return f(g)\nresult = materialize([g])",
    # Upstream and downstream assets
    "an input from an upstream asset": "@asset\ndef u(): return 5\n@op\ndef f(v): return v + 1\n@graph_asset\ndef g(u): return f(u)\n@asset\ndef d(g): return g * 2\nresult = materialize([u, g, d])",
    "an input used twice": "@asset\ndef u(): return 5\n@op\ndef f(v): return v + 1\n@op\ndef add(x, y): return x + y\n@graph_asset\ndef g(u): return add(f(u), f(u))\nresult = materialize([u, g])",
    "an input that is not used": "@asset\ndef u(): return 5\n@op\ndef one(): return 1\n@graph_asset\ndef g(u): return one()\nresult = materialize([u, g])",
    "an input that nothing makes": "@op\ndef f(v): return v\n@graph_asset\ndef g(u): return f(u)\nresult = materialize([g])",
    "a graph asset on a graph asset": OPS
    + "@graph_asset\ndef g(): return one()\n@graph_asset\ndef h(g): return add_one(g)\nresult = materialize([g, h])",
    "a graph asset on a multi-asset": OPS
    + "@multi_asset(outs={'a': AssetOut(), 'b': AssetOut()})\ndef m(): return 1, 2\n@graph_asset\ndef h(a, b): return add(a, b)\nresult = materialize([m, h])",
    "a wrong type of an upstream value": "@asset\ndef u(): return 'x'\n@op\ndef f(v: int): return v\n@graph_asset\ndef g(u): return f(u)\nresult = materialize([u, g])",
    # Graphs
    "a nested graph": OPS
    + "@graph\ndef inner(z): return add(z, add_one(z))\n@graph_asset\ndef g(): return inner(one())\nresult = materialize([g])\nseen = result.output_for_node('g.inner.add')",
    "a nested graph twice": OPS
    + "@graph\ndef inner(z): return add_one(z)\n@graph_asset\ndef g(): return inner(inner(one()))\nresult = materialize([g])\nseen = [result.output_for_node('g.inner'), result.output_for_node('g.inner_2.add_one')]",
    "a nested graph by alias": OPS
    + "@graph\ndef inner(z): return add_one(z)\n@graph_asset\ndef g(): return inner.alias('deep')(one())\nresult = materialize([g])\nseen = result.output_for_node('g.deep.add_one')",
    "a graph in a graph in a graph": OPS
    + "@graph\ndef a(z): return add_one(z)\n@graph\ndef b(z): return a(a(z))\n@graph\ndef c(z): return b(b(z))\n@graph_asset\ndef g(): return c(one())\nresult = materialize([g])",
    "a graph with several outs": OPS
    + "@graph(out={'x': GraphOut(), 'y': GraphOut()})\ndef inner():\n    p, q = pair()\n    return {'x': p, 'y': add_one(q)}\n@graph_asset\ndef g():\n    x, y = inner()\n    return add(x, y)\nresult = materialize([g])",
    "a graph with several outs as a tuple": OPS
    + "@graph(out={'x': GraphOut(), 'y': GraphOut()})\ndef inner():\n    p, q = pair()\n    return p, add_one(q)\n@graph_asset\ndef g():\n    x, y = inner()\n    return add(x, y)\nresult = materialize([g])",
    "a graph that lacks an out": OPS
    + "@graph(out={'x': GraphOut(), 'y': GraphOut()})\ndef inner(): return {'x': one()}",
    "a graph with an unknown out": OPS
    + "@graph(out={'x': GraphOut()})\ndef inner(): return {'x': one(), 'z': one()}",
    "a graph with one GraphOut": OPS
    + "@graph(out=GraphOut())\ndef inner(): return one()\n@graph_asset\ndef g(): return inner()\nresult = materialize([g])",
    "a graph with a GraphIn": OPS
    + "@graph(ins={'z': GraphIn()})\ndef inner(z): return add_one(z)\n@graph_asset\ndef g(): return inner(one())\nresult = materialize([g])",
    "a GraphIn of no argument": OPS + "@graph(ins={'w': GraphIn()})\ndef inner(z): return add_one(z)",
    "a graph that returns its input": OPS
    + "@graph\ndef inner(z): return z\n@graph_asset\ndef g(): return add_one(inner(one()))\nresult = materialize([g])",
    "a graph with an unconnected input": OPS
    + "@graph\ndef inner(z): return add_one(z)\n@graph_asset\ndef g(): return inner()\nresult = materialize([g])",
    "a graph called outside": OPS + "@graph\ndef inner(): return one()\ninner()",
    "a graph that returns a dict without outs": OPS
    + "@graph\ndef inner(): return {'x': one()}\n@graph_asset\ndef g(): return inner()\nresult = materialize([g])",
    "a graph that returns a tuple without outs": OPS
    + "@graph\ndef inner(): return one(), one()\n@graph_asset\ndef g(): return inner()\nresult = materialize([g])",
    "a graph with a bad name": OPS + "@graph(name='a b')\ndef inner(): return one()",
    "a graph with fan-in of its input": OPS
    + "@op\ndef total(xs): return sum(xs)\n@graph\ndef inner(xs): return total(xs)\n@graph_asset\ndef g(): return inner([one(), one()])\nresult = materialize([g])",
    "a retry policy of a nested graph": FLAKY.replace("@op(retry_policy=RetryPolicy(max_retries=2))", "@op")
    + "@graph\ndef inner(): return flaky()\n@graph_asset\ndef g(): return inner.with_retry_policy(RetryPolicy(max_retries=2))()\nresult = materialize([g])\nseen = calls",
    # Nothing
    "a Nothing dependency": OPS
    + "ran = []\n@op(out=Out(Nothing))\ndef first(): ran.append('first')\n@op(ins={'start': In(Nothing)})\ndef second():\n    ran.append('second')\n    return 3\n@graph_asset\ndef g(): return second(start=first())\nresult = materialize([g])\nseen = ran",
    "a Nothing dependency by position": OPS
    + "@op(out=Out(Nothing))\ndef first(): pass\n@op(ins={'start': In(Nothing)})\ndef second(): return 3\n@graph_asset\ndef g(): return second(first())\nresult = materialize([g])",
    "several Nothing dependencies": OPS
    + "@op(out=Out(Nothing))\ndef first(): pass\n@op(ins={'start': In(Nothing)})\ndef second(): return 3\n@graph_asset\ndef g(): return second(start=[first(), first()])\nresult = materialize([g])",
    "a value into a Nothing input": OPS
    + "@op(ins={'start': In(Nothing)})\ndef second(): return 3\n@graph_asset\ndef g(): return second(start=one())\nresult = materialize([g])",
    "Nothing into a value input": OPS
    + "@op(out=Out(Nothing))\ndef first(): pass\n@graph_asset\ndef g(): return add_one(first())\nresult = materialize([g])",
    "a Nothing input unconnected": OPS
    + "@op(ins={'start': In(Nothing)})\ndef second(): return 3\n@graph_asset\ndef g(): return second()\nresult = materialize([g])",
    "a Nothing input and a value": OPS
    + "@op(out=Out(Nothing))\ndef first(): pass\n@op(ins={'start': In(Nothing)})\ndef second(x): return x\n@graph_asset\ndef g(): return second(one(), start=first())\nresult = materialize([g])",
    "a Nothing input that is an argument": "@op(ins={'start': In(Nothing)})\ndef second(start): return 3",
    "a value of a Nothing output": "@op(out=Out(Nothing))\ndef first(): return 5\n@graph_asset\ndef g(): return first()\nresult = materialize([g])",
    "a graph asset of Nothing": "@op(out=Out(Nothing))\ndef first(): pass\n@graph_asset\ndef g(): return first()\n@asset(deps=[g])\ndef d(): return 1\nresult = materialize([g, d])",
    "an op annotated to return None": "@op\ndef first() -> None: pass\n@op(ins={'s': In(Nothing)})\ndef second(): return 2\n@graph_asset\ndef g(): return second(first())\nresult = materialize([g])",
    # What ops give
    "an op that yields": _asset("return y()").replace(
        "@graph_asset", "@op\ndef y():\n    yield Output(4, metadata={'rows': 1})\n@graph_asset"
    ),
    "an op that yields several": _asset("a, b = y()\n    return add(a, b)").replace(
        "@graph_asset",
        "@op(out={'a': Out(), 'b': Out()})\ndef y():\n    yield Output(4, 'a')\n    yield Output(5, 'b')\n@graph_asset",
    ),
    "an op that gives too few": _asset("a, b = y()\n    return add(a, b)").replace(
        "@graph_asset", "@op(out={'a': Out(), 'b': Out()})\ndef y(): return (1,)\n@graph_asset"
    ),
    "an op that gives a list for several": _asset("a, b = y()\n    return add(a, b)").replace(
        "@graph_asset", "@op(out={'a': Out(), 'b': Out()})\ndef y(): return [1, 2]\n@graph_asset"
    ),
    "an op that gives a dict for several": _asset("a, b = y()\n    return add(a, b)").replace(
        "@graph_asset", "@op(out={'a': Out(), 'b': Out()})\ndef y(): return {'a': 1, 'b': 2}\n@graph_asset"
    ),
    "an op that gives an unknown output": _asset("return y()").replace(
        "@graph_asset", "@op\ndef y():\n    yield Output(4, 'zzz')\n@graph_asset"
    ),
    "an op that gives an output twice": _asset("return y()").replace(
        "@graph_asset", "@op\ndef y():\n    yield Output(4)\n    yield Output(5)\n@graph_asset"
    ),
    "an op that yields a plain value": _asset("return y()").replace(
        "@graph_asset", "@op\ndef y():\n    yield 4\n@graph_asset"
    ),
    "an op that leaves out a required output": _asset("a, b = y()\n    return add(a, b)").replace(
        "@graph_asset", "@op(out={'a': Out(), 'b': Out()})\ndef y():\n    yield Output(4, 'a')\n@graph_asset"
    ),
    "an op that leaves out an optional output": _asset(
        "a, b = y()\n    add_one(b)\n    return add_one(a)"
    ).replace(
        "@graph_asset",
        "@op(out={'a': Out(), 'b': Out(is_required=False)})\ndef y():\n    yield Output(4, 'a')\n@graph_asset",
    ),
    "an op annotated wrongly": _asset("return y()").replace(
        "@graph_asset", "@op\ndef y() -> int: return 'x'\n@graph_asset"
    ),
    "an op with a typed Out": _asset("return y()").replace(
        "@graph_asset", "@op(out=Out(int))\ndef y(): return 'x'\n@graph_asset"
    ),
    "an op with a typed Out among several": _asset("a, b = y()\n    return add(a, b)").replace(
        "@graph_asset", "@op(out={'a': Out(int), 'b': Out(str)})\ndef y(): return 1, 2\n@graph_asset"
    ),
    "an op with a typed In": _asset("return y(one())").replace(
        "@graph_asset", "@op(ins={'x': In(str)})\ndef y(x): return x\n@graph_asset"
    ),
    "an op with an annotated tuple": _asset("a, b = y()\n    return add(a, b)").replace(
        "@graph_asset",
        "@op(out={'a': Out(), 'b': Out()})\ndef y() -> tuple[int, str]: return 1, 2\n@graph_asset",
    ),
    "an op that returns a tuple of one output": _asset("return y()").replace(
        "@graph_asset", "@op\ndef y(): return (1, 2)\n@graph_asset"
    ),
    "an op that returns None": _asset("return y()").replace(
        "@graph_asset", "@op\ndef y(): return None\n@graph_asset"
    ),
    "an op without outputs": _asset("y()\n    return one()").replace(
        "@graph_asset", "@op(out={})\ndef y(): pass\n@graph_asset"
    ),
    "an async op": _asset("return y()").replace("@graph_asset", "@op\nasync def y(): return 6\n@graph_asset"),
    "an Output with a data version in a graph": _asset("return y()").replace(
        "@graph_asset", "@op\ndef y(): return Output(4, data_version=DataVersion('v'))\n@graph_asset"
    ),
    "an Output with tags in a graph": _asset("return y()").replace(
        "@graph_asset", "@op\ndef y(): return Output(4, tags={'t': 'u'})\n@graph_asset"
    ),
    "metadata from an op": _asset("return y()").replace(
        "@graph_asset",
        "@op\ndef y(context):\n    context.add_output_metadata({'rows': 3})\n    return 4\n@graph_asset",
    ),
    "metadata from an op in the middle": _asset("return add_one(y())").replace(
        "@graph_asset",
        "@op\ndef y(context):\n    context.add_output_metadata({'rows': 3})\n    return 4\n@graph_asset",
    ),
    "metadata of one output of an op": _asset("a, b = y()\n    return add(a, b)").replace(
        "@graph_asset",
        "@op(out={'a': Out(), 'b': Out()})\ndef y(context):\n    context.add_output_metadata({'rows': 3}, output_name='a')\n    return 4, 5\n@graph_asset",
    ),
    "metadata without a name of several": _asset("a, b = y()\n    return add(a, b)").replace(
        "@graph_asset",
        "@op(out={'a': Out(), 'b': Out()})\ndef y(context):\n    context.add_output_metadata({'rows': 3})\n    return 4, 5\n@graph_asset",
    ),
    "a MaterializeResult from an op": _asset("return y()").replace(
        "@graph_asset", "@op\ndef y(): return MaterializeResult(metadata={'rows': 3})\n@graph_asset"
    ),
    # Contexts of ops
    "what an op's context knows": _asset("return y()").replace(
        "@graph_asset",
        "@op(tags={'a': 'b'})\ndef y(context):\n    context.log.info('x')\n    return [len(context.run_id), context.run.run_id == context.run_id, context.retry_number, context.op_def.name, context.has_tag('q'), context.get_tag('q'), context.has_partition_key, context.op_execution_context.run_id == context.run_id, context.job_name is not None, context.op_config is None]\n@graph_asset",
    ),
    "an op's annotated context": _asset("return y()").replace(
        "@graph_asset", "@op\ndef y(context: OpExecutionContext): return context.retry_number\n@graph_asset"
    ),
    "an op's underscore context": _asset("return y()").replace(
        "@graph_asset", "@op\ndef y(_): return 3\n@graph_asset"
    ),
    "an op's context and input": _asset("return y(one())").replace(
        "@graph_asset", "@op\ndef y(context, x): return x\n@graph_asset"
    ),
    "an op's context that is not first": "@op\ndef y(x, context): return x",
    "an op's asset keys": _asset("return y()").replace(
        "@graph_asset",
        "@op\ndef y(context): return [context.asset_key.path, sorted(k.path for k in context.selected_asset_keys)]\n@graph_asset",
    ),
    "an op's asset key in the middle": _asset("return add(y(), one())").replace(
        "@graph_asset", "@op\ndef y(context):\n    context.asset_key\n    return 1\n@graph_asset"
    ),
    "an op's selected outputs": _asset("a, b = y()\n    return a").replace(
        "@graph_asset",
        "@op(out={'a': Out(), 'b': Out()})\ndef y(context): return sorted(context.selected_output_names), 2\n@graph_asset",
    ),
    "an op's asset key for its output": _asset("return y()").replace(
        "@graph_asset", "@op\ndef y(context): return context.asset_key_for_output().path\n@graph_asset"
    ),
    "an op's mapping key": _asset("return y()").replace(
        "@graph_asset",
        "@op\ndef y(context): return [context.get_mapping_key(), context.describe_op()]\n@graph_asset",
    ),
    "run tags in an op": "@op\ndef y(context): return [context.has_tag('who'), context.get_tag('who'), context.run.tags['who'], context.run_tags['who']]\n@graph_asset\ndef g(): return y()\nr = materialize([g], tags={'who': 'ada'})\nseen = r.output_for_node('g')",
    # Failures and retries
    "a failing op": _asset("return add_one(y())")
    .replace("@graph_asset", "@op\ndef y(): raise ValueError('no')\n@graph_asset")
    .replace("materialize([g])", "materialize([g], raise_on_error=False)"),
    "a failing op leaves what is independent": "ran = []\n@op\ndef bad(): raise ValueError('no')\n@op\ndef good(): ran.append('good')\n@op\ndef after(x): ran.append('after')\n@op\ndef last(x, y): ran.append('last')\n@graph_asset\ndef g(): return last(after(bad()), good())\n@asset\ndef d(g): return 1\n@asset\ndef e(): return 2\nresult = materialize([g, d, e], raise_on_error=False)\nseen = ran",
    "a failing op raises": _asset("return y()").replace(
        "@graph_asset", "@op\ndef y(): raise ValueError('no')\n@graph_asset"
    ),
    "a retry policy of an op": FLAKY
    + "@graph_asset\ndef g(): return flaky()\nresult = materialize([g])\nseen = calls",
    "a retry policy that is used up": FLAKY.replace("max_retries=2", "max_retries=1")
    + "@graph_asset\ndef g(): return flaky()\nresult = materialize([g], raise_on_error=False)\nseen = calls",
    "a retry runs only its op": "calls = []\n@op\ndef first():\n    calls.append('first')\n    return 1\n@op(retry_policy=RetryPolicy(max_retries=3))\ndef second(x):\n    calls.append('second')\n    if calls.count('second') < 3: raise ValueError('no')\n    return x\n@graph_asset\ndef g(): return second(first())\nresult = materialize([g])\nseen = calls",
    "a retry that an op asks for": "calls = []\n@op\ndef y():\n    calls.append(1)\n    if len(calls) < 3: raise RetryRequested(max_retries=5, seconds_to_wait=0)\n    return 1\n@graph_asset\ndef g(): return y()\nresult = materialize([g])\nseen = calls",
    "a retry that an op asks for too often": "calls = []\n@op\ndef y():\n    calls.append(1)\n    raise RetryRequested(max_retries=2) from ValueError('no')\n@graph_asset\ndef g(): return y()\nresult = materialize([g], raise_on_error=False)\nseen = calls",
    "a Failure of an op is retried": "calls = []\n@op(retry_policy=RetryPolicy(max_retries=1))\ndef y():\n    calls.append(1)\n    raise Failure('no')\n@graph_asset\ndef g(): return y()\nresult = materialize([g], raise_on_error=False)\nseen = calls",
    "a Failure of an op that allows no retries": "calls = []\n@op(retry_policy=RetryPolicy(max_retries=3))\ndef y():\n    calls.append(1)\n    raise Failure('no', allow_retries=False, metadata={'x': 1})\n@graph_asset\ndef g(): return y()\nresult = materialize([g], raise_on_error=False)\nseen = calls",
    "a retry policy of a number on an op": "@op(retry_policy=3)\ndef y(): return 1",
    # Several assets of a graph
    "a graph multi-asset": OPS
    + "@graph_multi_asset(outs={'a': AssetOut(), 'b': AssetOut()})\ndef g():\n    p, q = pair()\n    return {'a': p, 'b': add_one(q)}\n@asset\ndef d(a, b): return a + b\nresult = materialize([g, d])",
    "a graph multi-asset as a tuple": OPS
    + "@graph_multi_asset(outs={'a': AssetOut(), 'b': AssetOut()})\ndef g():\n    p, q = pair()\n    return p, add_one(q)\nresult = materialize([g])",
    "a graph multi-asset of one op": OPS
    + "@graph_multi_asset(outs={'p': AssetOut(), 'q': AssetOut()})\ndef g(): return pair()\nresult = materialize([g])",
    "a graph multi-asset that lacks one": OPS
    + "@graph_multi_asset(outs={'a': AssetOut(), 'b': AssetOut()})\ndef g(): return {'a': one()}",
    "a graph multi-asset with an unknown one": OPS
    + "@graph_multi_asset(outs={'a': AssetOut()})\ndef g(): return {'a': one(), 'z': one()}",
    "a graph multi-asset of one output": OPS
    + "@graph_multi_asset(outs={'a': AssetOut()})\ndef g(): return one()\nresult = materialize([g])",
    "a graph multi-asset of one output in a dict": OPS
    + "@graph_multi_asset(outs={'a': AssetOut()})\ndef g(): return {'a': one()}\nresult = materialize([g])",
    "what is said of a graph multi-asset": OPS
    + "@graph_multi_asset(outs={'a': AssetOut(key_prefix='x', description='d', metadata={'m': 1}, owners=['team:x'], tags={'t': 'u'}, kinds={'k'}, code_version='3'), 'b': AssetOut(key=['y', 'z'])}, group_name='h', name='other')\ndef g():\n    'Doc.'\n    return {'a': one(), 'b': one()}\nresult = materialize([g])",
    "a group of a graph multi-asset and of an out": OPS
    + "@graph_multi_asset(outs={'a': AssetOut(group_name='i'), 'b': AssetOut()}, group_name='h')\ndef g(): return {'a': one(), 'b': one()}",
    "the same op output twice": OPS
    + "@graph_multi_asset(outs={'a': AssetOut(), 'b': AssetOut()})\ndef g():\n    x = one()\n    return {'a': x, 'b': x}\nresult = materialize([g])",
    "inputs of a graph multi-asset": OPS
    + "@asset\ndef u(): return 3\n@asset(key_prefix='x')\ndef v(): return 4\n@graph_multi_asset(outs={'a': AssetOut(), 'b': AssetOut()}, ins={'w': AssetIn(key=['x', 'v'])})\ndef g(u, w): return {'a': add(u, w), 'b': add_one(w)}\nresult = materialize([u, v, g])",
    "a failing op of a graph multi-asset": OPS
    + "@op\ndef bad(): raise ValueError('no')\n@graph_multi_asset(outs={'a': AssetOut(), 'b': AssetOut()})\ndef g(): return {'a': one(), 'b': bad()}\nr = materialize([g], raise_on_error=False)\nseen = [r.success, [e.asset_key.path for e in r.get_asset_materialization_events()]]",
    "what needs only the op that did not fail": OPS
    + "@op\ndef bad(): raise ValueError('no')\n@graph_multi_asset(outs={'a': AssetOut(), 'b': AssetOut()})\ndef g(): return {'a': one(), 'b': bad()}\n@asset\ndef da(a): return a\nr = materialize([g, da], raise_on_error=False)\nseen = [r.success, sorted(e.asset_key.path for e in r.get_asset_materialization_events())]",
    "an optional output of a graph multi-asset": OPS
    + "@op(out=Out(is_required=False))\ndef maybe():\n    if False: yield\n@graph_multi_asset(outs={'a': AssetOut(), 'b': AssetOut(is_required=False)})\ndef g(): return {'a': one(), 'b': maybe()}\n@asset\ndef db(b): return b\nresult = materialize([g, db])",
    "a subset of a graph multi-asset": OPS
    + "@graph_multi_asset(outs={'a': AssetOut(), 'b': AssetOut()}, can_subset=True)\ndef g(): return {'a': one(), 'b': add_one(one())}\nr = materialize([g], selection='key:a')\nseen = [e.asset_key.path for e in r.get_asset_materialization_events()]",
    "a graph multi-asset without outs": OPS + "@graph_multi_asset()\ndef g(): return one()",
    "outs of a graph multi-asset that are a list": OPS
    + "@graph_multi_asset(outs=['a'])\ndef g(): return one()",
    "a text returned by a graph multi-asset": OPS
    + "@graph_multi_asset(outs={'a': AssetOut(), 'b': AssetOut()})\ndef g(): return 'xy'",
    # Definitions of ops
    "what an op knows": "@op(out={'a': Out(), 'b': Out()}, ins={'s': In(Nothing)}, tags={'t': 'u'})\ndef f(context, x, y=3):\n    'Doc.'\n    return 1, 2\nseen = [f.name, f.description, sorted(f.ins), sorted(f.outs), dict(f.tags)]",
    "a name of an op": "@op(name='other')\ndef f(): return 1\n@graph_asset\ndef g(): return f()\nresult = materialize([g])\nseen = result.output_for_node('g.other')",
    "a bad name of an op": "@op(name='a b')\ndef f(): return 1",
    "a reserved name of an op": "@op(name='input')\ndef f(): return 1",
    "ins of an op that name no argument": "@op(ins={'z': In()})\ndef f(x): return x",
    "an op of an asset without its input": "@op\ndef f(x): return x\n@graph_asset\ndef g(): return f()\nseen = len(g.keys)",
    "ins of an op without its argument": "@op(ins={})\ndef f(x): return x\nseen = sorted(f.ins)",
    "catch-all arguments of an op": "@op\ndef f(*xs): return 1",
    "keyword arguments of an op": "@op(ins={'a': In(), 'b': In()})\ndef f(**xs): return sorted(xs)\n@op\ndef one(): return 1\n@graph_asset\ndef g(): return f(a=one(), b=one())\nresult = materialize([g])",
    "an op of something else": "op(3)",
    "an op of a lambda": "op(lambda: 1)",
    "an op of a lambda with a name": "f = op(name='f')(lambda: 3)\nseen = f()",
    "an op decorated again": "@op\n@op\ndef f(): return 1",
    "a bad name of an out": "@op(out={'a b': Out()})\ndef f(): return 1",
    "outs of an op that are a list": "@op(out=['a'])\ndef f(): return 1",
    "ins of an op that are types": "@op(ins={'x': int})\ndef f(x): return 1",
    "a reserved name of an input": "@op\ndef f(input): return 1",
    "tags of an op that are numbers": "@op(tags={'a': 3})\ndef f(): return 1\nseen = f()",
    # Direct calls
    "a direct call of an op": OPS + "seen = [one(), add(1, 2), add(x=1, y=2), pair()]",
    "a direct call with a default": "@op(ins={'x': In(default_value=7)})\ndef f(x): return x\n@op\ndef h(x=4): return x\nseen = [f(), f(1), h(), h(2)]",
    "a direct call that lacks an input": OPS + "add(1)",
    "a direct call with too many": OPS + "add(1, 2, 3)",
    "a direct call with an unknown keyword": OPS + "add(1, 2, z=3)",
    "a direct call of a wrong type": "@op\ndef f(x: int): return x\nf('x')",
    "a direct call that gives a wrong type": "@op\ndef f() -> int: return 'x'\nf()",
    "a direct call that gives too few": "@op(out={'a': Out(), 'b': Out()})\ndef f(): return (1,)\nf()",
    "a direct call that yields": "@op(out={'a': Out(), 'b': Out()})\ndef f():\n    yield Output(1, 'a')\n    yield Output(2, 'b')\nseen = [(o.output_name, o.value) for o in f()]",
    "a direct call that lacks an output": "@op(out={'a': Out(), 'b': Out()})\ndef f():\n    yield Output(1, 'a')\nlist(f())",
    "a direct call that gives an unknown output": "@op\ndef f():\n    yield Output(1, 'zzz')\nlist(f())",
    "a direct call of an async op": "import asyncio\n@op\nasync def f(): return 4\nseen = asyncio.run(f())",
    "a direct call with a context of an op": "@op\ndef f(context, x):\n    context.log.info('x')\n    return [x, context.run_id, context.retry_number, context.op_def.name, context.has_tag('a')]\nseen = f(build_op_context(), 3)",
    "a direct call with a context by keyword": "@op\ndef f(context, x): return x\nseen = f(context=build_op_context(), x=3)",
    "a direct call without a context": "@op\ndef f(context): return 1\nf()",
    "a direct call with None as the context": "@op\ndef f(context): return 1\nseen = f(None)",
    "a direct call with something as the context": "@op\ndef f(context): return 1\nf(3)",
    "a direct call of an Output of an op": "@op\ndef f(): return Output(4, metadata={'x': 1})\nseen = f().value",
    "a context that was built, with tags": "@op\ndef f(context): return [context.get_tag('who'), context.run_tags.get('who'), context.run.tags.get('who')]\nseen = f(build_op_context(run_tags={'who': 'ada'}))",
    "a context that was built, with configuration": "@op(config_schema={'n': int})\ndef f(context): return context.op_config['n']\nseen = [f(build_op_context(op_config={'n': 3})), f(build_op_context(config={'n': 4}))]",
    "a context that was built, with resources": "@op(required_resource_keys={'db'})\ndef f(context): return context.resources.db\nseen = f(build_op_context(resources={'db': 'here'}))",
    "a context without a resource that is needed": "@op(required_resource_keys={'db'})\ndef f(context): return context.resources.db\nf(build_op_context())",
    "a context that was built, with a partition": "@op\ndef f(context): return [context.partition_key, context.has_partition_key]\nseen = f(build_op_context(partition_key='2024'))",
    "a context that was built, with a mapping key": "@op\ndef f(context): return context.get_mapping_key()\nseen = f(build_op_context(mapping_key='k'))",
    "a context that was built, as a block": "@op(required_resource_keys={'db'})\ndef f(context): return context.resources.db\nwith build_op_context(resources={'db': 'here'}) as c:\n    seen = f(c)",
    "metadata in a direct call of an op": "@op\ndef f(context):\n    context.add_output_metadata({'rows': 3})\n    return 1\nc = build_op_context()\nf(c)\nseen = sorted(c.get_output_metadata('result'))",
    "a context of an asset that was built": "@asset(required_resource_keys={'db'}) if False else asset\ndef a(context): return [context.asset_key.path, context.op_def.name, context.run_id, context.get_tag('who'), context.retry_number, sorted(k.path for k in context.selected_asset_keys), context.assets_def.key.path]\nseen = a(build_asset_context(run_tags={'who': 'ada'}))",
    "a context of an asset that was built, with resources": "@asset\ndef a(context): return context.resources.db\nb = asset(required_resource_keys={'db'})(lambda context: context.resources.db) if False else None\nseen = sorted(n for n in ('asset_key',) if hasattr(build_asset_context(), n))",
    "the asset key of a context that was built": "build_asset_context().asset_key",
    "the log of a context that was built": "build_asset_context().log.info('x')\nseen = 1",
    "the run of a context that was built": "c = build_asset_context()\nseen = [c.run_id, c.run.run_id == c.run_id]",
    "a context of several assets that was built": "@multi_asset(outs={'a': AssetOut(), 'b': AssetOut()})\ndef m(context): return sorted(k.path for k in context.selected_asset_keys), context.asset_key_for_output('b').path\nseen = m(build_asset_context())",
    "a direct call of an asset of a wrong type": "@asset\ndef a() -> int: return 'x'\na()",
    "a direct call of an asset with None as the context": "@asset\ndef a(context): return 1\nseen = a(None)",
    "a direct call of a graph asset": OPS + "@graph_asset\ndef g(): return one()\ng()",
    "a direct call that lacks an output of a multi-asset": "@multi_asset(outs={'a': AssetOut(), 'b': AssetOut()})\ndef m(): return 1\nm()",
    "a direct call of an op in a function": OPS + "def helper(): return add_one(one())\nseen = helper()",
    "a context by its class": "@asset\ndef a(): return [AssetExecutionContext.get().asset_key.path, len(AssetExecutionContext.get().run_id)]\nresult = materialize([a])",
    "an op's context by its class": "@op\ndef f(): return OpExecutionContext.get().op_def.name\n@graph_asset\ndef g(): return f()\nresult = materialize([g])",
    "no context by its class": "AssetExecutionContext.get()",
    "a subset of a graph multi-asset runs only what it needs": "ran = []\n@op\ndef a():\n    ran.append('a')\n    return 1\n@op\ndef b():\n    ran.append('b')\n    return 2\n@graph_multi_asset(outs={'x': AssetOut(), 'y': AssetOut()}, can_subset=True)\ndef g(): return {'x': a(), 'y': b()}\nmaterialize([g], selection='key:x')\nseen = ran",
    "an annotated Output of several without an Output": "@multi_asset(outs={'a': AssetOut(), 'b': AssetOut()})\ndef m() -> tuple[Output[int], int]: return 1, 2\nresult = materialize([m])",
    "an Output where several are annotated plainly": "@multi_asset(outs={'a': AssetOut(), 'b': AssetOut()})\ndef m() -> tuple[int, int]: return Output(1), 2\nresult = materialize([m])",
    "an annotated Output of an op without an Output": "@op\ndef f() -> Output[int]: return 1\n@graph_asset\ndef g(): return f()\nresult = materialize([g])",
    "an Output where an op is annotated plainly": "@op\ndef f() -> int: return Output(1)\n@graph_asset\ndef g(): return f()\nresult = materialize([g])",
    "an op of a generator annotation": "from typing import Iterator\n@op(out={'a': Out(), 'b': Out()})\ndef f() -> Iterator[Output]:\n    yield Output(1, 'a')\n    yield Output(2, 'b')\n@op\ndef add(x, y): return x + y\n@graph_asset\ndef g(): return add(*f())\nresult = materialize([g])",
    "specs of a function annotated to return None": "@multi_asset(specs=[AssetSpec('a'), AssetSpec('b')])\ndef m() -> None: pass\nresult = materialize([m])",
    "specs of a function annotated to yield": "from typing import Iterable\n@multi_asset(specs=[AssetSpec('a'), AssetSpec('b')])\ndef m() -> Iterable[MaterializeResult]:\n    yield MaterializeResult(asset_key='a')\n    yield MaterializeResult(asset_key='b')\nresult = materialize([m])",
    "an argument of a reserved name": "@asset\ndef b(input): return 1",
    "an argument of a multi-asset of a reserved name": "@multi_asset(outs={'a': AssetOut()})\ndef b(type): return 1",
    "an error message of an op": "@op\ndef f(): raise KeyError('k')\n@graph_asset\ndef g(): return f()\ntry:\n    materialize([g])\nexcept KeyError as error:\n    seen = repr(error)",
    "a Failure of an op that is raised": "@op\ndef f(): raise Failure('why', metadata={'rows': 3})\n@graph_asset\ndef g(): return f()\ntry:\n    materialize([g])\nexcept Failure as error:\n    seen = [error.description, error.metadata['rows'].value]",
    "outputs that are mutated downstream": "@op\ndef f(): return [1]\n@op\ndef h(x):\n    x.append(2)\n    return x\n@op\ndef k(x, y): return [x, y]\n@graph_asset\ndef g():\n    made = f()\n    return k(made, h(made))\nresult = materialize([g])",
    "a data version that a function sets": "@asset\ndef a(context):\n    context.set_data_version(AssetKey('a'), DataVersion('v'))\n    return 1\nresult = materialize([a])",
}
