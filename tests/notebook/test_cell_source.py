"""What a cell's source alone tells of it."""

from __future__ import annotations

import pytest

from nb_assets.errors import CellError
from nb_assets.notebook.cell_source import CellSource


def source(text: str) -> CellSource:
    return CellSource(typed=text, python="\n" + text)


@pytest.mark.parametrize(
    ("cell", "taken"),
    [
        ("x = trips + 1", "trips"),
        ("x = 1\ny = x + 1", ""),
        ("x = x + 1", "x"),
        ("x += 1", "x"),
        ("x = 1\nx += 1", ""),
        ("x: int = trips", "int trips"),
        ("x: int", "int"),
        ("print(x)\nx = 1", "print x"),
        ("def f(a): return a + b\nf(1)", "b"),
        ("def f():\n    return g()\ndef g(): return 1", ""),
        ("def f(a=b): return a", "b"),
        ("b = 1\ndef f(a=b): return a", ""),
        ("f = lambda a: a + b", "b"),
        ("class A(Base):\n    x = y", "Base y"),
        ("@deco\ndef f(): return 1", "deco"),
        ("[v for v in values]", "values"),
        ("[v for v in values]\nv = 3", "values"),
        ("{k: w for k, v in values if v for w in v}", "values"),
        ("for x in xs:\n    print(x)", "print xs"),
        ("for x in xs:\n    y = x\nz = y", "xs"),
        ("with open(p) as f:\n    rows = f.read()\n    rows = rows[1:]", "open p"),
        ("if a:\n    b = 1\n    b = b + 1\nprint(b)", "a print"),
        ("try:\n    a = 1\nexcept E as error:\n    print(error, a)", "E print"),
        ("if (n := len(xs)) > 1:\n    n", "len xs"),
        ("a, (b, *c) = trips\nb + c", "trips"),
        ("import numpy as np, os.path\nnp.sum(trips) + os", "trips"),
        ("from m import f as g\ng(trips)", "trips"),
        ("del a", "a"),
        ("a.b = 1", "a"),
        ("a[0] = b", "a b"),
        ("f'{a} {b!r}'", "a b"),
        ("def f():\n    global g\n    return g", "g"),
        ("while a:\n    a = b\n    b = 1", "a b"),
        ("x = [y for y in x]", "x"),
        ("match p:\n    case [q, *r]: q + s", "p s"),
    ],
)
def test_these_names_are_taken_from_outside(cell: str, taken: str):
    assert set(source(cell).taken) == set(taken.split())


@pytest.mark.parametrize(
    ("cell", "bound"),
    [
        ("a = b = 1\nc, d = 1, 2", "a b c d"),
        ("import x.y, z as w\nfrom m import n", "x w n"),
        ("def f(a): b = 1\nclass C: d = 1", "f C"),
        ("for i in x: pass\nwith y as j: pass", "i j"),
        ("if (k := 1): pass", "k"),
        ("[m for m in x]", ""),
        ("a.b = 1; c[0] = 2", ""),
    ],
)
def test_these_names_are_bound(cell: str, bound: str):
    assert set(source(cell).bound) == set(bound.split())


@pytest.mark.parametrize(
    ("cell", "ends"),
    [
        ("x = 1\nx", True),
        ("x", True),
        ("x = 1", False),
        ("x;", True),
        ("'text'", True),
        ("'text'\nx = 1", False),
        ("f()\n# why", True),
        ("if x: y", False),
    ],
)
def test_an_expression_at_the_end_is_seen(cell: str, ends):
    assert (source(cell).last_expression is not None) == ends


@pytest.mark.parametrize(
    ("cell", "silent"), [("x;", True), ("x ;  \n# c\n", True), ("x", False), ("x; y", False), ("", False)]
)
def test_a_semicolon_at_the_end_is_seen(cell: str, silent):
    assert source(cell).is_silent == silent


@pytest.mark.parametrize(
    ("cell", "functions", "decorated", "quiet"),
    [
        ("def f(): pass", ["f"], False, True),
        ("import x\nN = 1\nclass A: pass\nasync def f(): pass", ["f"], False, True),
        ("@asset\ndef f(): pass\ndef g(): pass", ["g"], True, True),
        ("@nba.asset(name='x')\ndef f(): pass", [], True, True),
        ("@cache\ndef f(): pass", ["f"], False, True),
        ("def f(): pass\nf()", ["f"], False, False),
        ("if x:\n    def f(): pass", [], False, False),
    ],
)
def test_definitions_are_told_from_code_that_runs(cell, functions, decorated, quiet):
    found = source(cell)
    assert (found.functions, found.has_decorated, found.only_defines) == (functions, decorated, quiet)


@pytest.mark.parametrize(
    ("cell", "awaits"),
    [
        ("await f()", True),
        ("async def f(): await g()", False),
        ("async for x in y: pass", True),
        ("[await x]", True),
        ("f()", False),
    ],
)
def test_awaiting_at_the_top_level_is_seen(cell: str, awaits):
    assert source(cell).awaits == awaits


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("def f(: pass", "at line 2, in `def f(: pass`"),
        ("x = (1,\ny = 2", "at line"),
        ("return 1", "'return' outside function, at line 2"),
        ("yield 1", "'yield' outside function"),
        ("nonlocal x", "nonlocal declaration not allowed"),
        ("break", "'break' outside loop"),
    ],
)
def test_what_is_no_python_is_told_with_its_line(cell: str, told: str):
    with pytest.raises(CellError) as caught:
        _ = source(cell).tree
    assert told in str(caught.value)
    assert "Nothing was registered" in str(caught.value)
