"""Edits after which an asset would give another value: each changes the code version, or is said to be untracked."""

from __future__ import annotations

import gc
import sys
import threading
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nb_assets.fingerprint.code import CodeFingerprint, fingerprint_code
from nb_assets.fingerprint.data_version import fingerprint_data

if TYPE_CHECKING:
    from tests.harness.shell import Notebook

START = (
    "import collections, contextlib, functools, operator, re, typing\nfrom dataclasses import dataclass, field\n"
    "from nb_assets import asset\n"
)
MODEL = "class Model:\n    def go(self): return {}\n"
MAKER = "def make(n):\n    def inner(): return n\n    return inner\n"
TIMES = (
    "class Times:\n    def __init__(self, fn, n):\n        functools.update_wrapper(self, fn); self.fn = fn; self.n = n\n"
    "    def __call__(self): return self.fn() * self.n{}\ndef one(): return 1\nclean = Times(one, {})\n"
)
DISPATCH = "@functools.singledispatch\ndef clean(x): return 0\n@clean.register\ndef _(x: int): return 1\n"
FACTORY = "@dataclass\nclass Config:\n    limits: list = field(default_factory={})\n"


def model(cell: str) -> tuple[str, str]:
    return MODEL.format(1) + cell, MODEL.format(2) + cell


