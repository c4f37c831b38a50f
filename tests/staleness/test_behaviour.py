"""Values that do something: what is derived from an object calls its methods, and never names its class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.harness.project import Project

CLASSES = {
    "an object": ("class P:\n    def go(self): return {0}", "P()"),
    "in a list": ("class P:\n    def go(self): return {0}", "[P(), P()][1:]"),
    "a property of a dataclass": (
        (
            "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int = 1\n"
            "    def go(self): return self.x * {0}"
        ),
        "P()",
    ),
    "a method of a base": (
        "class Q:\n    def go(self): return {0}\nclass P(Q):\n    pass",
        "P()",
    ),
    "a member of an enum": (
        "from enum import Enum\nclass P(Enum):\n    A = 1\n    def go(self): return {0}",
        "P.A",
    ),
    "what a method calls": ("def h(): return {0}\nclass P:\n    def go(self): return h()", "P()"),
}


@pytest.mark.parametrize("case", CLASSES)
def test_an_object_whose_class_does_something_else_is_new_data(project: Project, case: str):
    classes, value = CLASSES[case]
    project.cell(classes.format(1))
    project.cell(f"@asset\ndef a(): return {value}")
    project.cell("@asset\ndef b(a): return (a[0] if isinstance(a, list) else a).go()")
    # What is pickled is looked up where classes are.
    project.run("a")
    first = project.session.latest("a")
    project.cell(classes.format(2))
    project.run("a")
    assert first is not None
    assert project.session.latest("a").data_version != first.data_version
    project.cell(classes.format("1 + 0").replace("1 + 0", "1"))
    assert project.run("a") == "restored a"


def test_a_docstring_of_its_class_is_no_new_data(project: Project):
    project.cell("class P:\n    def go(self): return 1")
    project.cell("@asset\ndef a(): return P()")
    project.run()
    first = project.session.latest("a")
    project.cell("class P:\n    'A point.'\n\n    def go(self) -> int:\n        return 1  # as ever")
    project.run(force=True)
    assert first is not None
    assert project.session.latest("a").data_version == first.data_version
