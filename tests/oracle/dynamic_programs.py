"""Small programs for dynamic outputs, for `dagster` and for `nb_assets`."""

from __future__ import annotations

OPS = """
@op(out=DynamicOut())
def parts():
    for i in range(3): yield DynamicOutput(i, mapping_key=f'k{i}')
@op
def double(x): return x * 2
@op
def total(xs): return sum(xs)
@op
def one(): return 1
@op
def add(x, y): return x + y
"""


def _job(body: str, seen: str = "[]", ops: str = "", options: str = "") -> str:
    return f"{OPS}{ops}@job\ndef j():\n    {body}\nr = j.execute_in_process({options})\nseen = {seen}\n"


def _asset(body: str, ops: str = "", arguments: str = "") -> str:
    return f"{OPS}{ops}@graph_asset\ndef g({arguments}):\n    {body}\nresult = materialize([g])\n"


def _parts(lines: str, out: str = "DynamicOut()") -> str:
    return f"@op(out={out})\ndef mine():\n    {lines}\n"


FAILS = """
@op
def fails_on_one(x):
    if x == 1: raise ValueError('no')
    return x
"""
FLAKY = """
calls = []
@op(retry_policy=RetryPolicy(max_retries=2))
def flaky(context, x):
    calls.append((context.get_mapping_key(), context.retry_number))
    if context.retry_number < x: raise ValueError('no')
    return x
"""
KEYS = """
keys = []
@op
def key(context, x):
    keys.append(context.get_mapping_key())
    return x
@op
def no_key(context):
    keys.append(context.get_mapping_key())
    return 1
"""
PAIR = "@op(out={'a': Out(is_required=False), 'b': Out(is_required=False)})\ndef sort(x):\n    yield Output(x, 'a' if x % 2 else 'b')\n"
OPTIONAL = "@op(out=Out(is_required=False))\ndef maybe(x):\n    if x != 1: yield Output(x)\n"

