"""Fingerprints pinned literally: the same in every process, on every machine and in every Python from 3.10 on."""

from __future__ import annotations

import linecache

import pytest

from nb_assets.fingerprint.code import fingerprint_code

PROGRAM = """
import collections, dataclasses, enum, functools, re, typing
from nb_assets import asset
LIMIT = 5
NAMES = ['a', 'b']
CONF = {'rate': 0.5, 'deep': {'x': (1, 2.0, None, True)}, 'set': {3, 1, 2}}
PATTERN = re.compile('a+', re.I)
def clean(x, *, n=2):
    'Doc.'
    return x[:LIMIT] * n
def text(x): return f"{x!r:>{LIMIT}} {x=} {'q'}"
def control(x):
    match x:
        case {'a': 1, **rest}: return rest
        case [1, *more] if (y := more): return y
        case str() | None: return x
    try:
        with open(x) as f, open(x) as g: pass
    except (ValueError, KeyError) as e: raise
    else: pass
    finally: del x
    return [*x, *(a for b in x for a in b if a)], {**x}, x[1:2, ...], (yield), lambda *a, k=1, **kw: (a, k)
key = lambda row: row['a'] + LIMIT
first, second = (lambda: 1), (lambda: 2)
TABLE = {'clean': clean, 'key': key, 'p': functools.partial(clean, n=3)}
class Color(enum.Enum):
    RED = 1
    BLUE = 2
@dataclasses.dataclass
class Row:
    a: int
    b: 'list[int]' = dataclasses.field(default_factory=list)
@dataclasses.dataclass(frozen=True)
class Frozen:
    x: int = 1
class Base:
    rate = 0.5
    def fit(self, x): return super().__init__()
class Model(Base):
    @property
    def p(self): return self.rate
    @staticmethod
    def s(): return LIMIT
    @functools.cached_property
    def c(self): return NAMES
class Point(typing.NamedTuple):
    x: int = 1
def deco(fn):
    @functools.wraps(fn)
    def inner(*args, **kw): return fn(*args, **kw)
    return inner
@deco
def decorated(x): return x
async def later(x):
    async with x as y:
        async for z in y: yield await z
def made_plain(): return 1
@asset
def plain(): return 1
@asset
def functions(raw): return clean(text(raw)), control(raw), decorated(raw), later(raw)
@asset
def constants(raw): return LIMIT, NAMES, CONF, PATTERN
@asset
def lambdas(raw): return key(raw), first(), second(), sorted(raw, key=lambda r: r[0])
@asset
def table(raw): return TABLE
@asset
def classes(raw): return Model(), Color.RED, Base
@asset
def rows(raw): return Row(1), Frozen()
@asset
def tuples(raw): return Point(1)
@dataclasses.dataclass
class Shared:
    total: typing.ClassVar[int] = 10
    size: dataclasses.InitVar[int] = 3
    marked: typing.Annotated[int, object()] = 1
@asset
def shared(raw): return Shared()
"""

VERSIONS = {
    "plain": "code:6c31f3c9e05b11239cf2e2c7b000f10e",
    "functions": "code:2df2f163736cb5dca08b370277e2b31e",
    "constants": "code:c2c4575be598079989987c4438275178",
    "lambdas": "code:69b7e9a6817c0cb7347157f5f649709c",
    "table": "code:fcdf3109b9dfbd1434d8c87fcfefefee",
    "classes": "code:4d162b09ed71a4329a3d32e55b4a6623",
    "rows": "code:a4e28d594391b3dc50f2e80da2538464",
    "shared": "code:62e1cb8bcccf523a470557a4405bcbf9",
    "tuples": "code:8499fc206fb6bc4b96bf845515067f0b",
}


@pytest.fixture(scope="module")
def names() -> dict[str, object]:
    filename = "<program of the pinned fingerprints>"
    linecache.cache[filename] = (len(PROGRAM), None, PROGRAM.splitlines(keepends=True), filename)
    names: dict[str, object] = {"__name__": "__main__"}
    exec(compile(PROGRAM, filename, "exec", dont_inherit=True), names)
    return names


@pytest.mark.parametrize("asset", VERSIONS)
def test_fingerprints_are_what_they_were_on_every_python(names: dict[str, object], asset: str):
    assert fingerprint_code(names[asset]).version == VERSIONS[asset]
