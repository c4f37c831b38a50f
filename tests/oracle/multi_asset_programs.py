"""Small programs for `@multi_asset`, to be run with the names of `dagster` and with those of `nb_assets`."""

from __future__ import annotations

TWO_OUTS = "@multi_asset(outs={'a': AssetOut(), 'b': AssetOut()})\n"
TWO_SPECS = "@multi_asset(specs=[AssetSpec('a'), AssetSpec('b')])\n"
MAYBE = "@multi_asset(outs={'a': AssetOut(), 'b': AssetOut(is_required=False)})\n"
SUBSET = "@multi_asset(outs={'a': AssetOut(is_required=False), 'b': AssetOut(is_required=False)}, can_subset=True)\n"
READERS = "@asset\ndef da(a): return ('da', a)\n@asset\ndef db(b): return ('db', b)\n"

PROGRAMS: dict[str, str] = {
    # What the function gives
    "a tuple": TWO_OUTS + "def m(): return 1, 2\n" + READERS + "result = materialize([m, da, db])",
    "a list": TWO_OUTS + "def m(): return [1, 2]\nresult = materialize([m])",
    "a dict by output name": TWO_OUTS + "def m(): return {'a': 1, 'b': 2}\nresult = materialize([m])",
    "a dict where one output is declared": (
        "@multi_asset(outs={'a': AssetOut()})\ndef m(): return {'a': 1}\nresult = materialize([m])"
    ),
    "one value where one output is declared": (
        "@multi_asset(outs={'a': AssetOut()})\ndef m(): return 5\nresult = materialize([m])"
    ),
    "a tuple of one": "@multi_asset(outs={'a': AssetOut()})\ndef m(): return (5,)\nresult = materialize([m])",
    "yielded Outputs": (
        TWO_OUTS + "def m():\n    yield Output(1, 'a')\n    yield Output(2, 'b', metadata={'rows': 3})\n"
        "result = materialize([m])"
    ),
    "Outputs yielded in another order": (
        TWO_OUTS + "def m():\n    yield Output(2, 'b')\n    yield Output(1, 'a')\nresult = materialize([m])"
    ),
    "a tuple of Outputs": (
        TWO_OUTS
        + "def m(): return Output(1, metadata={'rows': 3}), Output(2, data_version=DataVersion('v'))\nresult = materialize([m])"
    ),
    "a tuple of named Outputs": (
        TWO_OUTS
        + "def m(): return Output(1, output_name='a'), Output(2, output_name='b')\nresult = materialize([m])"
    ),
    "a tuple of Outputs named in another order": (
        TWO_OUTS
        + "def m(): return Output(1, output_name='b'), Output(2, output_name='a')\nresult = materialize([m])"
    ),
    "a tuple of a value and an Output": (
        TWO_OUTS + "def m(): return 1, Output(2, metadata={'x': 1})\nresult = materialize([m])"
    ),
    "an annotated tuple": (TWO_OUTS + "def m() -> tuple[int, str]: return 1, 'x'\nresult = materialize([m])"),
    "an annotated tuple that does not hold": (
        TWO_OUTS + "def m() -> tuple[int, str]: return 1, 2\nresult = materialize([m])"
    ),
    "an annotated tuple of another length": (
        TWO_OUTS + "def m() -> tuple[int, int, int]: return 1, 2\nresult = materialize([m])"
    ),
    "annotated as one value": TWO_OUTS + "def m() -> int: return 1, 2\nresult = materialize([m])",
    "an annotated tuple of Outputs": (
        TWO_OUTS
        + "def m() -> tuple[Output[int], Output[str]]: return Output(1), Output('x')\nresult = materialize([m])"
    ),
    "a named tuple": (
        "import typing\nclass Pair(typing.NamedTuple):\n    a: int\n    b: int\n"
        + TWO_OUTS
        + "def m(): return Pair(1, 2)\nresult = materialize([m])"
    ),
    "None where values are to be": TWO_OUTS + "def m(): return None\nresult = materialize([m])",
    "a tuple that holds None": TWO_OUTS + "def m(): return None, 2\nresult = materialize([m])",
    "annotated to return None": TWO_OUTS + "def m() -> None: pass\nresult = materialize([m])",
    "too few values": TWO_OUTS + "def m(): return (1,)\nresult = materialize([m])",
    "too many values": TWO_OUTS + "def m(): return 1, 2, 3\nresult = materialize([m])",
    "one value for two": TWO_OUTS + "def m(): return 1\nresult = materialize([m])",
    "a text of two characters": TWO_OUTS + "def m(): return 'xy'\nresult = materialize([m])",
    "an output that is not declared": TWO_OUTS
    + "def m():\n    yield Output(1, 'a')\n    yield Output(1, 'c')\nresult = materialize([m])",
    "an output given twice": TWO_OUTS
    + "def m():\n    yield Output(1, 'a')\n    yield Output(2, 'a')\n    yield Output(2, 'b')\nresult = materialize([m])",
    "an output left out": TWO_OUTS + "def m():\n    yield Output(1, 'a')\nresult = materialize([m])",
    "an Output without a name": TWO_OUTS + "def m():\n    yield Output(1)\nresult = materialize([m])",
    "a plain value yielded by a multi-asset": TWO_OUTS + "def m():\n    yield 1\nresult = materialize([m])",
    "async outputs": TWO_OUTS
    + "async def m():\n    yield Output(1, 'a')\n    yield Output(2, 'b')\nresult = materialize([m])",
    "an async tuple": TWO_OUTS + "async def m(): return 1, 2\nresult = materialize([m])",
    # Results
    "results of outs": TWO_OUTS
    + "def m():\n    yield MaterializeResult(asset_key='a', metadata={'x': 1})\n    yield MaterializeResult(asset_key='b')\nresult = materialize([m])",
    "results with values": TWO_OUTS
    + "def m():\n    yield MaterializeResult(asset_key='a', value=1)\n    yield MaterializeResult(asset_key='b', value=2)\n"
    + READERS
    + "result = materialize([m, da, db])",
    "results in a tuple": TWO_SPECS
    + "def m(): return MaterializeResult(asset_key='a', metadata={'x': 1}), MaterializeResult(asset_key='b')\nresult = materialize([m])",
    "results in a list": TWO_SPECS
    + "def m(): return [MaterializeResult(asset_key='a'), MaterializeResult(asset_key='b')]\nresult = materialize([m])",
    "results in another order": TWO_SPECS
    + "def m(): return MaterializeResult(asset_key='b', metadata={'x': 2}), MaterializeResult(asset_key='a', metadata={'x': 1})\nresult = materialize([m])",
    "results without keys": TWO_SPECS
    + "def m(): return MaterializeResult(metadata={'x': 1}), MaterializeResult(metadata={'x': 2})\nresult = materialize([m])",
    "results without keys, yielded": TWO_SPECS
    + "def m():\n    yield MaterializeResult(metadata={'x': 1})\n    yield MaterializeResult(metadata={'x': 2})\nresult = materialize([m])",
    "one result of one spec": "@multi_asset(specs=[AssetSpec('a')])\ndef m(): return MaterializeResult(metadata={'x': 1})\nresult = materialize([m])",
    "a result for an asset that is not made": TWO_SPECS
    + "def m():\n    yield MaterializeResult(asset_key='a')\n    yield MaterializeResult(asset_key='q')\nresult = materialize([m])",
    "a result for one of two specs": TWO_SPECS
    + "def m():\n    yield MaterializeResult(asset_key='a')\nresult = materialize([m])",
    "a result annotated": TWO_SPECS
    + "def m() -> tuple[MaterializeResult, MaterializeResult]: return MaterializeResult(asset_key='a'), MaterializeResult(asset_key='b')\nresult = materialize([m])",
    "a result with a data version and tags": TWO_SPECS
    + "def m():\n    yield MaterializeResult(asset_key='a', data_version=DataVersion('v'), tags={'t': 'u'})\n    yield MaterializeResult(asset_key='b')\nresult = materialize([m])",
    "results with values of specs": TWO_SPECS
    + "def m():\n    yield MaterializeResult(asset_key='a', value=1)\n    yield MaterializeResult(asset_key='b', value=2)\n"
    + READERS
    + "result = materialize([m, da, db])",
    "nothing returned of specs": TWO_SPECS + "def m(): pass\nresult = materialize([m])",
    "nothing returned of one spec": "@multi_asset(specs=[AssetSpec('a')])\ndef m(): pass\nresult = materialize([m])",
    "values of specs": TWO_SPECS + "def m(): return 1, 2\nresult = materialize([m])",
    "Outputs of specs": TWO_SPECS
    + "def m():\n    yield Output(1, 'a')\n    yield Output(2, 'b')\nresult = materialize([m])",
    "Outputs of None of specs": TWO_SPECS
    + "def m():\n    yield Output(None, 'a')\n    yield Output(None, 'b')\nresult = materialize([m])",
    "a result and an Output": TWO_OUTS
    + "def m():\n    yield Output(1, 'a')\n    yield MaterializeResult(asset_key='b', value=4)\nresult = materialize([m])",
    "results whose keys have prefixes": "@multi_asset(specs=[AssetSpec(['x', 'a']), AssetSpec(['y', 'a'])])\ndef m():\n    yield MaterializeResult(asset_key=['x', 'a'])\n    yield MaterializeResult(asset_key='y/a')\nresult = materialize([m], raise_on_error=False)",
    "results by key object": "@multi_asset(specs=[AssetSpec(['x', 'a']), AssetSpec(['y', 'a'])])\ndef m():\n    for k in (['x', 'a'], ['y', 'a']):\n        yield MaterializeResult(asset_key=AssetKey(k), metadata={'p': k[0]})\nresult = materialize([m])",
    # Keys, attributes
    "keys of outs": "@multi_asset(outs={'a': AssetOut(key=['x', 'q']), 'b': AssetOut(key_prefix='y'), 'c': AssetOut(key_prefix=['p', 'q'])})\ndef m(): return 1, 2, 3\nresult = materialize([m])",
    "a key and a prefix of an out": "AssetOut(key='a', key_prefix='b')",
    "what is said of outs": "@multi_asset(outs={'a': AssetOut(description='d', metadata={'m': 1}, group_name='g', code_version='2', owners=['team:x'], tags={'t': 'u'}, kinds={'k'}), 'b': AssetOut()})\ndef m():\n    'Of m.'\n    return 1, 2\nresult = materialize([m])",
    "what is said of specs": "@multi_asset(specs=[AssetSpec('a', description='d', metadata={'m': 1}, group_name='g', code_version='2', owners=['team:x'], tags={'t': 'u'}, kinds={'k'}), AssetSpec('b')])\ndef m():\n    'Of m.'\n",
    "a group for all": "@multi_asset(outs={'a': AssetOut(), 'b': AssetOut()}, group_name='g')\ndef m(): return 1, 2",
    "a group for all specs": "@multi_asset(specs=[AssetSpec('a'), AssetSpec('b')], group_name='g')\ndef m(): pass",
    "a group for all and one of its own": "@multi_asset(outs={'a': AssetOut(group_name='h'), 'b': AssetOut()}, group_name='g')\ndef m(): return 1, 2",
    "a group for all and one of a spec": "@multi_asset(specs=[AssetSpec('a', group_name='h'), AssetSpec('b')], group_name='g')\ndef m(): pass",
    "a code version for all": "@multi_asset(outs={'a': AssetOut(), 'b': AssetOut(code_version='9')}, code_version='1')\ndef m(): return 1, 2",
    "a code version for all specs": "@multi_asset(specs=[AssetSpec('a', code_version='9'), AssetSpec('b')], code_version='1')\ndef m(): pass",
    "a description of the function": "@multi_asset(outs={'a': AssetOut(), 'b': AssetOut(description='own')}, description='all')\ndef m():\n    'Doc.'\n    return 1, 2",
    "a name of the function": "@multi_asset(name='other', outs={'a': AssetOut(), 'b': AssetOut()})\ndef m(): return 1, 2\nresult = materialize([m])",
    "a bad name of an output": "@multi_asset(outs={'a-b': AssetOut()})\ndef m(): return 1",
    "a bad group of an out": "AssetOut(group_name='a b')",
    "a bad owner of an out": "@multi_asset(outs={'a': AssetOut(owners=['x'])})\ndef m(): return 1",
    "a bad tag of an out": "@multi_asset(outs={'a': AssetOut(tags={'a b': 'c'})})\ndef m(): return 1",
    "the same key of two outs": "@multi_asset(outs={'a': AssetOut(key='x'), 'b': AssetOut(key='x')})\ndef m(): return 1, 2",
    "the same key of two specs": "@multi_asset(specs=[AssetSpec('a'), AssetSpec('a')])\ndef m(): pass",
    "neither outs nor specs": "@multi_asset()\ndef m(): pass",
    "no outs": "@multi_asset(outs={})\ndef m(): pass",
    "no specs": "@multi_asset(specs=[])\ndef m(): pass\nresult = materialize([m])",
    "outs and specs": "@multi_asset(outs={'a': AssetOut()}, specs=[AssetSpec('b')])\ndef m(): pass",
    "a list of outs": "@multi_asset(outs=['a'])\ndef m(): pass",
    "the decorator without parentheses": "@multi_asset\ndef m(): pass",
    "a type of an out that holds": "@multi_asset(outs={'a': AssetOut(dagster_type=int), 'b': AssetOut()})\ndef m(): return 1, 2\nresult = materialize([m])",
    "a type of an out that does not hold": "@multi_asset(outs={'a': AssetOut(dagster_type=int), 'b': AssetOut()})\ndef m(): return 'x', 2\nresult = materialize([m])",
    "an out of a spec": "o = AssetOut.from_spec(AssetSpec('a', group_name='g', tags={'t': 'u'}))\n@multi_asset(outs={'a': o, 'b': AssetOut()})\ndef m(): return 1, 2",
    "an out of a spec with deps": "AssetOut.from_spec(AssetSpec('a', deps=['b']))",
    "what a definition knows": TWO_OUTS
    + "def m(x): return 1, 2\nseen = [sorted(k.path for k in m.keys), sorted(n for n in m.keys_by_output_name), {n: k.path for n, k in m.keys_by_input_name.items()}, m.can_subset, sorted(k.path for k in m.dependency_keys)]",
    "the key of several": TWO_OUTS + "def m(): return 1, 2\nm.key",
    # Dependencies
    "an input of a multi-asset": "@asset\ndef x(): return 1\n"
    + TWO_OUTS
    + "def m(x): return x, x + 1\nresult = materialize([x, m])",
    "ins of a multi-asset": "@asset(key_prefix='p')\ndef x(): return 1\n@multi_asset(ins={'y': AssetIn(key=['p', 'x'])}, outs={'a': AssetOut(), 'b': AssetOut()})\ndef m(y): return y, 2\nresult = materialize([x, m])",
    "deps of a multi-asset": "@asset\ndef x(): return 1\n@multi_asset(outs={'a': AssetOut(), 'b': AssetOut()}, deps=[x])\ndef m(): return 1, 2\nresult = materialize([x, m])",
    "deps of specs": "@asset\ndef x(): return 1\n@multi_asset(specs=[AssetSpec('a', deps=[x]), AssetSpec('b', deps=['z'])])\ndef m(): pass\nresult = materialize([x, m])",
    "deps of specs and of the decorator": "@multi_asset(specs=[AssetSpec('a', deps=['x'])], deps=['y'])\ndef m(): pass",
    "deps between specs": "@multi_asset(specs=[AssetSpec('a'), AssetSpec('b', deps=['a'])])\ndef m():\n    yield MaterializeResult(asset_key='a')\n    yield MaterializeResult(asset_key='b')\nresult = materialize([m])",
    "deps between specs given in the wrong order": "@multi_asset(specs=[AssetSpec('b', deps=['a']), AssetSpec('a')])\ndef m():\n    yield MaterializeResult(asset_key='b')\n    yield MaterializeResult(asset_key='a')\nresult = materialize([m])",
    "an input that specs depend on": "@asset\ndef x(): return 7\n@multi_asset(specs=[AssetSpec('a', deps=['x']), AssetSpec('b')])\ndef m(x):\n    yield MaterializeResult(asset_key='a', metadata={'x': x})\n    yield MaterializeResult(asset_key='b')\nresult = materialize([x, m])",
    "an input that no spec depends on": "@multi_asset(specs=[AssetSpec('a')])\ndef m(x): pass",
    "internal deps": "@asset\ndef x(): return 7\n@multi_asset(outs={'a': AssetOut(), 'b': AssetOut()}, internal_asset_deps={'a': {AssetKey('x')}, 'b': {AssetKey('a')}})\ndef m(x): return x, x\nresult = materialize([x, m])",
    "internal deps of some": "@multi_asset(outs={'a': AssetOut(), 'b': AssetOut()}, internal_asset_deps={'b': {AssetKey('a')}})\ndef m(x): return x, x",
    "internal deps of an unknown output": "@multi_asset(outs={'a': AssetOut()}, internal_asset_deps={'q': {AssetKey('a')}})\ndef m(): return 1",
    "internal deps on what is no input": "@multi_asset(outs={'a': AssetOut()}, internal_asset_deps={'a': {AssetKey('q')}})\ndef m(): return 1",
    "internal deps with specs": "@multi_asset(specs=[AssetSpec('a')], internal_asset_deps={'a': {AssetKey('q')}})\ndef m(): return 1",
    "internal deps that leave an input out": "@multi_asset(outs={'a': AssetOut(), 'b': AssetOut()}, internal_asset_deps={'a': {AssetKey('x')}, 'b': {AssetKey('a')}})\ndef m(x, y): return 1, 2",
    "internal deps in a circle": "@multi_asset(outs={'a': AssetOut(), 'b': AssetOut()}, internal_asset_deps={'a': {AssetKey('b')}, 'b': {AssetKey('a')}})\ndef m(): return 1, 2\nresult = materialize([m])",
    "specs in a circle": "@multi_asset(specs=[AssetSpec('a', deps=['b']), AssetSpec('b', deps=['a'])])\ndef m(): pass\nresult = materialize([m])",
    "a multi-asset that reads one of its own": TWO_OUTS + "def m(a): return 1, 2\nresult = materialize([m])",
    "deps on a multi-asset": TWO_OUTS
    + "def m(): return 1, 2\n@asset(deps=[m])\ndef c(): return 3\nresult = materialize([m, c])",
    "two multi-assets of one chain": TWO_OUTS
    + "def m(): return 1, 2\n@multi_asset(outs={'c': AssetOut(), 'd': AssetOut()})\ndef n(a, b): return a + b, a - b\nresult = materialize([m, n])",
    "the same key in two definitions": TWO_OUTS
    + "def m(): return 1, 2\n@asset(name='a')\ndef other(): return 1\nresult = materialize([m, other])",
    # Subsets and optional outputs
    "a subset": SUBSET
    + "def m(context):\n    for k in sorted(context.selected_asset_keys): yield Output(k.path[-1], k.path[-1])\nr = materialize([m], selection='key:a')\nseen = [e.asset_key.path for e in r.get_asset_materialization_events()]",
    "a subset of required outputs": "@multi_asset(outs={'a': AssetOut(), 'b': AssetOut()}, can_subset=True)\ndef m(context):\n    for k in sorted(context.selected_asset_keys): yield Output(k.path[-1], k.path[-1])\nr = materialize([m], selection='key:a')\nseen = [e.asset_key.path for e in r.get_asset_materialization_events()]",
    "a subset of all": SUBSET
    + "def m(context):\n    assert context.selected_output_names == {'a', 'b'}, context.selected_output_names\n    for k in sorted(context.selected_asset_keys): yield Output(1, k.path[-1])\nresult = materialize([m])",
    "a subset gives what was not selected": SUBSET
    + "def m():\n    yield Output(1, 'a')\n    yield Output(2, 'b')\nr = materialize([m], selection='key:a', raise_on_error=False)\nseen = [e.asset_key.path for e in r.get_asset_materialization_events()]",
    "a subset of specs": "@multi_asset(specs=[AssetSpec('a', skippable=True), AssetSpec('b', skippable=True)], can_subset=True)\ndef m(context):\n    for k in sorted(context.selected_asset_keys): yield MaterializeResult(asset_key=k)\nr = materialize([m], selection='key:b')\nseen = [e.asset_key.path for e in r.get_asset_materialization_events()]",
    "a subset that is not declared": TWO_OUTS
    + "def m(): return 1, 2\nr = materialize([m], selection='key:a')\nseen = [e.asset_key.path for e in r.get_asset_materialization_events()]",
    "the selected outputs": SUBSET
    + "def m(context):\n    yield Output(sorted(context.selected_output_names), 'b')\nr = materialize([m], selection='key:b')\nseen = r.output_for_node('m', 'b')",
    "an optional output that is left out": MAYBE
    + "def m():\n    yield Output(1, 'a')\n"
    + READERS
    + "result = materialize([m, da, db])",
    "an optional output that is given": MAYBE
    + "def m():\n    yield Output(1, 'a')\n    yield Output(2, 'b')\n"
    + READERS
    + "result = materialize([m, da, db])",
    "an optional output as None in a tuple": MAYBE + "def m(): return 1, None\nresult = materialize([m])",
    "a skippable spec": "@multi_asset(specs=[AssetSpec('a'), AssetSpec('b', skippable=True)])\ndef m():\n    yield MaterializeResult(asset_key='a')\n@asset(deps=['b'])\ndef db(): return 1\nresult = materialize([m, db])",
    "only optional outputs and none given": SUBSET
    + "def m():\n    if False: yield\n"
    + READERS
    + "result = materialize([m, da, db])",
    # Failures
    "a failure half-way": TWO_OUTS
    + "def m():\n    yield Output(1, 'a')\n    raise ValueError('no')\n@asset\ndef db(b): return b\nr = materialize([m, db], raise_on_error=False)\nseen = [r.success, [e.asset_key.path for e in r.get_asset_materialization_events()]]",
    "what needs only what was yielded before a failure": TWO_OUTS
    + "def m():\n    yield Output(1, 'a')\n    raise ValueError('no')\n"
    + READERS
    + "r = materialize([m, da, db], raise_on_error=False)\nseen = sorted(e.asset_key.path for e in r.get_asset_materialization_events())",
    "a failure at once": TWO_OUTS
    + "def m(): raise ValueError('no')\n"
    + READERS
    + "result = materialize([m, da, db], raise_on_error=False)",
    "a retry of a multi-asset": "calls = []\n@multi_asset(outs={'a': AssetOut(), 'b': AssetOut()}, retry_policy=RetryPolicy(max_retries=2))\ndef m(context):\n    calls.append(context.retry_number)\n    if len(calls) < 2: raise ValueError('no')\n    return 1, 2\nresult = materialize([m])\nseen = calls",
    "a retry after a yield": "calls = []\n@multi_asset(outs={'a': AssetOut(), 'b': AssetOut()}, retry_policy=RetryPolicy(max_retries=2))\ndef m():\n    calls.append(1)\n    yield Output(len(calls), 'a')\n    if len(calls) < 2: raise ValueError('no')\n    yield Output(2, 'b')\nr = materialize([m])\nseen = [r.success, calls, r.output_for_node('m', 'b')]",
    # The context
    "what the context knows of several": TWO_OUTS
    + "def m(context):\n    try:\n        key = context.asset_key.path\n    except Exception:\n        key = 'several'\n    return [key, sorted(k.path for k in context.selected_asset_keys)], [context.asset_key_for_output('b').path, len(context.run_id), context.retry_number, context.op_execution_context.run_id == context.run.run_id, context.has_partition_key]\nresult = materialize([m])",
    "the context knows inputs": "@asset\ndef x(): return 1\n"
    + TWO_OUTS
    + "def m(context, x): return context.asset_key_for_input('x').path, [context.job_name is not None, context.op_def.name, context.has_tag('nope')]\nresult = materialize([x, m])",
    "output metadata of one of several": TWO_OUTS
    + "def m(context):\n    context.add_output_metadata({'rows': 3}, output_name='a')\n    context.add_output_metadata({'cols': 2}, output_name='b')\n    return 1, 2\nresult = materialize([m])",
    "output metadata without a name": TWO_OUTS
    + "def m(context):\n    context.add_output_metadata({'rows': 3})\n    return 1, 2\nresult = materialize([m])",
    "asset metadata of one of several": TWO_OUTS
    + "def m(context):\n    context.add_asset_metadata({'rows': 3}, asset_key='a')\n    return 1, 2\nresult = materialize([m])",
    "asset metadata by key object": TWO_OUTS
    + "def m(context):\n    context.add_asset_metadata({'rows': 3}, asset_key=AssetKey('b'))\n    return 1, 2\nresult = materialize([m])",
    "asset metadata of all": TWO_OUTS
    + "def m(context):\n    context.add_asset_metadata({'rows': 3})\n    return 1, 2\nresult = materialize([m])",
    "asset metadata of an unknown asset": TWO_OUTS
    + "def m(context):\n    context.add_asset_metadata({'rows': 3}, asset_key='q')\n    return 1, 2\nresult = materialize([m])",
    "output metadata and an Output of several": TWO_OUTS
    + "def m(context):\n    context.add_output_metadata({'rows': 3}, output_name='a')\n    yield Output(1, 'a', metadata={'cols': 1})\n    yield Output(2, 'b')\nresult = materialize([m])",
    # Direct calls
    "a direct call of a multi-asset": TWO_OUTS + "def m(): return 1, 2\nseen = m()",
    "a direct call of a multi-asset that yields": TWO_OUTS
    + "def m():\n    yield Output(1, 'a')\n    yield Output(2, 'b')\nseen = [o.value for o in m()]",
    "a direct call with inputs": TWO_OUTS
    + "def m(x, y): return x, y\nseen = [m(1, 2), m(x=1, y=2), m(1, y=2)]",
    "a direct call with a context of several": TWO_OUTS
    + "def m(context, x):\n    context.log.info('x')\n    return 1, x\nseen = m(build_asset_context(), 5)",
    "a direct call of results": TWO_SPECS
    + "def m():\n    yield MaterializeResult(asset_key='a')\n    yield MaterializeResult(asset_key='b')\nseen = [r.asset_key.path for r in m()]",
    "a direct call that lacks an input": TWO_OUTS + "def m(x): return 1, x\nm()",
    # Oddities
    "a context that is not first in a multi-asset": TWO_OUTS + "def m(x, context): return 1, 2",
    "an unknown argument of the decorator": "@multi_asset(outs={'a': AssetOut()}, nonsense=1)\ndef m(): return 1",
    "specs that are text": "@multi_asset(specs=['a'])\ndef m(): pass",
    "an out that is a type": "@multi_asset(outs={'a': int})\ndef m(): return 1",
    "a retry policy that is a number": "@multi_asset(outs={'a': AssetOut()}, retry_policy=3)\ndef m(): return 1",
    "a spec of the definition": TWO_OUTS
    + "def m(): return 1, 2\nseen = [s.key.path for s in m.specs], m.get_asset_spec(AssetKey('b')).key.path",
    "Out in place of AssetOut": "@multi_asset(outs={'a': Out(), 'b': Out()})\ndef m(): return 1, 2\nresult = materialize([m])",
}
