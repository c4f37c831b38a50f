"""Programs on configuration and resources, written in the names that Dagster and `nb_assets` share."""

from __future__ import annotations

import textwrap

_DB = """
log = []
class Db(ConfigurableResource):
    path: str
    port: int = 1
    def setup_for_execution(self, context): log.append('open ' + self.path)
    def teardown_after_execution(self, context): log.append('close ' + self.path)
    def url(self): return f'{self.path}:{self.port}'
"""
_FN = """
log = []
@resource
def db(context):
    log.append('open')
    try:
        yield 7
    finally:
        log.append('close')
"""
_C = """
class C(Config):
    n: int
    s: str = 'a'
"""
_OP = """
@op(config_schema={'n': int})
def o(context): return context.op_config['n']
"""


def _run(config: str) -> str:
    return f"result = materialize([a], run_config={{'ops': {{'a': {{'config': {config}}}}}}})"


def _schema(schema: str, config: str) -> str:
    return f"@asset(config_schema={schema})\ndef a(context): return context.op_config\n{_run(config)}"


def _typed(body: str, config: str) -> str:
    shown = "config.model_dump() if hasattr(config, 'model_dump') else config"
    return f"import enum\nfrom typing import *\nimport pydantic\n{body}\n@asset\ndef a(config: C): return {shown}\n{_run(config)}"


