"""What changed between any two values: the fallback, by type, ``==`` and ``repr``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nb_assets.diff.blocks import Block, Note
from nb_assets.diff.lines import line_diff
from nb_assets.diff.safely import comparable_repr, safe_equal, short_repr, type_name
from nb_assets.diff.value_diff import ValueDiff, shown, unchanged
from nb_assets.diff.wording import ARROW, Phrase, shorten

if TYPE_CHECKING:
    from nb_assets.diff.dispatch import Options

_MOST = 20_000


def diff_opaque(old: Any, new: Any, options: Options) -> ValueDiff:  # noqa: ARG001 - the signature of every kind
    """Compare two values of which nothing is known."""
    if type(old) is not type(new):
        return _different_types(old, new)
    verdict = safe_equal(old, new)
    name = type_name(old)
    if verdict:
        return unchanged("object", name)
    before, after = comparable_repr(old), comparable_repr(new)
    if before == after:
        words = (
            f"{name}: not equal, though both read the same"
            if verdict is False
            else f"{name}: cannot be compared, both read the same"
        )
        return shown(
            "object", ((Phrase(words, "changed"),),), badge="~", blocks=(Note(shorten(before, 400)),)
        )
    return shown(
        "object", ((Phrase(f"{name} changed", "changed"),),), badge="~", blocks=_by_repr(before, after)
    )


def _by_repr(before: str, after: str) -> tuple[Block, ...]:
    lines = line_diff(before[:_MOST], after[:_MOST])
    return (lines,) if lines is not None else (Note("They differ beyond what is shown of them."),)


def _different_types(old: Any, new: Any) -> ValueDiff:
    phrases = Phrase(f"{type_name(old)} {ARROW} {type_name(new)}", "changed")
    before, after = short_repr(old), short_repr(new)
    lines = line_diff(before, after)
    return shown("types", ((phrases,),), badge="~", blocks=(lines,) if lines is not None else ())
