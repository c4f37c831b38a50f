"""Programs about loading modules, selecting, gathering definitions and running jobs, for both libraries."""

from __future__ import annotations

_M = "m = module('m', '''{}''')\n"
_A = "@asset\ndef a(): return 1\n"
_AB = _A + "@asset\ndef b(a): return a + 1\n"


def _loads(source: str, arguments: str = "") -> str:
    return f"m = module('m', '''{source}''')\nseen = told(load_assets_from_modules([m]{', ' if arguments else ''}{arguments}))"


LOADING: dict[str, str] = {
    "a module": _loads(_AB),
    "a module without assets": _loads("x = 1"),
    "assets come by name": _loads("@asset\ndef z(): return 1\n@asset\ndef a(z): return 1\n"),
    "a list of assets": _loads("made = [asset(name=f'x{i}')(lambda: 1) for i in range(3)]"),
    "a tuple of assets": _loads("made = tuple(asset(name=f'x{i}')(lambda: 1) for i in range(3))"),
    "a list of assets and others": _loads(_A + "made = [asset(name='x')(lambda: 1), 3]"),
    "an empty list": _loads(_A + "made = []"),
    "a list with what is named too": _loads(_AB + "made = [a, b]"),
    "a dict of assets": _loads("made = {'x': asset(name='x')(lambda: 1)}"),
    "a nested list of assets": _loads("made = [[asset(name='x')(lambda: 1)]]"),
    "an asset under two names": _loads(_A + "again = a"),
    "a private name": _loads("@asset\ndef _hidden(): return 1\n"),
    "two definitions of a key in a module": _loads(_A + "c = asset(name='a')(lambda: 2)"),
    "a group": _loads(_AB, "group_name='g'"),
    "a group of groups": _loads(_AB, "group_name='g/h'"),
    "a group that is none": _loads(_AB, "group_name='g-h'"),
    "a group where one has the same": _loads("@asset(group_name='g')\ndef a(): return 1\n", "group_name='g'"),
    "a group where one has another": _loads("@asset(group_name='h')\ndef a(): return 1\n", "group_name='g'"),
    "a group where one has the default by name": _loads(
        "@asset(group_name='default')\ndef a(): return 1\n", "group_name='g'"
    ),
    "a group is kept without one given": _loads("@asset(group_name='h')\ndef a(): return 1\n"),
    "a key prefix": _loads(_AB, "key_prefix='p'"),
    "a key prefix of a list": _loads(_AB, "key_prefix=['p', 'q']"),
    "a key prefix with a slash": _loads(_AB, "key_prefix='p/q'"),
    "a key prefix that is a number": _loads(_AB, "key_prefix=3"),
    "a key prefix leaves what is not loaded": _loads(
        "@asset\ndef b(elsewhere): return 1\n", "key_prefix='p'"
    ),
    "a key prefix follows deps": _loads(_A + "@asset(deps=[a])\ndef b(): return 1\n", "key_prefix='p'"),
    "a key prefix before a key prefix": _loads(
        "@asset(key_prefix='q')\ndef a(): return 1\n", "key_prefix='p'"
    ),
    "a key prefix of a multi-asset": _loads(
        "@multi_asset(outs={'x': AssetOut(), 'y': AssetOut()})\ndef xy(): return 1, 2\n@asset\ndef z(x): return x\n",
        "key_prefix='p'",
    ),
    "a key prefix of inner deps": _loads(
        "@multi_asset(specs=[AssetSpec('x'), AssetSpec('y', deps=['x', 'w'])])\ndef xy(): pass\n",
        "key_prefix='p'",
    ),
    "a key prefix of a graph asset": _loads(
        _A + "@op\ndef one(n): return n\n@graph_asset\ndef g(a): return one(a)\n",
        "key_prefix='p', group_name='g'",
    ),
    "a group of a multi-asset with its own": _loads(
        "@multi_asset(outs={'x': AssetOut(group_name='h'), 'y': AssetOut()})\ndef xy(): return 1, 2\n",
        "group_name='g'",
    ),
    "specs are left out": _loads(_A + "s = AssetSpec('s')"),
    "specs are included": _loads(_A + "s = AssetSpec('s')", "include_specs=True"),
    "a list of specs and assets": _loads("made = [asset(name='x')(lambda: 1), AssetSpec('s')]"),
    "a list of specs and assets, included": _loads(
        "made = [asset(name='x')(lambda: 1), AssetSpec('s')]", "include_specs=True"
    ),
    "specs with a group": _loads("s = AssetSpec('s')", "include_specs=True, group_name='g'"),
    "specs with another group": _loads(
        "s = AssetSpec('s', group_name='h')", "include_specs=True, group_name='g'"
    ),
    "specs and a key prefix": _loads(
        "s = AssetSpec('s')\n@asset\ndef a(): return 1\n", "include_specs=True, key_prefix='p'"
    ),
    "specs and a source key prefix": _loads(
        "s = AssetSpec('s')\n@asset(deps=['s'])\ndef a(): return 1\n",
        "include_specs=True, source_key_prefix='p'",
    ),
    "specs left out and a source key prefix": _loads(
        "s = AssetSpec('s')\n@asset(deps=['s'])\ndef a(): return 1\n", "source_key_prefix='p'"
    ),
    "specs, read, and a key prefix": _loads(
        "s = AssetSpec('s')\n@asset(deps=['s'])\ndef a(): return 1\n", "include_specs=True, key_prefix='p'"
    ),
    "specs, read, and both prefixes": _loads(
        "s = AssetSpec('s')\n@asset\ndef a(s): return 1\n",
        "include_specs=True, key_prefix='p', source_key_prefix='q'",
    ),
    "a spec of a key that is made": _loads(_A + "s = AssetSpec('a')", "include_specs=True"),
    "a spec of a key that is made, left out": _loads(_A + "s = AssetSpec('a')"),
    "equal specs": _loads("s = AssetSpec('s')\nt = AssetSpec('s')", "include_specs=True"),
    "specs that differ": _loads(
        "s = AssetSpec('s')\nt = AssetSpec('s', description='d')", "include_specs=True"
    ),
    "two modules": (
        f"m = module('m', '''{_A}''')\nn = module('n', '@asset\\ndef b(a): return 1')\n"
        "seen = told(load_assets_from_modules([n, m], group_name='g', key_prefix='p'))"
    ),
    "two modules that share an asset": (
        f"m = module('m', '''{_A}''')\nn = module('n', 'from m import a\\n@asset\\ndef b(a): return 1')\n"
        "seen = told(load_assets_from_modules([m, n]))"
    ),
    "two modules with a key of their own each": (
        f"m = module('m', '''{_A}''')\nn = module('n', '''{_A}''')\nload_assets_from_modules([m, n])"
    ),
    "the same module twice": f"m = module('m', '''{_A}''')\nseen = told(load_assets_from_modules([m, m]))",
    "what is no module": "load_assets_from_modules(['m'])",
    "a module that is not in a list": f"m = module('m', '''{_A}''')\nload_assets_from_modules(m)",
    "the originals stay as they were": (
        f"m = module('m', '''{_A}''')\nload_assets_from_modules([m], group_name='g', key_prefix='p')\nseen = told([m.a])"
    ),
    "a package": (
        "p = package('pack', {'one.py': '@asset\\ndef a(): return 1', 'sub/__init__.py': '', "
        "'sub/two.py': '@asset\\ndef b(a): return 1', '__init__.py': '@asset\\ndef top(): return 1'})\n"
        "seen = told(load_assets_from_package_module(p, group_name='g', key_prefix='p'))"
    ),
    "a package by name": (
        "package('pack', {'one.py': '@asset\\ndef a(): return 1'})\n"
        "seen = told(load_assets_from_package_name('pack', key_prefix=['x', 'y']))"
    ),
    "a package whose modules share": (
        "p = package('pack', {'one.py': '@asset\\ndef a(): return 1', 'two.py': 'from pack.one import a\\n@asset\\n"
        "def b(a): return 1'})\nseen = told(load_assets_from_package_module(p))"
    ),
    "a package whose modules collide": (
        "p = package('pack', {'one.py': '@asset\\ndef a(): return 1', 'two.py': '@asset\\ndef a(): return 1'})\n"
        "load_assets_from_package_module(p)"
    ),
    "a package that is not there": "load_assets_from_package_name('there_is_none')",
    "a package with a module that fails": (
        "p = package('pack', {'one.py': '1 / 0'})\nload_assets_from_package_module(p)"
    ),
    "the current module": (
        "p = package('pack', {'one.py': '@asset\\ndef a(): return 1\\nfound = load_assets_from_current_module(group_name=\"g\")'})\n"
        "import pack.one\nseen = told(pack.one.found)"
    ),
    "what was loaded can be run": (
        f"m = module('m', '''{_AB}''')\nr = materialize_to_memory(load_assets_from_modules([m], key_prefix='p', group_name='g'))\n"
        "seen = [made(r), r.asset_value(AssetKey(['p', 'b'])), r.output_for_node('b')]"
    ),
    "a multi-asset that was loaded can be run": (
        "m = module('m', '''@multi_asset(outs={'x': AssetOut(), 'y': AssetOut()})\ndef xy(): return 1, 2\n"
        "@asset\ndef z(x, y): return x + y\n''')\n"
        "r = materialize_to_memory(load_assets_from_modules([m], key_prefix='p'))\n"
        "seen = [sorted(made(r)), r.output_for_node('z'), r.output_for_node('xy', 'y')]"
    ),
}

