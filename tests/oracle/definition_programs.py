"""Small programs about definitions made of ops and graphs, what is said of them, hooks, instances and names of errors."""

from __future__ import annotations

_OPS = """
@op(out={'low': Out(metadata={'unit': 'm'}), 'high': Out(is_required=False, description='the most')})
def bounds(values): return min(values), max(values)
@op
def least(values): return min(values)
@op
def numbers(): return [3, 1, 2]
@op
def doubled(x): return 2 * x
@graph(out={'x': GraphOut(), 'y': GraphOut()})
def two():
    low, high = bounds(numbers())
    return {'x': doubled(low), 'y': high}
@graph
def one(values): return doubled(least(values))
@asset
def values(): return [3, 1, 2]
"""
_AB = "@asset\ndef a(): return 1\n@asset\ndef b(a): return a + 1\n"
_KEYS = "K = AssetKey\n"


def _op(arguments: str = "", more: str = "") -> str:
    return (
        f"{_OPS}{_KEYS}made = AssetsDefinition.from_op(bounds{', ' if arguments else ''}{arguments})\n{more}"
    )


def _graph(graph: str, arguments: str = "", more: str = "") -> str:
    return f"{_OPS}{_KEYS}made = AssetsDefinition.from_graph({graph}{', ' if arguments else ''}{arguments})\n{more}"


_RUN = "result = materialize([values, made])"


def _caught(name: str, source: str) -> str:
    """Return a program that says whether an error is caught by a name."""
    body = "\n".join(f"    {line}" for line in source.splitlines())
    return f"{_AB}seen = 'nothing'\ntry:\n{body}\nexcept {name}: seen = 'caught'\n"


FROM_NODES: dict[str, str] = {
    "an op": _op("", _RUN),
    "an op with a prefix": _op("key_prefix='p'"),
    "an op with a prefix of several parts": _op("key_prefix=['p', 'q']"),
    "an op with keys": _op("keys_by_output_name={'low': K('l'), 'high': K(['h', 'i'])}", _RUN),
    "an op with the key of an input": _op("keys_by_input_name={'values': K('other')}"),
    "an op with a group": _op("group_name='g'"),
    "an op with groups": _op("group_names_by_output_name={'low': 'g', 'high': None}"),
    "an op with a group and groups": _op("group_name='g', group_names_by_output_name={'low': 'h'}"),
    "an op with descriptions": _op("descriptions_by_output_name={'low': 'the least'}"),
    "an op with metadata": _op("metadata_by_output_name={'low': {'n': 1}, 'high': {'n': 2}}"),
    "an op with tags": _op("tags_by_output_name={'high': {'k': 'v'}}"),
    "an op with inner dependencies": _op(
        "internal_asset_deps={'low': {K('values')}, 'high': {K('low')}}, can_subset=True"
    ),
    "an op with an unknown input": _op("keys_by_input_name={'v': K('x')}"),
    "an op with an unknown output": _op("keys_by_output_name={'lo': K('x')}"),
    "an op with inner dependencies of an unknown output": _op("internal_asset_deps={'hig': set()}"),
    "an op with one output is called as it is": f"{_OPS}made = AssetsDefinition.from_op(doubled, keys_by_input_name={{'x': AssetKey('values')}})",
    "an op without inputs": f"{_OPS}made = AssetsDefinition.from_op(numbers)\nresult = materialize([made])",
    "an op that waits for nothing": "@op(ins={'first': In(Nothing)})\ndef after(): return 1\nmade = AssetsDefinition.from_op(after)\nseen = sorted(k.path for k in made.asset_deps[AssetKey('after')])",
    "a graph": _graph("one", "", _RUN),
    "a graph of several outputs": _graph("two", "", "result = materialize([made])"),
    "a graph with a prefix": _graph("two", "key_prefix='p'"),
    "a graph with keys and a prefix": _graph(
        "one", "key_prefix='p', keys_by_output_name={'result': K(['k', 'l'])}"
    ),
    "a graph with owners": _graph("two", "owners_by_output_name={'x': ['team:t']}"),
    "a graph with code versions": _graph("two", "code_versions_by_output_name={'y': '1'}"),
    "a graph with a subset": _graph(
        "two",
        "can_subset=True",
        "r = materialize([made], selection=['y'])\nseen = [e.asset_key.path for e in r.get_asset_materialization_events()]",
    ),
    "a graph with an op that nothing comes from": "@op\ndef f(): return 1\n@graph\ndef g():\n    f.alias('alone')()\n    return f()\nmade = AssetsDefinition.from_graph(g)",
    "the class with a node": f"{_OPS}made = AssetsDefinition(node_def=bounds, keys_by_input_name={{'values': AssetKey('values')}}, keys_by_output_name={{'low': AssetKey('l'), 'high': AssetKey('h')}}, group_names_by_key={{AssetKey('l'): 'g'}})\n{_RUN}",
    "the class with dependencies by key": f"{_OPS}made = AssetsDefinition(node_def=bounds, keys_by_input_name={{'values': AssetKey('values')}}, keys_by_output_name={{'low': AssetKey('l'), 'high': AssetKey('h')}}, asset_deps={{AssetKey('l'): {{AssetKey('values')}}, AssetKey('h'): {{AssetKey('l')}}}}, can_subset=True)",
    "the class with dependencies of some": f"{_OPS}AssetsDefinition(node_def=bounds, keys_by_input_name={{'values': AssetKey('values')}}, keys_by_output_name={{'low': AssetKey('l'), 'high': AssetKey('h')}}, asset_deps={{AssetKey('l'): set()}})",
    "the class with nothing": "AssetsDefinition()",
    "the class with specs alone": "d = AssetsDefinition(specs=[AssetSpec('x', group_name='g'), AssetSpec('y', deps=['x'])])\nseen = [d.is_executable, sorted(k.path for k in d.keys), [s.group_name for s in d.specs]]\ndel d",
    "the class with specs and inputs": "AssetsDefinition(specs=[AssetSpec('x')], keys_by_input_name={'a': AssetKey('a')})",
    "the class with groups alone": "AssetsDefinition(group_names_by_key={AssetKey('x'): 'g'})",
}

