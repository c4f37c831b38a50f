from __future__ import annotations

import pytest

from nb_assets import (
    DagsterType,
    Dict,
    Int,
    List,
    Nothing,
    Optional,
    Out,
    PythonObjectDagsterType,
    String,
    Tuple,
    TypeCheck,
    check_dagster_type,
    graph,
    make_python_type_usable_as_dagster_type,
    op,
    usable_as_dagster_type,
)
from nb_assets.definitions.builtin_types import resolve_dagster_type
from nb_assets.errors import DefinitionError, TypeCheckError


class Even(int):
    """A number whose type is made up in a test."""


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Int, 1, 1.0),
        (Optional[Int], None, "x"),
        (List[Optional[String]], ["a", None], [1]),
        (Dict[str, List[int]], {"a": [1]}, {"a": 1}),
        (Tuple[int, str], (1, "a"), (1,)),
        (list[int], [1], ["x"]),
        (int | None, None, "x"),
    ],
)
def test_a_type_tells_its_values_from_others(kind: object, good: object, bad: object):
    assert check_dagster_type(kind, good).success
    assert not check_dagster_type(kind, bad).success


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        (list[int | None], "[Int?]"),
        (dict[str, list[int]], "Dict[String,[Int]]"),
        (None, "Nothing"),
        (tuple[int, ...], "Any"),
        (bytes, "bytes"),
    ],
)
def test_an_annotation_is_a_type_with_a_name(kind: object, shown: str):
    assert resolve_dagster_type(kind).display_name == shown


def test_what_a_check_says_of_a_value_is_in_the_error():
    small = DagsterType(
        lambda _, value: TypeCheck(value < 10, "it is too big", metadata={"limit": 10}), name="Small"
    )

    @op(out=Out(small))
    def f():
        return 30

    @graph
    def g():
        f()

    with pytest.raises(TypeCheckError, match=r"to give Small .* gave a int \(it is too big; limit = 10\)"):
        g.execute_in_process()


def test_a_class_that_was_made_usable_is_checked_by_its_type():
    make_python_type_usable_as_dagster_type(Even, DagsterType(lambda _, value: value % 2 == 0, name="Even"))

    @op
    def f() -> Even:
        return 3

    with pytest.raises(TypeCheckError, match="to give Even"):
        f()


def test_a_decorated_class_keeps_its_name_or_takes_another():
    @usable_as_dagster_type(name="Named", description="what it is")
    class C:
        pass

    found = resolve_dagster_type(C)
    assert (found.unique_name, found.description) == ("Named", "what it is")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: List[Nothing], "there can be no List of it"),
        (lambda: Dict[int], "takes 2 types, and 1 were given"),
        (lambda: Optional[int, str], "takes one type, and 2 were given"),
        (lambda: Optional[Nothing], "none that may be None"),
        (lambda: DagsterType(3, name="x"), "is a function of the context and the value, not 3"),
        (lambda: DagsterType(lambda _, value: True), "has a name or a key"),
        (lambda: PythonObjectDagsterType("int"), "is of a class, or of a tuple of classes"),
        (lambda: Out(3), "3 is no type"),
        (lambda: TypeCheck("yes"), "True or False, not 'yes'"),
    ],
)
def test_what_is_no_type_is_refused(make, told: str):
    with pytest.raises(DefinitionError) as caught:
        make()
    assert told in str(caught.value)
