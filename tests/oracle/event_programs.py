"""Small programs for what functions say beside their outputs, and for what results tell of runs."""

from __future__ import annotations

KINDS = "def kinds(r, node): return [e.event_type_value for e in r.events_for_node(node) if e.event_type_value not in ('LOADED_INPUT', 'STEP_INPUT', 'HANDLED_OUTPUT', 'LOGS_CAPTURED', 'ASSET_MATERIALIZATION_PLANNED')]\n"


def _op(lines: str, seen: str, out: str = "", options: str = "") -> str:
    decorator = f"@op({out})" if out else "@op"
    return (
        f"{KINDS}{decorator}\ndef f(context):\n    {lines}\n@job\ndef j(): f()\n"
        f"r = j.execute_in_process({options})\nseen = {seen}\n"
    )


def _asset(lines: str, seen: str, options: str = "", decorator: str = "@asset") -> str:
    return f"{KINDS}{decorator}\ndef a(context):\n    {lines}\nr = materialize([a]{options})\nseen = {seen}\n"


SAID = "[(m.asset_key.path, m.description, m.partition, {k: (type(v).__name__, v.value) for k, v in m.metadata.items()}) for m in r.asset_materializations_for_node('f')]"
SEEN = "[(o.asset_key.path, o.description, {k: v.value for k, v in o.metadata.items()}, dict(o.tags)) for o in r.asset_observations_for_node('f')]"
EXPECTED = "[(e.success, e.label, e.description, {k: v.value for k, v in e.metadata.items()}) for e in r.expectation_results_for_node('f')]"

WRITTEN = """
@op
def one(): return 1
@op
def add(x, y): return x + y
@op
def total(xs): return sum(xs)
@op(out={'p': Out(), 'q': Out()})
def pair(): return 10, 20
"""