# a ─┬─ b ─── d ── e (with e2, in one multi-asset)    s: made elsewhere, a is derived from it
#    └─ c ──┘
_ASSETS = """
s = AssetSpec('s')
@asset(deps=['s'], group_name='one', tags={'layer': 'raw'}, owners=['team:x'], kinds={'csv'})
def a(): return 1
@asset(group_name='two', tags={'layer': 'mid', 'flag': ''}, kinds={'pandas'}, key_prefix=['p'])
def b(): return 1
@asset(group_name='two', owners=['ada@example.com'], deps=[a])
def c(): return 1
b = asset(name='b', key_prefix=['p'], group_name='two', tags={'layer': 'mid', 'flag': ''}, kinds={'pandas'}, deps=[a])(lambda: 1)
@asset(deps=[b, c], group_name='three')
def d(): return 1
@multi_asset(specs=[AssetSpec('e', deps=['d']), AssetSpec('e2', group_name='four')])
def ee(): pass
everything = [a, b, c, d, ee]
S = AssetSelection
"""


def _selects(selection: str) -> str:
    return f"{_ASSETS}\nseen = selected({selection}, *everything)"


_SELECTIONS: dict[str, str] = {
    "all": "S.all()",
    "all with those made elsewhere": "S.all(include_sources=True)",
    "assets by text": "S.assets('a', 'p/b')",
    "assets by definition": "S.assets(a, ee)",
    "assets by key and list": "S.assets(AssetKey(['p', 'b']), ['p', 'b'], 'c')",
    "no assets": "S.assets()",
    "an asset that is not there": "S.assets('zzz')",
    "an asset made elsewhere": "S.assets('s')",
    "keys": "S.keys('a', AssetKey('c'))",
    "groups": "S.groups('two', 'three')",
    "a group that nothing is in": "S.groups('zzz')",
    "a group that is a number": "S.groups(3)",
    "key prefixes": "S.key_prefixes('p')",
    "key prefixes of lists": "S.key_prefixes(['p', 'b'], ['x'])",
    "a key prefix that is part of a name": "S.key_prefixes('e')",
    "a key substring": "S.key_substring('e')",
    "a key substring with a slash": "S.key_substring('p/')",
    "a key substring in capitals": "S.key_substring('E')",
    "a tag": "S.tag('layer', 'raw')",
    "a tag of an empty value": "S.tag('flag', '')",
    "a tag of another value": "S.tag('layer', '')",
    "a tag string": "S.tag_string('layer=mid')",
    "a tag string without a value": "S.tag_string('layer')",
    "a tag string with too many": "S.tag_string('a=b=c')",
    "an owner": "S.owner('team:x')",
    "an owner of nothing": "S.owner('team:y')",
    "a kind": "S.kind('csv')",
    "no kind": "S.kind(None)",
    "no owner": "S.owner(None)",
    "upstream": "S.assets('d').upstream()",
    "upstream by a step": "S.assets('d').upstream(depth=1)",
    "upstream by no step": "S.assets('d').upstream(depth=0)",
    "upstream without itself": "S.assets('d').upstream(include_self=False)",
    "upstream by a step without itself": "S.assets('d', 'a').upstream(1, False)",
    "upstream of all without itself": "S.all().upstream(include_self=False)",
    "upstream by half a step": "S.assets('d').upstream(depth=1.5)",
    "downstream": "S.assets('a').downstream()",
    "downstream by two steps": "S.assets('a').downstream(2)",
    "downstream without itself": "S.assets('a').downstream(include_self=False)",
    "downstream of what is made elsewhere": "S.assets('s').downstream()",
    "downstream of one in a multi-asset": "S.assets('d').downstream()",
    "sinks": "S.all().sinks()",
    "sinks of some": "S.groups('two').sinks()",
    "sinks over others": "(S.assets('a') | S.assets('d')).sinks()",
    "roots": "S.all().roots()",
    "roots of some": "S.groups('two', 'three').roots()",
    "roots over others": "(S.assets('a') | S.assets('d')).roots()",
    "sources": "S.all().sources()",
    "neighbours": "S.assets('e').required_multi_asset_neighbors()",
    "neighbours of a single asset": "S.assets('a').required_multi_asset_neighbors()",
    "materializable": "S.all(include_sources=True).materializable()",
    "what they are derived from elsewhere": "S.assets('d').upstream_source_assets()",
    "or": "S.assets('a') | S.groups('two')",
    "and": "S.groups('two') & S.kind('pandas')",
    "minus": "S.all() - S.groups('two')",
    "minus with those made elsewhere": "S.all(include_sources=True) - S.groups('two')",
    "minus itself": "S.groups('two') - S.groups('two')",
    "many": "(S.all() - S.groups('two')) & S.assets('a').downstream() | S.assets('c')",
    "minus then and": "(S.all() - S.groups('two')) & (S.all() - S.groups('one'))",
    "or with a text": "S.assets('a') | 'b'",
    "and with a number": "S.assets('a') & 3",
    "without checks": "S.groups('two').without_checks()",
    "checks of assets": "S.checks_for_assets(a)",
    "all checks": "S.all_asset_checks()",
    "from a string": "S.from_string('group:two and not kind:pandas')",
    "from a string with steps": "S.from_string('1+key:\"d\"')",
    "from a string of functions": "S.from_string('sinks(group:two or key:a)')",
    "from a string of a key": "S.from_string('key:\"p/b\"')",
    "from a string of a star": "S.from_string('*')",
    "from a string that cannot be read": "S.from_string('group:(')",
    "from an empty string": "S.from_string('')",
    "from a list of strings": "S.from_coercible(['key:a', 'group:two'])",
    "from a list of keys": "S.from_coercible([AssetKey('a'), AssetKey('c')])",
    "from a list of definitions": "S.from_coercible([a, ee])",
    "from a selection": "S.from_coercible(S.groups('two'))",
    "from a number": "S.from_coercible(3)",
}