COPIES: dict[str, str] = {
    "other keys": f"{_AB}c = b.with_attributes(asset_key_replacements={{AssetKey('a'): AssetKey(['p', 'a']), AssetKey('b'): AssetKey('c')}})",
    "a group where there is none": f"{_AB}c = b.with_attributes(group_names_by_key={{AssetKey('b'): 'g'}})",
    "a group where there is one": "@asset(group_name='h')\ndef a(): return 1\na.with_attributes(group_names_by_key={AssetKey('a'): 'g'})",
    "tags where there are some": "@asset(tags={'k': 'v'})\ndef a(): return 1\na.with_attributes(tags_by_key={AssetKey('a'): {'l': 'w'}})",
    "tags of another key": f"{_AB}c = b.with_attributes(tags_by_key={{AssetKey('a'): {{'l': 'w'}}}})",
    "other metadata": "@asset(metadata={'n': 1})\ndef a(): return 1\nc = a.with_attributes(metadata_by_key={AssetKey('a'): {'m': 2}})",
    "specs are mapped": f"{_AB}c, = map_asset_specs(lambda s: s.merge_attributes(tags={{'k': 'v'}}), [b])",
    "a spec that loses an argument": f"{_AB}map_asset_specs(lambda s: s.replace_attributes(deps=[]), [b])",
    "a spec that loses a dep": "@asset(deps=['x'])\ndef a(): return 1\nc, = map_asset_specs(lambda s: s.replace_attributes(deps=[]), [a])\nseen = sorted(c.op.ins)",
    "more deps of a graph": "@op\ndef f(): return 1\n@graph_asset\ndef g(): return f()\nmap_asset_specs(lambda s: s.merge_attributes(deps=['x']), [g])",
    "lists of a spec": "s = AssetSpec('a', owners=['team:t'], deps=['b'])\nseen = [s.owners, [d.asset_key.path for d in s.deps], type(s.owners).__name__, type(s.deps).__name__, s.group_name]",
    "a dependency of several": "@multi_asset(outs={'x': AssetOut(), 'y': AssetOut()})\ndef m(): return 1, 2\nAssetDep.from_coercible(m)",
    "a dependency of a number": "AssetDep.from_coercible(1)",
    "the inputs of an asset": "@asset(deps=['z'])\ndef c(y): return 1\nseen = [sorted(c.op.ins), c.op.ins['z'].dagster_type.is_nothing, sorted(c.input_names)]",
    "the outputs of an asset": f"{_AB}seen = [[o.name for o in b.op.output_defs], sorted(b.op.outs), b.op.name]",
    "an input that only comes first": f"{_AB}@asset(ins={{'first': AssetIn('a', dagster_type=Nothing)}})\ndef c(b): return b\nseen = sorted(k.path for k in c.asset_deps[AssetKey('c')])\nr = materialize([a, b, c])\nok = r.success",
    "an argument that only comes first": f"{_AB}@asset(ins={{'a': AssetIn(dagster_type=Nothing)}})\ndef c(a): return 1\n",
    "an argument in deps and in ins": f"{_AB}@asset(deps=[a], ins={{'a': AssetIn(metadata={{'n': 1}})}})\ndef c(a): return 1\n",
    "a dep of which ins says where it is": f"{_AB}@asset(deps=[AssetDep(a)], ins={{'x': AssetIn(key=a.key)}})\ndef c(x): return x\nr = materialize([a, c])\nseen = r.output_for_node('c')",
    "a type by name": "@asset(dagster_type=int)\ndef a(): return 'x'\nmaterialize([a])",
    "what is said of an input": f"{_AB}@asset(ins={{'a': AssetIn(metadata={{'n': 1}}, input_manager_key='m')}})\ndef c(a): return 1\nseen = [c.op.ins['a'].metadata, c.op.ins['a'].input_manager_key, c.op.input_defs[0].name]",
    "inputs of a graph by name alone": f"{_AB}@op(ins={{'a': In(), 'b': In()}})\ndef both(**given): return sum(given.values())\n@graph_asset(ins={{'a': AssetIn(), 'b': AssetIn()}})\ndef c(**given): return both(**given)\nresult = materialize([a, b, c])",
    "the tags of its op": "@asset(op_tags={'k': 'v', 'n': {'a': 1}}, compute_kind='sql')\ndef a(): return 1\nseen = {k: v for k, v in a.op.tags.items()}",
    "what it is made with, twice": "@asset(compute_kind='sql', kinds={'sql'})\ndef a(): return 1\n",
    "a pool": "@asset(pool='p')\ndef a(): return 1\nseen = a.op.pool",
}