PROGRAMS: dict[str, str] = {
    # AssetMaterialization
    "yields a materialization": _op(
        "yield AssetMaterialization('m', metadata={'n': 1})\n    yield Output(2)",
        f"[{SAID}, r.output_for_node('f')]",
    ),
    "yields a materialization and nothing else": _op("yield AssetMaterialization('m')", SAID),
    "yields a materialization, and has no outputs": _op(
        "yield AssetMaterialization('m', 'what it is', partition='p')", SAID, "out={}"
    ),
    "logs a materialization": _op(
        "context.log_event(AssetMaterialization(['m', 'n']))\n    return 3",
        f"[{SAID}, r.output_for_node('f')]",
    ),
    "logs several": _op("for k in 'ab': context.log_event(AssetMaterialization(k))", SAID),
    "returns a materialization": _op("return AssetMaterialization('m')", SAID),
    "logs a text": _op("context.log_event('hello')", "r.success"),
    "a key with slashes": "seen = [AssetMaterialization('a/b c').asset_key.path, AssetMaterialization('a').label, AssetMaterialization(['a', 'b']).label]",
    "a file": "m = AssetMaterialization.file('/tmp/x.csv', 'a table')\nseen = [m.asset_key.path, m.description, m.metadata['path'].value]",
    "a file with a key": "seen = AssetMaterialization.file('/tmp/x', asset_key='k').asset_key.path",
    "a materialization without a key": "AssetMaterialization()",
    "a materialization of a number": "AssetMaterialization(3)",
    "a materialization of what cannot be shown": "AssetMaterialization('a', metadata={'x': object()})",
    "a materialization with a description of a number": "AssetMaterialization('a', description=3)",
    "a materialization with bad tags": "AssetMaterialization('a', tags={'k': 1})",
    "a materialization with tags": "m = AssetMaterialization('a', tags={'k': 'v'})\nseen = [m.tags, AssetMaterialization('a').tags]",
    "equal materializations": "seen = [AssetMaterialization('a') == AssetMaterialization('a'), AssetMaterialization('a') == AssetMaterialization('b')]",
    "an asset yields the materialization of another": _asset(
        "yield AssetMaterialization('m')\n    yield Output(1)",
        "[r.output_for_node('a'), sorted(e.asset_key.path[0] for e in r.get_asset_materialization_events())]",
    ),
    "an asset logs the materialization of another": _asset(
        "context.log_event(AssetMaterialization('m'))\n    return 1",
        "[r.output_for_node('a'), sorted(e.asset_key.path[0] for e in r.get_asset_materialization_events())]",
    ),
    "an asset returns a materialization": _asset("return AssetMaterialization('m')", "r.success"),
    "a multi-asset yields the materialization of another": "@multi_asset(outs={'x': AssetOut(), 'y': AssetOut()})\ndef m():\n    yield Output(1, 'x')\n    yield AssetMaterialization('other')\n    yield Output(2, 'y')\nr = materialize([m])\nseen = sorted(e.asset_key.path[0] for e in r.get_asset_materialization_events())",
    "an op of a graph asset logs one": "@op\ndef f(context):\n    context.log_event(AssetMaterialization('m'))\n    return 1\n@graph_asset\ndef g(): return f()\nr = materialize([g])\nseen = sorted(e.asset_key.path[0] for e in r.get_asset_materialization_events())",
    # AssetObservation
    "yields an observation": _op(
        "yield AssetObservation('o', metadata={'n': 1.5})\n    yield Output(2)", SEEN
    ),
    "logs an observation": _op("context.log_event(AssetObservation('o', 'seen', tags={'k': 'v'}))", SEEN),
    "an asset logs an observation of itself": _asset(
        "context.log_event(AssetObservation('a', metadata={'n': 1}))\n    return 1",
        "[e.asset_key.path for e in r.get_asset_observation_events()]",
    ),
    "an observation of a number": "AssetObservation(3)",
    "an observation with a data version": "seen = AssetObservation('a', tags={'dagster/data_version': 'v'}).data_version",
    "equal observations": "seen = AssetObservation('a') == AssetObservation('a')",
    "an observe result": "o = ObserveResult('a', metadata={'n': 1}, data_version=DataVersion('v'))\nseen = [o.asset_key.path, dict(o.metadata), o.data_version.value, list(o.check_results), o.tags]",
    # ExpectationResult
    "yields an expectation": _op(
        "yield ExpectationResult(True, 'rows', 'there are some', {'n': 1})\n    yield Output(2)", EXPECTED
    ),
    "an expectation that is not met": _op(
        "yield ExpectationResult(False)\n    yield Output(2)", f"[r.success, {EXPECTED}]"
    ),
    "logs an expectation": _op("context.log_event(ExpectationResult(False, label='x'))", EXPECTED),
    "an expectation of a text": "ExpectationResult('yes')",
    "returns an expectation": _op("return ExpectationResult(True)", "r.success"),
    # Direct calls
    "a direct call that yields events": "@op\ndef f():\n    yield AssetMaterialization('m')\n    yield Output(1)\nseen = [type(e).__name__ for e in f()]",
    "a direct call that logs events": "@op\ndef f(context):\n    context.log_event(AssetMaterialization('m'))\n    context.log_event(AssetObservation('o'))\n    return 1\nc = build_op_context()\nf(c)\nseen = [type(e).__name__ for e in c.get_events()]",
    "a direct call of an asset that logs events": "@asset\ndef a(context):\n    context.log_event(AssetMaterialization('m'))\n    return 1\nc = build_asset_context()\na(c)\nseen = [type(e).__name__ for e in c.op_execution_context.get_events()]",
    # What results tell
    "the events of an op": _op("return 1", "kinds(r, 'f')"),
    "the events of an op that fails": _op(
        "raise ValueError('no')", "kinds(r, 'f')", options="raise_on_error=False"
    ),
    "the events of an op that is tried again": _op(
        "if context.retry_number < 2: raise ValueError('no')\n    return 1",
        "[kinds(r, 'f'), r.retry_attempts_for_node('f')]",
        "retry_policy=RetryPolicy(max_retries=2)",
    ),
    "the events of an op that asks to be tried again": _op(
        "if context.retry_number < 1: raise RetryRequested(max_retries=2, seconds_to_wait=0)\n    return 1",
        "[kinds(r, 'f'), [e.step_retry_data.seconds_to_wait for e in r.all_events if e.is_step_up_for_retry]]",
    ),
    "the events of an op that says things": _op(
        "yield AssetMaterialization('m')\n    yield AssetObservation('o')\n    yield ExpectationResult(True)\n    yield Output(1)",
        "kinds(r, 'f')",
    ),
    "the events of an op of two outputs": _op(
        "yield Output(1, 'x')\n    yield Output(2, 'y')",
        "[(e.step_output_data.output_name, e.step_output_data.mapping_key) for e in r.events_for_node('f') if e.is_successful_output]",
        "out={'x': Out(), 'y': Out()}",
    ),
    "the metadata of outputs": _op(
        "return Output(1, metadata={'n': 1})",
        "[{k: v.value for k, v in e.step_output_data.metadata.items()} for e in r.all_events if e.is_successful_output]",
    ),
    "the events of parts": "@op(out=DynamicOut())\ndef parts():\n    for k in 'ab': yield DynamicOutput(k, k)\n@op\ndef f(x): return x\n@job\ndef j(): parts().map(f)\nr = j.execute_in_process()\nseen = [sorted(e.step_key for e in r.all_events if e.is_step_success), [e.step_output_data.mapping_key for e in r.events_for_node('parts') if e.is_successful_output]]",
    "the events of an asset": _asset("return 1", "kinds(r, 'a')"),
    "the events of an asset that fails": _asset(
        "raise ValueError('no')",
        "[kinds(r, 'a'), sorted(r.get_failed_step_keys())]",
        ", raise_on_error=False",
    ),
    "the events of an asset that is tried again": _asset(
        "if context.retry_number < 1: raise ValueError('no')\n    return 1",
        "[kinds(r, 'a'), r.retry_attempts_for_node('a')]",
        decorator="@asset(retry_policy=RetryPolicy())",
    ),
    "the events of what a failure leaves out": KINDS
    + "@asset\ndef a(): raise ValueError('no')\n@asset\ndef b(a): return a\n@asset\ndef c(b): return b\nr = materialize([a, b, c], raise_on_error=False)\nseen = [kinds(r, 'b'), kinds(r, 'c'), r.is_node_skipped('b'), r.is_node_failed('b')]",
    "the events of what nothing is given to": KINDS
    + "@asset(output_required=False)\ndef a():\n    if False: yield Output(1)\n@asset\ndef b(a): return a\n@asset\ndef c(b): return b\nr = materialize([a, b, c], raise_on_error=False)\nseen = [kinds(r, 'a'), kinds(r, 'b'), kinds(r, 'c'), r.is_node_skipped('b')]",
    "the events of ops that nothing is given to": KINDS
    + "@op(out=Out(is_required=False))\ndef f():\n    if False: yield Output(1)\n@op\ndef g(x): return x\n@job\ndef j(): g(g(f()))\nr = j.execute_in_process()\nseen = [kinds(r, 'f'), kinds(r, 'g'), kinds(r, 'g_2')]",
    "the events of ops that a failure leaves out": KINDS
    + "@op\ndef f(): raise ValueError('no')\n@op\ndef g(x): return x\n@job\ndef j(): g(f())\nr = j.execute_in_process(raise_on_error=False)\nseen = [kinds(r, 'f'), kinds(r, 'g')]",
    "the events of a nested graph": KINDS
    + "@op\ndef f(): return 1\n@graph\ndef inner(): return f()\n@job\ndef j(): inner()\nr = j.execute_in_process()\nseen = [kinds(r, 'inner'), kinds(r, 'inner.f'), [e.node_handle.path for e in r.all_node_events if e.is_step_start], [e.step_key for e in r.all_node_events if e.is_step_start], [e.node_name for e in r.all_node_events if e.is_step_start]]",
    "the events of a run": _op(
        "return 1",
        "[r.get_run_success_event().event_type_value, r.all_events[-1].event_type_value, len([e for e in r.all_events if e.is_job_success])]",
    ),
    "the events of a run that failed": _op(
        "raise ValueError('no')",
        "[r.get_run_failure_event().event_type_value, r.get_run_failure_event().job_failure_data.first_step_failure_event.step_key, r.get_run_failure_event().is_failure]",
        options="raise_on_error=False",
    ),
    "no success of a run that failed": _op(
        "raise ValueError('no')", "r.get_run_success_event()", options="raise_on_error=False"
    ),
    "the data of a failure": _op(
        "raise Failure('gone', metadata={'n': 1})",
        "[r.failure_data_for_node('f').user_failure_data.description, {k: v.value for k, v in r.failure_data_for_node('f').user_failure_data.metadata.items()}]",
        options="raise_on_error=False",
    ),
    "the error of a failure": _op(
        "raise ValueError('no')",
        "[r.failure_data_for_node('f').error.cause.cls_name, 'no' in r.failure_data_for_node('f').error.cause.message, 'no' in r.failure_data_for_node('f').error_display_string]",
        options="raise_on_error=False",
    ),
    "no failure": _op("return 1", "r.failure_data_for_node('f')"),
    "the duration of a step": _op(
        "return 1", "[e.step_success_data.duration_ms > 0 for e in r.all_events if e.is_step_success]"
    ),
    "data of another type": _op(
        "return 1", "[e for e in r.all_events if e.is_step_start][0].step_output_data"
    ),
    "the materializations of an asset": _asset(
        "return Output(1, metadata={'n': 1}, tags={'k': 'v'})",
        "[(e.asset_key.path, {k: v.value for k, v in e.materialization.metadata.items()}, e.materialization.tags['k'], e.partition, e.step_key) for e in r.get_asset_materialization_events()]",
    ),
    "the materializations of a graph asset": "@op\ndef f(): return Output(1, metadata={'n': 1})\n@graph_asset\ndef g(): return f()\nr = materialize([g])\nseen = [(e.asset_key.path, e.materialization.metadata['n'].value) for e in r.events_for_node('g') if e.is_step_materialization]",
    "filtered": _op("return 1", "[e.event_type.name for e in r.filter_events(lambda e: e.is_step_start)]"),
    "types by name and value": "seen = [DagsterEventType.RUN_START.value, DagsterEventType('STEP_START').name, DagsterEventType.PIPELINE_SUCCESS is DagsterEventType.RUN_SUCCESS, DagsterEventType.STEP_OUTPUT == 'STEP_OUTPUT']",
    # Metadata
    **{
        f"metadata: {name}": f"v = Output(1, metadata={{'k': {value}}}).metadata['k']\nseen = [type(v).__name__, v.value if isinstance(v.value, (str, int, float, list, dict, bool, type(None))) else None]"
        for name, value in {
            "a text": "'x'",
            "a number": "3",
            "a float": "0.5",
            "a bool": "True",
            "nothing": "None",
            "a list": "[1, (2,)]",
            "a dict": "{1: 2}",
            "a key": "AssetKey('a')",
            "a schema": "TableSchema.from_name_type_dict({'a': 'int'})",
            "a lineage": "TableColumnLineage({'a': [TableColumnDep('b', 'c')]})",
            "a tuple": "(1,)",
            "a set": "{1}",
            "bytes": "b'x'",
            "an object": "object()",
            "a list of objects": "[object()]",
            "a record": "TableRecord({'a': 1})",
            "a column": "TableColumn('a')",
            "a url": "MetadataValue.url('https://example.com')",
            "Markdown": "MetadataValue.md('*x*')",
            "a run": "MetadataValue.dagster_run('r')",
            "a pool": "MetadataValue.pool('p')",
            "a notebook": "MetadataValue.notebook('x.ipynb')",
            "a float given a whole number": "MetadataValue.float(1)",
            "a whole number given a float": "MetadataValue.int(1.0)",
            "a bool given a number": "MetadataValue.bool(1)",
            "a text given a number": "MetadataValue.text(1)",
            "a moment given a whole number": "MetadataValue.timestamp(1)",
            "a key given a text": "MetadataValue.asset('a')",
            "JSON given a number": "MetadataValue.json(1)",
            "JSON given a text": "MetadataValue.json('x')",
            "a table": "MetadataValue.table([TableRecord({'a': 1})])",
            "an empty table": "MetadataValue.table([])",
            "a table of dicts": "MetadataValue.table([{'a': 1}])",
            "a job": "MetadataValue.job('j', 'here')",
            "a job without a place": "MetadataValue.job('j')",
            "a kind by its class": "IntMetadataValue(3)",
            "a kind by its class, named": "UrlMetadataValue(url='x')",
            "an artifact of no function": "MetadataValue.python_artifact(3)",
        }.items()
    },
    "metadata: a path and its parts": "v = PathMetadataValue('a/b')\nseen = [v.path, v.value]",
    "metadata: an artifact": "import json\nv = MetadataValue.python_artifact(json.dumps)\nseen = [v.module, v.name, v.value is v]",
    "metadata: a table and its schema": "t = MetadataValue.table([TableRecord({'a': 1, 'b': 'x', 'c': 1.5, 'd': True, 'e': None})])\nseen = [(c.name, c.type) for c in t.schema.columns]",
    "metadata: a column": "c = TableColumn('a', constraints=TableColumnConstraints(nullable=False, other=['> 1']), tags={'k': 'v'})\nseen = [c.type, c.description, c.constraints.nullable, c.constraints.unique, list(c.constraints.other), dict(c.tags)]",
    "metadata: a column of no name": "TableColumn(1)",
    "metadata: constraints of a text": "TableColumnConstraints(nullable='x')",
    "metadata: a lineage that repeats itself": "TableColumnLineage({'a': [TableColumnDep('b', 'c'), TableColumnDep('b', 'c')]})",
    "metadata: a lineage in order": "l = TableColumnLineage({'a': [TableColumnDep('z', 'c'), TableColumnDep('b', 'c')]})\nseen = [d.asset_key.path for d in l.deps_by_column['a']]",
    "metadata: equal values": "seen = [MetadataValue.int(1) == MetadataValue.int(1), MetadataValue.int(1) == MetadataValue.int(2), MetadataValue.int(1) == 1]",
    "metadata: nothing but a class": "MetadataValue()",
    "metadata: a number as a name": "Output(1, metadata={1: 2})",
    # Types
    **{
        f"type: {name}": f"check = lambda t, v: check_dagster_type(t, v).success\nseen = {value}"
        for name, value in {
            "scalars": "[check(t, v) for t in (Int, Float, String, Bool) for v in (1, 1.5, 'x', True, None)]",
            "classes": "[check(t, v) for t in (int, float, str, bool, list, dict) for v in (1, 1.5, 'x', True, [], {})]",
            "lists": "[check(List[Int], v) for v in ([], [1], [None], ['x'], None, (1,))]",
            "lists of what may be None": "[check(List[Optional[Int]], v) for v in ([], [1], [None], ['x'])]",
            "lists of Nothing": "List[Nothing]",
            "dicts": "[check(Dict[str, int], v) for v in ({}, {'a': 1}, {1: 1}, {'a': 'x'}, [])]",
            "a dict of one type": "Dict[int]",
            "tuples": "[check(Tuple[int, str], v) for v in ((1, 'x'), (1,), ('x', 1), [1, 'x'])]",
            "sets": "[check(Set[int], v) for v in (set(), {1}, {'x'}, [])]",
            "plain families": "[check(t, v) for t in (List, Dict, Set, Tuple) for v in ([1], {'a': 1}, {1}, (1,))]",
            "anything": "[check(Any, v) for v in (1, None)]",
            "nothing": "check(Nothing, None)",
            "no type": "check(3, 3)",
            "a type of a function": "[check(DagsterType(lambda _, v: v == 3, name='Three'), v) for v in (3, 4)]",
            "a function that says neither yes nor no": "check(DagsterType(lambda _, v: 'yes', name='T'), 3)",
            "a type without a name": "DagsterType(lambda _, v: True)",
            "a type without a function": "DagsterType(None, name='T')",
            "a class under a name": "[PythonObjectDagsterType(int, name='N').unique_name, PythonObjectDagsterType(int).unique_name, PythonObjectDagsterType((int, str)).unique_name]",
            "no class": "PythonObjectDagsterType('int')",
            "names": "[Int.unique_name if hasattr(Int, 'unique_name') else 'Int', List[Int].display_name, Optional[Int].display_name, List[List[Optional[Int]]].display_name]",
        }.items()
    },
    "type: of an input": "T = DagsterType(lambda _, v: v > 3, name='Big')\n@op\ndef f(): return 2\n@op(ins={'x': In(T)})\ndef g(x): return x\n@job\ndef j(): g(f())\nr = j.execute_in_process(raise_on_error=False)\nseen = [r.success, r.is_node_failed('g')]",
    "type: of an output": "T = DagsterType(lambda _, v: TypeCheck(v > 3, 'too small', metadata={'n': v}), name='Big')\n@op(out=Out(T))\ndef f(): return 2\n@job\ndef j(): f()\nj.execute_in_process()",
    "type: of an output that passes": "T = DagsterType(lambda _, v: TypeCheck(v > 3), name='Big')\n@op(out=Out(T))\ndef f(): return 5\n@job\ndef j(): f()\nseen = j.execute_in_process().output_for_node('f')",
    "type: a check that raises": "def check(_, v): raise KeyError('gone')\n@op(out=Out(DagsterType(check, name='T')))\ndef f(): return 5\n@job\ndef j(): f()\nj.execute_in_process()",
    "type: of an asset's output": "T = DagsterType(lambda _, v: v > 3, name='Big')\n@multi_asset(outs={'a': AssetOut(dagster_type=T), 'b': AssetOut()})\ndef m(): return 1, 2\nmaterialize([m])",
    "type: a class that is usable": "@usable_as_dagster_type(name='Named', description='d')\nclass C: pass\n@op\ndef f() -> C: return C()\n@op\ndef g(c: C): return 1\n@job\ndef j(): g(f())\nseen = [j.execute_in_process().success, f.output_defs[0].dagster_type.unique_name]",
    "type: a class that is usable, and another value": "@usable_as_dagster_type\nclass C: pass\n@op\ndef f() -> C: return 1\n@job\ndef j(): f()\nj.execute_in_process()",
    "type: a class that is made usable": "class Even(int): pass\nmake_python_type_usable_as_dagster_type(Even, DagsterType(lambda _, v: v % 2 == 0, name='Even'))\n@op\ndef f() -> Even: return 3\n@job\ndef j(): f()\nj.execute_in_process()",
    "type: a class that is made usable twice": "class Even(int): pass\nfor name in ('a', 'b'): make_python_type_usable_as_dagster_type(Even, DagsterType(lambda _, v: True, name=name))",
    "type: in and out of an op": "@op(ins={'x': In(List[Int])}, out={'a': Out(Optional[String]), 'b': Out()})\ndef f(x, y: int = 3): return None, 1\nseen = [[(d.name, d.dagster_type.display_name, d.has_default_value) for d in f.input_defs], [(d.name, d.dagster_type.display_name, d.is_required) for d in f.output_defs]]",
    "type: an input of no type": "In(3)",
    "type: a check that fails": "TypeCheck('yes')",
    "type: a check's words": "c = TypeCheck(True, 'fine', metadata={'n': 1})\nseen = [c.success, c.description, c.metadata['n'].value]",
    # Graphs that are written down
    **{
        f"graph: {name}": f"{WRITTEN}{value}"
        for name, value in {
            "nodes and dependencies": "g = GraphDefinition(name='g', node_defs=[one, add], dependencies={'add': {'x': DependencyDefinition('one'), 'y': DependencyDefinition('one')}})\nseen = g.execute_in_process().output_for_node('add')",
            "nodes in any order": "g = GraphDefinition(name='g', node_defs=[add, one], dependencies={'add': {'x': DependencyDefinition('one'), 'y': DependencyDefinition('one')}})\nseen = g.to_job().execute_in_process().output_for_node('add')",
            "an alias": "g = GraphDefinition(name='g', node_defs=[one, add], dependencies={NodeInvocation('one', alias='a'): {}, NodeInvocation('one', alias='b'): {}, 'add': {'x': DependencyDefinition('a'), 'y': DependencyDefinition('b')}})\nr = g.execute_in_process()\nseen = [r.output_for_node('a'), r.output_for_node('b'), r.output_for_node('add')]",
            "a list": "g = GraphDefinition(name='g', node_defs=[one, total], dependencies={'total': {'xs': MultiDependencyDefinition([DependencyDefinition('one')])}})\nseen = g.execute_in_process().output_for_node('total')",
            "several outputs": "g = GraphDefinition(name='g', node_defs=[pair, add], dependencies={'add': {'x': DependencyDefinition('pair', 'p'), 'y': DependencyDefinition('pair', 'q')}})\nseen = g.execute_in_process().output_for_node('add')",
            "inputs and outputs of its own": "g = GraphDefinition(name='g', node_defs=[one, add], dependencies={'add': {'x': DependencyDefinition('one')}}, input_mappings=[InputMapping(graph_input_name='n', mapped_node_name='add', mapped_node_input_name='y')], output_mappings=[OutputMapping(graph_output_name='result', mapped_node_name='add', mapped_node_output_name='result')])\nseen = g.execute_in_process(input_values={'n': 5}).output_value()",
            "in a graph": "g = GraphDefinition(name='g', node_defs=[one], output_mappings=[OutputMapping(graph_output_name='result', mapped_node_name='one', mapped_node_output_name='result')])\n@job\ndef j(): add(g(), one())\nr = j.execute_in_process()\nseen = [r.output_for_node('add'), r.output_for_node('g.one')]",
            "no nodes": "seen = GraphDefinition(name='g').execute_in_process().success",
            "an unknown node": "GraphDefinition(name='g', node_defs=[one, add], dependencies={'add': {'x': DependencyDefinition('two'), 'y': DependencyDefinition('one')}})",
            "an unknown output": "GraphDefinition(name='g', node_defs=[one, add], dependencies={'add': {'x': DependencyDefinition('one', 'other'), 'y': DependencyDefinition('one')}})",
            "an unknown input": "GraphDefinition(name='g', node_defs=[one, add], dependencies={'add': {'z': DependencyDefinition('one')}})",
            "dependencies of an unknown node": "GraphDefinition(name='g', node_defs=[one], dependencies={'two': {}})",
            "a circle": "GraphDefinition(name='g', node_defs=[add], dependencies={NodeInvocation('add', 'a'): {'x': DependencyDefinition('b'), 'y': DependencyDefinition('b')}, NodeInvocation('add', 'b'): {'x': DependencyDefinition('a'), 'y': DependencyDefinition('a')}})",
            "a dependency that is a text": "GraphDefinition(name='g', node_defs=[one, add], dependencies={'add': {'x': 'one', 'y': DependencyDefinition('one')}})",
            "a bad name": "GraphDefinition(name='a b')",
            "tags of a node": "g = GraphDefinition(name='g', node_defs=[one], dependencies={NodeInvocation('one', 'a', tags={'k': 'v'}): {}})\nseen = g.execute_in_process().output_for_node('a')",
            "run under another name": "@graph\ndef inner(): return one()\nseen = inner.alias('other').execute_in_process().output_value()",
            "a job that is called": "@job\ndef j(): one()\nj()",
        }.items()
    },
    # Direct calls
    "call: under another name": "@op\ndef f(x): return x + 1\nseen = f.alias('g')(2)",
    "call: a context that is not taken": "@op\ndef f(): return 1\nseen = f(build_op_context())",
    "call: a value for what carries none": "@op(ins={'start': In(Nothing)})\ndef f(): return 1\nf(start=1)",
    "call: without what carries none": "@op(ins={'start': In(Nothing)})\ndef f(): return 1\nseen = f()",
    "call: one output of several": "@op(out={'a': Out(is_required=False), 'b': Out()})\ndef f(): return Output(2, 'b')\nf()",
    "call: metadata as it was given": "@op\ndef f(context):\n    context.add_output_metadata({'n': 1})\n    return 1\nc = build_op_context()\nf(c)\nseen = c.get_output_metadata('result')",
    # Inputs of graphs that are left out
    "input: with a default": "@op\ndef f(x=3): return x\n@graph\ndef g(x): return f(x)\nseen = [g.execute_in_process().output_value(), g.execute_in_process(input_values={'x': 5}).output_value()]",
    "input: with a default of In": "@op(ins={'x': In(int, default_value=3)})\ndef f(x): return x\n@graph\ndef g(x): return f(x)\nseen = g.execute_in_process().output_value()",
    "input: that carries nothing": "@op(ins={'x': In(Nothing)})\ndef f(): return 1\n@graph\ndef g(x): return f(x)\nseen = g.execute_in_process().output_value()",
    "input: that one of two needs": "@op\ndef f(x=3): return x\n@op\ndef h(x): return x\n@graph\ndef g(x):\n    f(x)\n    h(x)\ng.execute_in_process()",
    "input: of a graph in a graph": "@op\ndef f(x=3): return x\n@graph\ndef inner(x): return f(x)\n@graph\ndef g(): return inner()\nseen = g.execute_in_process().output_value()",
    "input: a default of another type": "@op(ins={'x': In(int, default_value='x')})\ndef f(x): return x",
    "input: a default of what carries nothing": "@op(ins={'x': In(Nothing, default_value=1)})\ndef f(): return 1",
    "input: an argument that carries nothing": "@op\ndef f(x: Nothing): return 1",
    # Inputs that the configuration has the values of, and ops that are written down
    "configured input: as it is": "@op\ndef f(x: int, y: int = 5): return x + y\n@job\ndef j(): f()\nseen = j.execute_in_process(run_config={'ops': {'f': {'inputs': {'x': 3}}}}).output_for_node('f')",
    "configured input: as a value": "@op\ndef f(x: int, y: int = 5): return x + y\n@job\ndef j(): f()\nseen = j.execute_in_process(run_config={'ops': {'f': {'inputs': {'x': {'value': 3}, 'y': 1}}}}).output_for_node('f')",
    "configured input: missing": "@op\ndef f(x: int, y: int = 5): return x + y\n@job\ndef j(): f()\nj.execute_in_process()",
    "configured input: of another type": "@op\ndef f(x: int, y: int = 5): return x + y\n@job\ndef j(): f()\nseen = j.execute_in_process(run_config={'ops': {'f': {'inputs': {'x': 'a'}}}}).output_for_node('f')",
    "configured input: unknown": "@op\ndef f(x: int, y: int = 5): return x + y\n@job\ndef j(): f()\nseen = j.execute_in_process(run_config={'ops': {'f': {'inputs': {'x': 3, 'z': 1}}}}).output_for_node('f')",
    "configured input: anything as a value": "@op\ndef f(x): return x\n@job\ndef j(): f()\nseen = j.execute_in_process(run_config={'ops': {'f': {'inputs': {'x': {'value': [3]}}}}}).output_for_node('f')",
    "configured input: anything as it is": "@op\ndef f(x): return x\n@job\ndef j(): f()\nseen = j.execute_in_process(run_config={'ops': {'f': {'inputs': {'x': 3}}}}).output_for_node('f')",
    "configured input: a list": "@op(ins={'x': In(List[Int])})\ndef f(x): return x\n@job\ndef j(): f()\nseen = j.execute_in_process(run_config={'ops': {'f': {'inputs': {'x': [1, {'value': 2}]}}}}).output_for_node('f')",
    "configured input: a dict": "@op(ins={'x': In(Dict[String, Int])})\ndef f(x): return x\n@job\ndef j(): f()\nseen = j.execute_in_process(run_config={'ops': {'f': {'inputs': {'x': {'a': 1, 'b': {'value': 2}}}}}}).output_for_node('f')",
    "configured input: what may be None": "@op(ins={'x': In(Optional[Int])})\ndef f(x): return x\n@job\ndef j(): f()\nseen = j.execute_in_process(run_config={'ops': {'f': {'inputs': {'x': None}}}}).output_for_node('f')",
    "configured input: a pickle": "import pickle, tempfile\nfile = tempfile.NamedTemporaryFile()\npickle.dump(3, file)\nfile.flush()\n@op\ndef f(x: int): return x\n@job\ndef j(): f()\nseen = j.execute_in_process(run_config={'ops': {'f': {'inputs': {'x': {'pickle': {'path': file.name}}}}}}).output_for_node('f')",
    "configured input: of a class": "class C: pass\n@op\ndef f(x: C): return x\n@job\ndef j(): f()",
    "configured input: of a graph": "@op\ndef f(x: int): return x\n@graph\ndef g(x): return f(x)\n@job\ndef j(): g()\nseen = j.execute_in_process(run_config={'ops': {'g': {'inputs': {'x': 3}}}}).output_for_node('g.f')",
    "configured input: in a graph": "@op\ndef f(x: int): return x\n@graph\ndef g(): return f()\n@job\ndef j(): g()\nseen = j.execute_in_process(run_config={'ops': {'g': {'ops': {'f': {'inputs': {'x': 3}}}}}}).output_for_node('g.f')",
    "configured input: by a mapping": "@op\ndef f(x: int): return x\n@graph(config=ConfigMapping(config_schema={'n': int}, config_fn=lambda c: {'f': {'inputs': {'x': c['n']}}}))\ndef g(): return f()\n@job\ndef j(): g()\nseen = j.execute_in_process(run_config={'ops': {'g': {'config': {'n': 4}}}}).output_for_node('g.f')",
    "configured input: one of two": "@op\ndef one(): return 1\n@op\ndef f(x: int, y: int): return x + y\n@job\ndef j(): f(one())\nseen = j.execute_in_process(run_config={'ops': {'f': {'inputs': {'y': 3}}}}).output_for_node('f')",
    "written op": "f = OpDefinition(lambda context, inputs: (Output(each) for each in [inputs['x'] + 1]), 'f', ins={'x': In(int)}, outs={'result': Out(int)})\n@op\ndef one(): return 1\n@job\ndef j(): f(one())\nseen = j.execute_in_process().output_for_node('f')",
    "written op: with a bad name": "OpDefinition(lambda context, inputs: None, 'a b')",
    "op tags that are no texts": "@op(tags={'a': 1, 'b': {'c': [2]}})\ndef f(): return 1\nseen = dict(f.tags)",
    "op tags that have no JSON": "@op(tags={'a': object()})\ndef f(): return 1",
    "op tags that JSON has no words for": "@op(tags={'a': (1, 2)})\ndef f(): return 1",
    "an output whose type is a text": "Out('foo')",
    "a built context has no job": "build_op_context().job_def",
    "a built context has no step": "build_op_context().get_step_execution_context()",
    "selected ops: one with what it takes": "@op\ndef one(): return 1\n@op\ndef f(x: int): return x + 1\n@op\ndef h(x: int): return x * 2\n@job\ndef j(): h(f(one()))\nr = j.execute_in_process(op_selection=['*f'])\nseen = [r.output_for_node('f'), r.is_node_untouched('h')]",
    "selected ops: with steps": "@op\ndef one(): return 1\n@op\ndef f(x: int): return x + 1\n@op\ndef h(x: int): return x * 2\n@job\ndef j(): h(f(one()))\nr = j.execute_in_process(op_selection=['one+'])\nseen = [r.output_for_node('f'), r.is_node_untouched('h')]",
    "selected ops: two steps": "@op\ndef one(): return 1\n@op\ndef f(x: int): return x + 1\n@op\ndef h(x: int): return x * 2\n@job\ndef j(): h(f(one()))\nr = j.execute_in_process(op_selection=['++h'])\nseen = r.output_for_node('h')",
    "selected ops: an input of the configuration": "@op\ndef one(): return 1\n@op\ndef f(x: int): return x + 1\n@op\ndef h(x: int): return x * 2\n@job\ndef j(): h(f(one()))\nr = j.execute_in_process(op_selection=['h'], run_config={'ops': {'h': {'inputs': {'x': 4}}}})\nseen = r.output_for_node('h')",
    "selected ops: without its input": "@op\ndef one(): return 1\n@op\ndef f(x: int): return x + 1\n@op\ndef h(x: int): return x * 2\n@job\ndef j(): h(f(one()))\nj.execute_in_process(op_selection=['h'])",
    "selected ops: configuration of others": "@op(config_schema={'a': int})\ndef one(context): return 1\n@op\ndef two(): return 2\n@job\ndef j():\n    one()\n    two()\nseen = j.execute_in_process(op_selection=['two'], run_config={'ops': {'one': {'config': {'a': 1}}}}).output_for_node('two')",
    "selected ops: an unknown one": "@op\ndef one(): return 1\n@op\ndef f(x: int): return x + 1\n@op\ndef h(x: int): return x * 2\n@job\ndef j(): h(f(one()))\nj.execute_in_process(op_selection=['g'])",
    "selected ops: as a job": "@op\ndef one(): return 1\n@op\ndef f(x: int): return x + 1\n@op\ndef h(x: int): return x * 2\n@job\ndef j(): h(f(one()))\nseen = j.get_subset(op_selection=['*f']).execute_in_process().output_for_node('f')",
    "typing.Dict without what it is of": "import typing\n@op\ndef f() -> typing.Dict: return {'a': 1}\n@job\ndef j(): f()\nseen = j.execute_in_process().output_for_node('f')",
    "typing.List without what it is of": "import typing\n@op\ndef f() -> typing.List: return [1]\n@job\ndef j(): f()\nseen = j.execute_in_process().output_for_node('f')",
}
