"""What the code version of an asset counts: cells are edited, and it changes or does not."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nb_assets.fingerprint.code import CodeFingerprint, fingerprint_code

if TYPE_CHECKING:
    from tests.harness.shell import Notebook

START = "from nb_assets import *\nimport functools, dataclasses, enum\nfrom functools import partial\n"
ASSET = "@asset\ndef made(raw):\n    return {}\n"

# name: the expression that the asset returns, the cell with what it reaches, and that cell edited.
COUNTS = {
    "a helper": ("clean(raw)", "def clean(x): return x + 1", "def clean(x): return x + 2"),
    "a helper of a helper": (
        "clean(raw)",
        "def step(x): return x\ndef clean(x): return step(x)",
        "def step(x): return -x\ndef clean(x): return step(x)",
    ),
    "a constant": ("raw * FACTOR", "FACTOR = 2", "FACTOR = 3"),
    "the type of a constant": ("raw * FACTOR", "FACTOR = 1", "FACTOR = True"),
    "a constant of a helper": (
        "clean(raw)",
        "F = 2\ndef clean(x): return x * F",
        "F = 3\ndef clean(x): return x * F",
    ),
    "a list": ("raw in WORDS", "WORDS = ['a']", "WORDS = ['a', 'b']"),
    "a dict": ("MAP[raw]", "MAP = {'a': 1}", "MAP = {'a': 2}"),
    "a table": (
        "raw.merge(TABLE)",
        "import pandas as pd\nTABLE = pd.DataFrame({'a': [1]})",
        "import pandas as pd\nTABLE = pd.DataFrame({'a': [2]})",
    ),
    "a list changed in place": ("raw in WORDS", "WORDS = ['a']", "WORDS.append('b')"),
    "a lambda": ("clean(raw)", "clean = lambda x: x", "clean = lambda x: -x"),
    "a default of a helper": ("clean(raw)", "def clean(x, n=1): return n", "def clean(x, n=2): return n"),
    "a default that was computed": (
        "clean(raw)",
        "N = 1\ndef clean(x, n=N): return n\ndel N",
        "N = 2\ndef clean(x, n=N): return n\ndel N",
    ),
    "a keyword default that was computed": (
        "clean(raw)",
        "N = 1\ndef clean(x, *, n=N): return n\ndel N",
        "N = 2\ndef clean(x, *, n=N): return n\ndel N",
    ),
    "a closure": (
        "clean(raw)",
        "def make(n):\n    def inner(x): return x * n\n    return inner\nclean = make(1)",
        "def make(n):\n    def inner(x): return x * n\n    return inner\nclean = make(2)",
    ),
    "a function in a closure": (
        "clean(raw)",
        "def one(x): return 1\ndef make(f):\n    return lambda x: f(x)\nclean = make(one)",
        "def one(x): return 2\ndef make(f):\n    return lambda x: f(x)\nclean = make(one)",
    ),
    "a name in a comprehension": (
        "[clean(x) for x in raw]",
        "def clean(x): return 1",
        "def clean(x): return 2",
    ),
    "a name in a nested lambda": (
        "list(map(lambda x: clean(x), raw))",
        "def clean(x): return 1",
        "def clean(x): return 2",
    ),
    "a partial": (
        "clean(raw)",
        "def f(a, b): return a\nclean = partial(f, 1)",
        "def f(a, b): return a\nclean = partial(f, 2)",
    ),
    "the function of a partial": (
        "clean(raw)",
        "def f(a, b): return a\nclean = partial(f, 1)",
        "def f(a, b): return b\nclean = partial(f, 1)",
    ),
    "a cached helper": (
        "clean(raw)",
        "@functools.lru_cache\ndef clean(x): return 1",
        "@functools.lru_cache\ndef clean(x): return 2",
    ),
    "a function behind a decorator of the project": (
        "clean(raw)",
        "def deco(f):\n    @functools.wraps(f)\n    def g(x): return f(x)\n    return g\n@deco\ndef clean(x): return 1",
        "def deco(f):\n    @functools.wraps(f)\n    def g(x): return f(x)\n    return g\n@deco\ndef clean(x): return 2",
    ),
    "a decorator of the project": (
        "clean(raw)",
        "def deco(f):\n    @functools.wraps(f)\n    def g(x): return f(x)\n    return g\n@deco\ndef clean(x): return 1",
        "def deco(f):\n    @functools.wraps(f)\n    def g(x): return -f(x)\n    return g\n@deco\ndef clean(x): return 1",
    ),
    "a function behind an installed decorator": (
        "clean(raw)",
        "import contextlib\n@contextlib.contextmanager\ndef clean(x): yield 1",
        "import contextlib\n@contextlib.contextmanager\ndef clean(x): yield 2",
    ),
    "a single dispatch": (
        "clean(raw)",
        "@functools.singledispatch\ndef clean(x): return 1",
        "@functools.singledispatch\ndef clean(x): return 2",
    ),
    "a method of a class": (
        "Model().fit(raw)",
        "class Model:\n    def fit(self, x): return 1",
        "class Model:\n    def fit(self, x): return 2",
    ),
    "a method of a base class": (
        "Model().fit(raw)",
        "class Base:\n    def fit(self, x): return 1\nclass Model(Base): pass",
        "class Base:\n    def fit(self, x): return 2\nclass Model(Base): pass",
    ),
    "an attribute of a class": (
        "Model.rate * raw",
        "class Model:\n    rate = 1",
        "class Model:\n    rate = 2",
    ),
    "a static method": (
        "Model.fit(raw)",
        "class Model:\n    @staticmethod\n    def fit(x): return 1",
        "class Model:\n    @staticmethod\n    def fit(x): return 2",
    ),
    "a class method": (
        "Model.fit(raw)",
        "class Model:\n    @classmethod\n    def fit(cls, x): return 1",
        "class Model:\n    @classmethod\n    def fit(cls, x): return 2",
    ),
    "a property": (
        "Model().rate",
        "class Model:\n    @property\n    def rate(self): return 1",
        "class Model:\n    @property\n    def rate(self): return 2",
    ),
    "a setter": (
        "Model()",
        "class Model:\n    @property\n    def r(self): return 1\n    @r.setter\n    def r(self, v): self.x = v",
        "class Model:\n    @property\n    def r(self): return 1\n    @r.setter\n    def r(self, v): self.x = -v",
    ),
    "a cached property": (
        "Model().rate",
        "class Model:\n    @functools.cached_property\n    def rate(self): return 1",
        "class Model:\n    @functools.cached_property\n    def rate(self): return 2",
    ),
    "the order of the fields of a dataclass": (
        "P(1, 2).x",
        "@dataclasses.dataclass\nclass P:\n    x: int\n    y: int",
        "@dataclasses.dataclass\nclass P:\n    y: int\n    x: int",
    ),
    "a default of a dataclass": (
        "P().x",
        "@dataclasses.dataclass\nclass P:\n    x: int = 1",
        "@dataclasses.dataclass\nclass P:\n    x: int = 2",
    ),
    "the parameters of a dataclass": (
        "sorted([P(1)])",
        "@dataclasses.dataclass(order=True)\nclass P:\n    x: int",
        "@dataclasses.dataclass\nclass P:\n    x: int",
    ),
    "a member of an enumeration": (
        "Colour.RED.value",
        "class Colour(enum.Enum):\n    RED = 1",
        "class Colour(enum.Enum):\n    RED = 2",
    ),
    "the class of an object": (
        "scaler.scale(raw)",
        "class Scaler:\n    def scale(self, x): return x\nscaler = Scaler()",
        "class Scaler:\n    def scale(self, x): return -x\nscaler = Scaler()",
    ),
    "an attribute of an object": (
        "scaler.by * raw",
        "class Scaler:\n    def __init__(self, by): self.by = by\nscaler = Scaler(1)",
        "class Scaler:\n    def __init__(self, by): self.by = by\nscaler = Scaler(2)",
    ),
    "a bound method": (
        "scale(raw)",
        "class Scaler:\n    def __init__(self, by): self.by = by\n    def f(self, x): return self.by\nscale = Scaler(1).f",
        "class Scaler:\n    def __init__(self, by): self.by = by\n    def f(self, x): return self.by\nscale = Scaler(2).f",
    ),
    "a function in a list": (
        "[f(raw) for f in STEPS]",
        "def one(x): return 1\nSTEPS = [one]",
        "def one(x): return 2\nSTEPS = [one]",
    ),
    "a helper of a function in a list": (
        "[f(raw) for f in STEPS]",
        "def two(x): return 1\ndef one(x): return two(x)\nSTEPS = [one]",
        "def two(x): return 2\ndef one(x): return two(x)\nSTEPS = [one]",
    ),
    "an object in a list": (
        "[s.f(raw) for s in STEPS]",
        "class S:\n    def f(self, x): return 1\nSTEPS = [S()]",
        "class S:\n    def f(self, x): return 2\nSTEPS = [S()]",
    ),
    "another asset that is called": (
        "other(raw)",
        "@asset\ndef other(x): return 1",
        "@asset\ndef other(x): return 2",
    ),
    "a name that hides a builtin": ("sum(raw)", "pass", "def sum(x): return 0"),
    "a helper made by exec": (
        "clean(raw)",
        "exec('def clean(x): return 1', globals())",
        "exec('def clean(x): return 2', globals())",
    ),
    "code that was replaced in place": (
        "clean(raw)",
        "def clean(x): return 1",
        "def newer(x): return 2\nclean.__code__ = newer.__code__",
    ),
}

DOES_NOT_COUNT = {
    "a comment in a helper": (
        "clean(raw)",
        "def clean(x): return 1",
        "def clean(x):\n    # why\n    return 1",
    ),
    "a docstring in a helper": (
        "clean(raw)",
        "def clean(x): return 1",
        "def clean(x):\n    'doc'\n    return 1",
    ),
    "an annotation in a helper": (
        "clean(raw)",
        "def clean(x): return 1",
        "def clean(x: int) -> int: return 1",
    ),
    "a name that is not reached": ("raw", "OTHER = 1", "OTHER = 2"),
    "a method's docstring": (
        "Model().fit(raw)",
        "class Model:\n    def fit(self, x): return 1",
        "class Model:\n    'doc'\n    def fit(self, x):\n        'doc'\n        return 1",
    ),
    "the order of a set": ("raw in WORDS", "WORDS = {'a', 'b', 'c'}", "WORDS = {'c', 'b', 'a'}"),
    "the identity of a constant": ("raw in WORDS", "WORDS = ['a']", "WORDS = ['a']"),
    "a module imported again": ("np.sum(raw)", "import numpy as np", "import numpy as np"),
    "an upstream asset's own code": ("raw", "@asset\ndef raw(): return 1", "@asset\ndef raw(): return 2"),
}


def fingerprint(notebook: Notebook, name: str = "made") -> CodeFingerprint:
    return fingerprint_code(notebook.names[name])


def versions(notebook: Notebook, expression: str, before: str, after: str) -> tuple[str, str]:
    notebook.run(START)
    notebook.run(before)
    notebook.run(ASSET.format(expression))
    first = fingerprint(notebook)
    assert not first.untracked
    assert fingerprint(notebook) == first
    notebook.run(after)
    return first.version, fingerprint(notebook).version


@pytest.mark.parametrize("case", COUNTS)
def test_an_edit_counts(notebook: Notebook, case: str):
    before, after = versions(notebook, *COUNTS[case])
    assert before != after


@pytest.mark.parametrize("case", DOES_NOT_COUNT)
def test_an_edit_does_not_count(notebook: Notebook, case: str):
    before, after = versions(notebook, *DOES_NOT_COUNT[case])
    assert before == after


# Running the first code again takes back every edit but those that changed something in place.
TAKEN_BACK = [case for case, (_, before, _) in COUNTS.items() if "in place" not in case and before != "pass"]


@pytest.mark.parametrize("case", TAKEN_BACK)
def test_an_edit_taken_back_gives_the_same_version_again(notebook: Notebook, case: str):
    expression, before, after = COUNTS[case]
    first, _ = versions(notebook, expression, before, after)
    notebook.run(before)
    assert fingerprint(notebook).version == first


@pytest.mark.parametrize(
    "decorated",
    [
        "@asset(group_name='g')\ndef made(raw):\n    return raw + 1",
        "@asset(description='d', metadata={'a': 1}, tags={'t': 'u'}, owners=['team:x'], kinds={'k'})\ndef made(raw):\n    return raw + 1",
        "@asset(deps=['other'], retry_policy=RetryPolicy(3))\ndef made(raw):\n    return raw + 1",
        "@asset\ndef made(raw: int) -> int:\n    '''Doc.'''\n    # comment\n    return (raw + 1)",
    ],
)
def test_the_arguments_of_our_decorator_and_the_looks_of_the_function_do_not_count(
    notebook: Notebook, decorated: str
):
    notebook.run(START + "@asset\ndef made(raw):\n    return raw + 1")
    before = fingerprint(notebook).version
    notebook.run(decorated)
    assert fingerprint(notebook).version == before


def test_a_code_version_replaces_the_computed_one(notebook: Notebook):
    notebook.run(START + "def clean(x): return x\n@asset\ndef made(raw): return clean(raw)")
    taken = fingerprint_code(notebook.names["made"], "7")
    assert (taken.version, taken.untracked) == ("7", ())
    assert list(taken.parts) == ["made", "clean"]


def test_the_parts_are_named_and_shown_as_they_were_written(notebook: Notebook):
    notebook.run(
        START
        + "LIMIT = 5\ndef clean(x):\n    # keep\n    return x[:LIMIT]\n@asset\ndef made(raw): return clean(raw)"
    )
    parts = fingerprint(notebook).parts
    assert list(parts) == ["made", "clean", "LIMIT"]
    assert parts["LIMIT"] == "5"
    assert "# keep" in parts["clean"]
    assert parts["made"].startswith("@asset")


def test_a_decorator_between_the_asset_and_its_function_counts(notebook: Notebook):
    deco = "def deco(f):\n    @functools.wraps(f)\n    def g(*a): return {}f(*a)\n    return g\n"
    made = "@asset\n@deco\ndef made(raw): return raw"
    notebook.run(START + deco.format("") + made)
    before = fingerprint(notebook).version
    notebook.run(deco.format("-") + made)
    assert fingerprint(notebook).version != before


def test_things_of_one_name_in_two_modules_both_count(notebook: Notebook, tmp_path: Path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("first_of_two", "second_of_two"):
        (tmp_path / f"{name}.py").write_text("LIMIT = 1\ndef f(x): return x + LIMIT\n")
    notebook.run(
        START + "import first_of_two as a, second_of_two as b\n@asset\ndef made(raw): return a.f(b.f(raw))"
    )
    seen = {fingerprint(notebook).version}
    for change in ("a.LIMIT = 2", "b.LIMIT = 3", "a.LIMIT = 1"):
        notebook.run(change)
        seen.add(fingerprint(notebook).version)
    assert len(seen) == 4


@pytest.mark.parametrize(
    "reading",
    [
        "import project_module\n@asset\ndef made(raw): return project_module.clean(raw)",
        "import project_module as p\n@asset\ndef made(raw): return p.clean(raw)",
        "from project_module import clean\n@asset\ndef made(raw): return clean(raw)",
    ],
)
def test_helpers_of_project_modules_count_with_what_they_reach(
    notebook: Notebook, tmp_path: Path, monkeypatch, reading: str
):
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "project_module", raising=False)
    module = tmp_path / "project_module.py"
    module.write_text("RATE = 2\n\ndef clean(x):\n    return x * RATE\n")
    notebook.run(START + reading)
    before = fingerprint(notebook)
    assert not before.untracked
    module.write_text("RATE = 3 # more\n\ndef clean(x):\n    return x * RATE\n")
    importlib.invalidate_caches()
    sys.modules["project_module"].__dict__["RATE"] = 3
    assert fingerprint(notebook).version != before.version


@pytest.mark.parametrize(
    ("expression", "cell", "told"),
    [
        ("eval('clean(raw)')", "pass", "`eval()` in `made`"),
        ("globals()['x']", "pass", "`globals()` in `made`"),
        ("LOCK", "import threading\nLOCK = threading.Lock()", "`LOCK` (lock)"),
        ("next(ROWS)", "ROWS = iter(x for x in [1])", "`ROWS` (generator)"),
        (
            "ODD",
            "class Odd:\n    def __reduce_ex__(self, p): raise OSError('no')\nODD = Odd()",
            "`ODD` (Odd)",
        ),
        (
            "ODD",
            "class Odd:\n    def __getattr__(self, name): raise ZeroDivisionError\n    def __call__(self): pass\nODD = Odd()",
            "`ODD` (Odd)",
        ),
    ],
)
def test_what_cannot_be_tracked_is_said_to_be(notebook: Notebook, expression: str, cell: str, told: str):
    notebook.run(START + cell)
    notebook.run(ASSET.format(expression))
    taken = fingerprint(notebook)
    assert [text for text in taken.untracked if text.startswith(told)]
    assert fingerprint(notebook).version == taken.version


@pytest.mark.parametrize(
    "body",
    [
        "import inner_module\n    return inner_module.f(raw)",
        "import inner_module as m\n    return m.f(raw)",
        "from inner_module import f\n    return f(raw)",
    ],
)
def test_a_project_module_imported_inside_a_function_counts(
    notebook: Notebook, tmp_path: Path, monkeypatch, body: str
):
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "inner_module", raising=False)
    (tmp_path / "inner_module.py").write_text("RATE = 1\ndef f(x): return x * RATE\n")
    importlib.invalidate_caches()
    notebook.run(START + f"@asset\ndef made(raw):\n    {body}")
    before = fingerprint(notebook)
    assert not before.untracked
    sys.modules["inner_module"].RATE = 2
    assert fingerprint(notebook).version != before.version


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("import json\n    return json.dumps(raw)", None),
        ("import not_there_at_all\n    return 1", None),
        ("import raising_module\n    return 1", "`raising_module`, which `made` imports while it runs"),
    ],
)
def test_a_project_module_that_cannot_be_imported_is_told(
    notebook: Notebook, tmp_path: Path, monkeypatch, body: str, told: str | None
):
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "raising_module.py").write_text("raise ValueError('no')\n")
    importlib.invalidate_caches()
    notebook.run(START + f"@asset\ndef made(raw):\n    {body}")
    untracked = fingerprint(notebook).untracked
    assert [text.startswith(told) for text in untracked] == [True] if told else untracked == ()


def test_a_chain_of_three_thousand_helpers_is_not_too_deep(notebook: Notebook):
    lines = ["def f0(x): return x", *(f"def f{n}(x): return f{n - 1}(x)" for n in range(1, 3_000))]
    notebook.run(START + "\n".join(lines) + "\n@asset\ndef made(raw): return f2999(raw)")
    assert len(fingerprint(notebook).parts) == 3_001


def test_recursion_and_mutual_recursion_come_to_an_end(notebook: Notebook):
    notebook.run(
        START + "def a(x): return b(x)\ndef b(x): return a(x)\n@asset\ndef made(raw): return made(a(raw))"
    )
    assert list(fingerprint(notebook).parts) == ["made", "a", "b"]