NAMES: dict[str, str] = {
    "a name means the one of its group": "@asset(key_prefix='p', group_name='g')\ndef a(): return 1\n@asset(group_name='g')\ndef b(a): return a + 1\nr = materialize([a, b])\nseen = [r.success, r.output_for_node('b')]",
    "a name of another group": "@asset(key_prefix='p', group_name='g')\ndef a(): return 1\n@asset\ndef b(a): return a + 1\nmaterialize([a, b])",
    "a name of two of its group": "@asset(key_prefix='p', group_name='g')\ndef a(): return 1\na2 = asset(name='a', key_prefix='q', group_name='g')(lambda: 2)\n@asset(group_name='g')\ndef b(a): return a + 1\nmaterialize([a, a2, b])",
    "a dep of its group": "@asset(key_prefix='p', group_name='g')\ndef a(): return 1\n@asset(group_name='g', deps=['a'])\ndef b(): return 1\ng = Definitions(assets=[a, b]).resolve_asset_graph()\nseen = g is not None",
    "an argument that nothing makes": f"{_AB}Definitions.validate_loadable(Definitions(assets=[b]))",
    "a dep that nothing makes": "@asset(deps=['x'])\ndef a(): return 1\nDefinitions.validate_loadable(Definitions(assets=[a]))\nseen = True",
    "deps that say different things": "@asset(deps=[AssetDep('x', metadata={'n': 1})])\ndef a(): return 1\n@asset(deps=[AssetDep('x', metadata={'n': 2})])\ndef b(): return 1\nDefinitions(assets=[a, b]).resolve_asset_graph()",
    "deps of one table": "t = {'dagster/table_name': 'd.s.t'}\n@asset(metadata=t)\ndef made(): return 1\n@asset(deps=[AssetDep('x', metadata=t)])\ndef a(): return 1\nr = materialize([made, a])\nseen = r.success",
    "assets of one function before and after another": "@multi_asset(specs=[AssetSpec('a'), AssetSpec('c', deps=['b'])], can_subset=True)\ndef m(context):\n    for k in sorted(context.selected_asset_keys): yield MaterializeResult(asset_key=k)\n@asset(deps=['a'])\ndef b(): return 1\nr = materialize([m, b])\nseen = [r.success, [e.asset_key.path[0] for e in r.get_asset_materialization_events()]]",
    "assets of one function before and after another, all at once": "@multi_asset(specs=[AssetSpec('a'), AssetSpec('c', deps=['b'])])\ndef m(): pass\n@asset(deps=['a'])\ndef b(): return 1\nmaterialize([m, b])",
    "outs that carry nothing": "@multi_asset(outs={'x': AssetOut(dagster_type=Nothing), 'y': AssetOut(dagster_type=Nothing)})\ndef m(): pass\nr = materialize([m])\nseen = sorted(e.asset_key.path[0] for e in r.get_asset_materialization_events())",
    "an out that carries nothing beside a value": "@multi_asset(outs={'x': AssetOut(dagster_type=Nothing), 'y': AssetOut()})\ndef m():\n    yield Output(None, 'x')\n    yield Output(2, 'y')\nr = materialize([m])\nseen = [sorted(e.asset_key.path[0] for e in r.get_asset_materialization_events()), r.output_for_node('m', 'y')]",
    "an escaped key": "seen = [AssetKey.from_escaped_user_string(t).path for t in ('a/b', 'a\\\\/b', 'a\\\\\\\\/b')] + [AssetKey(['a/b', 'c\\\\']).to_escaped_user_string()]",
}

