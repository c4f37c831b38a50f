"""A selection tree as the selection string that is read into the same tree."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from nb_assets.errors import SelectionError
from nb_assets.graph.selection_tree import (
    All,
    And,
    Attribute,
    Function,
    Groups,
    Keys,
    Lacking,
    Not,
    Or,
    Selecting,
    Selection,
    Traversal,
)

if TYPE_CHECKING:
    from nb_assets.definitions.asset_key import AssetKey


def text_of(tree: Selection) -> str:
    """Return the selection string of a tree.

    Raises
    ------
    SelectionError
        When selection strings have no words for it.
    """
    text = _combined(tree) if isinstance(tree, _COMBINED) else _simple(tree)
    if text is None:
        raise SelectionError(f"selection strings have no words for {tree}: keep the object itself.")
    return text


def text_selecting(selection: object, keys: Iterable[AssetKey]) -> str:
    """Return a selection string for a selection of any form; that of its keys where strings have no words for it."""
    if isinstance(selection, str):
        return selection
    if isinstance(selection, Selecting):
        with contextlib.suppress(SelectionError):
            return text_of(selection.tree)
    return text_of(Keys(tuple(keys)))


_COMBINED = (Traversal, Function, Not, And, Or)


def _combined(tree: Traversal | Function | Not | And | Or) -> str | None:
    match tree:
        case Traversal(operand, upstream, downstream):
            return f"{_before(upstream)}{_operand(operand)}{_after(downstream)}"
        case Function(("sinks" | "roots") as name, operand):
            return f"{name}({text_of(operand)})"
        case Not(operand) | And((All(external=False), Not(operand))):
            return f"not {_operand(operand)}"
        case And(operands) if operands:
            return " and ".join(_joined(operand) for operand in operands)
        case Or(operands) if operands:
            return " or ".join(_joined(operand) for operand in operands)
    return None


def _simple(tree: Selection) -> str | None:
    match tree:
        case All(external=False):
            return "*"
        case Keys(keys) if keys:
            return " or ".join(f'key:"{key.to_user_string()}"' for key in keys)
        case Groups(names):
            return " or ".join(f'group:"{name}"' for name in names) or "group:<null>"
        case Lacking(attribute):
            return f"{attribute}:<null>"
        case Attribute("tag", value):
            name, _, wanted = value.partition("=")
            return f'tag:"{name}"="{wanted}"' if wanted else f'tag:"{name}"'
        case Attribute(name, value):
            return f'{name}:"{value}"'
    return None


def _operand(tree: Selection) -> str:
    text = text_of(tree)
    simple = isinstance(tree, (All, Lacking, Attribute, Function)) or (
        isinstance(tree, (Keys, Groups)) and " or " not in text
    )
    return text if simple else f"({text})"


def _joined(tree: Selection) -> str:
    return text_of(tree) if isinstance(tree, (Not, Traversal)) else _operand(tree)


def _before(steps: int | None) -> str:
    return "" if steps == 0 else "+" if steps is None else f"{steps}+"


def _after(steps: int | None) -> str:
    return "" if steps == 0 else "+" if steps is None else f"+{steps}"
