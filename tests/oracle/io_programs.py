"""Small programs that pass values through IO managers, to be run with the names of `dagster` and with those of `nb_assets`."""

from __future__ import annotations

KEPT = """
seen = []
class Kept(IOManager):
    def __init__(self): self.values = {}
    def where(self, context):
        return tuple(context.asset_key.path) if context.has_asset_key else tuple(context.get_identifier()[1:])
    def handle_output(self, context, obj):
        seen.append(('stored', self.where(context), obj))
        self.values[self.where(context)] = obj
    def load_input(self, context):
        seen.append(('loaded', context.name))
        return self.values[self.where(context)]
"""
A_B = "@asset(io_manager_key='kept')\ndef a(): return 1\n@asset\ndef b(a): return a + 1\n"
RUN = "result = materialize_passing([a, b], resources={'kept': Kept()})"
FROM_ONE = "@op\ndef one(): return 1\n@op\ndef inc(x): return x + 1\n"

PROGRAMS: dict[str, str] = {
    # Where the manager is named
    "the io manager of an asset": KEPT + A_B + RUN,
    "the io manager of an asset as a definition": (
        KEPT
        + A_B
        + "@io_manager\ndef kept(): return Kept()\nresult = materialize_passing([a, b], resources={'kept': kept})"
    ),
    "the io manager of an asset, hardcoded": (
        KEPT
        + A_B
        + "result = materialize_passing([a, b], resources={'kept': IOManagerDefinition.hardcoded_io_manager(Kept())})"
    ),
    "an io manager that is not there": A_B + "result = materialize_passing([a, b])",
    "the default io manager": (
        KEPT + "@asset\ndef a(): return 1\n@asset\ndef b(a): return a + 1\n"
        "result = materialize_passing([a, b], resources={'io_manager': Kept()})"
    ),
    "an io manager given with the asset": (
        KEPT + "kept = IOManagerDefinition.hardcoded_io_manager(Kept())\n"
        "@asset(io_manager_def=kept)\ndef a(): return 1\n@asset\ndef b(a): return a + 1\nresult = materialize_passing([a, b])"
    ),
    "an io manager by name and as it is": (
        KEPT
        + "@asset(io_manager_key='kept', io_manager_def=IOManagerDefinition.hardcoded_io_manager(Kept()))\n"
        "def a(): return 1"
    ),
    "an io manager for each output": (
        KEPT
        + "@multi_asset(outs={'a': AssetOut(io_manager_key='kept'), 'c': AssetOut()})\ndef m(): return 1, 2\n"
        "@asset\ndef b(a, c): return a + c\nresult = materialize_passing([m, b], resources={'kept': Kept()})"
    ),
    "an io manager of a spec of several": (
        KEPT + "@multi_asset(specs=[AssetSpec('a').with_io_manager_key('kept')])\n"
        "def m(): yield MaterializeResult(asset_key='a', value=4)\n"
        "@asset\ndef b(a): return a\nresult = materialize_passing([m, b], resources={'kept': Kept()})"
    ),
    "something that is no io manager": A_B + "result = materialize_passing([a, b], resources={'kept': 3})",
    # What it is told
    "what is said of the output": (
        KEPT + "class Told(Kept):\n"
        "    def handle_output(self, context, obj):\n"
        "        seen.append((context.name, context.step_key, dict(context.definition_metadata), context.asset_key.path,\n"
        "            [(k, v.value) for k, v in context.output_metadata.items()], context.has_partition_key, context.mapping_key))\n"
        "        super().handle_output(context, obj)\n"
        "@asset(io_manager_key='kept', metadata={'owner': 'us'})\ndef a(): return Output(1, metadata={'rows': 2})\n"
        "result = materialize_passing([a], resources={'kept': Told()})"
    ),
    "what is said of the input": (
        KEPT + "class Told(Kept):\n"
        "    def load_input(self, context):\n"
        "        up = context.upstream_output\n"
        "        seen.append((context.name, dict(context.definition_metadata), context.asset_key.path, up.name, up.step_key,\n"
        "            up.asset_key.path, dict(up.definition_metadata), context.dagster_type.typing_type, context.has_input_name))\n"
        "        return super().load_input(context)\n"
        "@asset(io_manager_key='kept', key_prefix='p', metadata={'owner': 'us'})\ndef a(): return 1\n"
        "@asset(ins={'x': AssetIn(key=['p', 'a'], metadata={'how': 'fast'})})\ndef b(x: int): return x\n"
        "result = materialize_passing([a, b], resources={'kept': Told()})"
    ),
    "metadata that the io manager adds": (
        KEPT + "class Adding(Kept):\n    def handle_output(self, context, obj):\n"
        "        super().handle_output(context, obj)\n        context.add_output_metadata({'size': 3, 'where': 'here'})\n"
        + A_B
        + "result = materialize_passing([a, b], resources={'kept': Adding()})"
    ),
    "metadata that the io manager and the function add": (
        KEPT + "class Adding(Kept):\n    def handle_output(self, context, obj):\n"
        "        super().handle_output(context, obj)\n        context.add_output_metadata({'size': 3})\n"
        "@asset(io_manager_key='kept')\ndef a(): return Output(1, metadata={'size': 2, 'rows': 1})\n"
        "result = materialize_passing([a], resources={'kept': Adding()})"
    ),
    "metadata that is added twice": (
        KEPT + "class Adding(Kept):\n    def handle_output(self, context, obj):\n"
        "        context.add_output_metadata({'size': 3})\n        context.add_output_metadata({'size': 4})\n"
        + A_B
        + "result = materialize_passing([a], resources={'kept': Adding()})"
    ),
    "an io manager that returns something": (
        KEPT
        + "class Odd(Kept):\n    def handle_output(self, context, obj): return 3\n"
        + A_B
        + "result = materialize_passing([a], resources={'kept': Odd()})"
    ),
    # What is passed
    "None is passed as it is": (
        KEPT + "@asset(io_manager_key='kept')\ndef a(): return None\n@asset\ndef b(a): return a\n" + RUN
    ),
    "what a function stores itself is not passed, and is loaded": (
        KEPT + "class Some(Kept):\n    def load_input(self, context): return 7\n"
        "@asset(io_manager_key='kept')\ndef a() -> None: ...\n@asset\ndef b(a): return a\n"
        "result = materialize_passing([a, b], resources={'kept': Some()})"
    ),
    "a MaterializeResult without a value is not passed": (
        KEPT + "@asset(io_manager_key='kept')\ndef a(): return MaterializeResult(metadata={'x': 1})\n"
        "result = materialize_passing([a], resources={'kept': Kept()})"
    ),
    "a MaterializeResult with a value is passed": (
        KEPT + "@asset(io_manager_key='kept')\ndef a(): return MaterializeResult(value=5)\n"
        "@asset\ndef b(a): return a\n" + RUN
    ),
    "what the io manager loads is what the function gets": (
        KEPT
        + "class Twice(Kept):\n    def load_input(self, context): return 2 * super().load_input(context)\n"
        + A_B
        + "result = materialize_passing([a, b], resources={'kept': Twice()})"
    ),
    "what the io manager loads is of the wrong type": (
        KEPT + "class Text(Kept):\n    def load_input(self, context): return 'x'\n"
        "@asset(io_manager_key='kept')\ndef a(): return 1\n@asset\ndef b(a: int): return a\n"
        "result = materialize_passing([a, b], resources={'kept': Text()})"
    ),
    "an io manager that cannot store": (
        KEPT
        + "class Full(Kept):\n    def handle_output(self, context, obj): raise ValueError('full')\n"
        + A_B
        + "result = materialize_passing([a, b], resources={'kept': Full()}, raise_on_error=False)\nseen = [result.success]"
    ),
    "an io manager that cannot load": (
        KEPT
        + "class Empty(Kept):\n    def load_input(self, context): raise KeyError('gone')\n"
        + A_B
        + "result = materialize_passing([a, b], resources={'kept': Empty()}, raise_on_error=False)\nseen = [result.success]"
    ),
    "an io manager that stores at the second try": (
        KEPT + "class Second(Kept):\n    def handle_output(self, context, obj):\n"
        "        seen.append('try')\n        if len(seen) < 2: raise ValueError('not yet')\n"
        "@asset(io_manager_key='kept', retry_policy=RetryPolicy(max_retries=2))\ndef a(): return 1\n"
        "result = materialize_passing([a], resources={'kept': Second()})"
    ),
    "what is yielded is passed before the function goes on": (
        KEPT
        + "@multi_asset(outs={'a': AssetOut(io_manager_key='kept'), 'c': AssetOut(io_manager_key='kept')})\n"
        "def m():\n    yield Output(1, 'a')\n    seen.append('between')\n    yield Output(2, 'c')\n"
        "result = materialize_passing([m], resources={'kept': Kept()})"
    ),
    "an asset that is not selected is loaded from the io manager": (
        KEPT + A_B + "kept = Kept()\nkept.values['a',] = 10\n"
        "result = materialize_passing([a, b], selection=[a, b], resources={'kept': kept})"
    ),
    "resources of an io manager": (
        KEPT + "@io_manager(required_resource_keys={'db'})\ndef kept(context):\n"
        "    seen.append(context.resources.db)\n    return Kept()\n"
        + A_B
        + "result = materialize_passing([a, b], resources={'kept': kept, 'db': 5})"
    ),
    "resources of an io manager that are not there": (
        KEPT
        + "@io_manager(required_resource_keys={'db'})\ndef kept(context): return Kept()\n"
        + A_B
        + "result = materialize_passing([a, b], resources={'kept': kept})"
    ),
    "configuration of an io manager": (
        KEPT + "@io_manager(config_schema={'x': int})\ndef kept(context):\n"
        "    seen.append(context.resource_config['x'])\n    return Kept()\n"
        + A_B
        + "result = materialize_passing([a, b], resources={'kept': kept}, run_config={'resources': {'kept': {'config': {'x': 3}}}})"
    ),
    "an io manager that is a class of configuration": (
        "seen = []\nvalues = {}\nclass Files(ConfigurableIOManager):\n    folder: str\n"
        "    def handle_output(self, context, obj): values[self.folder, context.asset_key.path[-1]] = obj\n"
        "    def load_input(self, context):\n        seen.append(self.folder)\n"
        "        return values[self.folder, context.asset_key.path[-1]]\n"
        + A_B
        + "result = materialize_passing([a, b], resources={'kept': Files(folder='x')})"
    ),
    "a factory of an io manager": (
        KEPT + "class Factory(ConfigurableIOManagerFactory):\n    n: int\n"
        "    def create_io_manager(self, context):\n        seen.append(self.n)\n        return Kept()\n"
        + A_B
        + "result = materialize_passing([a, b], resources={'kept': Factory(n=3)})"
    ),
    # Inputs
    "an input manager": (
        "seen = []\n@input_manager\ndef mine(context):\n"
        "    seen.append((context.name, context.upstream_output.asset_key.path))\n    return 40\n"
        "@asset\ndef a(): return 1\n@asset(ins={'a': AssetIn(input_manager_key='mine')})\ndef b(a): return a + 2\n"
        "result = materialize_passing([a, b], resources={'mine': mine})"
    ),
    "an io manager as an input manager": (
        KEPT + "class Other(Kept):\n    def load_input(self, context): return 9\n"
        "@asset\ndef a(): return 1\n@asset(ins={'a': AssetIn(input_manager_key='other')})\ndef b(a): return a\n"
        "result = materialize_passing([a, b], resources={'other': Other()})"
    ),
    "an input manager that is not there": (
        "@asset\ndef a(): return 1\n@asset(ins={'a': AssetIn(input_manager_key='mine')})\ndef b(a): return a\n"
        "result = materialize_passing([a, b])"
    ),
    "an input manager of an op that nothing is connected to": (
        "@input_manager\ndef mine(): return 6\n@op(ins={'x': In(input_manager_key='mine')})\ndef inc(x): return x + 1\n"
        "@graph_asset\ndef a(): return inc()\nresult = materialize_passing([a], resources={'mine': mine})"
    ),
    "an input manager of an op that something is connected to": (
        "seen = []\n@input_manager\ndef mine(context):\n    seen.append(context.name)\n    return 6\n"
        "@op\ndef one(): return 1\n@op(ins={'x': In(input_manager_key='mine')})\ndef inc(x): return x + 1\n"
        "@graph_asset\ndef a(): return inc(one())\nresult = materialize_passing([a], resources={'mine': mine})"
    ),
    # Ops
    "the io manager between two ops": (
        KEPT + "@op(out=Out(io_manager_key='kept'))\ndef one(): return 1\n@op\ndef inc(x): return x + 1\n"
        "@graph_asset\ndef a(): return inc(one())\nresult = materialize_passing([a], resources={'kept': Kept()})"
    ),
    "the io manager of the op that makes the asset": (
        KEPT + "@op\ndef one(): return 1\n@op(out=Out(io_manager_key='kept'))\ndef inc(x): return x + 1\n"
        "@graph_asset\ndef a(): return inc(one())\n@asset\ndef b(a): return a\n" + RUN
    ),
    "the default io manager of ops": (
        KEPT + FROM_ONE + "@graph_asset\ndef a(): return inc(one())\n"
        "result = materialize_passing([a], resources={'io_manager': Kept()})"
    ),
    "the io manager of a job": (
        KEPT
        + FROM_ONE
        + "@job(resource_defs={'io_manager': IOManagerDefinition.hardcoded_io_manager(Kept())})\n"
        "def j(): inc(inc.alias('again')(one()))\nseen.append(j.execute_in_process().output_for_node('inc'))"
    ),
    "values in memory in a job": (
        FROM_ONE + "@job(resource_defs={'io_manager': mem_io_manager})\ndef j(): inc(one())\n"
        "seen = j.execute_in_process().output_for_node('inc')"
    ),
    "several values to one op": (
        KEPT + "@op\ndef one(): return 1\n@op\ndef total(xs): return sum(xs)\n"
        "@job(resource_defs={'io_manager': IOManagerDefinition.hardcoded_io_manager(Kept())})\n"
        "def j(): total([one.alias('x')(), one.alias('y')()])\nseen.append(j.execute_in_process().output_for_node('total'))"
    ),
    "an op that gives nothing is not passed": (
        KEPT
        + "@op(out=Out(Nothing))\ndef one(): ...\n@op(ins={'before': In(Nothing)})\ndef two(): return 2\n"
        "@job(resource_defs={'io_manager': IOManagerDefinition.hardcoded_io_manager(Kept())})\n"
        "def j(): two(before=one())\nj.execute_in_process()"
    ),
    # What is made elsewhere
    "a source asset with its io manager": (
        KEPT + "kept = Kept()\nkept.values['src',] = 5\n"
        "src = SourceAsset('src', io_manager_def=IOManagerDefinition.hardcoded_io_manager(kept))\n"
        "@asset\ndef b(src): return src + 1\nresult = materialize_passing([src, b])"
    ),
    "a source asset that names its io manager": (
        KEPT
        + "kept = Kept()\nkept.values['src',] = 5\nsrc = SourceAsset('src', io_manager_key='kept', metadata={'x': 1})\n"
        "@asset\ndef b(src): return src + 1\nresult = materialize_passing([src, b], resources={'kept': kept})"
    ),
    "a spec that names its io manager": (
        KEPT + "kept = Kept()\nkept.values['src',] = 5\nsrc = AssetSpec('src').with_io_manager_key('kept')\n"
        "@asset\ndef b(src): return src + 1\nresult = materialize_passing([src, b], resources={'kept': kept})"
    ),
    "what nothing tells of is read by the default io manager": (
        KEPT + "kept = Kept()\nkept.values['src',] = 5\n@asset\ndef b(src): return src + 1\n"
        "result = materialize_passing([b], resources={'io_manager': kept})"
    ),
    "the attributes of a source asset": (
        "src = SourceAsset(['p', 'src'], metadata={'x': 1}, io_manager_key='k', description='d', group_name='g', tags={'t': 'v'})\n"
        "seen = [src.key.path, src.metadata['x'].value, src.io_manager_key, src.get_io_manager_key(), src.description,\n"
        "    src.group_name, dict(src.tags), src.is_observable]"
    ),
    "an asset and what tells of it": (
        "@asset\ndef a(): return 1\nDefinitions(assets=[a, AssetSpec('a')]).resolve_asset_graph()"
    ),
    "definitions with what is made elsewhere": (
        "@asset(deps=['src'])\ndef b(): return 1\n"
        "defs = Definitions(assets=[AssetSpec('src', group_name='g', kinds={'x'}), b])\n"
        "found = defs.resolve_assets_def('src')\n"
        "seen = [found.is_executable, sorted(k.path for k in found.keys), sorted(s.key.path for s in defs.resolve_all_asset_specs())]"
    ),
    "the key of the io manager of an asset": (
        "@asset(io_manager_key='k')\ndef a(): return 1\n@asset\ndef b(): return 1\n"
        "seen = [a.get_io_manager_key_for_asset_key(a.key), b.get_io_manager_key_for_asset_key(b.key)]"
    ),
    # Runs of some assets
    "one asset, whose input another run gave to an io manager": (
        KEPT + A_B + "kept = {'kept': Kept()}\nkept['io_manager'] = kept['kept']\n"
        "materialize_passing([a, b], resources=kept)\nseen.append('again')\n"
        "result = materialize_passing([a, b], selection=['b'], resources=kept)"
    ),
    "one asset, whose input no run gave to an io manager": (
        KEPT + A_B + "kept = {'kept': Kept()}\nkept['io_manager'] = kept['kept']\n"
        "result = materialize_passing([a, b], selection=['b'], resources=kept, raise_on_error=False)"
    ),
    # Contexts that are built
    "a built output context": (
        "context = build_output_context(step_key='s', name='n', run_id='r', definition_metadata={'a': 1}, asset_key='k',\n"
        "    config={'c': 1}, resource_config={'d': 2}, mapping_key='m')\n"
        "seen = [list(context.get_identifier()), list(context.get_asset_identifier()), context.definition_metadata,\n"
        "    context.config, context.resource_config, context.has_asset_key, context.has_asset_partitions]"
    ),
    "a built input context": (
        "up = build_output_context(step_key='s', name='n', run_id='r')\n"
        "context = build_input_context(name='x', upstream_output=up, asset_key=['p', 'k'], partition_key='2024')\n"
        "seen = [list(context.get_identifier()), list(context.get_asset_identifier()), context.partition_key,\n"
        "    list(context.asset_partition_keys), context.asset_partition_key, context.has_input_name]"
    ),
    "a built context without a step": "build_output_context(name='n').step_key",
    "a built context without an asset": "build_output_context(name='n').asset_key",
    "a built context without an output before it": "build_input_context(name='n').get_identifier()",
    "a built context with resources": (
        "@resource\ndef db(): return 5\nseen = build_input_context(resources={'db': db, 'x': 3}).resources.db"
    ),
    "metadata of a built context": (
        "context = build_output_context()\ncontext.add_output_metadata({'a': 1})\n"
        "seen = {k: v.value for k, v in context.get_logged_metadata().items()}"
    ),
    "an io manager that is called directly": (
        KEPT + "kept = Kept()\nkept.handle_output(build_output_context(asset_key='a'), 3)\n"
        "seen.append(kept.load_input(build_input_context(name='x', asset_key='a')))"
    ),
}
