"""What may happen to a project while its kernel runs: cells as a user writes them, each a text with a number to fill in.

The assets reach whatever can change behind a name that stays: containers in containers, arrays that share memory,
functions and classes in place, modules, files, variables, resources, partitions.
"""

from __future__ import annotations

from typing import Final

HOW_MANY: Final = 3
"""The numbers that the edits are made with are smaller than this."""

MODULE: Final = """
LIMIT, HELD = 1, [1]
def f(x): return x + 1
def __getattr__(name): return -1
"""
"""The source of `upheaval_module`, a module of the project; `upheaval_later` is not there at first."""

BEGINNING: Final = (
    """
import contextlib, dataclasses, functools, gc, importlib, os, pathlib, sys, threading, types
import numpy as np
import pandas as pd
import upheaval_module as MODULE
LIST, PAIR, PLAIN, GONE = [1], ([1], 2), 1, 5
DICT = {"a": {"b": [1]}}
ARRAY = np.arange(6.0)
VIEW = ARRAY[2:4]
FRAME = pd.DataFrame({"x": ARRAY}, copy=False)
COLUMN = FRAME["x"]
UNHASHED = [threading.Lock()]
SPACE = types.SimpleNamespace(limit=1, held=[1])
def helper(x, y=1, *, z=1): return x + y + z
def other(x): return x * 2
helper.note = [1]
def counting(start):
    def count(): return start
    def set_(value):
        nonlocal start
        start = value
    return count, set_
COUNT, SET = counting(1)
ONCE, OTHER_ONCE = functools.lru_cache(helper), functools.lru_cache(other)
PART = functools.partial(helper, z=2)
TABLE = {"f": helper, "g": [contextlib.contextmanager(helper)]}
@dataclasses.dataclass(frozen=True)
class Frozen: held: dict
FROZEN = Frozen({"a": 1})
class Base:
    def rate(self): return 1
class Other:
    def rate(self): return 2
class Thing(Base):
    factor = 1
    shared = {"a": 1}
    def value(self): return self.factor
    @property
    def twice(self): return 2 * self.factor
    @staticmethod
    def fixed(x=[1]): return len(x)
THING = Thing()
""",
    """
import abc, collections, enum, itertools, random
@functools.singledispatch
def shown(x): return "any"
shown.register(int, helper)
class Level(enum.Enum): LOW = [1]
class Shape(abc.ABC):
    size = functools.partialmethod(lambda self, by: by, 1)
    @functools.cached_property
    def area(self): return 1
    @functools.singledispatchmethod
    def of(self, x): return x
class Round: pass
SHAPE, QUEUE, COUNTER, CHANCE = Shape(), collections.deque([1]), itertools.count(1), random.Random(1)
CHAIN, PROXY, BYTES = collections.ChainMap({"a": 1}, DICT), types.MappingProxyType(DICT["a"]), bytearray(b"abc")
SEEN, OBJECTS, SCALAR = memoryview(BYTES), np.array([DICT, LIST], dtype=object), ARRAY[1]
FLAT, BOUND, PUT = ARRAY.reshape(2, 3).T, SHAPE.of, LIST.append
def around(fn, log=[1]):
    @functools.wraps(fn)
    def inner(*args): return [fn(*args), len(log), len(LIST)]
    return inner
@around
def decorated(x): return x
LAMBDAS = [lambda x: [x, PLAIN], lambda x: [PLAIN, x]]
TEXT = "x > @LEVEL"
LEVEL = 1
""",
    """
class Keeping(IOManager):
    def __init__(self): self.held = {}
    def handle_output(self, context, obj): self.held[tuple(context.asset_key.path)] = obj
    def load_input(self, context): return self.held[tuple(context.asset_key.path)]
class Rates(ConfigurableResource):
    rate: int = 1
    def current(self): return self.rate
SESSION.resources["keeping"], SESSION.resources["rates"] = Keeping(), Rates(rate=1)
def hook(): return 1
""",
    """
@asset
def kinds():
    return str([shown(1), Level.LOW.value, SHAPE.size(), SHAPE.area, BOUND(1), isinstance(Round(), Shape)])
""",
    """
@asset
def holders():
    held = [list(QUEUE), str(CHAIN), COUNTER, CHANCE.getstate(), dict(PROXY), bytes(SEEN), OBJECTS, SCALAR, FLAT]
    return str([held, decorated(1), LAMBDAS[0](1), PUT, len(FRAME.query(TEXT))])
""",
    """
@asset
def plain(): return PLAIN
""",
    """
@asset
def lists(): return [len(LIST), PAIR[0], DICT["a"]["b"], FROZEN.held, SPACE.limit, UNHASHED is None]
""",
    """
@asset
def arrays(): return [float(VIEW.sum()), float(COLUMN.sum())]
""",
    """
@asset
def functions(): return [helper(1), COUNT(), ONCE(1), PART(1), TABLE["f"](1), str(type(TABLE["g"][0]))]
""",
    """
@asset
def classes(): return [THING.value(), THING.twice, THING.rate(), Thing.shared, Thing.fixed()]
""",
    """
@asset
def absent(plain):
    try: return [GONE, plain]
    except NameError: return None
""",
    """
@asset
def modules():
    import upheaval_module as own
    return [own.f(1), own.LIMIT, own.HELD, MODULE.made]
""",
    """
@asset
def later(modules):
    try: import upheaval_later
    except ImportError: return 0
    return upheaval_later.g()
""",
    """
@multi_asset(outs={"left": AssetOut(), "right": AssetOut()}, deps=["lists"])
def both(plain): return len(LIST), plain + PLAIN
""",
    """
@op
def start(plain): return helper(plain)
""",
    """
@graph_asset
def composed(plain): return start(plain)
""",
    """
@asset(partitions_def=StaticPartitionsDefinition(["a", "b"]))
def parts(context, plain): return [context.partition_key, plain, len(LIST)]
""",
    """
@asset(io_manager_key="keeping")
def managed(plain): return plain
""",
    """
@asset_check(asset="managed")
def long(managed): return AssetCheckResult(passed=bool(managed))
""",
    """
@asset
def priced(managed, rates: Rates): return [managed, rates.current(), hook()]
""",
    """
@asset
def total(parts, right): return [sorted(parts), right]
""",
    """
@asset(code_version="1")
def versioned(left): return left
""",
    """
class Settings(Config):
    rate: int = 1
@asset
def configured(config: Settings, versioned): return [config.rate, versioned]
""",
    """
@asset(deps=[FileDep("data.txt"), EnvDep("NB_ASSETS_TEST_VARIABLE")])
def outside(): return 1
""",
    """
@asset
def last(outside, configured, priced, kinds, holders, total, composed, classes, arrays, later, absent, functions): return 1
""",
)