SELECTING: dict[str, str] = {name: _selects(selection) for name, selection in _SELECTIONS.items()} | {
    "an asset that is not there may be missing": (
        f"{_ASSETS}\nseen = sorted(k.path for k in S.assets('a', 'zzz').resolve(everything, allow_missing=True))"
    ),
    "selections as texts": (
        f"{_ASSETS}\nseen = [str(one) for one in [S.all(), S.assets('a'), S.assets('a', 'p/b'), S.groups('x', 'y'), "
        "S.tag('k', 'v'), S.tag('k', ''), S.kind('x'), S.kind(None), S.owner('team:x'), S.key_substring('q'), "
        "S.assets('a').upstream(), S.assets('a').upstream(2), S.assets('a').downstream(), S.assets('a').downstream(1), "
        "S.assets('a', 'b').upstream(), S.assets('a').upstream(include_self=False), S.assets('a').sinks(), "
        "S.all().roots(), S.assets('a') | S.kind('x'), S.assets('a') & S.kind('x'), S.all() - S.kind('x'), "
        "S.assets('a') - S.kind('x'), (S.assets('a') | S.assets('b')) & S.kind('x'), "
        "S.assets('a', 'b') & S.kind('x'), S.assets('a').upstream() | S.kind('x')]]"
    ),
    "selections are equal": (
        f"{_ASSETS}\nseen = [S.assets('a') == S.assets('a'), S.assets('a') == S.assets('b'), bool(S.assets()), "
        "S.groups('x') | S.kind('y') == S.groups('x') | S.kind('y')]"
    ),
    "a selection of a run": (
        f"{_ASSETS}\nseen = sorted(made(materialize_to_memory(everything, selection=S.groups('one', 'three'))))"
    ),
    "a selection of a run by list": (
        f"{_ASSETS}\nseen = sorted(made(materialize_to_memory(everything, selection=['key:a', 'key:c'])))"
    ),
    "a selection of a run of definitions": (
        f"{_ASSETS}\nseen = sorted(made(materialize_to_memory(everything, selection=[a, c])))"
    ),
    "a selection of a run of nothing": (
        f"{_ASSETS}\nseen = made(materialize_to_memory(everything, selection=S.groups('zzz')))"
    ),
}