_H = "told = []\n@success_hook\ndef good(context): told.append(('good', context.op.name, context.step_key, dict(context.op_output_values)))\n@failure_hook\ndef bad(context): told.append(('bad', context.op.name, str(context.op_exception)))\n"

HOOKS: dict[str, str] = {
    "after an asset": f"{_H}@asset(hooks={{good, bad}})\ndef a(): return 1\nresult = materialize([a])\nseen = told",
    "after an asset that failed": f"{_H}@asset(hooks={{good, bad}})\ndef a(): raise ValueError('no')\nmaterialize([a], raise_on_error=False)\nseen = told",
    "after a multi-asset": f"{_H}@multi_asset(outs={{'x': AssetOut(), 'y': AssetOut()}}, hooks={{good}})\ndef m(): return 1, 2\nresult = materialize([m])\nseen = told",
    "after the ops of a graph": f"{_H}@op\ndef f(): return 1\n@op\ndef g(x): return x + 1\n@graph_asset(hooks={{good}})\ndef a(): return g(f())\nresult = materialize([a])\nseen = told",
    "after one op of a job": f"{_H}@op\ndef f(): return 1\n@op\ndef g(x): return x + 1\n@job\ndef j(): g(f.with_hooks({{good}})())\nj.execute_in_process()\nseen = told",
    "after the ops of a job": f"{_H}@op\ndef f(): return 1\n@job(hooks={{good}})\ndef j(): f()\nj.execute_in_process()\nseen = told",
    "after the assets of a job": f"{_H}{_AB}d = Definitions(assets=[a, b], jobs=[define_asset_job('j', hooks={{good}})])\nd.resolve_job_def('j').execute_in_process()\nseen = told",
    "that fails": "@success_hook\ndef broken(context): raise KeyError('x')\n@asset(hooks={broken})\ndef a(): return 1\nresult = materialize([a])",
    "with a resource": "told = []\n@success_hook(required_resource_keys={'r'})\ndef good(context): told.append(context.resources.r)\n@asset(hooks={good})\ndef a(): return 1\nmaterialize([a], resources={'r': 5})\nseen = [told, sorted(a.required_resource_keys - {'io_manager'})]",
    "without its resource": "@success_hook(required_resource_keys={'r'})\ndef good(context): pass\n@asset(hooks={good})\ndef a(): return 1\nmaterialize([a])",
    "called directly": f"{_H}good(build_hook_context(op=op(name='f')(lambda: 1)))".replace(
        "context.step_key, dict(context.op_output_values)", "1"
    )
    + "\nseen = told",
    "called with nothing": f"{_H}good()",
    "with a name": "@success_hook(name='other')\ndef good(context): pass\nseen = good.name",
    "that is a function": "asset(hooks={print}, name='a')(lambda: 1)",
}

