"""Small programs for `@asset`, as text, to be run with the names of `dagster` and with those of `nb_assets`.

A program defines assets, may set `result = materialize(...)`, and may put anything else that can be compared into `seen`.
"""

from __future__ import annotations

PROGRAMS: dict[str, str] = {
    # Keys and names
    "a bare decorator": "@asset\ndef trips(): return [1, 2]\nresult = materialize([trips])",
    "a decorator with empty parentheses": "@asset()\ndef trips(): return 1\nresult = materialize([trips])",
    "a name": "@asset(name='rides')\ndef trips(): return 1\nresult = materialize([trips])",
    "a key of text": "@asset(key='rides')\ndef trips(): return 1",
    "a key of a list": "@asset(key=['raw', 'rides'])\ndef trips(): return 1\nresult = materialize([trips])",
    "a key of an AssetKey": "@asset(key=AssetKey(['raw', 'rides']))\ndef trips(): return 1",
    "a key with a slash": "@asset(key='raw/rides')\ndef trips(): return 1",
    "a key with a hyphen in a list": "@asset(key=['raw-zone', 'rides'])\ndef trips(): return 1\nresult = materialize([trips])",
    "a key with a dot in a list": "@asset(key=['raw.zone', 'rides'])\ndef trips(): return 1",
    "a key prefix of text": "@asset(key_prefix='raw')\ndef trips(): return 1\nresult = materialize([trips])",
    "a key prefix of a list": "@asset(key_prefix=['lake', 'raw'])\ndef trips(): return 1",
    "a key prefix and a name": "@asset(key_prefix='raw', name='rides')\ndef trips(): return 1",
    "a key and a name": "@asset(key='rides', name='rides')\ndef trips(): return 1",
    "a key and a key prefix": "@asset(key='rides', key_prefix='raw')\ndef trips(): return 1",
    "a name with a slash": "@asset(name='raw/rides')\ndef trips(): return 1",
    "a name with a hyphen": "@asset(name='raw-rides')\ndef trips(): return 1",
    "a name with a space": "@asset(name='raw rides')\ndef trips(): return 1",
    "a name that begins with a digit": "@asset(name='2024')\ndef trips(): return 1",
    "a reserved name": "@asset(name='input')\ndef trips(): return 1",
    "a name that is a keyword": "@asset(name='class')\ndef trips(): return 1",
    "an empty name": "@asset(name='')\ndef trips(): return 1",
    "a lambda": "trips = asset(lambda: 1)",
    "a lambda with a name": "trips = asset(name='trips')(lambda: 1)\nresult = materialize([trips])",
    "asset keys compare": (
        "seen = [AssetKey('a') == AssetKey(['a']), AssetKey(['a', 'b']).to_user_string(), AssetKey(['a', 'b']).path,"
        " AssetKey.from_user_string('a/b') == AssetKey(['a', 'b']), AssetKey(['a', 'b']).has_prefix(['a']),"
        " AssetKey(['a', 'b']).to_python_identifier(), AssetKey('b').with_prefix('a').path, hash(AssetKey('a')) =="
        " hash(AssetKey(['a'])), AssetKey(['a', 'b']).parts]"
    ),
    "an asset key of a number": "AssetKey(3)",
    "an asset key with a slash in a part": "seen = AssetKey(['a/b']).path",
    # Inputs
    "an input by argument name": (
        "@asset\ndef a(): return 2\n@asset\ndef b(a): return a + 1\nresult = materialize([a, b])"
    ),
    "definitions in the wrong order": (
        "@asset\ndef b(a): return a + 1\n@asset\ndef a(): return 2\nresult = materialize([b, a])"
    ),
    "a diamond": (
        "@asset\ndef a(): return 1\n@asset\ndef b(a): return a + 1\n@asset\ndef c(a): return a * 10\n"
        "@asset\ndef d(b, c): return (b, c)\nresult = materialize([a, b, c, d])"
    ),
    "ins with a key": (
        "@asset(key_prefix='raw')\ndef a(): return 2\n"
        "@asset(ins={'x': AssetIn(key=['raw', 'a'])})\ndef b(x): return x + 1\nresult = materialize([a, b])"
    ),
    "ins with a key of text": (
        "@asset\ndef a(): return 2\n@asset(ins={'x': AssetIn('a')})\ndef b(x): return x + 1\nresult = materialize([a, b])"
    ),
    "ins with a key prefix": (
        "@asset(key_prefix='raw')\ndef a(): return 2\n"
        "@asset(ins={'a': AssetIn(key_prefix='raw')})\ndef b(a): return a + 1\nresult = materialize([a, b])"
    ),
    "ins with a key and a key prefix": "AssetIn(key='a', key_prefix='raw')",
    "ins that names no argument": "@asset(ins={'y': AssetIn('a')})\ndef b(x): return x",
    "ins into keyword arguments": (
        "@asset\ndef a(): return 2\n@asset\ndef c(): return 5\n"
        "@asset(ins={'a': AssetIn(), 'c': AssetIn()})\ndef b(**upstream): return sorted(upstream.items())\n"
        "result = materialize([a, b, c])"
    ),
    "ins with metadata": "@asset(ins={'x': AssetIn('a', metadata={'columns': ['p']})})\ndef b(x): return x",
    "the key prefix is not that of its inputs": "@asset(key_prefix='raw')\ndef b(a): return a",
    "positional catch-all arguments": "@asset\ndef b(*args): return 1",
    "positional-only arguments": "@asset\ndef b(a, /): return 1",
    "an asset that reads itself": "@asset\ndef a(a): return 1\nresult = materialize([a])",
    "an asset with itself in deps": "@asset(deps=['a'])\ndef a(): return 1\nresult = materialize([a])",
    "a circle": "@asset\ndef a(b): return 1\n@asset\ndef b(a): return 1\nresult = materialize([a, b])",
    "an input that nothing makes": "@asset\ndef b(nothing): return 1\nresult = materialize([b])",
    "a default value of an input": "@asset\ndef b(a=3): return a",
    # Deps
    "deps of text": "@asset\ndef a(): return 1\n@asset(deps=['a'])\ndef b(): return 2\nresult = materialize([a, b])",
    "deps of definitions": "@asset\ndef a(): return 1\n@asset(deps=[a])\ndef b(): return 2\nresult = materialize([a, b])",
    "deps of keys and lists": "@asset(deps=[AssetKey(['x', 'a']), ['y', 'b']])\ndef b(): return 2",
    "deps of AssetDep": "@asset(deps=[AssetDep('a')])\ndef b(): return 2",
    "deps of AssetSpec": "@asset(deps=[AssetSpec(['x', 'a'])])\ndef b(): return 2",
    "deps that nothing makes": "@asset(deps=['elsewhere'])\ndef b(): return 2\nresult = materialize([b])",
    "deps with a slash": "@asset(deps=['x/a'])\ndef b(): return 2",
    "deps given twice": "@asset(deps=['a', 'a'])\ndef b(): return 2",
    "deps that are one text": "@asset(deps='abc')\ndef b(): return 2",
    "deps of a number": "@asset(deps=[3])\ndef b(): return 2",
    "the same asset in deps and as an argument": (
        "@asset\ndef a(): return 1\n@asset(deps=[a])\ndef b(a): return a\nresult = materialize([a, b])"
    ),
    "the deps of a spec hold its inputs": (
        "@asset(deps=['c'])\ndef b(a): return 1\nseen = sorted(dep.asset_key.path for dep in b.specs_by_key[b.key].deps)"
    ),
    # What is said of an asset
    "a group": "@asset(group_name='metrics')\ndef a(): return 1",
    "a group with a slash": "@asset(group_name='marketing/daily')\ndef a(): return 1",
    "a group with a hyphen": "@asset(group_name='bad-group')\ndef a(): return 1",
    "an empty group": "@asset(group_name='')\ndef a(): return 1",
    "a docstring": "@asset\ndef a():\n    '''What it is.\n\n    And more.\n    '''\n    return 1",
    "a description before a docstring": "@asset(description='given')\ndef a():\n    'doc'\n    return 1",
    "metadata of a definition": "@asset(metadata={'a': 1, 'b': 'x', 'c': [1], 'd': {'k': 2}})\ndef a(): return 1",
    "typed metadata of a definition": "@asset(metadata={'a': MetadataValue.md('*x*'), 'b': MetadataValue.int(3)})\ndef a(): return 1",
    "tags": "@asset(tags={'layer': 'gold', 'team.x/y': 'z', 'flag': ''})\ndef a(): return 1",
    "a tag value of a number": "@asset(tags={'layer': 3})\ndef a(): return 1",
    "a tag key with a space": "@asset(tags={'my layer': 'x'})\ndef a(): return 1",
    "a long tag key": "@asset(tags={'k' * 64: 'x'})\ndef a(): return 1",
    "a tag value with a space": "@asset(tags={'layer': 'very good'})\ndef a(): return 1",
    "owners": "@asset(owners=['ada@example.com', 'team:metrics'])\ndef a(): return 1\nseen = list(a.specs_by_key[a.key].owners)",
    "an owner that is no address": "@asset(owners=['ada'])\ndef a(): return 1",
    "an empty team": "@asset(owners=['team:'])\ndef a(): return 1",
    "kinds": "@asset(kinds={'pandas', 'table'})\ndef a(): return 1\nseen = sorted(a.specs_by_key[a.key].kinds)",
    "eleven kinds": "@asset(kinds={f'k{i}' for i in range(11)})\ndef a(): return 1",
    "three kinds and a kind tag": "@asset(kinds={'x'}, tags={'dagster/kind/y': ''})\ndef a(): return 1",
    "a code version": "@asset(code_version='7')\ndef a(): return 1\nseen = a.specs_by_key[a.key].code_version",
    "a code version of a number": "@asset(code_version=7)\ndef a(): return 1",
    "an unknown parameter": "@asset(groupname='x')\ndef a(): return 1",
    "a spec": (
        "s = AssetSpec('a', deps=['b'], description='d', metadata={'m': 1}, group_name='g', code_version='2',"
        " owners=['team:x'], tags={'t': 'u'}, kinds={'k'})\n"
        "seen = [s.key.path, [d.asset_key.path for d in s.deps], s.description, dict(s.metadata), s.group_name,"
        " s.code_version, list(s.owners), dict(s.tags), sorted(s.kinds)]"
    ),
    "a spec with attributes replaced": (
        "s = AssetSpec('a', tags={'t': 'u'}, kinds={'k'}).replace_attributes(key='b', group_name='g', tags={'v': 'w'}, kinds={'z'})\n"
        "seen = [s.key.path, s.group_name, dict(s.tags), sorted(s.kinds)]"
    ),
    "a spec with attributes merged": (
        "s = AssetSpec('a', metadata={'m': 1}, tags={'t': 'u'}, owners=['team:x'], kinds={'k'}).merge_attributes("
        "metadata={'n': 2}, tags={'v': 'w'}, owners=['team:y'], kinds={'z'}, deps=['q'])\n"
        "seen = [dict(s.metadata), dict(s.tags), list(s.owners), sorted(s.kinds), [d.asset_key.path for d in s.deps]]"
    ),
    # Values, outputs and materializations
    "None as a value": "@asset\ndef a(): return None\n@asset\ndef b(a): return a is None\nresult = materialize([a, b])",
    "a function annotated to return None": "@asset\ndef a() -> None: pass\n@asset(deps=[a])\ndef b(): return 3\nresult = materialize([a, b])",
    "an argument whose asset returns None by annotation": (
        "@asset\ndef a() -> None: pass\n@asset\ndef b(a): return a\nresult = materialize([a, b])"
    ),
    "an Output": "@asset\ndef a(): return Output(5, metadata={'rows': 3, 'share': 0.5, 'ok': True, 'name': 'x'})\nresult = materialize([a])",
    "an Output with a data version": "@asset\ndef a(): return Output(5, data_version=DataVersion('v1'))\nresult = materialize([a])",
    "an Output with a data version of text": "@asset\ndef a(): return Output(5, data_version='v1')\nresult = materialize([a])",
    "an Output with tags": "@asset\ndef a(): return Output(5, tags={'t': 'u'})\nresult = materialize([a])",
    "an annotated Output": "@asset\ndef a() -> Output[int]: return Output(5)\nresult = materialize([a])",
    "an Output of another name": "@asset\ndef a(): return Output(5, output_name='b')\nresult = materialize([a])",
    "a yielded Output": "@asset\ndef a():\n    yield Output(5, metadata={'rows': 3})\nresult = materialize([a])",
    "two yielded Outputs": "@asset\ndef a():\n    yield Output(5)\n    yield Output(6)\nresult = materialize([a])",
    "nothing yielded": "@asset\ndef a():\n    if False:\n        yield\nresult = materialize([a])",
    "nothing yielded where none is required": (
        "@asset(output_required=False)\ndef a():\n    if False:\n        yield Output(1)\n"
        "@asset\ndef b(a): return a\n@asset\ndef c(): return 1\nresult = materialize([a, b, c])"
    ),
    "a plain value yielded": "@asset\ndef a():\n    yield 5\nresult = materialize([a])",
    "a MaterializeResult": "@asset\ndef a(): return MaterializeResult(metadata={'rows': 3})\nresult = materialize([a])",
    "an annotated MaterializeResult": "@asset\ndef a() -> MaterializeResult: return MaterializeResult(metadata={'rows': 3})\nresult = materialize([a])",
    "a MaterializeResult with a value": (
        "@asset\ndef a(): return MaterializeResult(value=4, metadata={'rows': 3}, tags={'t': 'u'})\n"
        "@asset\ndef b(a): return a + 1\nresult = materialize([a, b])"
    ),
    "a MaterializeResult read by an argument": (
        "@asset\ndef a(): return MaterializeResult()\n@asset\ndef b(a): return a\nresult = materialize([a, b])"
    ),
    "a MaterializeResult for itself by key": "@asset\ndef a(): return MaterializeResult(asset_key='a')\nresult = materialize([a])",
    "a MaterializeResult for another key": "@asset\ndef a(): return MaterializeResult(asset_key='b')\nresult = materialize([a])",
    "a yielded MaterializeResult": "@asset\ndef a():\n    yield MaterializeResult(metadata={'rows': 3})\nresult = materialize([a])",
    "a MaterializeResult with a data version": "@asset\ndef a(): return MaterializeResult(data_version=DataVersion('v'))\nresult = materialize([a])",
    "a return annotation that holds": "@asset\ndef a() -> int: return 5\nresult = materialize([a])",
    "a return annotation that does not hold": "@asset\ndef a() -> int: return 'x'\nresult = materialize([a])",
    "a return annotation of a list that does not hold": "@asset\ndef a() -> list[int]: return ['x']\nresult = materialize([a])",
    "a return annotation of a dict that holds": "@asset\ndef a() -> dict: return {1: 2}\nresult = materialize([a])",
    "a return annotation of an optional": "@asset\ndef a() -> Optional[int]: return None\nresult = materialize([a])",
    "a return annotation of a class": (
        "class Model: pass\n@asset\ndef a() -> Model: return 3\nresult = materialize([a])"
    ),
    "an argument annotation that does not hold": (
        "@asset\ndef a(): return 'x'\n@asset\ndef b(a: int): return a\nresult = materialize([a, b])"
    ),
    "a float annotation of a whole number": "@asset\ndef a() -> float: return 1\nresult = materialize([a])",
    "an async asset": "@asset\nasync def a(): return 5\n@asset\ndef b(a): return a + 1\nresult = materialize([a, b])",
    "an async generator": "@asset\nasync def a():\n    yield Output(5)\nresult = materialize([a])",
    "metadata of every plain type": (
        "import datetime, pathlib\n@asset\ndef a(): return Output(1, metadata={'i': 1, 'f': 1.5, 'b': True, 's': 'x', 'n': None,"
        " 'l': [1, 2], 'd': {'a': 1}, 'p': pathlib.PurePosixPath('a/b'), 'k': AssetKey('q'),"
        " 't': datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc)})\nresult = materialize([a])"
    ),
    "metadata of every typed kind": (
        "@asset\ndef a(): return Output(1, metadata={'text': MetadataValue.text('x'), 'url': MetadataValue.url('https://e.org'),"
        " 'path': MetadataValue.path('a/b'), 'md': MetadataValue.md('*x*'), 'json': MetadataValue.json({'a': [1]}),"
        " 'int': MetadataValue.int(1), 'float': MetadataValue.float(1.5), 'bool': MetadataValue.bool(True),"
        " 'null': MetadataValue.null(), 'timestamp': MetadataValue.timestamp(5.0), 'asset': MetadataValue.asset(AssetKey('q')),"
        " 'notebook': MetadataValue.notebook('n.ipynb')})\nresult = materialize([a])"
    ),
    "metadata of an unknown type": "@asset\ndef a(): return Output(1, metadata={'x': object()})\nresult = materialize([a])",
    "metadata of a complex number": "@asset\ndef a(): return MaterializeResult(metadata={'x': 1j})\nresult = materialize([a])",
    "a datetime without a time zone": "import datetime\nMetadataValue.timestamp(datetime.datetime(2024, 1, 1))",
    # The context
    "a context by name": "@asset\ndef a(context): return context.asset_key.path\nresult = materialize([a])",
    "a context by annotation": (
        "@asset\ndef a(ctx: AssetExecutionContext): return ctx.asset_key.path\nresult = materialize([a])"
    ),
    "a context and an input": (
        "@asset\ndef a(): return 2\n@asset\ndef b(context, a): return [a, context.asset_key.path]\nresult = materialize([a, b])"
    ),
    "a context that is not first": "@asset\ndef b(a, context): return a",
    "a context called underscore": "@asset\ndef a(_): return 1\nresult = materialize([a])",
    "output metadata": (
        "@asset\ndef a(context):\n    context.add_output_metadata({'rows': 3})\n    return 1\nresult = materialize([a])"
    ),
    "output metadata and an Output": (
        "@asset\ndef a(context):\n    context.add_output_metadata({'rows': 3})\n    return Output(1, metadata={'cols': 2})\nresult = materialize([a])"
    ),
    "output metadata twice": (
        "@asset\ndef a(context):\n    context.add_output_metadata({'rows': 3})\n    context.add_output_metadata({'cols': 2})\n    return 1\nresult = materialize([a])"
    ),
    "output metadata and a MaterializeResult": (
        "@asset\ndef a(context):\n    context.add_output_metadata({'rows': 3})\n    return MaterializeResult(metadata={'cols': 2})\nresult = materialize([a])"
    ),
    "output metadata of an unknown output": (
        "@asset\ndef a(context):\n    context.add_output_metadata({'rows': 3}, output_name='b')\n    return 1\nresult = materialize([a])"
    ),
    "asset metadata": (
        "@asset\ndef a(context):\n    context.add_asset_metadata({'rows': 3})\n    return 1\nresult = materialize([a])"
    ),
    "what the context knows": (
        "@asset(code_version='3', group_name='g')\ndef a(context):\n"
        "    context.log.info('hello'); context.log.warning('w %s', 1)\n"
        "    return [context.asset_key.path, len(context.run.run_id) == 36, context.run_id == context.run.run_id,"
        " context.has_partition_key, sorted(k.path for k in context.selected_asset_keys), context.retry_number,"
        " context.assets_def.key.path, context.asset_key_for_output().path, context.op_execution_context is not None]\n"
        "result = materialize([a])"
    ),
    "the run id is one for all": (
        "@asset\ndef a(context): return context.run_id\n@asset\ndef b(context, a): return context.run_id == a\n"
        "result = materialize([a, b])\nseen = result.output_for_node('b')\nresult = None"
    ),
    # Direct calls
    "a direct call": "@asset\ndef a(): return 2\n@asset\ndef b(a): return a + 1\nseen = b(a())",
    "a direct call with keywords": "@asset\ndef b(a, c): return a + c\nseen = [b(1, 2), b(a=1, c=2), b(1, c=2)]",
    "a direct call without a required argument": "@asset\ndef b(a): return a\nb()",
    "a direct call with one too many": "@asset\ndef b(a): return a\nb(1, 2)",
    "a direct call with an unknown keyword": "@asset\ndef b(a): return a\nb(c=1)",
    "a direct call with a context": (
        "@asset\ndef b(context, a):\n    context.log.info('x')\n    return a\nseen = b(build_asset_context(), 1)"
    ),
    "a direct call with a context by keyword": "@asset\ndef b(context, a): return a\nseen = b(context=build_asset_context(), a=1)",
    "a direct call without its context": "@asset\ndef b(context): return 1\nb()",
    "a direct call of an Output": "@asset\ndef b(): return Output(4, metadata={'x': 1})\nseen = b().value",
    "a direct call of a MaterializeResult": "@asset\ndef b(): return MaterializeResult(metadata={'x': 1})\nseen = sorted(b().metadata)",
    "metadata in a direct call": (
        "@asset\ndef b(context):\n    context.add_output_metadata({'rows': 3})\n    return 1\n"
        "c = build_asset_context()\nb(c)\nseen = sorted(c.get_output_metadata('result'))"
    ),
    # Failures and retries
    "an error": "@asset\ndef a(): raise ValueError('no')\nresult = materialize([a], raise_on_error=False)",
    "an error that is raised": "@asset\ndef a(): raise ValueError('no')\nmaterialize([a])",
    "an error leaves unrelated branches": (
        "@asset\ndef a(): raise ValueError('no')\n@asset\ndef b(a): return a\n@asset\ndef c(): return 3\n"
        "@asset\ndef d(c): return c + 1\nresult = materialize([a, b, c, d], raise_on_error=False)"
    ),
    "a retry policy that helps": (
        "calls = []\n@asset(retry_policy=RetryPolicy(max_retries=2))\ndef a(context):\n    calls.append(context.retry_number)\n"
        "    if len(calls) < 3: raise ValueError('no')\n    return 1\nresult = materialize([a])\nseen = calls"
    ),
    "a retry policy that does not help": (
        "calls = []\n@asset(retry_policy=RetryPolicy(max_retries=1))\ndef a():\n    calls.append(1)\n    raise ValueError('no')\n"
        "result = materialize([a], raise_on_error=False)\nseen = calls"
    ),
    "a retry that is asked for": (
        "calls = []\n@asset\ndef a():\n    calls.append(1)\n    if len(calls) < 3: raise RetryRequested(max_retries=2)\n"
        "    return 1\nresult = materialize([a])\nseen = calls"
    ),
    "a retry asked for too often": (
        "calls = []\n@asset\ndef a():\n    calls.append(1)\n    raise RetryRequested(max_retries=1)\n"
        "result = materialize([a], raise_on_error=False)\nseen = calls"
    ),
    "a Failure is retried": (
        "calls = []\n@asset(retry_policy=RetryPolicy(max_retries=1))\ndef a():\n    calls.append(1)\n    raise Failure('no')\n"
        "result = materialize([a], raise_on_error=False)\nseen = calls"
    ),
    "a Failure that allows no retries": (
        "calls = []\n@asset(retry_policy=RetryPolicy(max_retries=3))\ndef a():\n    calls.append(1)\n"
        "    raise Failure('no', metadata={'x': 1}, allow_retries=False)\n"
        "result = materialize([a], raise_on_error=False)\nseen = calls"
    ),
    "delays of a retry policy": (
        "p = RetryPolicy(max_retries=4, delay=0.5, backoff=Backoff.EXPONENTIAL)\nq = RetryPolicy(delay=2, backoff=Backoff.LINEAR)\n"
        "seen = [[p.calculate_delay(n) for n in (1, 2, 3)], [q.calculate_delay(n) for n in (1, 2, 3)],"
        " RetryPolicy(delay=3).calculate_delay(2), RetryPolicy().max_retries, RetryPolicy().calculate_delay(1)]"
    ),
    "a backoff without a delay": "RetryPolicy(backoff=Backoff.LINEAR)",
    "a jitter without a delay": "RetryPolicy(jitter=Jitter.FULL)",
    "retries of text": "RetryPolicy(max_retries='3')",
    "a retry policy of a number": "@asset(retry_policy=3)\ndef a(): return 1",
    # Runs
    "the same key twice": "@asset\ndef a(): return 1\n@asset(name='a')\ndef b(): return 2\nresult = materialize([a, b])",
    "the same definition twice": "@asset\ndef a(): return 1\nresult = materialize([a, a])",
    "something that is no asset": "materialize([3])",
    "nothing at all": "materialize([])",
    "a spec of an asset made elsewhere": (
        "@asset(deps=['q'])\ndef a(): return 1\nresult = materialize([a, AssetSpec('q')])"
    ),
    "the output of an unknown node": "@asset\ndef a(): return 1\nmaterialize([a]).output_for_node('b')",
    "an output of an unknown name": "@asset\ndef a(): return 1\nmaterialize([a]).output_for_node('a', 'x')",
    "the value of an asset": (
        "@asset(key_prefix='x')\ndef a(): return 4\nr = materialize([a])\nseen = [r.asset_value(AssetKey(['x', 'a'])), r.asset_value(['x', 'a'])]"
    ),
    "a run always runs": (
        "calls = []\n@asset\ndef a():\n    calls.append(1)\n    return 1\nmaterialize([a])\nmaterialize([a])\nseen = calls"
    ),
    "a selection of a run": (
        "@asset\ndef a(): return 1\n@asset\ndef b(): return 2\nr = materialize([a, b], selection=[b])\n"
        "seen = [e.asset_key.path for e in r.get_asset_materialization_events()]"
    ),
    "a selection of a run by text": (
        "@asset\ndef a(): return 1\n@asset\ndef b(): return 2\nr = materialize([a, b], selection='key:b')\n"
        "seen = [e.asset_key.path for e in r.get_asset_materialization_events()]"
    ),
    "tags of a run": (
        "@asset\ndef a(context): return context.run.tags['who']\nr = materialize([a], tags={'who': 'ada'})\nseen = r.output_for_node('a')"
    ),
    "the order of materializations": (
        "@asset\ndef c(b): return 1\n@asset\ndef b(a): return 1\n@asset\ndef a(): return 1\n"
        "r = materialize([c, a, b])\nseen = [e.asset_key.path for e in r.get_asset_materialization_events()]"
    ),
    "mutation is seen downstream or not": (
        "@asset\ndef a(): return [1]\n@asset\ndef b(a):\n    a.append(2)\n    return a\n@asset(deps=[b])\ndef c(a): return a\n"
        "result = materialize([a, b, c])"
    ),
    # Annotations, tags and names once more
    "a function annotated to return None that returns something": "@asset\ndef a() -> None: return 3\nresult = materialize([a], raise_on_error=False)\nseen = result.success\nresult = None",
    "a return annotation of an Output that does not hold": "@asset\ndef a() -> Output[int]: return Output('x')\nresult = materialize([a])",
    "a return annotation with a union": "@asset\ndef a() -> 'int | None': return None\nresult = materialize([a])",
    "a return annotation of a tuple": "@asset\ndef a() -> tuple[int, str]: return (1, 'x')\nresult = materialize([a])",
    "a return annotation of a dict that does not hold": "@asset\ndef a() -> dict[str, int]: return {'x': 'y'}\nresult = materialize([a])",
    "a bool for a whole number": "@asset\ndef a() -> int: return True\nresult = materialize([a])",
    "an Output where a plain type is annotated": "@asset\ndef a() -> int: return Output(5)\nresult = materialize([a])",
    "an Output tag with a space": "@asset\ndef a(): return Output(1, tags={'t': 'a b'})\nresult = materialize([a])",
    "a result whose tags are numbers": "@asset\ndef a(): return MaterializeResult(tags={'t': 3})\nresult = materialize([a])",
    "a name with a dot": "@asset(name='raw.rides')\ndef trips(): return 1",
    "a name of a reserved word in a key": "@asset(key=['input', 'x'])\ndef trips(): return 1",
    "an AssetDep twice": "@asset(deps=[AssetDep('a'), 'a'])\ndef b(): return 2",
    "an error after a yield": (
        "@asset\ndef a():\n    yield Output(1)\n    raise ValueError('late')\n@asset\ndef b(a): return a\n"
        "result = materialize([a, b], raise_on_error=False)\nseen = result.success\nresult = None"
    ),
    "a data version of a number": "DataVersion(3)",
    "a decorated definition decorated again": "@asset\n@asset\ndef a(): return 1",
    "a class as an asset": "@asset\nclass a: pass",
    "a call of an asset inside another": (
        "@asset\ndef a(): return 2\n@asset\ndef b(): return a() + 1\nresult = materialize([b])"
    ),
    "a nested list of definitions": "@asset\ndef a(): return 1\nresult = materialize([[a]])",
    "a run of one definition": "@asset\ndef a(): return 1\nresult = materialize(a)",
    "a default for an input that nothing makes": "@asset\ndef b(a=3): return a\nresult = materialize([b])",
    "a default for an input that is made": "@asset\ndef a(): return 1\n@asset\ndef b(a=3): return a\nresult = materialize([a, b])",
    "an annotated context": "@asset\ndef a(context: AssetExecutionContext) -> str: return context.asset_key.to_user_string()\nresult = materialize([a])",
    "a selection without what it reads": (
        "@asset\ndef a(): return 1\n@asset\ndef b(a): return 2\nr = materialize([a, b], selection=[b])\n"
        "seen = [e.asset_key.path for e in r.get_asset_materialization_events()]"
    ),
    "kinds as a list": "@asset(kinds=['pandas', 'table'])\ndef a(): return 1",
    "an owner twice": "@asset(owners=['team:x', 'team:x'])\ndef a(): return 1",
    "metadata of a definition that cannot be shown": "@asset(metadata={'x': object})\ndef a(): return 1\nresult = materialize([a])",
    "ins of a plain key": "@asset\ndef a(): return 1\n@asset(ins={'x': AssetKey('a')})\ndef b(x): return x\nresult = materialize([a, b])",
    "a NumPy number as metadata": "import numpy\n@asset\ndef a(): return Output(1, metadata={'x': numpy.int64(3)})\nresult = materialize([a])",
    "a NumPy number for a whole number": "import numpy\n@asset\ndef a() -> int: return numpy.int64(3)\nresult = materialize([a])",
    "a tuple as metadata": "@asset\ndef a(): return Output(1, metadata={'x': (1, 2)})\nresult = materialize([a])",
    "metadata that is not JSON": "@asset\ndef a(): return Output(1, metadata={'x': {'k': object()}})\nresult = materialize([a])",
    "a metadata name that is no text": "@asset\ndef a(): return Output(1, metadata={3: 1})\nresult = materialize([a])",
    "an infinite number as metadata": "@asset\ndef a(): return Output(1, metadata={'x': float('inf')})\nresult = materialize([a])",
}
