"""Calls in a source that are remarkable for how they are written: by a computed name, or without a seed."""

from __future__ import annotations

import ast
import functools

# Each with the place of the name among its arguments.
_BY_NAME = {"getattr": 1, "attrgetter": 0, "methodcaller": 0}
# Without any argument, these begin anywhere.
_GENERATORS = frozenset({"default_rng", "RandomState", "Random", "SeedSequence"})
# Without one of these keywords, `sample` and `train_test_split` draw at random.
_SEEDS = frozenset({"random_state", "seed", "rng"})


@functools.lru_cache(maxsize=8192)
def remarks(source: str) -> tuple[str, ...]:
    """Return what is to be told of the calls in a source; nothing of one that cannot be parsed on its own."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ()
    found = (_remark(node) for node in ast.walk(tree) if isinstance(node, ast.Call))
    return tuple(dict.fromkeys(remark for remark in found if remark))


def _remark(call: ast.Call) -> str | None:
    is_method = isinstance(call.func, ast.Attribute)
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in _BY_NAME:
        named = call.args[_BY_NAME[name] :][:1]
        if named and not isinstance(named[0], ast.Constant):
            return f"`{name}()` by a computed name"
    if name in _GENERATORS and not call.args and not call.keywords:
        return f"`{name}()` without a seed"
    if (name == "sample" and is_method) or name == "train_test_split":
        seeded = any(keyword.arg is None or keyword.arg in _SEEDS for keyword in call.keywords)
        of_random = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "random"
        if not seeded and not of_random:
            return f"`{name}(…)` without a seed"
    return None
