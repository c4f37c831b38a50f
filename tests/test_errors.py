"""What Dagster tells by one of its names is caught by that name here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import nb_assets as nba
from nb_assets import asset, materialize


def bad_group() -> None:
    @asset(group_name="a b")
    def f() -> None: ...


def nothing_given() -> None:
    @asset
    def f():  # type: ignore[no-untyped-def]
        if False:
            yield 1

    materialize([f])


def wrong_type() -> None:
    @asset
    def f() -> int:
        return "x"  # type: ignore[return-value]

    materialize([f])


def unknown_selection() -> None:
    materialize([], selection="nothing_like_it")


def called_without_context() -> None:
    @asset
    def f(context: Any) -> None: ...

    f()


@pytest.mark.parametrize(
    ("broken", "name"),
    [
        (bad_group, "DagsterInvalidDefinitionError"),
        (nothing_given, "DagsterStepOutputNotFoundError"),
        (wrong_type, "DagsterTypeCheckDidNotPass"),
        (unknown_selection, "DagsterInvalidSubsetError"),
        (called_without_context, "DagsterInvalidInvocationError"),
    ],
)
def test_an_error_is_caught_by_the_name_that_dagster_has_for_it(
    broken: Callable[[], None], name: str
) -> None:
    with pytest.raises(getattr(nba, name)):
        broken()
    with pytest.raises(nba.DagsterError):
        broken()
