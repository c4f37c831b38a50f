"""What a field of a message may hold, so that nothing else gets past the door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nb_assets.diff.frame_pages import ROW_KINDS
from nb_assets.errors import NbAssetsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Fields = Mapping[str, Callable[[Any], bool]]

LONGEST_TEXT = 2_000
MOST_KEYS = 100_000
FARTHEST = 2**53
"""The largest number that a page counts to without gaps."""


class MessageError(NbAssetsError):
    """The page said something that it cannot say."""


def is_text(value: Any) -> bool:
    """Tell whether it is a text of a length that people write."""
    return isinstance(value, str) and len(value) <= LONGEST_TEXT


def is_flag(value: Any) -> bool:
    """Tell whether it is true or false."""
    return isinstance(value, bool)


def is_count(value: Any) -> bool:
    """Tell whether it is a whole number from 0 on."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= FARTHEST


def is_direction(value: Any) -> bool:
    """Tell whether it is a way in which the picture can be read."""
    return isinstance(value, str) and value in {"LR", "TB"}


def are_names(value: Any) -> bool:
    """Tell whether it is a list of texts."""
    return isinstance(value, list) and len(value) <= MOST_KEYS and all(map(is_text, value))


def is_steps(value: Any) -> bool:
    """Tell whether it is a number of steps through the graph, or null for all of them."""
    return value is None or is_count(value)


def are_filters(value: Any) -> bool:
    """Tell whether it says which values are wanted of each facet."""
    return isinstance(value, dict) and all(map(is_text, value)) and all(map(are_names, value.values()))


def are_row_kinds(value: Any) -> bool:
    """Tell whether these are kinds of rows."""
    return isinstance(value, list) and len(value) <= len(ROW_KINDS) and set(map(str, value)) <= set(ROW_KINDS)


def is_wish(value: Any) -> bool:
    """Tell whether it says which assets are to run, and nothing else."""
    return (
        isinstance(value, dict)
        and set(value) == {"what", "keys", "groups", "reach", "force"}
        and value["what"] in ("assets", "stale", "failed", "all")
        and value["reach"] in ("only", "upstream", "downstream")
        and are_names(value["keys"])
        and are_names(value["groups"])
        and is_flag(value["force"])
    )
