"""The content of a value as a hash, typed and unambiguous, and whether it has any that can be relied on.

Two values of the same type that are equal have the same hash, however they were built; two that differ in type, value,
label, dtype, order or shape do not. The kinds of values are the modules of `nb_assets.fingerprint.data`; nothing here
knows them. What the classes in a value do is the caller's to say.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Final

from nb_assets.fingerprint.data.walk import (
    CycleFoundError,
    UntrackedError,
    Walk,
    as_code_sees_it,
    digest,
)

# Part of every hash: another number makes all versions different, as a change to an encoder has to.
_SCHEME: Final = b"nb_assets data 1"
PREFIX: Final = "xxh3:"
UNTRACKED_PREFIX: Final = "unique:"


@dataclass(frozen=True, kw_only=True, slots=True)
class DataFingerprint:
    """A data version, whether it follows from the content, and what stands in the way if not."""

    version: str
    tracked: bool
    note: str | None = None


def fingerprint_content(
    value: Any,
    *,
    functions: Callable[[Any], Any] | None = None,
    classes: Callable[[type], str | None] | None = None,
) -> DataFingerprint:
    """Return the data version of a value and whether it can be relied on. Nothing in the value makes it raise.

    Parameters
    ----------
    functions
        What stands for the content of each Python function in the value, and is told of each module. Without it,
        functions that can be imported count by their name, and others have no content. With it, what code can see
        counts although it is equal: the order of dicts, the signs of zeros.
    classes
        What stands, besides its name, for each class in the value and for that of each object; None for nothing.
    """
    try:
        content = _encode(value, functions, classes)
    except UntrackedError as error:
        return _untracked(value, f"because of {error}")
    except RecursionError:
        return _untracked(value, "because it is nested too deeply")
    except Exception as error:  # noqa: BLE001 - objects of users, and of libraries, may raise at any touch
        return _untracked(value, f"because reading it raised {type(error).__name__}: {_text_of(error)}")
    return DataFingerprint(version=PREFIX + digest(b"", _SCHEME, content)[-16:].hex(), tracked=True)


def _encode(
    value: Any,
    functions: Callable[[Any], Any] | None,
    classes: Callable[[type], str | None] | None,
) -> bytes:
    import nb_assets.fingerprint.data  # noqa: F401 - the kinds register themselves, on the first use

    with as_code_sees_it() if functions is not None else nullcontext():
        try:
            return Walk(functions=functions, classes=classes).encode(value)
        except CycleFoundError:
            return Walk(functions=functions, classes=classes, graph=True).encode(value)


def _text_of(error: Exception) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - an error whose text raises, too
        return "no text"


def _untracked(value: Any, why: str) -> DataFingerprint:
    kind = type(value)
    return DataFingerprint(
        version=UNTRACKED_PREFIX + uuid.uuid4().hex,
        tracked=False,
        note=(
            f"a value of type `{kind.__qualname__}` has no content hash, {why}. It counts as new data whenever it is "
            "materialized; `register_data_hash` can say what its content is."
        ),
    )