DEFINING: dict[str, str] = {
    "no definitions": "d = Definitions()\nDefinitions.validate_loadable(d)\nseen = [list(d.resolve_all_asset_specs()), d.assets, d.jobs]",
    "definitions of assets": (
        f"{_AB}d = Definitions(assets=[a, b])\n"
        "seen = [told([d.resolve_assets_def('b')]), sorted(k.path for k in d.resolve_all_asset_keys()),"
        " told(sorted(d.resolve_all_asset_specs(), key=lambda s: s.key.path))]"
    ),
    "definitions with specs": (
        "@asset(deps=['s', 'q'])\ndef a(): return 1\n"
        "d = Definitions([a, AssetSpec('s', description='told')])\n"
        "seen = sorted((s.key.path, s.description) for s in d.resolve_all_asset_specs())"
    ),
    "an asset that is not defined": f"{_A}Definitions([a]).resolve_assets_def('zzz')",
    "an asset by its key": "@asset(key_prefix='p')\ndef a(): return 1\nseen = told([Definitions([a]).get_assets_def(['p', 'a'])])",
    "a key twice is not told of at once": f"{_A}c = asset(name='a')(lambda: 1)\nDefinitions([a, c])",
    "a key twice": f"{_A}c = asset(name='a')(lambda: 1)\nDefinitions.validate_loadable(Definitions([a, c]))",
    "an asset twice": f"{_A}d = Definitions([a, a])\nDefinitions.validate_loadable(d)\nseen = len(list(d.resolve_all_asset_specs()))",
    "a circle": (
        "@asset\ndef a(b): return 1\n@asset\ndef b(a): return 1\nDefinitions.validate_loadable(Definitions([a, b]))"
    ),
    "assets that are none": "Definitions(assets=[3])",
    "assets that are text": "Definitions(assets='a')",
    "jobs that are none": "Definitions(jobs=[3])",
    "a job": (
        f"{_AB}d = Definitions([a, b], jobs=[define_asset_job('j', selection='key:a')])\n"
        "j = d.resolve_job_def('j')\nr = j.execute_in_process()\nseen = [j.name, made(r), r.success, r.output_for_node('a')]"
    ),
    "a job of everything": (
        f"{_AB}d = Definitions([a, b], jobs=[define_asset_job('j')])\nr = d.resolve_job_def('j').execute_in_process()\n"
        "seen = [made(r), r.asset_value('b')]"
    ),
    "a job of a selection object": (
        f"{_AB}@asset\ndef c(): return 3\nd = Definitions([a, b, c], jobs=[define_asset_job('j', AssetSelection.assets(b).upstream())])\n"
        "seen = made(d.resolve_job_def('j').execute_in_process())"
    ),
    "a job of a list": (
        f"{_AB}d = Definitions([a, b], jobs=[define_asset_job('j', [a, b])])\nseen = made(d.resolve_job_def('j').execute_in_process())"
    ),
    "a job of what is not there": (
        f"{_A}d = Definitions([a], jobs=[define_asset_job('j', 'key:zzz')])\nd.resolve_job_def('j')"
    ),
    "a job of what is not there, looked through": (
        f"{_A}Definitions.validate_loadable(Definitions([a], jobs=[define_asset_job('j', 'key:zzz')]))"
    ),
    "a job that is not defined": f"{_A}Definitions([a]).resolve_job_def('zzz')",
    "two jobs of a name": (
        f"{_A}Definitions.validate_loadable(Definitions([a], jobs=[define_asset_job('j'), define_asset_job('j')]))"
    ),
    "a job twice": f"{_A}j = define_asset_job('j')\nd = Definitions([a], jobs=[j, j])\nDefinitions.validate_loadable(d)",
    "a job with a bad name": f"{_A}d = Definitions([a], jobs=[define_asset_job('j j')])\nDefinitions.validate_loadable(d)",
    "a job with tags": (
        "@asset\ndef a(context): return context.run.tags['k']\n"
        "j = define_asset_job('j', tags={'k': 'v'}, description='told')\nd = Definitions([a], jobs=[j]).resolve_job_def('j')\n"
        "seen = [d.tags['k'], d.run_tags['k'], d.description, d.execute_in_process().output_for_node('a'),"
        " d.execute_in_process(tags={'k': 'w'}).output_for_node('a')]"
    ),
    "a job with tags of its runs": (
        "@asset\ndef a(context): return context.run.tags['k']\n"
        "j = define_asset_job('j', tags={'k': 'v'}, run_tags={'k': 'w'})\nd = Definitions([a], jobs=[j]).resolve_job_def('j')\n"
        "seen = [d.tags['k'], d.run_tags['k'], d.execute_in_process().output_for_node('a')]"
    ),
    "a job of some of its assets": (
        f"{_AB}d = Definitions([a, b], jobs=[define_asset_job('j')])\n"
        "seen = made(d.resolve_job_def('j').execute_in_process(asset_selection=[AssetKey('a')]))"
    ),
    "a job of assets that are not its own": (
        f"{_AB}d = Definitions([a, b], jobs=[define_asset_job('j', 'key:a')])\n"
        "d.resolve_job_def('j').execute_in_process(asset_selection=[AssetKey('b')])"
    ),
    "a job that fails": (
        "@asset\ndef a(): raise ValueError('no')\nd = Definitions([a], jobs=[define_asset_job('j')])\n"
        "d.resolve_job_def('j').execute_in_process()"
    ),
    "a job that fails, told": (
        "@asset\ndef a(): raise ValueError('no')\n@asset\ndef b(a): return 1\n@asset\ndef c(): return 1\n"
        "d = Definitions([a, b, c], jobs=[define_asset_job('j')])\n"
        "r = d.resolve_job_def('j').execute_in_process(raise_on_error=False)\n"
        "seen = [r.success, made(r), r.is_node_failed('a'), r.is_node_success('a'), r.is_node_success('b'),"
        " r.is_node_failed('b'), r.is_node_success('c'), sorted(r.get_failed_step_keys()), len(r.get_step_failure_events()),"
        " len(r.get_step_success_events())]\nr.get_run_failure_event()"
    ),
    "a run that failed has no success": (
        "@asset\ndef a(): raise ValueError('no')\nmaterialize_to_memory([a], raise_on_error=False).get_run_success_event()"
    ),
    "a run that succeeded": (
        f"{_AB}r = materialize_to_memory([a, b])\nr.get_run_success_event()\n"
        "seen = [r.success, r.is_node_success('a'), r.is_node_failed('a'), r.is_node_skipped('a'), r.is_node_untouched('a'),"
        " r.failure_data_for_node('a'), r.retry_attempts_for_node('a'), sorted(r.get_failed_step_keys()),"
        " len(r.get_step_success_events()), len(r.get_step_failure_events()), bool(r.all_events), bool(r.all_node_events),"
        " len(r.events_for_node('a')) > 0, isinstance(r.run_id, str), len(r.filter_events(lambda e: False))]"
    ),
    "a run that succeeded has no failure": f"{_A}materialize_to_memory([a]).get_run_failure_event()",
    "retries of a node": (
        "n = []\n@asset(retry_policy=RetryPolicy(max_retries=2))\ndef a():\n    n.append(1)\n    if len(n) < 3: raise ValueError('no')\n"
        "r = materialize_to_memory([a])\nseen = [r.retry_attempts_for_node('a'), r.is_node_success('a'), r.is_node_failed('a')]"
    ),
    "a node that was not selected": (
        f"{_A}@asset\ndef c(): return 1\nr = materialize_to_memory([a, c], selection=[a])\nr.output_for_node('c')"
    ),
    "what is only derived from it need not be made": (
        f"{_A}@asset(deps=[a])\ndef b(): return 2\nd = Definitions([a, b], jobs=[define_asset_job('j', 'key:b')])\n"
        "seen = made(d.resolve_job_def('j').execute_in_process())"
    ),
    "merged": (
        f"{_AB}d = Definitions.merge(Definitions([a], jobs=[define_asset_job('j')], resources={{'x': 1}}), Definitions([b], resources={{'y': 2}}))\n"
        "seen = [made(d.resolve_job_def('j').execute_in_process()), d.resources]"
    ),
    "merged with the same resource": (
        "x = object()\nd = Definitions.merge(Definitions(resources={'x': x}), Definitions(resources={'x': x}))\nseen = list(d.resources)"
    ),
    "merged with different resources": (
        "Definitions.merge(Definitions(resources={'x': object()}), Definitions(resources={'x': object()}))"
    ),
    "merged with a key twice": (
        f"{_A}c = asset(name='a')(lambda: 1)\nDefinitions.validate_loadable(Definitions.merge(Definitions([a]), Definitions([c])))"
    ),
    "merged with what is none": "Definitions.merge(Definitions(), 3)",
    "nothing merged": "seen = list(Definitions.merge().resolve_all_asset_specs())",
    "more resources": "d = Definitions(resources={'x': 1}).with_resources({'y': 2})\nseen = d.resources",
    "specs mapped": (
        f"{_AB}d = Definitions([a, b, AssetSpec('s')]).map_asset_specs(func=lambda s: s.replace_attributes(group_name='g', tags={{'k': 'v'}}))\n"
        "seen = sorted((s.key.path, s.group_name, dict(s.tags)) for s in d.resolve_all_asset_specs())"
    ),
    "specs merged": (
        f"{_A}d = Definitions([a]).map_asset_specs(func=lambda s: s.merge_attributes(metadata={{'k': 1}}, owners=['team:x'], kinds={{'csv'}}))\n"
        "s = d.resolve_assets_def('a').get_asset_spec('a' and AssetKey('a'))\nseen = [dict(s.metadata)['k'], list(s.owners), sorted(s.kinds)]"
    ),
    "specs mapped by a selection": (
        f"{_AB}d = Definitions([a, b]).map_resolved_asset_specs(func=lambda s: s.replace_attributes(group_name='g'), selection='key:a')\n"
        "seen = sorted((s.key.path, s.group_name) for s in d.resolve_all_asset_specs())"
    ),
    "specs mapped to other keys": (
        f"{_A}Definitions([a]).map_asset_specs(func=lambda s: s.replace_attributes(key='z'))"
    ),
    "specs mapped alone": (
        f"{_A}seen = told(map_asset_specs(lambda s: s.replace_attributes(group_name='g'), [a, AssetSpec('s')]))"
    ),
    "specs mapped to more deps": (
        f"{_AB}seen = told(map_asset_specs(lambda s: s.replace_attributes(deps=[*s.deps, 'q']), [a, b]))"
    ),
    "the job of all assets": (
        f"{_AB}j = Definitions([a, b]).resolve_implicit_global_asset_job_def()\nseen = [j.name, made(j.execute_in_process())]"
    ),
    "the job of all assets by name": f"{_AB}seen = made(Definitions([a, b]).resolve_job_def('__ASSET_JOB').execute_in_process())",
    "every job": (
        f"{_A}seen = sorted(j.name for j in Definitions([a], jobs=[define_asset_job('j')]).resolve_all_job_defs())"
    ),
    "tags of numbers": "define_asset_job('j', tags={'k': 3})",
    "a job owned by nobody": "define_asset_job('j', owners=['ada'])",
    "a job of a selection that cannot be read": "define_asset_job('j', 'group:(')",
}

