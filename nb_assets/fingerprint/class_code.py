"""What the classes of the project do, in a hash each: their methods, and all that these reach."""

from __future__ import annotations

import hashlib
import sys
import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nb_assets.fingerprint.project import is_project_class
from nb_assets.fingerprint.reach import Reach

if TYPE_CHECKING:
    from nb_assets.fingerprint.evidence import Evidence


@dataclass(frozen=True)
class _Taken:
    evidence: Evidence
    code: str


_taken: weakref.WeakKeyDictionary[type, _Taken] = weakref.WeakKeyDictionary()


def class_code(cls: type) -> str | None:
    """Return the hash of what a class of the project does now; None for one that is installed."""
    if cls.__module__ in sys.stdlib_module_names or not is_project_class(cls):
        return None
    taken = _taken.get(cls)
    if taken is None or not taken.evidence.holds():
        reach = Reach(tells_of_older=False)
        reach.take(cls.__name__, cls)
        said = repr(sorted(reach.findings.counted.items()))
        code = hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        taken = _taken[cls] = _Taken(reach.evidence, code)
    return taken.code
