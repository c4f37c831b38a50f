"""The class that a name stands for by now, where the cell or module of an earlier one ran again.

What was annotated with a class, or made of it, holds the earlier class. Nothing here changes that: it only finds the later
one, for those who can use it in its place.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nb_assets.definitions.resource import ResourceDefinition


def as_defined_now(cls: type) -> type:
    """Return the class that stands at the place of a class now: mostly itself."""
    if "." in cls.__qualname__:
        return cls  # nested ones are made anew with what they are nested in
    module = sys.modules.get(cls.__module__)
    now = None if module is None else vars(module).get(cls.__name__)
    is_later = isinstance(now, type) and (now.__module__, now.__qualname__) == (
        cls.__module__,
        cls.__qualname__,
    )
    return now if is_later and now is not None else cls


class MadeAgain:
    """What a resource is by the class of its name as that is now: what it was where that one cannot be made.

    Parameters
    ----------
    make
        Makes an object of a class, configured as the one that was given.
    """

    def __init__(self, cls: type, make: Callable[[Any], Any]) -> None:
        self._cls, self._make = cls, make
        self._made: tuple[type, ResourceDefinition | None] = (cls, None)

    def of(self, known: ResourceDefinition) -> ResourceDefinition:
        """Return its definition, one and the same as long as the class is."""
        now = as_defined_now(self._cls)
        if now is not self._made[0]:
            made = self._made[1]
            with suppress(Exception):  # it may be no resource any more, or ask for what was never given
                made = self._make(now).get_resource_definition()
            self._made = (now, made)
        return self._made[1] or known