_OPS = "@op\ndef one(): return 1\n@op\ndef add(n): return n + 1\n"

GRAPHS: dict[str, str] = {
    "a job of ops": (
        f"{_OPS}@job\ndef j(): add(one())\nr = j.execute_in_process()\n"
        "seen = [j.name, r.success, r.output_for_node('one'), r.output_for_node('add'), r.is_node_success('add'),"
        " r.is_node_untouched('add'), r.is_node_failed('add'), made(r)]"
    ),
    "a job of ops with a name": f"{_OPS}@job(name='k', tags={{'x': 'y'}}, description='d')\ndef j(): one()\nseen = [j.name, j.tags['x'], j.description]",
    "a job of ops with tags": (
        "@op\ndef t(context): return context.run.tags['k']\n@job(tags={'k': 'v'})\ndef j(): t()\n"
        "seen = j.execute_in_process().output_for_node('t')"
    ),
    "a job of a graph in a graph": (
        f"{_OPS}@graph\ndef inner(n): return add(n)\n@job\ndef j(): inner(inner(one()))\nr = j.execute_in_process()\n"
        "seen = [r.output_for_node('inner'), r.output_for_node('inner_2.add'), r.output_for_node('inner_2')]"
    ),
    "a node that is not there": f"{_OPS}@job\ndef j(): one()\nj.execute_in_process().output_for_node('zzz')",
    "an output that is not there": f"{_OPS}@job\ndef j(): one()\nj.execute_in_process().output_for_node('one', 'zzz')",
    "a job of ops that fails": "@op\ndef f(): raise ValueError('no')\n@job\ndef j(): f()\nj.execute_in_process()",
    "a job of ops that fails, told": (
        f"{_OPS}@op\ndef f(n): raise ValueError('no')\n@job\ndef j(): add(f(one()))\nr = j.execute_in_process(raise_on_error=False)\n"
        "seen = [r.success, r.is_node_success('one'), r.is_node_failed('f'), r.is_node_success('add'), sorted(r.get_failed_step_keys())]"
    ),
    "a job of ops that retries": (
        "n = []\n@op\ndef f():\n    n.append(1)\n    if len(n) < 3: raise ValueError('no')\n    return len(n)\n"
        "@job(op_retry_policy=RetryPolicy(max_retries=2))\ndef j(): f()\nr = j.execute_in_process()\n"
        "seen = [r.success, r.output_for_node('f'), r.retry_attempts_for_node('f')]"
    ),
    "a graph": (
        f"{_OPS}@graph\ndef g(): return add(one())\nr = g.execute_in_process()\nseen = [r.success, r.output_value(), r.output_for_node('add')]"
    ),
    "a graph with inputs": f"{_OPS}@graph\ndef g(x): return add(x)\nseen = g.execute_in_process(input_values={{'x': 4}}).output_value()",
    "a graph without its inputs": f"{_OPS}@graph\ndef g(x): return add(x)\ng.execute_in_process()",
    "a graph with an unknown input": f"{_OPS}@graph\ndef g(x): return add(x)\ng.execute_in_process(input_values={{'x': 1, 'y': 2}})",
    "a graph with several outputs": (
        f"{_OPS}@graph(out={{'p': GraphOut(), 'q': GraphOut()}})\ndef g():\n    x = one()\n    return {{'p': x, 'q': add(x)}}\n"
        "r = g.execute_in_process()\nseen = [r.output_value('p'), r.output_value('q')]"
    ),
    "an output of a graph that has none": f"{_OPS}@graph\ndef g(): one()\ng.execute_in_process().output_value()",
    "an output of a graph that is not there": f"{_OPS}@graph\ndef g(): return one()\ng.execute_in_process().output_value('zzz')",
    "a graph as a job": f"{_OPS}@graph\ndef g(): return add(one())\nj = g.to_job(name='k')\nr = j.execute_in_process()\nseen = [j.name, r.output_value()]",
    "a graph as a job of its own name": f"{_OPS}@graph\ndef g(): return add(one())\nseen = g.to_job().name",
    "a graph as a job with inputs": (
        f"{_OPS}@graph\ndef g(x): return add(x)\nseen = g.to_job(input_values={{'x': 6}}).execute_in_process().output_value()"
    ),
    "a job of ops among definitions": (
        f"{_OPS}@job\ndef j(): add(one())\nr = Definitions(jobs=[j]).resolve_job_def('j').execute_in_process()\nseen = r.output_for_node('add')"
    ),
    "a job of ops of a bad name": f"{_OPS}@job(name='j j')\ndef j(): one()",
    "two branches, one of which fails": (
        f"{_OPS}@op\ndef f(): raise ValueError('no')\n@job\ndef j():\n    f()\n    add(one())\n"
        "r = j.execute_in_process(raise_on_error=False)\nseen = [r.success, r.is_node_success('add')]"
    ),
}