# name: the expression that the asset returns, the cell with what it reaches, and that cell edited.
EDITS = {
    "an attribute of a function": ("f()", "def f(): return f.k\nf.k = 1", "f.k = 2"),
    "an item getter": ("f([1, 2])", "f = operator.itemgetter(0)", "f = operator.itemgetter(1)"),
    "a method of a builtin": ("f('x')", "f = {'x': 1}.get", "f = {'x': 2}.get"),
    "a method of a pattern": ("bool(f('a'))", "f = re.compile('a').match", "f = re.compile('b').match"),
    "a builtin by another name": ("f([1, 2])", "f = min", "f = max"),
    "an installed function by another name": (
        "f([1, 2, 9])",
        "import statistics\nf = statistics.mean",
        "f = statistics.median",
    ),
    "an installed class by another name": (
        "f().__class__.__name__",
        "f = dict",
        "f = collections.OrderedDict",
    ),
    "another module by the same name": (
        "type(m.sqrt(4)).__name__",
        "import math as m",
        "import cmath as m",
    ),
    "how attrs compares a field": (
        "K(1) == K(2)",
        "import attrs\n@attrs.define\nclass K:\n    n: int = attrs.field(eq=True)",
        "import attrs\n@attrs.define\nclass K:\n    n: int = attrs.field(eq=False)",
    ),
    "by what attrs compares a field": (
        "K(1) == K(-1)",
        "import attrs\n@attrs.define\nclass K:\n    n: int = attrs.field(eq=None)",
        "import attrs\n@attrs.define\nclass K:\n    n: int = attrs.field(eq=abs)",
    ),
    "whether attrs compares": (
        "K(1) == K(1)",
        "import attrs\n@attrs.define\nclass K:\n    n: int",
        "import attrs\n@attrs.define(eq=False)\nclass K:\n    n: int",
    ),
    "a case of a single dispatch": (
        "clean(5)",
        DISPATCH,
        "@clean.register\ndef _(x: int): return 2",
    ),
    "a case of a single dispatch in a dict": (
        "D['f'](5)",
        DISPATCH + "D = {'f': clean}",
        "@clean.register\ndef _(x: int): return 2",
    ),
    "a case of a single dispatch of methods": (
        "K().f(1)",
        "class K:\n    @functools.singledispatchmethod\n    def f(self, x): return 0\n    @f.register\n    def _(self, x: int): return 1",
        "class K:\n    @functools.singledispatchmethod\n    def f(self, x): return 0\n    @f.register\n    def _(self, x: int): return 2",
    ),
    "the factory of a field": (
        "Config().limits",
        FACTORY.format("lambda: [5]"),
        FACTORY.format("lambda: [7]"),
    ),
    "the named factory of a field": (
        "Config().limits",
        "def make(): return [5]\n" + FACTORY.format("make"),
        "def make(): return [7]\n" + FACTORY.format("make"),
    ),
    "whether a field is compared": (
        "Config(1) == Config(2)",
        "@dataclass\nclass Config:\n    n: int = field(default=1, compare=True)",
        "@dataclass\nclass Config:\n    n: int = field(default=1, compare=False)",
    ),
    "the state of a decorator that is a class": ("clean()", TIMES.format("", 2), TIMES.format("", 3)),
    "the code of a decorator that is a class": ("clean()", TIMES.format("", 2), TIMES.format(" + 9", 2)),
    "a class in a dict": ("D['m']().go()", *model("D = {'m': Model}")),
    "an object in a list in a dict": ("D['x'][0].go()", *model("D = {'x': [Model()]}")),
    "an object in an attribute": (
        "D.model.go()",
        *model("import types\nclass P:\n    def __init__(self, m): self.model = m\nD = P(Model())"),
    ),
    "an object in a long list": ("D[0].go()", *model("D = [Model()] * 300")),
    "an object in a deque": ("D[0].go()", *model("D = collections.deque([Model()])")),
    "a bound method in a list": ("D[0]()", *model("D = [Model().go]")),
    "a method that is bound later": (
        "D['x'][0].go()",
        MODEL.format(1) + "D = {'x': [Model()]}",
        "Model.go = lambda self: 2",
    ),
    "objects of an old and of a new class": (
        "D[0].go()",
        MODEL.format(1) + "D = [Model()]\n" + MODEL.format(2) + "D.append(Model())",
        "D.reverse()",
    ),
    "the second line of a lambda": (
        "F['a']()",
        "F = {\n    'a': lambda:\n        1,\n}",
        "F = {\n    'a': lambda:\n        2,\n}",
    ),
    "two lambdas of one line": ("f()", "f, g = (lambda: 1), (lambda: 2)", "f, g = g, f"),
    "two lambdas of one list": ("F[0]()", "F = [(lambda: 1), (lambda: 2)]", "F.reverse()"),
    "two closures in a list": ("F[0]()", MAKER + "F = [make(1), make(2)]", "F.reverse()"),
    "the last of three closures": (
        "(a(), b(), c())",
        MAKER + "a, b, c = make(1), make(2), make(1)",
        "c = make(2)",
    ),
    "the last of three names": (
        "(a(), b(), c())",
        "def one(): return 1\ndef two(): return 2\na, b, c = one, two, one",
        "c = two",
    ),
    "defaults of functions in a list": ("F[0]()", "F = [(lambda x=x: x) for x in (1, 2)]", "F.reverse()"),
    "what a closure in a list holds": (
        "F[0]()",
        "def make(s):\n    def inner(): return s[0]\n    return inner\nS = [1]\nF = [make(S)]",
        "S[0] = 2",
    ),
    "the order of a dict": ("list(D)", "D = {'x': 1, 'y': 2}", "D = {'y': 2, 'x': 1}"),
    "a name taken of the notebook as a module": ("__main__.X", "import __main__\nX = 1", "X = 2"),
    "a method made by exec": (
        "K().go()",
        "class K: pass\nexec('def go(self): return 1')\nK.go = go",
        "exec('def go(self): return 2')\nK.go = go",
    ),
    "a static method in a dict": (
        "D['f']()",
        "D = {'f': staticmethod(lambda: 1)}",
        "D = {'f': staticmethod(lambda: 2)}",
    ),
    "a cached function in a dict": (
        "D['f']()",
        "@functools.lru_cache\ndef f(): return 1\nD = {'f': f}",
        "@functools.lru_cache\ndef f(): return 2\nD = {'f': f}",
    ),
    "a partial method": (
        "K().g()",
        "class K:\n    def f(self, n): return n\n    g = functools.partialmethod(f, 1)",
        "class K:\n    def f(self, n): return n\n    g = functools.partialmethod(f, 2)",
    ),
    "the state of what a class holds of itself": (
        "K.one.x",
        "class K: pass\nK.one = K(); K.one.x = 1",
        "K.one.x = 2",
    ),
    "a context manager in a list": (
        "D[0]().__enter__()",
        "@contextlib.contextmanager\ndef f(): yield 1\nD = [f]",
        "@contextlib.contextmanager\ndef f(): yield 2\nD = [f]",
    ),
    "the default of a named tuple": (
        "P().x",
        "class P(typing.NamedTuple):\n    x: int = 1",
        "class P(typing.NamedTuple):\n    x: int = 2",
    ),
    "the factory of a pydantic field": (
        "P().x",
        "import pydantic\nclass P(pydantic.BaseModel):\n    x: list = pydantic.Field(default_factory=lambda: [1])",
        "class P(pydantic.BaseModel):\n    x: list = pydantic.Field(default_factory=lambda: [2])",
    ),
    "a validator of a pydantic field": (
        "P(x=1).x",
        "import pydantic\nclass P(pydantic.BaseModel):\n    x: int\n    @pydantic.field_validator('x')\n    def v(cls, x): return x",
        "class P(pydantic.BaseModel):\n    x: int\n    @pydantic.field_validator('x')\n    def v(cls, x): return x + 1",
    ),
    "the factory of a default dict": (
        "D.default_factory()",
        "D = collections.defaultdict(lambda: 1)",
        "D = collections.defaultdict(lambda: 2)",
    ),
}
# name: the body of the asset, a cell before it, and what is said.
TOLD = {
    "a file": ("return open('a.txt').read()", "", "reads from outside: `open(…)`"),
    "the environment": ("return os.environ['A']", "import os", "reads from outside: `os.environ`"),
    "the environment by its name": (
        "return environ['A']",
        "from os import environ",
        "reads from outside: `environ`",
    ),
    "a variable of the environment": (
        "return os.getenv('A')",
        "import os",
        "reads from outside: `os.getenv(…)`",
    ),
    "a table": ("return pd.read_csv('a')", "import pandas as pd", "reads from outside: `pd.read_csv(…)`"),
    "a table, by a name of its own": (
        "return r('a')",
        "from pandas import read_csv as r",
        "reads from outside: `read_csv(…)`",
    ),
    "a table that is scanned": (
        "return pl.scan_parquet('a')",
        "import polars as pl",
        "reads from outside: `pl.scan_parquet(…)`",
    ),
    "an array": ("return np.load('a')", "import numpy as np", "reads from outside: `np.load(…)`"),
    "a page": (
        "return urlopen('a')",
        "from urllib.request import urlopen",
        "reads from outside: `urlopen(…)`",
    ),
    "a database": (
        "return sqlite3.connect('a')",
        "import sqlite3",
        "reads from outside: `sqlite3.connect(…)`",
    ),
    "a path": (
        "return Path('a').read_text()",
        "from pathlib import Path",
        "reads from outside: `….read_text(…)`",
    ),
    "a module imported in the body": (
        "import pandas as pd\n    return pd.read_csv('a')",
        "",
        "reads from outside: `pandas.read_csv(…)`",
    ),
    "a helper that reads": (
        "return f()",
        "def f(): return open('a').read()",
        "reads from outside: `open(…)`",
    ),
    "a module found by its name": (
        "return importlib.import_module('x').y",
        "import importlib",
        "`import_module()` in `made`",
    ),
    "annotations that are read": (
        "return f.__annotations__",
        "def f(x: int): pass",
        "`__annotations__` in `made`",
    ),
    "a ufunc made of a function": (
        "return u(0)",
        "import numpy as np\nu = np.frompyfunc(lambda x: 1, 1, 1)",
        "`u` (ufunc)",
    ),
    "a module made by hand": (
        "return m.x",
        "import types\nm = types.ModuleType('m'); m.x = 1",
        "the module `m`",
    ),
}
# Runs of the same cell that change nothing, and calls that fill caches.
SAME = {
    "a closure that knows itself": (
        "F[0](3)",
        "def make():\n    def f(n): return f(n - 1) if n else 0\n    return f\nF = [make()]",
    ),
    "a dataclass": ("P().x", "@dataclass(order=True)\nclass P:\n    x: int = 1\n    y: list = field(default_factory=list)"),
    "an object of a dataclass": ("repr(p)", "@dataclass\nclass P:\n    x: int = 1\np = P()"),
    "a pydantic model": ("p.x", "import pydantic\nclass P(pydantic.BaseModel):\n    x: int = 1\np = P()"),
    "a flag": ("str(F.A | F.B)", "import enum\nclass F(enum.Flag):\n    A = 1\n    B = 2"),
    "a cached function": ("f(1)", "@functools.lru_cache\ndef f(x): return x"),
    "a lambda that is laid out anew": ("f(1)", "f = lambda x: x + 1"),
    "a function of numpy": ("np.sum(np.sin([1]))", "import numpy as np"),
}  # fmt: skip