EDITS: Final = (
    "PLAIN = {n}",
    "PLAIN = '{n}' if {n} else True",
    "LIST[:] = [1] * {n}",
    "LIST = [1] * {n}",
    "PAIR[0][:] = [{n}]",
    "DICT['a']['b'] = [{n}]",
    "FROZEN.held['a'] = {n}",
    "SPACE.limit = {n}",
    "SPACE.held.append({n})",
    "UNHASHED[0] = {n} if {n} else threading.Lock()",
    "ARRAY[3] = {n}",
    "ARRAY.setflags(write=True); VIEW[:] = {n}",
    "FRAME.loc[1, 'x'] = {n}",
    "FRAME.rename(columns={{'x': 'x{n}'}}, inplace=True); FRAME.columns = ['x']",
    "def helper(x, y=1, *, z=1): return x + y + z + {n}",
    "helper.__defaults__ = ({n},)",
    "helper.__kwdefaults__['z'] = {n}",
    "helper.__code__ = (lambda x, y=1, *, z=1: x + y * z + {n}).__code__",
    "helper.note = {n}",
    "helper.note = [1]",
    "helper.__dict__.setdefault('more', []).append({n})",
    "SET({n})",
    "SET([1]); COUNT().append({n})",
    "PART.keywords['z'] = {n}",
    "PART.__setstate__((other, ({n},), {{}}, {{}}))",
    "TABLE['f'] = (helper, other, len)[{n}]",
    "TABLE['g'].clear(); gc.collect(); TABLE['g'].append(contextlib.contextmanager((helper, other, helper)[{n}]))",
    "TABLE['g'] = [(ONCE, OTHER_ONCE, helper)[{n}]]",
    "ONCE = functools.lru_cache((helper, other, helper)[{n}])",
    "Thing.factor = {n}",
    "THING.factor = {n}",
    "Thing.shared['a'] = {n}",
    "Thing.value = lambda self: {n}",
    "Thing.twice = property(lambda self: {n})",
    "Thing.fixed.__defaults__[0].append({n})",
    "Thing.__bases__ = ((Base,), (Other,), (Other, Base))[{n}]",
    "Base.rate = lambda self: {n}",
    "THING.__class__ = (Thing, Other, Thing)[{n}]; THING.value = THING.fixed = None; THING.twice_ = {n}",
    "THING = Thing()",
    """class Thing(Base):
    factor, shared, twice = {n}, {{'a': 1}}, 2
    def value(self): return self.factor
    @staticmethod
    def fixed(x=[1]): return len(x)""",
    "GONE = {n}",
    "globals().pop('GONE', None)",
    "def GONE(): return {n}",
    "MODULE.HELD.append({n})",
    "MODULE.LIMIT = {n}",
    "MODULE.f = helper",
    "MODULE.made = {n}",
    "vars(MODULE).pop('made', None)",
    "pathlib.Path('upheaval_module.py').write_text(MODULE_SOURCE.replace('+ 1', '+ {n} '))",
    "pathlib.Path('upheaval_module.py').write_text(MODULE_SOURCE.replace('+ 1', '+ {n} ')); importlib.reload(MODULE)",
    "pathlib.Path('upheaval_later.py').write_text('def g(): return {n}'); importlib.invalidate_caches()",
    "'upheaval_later' in sys.modules and importlib.reload(sys.modules['upheaval_later'])",
    "sys.modules.pop('upheaval_later', None)",
    "pathlib.Path('data.txt').write_text('{n}')",
    "pathlib.Path('data.txt').unlink(missing_ok=True)",
    "os.environ['NB_ASSETS_TEST_VARIABLE'] = '{n}'",
    "os.environ.pop('NB_ASSETS_TEST_VARIABLE', None)",
    "@asset\ndef plain(): return [PLAIN, {n}]",
    "@asset(group_name='g{n}', description='{n}', tags={{'n': '{n}'}})\ndef plain(): return PLAIN",
    "@asset\ndef plain(lists): return [PLAIN, lists][:{n}]",
    "@asset\ndef plain():\n    if {n}: raise ValueError(PLAIN)\n    return PLAIN",
    "@asset\ndef lists(plain): return plain",
    "@asset\ndef lists(): return [len(LIST), PAIR[0], DICT['a']['b'], FROZEN.held, SPACE.limit, {n}]",
    "@multi_asset(outs={{'left': AssetOut(), 'right': AssetOut()}})\ndef both(plain): return {n}, len(LIST)",
    "@op\ndef start(plain): return {n}",
    "@op(code_version='{n}')\ndef start(plain): return 1",
    "@graph_asset\ndef composed(plain): return start(plain) if {n} else start(start(plain))",
    "@asset(code_version='{n}')\ndef versioned(left): return [left, {n}]",
    """@asset(partitions_def=StaticPartitionsDefinition(['a', 'b', 'c'][:{n} + 1]))
def parts(context, plain): return [context.partition_key, plain, len(LIST)]""",
    "@asset\ndef parts(plain): return {{'a': plain, 'b': {n}}}",
    "@asset\ndef new(last): return {n}",
    "SESSION.forget('new')",
    "SESSION.forget('lists')",
    "SESSION.forget('plain')",
    "SESSION.forget('modules')",
    "SESSION.run_config = {{'ops': {{'configured': {{'config': {{'rate': {n}}}}}}}}} if {n} else None",
    "SESSION.run_config and SESSION.run_config['ops']['configured']['config'].update(rate={n} + 5)",
    "set_package_policy(('off', 'warn', 'stale')[{n}])",
    "shown.register(int, (helper, other, helper)[{n}])",
    "shown.register(str, lambda x: {n})",
    "Level.LOW.value.append({n})",
    "Shape.size = functools.partialmethod(lambda self, by: by, {n})",
    "vars(Shape)['size'].keywords['n'] = {n}",
    "vars(Shape)['area'].func = lambda self: {n}",
    "Shape.of = lambda self, x: [x, {n}]",
    "SHAPE.extra = {n}",
    "Shape.register(Round)",
    "class Round: number = {n}",
    "QUEUE.append({n})",
    "QUEUE.rotate({n})",
    "CHAIN.maps[0]['a'] = {n}",
    "CHAIN.maps.reverse()",
    "next(COUNTER)",
    "CHANCE.seed({n})",
    "BYTES[0] = {n}",
    "OBJECTS[0] = {n}",
    "OBJECTS[1] = LIST",
    "SCALAR = ARRAY[{n}]",
    "FLAT[0, {n} % 2] = {n}",
    "decorated.__closure__[1].cell_contents = [1] * {n} if type(decorated.__closure__[1].cell_contents) is list else 1",
    "around.__defaults__[0].append({n})",
    "@around\ndef decorated(x): return [x, {n}]",
    "LAMBDAS.reverse()",
    "LAMBDAS[{n} % 2] = lambda x: {n}",
    "LAMBDAS[0].__defaults__ = ({n},)",
    "TEXT = ('x > @LEVEL', 'x > 1', 'x > @SCALAR')[{n}]",
    "LEVEL = {n}",
    "BOUND = (SHAPE.of, helper, THING.rate)[{n}]",
    "SESSION.resources['rates'] = Rates(rate={n})",
    "SESSION.resources['keeping'] = Keeping()",
    "Rates.current = lambda self: {n}",
    "Keeping.extra = {n}",
    "def hook(): return {n}",
    "def hook(): raise ValueError({n})",
    "def hook(): SESSION.cancel()",
    "def hook(): SESSION.status()",
    "def hook(): LIST.append(1); THING.factor = {n}; globals()['LEVEL'] = {n}",
    "def hook(): SESSION.forget('last')",
    "def hook(): threading.Thread(target=SESSION.status).start()",
    "@asset_check(asset='managed')\ndef long(managed): return AssetCheckResult(passed={n} > 0)",
    "@asset(io_manager_key=('keeping', None, 'keeping')[{n}])\ndef managed(plain): return [plain]",
    "@asset\ndef last(total, managed): return {n}",
    "import abc, collections\n@asset\ndef kinds(): return str([shown(1), BOUND, {n}])",
    "np.seterr(divide=('warn', 'ignore', 'raise')[{n}])",
)
"""What a user does to what is defined."""

DEEDS: Final = (
    "make all",
    "make one",
    "lose",
    "truncate",
    "replace",
    "damage",
    "accept",
    "unaccept",
    "pin",
    "collect",
)
"""What is done with what was made."""
