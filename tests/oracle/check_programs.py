"""Small programs for asset checks, to be run with the names of `dagster` and with those of `nb_assets`.

`seen` is what the run's checks said, and what was made of what they look at.
"""

from __future__ import annotations

A = "@asset\ndef a(): return 5\n"
B = "@asset\ndef b(a): return a + 1\n"
SAID = """
def said(result):
    return [
        (each.asset_key.path, each.check_name, each.passed, each.severity.value, each.description, each.blocking,
         {name: value.value for name, value in each.metadata.items()}, each.target_materialization_data is not None)
        for each in result.get_asset_check_evaluations()
    ]
def made(result): return sorted(event.asset_key.path for event in result.get_asset_materialization_events())
def end(*definitions, **options):
    result = materialize(list(definitions), raise_on_error=False, **options)
    return result.success, said(result), made(result)
def spec(definition):
    return sorted(
        (one.asset_key.path, one.name, one.description, one.blocking, sorted(dep.asset_key.path for dep in one.additional_deps),
         dict(one.metadata), one.get_python_identifier())
        for one in definition.check_specs
    )
"""
CHECK = "@asset_check(asset=a)\ndef c(a): return AssetCheckResult(passed=a > 3, metadata={'n': a})\n"
BLOCKING = "@asset_check(asset=a, blocking=True)\ndef c(a): return AssetCheckResult(passed=False{})\n"
SPECS = "check_specs=[AssetCheckSpec('x', asset='a'), AssetCheckSpec('y', asset='a')]"
TWO = "@asset(" + SPECS + ")\ndef a():\n"
ONE = "@asset(check_specs=[AssetCheckSpec('x', asset='a')])\ndef a():\n"
MULTI = "@multi_asset_check(specs=[AssetCheckSpec('x', asset='a'), AssetCheckSpec('y', asset='b')]{})\ndef m({}):\n"
X = "    yield AssetCheckResult(passed=True, asset_key='a', check_name='x')\n"
Y = "    yield AssetCheckResult(passed=False, asset_key='b')\n"
GRAPH = (
    "@op\ndef make(): return 5\n@op\ndef look(value): return AssetCheckResult(passed=value > 3, check_name='x')\n"
    "@graph_asset(check_specs=[AssetCheckSpec('x', asset='a')])\n"
    "def a():\n    value = make()\n    return {'result': value, 'a_x': look(value)}\n"
)

