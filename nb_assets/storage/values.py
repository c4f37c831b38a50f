"""The values of a store: one file each, named by its content address, whole or not there at all.

What a file looks like is its handler's business; which values are still needed is the store's.
"""

from __future__ import annotations

import errno
import io
import os
import re
import secrets
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, Final

from nb_assets.errors import NbAssetsError, StoreError, UnsupportedValueError, ValueMissingError
from nb_assets.storage.handlers.handler import Handler, UnfaithfulError
from nb_assets.storage.handlers.registry import handler_named, handlers_for
from nb_assets.storage.materialization import ValueRef
from nb_assets.storage.presence import Presence
from nb_assets.storage.soundness import Soundness, checksum_of

TEMPORARY_SUFFIX: Final = ".tmp"
_ADDRESS: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,120}")
_SMALL_SIZE: Final = 2**20


def address_of(version: str) -> str:
    """Return the address for a data version: the same text, fit for a file's name.

    Raises
    ------
    StoreError
        When the data version cannot be the name of a file.
    """
    address = version.replace(":", "-")
    if not _ADDRESS.fullmatch(address):
        raise StoreError(
            f"{version!r} cannot be the address of a value: expected letters, digits, hyphens and colons only. Give the "
            "data version that was computed from the value, rather than one that a user wrote."
        )
    return address


class ValueStore:
    """The folder of values. `known` returns what the history says of an address, so that no equal value is written twice."""

    def __init__(self, folder: Path, known: Callable[[str], ValueRef | None] = lambda _: None) -> None:
        self.folder = folder
        self._folder_text = os.fspath(folder)
        self._known = known
        self._soundness = Soundness()

    def put(self, value: Any, address: str) -> ValueRef:
        """Store a value under the hash of its content, unless it is there; when this returns, it is on disk.

        Raises
        ------
        UnsupportedValueError
            When no handler can hold the value.
        StoreError
            When it cannot be written. In either case nothing is left behind.
        """
        address = address_of(address)
        known = self._known(address)
        if known is not None and self._reuse(known):
            return known
        handlers = list(handlers_for(value))
        for handler in handlers:
            try:
                size, checksum = self._write(value, address, handler)
            except UnfaithfulError:
                continue
            # The handler that knows the type best says what it is, though another one may hold it.
            summary = handlers[0].summarise(value)
            return ValueRef(
                address=address,
                format=handler.name,
                size=size,
                type_name=type_name(value),
                summary=summary.text,
                rows=summary.rows,
                checksum=checksum,
            )
        raise UnsupportedValueError(
            f"no handler can store a value of type `{type_name(value)}`. Return plain data, or register a handler for it "
            "with `register_handler(…)`."
        )

    def get(self, ref: ValueRef) -> Any:
        """Read a value.

        Raises
        ------
        ValueMissingError
            When its file is not there.
        StoreError
            When the file is damaged, not signed by this user, or cannot be read.
        """
        path = self._path(ref)
        handler = handler_named(ref.format)
        with self._reading(ref, path) as file:
            if fault := self._soundness.fault(path.name, file, ref):
                raise self._damaged(ref, path, fault)
            source = io.BytesIO(file.read()) if ref.size <= _SMALL_SIZE else file
            return handler.read(source)

    def has(self, ref: ValueRef) -> bool:
        """Tell whether the value can be read: its file is there, in full size, not known to be damaged, and has a handler."""
        try:
            # Asked of every asset whenever one asks for the status, so without building a path object.
            name = self.name_of(ref)
            stat = os.stat(f"{self._folder_text}{os.sep}{name}")  # noqa: PTH116
        except (OSError, StoreError):
            return False
        return stat.st_size == ref.size and not self._soundness.is_damaged(name, stat)

    def name_of(self, ref: ValueRef) -> str:
        """Return the name of a value's file."""
        return address_of(ref.address) + handler_named(ref.format).suffix

    def presence(self) -> Presence:
        """Return what watches files of the folder."""
        return Presence(self._folder_text)

    @property
    def damaged(self) -> Collection[str]:
        """The names of files that were found to be damaged at some time."""
        return self._soundness.damaged

    def _path(self, ref: ValueRef) -> Path:
        return self.folder / self.name_of(ref)

    def _reuse(self, ref: ValueRef) -> bool:
        """Tell whether the recorded file is there and sound; it is then young again to the collector of garbage."""
        if not self.has(ref):
            return False
        path = self._path(ref)
        try:
            os.utime(path)
            with path.open("rb") as file:
                return self._soundness.fault(path.name, file, ref) is None
        except OSError:
            return False

    def _write(self, value: Any, address: str, handler: Handler) -> tuple[int, str]:
        # Texts, since building path objects takes as long as all else that is done here for a small value.
        name = f".{address}.{os.getpid()}-{secrets.token_hex(4)}{TEMPORARY_SUFFIX}"
        temporary = f"{self._folder_text}{os.sep}{name}"
        with _writing(value, self.folder):
            try:
                with open(temporary, "x+b") as file:  # noqa: PTH123 - as above
                    handler.write(value, file)
                    file.flush()
                    os.fsync(file.fileno())
                    size = file.seek(0, os.SEEK_END)
                    checksum = checksum_of(file)
                os.replace(temporary, f"{self._folder_text}{os.sep}{address}{handler.suffix}")  # noqa: PTH105 - as above
            except BaseException:
                with suppress(OSError):
                    os.unlink(temporary)  # noqa: PTH108 - as above
                raise
            _sync_folder(self.folder)
        return size, checksum

    @contextmanager
    def _reading(self, ref: ValueRef, path: Path) -> Iterator[BinaryIO]:
        try:
            with path.open("rb") as file:
                yield file
        except FileNotFoundError as error:
            raise ValueMissingError(
                f"the value of type `{ref.type_name}` ({ref.summary}) is not in the store any more: {path} is missing. "
                "Materialize the asset again to get it back."
            ) from error
        except NbAssetsError:
            raise
        except OSError as error:
            raise StoreError(
                f"the value in {path} cannot be read: {error.strerror or error}. Make the file readable for this user, "
                "or materialize the asset again."
            ) from error
        except Exception as error:
            raise self._damaged(ref, path, f"{type(error).__name__}: {error}") from error

    def _damaged(self, ref: ValueRef, path: Path, what: str) -> StoreError:
        with suppress(OSError):
            self._soundness.remember_damage(path.name, path.stat())
        return StoreError(
            f"the stored value of type `{ref.type_name}` ({ref.summary}) is damaged: {what}, in {path}. Materialize the "
            "asset again to replace it."
        )