def fingerprint(notebook: Notebook) -> CodeFingerprint:
    return fingerprint_code(notebook.names["made"])


@pytest.mark.parametrize("case", EDITS)
def test_an_edit_that_gives_another_value_gives_another_version(notebook: Notebook, case: str):
    expression, before, after = EDITS[case]
    notebook.run(START)
    notebook.run(before)
    notebook.run(f"@asset\ndef made():\n    return {expression}\n")
    first, value = fingerprint(notebook), notebook.names["made"]()
    assert fingerprint(notebook).version == first.version
    assert all("was defined again" in note for note in first.untracked)
    notebook.run(after)
    assert notebook.names["made"]() != value
    assert fingerprint(notebook).version != first.version


@pytest.mark.parametrize("case", TOLD)
def test_what_is_not_tracked_is_told(notebook: Notebook, case: str):
    body, before, told = TOLD[case]
    notebook.run(f"{START}{before}\n@asset\ndef made():\n    {body}\n")
    (said,) = fingerprint(notebook).untracked
    assert said.startswith(told)


@pytest.mark.parametrize("case", SAME)
def test_running_it_and_running_its_cell_again_changes_nothing(notebook: Notebook, case: str):
    expression, before = SAME[case]
    notebook.run(START + before)
    notebook.run(f"@asset\ndef made():\n    return {expression}\n")
    first = fingerprint(notebook)
    assert all("was defined again" in note for note in first.untracked)
    notebook.names["made"]()
    assert fingerprint(notebook) == first
    notebook.run(START + before.replace("lambda x: x + 1", "(\n    lambda x:\n    x+1)"))
    assert fingerprint(notebook).version == first.version


