"""Whatever no other handler takes, pickled by cloudpickle and signed with the user's key.

cloudpickle, because what a notebook defines lives in `__main__`, which a later kernel does not have: classes and
functions of it travel with the value. A class that the notebook has defined again by then is preferred to the copy.
"""

from __future__ import annotations

import io
import pickle
import sys
from collections.abc import Sized
from typing import Any, BinaryIO, Final

from nb_assets.definitions.assets_definition import AssetsDefinition
from nb_assets.errors import StoreError, UnsupportedValueError
from nb_assets.storage.handlers.handler import Summary, module_of
from nb_assets.storage.signing import DIGEST_SIZE, SigningWriter, is_signed, key_path

_MAGIC: Final = b"nb_assets signed pickle 1\n"
_PROTOCOL: Final = 5
_TEXT_LIMIT: Final = 80


class PickleHandler:
    """Stores any value that can be pickled; reads only what this user's key signed."""

    name: Final = "pickle"
    suffix: Final = ".pickle"

    def matches(self, value: Any) -> bool:  # noqa: ARG002 - the last one takes everything
        """Take everything."""
        return True

    def summarise(self, value: Any) -> Summary:
        """Give its length, or its type."""
        if isinstance(value, Sized) and not isinstance(value, (str, bytes)):
            try:
                count = len(value)
            except Exception:  # noqa: BLE001 - a user's own `__len__` may raise anything
                return Summary(type(value).__qualname__)
            items = f"{count:,} item{'' if count == 1 else 's'}"
            return Summary(
                items if type(value).__module__ == "builtins" else f"{type(value).__qualname__}, {items}"
            )
        return Summary(type(value).__qualname__)

    def write(self, value: Any, file: BinaryIO) -> None:
        """Write the pickle and, in front of it, its signature."""
        start = file.tell()
        file.write(_MAGIC + bytes(DIGEST_SIZE))
        writer = SigningWriter(file)
        try:
            _dump(value, writer)
        except (OSError, StoreError):
            raise
        except Exception as error:
            raise UnsupportedValueError(_refusal(value, error)) from error
        end = file.tell()
        file.seek(start + len(_MAGIC))
        file.write(writer.digest())
        file.seek(end)

    def read(self, file: BinaryIO) -> Any:
        """Verify the signature, then unpickle exactly what was verified.

        Raises
        ------
        StoreError
            When it is not signed by this user, or what it needs cannot be imported.
        """
        content = memoryview(file.read())
        start = len(_MAGIC) + DIGEST_SIZE
        signature = bytes(content[len(_MAGIC) : start])
        if bytes(content[: len(_MAGIC)]) != _MAGIC or not is_signed(content[start:], signature):
            raise StoreError(
                "this value is a pickle that was not signed with your key, so it was not read: loading a pickle runs "
                f"whatever its author put in it. Materialize the asset again, or use the key that signed it ({key_path()}; "
                "NB_ASSETS_KEY_FILE names another)."
            )
        try:
            return pickle.loads(content[start:])  # noqa: S301 - its signature was verified
        except (ImportError, AttributeError) as error:
            raise StoreError(
                f"this value was pickled with code that is not here any more: {error}. Install or define what it "
                "needs, or materialize the asset again."
            ) from error


def main_class(name: str, pickled: bytes) -> Any:
    """Return the class of this name that the notebook defines, else the copy that travelled with the value."""
    found: Any = sys.modules["__main__"]
    for part in name.split("."):
        found = getattr(found, part, None)
    if isinstance(found, type) and found.__module__ == "__main__" and found.__qualname__ == name:
        return found
    return pickle.loads(pickled)  # noqa: S301 - part of a verified pickle


def _dump(value: Any, file: Any) -> None:
    import cloudpickle

    class Pickler(cloudpickle.Pickler):  # type: ignore[misc] # cloudpickle publishes no types
        def reducer_override(self, item: Any) -> Any:
            if isinstance(item, io.IOBase) and not isinstance(item, (io.BytesIO, io.StringIO)):
                # cloudpickle would keep what is in the file, and give back something else.
                raise pickle.PicklingError("an open file")
            if isinstance(item, AssetsDefinition):
                name = item.node_name
                raise pickle.PicklingError(
                    f"it holds the asset `{name}` itself; take `{name}` as an argument to be handed its value"
                )
            if (
                isinstance(item, type)
                and item.__module__ == "__main__"
                and "<locals>" not in item.__qualname__
            ):
                return main_class, (item.__qualname__, cloudpickle.dumps(item, protocol=_PROTOCOL))
            if module_of(item) == "matplotlib" and any(
                kind.__qualname__ == "Figure" for kind in type(item).__mro__
            ):
                return _without_window(item)
            return super().reducer_override(item)

    Pickler(file, protocol=_PROTOCOL).dump(value)


def _without_window(figure: Any) -> tuple[Any, ...]:
    """Reduce a figure of pyplot to one that does not open again, in a window or below a cell, when it is loaded."""
    build, arguments, state, *rest = figure.__reduce_ex__(_PROTOCOL)
    return (
        build,
        arguments,
        {name: part for name, part in state.items() if name != "_restore_to_pylab"},
        *rest,
    )


def _refusal(value: Any, error: Exception) -> str:
    path, culprit = _culprit(value)
    part = f" because of its part {path}, which is of type `{_type_name(culprit)}`" if path else ""
    return (
        f"a value of type `{_type_name(value)}` cannot be stored{part}: {type(error).__name__}: "
        f"{str(error)[:200]}. Return plain data (a frame, an array, numbers, texts, lists, dicts) or an object that can be "
        "pickled, and open files, connections, locks and generators inside the assets that need them."
    )


def _culprit(value: Any) -> tuple[str, Any]:
    """Return where inside the value the part is that cannot be pickled, and the part."""
    path = ""
    seen: set[int] = set()
    while id(value) not in seen:
        seen.add(id(value))
        for step, part in _parts(value):
            if not _can_be_pickled(part):
                path, value = path + step, part
                break
    return path, value


def _parts(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return [(f"[{_short(key)}]", part) for key, part in value.items()]
    if isinstance(value, (list, tuple, set, frozenset)):
        return [(f"[{position}]", part) for position, part in enumerate(value)]
    state = getattr(value, "__dict__", None)
    return [(f".{name}", part) for name, part in state.items()] if isinstance(state, dict) else []


def _can_be_pickled(value: Any) -> bool:
    try:
        _dump(value, io.BytesIO())
    except Exception:  # noqa: BLE001 - a user's own `__reduce__` may raise anything
        return False
    return True


def _short(key: Any) -> str:
    text = repr(key)
    return text if len(text) <= _TEXT_LIMIT else text[: _TEXT_LIMIT - 1] + "…"


def _type_name(value: Any) -> str:
    kind = type(value)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