INSTANCES: dict[str, str] = {
    "what a run before made": f"{_AB}i = DagsterInstance.ephemeral()\nmaterialize([a, b], instance=i)\nseen = [i.get_latest_materialization_event(AssetKey('b')).asset_materialization.asset_key.path, i.get_latest_materialization_event(AssetKey('c')), sorted(k.path for k in i.get_asset_keys())]",
    "runs": f"{_AB}i = DagsterInstance.ephemeral()\nr = materialize([a], instance=i, tags={{'k': 'v'}})\nrun = i.get_run_by_id(r.run_id)\nseen = [run.is_success, run.tags.get('k'), run.status.value, len(i.get_runs()), i.get_runs_count(), len(i.get_runs(RunsFilter(tags={{'k': 'w'}})))]",
    "a run that failed": "@asset\ndef a(): raise ValueError('x')\ni = DagsterInstance.ephemeral()\nr = materialize([a], instance=i, raise_on_error=False)\nseen = [i.get_run_by_id(r.run_id).status.value, r.dagster_run.run_id == r.run_id, i.get_run_by_id('nope')]",
    "pages": f"{_AB}i = DagsterInstance.ephemeral()\nids = [materialize([a], instance=i).run_id for _ in range(3)]\np = i.fetch_materializations(AssetKey('a'), limit=2)\nq = i.fetch_materializations(AssetKey('a'), limit=2, cursor=p.cursor)\nseen = [[ids.index(x.run_id) for x in p.records], p.has_more, [ids.index(x.run_id) for x in q.records], q.has_more]",
    "the first ones first": f"{_AB}i = DagsterInstance.ephemeral()\nids = [materialize([a], instance=i).run_id for _ in range(3)]\nseen = [ids.index(x.run_id) for x in i.fetch_materializations(AssetKey('a'), limit=5, ascending=True).records]",
    "what is forgotten": f"{_AB}i = DagsterInstance.ephemeral()\nmaterialize([a, b], instance=i)\ni.wipe_assets([AssetKey('a')])\nseen = sorted(k.path for k in i.get_asset_keys())",
    "in a step": "i = DagsterInstance.ephemeral()\n@asset\ndef a(context):\n    context.add_output_metadata({'known': context.instance.get_run_by_id(context.run_id) is not None})\n    return 1\nresult = materialize([a], instance=i)",
    "code versions": "@asset(code_version='7')\ndef a(): return 1\ni = DagsterInstance.ephemeral()\nmaterialize([a], instance=i)\nseen = {k.path[0]: v for k, v in i.get_latest_materialization_code_versions([AssetKey('a'), AssetKey('b')]).items()}",
}

ERRORS: dict[str, str] = {
    "of a group": _caught("DagsterInvalidDefinitionError", "asset(name='x', group_name='a b')(lambda: 1)"),
    "of an unknown selection": _caught(
        "DagsterInvalidDefinitionError", "materialize([a], selection=['zzz'])"
    ),
    "of an unknown key": _caught("DagsterInvalidSubsetError", "AssetSelection.assets('zzz').resolve([a])"),
    "of a missing output": _caught(
        "DagsterStepOutputNotFoundError", "@asset\ndef x():\n    if False: yield Output(1)\nmaterialize([x])"
    ),
    "of a wrong type": _caught(
        "DagsterTypeCheckDidNotPass", "@asset\ndef x() -> int: return 'a'\nmaterialize([x])"
    ),
    "of a missing context": _caught("DagsterInvalidInvocationError", "@asset\ndef x(context): return 1\nx()"),
    "of the user": _caught("DagsterError", "@asset\ndef x(): raise ValueError('u')\nmaterialize([x])"),
    "of the user's own type": _caught(
        "ValueError", "@asset\ndef x(): raise ValueError('u')\nmaterialize([x])"
    ),
    "of a job that there is not": _caught("DagsterError", "Definitions(assets=[a]).resolve_job_def('nope')"),
    "of two definitions of a key": _caught(
        "DagsterInvalidDefinitionError",
        "Definitions(assets=[a, asset(name='a')(lambda: 2)]).resolve_asset_graph()",
    ),
    "of a resource that there is not": _caught(
        "DagsterInvalidDefinitionError",
        "@asset(required_resource_keys={'r'})\ndef x(context): return 1\nmaterialize([x])",
    ),
    "of an output that there is not": _caught(
        "DagsterInvariantViolationError", "materialize([a]).output_for_node('a', 'nope')"
    ),
}

PROGRAMS = {
    f"{about} {name}": source + "\ni.dispose()\n" * (about == "instance")
    for about, programs in (
        ("from", FROM_NODES),
        ("copy", COPIES),
        ("names", NAMES),
        ("hook", HOOKS),
        ("instance", INSTANCES),
        ("errors", ERRORS),
    )
    for name, source in programs.items()
}