def test_a_call_of_something_of_the_project_is_not_taken_for_reading(notebook: Notebook):
    notebook.run(
        START
        + "def read_rows(x): return x\ndef open(x): return x\n@asset\ndef made(): return open(read_rows(1))"
    )
    assert not fingerprint(notebook).untracked


def test_modules_of_a_folder_without_init_are_of_the_project(notebook: Notebook, tmp_path: Path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "folder_of_modules").mkdir()
    (tmp_path / "folder_of_modules" / "clean.py").write_text("RATE = 1\ndef f(): return RATE\n")
    notebook.run(
        START + "import folder_of_modules.clean\n@asset\ndef made(): return folder_of_modules.clean.f()"
    )
    before = fingerprint(notebook)
    assert "folder_of_modules.clean.f" in before.parts
    sys.modules["folder_of_modules.clean"].RATE = 2
    assert fingerprint(notebook).version != before.version


def test_relative_imports_in_a_body_count(notebook: Notebook, tmp_path: Path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    package = tmp_path / "package_of_relatives"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "conf.py").write_text("X = 1\n")
    (package / "core.py").write_text("def f():\n    from .conf import X\n    return X\n")
    notebook.run(START + "from package_of_relatives.core import f\n@asset\ndef made(): return f()")
    before = fingerprint(notebook)
    assert not before.untracked
    sys.modules["package_of_relatives.conf"].X = 2
    assert fingerprint(notebook).version != before.version


def test_what_the_user_deletes_is_not_kept(notebook: Notebook):
    notebook.run(START + "class Big: pass\nbig = Big()\nbig.x = 1\n@asset\ndef made(): return big.x")
    fingerprint(notebook)
    kept = weakref.ref(notebook.names["big"])
    del notebook.names["big"]
    gc.collect()
    assert kept() is None


def test_a_dict_that_a_thread_changes_meanwhile_does_not_make_it_raise(notebook: Notebook):
    notebook.run(START + "D = {i: i for i in range(50_000)}\n@asset\ndef made(): return len(D)")
    changing, ended = notebook.names["D"], threading.Event()

    def change() -> None:
        number = 10**6
        while not ended.is_set():
            changing[number] = number
            changing.pop(number - 100, None)
            number += 1

    thread = threading.Thread(target=change)
    thread.start()
    try:
        for _ in range(10):
            assert fingerprint(notebook).version
    finally:
        ended.set()
        thread.join()


class Raises:
    """Anything may be raised by the objects of users, texts of errors included."""

    def __reduce_ex__(self, protocol):
        class Odd(Exception):
            def __str__(self):
                raise ZeroDivisionError

        raise Odd


def test_the_fingerprint_of_data_never_raises():
    image = pytest.importorskip("PIL.Image").new("RGB", (2, 2))
    image.close()
    for value in (image, Raises(), [Raises()]):
        taken = fingerprint_data(value)
        assert not taken.tracked
        assert taken.note


def test_a_model_of_the_first_pydantic_is_hashed():
    v1 = pytest.importorskip("pydantic.v1")

    class Model(v1.BaseModel):
        x: int = 1

    assert fingerprint_data(Model()).tracked
    assert fingerprint_data(Model()) != fingerprint_data(Model(x=2))