PROGRAMS: dict[str, str] = {
    # Schemas of the old style
    "a schema of scalars": _schema("{'n': int, 's': str, 'f': float, 'b': bool}", "{'n': 1, 's': 'x', 'f': 2, 'b': True}"),
    "a schema with defaults": _schema("{'n': Field(int, default_value=3), 's': Field(str, is_required=False)}", "{}"),
    "a schema whose config is not given": "@asset(config_schema={'n': Field(int, default_value=3)})\ndef a(context): return context.op_config\nresult = materialize([a])",
    "a schema whose required config is not given": "@asset(config_schema={'n': int})\ndef a(context): return 1\nmaterialize([a])",
    "a text in the place of a number": _schema("{'n': int}", "{'n': '1'}"),
    "a bool in the place of a number": _schema("{'n': int}", "{'n': True}"),
    "a number in the place of a text": _schema("{'s': str}", "{'s': 1}"),
    "None in the place of a number": _schema("{'n': int}", "{'n': None}"),
    "None where it may be": _schema("{'n': Noneable(int)}", "{'n': None}"),
    "what may be None, left out": _schema("{'n': Noneable(int)}", "{}"),
    "a field too many": _schema("{'n': int}", "{'n': 1, 'm': 2}"),
    "a permissive schema": _schema("Permissive({'n': int})", "{'n': 1, 'm': 2}"),
    "a list": _schema("[int]", "[1, 2]"),
    "a list with a wrong item": _schema("{'l': [int]}", "{'l': [1, 'x']}"),
    "a tuple in the place of a list": _schema("{'l': [int]}", "{'l': (1, 2)}"),
    "an array": _schema("{'l': Array(str)}", "{'l': ['x']}"),
    "a map": _schema("{'m': Map(str, int)}", "{'m': {'x': 1, 'y': 2}}"),
    "a map in short": _schema("{'m': {str: int}}", "{'m': {'x': 1}}"),
    "a map with a wrong value": _schema("{'m': {str: int}}", "{'m': {'x': 'y'}}"),
    "a selector": _schema("Selector({'x': int, 'y': {'z': str}})", "{'y': {'z': 'q'}}"),
    "a selector with two choices": _schema("Selector({'x': int, 'y': int})", "{'x': 1, 'y': 2}"),
    "a selector with no choice": _schema("Selector({'x': int, 'y': int})", "{}"),
    "an enum": _schema("{'e': Enum('E', [EnumValue('A', 1), EnumValue('B')])}", "{'e': 'A'}"),
    "an enum with no such value": _schema("{'e': Enum('E', [EnumValue('A')])}", "{'e': 'C'}"),
    "a scalar or a list": _schema("{'u': ScalarUnion(int, [int])}", "{'u': [1, 2]}"),
    "nested shapes with defaults": _schema("{'x': {'y': Field(int, default_value=1), 'z': Field(Shape({'q': Field(str, default_value='s')}))}}", "{}"),
    "a shape with an alias": _schema("Shape({'n': int}, field_aliases={'n': 'm'})", "{'m': 4}"),
    "text from the environment": "import os\nos.environ['NB_ORACLE'] = 'here'\n" + _schema("{'s': StringSource, 'n': IntSource}", "{'s': {'env': 'NB_ORACLE'}, 'n': 3}"),
    "text from an environment that lacks it": _schema("{'s': StringSource}", "{'s': {'env': 'NB_ORACLE_NOT_THERE'}}"),
    "a number from the environment that is none": "import os\nos.environ['NB_ORACLE'] = 'here'\n" + _schema("{'n': IntSource}", "{'n': {'env': 'NB_ORACLE'}}"),
    "a default of a wrong type": "Field(int, default_value='x')",
    "a default of what is required": "Field(int, default_value=1, is_required=True)",
    "a field of nothing": "Field(object())",
    "fields that are required": "seen = [Field(int).is_required, Field(int, default_value=1).is_required, Field({'n': int}).is_required, Field({'n': Field(int, default_value=1)}).is_required, Field(Noneable(int)).is_required, Field([int]).is_required]",
    "the default of what has defaults inside": "seen = Field({'n': Field(int, default_value=1)}).default_value",
    "an asset without a schema": "@asset\ndef a(context): return context.op_config\n" + _run("{'anything': [1]}"),
    "an op that is unknown": "@asset\ndef a(): return 1\nmaterialize([a], run_config={'ops': {'b': {'config': {}}}})",
    "a section that is unknown": "@asset\ndef a(): return 1\nmaterialize([a], run_config={'opps': {}})",
    # Classes of configuration
    "a class": _typed(_C, "{'n': 1}"),
    "a class of which something is missing": _typed(_C, "{}"),
    "a class with a field too many": _typed(_C, "{'n': 1, 'm': 2}"),
    "a class with a wrong type": _typed(_C, "{'n': 'x'}"),
    "a class that is permissive": _typed("class C(PermissiveConfig):\n    n: int", "{'n': 1, 'm': 2}"),
    "a class in a class": _typed("class I(Config):\n    x: int = 3\nclass C(Config):\n    i: I\n    l: List[I] = []\n    m: Dict[str, int] = {}", "{'i': {}, 'l': [{'x': 1}], 'm': {'k': 2}}"),
    "a class that may be None": _typed("class C(Config):\n    n: Optional[int] = None\n    m: Optional[str]", "{}"),
    "a class with an enum": _typed("class E(enum.Enum):\n    A = 'a'\nclass C(Config):\n    e: E = E.A", "{'e': 'A'}").replace("config.model_dump() if hasattr(config, 'model_dump') else config", "config.e.name"),
    "a class with a literal": _typed("class C(Config):\n    l: Literal['x', 'y']", "{'l': 'y'}"),
    "a class with another literal": _typed("class C(Config):\n    l: Literal['x', 'y']", "{'l': 'z'}"),
    "a union of classes": _typed("class Cat(Config):\n    kind: Literal['cat']\n    meows: int\nclass Dog(Config):\n    kind: Literal['dog']\n    barks: float\nclass C(Config):\n    pet: Union[Cat, Dog] = pydantic.Field(discriminator='kind')", "{'pet': {'cat': {'meows': 3}}}"),
    "a union of classes, two at once": _typed("class Cat(Config):\n    kind: Literal['cat']\nclass Dog(Config):\n    kind: Literal['dog']\nclass C(Config):\n    pet: Union[Cat, Dog] = pydantic.Field(discriminator='kind')", "{'pet': {'cat': {}, 'dog': {}}}"),
    "a class with a constraint": _typed("class C(Config):\n    n: int = pydantic.Field(gt=3)", "{'n': 1}"),
    "a class with an alias": _typed("class C(Config):\n    n: int = pydantic.Field(alias='count')", "{'count': 2}"),
    "a configuration that is one value": "@asset\ndef a(config: int): return config\n" + _run("5"),
    "a configuration that is any value": "@asset\ndef a(config): return config\n" + _run("{'x': [1]}"),
    "a configuration of no kind": "@asset\ndef a(config: object): return config",
    "a schema beside a class": _C + "@asset(config_schema={'n': int})\ndef a(config: C): return 1",
    "a class with a default beside it": _C + "@asset\ndef a(config: C = C(n=1)): return 1",
    "a configuration that is set": _C + "c = C(n=1)\nc.n = 2",
    "a field of the old style in a class": "class C(Config):\n    n: int = Field(int)\n@asset\ndef a(config: C): return 1",
    "a run config of objects": _C + "@asset\ndef a(config: C): return [config.n, config.s]\nresult = materialize([a], run_config=RunConfig(ops={'a': C(n=2, s='q')}))",
    "a run config as a dict": _C + "seen = RunConfig(ops={'a': C(n=2)}).to_config_dict()['ops']",
    "a run config with resources": _DB + "seen = RunConfig(resources={'db': Db(path='p')}).to_config_dict()['resources']",
    # Direct calls
    "a direct call with a configuration": _C + "@asset\ndef a(config: C): return config.n\nseen = [a(C(n=1)), a(config=C(n=2))]",
    "a direct call with the configuration of a context": _C + "@asset\ndef a(context, config: C): return config.n\nseen = a(build_asset_context(asset_config={'n': 4}))",
    "a direct call with a wrong configuration": _OP + "o(build_op_context(op_config={'n': 'x'}))",
    "a direct call without a required configuration": _OP + "o(build_op_context())",
    "a direct call with a resource": _DB + "@asset\ndef a(db: Db): return db.url()\nseen = [a(db=Db(path='p')), log]",
    "a direct call with the resource of a context": "@asset\ndef a(context, db: ResourceParam[str]): return db\nseen = a(build_asset_context(resources={'db': 'x'}))",
    "a direct call without a resource": "@asset\ndef a(db: ResourceParam[str]): return db\na()",
    "a direct call with a resource from both": "@asset\ndef a(context, db: ResourceParam[str]): return db\na(build_asset_context(resources={'db': 'x'}), db='y')",
    # Ops, graphs and jobs
    "the configuration of an op of a graph asset": _OP + "@graph_asset\ndef a(): return o()\nresult = materialize([a], run_config={'ops': {'a': {'ops': {'o': {'config': {'n': 3}}}}}})",
    "a graph asset without the configuration of its op": _OP + "@graph_asset\ndef a(): return o()\nmaterialize([a])",
    "a graph asset that configures its op": _OP + "@graph_asset(config={'o': {'config': {'n': 8}}})\ndef a(): return o()\nresult = materialize([a])",
    "a graph asset that maps its configuration": _OP + "@config_mapping(config_schema={'v': int})\ndef m(c): return {'o': {'config': {'n': c['v'] * 2}}}\n@graph_asset(config=m)\ndef a(): return o()\nresult = materialize([a], run_config={'ops': {'a': {'config': {'v': 4}}}})",
    "a mapping of a class": _OP + "class V(Config):\n    v: int = 5\n@config_mapping\ndef m(c: V): return {'o': {'config': {'n': c.v}}}\n@graph(config=m)\ndef g(): return o()\n@job\ndef j(): g()\nseen = j.execute_in_process(run_config={'ops': {'g': {'config': {'v': 6}}}}).output_for_node('g.o')",
    "a job with a configuration": _OP + "@job(config={'ops': {'o': {'config': {'n': 2}}}})\ndef j(): o()\nseen = [j.execute_in_process().output_for_node('o'), j.execute_in_process(run_config={'ops': {'o': {'config': {'n': 3}}}}).output_for_node('o')]",
    "an asset job with a configuration": _C + "@asset\ndef a(config: C): return config.n\ndefs = Definitions(assets=[a], jobs=[define_asset_job('j', config=RunConfig(ops={'a': C(n=9)}))])\nseen = defs.get_job_def('j').execute_in_process().output_for_node('a')",
    "an op that is configured": _OP + "p = o.configured({'n': 4}, name='p')\n@job\ndef j(): p()\nseen = j.execute_in_process().output_for_node('p')",
    "an op that is configured by a function": _OP + "@configured(o, config_schema={'v': int})\ndef p(c): return {'n': c['v'] + 1}\n@job\ndef j(): p()\nseen = j.execute_in_process(run_config={'ops': {'p': {'config': {'v': 4}}}}).output_for_node('p')",
    "a resource that is configured": "@resource(config_schema={'n': int})\ndef r(context): return context.resource_config['n']\n@asset(required_resource_keys={'r'})\ndef a(context): return context.resources.r\nresult = materialize([a], resources={'r': r.configured({'n': 3})})",
    "a resource that is configured wrongly": "@resource(config_schema={'n': int})\ndef r(context): return 1\n@asset(required_resource_keys={'r'})\ndef a(context): return 1\nmaterialize([a], resources={'r': r.configured({'n': 'x'})})",
    "a configuration that is validated": _OP + "@job\ndef j(): o()\nseen = validate_run_config(j, {'ops': {'o': {'config': {'n': 1}}}})['ops']['o']['config']",
    # Resources
    "a resource that is a value": "@asset(required_resource_keys={'db'})\ndef a(context): return context.resources.db\nresult = materialize([a], resources={'db': {'x': 1}})",
    "a resource that is opened and closed": _FN + "@asset(required_resource_keys={'db'})\ndef a(context):\n    log.append('a')\n    return context.resources.db\nresult = materialize([a], resources={'db': db})\nseen = log",
    "a resource that is closed after an error": _FN + "@asset(required_resource_keys={'db'})\ndef a(context): raise ValueError('no')\ntry:\n    materialize([a], resources={'db': db})\nexcept ValueError:\n    seen = log",
    "a resource that another needs": _FN + "@resource(required_resource_keys={'db'})\ndef api(context): return context.resources.db + 1\n@asset\ndef a(api: ResourceParam[int]): return api\nresult = materialize([a], resources={'db': db, 'api': api})\nseen = log",
    "a resource that is missing": "@asset(required_resource_keys={'db'})\ndef a(context): return 1\nmaterialize([a])",
    "a resource of a resource that is missing": "@resource(required_resource_keys={'db'})\ndef api(context): return 1\n@asset(required_resource_keys={'api'})\ndef a(context): return 1\nmaterialize([a], resources={'api': api})",
    "a resource that is not named": "@asset\ndef a(context): return context.resources.db\nmaterialize([a], resources={'db': 1})",
    "resources that are named and taken": "@asset(required_resource_keys={'x'})\ndef a(context, db: ResourceParam[int]): return 1",
    "a resource of an asset's own": "@asset(required_resource_keys={'db'}, resource_defs={'db': ResourceDefinition.hardcoded_resource(5)})\ndef a(context): return context.resources.db\nresult = materialize([a])",
    "a resource that is given twice": _FN + "@asset(required_resource_keys={'db'}, resource_defs={'db': db})\ndef a(context): return 1\nmaterialize([a], resources={'db': 3})",
    "a resource that fails": "@resource\ndef db(context): raise OSError('gone')\n@asset(required_resource_keys={'db'})\ndef a(context): return 1\nmaterialize([a], resources={'db': db})",
    "a function of a resource with too many arguments": "@resource\ndef db(context, more): return 1",
    "definitions with resources": _DB + "@asset\ndef a(db: Db): return db.url()\nseen = [Definitions(assets=[a], resources={'db': Db(path='p')}).get_implicit_global_asset_job_def().execute_in_process().output_for_node('a'), log]",
    "definitions without a resource": "@asset(required_resource_keys={'db'})\ndef a(context): return 1\nDefinitions.validate_loadable(Definitions(assets=[a]))",
    "a class of resource": _DB + "@asset\ndef a(db: Db): return db.url()\nresult = materialize([a], resources={'db': Db(path='p')})\nseen = log",
    "a class of resource that is configured in the run": _DB + "@asset\ndef a(db: Db): return db.url()\nresult = materialize([a], resources={'db': Db(path='p')}, run_config={'resources': {'db': {'config': {'port': 9}}}})",
    "a class of resource that is configured at launch": _DB + "@asset\ndef a(db: Db): return db.url()\nresult = materialize([a], resources={'db': Db.configure_at_launch()}, run_config={'resources': {'db': {'config': {'path': 'q'}}}})",
    "a class of resource that is never configured": _DB + "@asset\ndef a(db: Db): return db.url()\nmaterialize([a], resources={'db': Db.configure_at_launch()})",
    "a resource in a resource": _DB + "class Api(ConfigurableResource):\n    db: Db\n    def go(self): return 'go ' + self.db.url()\n@asset\ndef a(api: Api): return api.go()\nresult = materialize([a], resources={'api': Api(db=Db(path='p'))})\nseen = log",
    "a resource in a resource, configured at launch": _DB + "class Api(ConfigurableResource):\n    db: Db\n    def go(self): return 'go ' + self.db.url()\n@asset\ndef a(api: Api): return api.go()\nlate = Db.configure_at_launch()\nresult = materialize([a], resources={'api': Api(db=late), 'db': late}, run_config={'resources': {'db': {'config': {'path': 'q'}}}})\nseen = log",
    "a resource from the environment": "import os\nos.environ['NB_ORACLE'] = 'here'\n" + _DB + "@asset\ndef a(db: Db): return db.url()\nresult = materialize([a], resources={'db': Db(path=EnvVar('NB_ORACLE'))})",
    "a resource from an environment that lacks it": _DB + "@asset\ndef a(db: Db): return db.url()\nmaterialize([a], resources={'db': Db(path=EnvVar('NB_ORACLE_NOT_THERE'))})",
    "the text of an environment variable": "str(EnvVar('HOME'))",
    "the value of an environment variable": "import os\nos.environ['NB_ORACLE'] = '3'\nseen = [EnvVar('NB_ORACLE').get_value(), EnvVar.int('NB_ORACLE').get_value(), EnvVar('NB_ORACLE_NOT_THERE').get_value('d')]",
    "a factory": "class F(ConfigurableResourceFactory[str]):\n    s: str\n    def create_resource(self, context): return self.s * 2\n@asset\ndef a(f: ResourceParam[str]): return f\nresult = materialize([a], resources={'f': F(s='x')})",
    "a resource that yields itself": "import contextlib\nlog = []\nclass R(ConfigurableResource):\n    @contextlib.contextmanager\n    def yield_for_execution(self, context):\n        log.append('in')\n        yield self\n        log.append('out')\n@asset\ndef a(r: R):\n    log.append('a')\n    return 1\nresult = materialize([a], resources={'r': R()})\nseen = log",
    "a resource that is set": _DB + "Db(path='p').path = 'q'",
    "resources that are built": _FN + "with build_resources({'db': db, 'x': 2}) as r:\n    seen = [r.db, r.x, list(log)]",
    "a direct call of a resource": "@resource(config_schema={'n': Field(int, default_value=2)}, required_resource_keys={'x'})\ndef r(context): return [context.resource_config['n'], context.resources.x]\nseen = [r(build_init_resource_context(resources={'x': 1})), r(build_init_resource_context(config={'n': 5}, resources={'x': 1}))]",
    "a direct call of a resource without its context": "@resource\ndef r(context): return 1\nr()",
    "values as a resource": "@asset(required_resource_keys={'v'})\ndef a(context): return context.resources.v\nresult = materialize([a], resources={'v': make_values_resource(n=int)}, run_config={'resources': {'v': {'config': {'n': 1}}}})",
    "the same resource in two assets": _FN + "@asset(required_resource_keys={'db'})\ndef a(context): return context.resources.db\n@asset(required_resource_keys={'db'})\ndef b(context, a): return context.resources.db + a\nresult = materialize([a, b], resources={'db': db})\nseen = log",
    "the resource of a graph asset": _FN + "@op\ndef f(db: ResourceParam[int]): return db\n@graph_asset(resource_defs={'db': db})\ndef a(): return f()\nresult = materialize([a])\nseen = log",
    "the resources of a job": _FN + "@op(required_resource_keys={'db'})\ndef f(context): return context.resources.db\n@job(resource_defs={'db': db})\ndef j(): f()\nseen = [j.execute_in_process().output_for_node('f'), log]",
}  # fmt: skip
PROGRAMS = {name: textwrap.dedent(source) for name, source in PROGRAMS.items()}