PROGRAMS: dict[str, str] = {
    # Map and collect
    "collected": _job("total(parts().collect())", "r.output_for_node('total')"),
    "mapped": _job("parts().map(double)", "[r.output_for_node('parts'), r.output_for_node('double')]"),
    "mapped and collected": _job("total(parts().map(double).collect())", "r.output_for_node('total')"),
    "mapped by a lambda": _job(
        "total(parts().map(lambda x: double(double(x))).collect())", "r.output_for_node('double_2')"
    ),
    "mapped twice": _job("total(parts().map(double).map(double).collect())", "r.output_for_node('total')"),
    "mapped with another op": _job(
        "n = one()\n    total(parts().map(lambda x: add(x, n)).collect())", "r.output_for_node('total')"
    ),
    "mapped with an op of the lambda": _job(
        "total(parts().map(lambda x: add(x, one())).collect())", "r.output_for_node('add')"
    ),
    "mapped to several": _job(
        "a, b = parts().map(lambda x: (double(x), double.alias('again')(x)))\n    total(a.collect())\n    total(b.map(double).collect())",
        "[r.output_for_node('total'), r.output_for_node('total_2')]",
    ),
    "mapped to nothing": _job("def each(x): double(x)\n    parts().map(each)", "r.output_for_node('double')"),
    "mapped to what it was": _job("total(parts().map(lambda x: x).collect())", "r.output_for_node('total')"),
    "mapped to a plain value": _job("parts().map(lambda x: 1)"),
    "an alias of parts": _job("total(parts.alias('p')().collect())", "r.output_for_node('p')"),
    "collected twice": _job(
        "p = parts()\n    add(total(p.collect()), total(p.map(double).collect()))", "r.output_for_node('add')"
    ),
    "parts of what was collected": _job(
        "total(parts_of(parts().map(double).collect()).map(double).collect())",
        "[r.output_for_node('parts_of'), r.output_for_node('total')]",
        ops="@op(out=DynamicOut())\ndef parts_of(xs):\n    for x in xs: yield DynamicOutput(x, mapping_key=f'n{x}')\n",
    ),
    "collected beside parts of it": _job(
        "p = parts()\n    total(p.map(lambda x: add(x, total(p.collect()))).collect())",
        "r.output_for_node('total_2')",
    ),
    "several outputs of each part": _job(
        "a, b = parts().map(sort)\n    total(a.collect())\n    total(b.collect())",
        "[r.output_for_node('total'), r.output_for_node('total_2'), r.output_for_node('sort', 'b')]",
        ops=PAIR,
    ),
    "an output that one part lacks": _job(
        "total(parts().map(maybe).collect())",
        "[r.output_for_node('total'), r.output_for_node('maybe')]",
        ops=OPTIONAL,
    ),
    "an output that all parts lack": _job(
        "total(parts().map(never).collect())",
        "[r.success, r.is_node_skipped('total')]",
        ops="@op(out=Out(is_required=False))\ndef never(x):\n    if x is None: yield Output(x)\n",
    ),
    "an output that one part lacks, mapped on": _job(
        "total(parts().map(maybe).map(double).collect())", "r.output_for_node('double')", ops=OPTIONAL
    ),
    "no parts": _job(
        "total(mine().map(double).collect())",
        "[r.success, r.output_for_node('total')]",
        ops=_parts("return []"),
    ),
    "no parts, and none needed": _job(
        "total(mine().collect())",
        "[r.success, r.is_node_skipped('total')]",
        ops=_parts("return []", "DynamicOut(is_required=False)"),
    ),
    "beside single outputs": _job(
        "s, p = mine()\n    add(s, total(p.collect()))",
        "[r.output_for_node('add'), r.output_for_node('mine', 's'), r.output_for_node('mine', 'p')]",
        ops=_parts(
            "yield Output(5, 's')\n    yield DynamicOutput(1, 'a', 'p')\n    yield DynamicOutput(2, 'b', 'p')",
            "{'s': Out(), 'p': DynamicOut()}",
        ),
    ),
    "returned beside a single output": _job(
        "s, p = mine()\n    add(s, total(p.collect()))",
        "r.output_for_node('add')",
        ops=_parts(
            "return 5, [DynamicOutput(1, 'a'), DynamicOutput(2, 'b')]", "{'s': Out(), 'p': DynamicOut()}"
        ),
    ),
    "returned in a list": _job(
        "total(mine().collect())", "r.output_for_node('total')", ops=_parts("return [DynamicOutput(1, 'a')]")
    ),
    "keys in the context": _job("no_key()\n    parts().map(key)", "keys", ops=KEYS),
    "keys in the context beyond a second map": _job("parts().map(double).map(key)", "keys", ops=KEYS),
    "keys in the context after collecting": _job("key(total(parts().collect()))", "keys", ops=KEYS),
    "metadata of a part": _job(
        "total(mine().collect())",
        "r.output_for_node('total')",
        ops=_parts("yield DynamicOutput(1, 'a', metadata={'n': 1})"),
    ),
    # Graphs
    "in a graph": OPS
    + "@graph\ndef inner(): return total(parts().map(double).collect())\n@job\ndef j(): double(inner())\nr = j.execute_in_process()\nseen = [r.output_for_node('double'), r.output_for_node('inner'), r.output_for_node('inner.double')]",
    "a graph of parts": OPS
    + "@graph\ndef inner(): return parts().map(double)\n@job\ndef j(): total(inner().collect())\nr = j.execute_in_process()\nseen = r.output_for_node('total')",
    "a graph of parts, mapped on": OPS
    + "@graph\ndef inner(): return parts().map(double)\n@job\ndef j(): total(inner().map(double).collect())\nr = j.execute_in_process()\nseen = r.output_for_node('total')",
    "a graph for each part": OPS
    + "@graph\ndef inner(x): return double(double(x))\n@job\ndef j(): total(parts().map(inner).collect())\nr = j.execute_in_process()\nseen = [r.output_for_node('total'), r.output_for_node('inner.double')]",
    "a graph that takes what is collected": OPS
    + "@graph\ndef inner(xs): return total(xs)\n@job\ndef j(): double(inner(parts().collect()))\nr = j.execute_in_process()\nseen = r.output_for_node('double')",
    "a graph of several outs": OPS
    + "@graph(out={'n': GraphOut(), 'p': GraphOut()})\ndef inner(): return {'n': one(), 'p': parts()}\n@job\ndef j():\n    n, p = inner()\n    add(n, total(p.collect()))\nr = j.execute_in_process()\nseen = r.output_for_node('add')",
    "a graph that is run": OPS
    + "@graph\ndef g(): return total(parts().collect())\nseen = g.execute_in_process().output_value()",
    "the parts of a graph that is run": OPS
    + "@graph\ndef g(): return parts().map(double)\nseen = g.execute_in_process().output_for_node('double')",
    # Assets
    "an asset of parts": _asset("return total(parts().map(double).collect())"),
    "an asset of parts of another": "@asset\ndef up(): return 3\n"
    + _asset(
        "return total(upto(up).map(double).collect())",
        "@op(out=DynamicOut())\ndef upto(n):\n    for i in range(n): yield DynamicOutput(i, str(i))\n",
        "up",
    ).replace("materialize([g])", "materialize([up, g])"),
    "an asset that is dynamic": _asset("return parts()"),
    "several assets of parts": OPS
    + "@graph_multi_asset(outs={'a': AssetOut(), 'b': AssetOut()})\ndef g():\n    p = parts()\n    return {'a': total(p.collect()), 'b': total(p.map(double).collect())}\nresult = materialize([g])\n",
    # Failing
    "a part that fails": _job(
        "total(parts().map(fails_on_one).map(double).collect())",
        "[r.success, r.is_node_success('total'), sorted(r.get_failed_step_keys()), r.output_for_node('double')]",
        ops=FAILS,
        options="raise_on_error=False",
    ),
    "a part that fails, and raises": _job("parts().map(fails_on_one)", ops=FAILS),
    "a part that is tried again": _job(
        "total(parts().map(flaky).collect())", "[r.output_for_node('total'), sorted(calls)]", ops=FLAKY
    ),
    "what gives parts fails": _job(
        "total(mine().map(double).collect())",
        "[r.success, r.is_node_success('double'), r.is_node_success('total')]",
        ops=_parts("yield DynamicOutput(1, 'a')\n    raise ValueError('no')"),
        options="raise_on_error=False",
    ),
    # Refusals
    "not taken apart": _job("total(parts())"),
    "not taken apart in a list": _job("total([parts()])"),
    "parts in a list": _job("xs = []\n    parts().map(xs.append)\n    total(xs)"),
    "a single output mapped": _job("one().map(double)"),
    "a single output collected": _job("total(one().collect())"),
    "parts of parts": _job("parts().map(lambda x: parts.alias('more')().map(lambda y: add(x, y)))"),
    "one part and all of them": _job("p = parts()\n    p.map(lambda x: add(x, p.collect()))"),
    "parts of a part": _job(
        "parts().map(lambda x: more(x).map(double))",
        ops="@op(out=DynamicOut())\ndef more(x):\n    yield DynamicOutput(x, 'a')\n",
    ),
    "parts of a part, not taken": _job(
        "parts().map(more)",
        "r.success",
        ops="@op(out=DynamicOut())\ndef more(x):\n    yield DynamicOutput(x, 'a')\n",
    ),
    "parts in a graph for each part": OPS
    + "@graph\ndef inner(a): parts().map(lambda b: add(a, b))\n@job\ndef j(): parts.alias('outer')().map(lambda x: inner(double(x)))",
    "a single output for a dynamic one": _job(
        "parts_()", ops="@op(out=DynamicOut())\ndef parts_():\n    yield Output(1)\n"
    ),
    "a plain value for a dynamic one": _job("mine()", ops=_parts("return 1")),
    "a list of plain values for a dynamic one": _job("mine()", ops=_parts("return [1]")),
    "a dynamic one for a single output": _job("mine()", ops=_parts("yield DynamicOutput(1, 'a')", "Out()")),
    "the same key twice": _job(
        "mine()", ops=_parts("yield DynamicOutput(1, 'a')\n    yield DynamicOutput(2, 'a')")
    ),
    "an unknown output": _job("mine()", ops=_parts("yield DynamicOutput(1, 'a', 'other')")),
    "an empty key": "DynamicOutput(1, '')",
    "a key with a dot": "DynamicOutput(1, 'a.b')",
    "a key that is a number": "DynamicOutput(1, 1)",
    "a key of digits": "seen = DynamicOutput(1, '01').mapping_key",
    "no key": "DynamicOutput(1)",
    "equal outputs": "seen = [DynamicOutput(1, 'a') == DynamicOutput(1, 'a'), DynamicOutput(1, 'a') == DynamicOutput(1, 'b'), DynamicOutput(1, 'a') == Output(1)]",
    "a direct call": OPS + "seen = [(o.mapping_key, o.value) for o in parts()]",
    "a direct call that returns": "@op(out=DynamicOut())\ndef f(): return [DynamicOutput(1, 'a')]\nseen = [o.value for o in f()]",
    "a key in a context that was built": KEYS
    + "key(build_op_context(mapping_key='m'), 1)\nno_key(build_op_context())\nseen = keys",
    "a type of the parts": _job(
        "mine()", "r.output_for_node('mine')", ops=_parts("yield DynamicOutput(1, 'a')", "DynamicOut(int)")
    ),
    "a wrong type of a part": _job("mine()", ops=_parts("yield DynamicOutput('x', 'a')", "DynamicOut(int)")),
    "an annotated op": OPS
    + "from typing import List\n@op(out=DynamicOut())\ndef f() -> List[DynamicOutput[int]]: return [DynamicOutput(1, 'a')]\n@job\ndef j(): f()\nseen = j.execute_in_process().output_for_node('f')",
    "annotated as a list of parts": "@op\ndef f() -> list[DynamicOutput[int]]: return [DynamicOutput(1, mapping_key='a'), DynamicOutput(2, mapping_key='b')]\n@job\ndef j(): f()\nseen = j.execute_in_process().output_for_node('f')",
    "annotated as a list of parts of another type": "@op\ndef f() -> list[DynamicOutput[int]]: return [DynamicOutput('1', mapping_key='a')]\n@job\ndef j(): f()\nj.execute_in_process()",
    "annotated as a list of parts of any type": "@op\ndef f() -> list[DynamicOutput]: return [DynamicOutput('1', mapping_key='a')]\n@job\ndef j(): f()\nseen = j.execute_in_process().output_for_node('f')",
    "annotated as a list of parts, mapped": "@op\ndef f() -> list[DynamicOutput[int]]: return [DynamicOutput(1, mapping_key='a'), DynamicOutput(2, mapping_key='b')]\n@op\ndef g(x): return x + 1\n@job\ndef j(): f().map(g)\nseen = j.execute_in_process().output_for_node('g')",
    "annotated as one part": "@op\ndef f() -> DynamicOutput[int]: pass",
}
