"""What two sources may differ in and still mean the same."""

from __future__ import annotations

import pytest

from nb_assets.fingerprint.normal_form import normal_form, normal_form_of_code

SAME = {
    "comments": ("def f(x):\n    return x", "def f(x):  # why\n    # and how\n    return x"),
    "blank lines and spaces": ("def f(x):\n    return x+1", "def f( x ):\n\n\n    return x  +  1"),
    "quotes": ("def f(): return 'a'", 'def f(): return "a"'),
    "parentheses that change nothing": ("def f(a, b): return a + b", "def f(a, b): return (a + b)"),
    "line breaks": (
        "def f(a, b): return g(a, b)",
        "def f(\n    a,\n    b,\n):\n    return g(\n        a, b\n    )",
    ),
    "a docstring": ("def f(): return 1", "def f():\n    '''What.'''\n    return 1"),
    "a docstring alone": ("def f(): pass", "def f():\n    '''What.'''"),
    "a docstring of a nested function": (
        "def f():\n    def g(): return 1\n    return g()",
        "def f():\n    def g():\n        'doc'\n        return 1\n    return g()",
    ),
    "a docstring of a class": ("class A:\n    x = 1", "class A:\n    'doc'\n    x = 1"),
    "annotations of arguments and result": (
        "def f(a, *b, **c): return a",
        "def f(a: int, *b: str, **c: 'X') -> list[int]: return a",
    ),
    "annotations of variables": (
        "def f():\n    x = 1\n    return x",
        "def f():\n    x: int = 1\n    return x",
    ),
    "our decorators": ("def f(): return 1", "@asset(group_name='g', kinds={'x'})\ndef f(): return 1"),
    "our decorators by module": ("def f(): return 1", "@dg.asset\ndef f(): return 1"),
    "numbers written otherwise": ("def f(): return 1000", "def f(): return 1_000"),
}
DIFFERENT = {
    "a constant": ("def f(): return 1", "def f(): return 2"),
    "the type of a constant": ("def f(): return 1", "def f(): return 1.0"),
    "a text": ("def f(): return 'a'", "def f(): return 'b'"),
    "an operator": ("def f(a): return a + 1", "def f(a): return a - 1"),
    "the order of statements": ("def f():\n    a()\n    b()", "def f():\n    b()\n    a()"),
    "a default": ("def f(a=1): return a", "def f(a=2): return a"),
    "an argument": ("def f(a): return 1", "def f(b): return 1"),
    "a foreign decorator": ("def f(): return 1", "@cache\ndef f(): return 1"),
    "the arguments of a foreign decorator": ("@retry(1)\ndef f(): return 1", "@retry(2)\ndef f(): return 1"),
    "a field of a dataclass": ("class A:\n    x: int", "class A:\n    x: str"),
    "a text that is no docstring": ("def f():\n    return 'a'", "def f():\n    'a'\n    return 'b'"),
    "precedence": ("def f(a, b, c): return a * b + c", "def f(a, b, c): return a * (b + c)"),
    "async": ("def f(): return 1", "async def f(): return 1"),
    "yield": ("def f(): return 1", "def f(): yield 1"),
    "indentation that means something": (
        "def f():\n    if a:\n        b()\n        c()",
        "def f():\n    if a:\n        b()\n    c()",
    ),
}


@pytest.mark.parametrize("case", SAME)
def test_what_does_not_count_leaves_the_normal_form_as_it_is(case: str):
    one, other = SAME[case]
    assert normal_form(one) == normal_form(other)


@pytest.mark.parametrize("case", DIFFERENT)
def test_what_counts_changes_the_normal_form(case: str):
    one, other = DIFFERENT[case]
    assert normal_form(one) != normal_form(other)


def test_a_source_that_cannot_be_parsed_alone_is_its_own_normal_form():
    assert normal_form("lambda x: x + 1)") == "lambda x: x + 1)"


def test_code_without_a_source_is_told_apart_by_its_meaning():
    def compiled(source: str):
        return compile(source, "<string>", "exec")

    assert normal_form_of_code(compiled("def f(a): return a + 1")) == normal_form_of_code(
        compiled("\n\ndef f(a): return a + 1  # comment")
    )
    assert normal_form_of_code(compiled("def f(a): return a + 1")) != normal_form_of_code(
        compiled("def f(a): return a + 2")
    )