_TELLS_GROUPS = "\nseen = sorted(xy.group_names_by_key.values())"
_OUTS = "@multi_asset(outs={{'x': AssetOut({x}), 'y': AssetOut()}}{g})\ndef xy(): return 1, 2" + _TELLS_GROUPS
_SPECS = "@multi_asset(specs=[AssetSpec('x'{x}), AssetSpec('y')]{g})\ndef xy(): pass" + _TELLS_GROUPS

GROUPING: dict[str, str] = {
    "a group of an out": _OUTS.format(x="group_name='g'", g=""),
    "a group of all outs": _OUTS.format(x="", g=", group_name='g'"),
    "a group of an out and another of all": _OUTS.format(x="group_name='h'", g=", group_name='g'"),
    "a group of an out and the same of all": _OUTS.format(x="group_name='g'", g=", group_name='g'"),
    "a group of a spec": _SPECS.format(x=", group_name='g'", g=""),
    "a group of a spec and another of all": _SPECS.format(x=", group_name='h'", g=", group_name='g'"),
    "a group of a spec and the same of all": _SPECS.format(x=", group_name='g'", g=", group_name='g'"),
    "a group in a group in a group": "@asset(group_name='a/b/c')\ndef x(): return 1\nseen = x.group_names_by_key[x.key]",
    "a group that ends in a slash": "@asset(group_name='a/')\ndef x(): return 1",
    "a group that begins with a slash": "@asset(group_name='/a')\ndef x(): return 1",
    "a group with two slashes": "@asset(group_name='a//b')\ndef x(): return 1",
    "a group with a star": "@asset(group_name='a*')\ndef x(): return 1",
    "a group that is a number": "@asset(group_name=3)\ndef x(): return 1",
    "groups by a star": (
        "@asset(group_name='a/b')\ndef x(): return 1\n@asset(group_name='a')\ndef y(): return 1\n"
        "seen = selected(AssetSelection.from_string('group:\"a/*\"'), x, y)"
    ),
    "a group with another inside it": (
        "@asset(group_name='a/b')\ndef x(): return 1\n@asset(group_name='a')\ndef y(): return 1\n"
        "seen = selected(AssetSelection.groups('a'), x, y)"
    ),
}

PROGRAMS: dict[str, str] = {
    f"{part}: {name}": source
    for part, programs in (
        ("loading", LOADING),
        ("selecting", SELECTING),
        ("defining", DEFINING),
        ("graphs", GRAPHS),
        ("grouping", GROUPING),
    )
    for name, source in programs.items()
}