def type_name(value: Any) -> str:
    """Return the name that users know a value's type by, such as `pandas.DataFrame`."""
    import sys

    kind = type(value)
    if kind.__module__ == "builtins":
        return kind.__qualname__
    package = kind.__module__.partition(".")[0]
    public = getattr(sys.modules.get(package), kind.__qualname__, None) is kind
    return f"{package if public else kind.__module__}.{kind.__qualname__}"


def _sync_folder(folder: Path) -> None:
    """Make a rename durable; Windows neither needs nor allows this."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _writing(value: Any, folder: Path) -> Iterator[None]:
    try:
        yield
    except (NbAssetsError, UnfaithfulError):
        raise
    except OSError as error:
        # polars gives the number in its text only.
        number = error.errno or int((re.findall(r"os error (\d+)", str(error)) or [0])[0])
        full = number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        advice = (
            "The disk is full, or this user's share of it: free some space"
            if full
            else "Make the folder writable for this user, or keep the store elsewhere by setting NB_ASSETS_HOME"
        )
        raise StoreError(
            f"a value of type `{type_name(value)}` cannot be written to {folder}: {error.strerror or error}. "
            f"{advice}, then run this again. Nothing was left behind."
        ) from error
    except Exception as error:
        raise StoreError(
            f"a value of type `{type_name(value)}` cannot be stored: {type(error).__name__}: {error}. Nothing was left "
            "behind. Return it as plain data, or register a handler for it with `register_handler(…)`."
        ) from error
