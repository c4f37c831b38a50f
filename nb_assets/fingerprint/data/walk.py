"""The walk through a value: which encoder a type has, and what is shared or goes in circles.

An encoder turns a value into bytes that begin with a tag and their own length, so that encodings can be put one after
the other and stay unambiguous. What is large is replaced by its hash. The encoders are the neighbouring modules'.

A value is walked as a tree: an object that occurs twice counts like two equal ones. Only a value that contains itself
is walked as a graph, in which an object that occurs again is written as the number of its first occurrence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

Encoder = Callable[[Any, "Walk"], bytes]
# The memory of objects already encoded is for those that occur often; it need not hold every row of a large list.
_REMEMBERED: Final = 100_000
_LENGTH: Final = 8


_exact: ContextVar[bool] = ContextVar("nb_assets_exact", default=False)


@contextmanager
def as_code_sees_it() -> Iterator[None]:
    """Encode what code can tell apart though it is equal, in the block: signs of zeros, trailing zeros, frequencies."""
    token = _exact.set(True)
    try:
        yield
    finally:
        _exact.reset(token)


def is_exact() -> bool:
    """Tell whether equal values that code can tell apart are to be told apart."""
    return _exact.get()


class UntrackedError(Exception):
    """Something in the value has no content that could be hashed."""


class CycleFoundError(Exception):
    """The value contains itself, so that it has to be walked as a graph."""


_ATOMS: Final[dict[type, Callable[[Any], bytes]]] = {}
_EXACT: Final[dict[type, Encoder]] = {}
_FAMILIES: Final[dict[type, Encoder]] = {}
_NAMED: Final[dict[tuple[str, str], Encoder]] = {}
_RESOLVED: Final[dict[type, Encoder]] = {}


def register_atom(*types: type) -> Callable[[Callable[[Any], bytes]], Callable[[Any], bytes]]:
    """Register the encoder of exactly these types, whose values hold no others."""

    def register(encoder: Callable[[Any], bytes]) -> Callable[[Any], bytes]:
        _ATOMS.update(dict.fromkeys(types, encoder))
        return encoder

    return register


def register_exact(*types: type) -> Callable[[Encoder], Encoder]:
    """Register the encoder of exactly these types; subclasses may carry more."""

    def register(encoder: Encoder) -> Encoder:
        _EXACT.update(dict.fromkeys(types, encoder))
        return encoder

    return register


def register_family(*types: type) -> Callable[[Encoder], Encoder]:
    """Register the encoder of these types and their subclasses."""

    def register(encoder: Encoder) -> Encoder:
        _FAMILIES.update(dict.fromkeys(types, encoder))
        _RESOLVED.clear()
        return encoder

    return register


def register_named(package: str, *names: str) -> Callable[[Encoder], Encoder]:
    """Register the encoder of types of a package that need not be loaded, and of their subclasses."""

    def register(encoder: Encoder) -> Encoder:
        _NAMED.update(dict.fromkeys(((package, name) for name in names), encoder))
        return encoder

    return register


def pack(tag: bytes, *parts: bytes) -> bytes:
    """Return the parts, each with its length, behind a tag and the length of the whole."""
    body = b"".join([piece for part in parts for piece in (len(part).to_bytes(_LENGTH, "little"), part)])
    return b"%c%b%b%b" % (len(tag), tag, len(body).to_bytes(_LENGTH, "little"), body)


def digest(tag: bytes, *parts: Any) -> bytes:
    """Return a tag and the xxh3-128 of the parts and their lengths; parts are whatever has a buffer."""
    import xxhash

    state = xxhash.xxh3_128()
    for part in parts:
        state.update(memoryview(part).nbytes.to_bytes(_LENGTH, "little"))
        state.update(part)
    return pack(tag, state.digest())


def name_of(kind: type) -> bytes:
    """Return the full name of a type."""
    return f"{kind.__module__}:{kind.__qualname__}".encode("utf-8", "surrogatepass")


class Walk:
    """One walk through one value. `functions` and `classes`, when given, say what stands for these."""

    def __init__(
        self,
        *,
        functions: Callable[[Any], Any] | None = None,
        classes: Callable[[type], str | None] | None = None,
        graph: bool = False,
    ) -> None:
        self.functions = functions
        self._classes = classes
        self._class_labels: dict[type, bytes] = {}
        self._graph = graph
        self._open: set[int] = set()
        self._done: dict[int, bytes] = {}
        self._numbers: dict[int, int] = {}
        # What is made along the way must live until the end, or another object would get its identity.
        self._kept: list[Any] = []

    def encode(self, value: Any) -> bytes:
        """Return the encoding of a value."""
        kind = type(value)
        atom = _ATOMS.get(kind)
        if atom is not None:
            return atom(value)
        encoder = _RESOLVED.get(kind) or _resolve(kind)
        encoding = self._in_graph(value, encoder) if self._graph else self._in_tree(value, encoder)
        label = self.label_of(kind) if self._classes is not None else b""
        return digest(b"of", label, encoding) if label else encoding

    def label_of(self, cls: type) -> bytes:
        """Return what stands for a class besides its name; nothing where its name says enough."""
        label = self._class_labels.get(cls)
        if label is None:
            said = None if self._classes is None else self._classes(cls)
            label = self._class_labels[cls] = b"" if said is None else said.encode("utf-8", "surrogatepass")
        return label

    def encode_all(self, values: Iterable[Any]) -> list[bytes]:
        """Return the encodings of several values."""
        encode = self.encode
        return [encode(value) for value in values]

    def apart(self, value: Any) -> bytes:
        """Return an encoding that does not depend on what was walked before, for what has no order."""
        if not self._graph:
            return self.encode(value)
        walk = Walk(functions=self.functions, classes=self._classes, graph=True)
        self._kept.append(walk)
        return walk.encode(value)

    def _in_tree(self, value: Any, encoder: Encoder) -> bytes:
        identity = id(value)
        if (known := self._done.get(identity)) is not None:
            return known
        if identity in self._open:
            raise CycleFoundError
        self._open.add(identity)
        encoding = encoder(value, self)
        self._open.discard(identity)
        if len(self._done) < _REMEMBERED:
            self._done[identity] = encoding
            self._kept.append(value)
        return encoding

    def _in_graph(self, value: Any, encoder: Encoder) -> bytes:
        # A circle always leads through something that can be changed; the rest is compared by value.
        if type(value) in (tuple, frozenset):
            return encoder(value, self)
        number = self._numbers.get(id(value))
        if number is not None:
            return pack(b"again", number.to_bytes(_LENGTH, "little"))
        self._numbers[id(value)] = len(self._numbers)
        self._kept.append(value)
        return encoder(value, self)


def _resolve(kind: type) -> Encoder:
    """Find the encoder of a type, and remember it."""
    encoder = _EXACT.get(kind)
    if encoder is None:
        for base in kind.__mro__:
            encoder = _FAMILIES.get(base) or _NAMED.get(
                (base.__module__.partition(".")[0], base.__qualname__)
            )
            if encoder is not None:
                break
    assert encoder is not None, "every type descends from object, which has an encoder"
    if kind.__module__ != "__main__":
        # A notebook defines its classes again and again; the old ones are not to be kept alive here.
        _RESOLVED[kind] = encoder
    return encoder
