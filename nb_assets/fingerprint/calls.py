"""Calls in a source, as they are written: by a computed name, without a seed, and what is read by which argument."""

from __future__ import annotations

import ast
import functools
from collections import deque
from collections.abc import Iterator
from typing import Any

from nb_assets.fingerprint.normal_form import parsed

# Each with the place of the name among its arguments.
_BY_NAME = {"getattr": 1, "attrgetter": 0, "methodcaller": 0}
# Without any argument, these begin anywhere.
_GENERATORS = frozenset({"default_rng", "RandomState", "Random", "SeedSequence"})
_MOMENTS = frozenset({"Timestamp", "to_datetime", "datetime64"})
# Models and splits that draw at random whatever else they are told.
_ESTIMATORS = frozenset(
    {"RandomForestClassifier", "RandomForestRegressor", "ExtraTreesClassifier", "ExtraTreesRegressor"}
    | {"GradientBoostingClassifier", "GradientBoostingRegressor", "IsolationForest", "BaggingClassifier"}
    | {"KMeans", "MiniBatchKMeans", "MLPClassifier", "MLPRegressor", "SGDClassifier", "SGDRegressor", "TSNE"}
    | {"RandomizedSearchCV", "ShuffleSplit", "StratifiedShuffleSplit", "make_classification"}
    | {"make_regression", "make_blobs", "make_moons", "make_circles"}
)
# Without one of these keywords, `sample` and `train_test_split` draw at random.
_SEEDS = frozenset({"random_state", "seed", "rng"})


@functools.lru_cache(maxsize=8192)
def remarks(source: str) -> tuple[str, ...]:
    """Return what is to be told of the calls in a source; nothing of one that cannot be parsed on its own."""
    found = (_remark(node) for node in _looks(source) if isinstance(node, ast.Call))
    return tuple(dict.fromkeys(remark for remark in found if remark))


def _remark(call: ast.Call) -> str | None:
    is_method = isinstance(call.func, ast.Attribute)
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in _BY_NAME:
        named = call.args[_BY_NAME[name] :][:1]
        if named and not isinstance(named[0], ast.Constant):
            return f"`{name}()` by a computed name"
    if name in _MOMENTS and any(
        isinstance(given, ast.Constant) and given.value in {"now", "today"} for given in call.args[:1]
    ):
        return f"`{name}(…)` of now"
    if name in _ESTIMATORS and not any(
        keyword.arg is None or keyword.arg in _SEEDS for keyword in call.keywords
    ):
        return f"`{name}(…)` without a seed"
    if name in _GENERATORS and not call.args and not call.keywords:
        return f"`{name}()` without a seed"
    if (name == "sample" and is_method) or name == "train_test_split":
        seeded = any(keyword.arg is None or keyword.arg in _SEEDS for keyword in call.keywords)
        of_random = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "random"
        if not seeded and not of_random:
            return f"`{name}(…)` without a seed"
    return None


@functools.lru_cache(maxsize=8192)
def reads(source: str) -> tuple[tuple[str, str | None, bool], ...]:
    """Return each call and each look-up with what it is given first: the name, the text or the name of a variable, which.

    Such as `("read_csv", "a.csv", False)`, `("open", "PATH", True)`; None stands for anything that is computed.
    """
    return tuple(dict.fromkeys(found for node in _looks(source) for found in _read(node)))


@functools.lru_cache(maxsize=4)
def _looks(source: str) -> tuple[ast.Call | ast.Subscript, ...]:
    """Return the calls and the look-ups in a source, from the outermost; none of one that cannot be parsed."""
    found: list[ast.Call | ast.Subscript] = []
    waiting: deque[Any] = deque([parsed(source)])
    while waiting:
        node = waiting.popleft()
        if isinstance(node, (ast.Call, ast.Subscript)):
            found.append(node)
        # What `ast.walk` does, without the generators: it is asked of each function.
        for field in node._fields if node is not None else ():
            value = getattr(node, field, None)
            if type(value) is list:
                waiting.extend(each for each in value if isinstance(each, ast.AST))
            elif isinstance(value, ast.AST) and not isinstance(value, (ast.Name, ast.expr_context)):
                waiting.append(value)
    return tuple(found)


def _read(node: ast.AST) -> Iterator[tuple[str, str | None, bool]]:
    if isinstance(node, ast.Subscript) and _name(node.value) == "environ":
        yield "environ", *_given(node.slice)
    if not isinstance(node, ast.Call):
        return
    name, owner = _name(node.func), getattr(node.func, "value", None)
    if _name(owner) == "environ":
        name, owner = "environ", None
    if isinstance(owner, ast.Call) and _name(owner.func).endswith("Path"):
        # `Path("a.txt").read_text()`
        yield name, *_given(owner.args[0] if len(owner.args) == 1 else None)
    elif name:
        first = node.args[0] if node.args else None
        yield name, *_given(first)


def _name(node: object) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _given(node: ast.expr | None) -> tuple[str | None, bool]:
    if isinstance(node, ast.Call) and _name(node.func).endswith("Path") and len(node.args) == 1:
        node = node.args[0]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value, False
    return (node.id, True) if isinstance(node, ast.Name) else (None, False)


@functools.lru_cache(maxsize=8192)
def assigned(source: str) -> frozenset[str]:
    """Return the names that something is assigned into: `rcParams` of `plt.rcParams["a"] = 1`, `options`, `getcontext`."""
    tree = _tree(source)
    targets = (
        node
        for node in (ast.walk(tree) if tree is not None else ())
        if isinstance(node, (ast.Attribute, ast.Subscript)) and isinstance(node.ctx, ast.Store)
    )
    updated = (
        node.func
        for node in (ast.walk(tree) if tree is not None else ())
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update"
    )
    return frozenset(name for node in (*targets, *updated) for name in _chain(node.value))


def _chain(node: ast.expr) -> Iterator[str]:
    """Yield the names in what an attribute, an item or the result of a call is taken of."""
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        if isinstance(node, ast.Attribute):
            yield node.attr
        node = node.func if isinstance(node, ast.Call) else node.value
    if isinstance(node, ast.Name):
        yield node.id


@functools.lru_cache(maxsize=8192)
def writes_out(source: str) -> bool:
    """Tell whether a source makes texts of whole objects: `str(frame)`, and not `str(row["id"])` or that of a loop."""
    tree = _tree(source)
    if tree is None:
        return False
    loops = {
        name.id
        for node in ast.walk(tree)
        if isinstance(node, (ast.For, ast.comprehension))
        for name in ast.walk(node.target)
        if isinstance(name, ast.Name)
    }
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"str", "repr"}
        and len(node.args) == 1
        and (
            isinstance(node.args[0], ast.Call)
            or (isinstance(node.args[0], ast.Name) and node.args[0].id not in loops)
        )
        for node in ast.walk(tree)
    )


def _tree(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except SyntaxError:
        return None