_BODIES: dict[str, str] = {
    # What a check is
    "a check": A + CHECK + "seen = spec(c), sorted(key.to_user_string() for key in c.check_keys)",
    "a check with all that is said of it": (
        A
        + B
        + "@asset_check(asset=a, name='other', description='d', blocking=True, additional_deps=[b], metadata={'m': 1})\n"
        "def c(): 'doc'\nseen = spec(c)"
    ),
    "the docstring of a check": A + "@asset_check(asset=a)\ndef c():\n    'Look.'\nseen = spec(c)",
    "a check of a key as text": "@asset_check(asset='a')\ndef c(): ...\nseen = spec(c)",
    "a check of a key of several parts": "@asset_check(asset=['p', 'a'])\ndef c(): ...\nseen = spec(c)",
    "a check of an AssetKey": "@asset_check(asset=AssetKey(['p', 'a']))\ndef c(): ...\nseen = spec(c)",
    "a check of a key with dots": "@asset_check(asset='a.b')\ndef c(): ...\nseen = spec(c)",
    "a check of nothing": "@asset_check()\ndef c(): ...",
    "a check with a bad name": "@asset_check(asset='a', name='no spaces')\ndef c(): ...",
    "a check of an asset that is an additional dep, too": "@asset_check(asset='a', additional_deps=['a'])\ndef c(): ...",
    "a check of an asset that is an additional input, too": (
        "@asset_check(asset='a', additional_ins={'a': AssetIn('a')})\ndef c(a): ..."
    ),
    "a check with two arguments": "@asset_check(asset='a')\ndef c(a, b): ...",
    "a check with an additional input that it does not take": (
        "@asset_check(asset='a', additional_ins={'b': AssetIn('b')})\ndef c(a): ..."
    ),
    "a spec of an asset and itself": "AssetCheckSpec('x', asset='a', additional_deps=['a'])",
    "a spec": "one = AssetCheckSpec('x', asset=['p', 'a'], blocking=True)\nseen = (one.key.to_user_string(), one.get_python_identifier())",
    "keys of checks": "one = AssetCheckKey(AssetKey('a'), 'x')\nseen = (one == AssetCheckKey(AssetKey('a'), 'x'), one.name, one.to_user_string())",
    # What a result is
    "a result without passed": "AssetCheckResult()",
    "a result that passed with a number": "AssetCheckResult(passed=1)",
    "a result with a severity as text": "AssetCheckResult(passed=True, severity='WARN')",
    "a result with metadata": "one = AssetCheckResult(passed=True, metadata={'a': 1, 'b': 'x'})\nseen = {k: v.value for k, v in one.metadata.items()}",
    "a result with metadata that cannot be shown": "AssetCheckResult(passed=True, metadata={'a': object()})",
    "the defaults of a result": "one = AssetCheckResult(passed=True)\nseen = (one.severity.value, one.asset_key, one.check_name, one.description)",
    # Running them
    "a check that passes": A + CHECK + "seen = end(a, c)",
    "a check under another argument": (
        A
        + "@asset_check(asset=a)\ndef c(value): return AssetCheckResult(passed=value == 5)\nseen = end(a, c)"
    ),
    "a check without an argument": A
    + "@asset_check(asset=a)\ndef c(): return AssetCheckResult(passed=True)\nseen = end(a, c)",
    "a check that fails": A
    + B
    + "@asset_check(asset=a)\ndef c(): return AssetCheckResult(passed=False)\nseen = end(a, b, c)",
    "a check that warns": (
        A
        + "@asset_check(asset=a)\ndef c(): return AssetCheckResult(passed=False, severity=AssetCheckSeverity.WARN, description='d')\n"
        "seen = end(a, c)"
    ),
    "a check that raises": A
    + B
    + "@asset_check(asset=a)\ndef c(): raise ValueError('x')\nseen = end(a, b, c)",
    "a check that gives a bool": A + "@asset_check(asset=a)\ndef c(): return True\nseen = end(a, c)",
    "a check that gives nothing": A + "@asset_check(asset=a)\ndef c(): pass\nseen = end(a, c)",
    "a check that yields": A
    + "@asset_check(asset=a)\ndef c(): yield AssetCheckResult(passed=True)\nseen = end(a, c)",
    "a check that is awaited": A
    + "@asset_check(asset=a)\nasync def c(): return AssetCheckResult(passed=True)\nseen = end(a, c)",
    "a check that names another check": (
        A
        + "@asset_check(asset=a)\ndef c(): return AssetCheckResult(passed=True, check_name='d')\nseen = end(a, c)"
    ),
    "a check that names another asset": (
        A
        + "@asset_check(asset=a)\ndef c(): return AssetCheckResult(passed=True, asset_key='z')\nseen = end(a, c)"
    ),
    "a check of an asset that fails": (
        "@asset\ndef a(): raise ValueError('x')\n" + CHECK + "seen = end(a, c)"
    ),
    "a check without its asset": "@asset_check(asset='a')\ndef c(): return AssetCheckResult(passed=True)\nseen = end(c)",
    "a check with an additional input": (
        A
        + B
        + "@asset_check(asset=a, additional_ins={'b': AssetIn('b')})\ndef c(a, b): return AssetCheckResult(passed=b > a)\nseen = end(a, b, c)"
    ),
    "a check that is tried again": (
        A
        + "tries = []\n@asset_check(asset=a, retry_policy=RetryPolicy(max_retries=1))\ndef c():\n    tries.append(1)\n"
        "    if len(tries) < 2: raise ValueError('x')\n    return AssetCheckResult(passed=True)\nseen = end(a, c), len(tries)"
    ),
    "the context of a check": (
        A + "keys = []\n@asset_check(asset=a)\ndef c(context: AssetCheckExecutionContext):\n"
        "    keys.append((sorted(key.name for key in context.selected_asset_check_keys), [one.name for one in context.check_specs]))\n"
        "    return AssetCheckResult(passed=True)\nseen = end(a, c), keys"
    ),
    # Blocking ones
    "a blocking check that fails": A + B + BLOCKING.format("") + "seen = end(a, b, c)",
    "a blocking check that warns": (
        A + B + BLOCKING.format(", severity=AssetCheckSeverity.WARN") + "seen = end(a, b, c)"
    ),
    "a blocking check that passes": (
        A
        + B
        + "@asset_check(asset=a, blocking=True)\ndef c(a): return AssetCheckResult(passed=True)\nseen = end(a, b, c)"
    ),
    "a blocking check that raises": (
        A + B + "@asset_check(asset=a, blocking=True)\ndef c(a): raise ValueError('x')\nseen = end(a, b, c)"
    ),
    "a blocking check and what does not need its asset": (
        A + B + "@asset\ndef z(): return 1\n" + BLOCKING.format("") + "seen = end(a, b, z, c)"
    ),
    "a blocking check and another one": (
        A
        + B
        + BLOCKING.format("")
        + "@asset_check(asset=a)\ndef d(a): return AssetCheckResult(passed=True)\n"
        "outcome = end(a, b, c, d)\nseen = outcome[0], sorted(one[1] for one in outcome[1]), outcome[2]"
    ),
    "a blocking check, raising": A + B + BLOCKING.format("") + "materialize([a, b, c])",
    # With the asset
    "checks that are yielded": TWO
    + "    yield Output(1)\n    yield AssetCheckResult(passed=True, check_name='x')\n"
    "    yield AssetCheckResult(passed=False, check_name='y')\nseen = end(a), spec(a)",
    "checks in a MaterializeResult": TWO
    + "    return MaterializeResult(check_results=[AssetCheckResult(passed=True, check_name='x'),"
    " AssetCheckResult(passed=False, check_name='y')])\nseen = end(a)",
    "a value and a check, returned": ONE + "    return 1, AssetCheckResult(passed=True)\nseen = end(a)",
    "a check alone, returned": ONE + "    return AssetCheckResult(passed=True)\nseen = end(a)",
    "a value without its check": ONE + "    return 1\nseen = end(a)",
    "an output without its check": ONE + "    yield Output(1)\nseen = end(a)[0]",
    "a check that is not declared": "@asset\ndef a():\n    yield Output(1)\n    yield AssetCheckResult(passed=True)\nseen = end(a)[0]",
    "a check given twice": ONE
    + "    yield Output(1)\n    yield AssetCheckResult(passed=True)\n    yield AssetCheckResult(passed=True)\nseen = end(a)[0]",
    "a check without its name among two": TWO
    + "    yield Output(1)\n    yield AssetCheckResult(passed=True)\nseen = end(a)[0]",
    "two specs of one name": "@asset(check_specs=[AssetCheckSpec('x', asset='a'), AssetCheckSpec('x', asset='a')])\ndef a(): ...",
    "a spec of another asset": "@asset(check_specs=[AssetCheckSpec('x', asset='z')])\ndef a(): ...",
    "a blocking check with the asset": (
        "@asset(check_specs=[AssetCheckSpec('x', asset='a', blocking=True)])\ndef a():\n    yield Output(5)\n"
        "    yield AssetCheckResult(passed=False)\n" + B + "seen = end(a, b)"
    ),
    "a check of a multi-asset": (
        "@multi_asset(outs={'a': AssetOut(), 'b': AssetOut()}, check_specs=[AssetCheckSpec('x', asset='a')])\ndef m():\n"
        "    yield Output(1, 'a')\n    yield Output(2, 'b')\n    yield AssetCheckResult(passed=True)\nseen = end(m)"
    ),
    "a check of a multi-asset, in a tuple": (
        "@multi_asset(outs={'a': AssetOut(), 'b': AssetOut()}, check_specs=[AssetCheckSpec('x', asset='a')])\ndef m():\n"
        "    return 1, 2, AssetCheckResult(passed=True)\nseen = end(m)"
    ),
    "a check of a multi-asset that it does not make": (
        "@multi_asset(outs={'a': AssetOut()}, check_specs=[AssetCheckSpec('x', asset='z')])\ndef m(): ..."
    ),
    "a check of a graph asset": GRAPH + "seen = end(a), spec(a)",
    # Several of one function
    "several checks of one function": A + B + MULTI.format("", "") + X + Y + "seen = end(a, b, m), spec(m)",
    "several checks with inputs": A + B + MULTI.format("", "a, b") + X + Y + "seen = end(a, b, m)",
    "several checks of which one is missing": A + B + MULTI.format("", "") + X + "seen = end(a, b, m)[0]",
    "several checks, some of them": A + B + MULTI.format(", can_subset=True", "") + X + "seen = end(a, b, m)",
    "several checks in a tuple": (
        A
        + B
        + MULTI.format("", "")
        + "    return AssetCheckResult(passed=True, asset_key='a'), AssetCheckResult(passed=True, asset_key='b')\nseen = end(a, b, m)"
    ),
    "several checks of which one does not say its asset": (
        A + B + MULTI.format("", "") + X + "    yield AssetCheckResult(passed=True)\nseen = end(a, b, m)[0]"
    ),
    "several checks with an input of none of them": (
        "@multi_asset_check(specs=[AssetCheckSpec('x', asset='a')])\ndef m(z): ..."
    ),
    "several checks with a renamed input": (
        A + "@multi_asset_check(specs=[AssetCheckSpec('x', asset='a')], ins={'value': AssetKey('a')})\n"
        "def m(value): yield AssetCheckResult(passed=value == 5)\nseen = end(a, m)"
    ),
    "specs that are none": "@multi_asset_check(specs=['x'])\ndef m(): ...",
    # Selecting
    "an asset brings its checks": A + B + CHECK + "seen = end(a, b, c, selection=['a'])",
    "an asset without its checks": A
    + CHECK
    + "seen = end(a, c, selection=AssetSelection.assets(a).without_checks())",
    "all assets without checks": A
    + CHECK
    + "seen = end(a, c, selection=AssetSelection.all() - AssetSelection.all_asset_checks())",
    "checks alone": (
        "@asset\ndef a(): return 5\n@asset_check(asset=a)\ndef c(): return AssetCheckResult(passed=True)\n"
        "seen = end(a, c, selection=AssetSelection.all_asset_checks())"
    ),
    "one of two checks": (
        A + "@asset_check(asset=a)\ndef c(): return AssetCheckResult(passed=True)\n"
        "@asset_check(asset=a)\ndef d(): return AssetCheckResult(passed=True)\n"
        "seen = end(a, c, d, selection=AssetSelection.checks(d)), end(a, c, d, selection=AssetSelection.checks_for_assets(a))"
    ),
    "a check that there is not": (
        A + CHECK + "materialize([a, c], selection=AssetSelection.checks(AssetCheckKey(AssetKey('a'), 'z')))"
    ),
    "two checks of one name": (
        A
        + "def one():\n    @asset_check(asset='a')\n    def c(): return AssetCheckResult(passed=True)\n    return c\n"
        "materialize([a, one(), one()])"
    ),
    # Calling them
    "calling a check": A + CHECK + "seen = c(7).passed, c(1).passed",
    "calling a check with a context": (
        "@asset_check(asset='a')\ndef c(context, a): return AssetCheckResult(passed=a == 1)\nseen = c(build_op_context(), 1).passed"
    ),
    "calling several checks": "@multi_asset_check(specs=[AssetCheckSpec('x', asset='a')])\ndef m(): yield AssetCheckResult(passed=True)\n"
    "seen = [one.passed for one in m()]",
}

PROGRAMS: dict[str, str] = {name: SAID + body for name, body in _BODIES.items()}
