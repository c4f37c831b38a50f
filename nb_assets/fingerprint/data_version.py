"""The data version of a value: a hash of its content, and of what the classes of the project in it do.

Two values of the same type that are equal have the same version, however they were built; two that differ in type, value,
label, dtype, order or shape do not. What is derived from an object calls its methods without naming its class, so that
an object of a class that was changed is another value. What has no content to hash gets a version of its own each time,
and says so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from nb_assets.fingerprint.class_code import class_code
from nb_assets.fingerprint.content import DataFingerprint, fingerprint_content
from nb_assets.fingerprint.data.walk import Walk, digest, name_of, register_family

T = TypeVar("T")


def data_version(value: Any) -> str:
    """Return the hash of a value's content, as `xxh3:` and 32 hexadecimal digits.

    A value with something in it that has no content, such as an open file or a generator, gets a new version each time:
    `fingerprint_data` says what it is.
    """
    return fingerprint_data(value).version


def fingerprint_data(value: Any, *, functions: Callable[[Any], Any] | None = None) -> DataFingerprint:
    """Return the data version of a value and whether it can be relied on. Nothing in the value makes it raise.

    Parameters
    ----------
    functions
        What stands for the content of each Python function in the value. Without it, functions that can be imported
        count by their name, and others have no content.
    """
    return fingerprint_content(value, functions=functions, classes=class_code)


def register_data_hash(type_: type[T], fn: Callable[[T], Any]) -> None:
    """Hash the values of a type, and of its subclasses, by what a function returns for them.

    The function returns whatever tells two values apart and can be hashed itself: a text, a tuple, a frame, the
    attributes that count.
    """

    def encode(value: T, walk: Walk) -> bytes:
        return digest(b"registered", name_of(type_), walk.encode(fn(value)))

    import nb_assets.fingerprint.data  # noqa: F401 - the kinds register themselves, and this one comes last

    register_family(type_)(encode)
