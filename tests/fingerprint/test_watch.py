"""Whatever evidence shows one by one, it shows when very much of it is looked at as a whole."""

from __future__ import annotations

from typing import Any

import pytest

from nb_assets.fingerprint.evidence import Evidence, one_look
from nb_assets.fingerprint.watch import Watch

COUNT = 1_000


class Thing:
    """Something that can be referred to weakly."""


class Space:
    """Names as in a notebook, and evidence of each."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {"none": None, "gone": 1, "one": 1, "list": []}
        self.watch = Watch()
        for n in range(COUNT):
            exec(f"def f{n}(x, y=1, *, z=2): return x + {n}", self.names)
            self.names[f"thing{n}"] = Thing()
        self.names["f7"].note = "kept"
        self.evidence = [self._seen(n) for n in range(COUNT)]

    def _seen(self, n: int) -> Evidence:
        evidence = Evidence()
        evidence.saw_function(evidence.look_up(self.names, f"f{n}"))
        for name in (f"thing{n}", "none", "one", "list", "absent"):
            evidence.look_up(self.names, name)
        evidence.saw_content(self.names["list"], repr, "[]")
        self.watch.put(evidence)
        return evidence

    @property
    def changed(self) -> list[int]:
        with one_look():
            return [self.evidence.index(each) for each in self.watch.changed()]


@pytest.fixture(scope="module")
def space() -> Space:
    return Space()


def test_nothing_changed(space: Space):
    assert space.changed == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("__code__", (lambda x, y=1, *, z=2: x).__code__),
        ("__defaults__", (True,)),
        ("__kwdefaults__", {"z": 3}),
        ("__dict__", {"note": 1}),
    ],
)
def test_a_function_is_exchanged_in_place(space: Space, name: str, value: Any):
    fn = space.names["f5"]
    before = getattr(fn, name)
    setattr(fn, name, value)
    assert space.changed == [5]
    setattr(fn, name, before)
    assert space.changed == []


def test_a_default_of_a_keyword_is_exchanged_in_place(space: Space):
    space.names["f5"].__kwdefaults__["z"] = 3
    assert space.changed == [5]
    space.names["f5"].__kwdefaults__["z"] = 2
    assert space.changed == []


def test_a_class_gets_another_base():
    class Other(Thing):
        pass

    class Derived(Thing):
        pass

    evidence, watch = Evidence(), Watch()
    evidence.saw_class(Derived)
    watch.put(evidence)
    assert list(watch.changed()) == []
    Derived.__bases__ = (Other,)
    assert list(watch.changed()) == [evidence]


def test_an_attribute_of_a_function_is_exchanged(space: Space):
    space.names["f7"].note = "another"
    assert space.changed == [7]
    space.names["f7"].note = "kept"
    assert space.changed == []


@pytest.mark.parametrize("value", [None, 1, Thing()])
def test_a_name_stands_for_something_else_and_what_it_stood_for_is_gone(value: Any):
    space = Space()
    space.names["thing9"] = value
    assert space.changed == [9]
    del space.names["thing10"]
    assert space.changed == [9, 10]


def test_a_function_is_gone():
    space = Space()
    del space.names["f3"]
    assert space.changed == [3]


@pytest.mark.parametrize(("name", "value"), [("one", True), ("none", 0), ("absent", None)])
def test_what_all_use_is_another_thing(space: Space, name: str, value: Any):
    is_there, before = name in space.names, space.names.get(name)
    space.names[name] = value
    assert space.changed == list(range(COUNT))
    del space.names[name]
    assert space.changed == ([] if not is_there else list(range(COUNT)))
    if is_there:
        space.names[name] = before
    assert space.changed == []


def test_what_all_use_is_changed_in_place(space: Space):
    space.names["list"].append(1)
    assert len(space.changed) == COUNT
    space.names["list"].clear()
    assert space.changed == []


def test_what_all_use_is_hashed_once_in_a_look():
    names, watch, hashed = {"list": []}, Watch(), []

    def hashing(value: object) -> str:
        hashed.append(value)
        return repr(value)

    for _ in range(COUNT):
        evidence = Evidence()
        evidence.saw_content(names["list"], hashing, "[]")
        watch.put(evidence)
    with one_look():
        assert list(watch.changed()) == []
    assert len(hashed) == 1


def test_what_is_not_watched_any_more_is_not_told_of():
    space = Space()
    space.names["f3"].__defaults__ = (2,)
    space.watch.drop(space.evidence[3])
    assert space.changed == []
    space.watch.put(space.evidence[3])
    assert space.changed == [3]
