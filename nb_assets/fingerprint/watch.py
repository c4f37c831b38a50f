"""Which of many fingerprints may have changed: what all of them rest on is looked at in bulk.

The evidence of some hundred fingerprints makes a bundle, whose names and functions are compared in a few passes that run
in C; what can change in place is hashed once in a look, however many bundles it is in. Only in a bundle in which
something differs is the evidence looked at one by one. What is watched is held, so it has to be dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from nb_assets.fingerprint.evidence import hold_together

if TYPE_CHECKING:
    from nb_assets.fingerprint.evidence import Evidence

# So few that looking at one bundle one by one takes no time, so many that there are few of them.
_BUNDLE: Final = 128


class Watch:
    """Watches the evidence of many fingerprints."""

    def __init__(self) -> None:
        self._bundles: dict[_Bundle, None] = {}
        self._bundle_of: dict[Evidence, _Bundle] = {}
        self._with_room: dict[_Bundle, None] = {}

    def put(self, evidence: Evidence) -> None:
        """Begin to watch."""
        if evidence in self._bundle_of:
            return
        bundle = next(reversed(self._with_room), None)
        if bundle is None:
            bundle = _Bundle()
            self._bundles[bundle] = self._with_room[bundle] = None
        bundle.put(evidence)
        self._bundle_of[evidence] = bundle
        if len(bundle) >= _BUNDLE:
            del self._with_room[bundle]

    def drop(self, evidence: Evidence) -> None:
        """Watch no longer."""
        bundle = self._bundle_of.pop(evidence, None)
        if bundle is not None:
            bundle.drop(evidence)
            self._with_room[bundle] = None

    def changed(self) -> Iterator[Evidence]:
        """Yield the evidence that does not hold any more."""
        for bundle in list(self._bundles):
            yield from bundle.changed()


class _Bundle:
    def __init__(self) -> None:
        self._evidence: dict[Evidence, None] = {}
        self._hold: Callable[[], bool] | None = None

    def __len__(self) -> int:
        return len(self._evidence)

    def put(self, evidence: Evidence) -> None:
        self._evidence[evidence] = None
        self._hold = None

    def drop(self, evidence: Evidence) -> None:
        del self._evidence[evidence]
        self._hold = None

    def changed(self) -> list[Evidence]:
        if self._hold is None:
            every = {witness: None for evidence in self._evidence for witness in evidence.witnesses}
            self._hold = hold_together(every)
        return [] if self._hold() else [each for each in self._evidence if not each.holds()]
